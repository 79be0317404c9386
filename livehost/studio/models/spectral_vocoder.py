"""A vocoder that works on frames: magnitudes by a network, phases by rounds of Griffin and Lim.

    mel ─┬→ powers that have these bands → log magnitude ─┐
         └→ convolutions → what is to be added ───────────┴→ magnitude → rounds → inverse transform → sound

The last rounds have a gradient, so the network learns the magnitudes of which these rounds make the sound that is asked
for: what a mel does not say (which of the bins of a band, how smooth), and what makes phases fit together sooner. Per
millisecond of computing this is better than a network that writes samples, such as MelGAN: nothing is computed more
often than once a hop, and before the first step of training it is as good as Griffin-Lim after as many rounds. Sources:
Siuzdak 2023 (Vocos: convolutions by frame, inverse transform at the end); Lv et al. 2024 (FreeV: begins with the
magnitudes that the mel says); Masuyama et al. 2019 (Griffin-Lim as layers); Perraudin et al. 2013 (momentum); Liu et
al. 2022 (ConvNeXt).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.dsp.griffin_lim import MOMENTUM
from livehost.dsp.mel_contract import MelContract, filterbank, power_scale
from livehost.studio.models.fourier import FrameSums, MatrixTransform

KERNEL = 7
#: Rounds through which the gradient goes, the last ones: through all it would be noise, as rounds are chaotic.
LEARNT = 4
#: Rounds of Richardson and Lucy that find powers.
_POWER_STEPS = 8
#: Share of a length below which it is not quite reached, so that gradients stay small.
_SOFT = 0.1
#: Nothing is divided by less: powers, and lengths of complex numbers.
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
    width : int
        Channels of the convolutions.
    depth : int
        Blocks.
    rounds : int
        Of Griffin and Lim.

    Attributes
    ----------
    reach : int
        Frames on either side by which a frame's samples are affected.
    period : int
        What begins at a multiple of so many frames has the same phases as the whole.
    fewest : int
        Frames of the shortest mel.

    Raises
    ------
    ValueError
        Where the transform is not a multiple of the hop.
    """

    fewest = 1
    weights: Tensor
    shares: Tensor
    covered: Tensor
    cosines: Tensor
    sines: Tensor

    def __init__(self, contract: MelContract, width: int, depth: int, rounds: int) -> None:
        super().__init__()
        if contract.fft_samples % contract.hop_samples:
            raise ValueError("the transform is no multiple of the hop")
        self.contract, self.bins = contract, contract.fft_samples // 2 + 1
        self.frames = FrameSums(contract)
        self.period = self.frames.pieces
        self.reach = (depth + 1) * (KERNEL // 2) + (self.period - 1) * rounds + -(-self.period // 2)
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
        self.register_buffer("covered", bands.sum(0), persistent=False)
        # first phases: by chance, and then on by each bin's own frequency, [period, bins]
        chance = torch.rand(self.bins, generator=torch.Generator().manual_seed(0)) * 2 * torch.pi
        own = torch.arange(self.period)[:, None] * torch.arange(self.bins) % self.period / self.period
        phases = chance + 2 * torch.pi * own
        self.register_buffer("cosines", phases.cos(), persistent=False)
        self.register_buffer("sines", phases.sin(), persistent=False)

    def forward(self, mels: Tensor) -> Tensor:
        """Give the sounds [n, frames · hop] of mels [n, bands, frames] in unit scale."""
        x = self.norm(self.blocks(self.stem(mels)).transpose(1, 2))
        magnitude = (self._log_magnitude(mels) + _ADDED * torch.tanh(self.head(x) / _ADDED)).exp()
        which = torch.arange(mels.shape[2], device=mels.device) % self.period
        early = magnitude.detach()
        real, imaginary = early * self.cosines[which], early * self.sines[which]
        before = (torch.zeros_like(real), torch.zeros_like(real))
        for number in range(self.rounds):
            again = self.frames.spectrum(self.frames.sound(real, imaginary))
            a, b = (new + MOMENTUM * (new - old) for new, old in zip(again, before, strict=True))
            real, imaginary = _scaled(a, b, magnitude if self.rounds - number <= LEARNT else early)
            before = again
        return self.frames.cut(self.frames.sound(real, imaginary))

    @torch.no_grad()
    def _log_magnitude(self, mels: Tensor) -> Tensor:
        """Find magnitudes that have these bands, as `livehost.dsp.griffin_lim` does: log, [n, frames, bins]."""
        c = self.contract
        unit = mels.transpose(1, 2)
        wanted = torch.where(unit > 0, 10 ** ((unit - 1) * (-c.floor_db / 10)), 0.0)
        power = wanted @ self.shares
        for _ in range(_POWER_STEPS):
            ratio = wanted / (power @ self.weights.t() + _TINY)
            power = power * (ratio @ self.weights) / (self.covered + _TINY)
        return 0.5 * (power / power_scale(c) + _TINY).log()

    def for_export(self) -> "SpectralGenerator":
        """Take transforms that an export can have."""
        self.frames.transform = MatrixTransform(self.contract.fft_samples).to(self.head.weight.device)
        return self


def _scaled(real: Tensor, imaginary: Tensor, length: Tensor) -> tuple[Tensor, Tensor]:
    """Give complex numbers a length."""
    scale = length * (real.square() + imaginary.square() + (_SOFT * length).square() + _SHORT**2).rsqrt()
    return real * scale, imaginary * scale
