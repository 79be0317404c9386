"""The ear for strokes: a network that tells of the first samples of a stroke what was struck, and where.

    sound → one level → body → size, position, shape

Bodies, by preset: "spectra" is `livehost.studio.models.strike_spectra` and learns most in a training of minutes. The
others are convolutional networks on raw samples, as CREPE is for pitch: 6 × [convolution → ReLU → batch norm → max pool
2 → dropout]. "crepe" has the widths of CREPE's layers, "small" takes a quarter of the time, and "short", whose first
layer sees 1.3 ms, an eighth.

Source: Kim, Salamon, Li and Bello, “CREPE: a convolutional representation for pitch estimation”, ICASSP 2018; with a
regression in place of the pitch classes.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from torch import Tensor, nn

from livehost.inference.kinds.strike import RATE
from livehost.studio.models.strike_spectra import GRAIN, Sizes, SpectraEar

#: Softest window (RMS, 1 at full scale) that is brought to one level; a softer one stays under it.
FLOOR = 1e-6


class Convolutions(NamedTuple):
    """Filters of each layer, and their widths; the first layer has a stride of 4."""

    filters: tuple[int, ...]
    widths: tuple[int, ...]


class Spectra(NamedTuple):
    """Sizes of both networks of a `SpectraEar`."""

    rough: Sizes
    fine: Sizes


PRESETS: dict[str, Convolutions | Spectra] = {
    "spectra": Spectra(Sizes(128, 128, 2), Sizes(288, 288, 3)),
    "short": Convolutions((32, 48, 64, 64, 64, 64), (64, 8, 4, 4, 4, 4)),
    "small": Convolutions((48, 32, 32, 32, 32, 48), (128, 32, 16, 16, 8, 8)),
    "crepe": Convolutions((128, 16, 16, 16, 32, 64), (512, 64, 64, 64, 64, 64)),
}
_STRIDE = 4


@dataclass(frozen=True)
class Hyperparameters:
    """Sizes of the network, and what it tells.

    Parameters
    ----------
    shapes : tuple of str
        Names of the shapes, in the order of its outputs.
    log_size_mean, log_size_scale : float
        Of the natural logarithm of the sizes (m) that are learnt from.
    frames : int
        Samples of a window.
    preset : str
        A key of `PRESETS`.
    dropout : float
        Behind each layer.
    """

    shapes: tuple[str, ...]
    log_size_mean: float
    log_size_scale: float
    frames: int = 1024
    preset: str = "spectra"
    dropout: float = 0.1

    def __post_init__(self) -> None:
        object.__setattr__(self, "shapes", tuple(self.shapes))
        if self.preset not in PRESETS or not self.shapes or not 0 <= self.dropout < 1 or not self.log_size_scale > 0:
            raise ValueError("no such network")
        preset = PRESETS[self.preset]
        if self.frames % (_STRIDE << len(preset.filters) if isinstance(preset, Convolutions) else GRAIN):
            raise ValueError("no such window")

    def as_dict(self) -> dict[str, Any]:
        """Give plain values, for checkpoints."""
        return asdict(self) | {"shapes": list(self.shapes)}


class Heard(NamedTuple):
    """What the network gives.

    Attributes
    ----------
    log_size : Tensor [n]
        Natural logarithm of the size in metres, standardised.
    position : Tensor [n]
        0 at the centre, 1 at the rim.
    logits : Tensor [n, shapes]
    rough : Tensor [n], optional
        A first estimate of `log_size` that the body goes by, and that must be learnt, too.
    """

    log_size: Tensor
    position: Tensor
    logits: Tensor
    rough: Tensor | None = None


class CrepeEar(nn.Module):
    """A convolutional body; see the module.

    Parameters
    ----------
    frames, shapes : int
    preset : Convolutions
    dropout : float
    """

    def __init__(self, frames: int, shapes: int, preset: Convolutions, dropout: float) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = 1
        for number, (filters, width) in enumerate(zip(*preset, strict=True)):
            stride = 1 if number else _STRIDE
            layers += [
                nn.ConstantPad1d(((width - stride) // 2, (width - stride + 1) // 2), 0.0),
                nn.Conv1d(before, filters, width, stride, bias=False), nn.BatchNorm1d(filters), nn.ReLU(),
                nn.MaxPool1d(2), nn.Dropout(dropout),
            ]  # fmt: skip
            before = filters
        self.layers = nn.Sequential(*layers)
        self.head = nn.Linear(before * (frames // (_STRIDE << len(preset.filters))), 2 + shapes)

    def forward(self, sound: Tensor) -> tuple[Tensor, None]:
        """Hear windows [n, frames] of RMS 1; see `SpectraEar.forward`."""
        return self.head(self.layers(sound[:, None]).flatten(1)), None


class StrikeNet(nn.Module):
    """See the module.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = h = hyperparameters
        preset = PRESETS[h.preset]
        self.body = (
            CrepeEar(h.frames, len(h.shapes), preset, h.dropout)
            if isinstance(preset, Convolutions)
            else SpectraEar(
                h.frames, RATE, len(h.shapes), (h.log_size_mean, h.log_size_scale), *preset, dropout=h.dropout
            )
        )  # fmt: skip

    def forward(self, sound: Tensor) -> Heard:
        """Hear windows [n, frames], of any level."""
        level = sound.square().mean(1, keepdim=True).sqrt()
        out, rough = self.body(sound / level.clamp(min=FLOOR))
        return Heard(out[:, 0], 0.5 + out[:, 1], out[:, 2:], rough)

    def sizes_m(self, log_size: Tensor) -> Tensor:
        """Give sizes in metres of standardised logarithms."""
        return (log_size * self.hyperparameters.log_size_scale + self.hyperparameters.log_size_mean).exp()


class StrikeGraph(nn.Module):
    """What is exported: a window [1, frames] → size in metres [1], position [1], probabilities [1, shapes].

    Parameters
    ----------
    network : StrikeNet
        In evaluation.
    """

    def __init__(self, network: StrikeNet) -> None:
        super().__init__()
        self.network = network

    def forward(self, sound: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Hear a window."""
        heard = self.network(sound)
        return self.network.sizes_m(heard.log_size), heard.position.clamp(0.0, 1.0), heard.logits.softmax(-1)
