"""Mel spectrograms in torch, with gradients: the same numbers as `MelContract.analyse`."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from livehost.dsp.mel_contract import MelContract, filterbank, hann, power_scale


class MelAnalysis(nn.Module):
    """Analyses sounds by a contract.

    Parameters
    ----------
    contract : MelContract
    """

    window: Tensor
    weights: Tensor

    def __init__(self, contract: MelContract) -> None:
        super().__init__()
        self.contract = contract
        self.register_buffer("window", torch.from_numpy(hann(contract.fft_samples)), persistent=False)
        weights = torch.from_numpy(filterbank(contract) * power_scale(contract))
        self.register_buffer("weights", weights, persistent=False)

    def forward(self, samples: Tensor) -> Tensor:
        """Compute the mels of sounds.

        Parameters
        ----------
        samples : Tensor [n, samples]
            Mono, of any float type, in which everything is computed.

        Returns
        -------
        Tensor [n, bands, frames]
            In dB.
        """
        return self.mels(self.spectra(samples))

    def spectra(self, samples: Tensor) -> Tensor:
        """Transform the frames of sounds [n, samples]: complex [n, frames, bins]."""
        c = self.contract
        frames = max(c.frames(samples.shape[-1]), 1)
        behind = (frames - 1) * c.hop_samples + c.fft_samples - c.padding - samples.shape[-1]
        windows = functional.pad(samples, (c.padding, behind)).unfold(-1, c.fft_samples, c.hop_samples)
        return torch.fft.rfft(windows * self.window.to(samples.dtype))

    def mels(self, spectra: Tensor) -> Tensor:
        """Compute mels [n, bands, frames], dB, of what `spectra` gives."""
        powers = spectra.real.square() + spectra.imag.square()
        bands = powers @ self.weights.t().to(powers.dtype)
        return 10 * bands.clamp(min=10 ** (self.contract.floor_db / 10)).log10().transpose(1, 2)
