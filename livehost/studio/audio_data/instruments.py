"""Who plays notes: programs of soundfonts, dry samplers, kits; and several of them together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from livehost.studio.audio_data.render import Part, mix, render, tools
from livehost.studio.audio_data.samplers import draw_sampler

#: Programs by family, for any kind of line; one family is drawn, then one program.
FAMILIES: dict[str, tuple[int, ...]] = {
    "piano": (0, 1, 2, 3),
    "electric piano": (4, 5),
    "harpsichord": (6, 7),
    "bells": (8, 9, 10, 11, 14),
    "bars": (12, 13, 15, 108, 114),
    "organ": (16, 17, 18, 19, 21),
    "guitar": (24, 25, 26, 27, 28),
    "bass": (32, 33, 34, 36, 38),
    "strings": (45, 46),
    "plucked": (104, 105, 106, 107),
    "synth": (80, 81, 84, 87, 62),
    "wind": (56, 61, 66, 71),
}
#: Families whose notes begin softly, for parts of an ensemble.
SUSTAINED: dict[str, tuple[int, ...]] = {
    "bowed": (40, 41, 42, 48),
    "brass": (57, 58, 60),
    "reeds": (64, 65, 68, 70),
    "flutes": (72, 73, 75),
    "voices": (52, 53),
}
#: Programs that only valid and test play.
HELD_OUT_PROGRAMS = frozenset({3, 7, 10, 18, 26, 33, 41, 65, 66, 75, 81, 87, 105})
#: How often a dry sampler plays, and, in valid and test, a program that is held out where its family has one.
SAMPLER_SHARE, HELD_OUT_SHARE = 0.2, 0.6
#: Of the soundfonts of a side, the first is drawn this often.
_FIRST_FONT = 0.6


class Instrument(Protocol):
    """Plays notes [n, 4], see `render.Part`, as float32 [frames]."""

    def play(self, notes: np.ndarray) -> np.ndarray:
        """Play notes."""


@dataclass(frozen=True)
class Program:
    """A program of a General MIDI soundfont."""

    program: int
    soundfont: str = ""

    def play(self, notes: np.ndarray) -> np.ndarray:
        """Play notes without a room."""
        return render([Part(notes, self.program)], soundfont=self.soundfont)


@dataclass(frozen=True)
class Voice:
    """Notes [n, 4], and who plays them; pedal [n, 2] as in `render.Part`, which only programs have."""

    notes: np.ndarray
    instrument: Instrument
    volume_db: float = 0.0
    pedal: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))


def perform(voices: Sequence[Voice], *, room: bool = False) -> np.ndarray:
    """Play voices together, those of one soundfont in one run; float32 [frames]."""
    by_font: dict[str, list[Part]] = {}
    sounds = []
    for voice in voices:
        if not len(voice.notes):
            continue
        if isinstance(voice.instrument, Program):
            part = Part(voice.notes, voice.instrument.program, pedal=voice.pedal, volume_db=voice.volume_db)
            by_font.setdefault(voice.instrument.soundfont, []).append(part)
        else:
            sounds.append(voice.instrument.play(voice.notes) * np.float32(10 ** (voice.volume_db / 20)))
    sounds += [render(parts, room=room, soundfont=font) for font, parts in by_font.items()]
    return mix(*sounds) if sounds else np.zeros(0, np.float32)


def draw_font(rng: np.random.Generator, *, learning: bool) -> str:
    """Draw a soundfont of train, or one that is held out."""
    fonts = tools().fonts.side(learning=learning)
    first = len(fonts) == 1 or rng.random() < _FIRST_FONT
    return fonts[0] if first else fonts[int(rng.integers(1, len(fonts)))]


def draw_program(rng: np.random.Generator, programs: Sequence[int], *, learning: bool) -> Program:
    """Draw one of some programs that train may play; in valid and test, often one that is held out."""
    held = [program for program in programs if program in HELD_OUT_PROGRAMS]
    known = [program for program in programs if program not in HELD_OUT_PROGRAMS]
    unheard = not learning and held and rng.random() < HELD_OUT_SHARE
    return Program(int(rng.choice(held if unheard or not known else known)), draw_font(rng, learning=learning))


def draw_instrument(
    rng: np.random.Generator, *, learning: bool, without: Sequence[str] = (), sustained: bool = False
) -> tuple[str, Instrument]:
    """Draw an instrument and the name of its family.

    Parameters
    ----------
    rng : numpy Generator
        Where all chance comes from.
    learning : bool
        Whether it is for train, where nothing that is held out plays.
    without : sequence of str
        Families that are not wanted.
    sustained : bool
        Whether those whose notes begin softly are among them.
    """
    if rng.random() < SAMPLER_SHARE:
        sampler = draw_sampler(rng, learning=learning)
        if sampler.name not in without:
            return sampler.name, sampler
    families = FAMILIES | (SUSTAINED if sustained else {})
    family = str(rng.choice([name for name in families if name not in without]))
    return family, draw_program(rng, families[family], learning=learning)
