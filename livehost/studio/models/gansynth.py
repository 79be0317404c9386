"""GANSynth for two cores: a note's timbre and pitch → its levels and instantaneous frequencies; and what teaches it.

    code, pitch → linear ─┬→ convolutions over frequency and time ── 1×1 ─┐
                          └→ convolutions over partials and time ─── 1×1 ─┤
    pitch → comb of its partials (see `comb`) ────────────────────── 1×1 ─┴→ sum → LeakyReLU → 1×1 … → level, turn

Every bin is told where it stands between the partials of the pitch: what is learnt is the timbre, and a pitch between
two that were learnt from is played as well. It is not grown progressively: everything that a note has on a large scale
is made of few numbers anyway, and the last layers, over all bins, are as wide as two cores can afford. The encoder
hears a mel and tells code and pitch (Larsen et al. 2016: an autoencoder with a critic): it gives a generator that makes
notes before the critic says anything, and notes that are like a given sound. The critic tells real notes from made
ones, and, over classes, their pitch (Odena et al. 2017). Sources: Engel et al. 2019; Miyato et al. 2018 (spectral
normalisation). Levels and turns are those of `livehost.dsp.note_spectrum`, levels in unit scale.
"""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.studio.models.mel_convolutions import make_encoder, reduction

#: Of the encoder, by level: by how much bands and frames of a mel get fewer.
STRIDES = ((4, 4), (2, 2), (2, 2))
#: Of a field: how often it is doubled in both directions. Kernel and strides of the critic's layers.
_DOUBLED, _KERNEL, _STRIDE, _LAYERS = 3, (8, 4), (4, 2), 4
#: Lowest level of a partial's main lobe in the comb, against its peak.
_LOBE_DB = -60.0
_SLOPE = 0.2
#: MIDI pitch that is 0 for the network, and semitones that are 1.
_MIDDLE, _OCTAVES = 64.0, 24.0
#: Numbers that a comb says of each bin.
COMB = 5


@dataclass(frozen=True)
class Hyperparameters:
    """Sizes of the networks.

    Parameters
    ----------
    latent : int
        Numbers of a code.
    width : int
        Channels of the fields where they are finest; a multiple of 8.
    partials : int
        That have a level of their own; the last stands for all above.
    critic_width : int
        Channels of the critic's first layer.
    encoder_width : int
        Channels of the encoder's first level; a multiple of 8.
    lowest, highest : int
        MIDI pitches.
    mel, spectrum : mapping
        The contracts.

    Raises
    ------
    ValueError
        For a network that there is not.
    """

    latent: int
    width: int
    partials: int
    critic_width: int
    encoder_width: int
    lowest: int
    highest: int
    mel: dict[str, Any]
    spectrum: dict[str, Any]

    def __post_init__(self) -> None:
        if min(self.latent, self.width, self.critic_width, self.encoder_width) < 1 or self.highest < self.lowest:
            raise ValueError("no such network")
        if self.width % 8 or self.encoder_width % 8 or self.partials % 2**_DOUBLED or self.partials < 1:
            raise ValueError("sizes that do not divide")

    @property
    def classes(self) -> int:
        """Pitches that the critic tells apart."""
        return self.highest - self.lowest + 1

    @property
    def mel_frames(self) -> int:
        """Of the mels that the encoder hears: as long as a note."""
        mel, spectrum = MelContract.from_table(self.mel), SpectrumContract.from_table(self.spectrum)
        return -(-mel.frames(spectrum.samples) // reduction(STRIDES)[1]) * reduction(STRIDES)[1]

    def as_dict(self) -> dict[str, Any]:
        """Give plain values, for checkpoints."""
        return asdict(self)


def comb(pitch: Tensor, contract: SpectrumContract) -> tuple[Tensor, Tensor]:
    """Say where each bin stands between the partials of a pitch.

    Parameters
    ----------
    pitch : Tensor [n]
        MIDI, 69 is 440 Hz.
    contract : SpectrumContract

    Returns
    -------
    planes : Tensor [n, COMB, bins]
        Level of the nearest partial's main lobe, unit scale, 0 at its peak; turn of that partial; how near it is, 0 to
        1; its number and the bin's frequency, on a logarithmic and a linear scale.
    number : Tensor of int64 [n, bins]
        Of the nearest partial, from 1 on.
    """
    apart = 440 * torch.exp2((pitch - 69) / 12)[:, None] / contract.bin_hz
    bins = torch.arange(contract.bins, device=pitch.device, dtype=pitch.dtype)[None]
    number = (bins / apart).round().clamp(min=1)
    off = bins - number * apart
    near = off + 1e-3  # sinc(d) / (1 − d²) has a limit at 0 and ±1
    lobe = torch.sin(torch.pi * near) / (torch.pi * near * (1 - near.square()))
    lobe_db = 20 * torch.log10(lobe.abs().clamp(min=10 ** (_LOBE_DB / 20)))
    lobe_db = torch.where(off.abs() < contract.half_turn, lobe_db, torch.full_like(lobe_db, _LOBE_DB))
    planes = [
        lobe_db / -contract.floor_db, (-off / contract.half_turn).clamp(-1, 1), (-0.5 * off.square()).exp(),
        number.log2() / 8, (bins / contract.bins).expand_as(off),
    ]  # fmt: skip
    return torch.stack(planes, 1), number.long()


class Field(nn.Module):
    """Numbers over some axis and time, made of few: doubled in both directions, level by level.

    Parameters
    ----------
    told, width, rows, columns : int
        Numbers that it is told; channels, rows and columns of what it makes.
    """

    def __init__(self, told: int, width: int, rows: int, columns: int) -> None:
        super().__init__()
        scale = 2**_DOUBLED
        self.deep = (4 * width, rows // scale, columns // scale)
        self.first = nn.Linear(told, self.deep[0] * self.deep[1] * self.deep[2])
        layers: list[nn.Module] = []
        for wide, less in ((4, 3), (3, 2), (2, 1)):
            layers += [
                nn.LeakyReLU(_SLOPE), nn.Upsample(scale_factor=2, mode="nearest"),
                nn.Conv2d(wide * width, less * width, 3, padding=1),
            ]  # fmt: skip
        self.layers = nn.Sequential(*layers)

    def forward(self, told: Tensor) -> Tensor:
        """Make [n, width, rows, columns]."""
        made: Tensor = self.layers(self.first(told).unflatten(1, self.deep))
        return made


class Generator(nn.Module):
    """Makes notes; see the module.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        h = hyperparameters
        self.contract = c = SpectrumContract.from_table(h.spectrum)
        self.partials, hidden, scale = h.partials, 4 * h.width, 2**_DOUBLED
        columns = max(c.frames // 16, 1) * scale
        self.told = nn.Sequential(nn.Linear(h.latent + 1, hidden), nn.LeakyReLU(_SLOPE), nn.Linear(hidden, hidden))
        self.over_bins = Field(hidden, h.width, max(c.bins // (16 * scale), 1) * scale, columns)
        self.over_partials = Field(hidden, h.width, h.partials, columns)
        joined = 2 * h.width
        self.from_bins, self.from_partials = (nn.Conv2d(h.width, joined, 1) for _ in range(2))
        self.from_comb = nn.Conv1d(COMB, joined, 1)
        self.middle = nn.Conv2d(joined + 1, h.width, 1)
        self.last = nn.Conv2d(h.width, 2, 1)

    def forward(self, codes: Tensor, pitches: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        """Make notes.

        Parameters
        ----------
        codes : Tensor [n, latent]
            Timbres; standard normal is the prior.
        pitches : Tensor [n]
            MIDI.
        noise : Tensor [n, bins, frames]
            Standard normal: what differs from one time that a note is played to the next.

        Returns
        -------
        levels, turns : Tensor [n, bins, frames]
            In unit scale, and half turns.
        """
        c = self.contract
        planes, number = comb(pitches, c)
        told = self.told(torch.cat([codes, (pitches[:, None] - _MIDDLE) / _OCTAVES], 1))
        size = (c.bins, c.frames)
        over_bins = functional.interpolate(self.from_bins(self.over_bins(told)), size, mode="bilinear")
        over_partials = self.from_partials(self.over_partials(told))
        over_partials = functional.interpolate(over_partials, (self.partials, c.frames), mode="bilinear")
        which = torch.arange(1, self.partials + 1, device=number.device)[None, :, None]
        mine = (number.clamp(max=self.partials)[:, None] == which).to(told.dtype)  # [n, partials, bins]
        of_number = (over_partials.transpose(2, 3) @ mine[:, None]).transpose(2, 3)
        x = functional.leaky_relu(over_bins + of_number + self.from_comb(planes)[..., None], _SLOPE)
        x = functional.leaky_relu(self.middle(torch.cat([x, noise[:, None]], 1)), _SLOPE)
        levels, turns = self.last(x).unbind(1)
        return levels + 0.5 + planes[:, 0, :, None], functional.hardtanh(turns + planes[:, 1, :, None])


class Critic(nn.Module):
    """Tells real notes from made ones, and their pitch.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        h, c = hyperparameters, SpectrumContract.from_table(hyperparameters.spectrum)
        layers: list[nn.Module] = []
        before, wide, size = 2, h.critic_width, [c.bins, c.frames]
        for _ in range(_LAYERS):
            step = min(_STRIDE[0], max(size[0], 1)), min(_STRIDE[1], max(size[1], 1))
            layers += [
                spectral_norm(nn.Conv2d(before, wide, _KERNEL, step, padding=(_KERNEL[0] // 2, _KERNEL[1] // 2))),
                nn.LeakyReLU(_SLOPE),
            ]  # fmt: skip
            size = [(n + 2 * (k // 2) - k) // s + 1 for n, k, s in zip(size, _KERNEL, step, strict=True)]
            before, wide = wide, 2 * wide
        self.layers = nn.Sequential(*layers, nn.Flatten())
        self.real = spectral_norm(nn.Linear(before * size[0] * size[1], 1))
        # spectral normalisation makes what comes out small, and a class of 64 wants large logits
        self.pitch = nn.Sequential(
            nn.LayerNorm(before * size[0] * size[1]), nn.Linear(before * size[0] * size[1], h.classes)
        )

    def forward(self, levels: Tensor, turns: Tensor) -> tuple[Tensor, Tensor]:
        """Judge notes [n, bins, frames]: how real each is [n], and logits of its pitch [n, classes].

        Turns count as much as there is to be heard of them.
        """
        heard = levels.clamp(min=0)
        deep = self.layers(torch.stack([levels, turns * heard], 1))
        return self.real(deep)[:, 0], self.pitch(deep)


class Encoder(nn.Module):
    """Hears a mel: its code, and its pitch.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        h, (rows, columns) = hyperparameters, reduction(STRIDES)
        size = 4 * h.encoder_width * -(-int(h.mel["bands"]) // rows) * (h.mel_frames // columns)
        self.layers = nn.Sequential(make_encoder(STRIDES, h.encoder_width, 0), nn.Flatten())
        self.code, self.pitch = nn.Linear(size, 2 * h.latent), nn.Linear(size, h.classes)

    def forward(self, mels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Hear mels [n, bands, mel_frames] in unit scale: mean and log variance [n, latent], logits [n, classes]."""
        deep = self.layers(mels[:, None])
        mean, log_variance = self.code(deep).chunk(2, 1)
        return mean, log_variance.clamp(-12, 6), self.pitch(deep)


class GanSynth(nn.Module):
    """Generator, encoder and critic.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = hyperparameters
        self.generator, self.encoder = Generator(hyperparameters), Encoder(hyperparameters)
        self.critic = Critic(hyperparameters)
