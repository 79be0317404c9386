"""Spectra of the frames of a mel contract in torch, with gradients: the same as `livehost.dsp.griffin_lim`'s."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.dsp.mel_contract import MelContract, hann


class Frames(nn.Module):
    """Sound ↔ spectra of its frames.

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
        window = torch.from_numpy(hann(self.size)).float()
        self.register_buffer("window", window, persistent=False)
        self.register_buffer("squares", window.square(), persistent=False)

    def sound(self, spectrum: Tensor) -> Tensor:
        """Overlap-add, least squares: [n, frames, bins] → [n, frames + pieces − 1, hop], the padding on either side."""
        frames = torch.fft.irfft(spectrum, self.size) * self.window
        weights = self._overlapped(self.squares.expand(1, frames.shape[1], self.size))
        return self._overlapped(frames) / weights.clamp(min=1e-3)

    def spectrum(self, sound: Tensor) -> Tensor:
        """Transform what `sound` gives: complex [n, frames, bins]."""
        frames = sound.shape[1] - self.pieces + 1
        windows = torch.cat([sound[:, at : at + frames] for at in range(self.pieces)], dim=2)
        return torch.fft.rfft(windows * self.window)

    def cut(self, sound: Tensor) -> Tensor:
        """Leave the padding out: [n, frames · hop]."""
        frames = sound.shape[1] - self.pieces + 1
        return sound.flatten(1)[:, self.padding : self.padding + frames * self.hop]

    def _overlapped(self, frames: Tensor) -> Tensor:
        hops = frames.unflatten(-1, (self.pieces, self.hop))
        moved = [functional.pad(hops[:, :, at], (0, 0, at, self.pieces - 1 - at)) for at in range(self.pieces)]
        return torch.stack(moved).sum(0)
