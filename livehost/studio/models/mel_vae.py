"""The mel VAE: a mel spectrogram of a given length → a point of a normal distribution → the mel again.

          ┌ principal components ────┐               ┌ principal components ┐
    mel ──┴→ encoder → linear ───────┴→ mean ─→ z ───┴→ linear → decoder ───┴→ mel
                              └→ log variance ─┘

The straight way is the best linear code, whitened, fitted before the first step and kept: what the network learns is
what lines cannot do, and its codes are distributed as the prior from the beginning. Mels are in unit scale
(`livehost.dsp.mel_contract.MelContract.to_unit`). Sources: Kingma & Welling 2014; Pearson 1901.
"""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from livehost.studio.models.mel_convolutions import make_decoder, make_encoder, reduction

STRIDES = ((4, 4), (2, 2), (2, 2))
#: The log variance stays within these, and begins at that.
_LOWEST, _HIGHEST, _FIRST = -12.0, 6.0, -3.0
#: A component that has less of the largest one's variance is none.
_NOTHING = 1e-9


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
    width: int = 16
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

    offset: Tensor
    components: Tensor
    deviations: Tensor

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
        self.register_buffer("offset", torch.zeros(h.bands * h.frames))
        self.register_buffer("components", torch.zeros(h.latent, h.bands * h.frames))
        self.register_buffer("deviations", torch.ones(h.latent))
        for last in (self.to_code, self.decoder[-1]):
            nn.init.zeros_(last.weight)  # type: ignore[arg-type]
            nn.init.zeros_(last.bias)  # type: ignore[arg-type]
        nn.init.constant_(self.to_code.bias[h.latent :], _FIRST)

    @torch.no_grad()
    def fit(self, mels: Tensor) -> None:
        """Fit the straight way: principal components of mels [n, bands, frames], as many as there are."""
        rows = mels.flatten(1).double()
        self.offset.copy_(rows.mean(0))
        rows = rows - rows.mean(0)
        squares, vectors = torch.linalg.eigh(rows @ rows.t())
        found = min(self.hyperparameters.latent, int((squares > squares[-1] * _NOTHING).sum()))
        largest = squares[-found:].flip(0).sqrt()
        self.components[:found] = (vectors[:, -found:].flip(1) / largest).t() @ rows
        self.deviations[:found] = largest / len(rows) ** 0.5

    def encode(self, mels: Tensor) -> tuple[Tensor, Tensor]:
        """Give mean and log variance, [n, latent] each, of mels [n, bands, frames]."""
        both = self.to_code(self.encoder(mels[:, None]).flatten(1))
        mean, log_variance = both.chunk(2, dim=1)
        straight = (mels.flatten(1) - self.offset) @ self.components.t() / self.deviations
        return straight + mean, log_variance.clamp(_LOWEST, _HIGHEST)

    def decode(self, codes: Tensor) -> Tensor:
        """Give mels [n, bands, frames] of codes [n, latent]."""
        deep = self.from_code(codes).unflatten(1, self.deep)
        straight = self.offset + (codes * self.deviations) @ self.components
        mels: Tensor = self.decoder(deep)[:, 0] + straight.unflatten(1, (self.hyperparameters.bands, -1))
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
