"""Short-time Fourier transforms of a mel contract, real numbers only: with torch.fft, or by matrices for an export.

ONNX Runtime has no fast transform of its own that could be trusted to be fast, so an export multiplies with two small
matrices (Cooley & Tukey 1965: a transform of p · q points is q transforms of p points and p of q). Both give the same
numbers. Frames lie as `livehost.dsp.mel_contract` says: frame k is centred on the samples k · hop … (k + 1) · hop.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.dsp.mel_contract import MelContract, hann

#: Real and imaginary part.
Complex = tuple[Tensor, Tensor]


class FastTransform(nn.Module):
    """Transforms by torch.fft.

    Parameters
    ----------
    size : int
        Samples; even.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def forward(self, frames: Tensor) -> Complex:
        """Transform frames [..., size]: bins [..., size / 2 + 1]."""
        spectrum = torch.fft.rfft(frames)
        return spectrum.real, spectrum.imag

    def inverse(self, real: Tensor, imaginary: Tensor) -> Tensor:
        """Give the frames of bins; the imaginary part of the first and the last counts for nothing."""
        return torch.fft.irfft(torch.complex(real, imaginary), self.size)


class MatrixTransform(nn.Module):
    """The same by multiplying with matrices.

    Parameters
    ----------
    size : int
        Samples; even.
    """

    of_real: Tensor
    of_both: Tensor
    twiddle_real: Tensor
    twiddle_imaginary: Tensor
    second: Tensor
    to_real: Tensor
    weights: Tensor

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size, self.bins = size, size // 2 + 1
        self.p = next(n for n in range(math.isqrt(size), 0, -1) if size % n == 0)
        self.q = size // self.p
        first, twiddle, second = (
            torch.from_numpy(np.exp(-2j * np.pi * np.outer(np.arange(rows), np.arange(columns)) / over))
            for rows, columns, over in ((self.p, self.p, self.p), (self.q, self.p, size), (self.q, self.q, self.q))
        )
        for name, table in (
            ("of_real", torch.cat([first.real, first.imag], 1)),  # [p, 2 p]
            ("of_both", _both(first)),  # [2 p, 2 p]
            ("twiddle_real", twiddle.real), ("twiddle_imaginary", twiddle.imag),  # [q, p]
            ("second", _both(second)),  # [2 q, 2 q]
            ("to_real", _both(second)[:, : self.q]),  # [2 q, q]
        ):  # fmt: skip
            self.register_buffer(name, table.float().contiguous(), persistent=False)
        weights = torch.full((self.bins,), 2.0 / size)
        weights[0] = weights[-1] = 1.0 / size
        self.register_buffer("weights", weights, persistent=False)

    def forward(self, frames: Tensor) -> Complex:
        """See `FastTransform`."""
        both = self._columns(frames) @ self.of_real
        both = self._turned(both) @ self.second  # [..., p, 2 q]
        real, imaginary = (self._bins(part) for part in both.chunk(2, dim=-1))
        return real, imaginary

    def inverse(self, real: Tensor, imaginary: Tensor) -> Tensor:
        """See `FastTransform`."""
        # the inverse is the transform of the conjugate; of what is symmetric one half, twice, has the same real part
        half = torch.cat(
            [self._columns(functional.pad(part * self.weights, (0, self.size - self.bins)))
             for part in (real, -imaginary)], dim=-1,
        )  # fmt: skip
        frames = self._turned(half @ self.of_both) @ self.to_real
        return frames.transpose(-1, -2).flatten(-2)

    def _columns(self, x: Tensor) -> Tensor:
        """Put every q-th number side by side: [..., size] → [..., q, p]."""
        return x.unflatten(-1, (self.p, self.q)).transpose(-1, -2)

    def _bins(self, x: Tensor) -> Tensor:
        """Put bins in order, as many as are told: [..., p, q] → [..., size / 2 + 1]."""
        return x.transpose(-1, -2).flatten(-2)[..., : self.bins]

    def _turned(self, both: Tensor) -> Tensor:
        """Turn what the first transforms gave, real | imaginary: [..., q, 2 p] → [..., p, 2 q]."""
        real, imaginary = both.chunk(2, dim=-1)
        turned = (
            real * self.twiddle_real - imaginary * self.twiddle_imaginary,
            real * self.twiddle_imaginary + imaginary * self.twiddle_real,
        )
        return torch.cat([part.transpose(-1, -2) for part in turned], dim=-1)


def _both(table: Tensor) -> Tensor:
    """Make of a complex matrix the real one that multiplies real | imaginary."""
    return torch.cat([torch.cat([table.real, table.imag], 1), torch.cat([-table.imag, table.real], 1)])


class FrameSums(nn.Module):
    """Sound ↔ spectra of its frames, as `livehost.dsp.griffin_lim` does it.

    Parameters
    ----------
    contract : MelContract
        Whose transform is a multiple of its hop.
    """

    window: Tensor
    squares: Tensor

    def __init__(self, contract: MelContract) -> None:
        super().__init__()
        self.size, self.hop, self.padding = contract.fft_samples, contract.hop_samples, contract.padding
        self.pieces = self.size // self.hop
        self.transform: FastTransform | MatrixTransform = FastTransform(self.size)
        window = torch.from_numpy(hann(self.size)).float()
        self.register_buffer("window", window, persistent=False)
        self.register_buffer("squares", window.square(), persistent=False)

    def sound(self, real: Tensor, imaginary: Tensor) -> Tensor:
        """Overlap-add, least squares: [n, frames, bins] → [n, frames + pieces − 1, hop], the padding on either side."""
        frames = self.transform.inverse(real, imaginary) * self.window
        weights = self._overlapped(self.squares.expand(1, frames.shape[1], self.size))
        return self._overlapped(frames) / weights.clamp(min=1e-3)

    def spectrum(self, sound: Tensor) -> Complex:
        """Transform what `sound` gives: [n, frames, bins]."""
        frames = sound.shape[1] - self.pieces + 1
        windows = torch.cat([sound[:, at : at + frames] for at in range(self.pieces)], dim=2)
        real, imaginary = self.transform(windows * self.window)
        return real, imaginary

    def cut(self, sound: Tensor) -> Tensor:
        """Leave the padding out: [n, frames · hop]."""
        frames = sound.shape[1] - self.pieces + 1
        return sound.flatten(1)[:, self.padding : self.padding + frames * self.hop]

    def _overlapped(self, frames: Tensor) -> Tensor:
        hops = frames.unflatten(-1, (self.pieces, self.hop))
        moved = [functional.pad(hops[:, :, at], (0, 0, at, self.pieces - 1 - at)) for at in range(self.pieces)]
        return torch.stack(moved).sum(0)
