"""The ear for strokes: a convolutional network on raw samples, as CREPE is for pitch.

    sound → one level → 6 × [convolution → ReLU → batch norm → max pool 2 → dropout] → size, position, shape

Source: Kim, Salamon, Li and Bello, “CREPE: a convolutional representation for pitch estimation”, ICASSP 2018; with a
regression in place of the pitch classes. Preset "crepe" has the widths of CREPE's layers, "small" takes a quarter of
the time, and "short", whose first layer sees 1.3 ms, an eighth: it learns most in a training of minutes.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from torch import Tensor, nn

#: Softest window (RMS, 1 at full scale) that is brought to one level; a softer one stays under it.
FLOOR = 1e-6


class Preset(NamedTuple):
    """Filters of each layer, and their widths; the first layer has a stride of 4."""

    filters: tuple[int, ...]
    widths: tuple[int, ...]


PRESETS = {
    "short": Preset((32, 48, 64, 64, 64, 64), (64, 8, 4, 4, 4, 4)),
    "small": Preset((48, 32, 32, 32, 32, 48), (128, 32, 16, 16, 8, 8)),
    "crepe": Preset((128, 16, 16, 16, 32, 64), (512, 64, 64, 64, 64, 64)),
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
    preset: str = "short"
    dropout: float = 0.1

    def __post_init__(self) -> None:
        object.__setattr__(self, "shapes", tuple(self.shapes))
        if self.preset not in PRESETS or not self.shapes or not 0 <= self.dropout < 1 or not self.log_size_scale > 0:
            raise ValueError("no such network")
        if self.frames % (_STRIDE << len(PRESETS[self.preset].filters)):
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
    """

    log_size: Tensor
    position: Tensor
    logits: Tensor


class StrikeNet(nn.Module):
    """See the module.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = h = hyperparameters
        layers: list[nn.Module] = []
        before, preset = 1, PRESETS[h.preset]
        for number, (filters, width) in enumerate(zip(*preset, strict=True)):
            stride = 1 if number else _STRIDE
            layers += [
                nn.ConstantPad1d(((width - stride) // 2, (width - stride + 1) // 2), 0.0),
                nn.Conv1d(before, filters, width, stride, bias=False), nn.BatchNorm1d(filters), nn.ReLU(),
                nn.MaxPool1d(2), nn.Dropout(h.dropout),
            ]  # fmt: skip
            before = filters
        self.layers = nn.Sequential(*layers)
        left = h.frames // (_STRIDE << len(preset.filters))
        self.head = nn.Linear(before * left, 2 + len(h.shapes))

    def forward(self, sound: Tensor) -> Heard:
        """Hear windows [n, frames], of any level."""
        level = sound.square().mean(1, keepdim=True).sqrt()
        x = self.layers((sound / level.clamp(min=FLOOR))[:, None])
        out = self.head(x.flatten(1))
        return Heard(out[:, 0], 0.5 + out[:, 1], out[:, 2:])

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
