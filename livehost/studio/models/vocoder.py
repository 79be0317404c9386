"""A vocoder in training: the generator that a preset names, and the critics that it learns against."""

from dataclasses import asdict, dataclass
from typing import Any

from torch import Tensor, nn

from livehost.dsp.mel_contract import MelContract
from livehost.studio.models.critics import Critics
from livehost.studio.models.mel_gan import MelGANGenerator, ratios_of
from livehost.studio.models.spectral_vocoder import SpectralGenerator

#: Name on the command line → what it says.
PRESETS: dict[str, dict[str, Any]] = {
    "spectral": {"width": 192, "depth": 4, "rounds": 24, "critic_width": 8, "periods": True},
    "melgan": {"width": 512, "depth": 0, "rounds": 0, "critic_width": 16, "periods": False},
}


@dataclass(frozen=True)
class Hyperparameters:
    """Sizes of the networks.

    Parameters
    ----------
    preset : str
        "spectral" (`livehost.studio.models.spectral_vocoder`) or "melgan" (`livehost.studio.models.mel_gan`).
    width : int
        Channels: throughout, or of the first level.
    depth, rounds : int
        Blocks, and rounds of Griffin and Lim; of "spectral" alone.
    critic_width : int
        Channels of the critics' first layers; a multiple of 4.
    periods : bool
        Whether there are critics of periods.
    mel : mapping
        The contract.

    Raises
    ------
    ValueError
        For a network that there is not.
    """

    preset: str
    width: int
    depth: int
    rounds: int
    critic_width: int
    periods: bool
    mel: dict[str, Any]

    def __post_init__(self) -> None:
        if self.preset not in PRESETS or min(self.width, self.critic_width) < 1 or min(self.depth, self.rounds) < 0:
            raise ValueError("no such network")
        size, hop = self.mel["fft_samples"], self.mel["hop_samples"]
        if self.preset == "spectral" and (self.rounds < 1 or size % hop):
            raise ValueError("no rounds, or a transform that is no multiple of the hop")
        if self.preset == "melgan" and self.width % 2 ** len(ratios_of(hop)):
            raise ValueError("a width that cannot be halved at each level")
        if self.critic_width % 4:
            raise ValueError("critics whose width is no multiple of 4")

    def as_dict(self) -> dict[str, Any]:
        """Give plain values, for checkpoints."""
        return asdict(self)


def make_generator(h: Hyperparameters) -> MelGANGenerator | SpectralGenerator:
    """Make the generator that the preset names."""
    contract = MelContract.from_table(h.mel)
    if h.preset == "melgan":
        return MelGANGenerator(contract, h.width)
    return SpectralGenerator(contract, h.width, h.depth, h.rounds)


class Vocoder(nn.Module):
    """Generator and critics.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = hyperparameters
        self.generator = make_generator(hyperparameters)
        self.critics = Critics(hyperparameters.critic_width, periods=hyperparameters.periods)

    def forward(self, mels: Tensor) -> Tensor:
        """Give the sounds [n, frames · hop] of mels [n, bands, frames] in unit scale."""
        sound: Tensor = self.generator(mels)
        return sound
