"""A vocoder that works on frames: magnitudes by a network, phases by rounds of Griffin and Lim.

    mel ─┬→ powers that have these bands → log magnitude ─┐
         └→ convolutions → what is to be added ───────────┴→ magnitude → phases → rounds → inverse transform → sound

The last rounds have a gradient, so the network learns the magnitudes of which these rounds make the sound that is asked
for: what a mel does not say (which of the bins of a band, how smooth), and what makes phases fit together sooner. Per
millisecond of computing this is better than a network that writes samples, such as MelGAN: nothing is computed more
often than once a hop, and before the first step of training it is as good as Griffin-Lim after many more rounds.
Sources: Siuzdak 2023 (Vocos: convolutions by frame, inverse transform at the end); Lv et al. 2024 (FreeV: begins with
the magnitudes that the mel says); Masuyama et al. 2019 (Griffin-Lim as layers); Perraudin et al. 2013 (momentum); Liu
et al. 2022 (ConvNeXt). Phases: `livehost.dsp.phases`.
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.dsp.griffin_lim import MOMENTUM, POWER_STEPS
from livehost.dsp.mel_contract import MelContract, filterbank, power_scale
from livehost.dsp.phases import phases
from livehost.studio.models.frames import Frames

KERNEL = 7
#: Rounds through which the gradient goes, the last ones: through all it would be noise, as rounds are chaotic.
LEARNT = 4
#: Share of a length below which it is not quite reached, so that gradients stay small.
SOFT = 0.1
#: Nothing is divided by less: powers, and lengths of complex numbers. (Added, it would be optimised away in an export.)
_TINY, _SHORT = 1e-12, 1e-9
#: Most that the network adds to a log magnitude, nepers.
_ADDED = 4.0


class FrameBlock(nn.Module):
    """A ConvNeXt block over frames.

    Parameters
    ----------
    width : int
        Channels.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.along = nn.Conv1d(width, width, KERNEL, padding=KERNEL // 2, groups=width)
        self.norm = nn.LayerNorm(width)
        self.wide, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        nn.init.normal_(self.narrow.weight, std=0.02)
        nn.init.zeros_(self.narrow.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Run on [n, width, frames]."""
        inside = self.norm(self.along(x).transpose(1, 2))
        out: Tensor = x + self.narrow(functional.gelu(self.wide(inside))).transpose(1, 2)
        return out


class SpectralGenerator(nn.Module):
    """See the module.

    Parameters
    ----------
    contract : MelContract
        Whose transform is a multiple of its hop.
    width : int
        Channels of the convolutions.
    depth : int
        Blocks.
    rounds : int
        Of Griffin and Lim.

    Attributes
    ----------
    reach : int
        Frames on either side by which a frame's log magnitudes are affected.
    fewest : int
        Frames of the shortest mel.
    """

    fewest, soft = 1, SOFT
    weights: Tensor
    shares: Tensor
    covered: Tensor

    def __init__(self, contract: MelContract, width: int, depth: int, rounds: int) -> None:
        super().__init__()
        self.contract, self.bins = contract, contract.fft_samples // 2 + 1
        self.frames = Frames(contract)
        self.reach = (depth + 1) * (KERNEL // 2)
        self.stem = nn.Conv1d(contract.bands, width, KERNEL, padding=KERNEL // 2)
        self.blocks = nn.Sequential(*(FrameBlock(width) for _ in range(depth)))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, self.bins)
        nn.init.normal_(self.head.weight, std=1e-3)  # nothing is added in the beginning
        nn.init.zeros_(self.head.bias)
        self.rounds = rounds
        bands = torch.from_numpy(filterbank(contract)).float()
        self.register_buffer("weights", bands, persistent=False)
        self.register_buffer("shares", bands / bands.sum(1, keepdim=True), persistent=False)
        self.register_buffer("covered", bands.sum(0).clamp(min=_TINY), persistent=False)

    def forward(self, mels: Tensor) -> Tensor:
        """Give the sounds [n, frames · hop] of mels [n, bands, frames] in unit scale."""
        logs = self.log_magnitudes(mels)
        magnitude = logs.exp()
        early = magnitude.detach()
        turns = np.stack([phases(one, self.contract) for one in logs.detach().float().cpu().numpy()])
        estimate = early * torch.from_numpy(turns).to(mels.device)
        before = torch.zeros_like(estimate)
        for number in range(self.rounds):
            again = self.frames.spectrum(self.frames.sound(estimate))
            wanted = magnitude if self.rounds - number <= LEARNT else early
            estimate = _scaled(again + MOMENTUM * (again - before), wanted)
            before = again
        return self.frames.cut(self.frames.sound(estimate))

    def log_magnitudes(self, mels: Tensor) -> Tensor:
        """Give the log magnitudes [n, frames, bins] that the rounds begin with."""
        x = self.norm(self.blocks(self.stem(mels)).transpose(1, 2))
        return self._said(mels) + _ADDED * torch.tanh(self.head(x) / _ADDED)

    @torch.no_grad()
    def _said(self, mels: Tensor) -> Tensor:
        """Find magnitudes that have these bands, as `livehost.dsp.griffin_lim` does: log, [n, frames, bins]."""
        c = self.contract
        unit = mels.transpose(1, 2)
        wanted = torch.where(unit > 0, 10 ** ((unit - 1) * (-c.floor_db / 10)), 0.0)
        power = wanted @ self.shares
        for _ in range(POWER_STEPS):
            ratio = wanted / (power @ self.weights.t()).clamp(min=_TINY)
            power = power * (ratio @ self.weights) / self.covered
        return 0.5 * (power / power_scale(c)).clamp(min=_TINY).log()

    def graph(self) -> tuple[nn.Module, str]:
        """Give what is exported, and the name of its output: the rounds are not in it."""
        return MagnitudeGraph(self), "log_magnitudes"


class MagnitudeGraph(nn.Module):
    """The network as it is exported: mels → log magnitudes."""

    def __init__(self, network: SpectralGenerator) -> None:
        super().__init__()
        self.network = network

    def forward(self, mels: Tensor) -> Tensor:
        """Find magnitudes."""
        return self.network.log_magnitudes(mels)


def _scaled(numbers: Tensor, length: Tensor) -> Tensor:
    """Give complex numbers a length, as `livehost.dsp.griffin_lim.sound_of` does, softly."""
    squares = numbers.real.square() + numbers.imag.square() + (SOFT * length).square()
    return numbers * (length * (squares + _SHORT**2).rsqrt())
