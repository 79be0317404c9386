"""The mel VQ-VAE: a mel spectrogram → a grid of codes, each a row of a codebook → the mel again; and a prior of codes.

                                                               ┌ components ─┐
    mel ──→ components → [size, rows, columns] → nearest rows ─┴→ decoder ───┴→ mel

A mel is cut into tiles, and the principal components of each are fitted before the first step and kept; the codebook
begins where k-means of such tiles ends. What the network learns is what tiles by themselves do not tell. (An encoder
that is learnt beside them is worse by each minute: after three, 4.0 dB and 46 % of the codes in use, against 3.3 dB and
87 %.) The codebook follows what it is asked for by an exponential moving average, and a code that nobody asks for
begins anew at something that was asked for. Mels are in unit scale.

Sources: van den Oord et al. 2017; Razavi et al. 2019 (the average); Fifty et al. 2025 (gradients that are turned).
The codebook is that of vector-quantize-pytorch.
"""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from vector_quantize_pytorch import VectorQuantize

from livehost.studio.models.code_prior import CodePrior
from livehost.studio.models.mel_convolutions import make_decoder, reduction

STRIDES = ((4, 4), (2, 2), (2, 1))
#: Of the moving average; and a code that it sees less often than that in a batch begins anew.
_DECAY, _DEAD = 0.99, 0.1
#: Of k-means: tiles at most, and rounds.
_TILES, _ROUNDS = 40_000, 20
#: One of so many of them is silent.
_SILENT = 50


@dataclass(frozen=True)
class Hyperparameters:
    """Sizes of the network.

    Parameters
    ----------
    bands, frames : int
        Of a mel; multiples of 16 and 8.
    codes, size : int
        Of the codebook, and numbers of each.
    width : int
        Channels of the decoder's last level; a multiple of 8.
    blocks : int
        Residual blocks of each level; 0: convolutions alone.
    prior_width, prior_depth, prior_heads : int
        Of the prior.
    dropout : float
        Of the prior.
    """

    bands: int = 80
    frames: int = 256
    codes: int = 512
    size: int = 32
    width: int = 16
    blocks: int = 1
    prior_width: int = 96
    prior_depth: int = 4
    prior_heads: int = 4
    dropout: float = 0.1

    def __post_init__(self) -> None:
        rows, columns = reduction(STRIDES)
        sizes = (self.bands, self.frames, self.codes, self.size, self.width, self.prior_width, self.prior_depth)
        if min(*sizes, self.prior_heads) < 1 or self.blocks < 0 or not 0 <= self.dropout < 1:
            raise ValueError("no such network")
        if self.bands % rows or self.frames % columns or self.width % 8 or self.prior_width % self.prior_heads:
            raise ValueError("sizes that do not divide")

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of a sound's codes."""
        rows, columns = reduction(STRIDES)
        return self.bands // rows, self.frames // columns

    def as_dict(self) -> dict[str, Any]:
        """Give plain values, for checkpoints."""
        return asdict(self)


class MelCodec(nn.Module):
    """Components, codebook and decoder.

    Parameters
    ----------
    h : Hyperparameters
    """

    offset: Tensor
    components: Tensor

    def __init__(self, h: Hyperparameters) -> None:
        super().__init__()
        deep = h.width * 2 ** (len(STRIDES) - 1)
        self.quantiser = VectorQuantize(
            dim=h.size,
            codebook_size=h.codes,
            decay=_DECAY,
            threshold_ema_dead_code=_DEAD,
            kmeans_init=True,
            kmeans_iters=_ROUNDS,
        )
        self.from_code = nn.Conv2d(h.size, deep, 3, padding=1)
        self.decoder = make_decoder(STRIDES, h.width, h.blocks)
        self.tile = reduction(STRIDES)
        self.register_buffer("offset", torch.zeros(1))
        self.register_buffer("components", torch.zeros(h.size, 1, *self.tile))
        nn.init.zeros_(self.decoder[-1].weight)  # type: ignore[arg-type]
        nn.init.zeros_(self.decoder[-1].bias)  # type: ignore[arg-type]

    @torch.no_grad()
    def fit(self, mels: Tensor) -> None:
        """Fit the components to mels [n, bands, frames], and the codebook by k-means of tiles, few of them silent."""
        self.offset.fill_(float(mels.mean()))
        tall, wide = self.tile
        cut = functional.unfold((mels - self.offset)[:, None], self.tile, stride=self.tile)
        tiles = cut.transpose(1, 2).flatten(0, 1)
        found = min(len(self.components), tall * wide)
        _, vectors = torch.linalg.eigh((tiles.t() @ tiles).double())
        self.components[:found] = vectors[:, -found:].flip(1).t().float().unflatten(1, (1, tall, wide))
        heard = (tiles > -self.offset).any(1)
        chance = torch.Generator().manual_seed(0)
        chosen = tiles[heard][torch.randperm(int(heard.sum()), generator=chance)[:_TILES]]
        chosen = torch.cat((chosen, tiles[~heard][: len(chosen) // _SILENT]))
        was_training = self.training
        self.train()
        self.quantiser((chosen @ self.components.flatten(1).t() / self._scale)[None])  # the first that it sees
        self.train(was_training)

    @property
    def codebook(self) -> Tensor:
        """Rows [codes, size]."""
        rows: Tensor = self.quantiser.codebook
        return rows

    @property
    def _scale(self) -> float:
        """Makes numbers of about 1 of components: a tile has so many values of less than 1."""
        return 0.2 * float(self.tile[0] * self.tile[1]) ** 0.5

    def forward(self, mels: Tensor) -> tuple[Tensor, Tensor]:
        """Give mels again through their codes, and the codes [n, rows, columns]; in training the codebook follows."""
        latents = self._latents(mels)
        taught = self._taught(mels)
        rows, _, _ = self.quantiser(latents.flatten(1, 2), mask=taught)
        codes = self._nearest(latents)
        silent = self.codebook[codes].flatten(1, 2)
        grid = torch.where(taught[..., None], rows, silent).unflatten(1, latents.shape[1:3])
        return self.decode(grid.permute(0, 3, 1, 2)), codes

    def encode(self, mels: Tensor) -> Tensor:
        """Give the codes, int64 [n, rows, columns], of mels [n, bands, frames]: nearest rows of the codebook."""
        return self._nearest(self._latents(mels))

    def embed(self, codes: Tensor) -> Tensor:
        """Look codes [n, rows, columns] up: [n, size, rows, columns]."""
        return self.codebook[codes].permute(0, 3, 1, 2)

    def decode(self, grid: Tensor) -> Tensor:
        """Give mels [n, bands, frames] of rows of the codebook, or anything between them, [n, size, rows, columns]."""
        straight = functional.conv_transpose2d(grid * self._scale, self.components, stride=self.tile) + self.offset
        mels: Tensor = self.decoder(self.from_code(grid)) + straight
        return mels[:, 0]

    def _nearest(self, latents: Tensor) -> Tensor:
        """Find the codes of latents [n, rows, columns, size]."""
        codebook = self.codebook
        far = codebook.square().sum(1) - 2 * latents @ codebook.t()
        return far.argmin(-1)

    def _taught(self, mels: Tensor) -> Tensor:
        """Tell which tiles teach the codebook, bool [n, rows · columns]: those that are not silent, and a few that are.

        Half of all tiles are silent; they would take the place of every code that begins anew.
        """
        heard = functional.max_pool2d(mels[:, None], self.tile).flatten(1) > 0
        return heard | (torch.rand(heard.shape, device=mels.device) * _SILENT < 1)

    def _latents(self, mels: Tensor) -> Tensor:
        """Give the components of each tile: float32 [n, rows, columns, size]."""
        found = functional.conv2d(mels[:, None] - self.offset, self.components, stride=self.tile) / self._scale
        return found.float().permute(0, 2, 3, 1)


class MelVQVAE(nn.Module):
    """Codec and prior.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = h = hyperparameters
        self.codec = MelCodec(h)
        rows, columns = h.grid
        self.prior = CodePrior(
            h.codes, rows, columns, 2 * h.bands + 2, width=h.prior_width, depth=h.prior_depth, heads=h.prior_heads,
            dropout=h.dropout,
        )  # fmt: skip


class EncoderGraph(nn.Module):
    """The encoder as it is exported: mels → codes."""

    def __init__(self, codec: MelCodec) -> None:
        super().__init__()
        self.codec = codec

    def forward(self, mels: Tensor) -> Tensor:
        """Encode."""
        return self.codec.encode(mels)


class DecoderGraph(nn.Module):
    """The decoder as it is exported: rows of the codebook → mels."""

    def __init__(self, codec: MelCodec) -> None:
        super().__init__()
        self.codec = codec

    def forward(self, grid: Tensor) -> Tensor:
        """Decode."""
        return self.codec.decode(grid)
