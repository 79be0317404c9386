"""GANSynth for two cores: a note's timbre and pitch → its levels and instantaneous frequencies; and what teaches it.

    code, pitch → linear ─┬→ convolutions over partials and time → level and bend of each partial ───┐
                          └→ convolutions over bands and time → envelope of partials, level of noise ┴→ level, turn

What a partial of the pitch looks like in the bins around it is known (see `livehost.studio.models.partials`): what is
learnt is the timbre, and a pitch between two that were learnt from is played as well. Tones and noise add up as powers
do. It is not grown progressively: all that is learnt lies on some coarse knots, dense where a note begins and in low
bands, and what lies over all bins costs a few operations each. The encoder hears a mel and tells code and pitch (Larsen
et al. 2016: an autoencoder with a critic): it gives a generator that makes notes before the critic says anything, and
notes that are like a given sound. The critic tells real notes from made ones, and, over classes, their pitch (Odena et
al. 2017). Sources: Engel et al. 2019; Engel et al. 2020 (harmonics and noise); Miyato et al. 2018 (spectral
normalisation). Levels and turns are those of `livehost.dsp.note_spectrum`, levels in unit scale.
"""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.studio.models.code_normal import CodeNormal
from livehost.studio.models.mel_convolutions import make_encoder, reduction
from livehost.studio.models.partials import add_powers, between_knots, lobe_db, nearest_partials, own_turn, spacing

#: Of the encoder, by level: by how much bands and frames of a mel get fewer.
STRIDES = ((4, 4), (2, 2), (2, 2))
#: Of a field: how often it is doubled in both directions. Kernel and strides of the critic's layers.
_DOUBLED, _KERNEL, _STRIDE, _LAYERS = 3, (8, 4), (4, 2), 4
_SLOPE = 0.2
#: MIDI pitch that is 0 for the network, and semitones that are 1.
_MIDDLE, _OCTAVES = 64.0, 24.0
#: Largest bend of a partial: 50 cents.
_BEND = 0.03
#: Knots over bins and over frames: how much farther the last two are apart than the first two.
_WIDENING = {"bins": 12.0, "frames": 6.0}
#: With what levels learning begins: of partials, and of noise, in unit scale; and how random a level of noise is, dB.
_TONES, _NOISE, _RANDOM_DB = 0.5, 0.1, 5.6


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


class Field(nn.Module):
    """Numbers over some axis and time, made of few: doubled in both directions, level by level.

    Parameters
    ----------
    told, width, rows, columns, made : int
        Numbers that it is told; channels of its last layers; rows, columns, and planes of what it makes.
    """

    def __init__(self, told: int, width: int, rows: int, columns: int, made: int) -> None:
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
        self.layers = nn.Sequential(*layers, nn.LeakyReLU(_SLOPE), nn.Conv2d(width, made, 1))

    def forward(self, told: Tensor) -> Tensor:
        """Make [n, made, rows, columns]."""
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
        rows, columns = max(c.bins // (16 * scale), 1) * scale, max(c.frames // 16, 1) * scale
        self.told = nn.Sequential(nn.Linear(h.latent + 1, hidden), nn.LeakyReLU(_SLOPE), nn.Linear(hidden, hidden))
        self.over_partials = Field(hidden, h.width, h.partials, columns, 2)
        self.over_bands = Field(hidden, h.width, rows, columns, 2)
        for name, many, knots in (("bins", c.bins, rows), ("frames", c.frames, columns)):
            self.register_buffer(f"to_{name}", between_knots(many, knots, _WIDENING[name]), persistent=False)

    def forward(self, codes: Tensor, pitches: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        """Make notes.

        Parameters
        ----------
        codes : Tensor [n, latent]
            Timbres; see `CodeNormal`.
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
        told = self.told(torch.cat([codes, (pitches[:, None] - _MIDDLE) / _OCTAVES], 1))
        number, off = nearest_partials(pitches, c)
        which = torch.arange(1, self.partials + 1, device=number.device)
        mine = (number.clamp(max=self.partials)[:, :, None] == which).to(told.dtype)  # [n, bins, partials]
        # [n, bins, frames] each
        tones, bends = (mine[:, None] @ (self.over_partials(told) @ self.to_frames)).unbind(1)
        envelope, hiss = (self.to_bins.T @ self.over_bands(told) @ self.to_frames).unbind(1)
        off = off[..., None] - (number * spacing(pitches, c))[..., None] * (_BEND * bends.tanh())
        tones = tones + envelope + _TONES + lobe_db(off) / -c.floor_db
        hiss = hiss + _NOISE + _RANDOM_DB / -c.floor_db * noise
        levels, share = add_powers(tones, hiss, c)
        turns = own_turn(off, c) + (1 - share) * noise.flip(1)
        return levels, torch.remainder(turns + 1, 2) - 1


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
        """Judge notes [n, bins, frames]: how real each is [n], and logits of its pitch [n, classes]."""
        heard = levels.clamp(min=0)  # turns count as much as there is to be heard of them
        deep = self.layers(torch.stack([heard, turns * heard], 1))
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
    """Generator, encoder, critic, and the prior of the codes.

    Parameters
    ----------
    hyperparameters : Hyperparameters
    """

    def __init__(self, hyperparameters: Hyperparameters) -> None:
        super().__init__()
        self.hyperparameters = hyperparameters
        self.generator, self.encoder = Generator(hyperparameters), Encoder(hyperparameters)
        self.critic, self.prior = Critic(hyperparameters), CodeNormal(hyperparameters.latent)


class TimbreGenerator(nn.Module):
    """The generator as it is exported and played: of timbres, which are standard normal, in place of codes.

    Parameters
    ----------
    network : GanSynth
    """

    mean: Tensor
    root: Tensor

    def __init__(self, network: GanSynth) -> None:
        super().__init__()
        self.generator = network.generator
        self.register_buffer("mean", network.prior.mean)
        self.register_buffer("root", network.prior.root())

    def forward(self, codes: Tensor, pitches: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        """Make notes; see `Generator.forward`."""
        made: tuple[Tensor, Tensor] = self.generator(self.mean + codes @ self.root.T, pitches, noise)
        return made


class TimbreEncoder(nn.Module):
    """The encoder as it is exported and played: mels → timbres [n, latent], logits of pitches [n, classes].

    Parameters
    ----------
    network : GanSynth
    """

    mean: Tensor
    inverse: Tensor

    def __init__(self, network: GanSynth) -> None:
        super().__init__()
        self.encoder = network.encoder
        self.register_buffer("mean", network.prior.mean)
        self.register_buffer("inverse", torch.linalg.inv(network.prior.root()))

    def forward(self, mels: Tensor) -> tuple[Tensor, Tensor]:
        """Hear."""
        mean, _, logits = self.encoder(mels)
        return (mean - self.mean) @ self.inverse.T, logits
