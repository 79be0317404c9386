"""A vocoder that works on frames: magnitudes and steps of the phase by a network, then some rounds of Griffin and Lim.

    mel ─┬→ powers that have these bands → log magnitude ─┐
         └→ convolutions → what is to be added ───────────┴→ log magnitudes ─┬→ steps of the phase ──┐
                                                    convolutions around a bin └→ what is to be added ─┴→ phases → rounds

The network learns what a mel does not say (which of the bins of a band, how smooth), and how a phase turns from frame
to frame and from bin to bin by the magnitudes around it: more than their slopes tell. The last rounds have a gradient,
so it learns the magnitudes of which these rounds make the sound that is asked for. Per millisecond of computing this is
better than a network that writes samples, such as MelGAN: nothing is computed more often than once a hop, and before
the first step of training it is as good as Griffin-Lim after many more rounds.

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
from livehost.dsp.phases import own_turns, phases, slope_of
from livehost.studio.models.frames import Frames

KERNEL = 7
#: Frames and bins around a step of the phase by which it is told, channels of these convolutions, and the most nepers
#: above or below the mean of these that count.
AROUND, LOCAL, _CONTRAST = 5, 24, 6.0
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
        Frames on either side by which what is given of a frame is affected.
    fewest : int
        Frames of the shortest mel.
    """

    fewest, soft = 1, SOFT
    weights: Tensor
    shares: Tensor
    covered: Tensor
    own: Tensor

    def __init__(self, contract: MelContract, width: int, depth: int, rounds: int) -> None:
        super().__init__()
        self.contract, self.bins = contract, contract.fft_samples // 2 + 1
        self.frames = Frames(contract)
        self.reach = (depth + 1) * (KERNEL // 2) + 2 * (AROUND // 2)  # the mean, then the convolution
        self.stem = nn.Conv1d(contract.bands, width, KERNEL, padding=KERNEL // 2)
        self.blocks = nn.Sequential(*(FrameBlock(width) for _ in range(depth)))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, self.bins)
        nn.init.normal_(self.head.weight, std=1e-3)  # nothing is added in the beginning
        nn.init.zeros_(self.head.bias)
        around = nn.Conv2d(1, LOCAL, AROUND, padding=AROUND // 2)
        self.local = nn.Sequential(around, nn.GELU(), nn.Conv2d(LOCAL, LOCAL, 1), nn.GELU(), nn.Conv2d(LOCAL, 2, 1))
        nn.init.zeros_(self.local[-1].weight)  # type: ignore[arg-type]
        nn.init.zeros_(self.local[-1].bias)  # type: ignore[arg-type]
        self.rounds = rounds
        bands = torch.from_numpy(filterbank(contract)).float()
        self.register_buffer("weights", bands, persistent=False)
        self.register_buffer("shares", bands / bands.sum(1, keepdim=True), persistent=False)
        self.register_buffer("covered", bands.sum(0).clamp(min=_TINY), persistent=False)
        self.register_buffer("own", torch.from_numpy(own_turns(contract)).float(), persistent=False)

    def forward(self, mels: Tensor) -> Tensor:
        """Give the sounds [n, frames · hop] of mels [n, bands, frames] in unit scale."""
        return self.sound(self.given(mels))

    def sound(self, given: Tensor) -> Tensor:
        """Give the sounds of what `given` gives."""
        magnitude = given[:, :, 0].float().exp()
        early = magnitude.detach()
        turns = np.stack([phases(one[:, 0], one[:, 1:]) for one in given.detach().float().cpu().numpy()])
        estimate = early * torch.from_numpy(turns).to(given.device)
        before = torch.zeros_like(estimate)
        for number in range(self.rounds):
            again = self.frames.spectrum(self.frames.sound(estimate))
            wanted = magnitude if self.rounds - number <= LEARNT else early
            estimate = _scaled(again + MOMENTUM * (again - before), wanted)
            before = again
        return self.frames.cut(self.frames.sound(estimate))

    def given(self, mels: Tensor) -> Tensor:
        """Give log magnitudes, and the steps of their phases (see `livehost.dsp.phases`): [n, frames, 3, bins]."""
        x = self.norm(self.blocks(self.stem(mels)).transpose(1, 2))
        logs = self._said(mels) + _ADDED * torch.tanh(self.head(x) / _ADDED)
        return torch.cat([logs[:, :, None], self._steps(logs.detach())], 2)

    def _steps(self, logs: Tensor) -> Tensor:
        """Tell the steps of the phase: by the slopes of the magnitudes, and what is added to these.

        At the ends, where a frame beyond is unknown, half of what is known is taken.
        """
        slope = slope_of(self.contract)
        bend = functional.pad((logs[:, :, 2:] - logs[:, :, :-2]) / 2, (1, 1))
        bend = (bend + torch.cat([bend[:, :1], bend[:, :-1]], 1)) / 2
        around = torch.cat([logs[:, :1], logs, logs[:, -1:]], 1)
        tilt = (around[:, :-2] - around[:, 2:]) / 2 * slope
        up = functional.pad((tilt[:, :, 1:] + tilt[:, :, :-1]) / 2 - torch.pi, (0, 1))
        mean = functional.avg_pool2d(logs[:, None], AROUND, 1, AROUND // 2, count_include_pad=False)
        added = self.local((logs[:, None] - mean).clamp(-_CONTRAST, _CONTRAST))
        return torch.stack([self.own + bend / slope, up], 2) + added.transpose(1, 2)

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
        return FrameGraph(self), "frames"


class FrameGraph(nn.Module):
    """The network as it is exported: mels → log magnitudes and steps."""

    def __init__(self, network: SpectralGenerator) -> None:
        super().__init__()
        self.network = network

    def forward(self, mels: Tensor) -> Tensor:
        """Find both."""
        return self.network.given(mels)


def _scaled(numbers: Tensor, length: Tensor) -> Tensor:
    """Give complex numbers a length, as `livehost.dsp.griffin_lim.sound_of` does, softly."""
    squares = numbers.real.square() + numbers.imag.square() + (SOFT * length).square()
    return numbers * (length * (squares + _SHORT**2).rsqrt())
