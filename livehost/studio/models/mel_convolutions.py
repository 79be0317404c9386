"""Encoder and decoder of mels that the mel VAE and the mel VQ-VAE share: convolutions, with or without residual blocks.

    mel [1, bands, frames] → stem → SiLU → (down → blocks) … → [width, rows, columns]
                           ← stem ← SiLU ← (blocks ← up)   … ← [width, rows, columns]

Everything is convolutional, so a mel of any number of columns goes through. Sources: He et al. 2016 (residual blocks);
Wu & He 2018 (group normalisation, which is the same in training and evaluation).
"""

from collections.abc import Sequence

from torch import Tensor, nn

#: Of each level from the mel on: by how much bands and frames get fewer.
Strides = Sequence[tuple[int, int]]
_GROUPS = 8


class ResidualBlock(nn.Module):
    """Two convolutions beside a straight way.

    Parameters
    ----------
    width : int
        Channels, a multiple of 8.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.way = nn.Sequential(
            nn.GroupNorm(_GROUPS, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1),
            nn.GroupNorm(_GROUPS, width), nn.SiLU(), nn.Conv2d(width, width, 3, padding=1),
        )  # fmt: skip
        nn.init.zeros_(self.way[-1].weight)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        """Run on [n, width, rows, columns]."""
        out: Tensor = x + self.way(x)
        return out


def _kernel(stride: tuple[int, int]) -> dict[str, tuple[int, int]]:
    """Give kernel, stride and padding so that sizes are divided by (or multiplied with) the stride exactly."""
    kernel = tuple(2 * step if step > 1 else 3 for step in stride)
    padding = tuple(step // 2 if step > 1 else 1 for step in stride)
    return {"kernel_size": (kernel[0], kernel[1]), "stride": stride, "padding": (padding[0], padding[1])}


def make_encoder(strides: Strides, width: int, blocks: int) -> nn.Sequential:
    """Make an encoder; its first level has `width` channels, each further one twice as many.

    Parameters
    ----------
    strides : sequence of (int, int)
        By level; even, or 1.
    width : int
        A multiple of 8.
    blocks : int
        Residual blocks behind each level but the first; 0: convolutions alone.
    """
    layers: list[nn.Module] = [nn.Conv2d(1, width, **_kernel(strides[0]))]  # type: ignore[arg-type]
    for stride in strides[1:]:
        layers += [nn.GroupNorm(_GROUPS, width), nn.SiLU(), nn.Conv2d(width, 2 * width, **_kernel(stride))]  # type: ignore[arg-type]
        width *= 2
        layers += [ResidualBlock(width) for _ in range(blocks)]
    return nn.Sequential(*layers, nn.GroupNorm(_GROUPS, width), nn.SiLU())


def make_decoder(strides: Strides, width: int, blocks: int) -> nn.Sequential:
    """Make the decoder that mirrors an encoder of the same numbers."""
    layers: list[nn.Module] = []
    for level, stride in reversed(list(enumerate(strides[1:], 1))):
        wide = width * 2**level
        layers += [ResidualBlock(wide) for _ in range(blocks)]
        layers += [nn.GroupNorm(_GROUPS, wide), nn.SiLU()]
        layers += [nn.ConvTranspose2d(wide, wide // 2, **_kernel(stride))]  # type: ignore[arg-type]
    last = nn.ConvTranspose2d(width, 1, **_kernel(strides[0]))  # type: ignore[arg-type]
    return nn.Sequential(*layers, nn.GroupNorm(_GROUPS, width), nn.SiLU(), last)


def reduction(strides: Strides) -> tuple[int, int]:
    """Give by how much bands and frames get fewer in all."""
    rows = columns = 1
    for down, along in strides:
        rows, columns = rows * down, columns * along
    return rows, columns
