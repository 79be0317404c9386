"""The generator of MelGAN: a mel is made longer, level by level, until each of its columns is a hop of samples.

    mel → Conv7 → (LeakyReLU → ×ratio → residual blocks of dilation 1, 3, 9) … → LeakyReLU → Conv7 → tanh → sound

Source: Kumar et al. 2019, with its sizes: 80 bands → 512 channels, ×8 ×8 ×2 ×2, 4.27 M parameters.
"""

from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm
from torch.nn.utils.parametrize import remove_parametrizations

from livehost.dsp.mel_contract import MelContract

_DILATIONS = (1, 3, 9)
_SLOPE = 0.2
_EDGE = 3  # on either side of a kernel of 7


def ratios_of(hop: int) -> tuple[int, ...]:
    """Give by how much each level makes a mel longer, for an even hop.

    Examples
    --------
    >>> ratios_of(256), ratios_of(64), ratios_of(480)
    ((8, 8, 2, 2), (8, 8), (8, 2, 2, 15))
    """
    ratios: list[int] = []
    for ratio, most in ((8, 2), (2, 8)):
        for _ in range(most):
            if hop % ratio == 0 and hop > 1:
                ratios.append(ratio)
                hop //= ratio
    return (*ratios, *([hop] if hop > 1 else []))


class ResidualBlock(nn.Module):
    """A dilated convolution beside a straight way of one sample.

    Parameters
    ----------
    width, dilation : int
    """

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.way = nn.Sequential(
            nn.LeakyReLU(_SLOPE), nn.ReflectionPad1d(dilation),
            weight_norm(nn.Conv1d(width, width, 3, dilation=dilation)),
            nn.LeakyReLU(_SLOPE), weight_norm(nn.Conv1d(width, width, 1)),
        )  # fmt: skip
        self.straight = weight_norm(nn.Conv1d(width, width, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Run on [n, width, samples]."""
        out: Tensor = self.straight(x) + self.way(x)
        return out


class MelGANGenerator(nn.Module):
    """See the module.

    Parameters
    ----------
    contract : MelContract
    width : int
        Channels of the first level; each further one has half as many. A multiple of 2 to the number of levels.

    Attributes
    ----------
    reach : int
        Frames on either side by which a frame's samples are affected.
    fewest : int
        Frames of the shortest mel, for the reflection at its ends.
    """

    rounds, soft = 0, 0.0
    fewest = _EDGE + 1

    def __init__(self, contract: MelContract, width: int) -> None:
        super().__init__()
        ratios = ratios_of(contract.hop_samples)
        self.contract, self.width = contract, width
        layers: list[nn.Module] = [
            nn.ReflectionPad1d(_EDGE), weight_norm(nn.Conv1d(contract.bands, width, 2 * _EDGE + 1))
        ]  # fmt: skip
        reach, frame = float(_EDGE), 1.0  # in frames, and how many of them a step of the level at hand is
        for ratio in ratios:
            up = nn.ConvTranspose1d(
                width, width // 2, 2 * ratio, ratio, padding=ratio // 2 + ratio % 2, output_padding=ratio % 2
            )
            layers += [nn.LeakyReLU(_SLOPE), weight_norm(up)]
            reach, frame, width = reach + frame, frame / ratio, width // 2
            layers += [ResidualBlock(width, dilation) for dilation in _DILATIONS]
            reach += frame * sum(_DILATIONS)
        layers += [
            nn.LeakyReLU(_SLOPE), nn.ReflectionPad1d(_EDGE), weight_norm(nn.Conv1d(width, 1, 2 * _EDGE + 1)), nn.Tanh()
        ]  # fmt: skip
        self.layers = nn.Sequential(*layers)
        self.reach = int(reach + frame * _EDGE) + 1

    def forward(self, mels: Tensor) -> Tensor:
        """Give the sounds [n, frames · hop] of mels [n, bands, frames] in unit scale."""
        sound: Tensor = self.layers(mels)[:, 0]
        return sound

    def given(self, mels: Tensor) -> Tensor:
        """Give the sounds: nothing is left to be done."""
        return self(mels)  # type: ignore[no-any-return]

    def sound(self, given: Tensor) -> Tensor:
        """Give the sounds of what `given` gives."""
        return given

    def graph(self) -> tuple[nn.Module, str]:
        """Give what is exported, and the name of its output: one with plain weights."""
        plain = MelGANGenerator(self.contract, self.width)  # a copy shares the class that this changes
        plain.load_state_dict(self.state_dict())
        for module in plain.modules():
            if "parametrizations" in module._modules:
                remove_parametrizations(module, "weight")
        return plain, "sound"
