"""The mel VAE: a mel spectrogram of a given length → a point of a normal distribution → the mel again.

    mel → encoder → linear → mean, log variance → z → linear → decoder → mel

Mels are in unit scale (`livehost.dsp.mel_contract.MelContract.to_unit`). Source: Kingma & Welling 2014.
"""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from livehost.studio.models.mel_convolutions import make_decoder, make_encoder, reduction

STRIDES = ((4, 4), (2, 2), (2, 2))
#: The log variance stays within these.
_LOWEST, _HIGHEST = -12.0, 6.0


@dataclass(frozen=True)
class Hyperparameters:
    """Sizes of the network.

    Parameters
    ----------
    bands, frames : int
        Of a mel; multiples of 16.
    latent : int
        Numbers of a code.
    width : int
        Channels of the first level; a multiple of 8.
    blocks : int
        Residual blocks of each level; 0: convolutions alone.
    """

    bands: int = 80
    frames: int = 256
    latent: int = 64
    width: int = 32
    blocks: int = 1

    def __post_init__(self) -> None:
        rows, columns = reduction(STRIDES)
        if min(self.bands, self.frames, self.latent, self.width) < 1 or self.blocks < 0:
            raise ValueError("no such network")
        if self.bands % rows or self.frames % columns or self.width % 8:
            raise ValueError("sizes that do not divide")

    def as_dict(self) -> dict[str, Any]:
        """Give plain values, for checkpoints."""
        return asdict(self)


class MelVAE(nn.Module):
    """See the module.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = h = hyperparameters
        rows, columns = reduction(STRIDES)
        self.deep = (h.width * 2 ** (len(STRIDES) - 1), h.bands // rows, h.frames // columns)
        size = self.deep[0] * self.deep[1] * self.deep[2]
        self.encoder = make_encoder(STRIDES, h.width, h.blocks)
        self.to_code = nn.Linear(size, 2 * h.latent)
        self.from_code = nn.Linear(h.latent, size)
        self.decoder = make_decoder(STRIDES, h.width, h.blocks)

    def encode(self, mels: Tensor) -> tuple[Tensor, Tensor]:
        """Give mean and log variance, [n, latent] each, of mels [n, bands, frames]."""
        both = self.to_code(self.encoder(mels[:, None]).flatten(1))
        mean, log_variance = both.chunk(2, dim=1)
        return mean, log_variance.clamp(_LOWEST, _HIGHEST)

    def decode(self, codes: Tensor) -> Tensor:
        """Give mels [n, bands, frames] of codes [n, latent]."""
        deep = self.from_code(codes).unflatten(1, self.deep)
        mels: Tensor = self.decoder(deep)[:, 0]
        return mels

    def forward(self, mels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give mels again through a code drawn by chance; and mean and log variance."""
        mean, log_variance = self.encode(mels)
        codes = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        return self.decode(codes), mean, log_variance


class EncoderGraph(nn.Module):
    """The encoder as it is exported: mels → mean, log variance."""

    def __init__(self, network: MelVAE) -> None:
        super().__init__()
        self.network = network

    def forward(self, mels: Tensor) -> tuple[Tensor, Tensor]:
        """Encode."""
        return self.network.encode(mels)


class DecoderGraph(nn.Module):
    """The decoder as it is exported: codes → mels."""

    def __init__(self, network: MelVAE) -> None:
        super().__init__()
        self.network = network

    def forward(self, codes: Tensor) -> Tensor:
        """Decode."""
        return self.network.decode(codes)
