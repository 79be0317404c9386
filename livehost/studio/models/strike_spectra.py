"""Spectra of a stroke on a logarithmic axis, moved by the size of the drum: the body of the ear that is shipped.

    sound → 12 kHz → spectra of the whole window and of its halves, in dB, on a logarithmic axis; envelope
                   → a small network → the size, roughly
    spectra, moved so that a drum of that size is heard as one of `REFERENCE_M`; envelope → a network → all that is told

The frequencies of a drum go as one over its size, whatever its shape: on a logarithmic axis a larger drum is the same
drum, moved. What is moved back by its size needs not to be learnt anew for each size, and almost all of what tells
shapes apart is where the partials stand then. The gradient of the size does not go through the spectra.

Sources: Brown, “Calculation of a constant Q spectral transform”, JASA 1991 (a logarithmic axis, on which a pattern of
partials is moved by its pitch); Jaderberg, Simonyan, Zisserman and Kavukcuoglu, “Spatial transformer networks”, NIPS
2015 (a network that moves what another one hears); He et al., “Identity mappings in deep residual networks”, ECCV 2016.
"""

import math
from typing import NamedTuple

import numpy as np
import torch
from scipy.signal import firwin
from torch import Tensor, nn
from torch.nn import functional

#: Every so many samples are one, behind a low-pass filter of so many coefficients: the contact of a stick is too long
#: for more.
_DECIMATION, _TAPS, _PASSED_HZ = 4, 32, 5500.0
#: Lowest frequency and octaves of the spectra, and those of what they are moved to; bins of an octave.
_LOWEST_HZ, _OCTAVES, _MOVED_LOWEST_HZ, _MOVED_OCTAVES, _BINS = 80.0, 6.0, 190.0, 4.75, 40
#: Size of the drum that all are moved to, m, and the furthest that one is moved, natural logarithm.
REFERENCE_M, _FURTHEST = 0.3, 0.9
#: What is heard: first and last of each part of the window, as shares of it; each under half a sine.
PARTS = ((0.0, 1.0), (0.0, 0.5), (0.5, 1.0))
#: Steps of the envelope, by which it is known when within the window the blow begins.
_STEPS = 32
#: The length of a window is a multiple of this.
GRAIN = _DECIMATION * _STEPS
#: Power of a bin that counts as silence, against a sound of RMS 1.
_SILENCE = 1e-4


class Sizes(NamedTuple):
    """Of a stack of residual layers: features, hidden features of a layer, and layers."""

    width: int
    hidden: int
    layers: int


class Residual(nn.Module):
    """x + W₂ dropout(ReLU(W₁ norm(x))); the identity at first."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(sizes.width)
        self.rise, self.fall = nn.Linear(sizes.width, sizes.hidden), nn.Linear(sizes.hidden, sizes.width)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.fall.weight)
        nn.init.zeros_(self.fall.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Process features [n, width]."""
        out: Tensor = x + self.fall(self.dropout(functional.relu(self.rise(self.norm(x)))))
        return out


def stack(inputs: int, sizes: Sizes, dropout: float) -> nn.Sequential:
    """Make residual layers on any number of inputs."""
    layers = [Residual(sizes, dropout) for _ in range(sizes.layers)]
    return nn.Sequential(nn.Linear(inputs, sizes.width), *layers, nn.LayerNorm(sizes.width))


class LogSpectra(nn.Module):
    """Spectra of parts of a window, on a logarithmic axis of frequencies.

    Parameters
    ----------
    frames : int
        Samples of a window.
    rate : float
        Hz.

    Attributes
    ----------
    bins : int
        Of each spectrum.
    """

    filter: Tensor
    parts: Tensor
    even: Tensor
    odd: Tensor

    def __init__(self, frames: int, rate: float) -> None:
        super().__init__()
        count, self.bins = frames // _DECIMATION, round(_OCTAVES * _BINS)
        place = (np.arange(count) + 0.5) / count
        within = np.stack([(place - first) / (last - first) for first, last in PARTS])
        parts = np.sin(np.pi * within) * ((within >= 0.0) & (within < 1.0))
        hertz = _LOWEST_HZ * 2.0 ** (np.arange(self.bins) / _BINS)
        # time counts from the middle of the window, so that half of each wave says all of it
        angle = 2.0 * np.pi * (np.arange(count // 2)[:, None] + 0.5) * hertz * _DECIMATION / rate
        constants = {
            "filter": firwin(_TAPS, _PASSED_HZ, fs=rate)[None, None],
            "parts": parts / np.sqrt((parts**2).sum(axis=1, keepdims=True)),
            "even": np.cos(angle),
            "odd": np.sin(angle),
        }
        for name, value in constants.items():  # of half precision, so that an export keeps them as they are
            self.register_buffer(name, torch.from_numpy(value).half().float(), persistent=False)

    def forward(self, sound: Tensor) -> tuple[Tensor, Tensor]:
        """Analyse windows [n, frames] of RMS 1.

        Returns
        -------
        spectra : Tensor [n, parts, bins]
            Natural logarithms of powers.
        envelope : Tensor [n, steps]
            The same, of stretches of the window.
        """
        around = (_TAPS - _DECIMATION) // 2
        low = functional.conv1d(functional.pad(sound, (around, around))[:, None], self.filter, stride=_DECIMATION)
        before, behind = (low * self.parts).chunk(2, dim=2)
        before = before.flip(2)
        real, imaginary = (behind + before) @ self.even, (behind - before) @ self.odd
        envelope = low.reshape(len(low), _STEPS, -1).square().mean(2)
        return (real.square() + imaginary.square() + _SILENCE).log(), (envelope + _SILENCE).log()


class SpectraEar(nn.Module):
    """See the module.

    Parameters
    ----------
    frames : int
    rate : float
        Hz.
    shapes : int
        How many are told apart.
    log_size : tuple of float
        Mean and scale of the natural logarithm of sizes (m).
    rough, fine : Sizes
        Of the network that tells the size roughly, and of that which is given the moved spectra.
    dropout : float
        Within each layer of `fine`.
    """

    places: Tensor

    def __init__(
        self, frames: int, rate: float, shapes: int, log_size: tuple[float, float], rough: Sizes, fine: Sizes,
        dropout: float,
    ) -> None:  # fmt: skip
        super().__init__()
        self._log_size = log_size
        self.spectra = LogSpectra(frames, rate)
        moved = round(_MOVED_OCTAVES * _BINS)
        first = _BINS * math.log2(_MOVED_LOWEST_HZ / _LOWEST_HZ)
        self.register_buffer("places", first + torch.arange(moved), persistent=False)
        heard = len(PARTS) * self.spectra.bins
        self.norm, self.envelope_norm = nn.BatchNorm1d(heard, affine=False), nn.BatchNorm1d(_STEPS, affine=False)
        self.moved_norm = nn.BatchNorm1d(len(PARTS) * moved, affine=False)
        self.rough, self.rough_size = stack(heard, rough, 0.0), nn.Linear(rough.width, 1)
        self.fine = stack(len(PARTS) * moved + _STEPS + rough.width, fine, dropout)
        self.head = nn.Linear(fine.width, 2 + shapes)

    def forward(self, sound: Tensor) -> tuple[Tensor, Tensor]:
        """Hear windows [n, frames] of RMS 1.

        Returns
        -------
        out : Tensor [n, 2 + shapes]
            Standardised logarithm of the size, position less one half, logits.
        rough : Tensor [n]
            Standardised logarithm of the size by which the spectra were moved.
        """
        with torch.autocast(sound.device.type, enabled=False):
            spectra, envelope = self.spectra(sound.float())
        features = self.rough(self.norm(spectra.flatten(1)))
        rough = self.rough_size(features)[:, 0].float()
        moved = self.moved(spectra, rough.detach())
        known = torch.cat([self.moved_norm(moved.flatten(1)), self.envelope_norm(envelope), features], dim=1)
        out = self.head(self.fine(known)).float()
        return torch.cat([out[:, :1] + rough.detach()[:, None], out[:, 1:]], dim=1), rough

    def moved(self, spectra: Tensor, rough: Tensor) -> Tensor:
        """Move spectra [n, parts, bins] along their axis so that drums of sizes [n] are heard as `REFERENCE_M`."""
        mean, scale = self._log_size
        wider = (rough * scale + (mean - math.log(REFERENCE_M))).clamp(-_FURTHEST, _FURTHEST)
        at = (self.places - wider[:, None] * (_BINS / math.log(2.0))).clamp(0.0, self.spectra.bins - 1.001)
        below = at.floor()
        share = (at - below)[:, None]
        index = below.long().clamp(0, self.spectra.bins - 2)[:, None].expand(-1, len(PARTS), -1)
        return spectra.gather(2, index) * (1.0 - share) + spectra.gather(2, index + 1) * share
