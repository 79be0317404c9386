"""Networks that tell real sounds from made ones: of several scales, and of several periods.

A critic gives a map of how real it finds each place, and the maps of its layers, which the generator is to match
(feature matching). Sources: Kumar et al. 2019 (MelGAN: scales); Kong et al. 2020 (HiFi-GAN: periods); Salimans et al.
2016 (feature matching).
"""

from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import weight_norm

#: Times that a sound is halved before it is looked at; samples after which it is folded into columns.
SCALES, PERIODS = (0, 1, 2), (2, 3, 5, 7, 11)
_SLOPE = 0.2
#: Most that the channels grow by.
_WIDEST = 16


class ScaleCritic(nn.Module):
    """Looks at a sound that was halved some times: Conv15, four strided grouped convolutions, Conv5, Conv3.

    Parameters
    ----------
    width : int
        Channels of the first layer; a multiple of 4.
    halved : int
        How often the sound is halved.
    """

    def __init__(self, width: int, halved: int) -> None:
        super().__init__()
        self.halved = halved
        layers, wide = [weight_norm(nn.Conv1d(1, width, 15, padding=7))], width
        for _ in range(4):
            more = min(4 * wide, _WIDEST * width)
            layers.append(weight_norm(nn.Conv1d(wide, more, 41, 4, padding=20, groups=wide // 4)))
            wide = more
        layers.append(weight_norm(nn.Conv1d(wide, wide, 5, padding=2)))
        self.layers = nn.ModuleList(layers)
        self.last = weight_norm(nn.Conv1d(wide, 1, 3, padding=1))

    def forward(self, sound: Tensor) -> list[Tensor]:
        """Give the maps of all layers of sounds [n, samples], the verdict last."""
        x = sound[:, None]
        for _ in range(self.halved):
            x = functional.avg_pool1d(x, 4, 2, padding=1, count_include_pad=False)
        return _maps(x, self.layers, self.last)


class PeriodCritic(nn.Module):
    """Looks at every so-many-th sample: strided convolutions down the columns of a sound that is folded.

    Parameters
    ----------
    width : int
        Channels of the first layer.
    period : int
        Samples after which it is folded.
    """

    def __init__(self, width: int, period: int) -> None:
        super().__init__()
        self.period = period
        layers, before, wide = [], 1, width
        for _ in range(4):
            layers.append(weight_norm(nn.Conv2d(before, wide, (5, 1), (3, 1), padding=(2, 0))))
            before, wide = wide, min(4 * wide, _WIDEST * width)
        self.layers = nn.ModuleList(layers)
        self.last = weight_norm(nn.Conv2d(before, 1, (3, 1), padding=(1, 0)))

    def forward(self, sound: Tensor) -> list[Tensor]:
        """Give the maps of all layers of sounds [n, samples], the verdict last."""
        rows = -(-sound.shape[1] // self.period)
        folded = functional.pad(sound, (0, rows * self.period - sound.shape[1])).unflatten(1, (rows, self.period))
        return _maps(folded[:, None], self.layers, self.last)


class Critics(nn.Module):
    """All of them.

    Parameters
    ----------
    width : int
        Channels of the first layers; a multiple of 4.
    periods : bool
        Whether there are critics of periods, too, besides those of scales.
    """

    def __init__(self, width: int, *, periods: bool) -> None:
        super().__init__()
        self.critics = nn.ModuleList([ScaleCritic(width, halved) for halved in SCALES])
        self.critics.extend(PeriodCritic(width, period) for period in (PERIODS if periods else ()))

    def forward(self, sound: Tensor) -> list[list[Tensor]]:
        """Give what each says of sounds [n, samples]."""
        return [critic(sound) for critic in self.critics]


def _maps(x: Tensor, layers: nn.ModuleList, last: nn.Module) -> list[Tensor]:
    found = []
    for layer in layers:
        x = functional.leaky_relu(layer(x), _SLOPE)
        found.append(x)
    return [*found, last(x)]
