"""Excerpts of piano music as recordings: one whole, two hands, and other instruments."""

from pathlib import Path

import numpy as np

from livehost.studio.audio_data.assemble import ISOLATED_SHARE, Label, crossed, listen, whole
from livehost.studio.audio_data.augment import colour
from livehost.studio.audio_data.instruments import (
    FAMILIES,
    Instrument,
    Voice,
    draw_instrument,
    draw_program,
    perform,
)
from livehost.studio.audio_data.piano import excerpt, hands, read_midi
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.audio_data.render import Part, mix, to_peak

#: How often a piano plays.
_PIANOS = 0.5


def _level(rng: np.random.Generator) -> float:
    return float(rng.uniform(-16, -2))


def performance(path: Path, label: Label, rng: np.random.Generator, seconds: float, others: int = 1) -> list[Recording]:
    """Render an excerpt of a MIDI file.

    Parameters
    ----------
    path : path
        MIDI file.
    label : Label
        Its name, domain, split and source.
    rng : numpy Generator
        Where all chance comes from.
    seconds : float
        Length of the excerpt.
    others : int
        On how many other instruments it is played too.

    Returns
    -------
    list of Recording
        Whole with hands, and a crossed pair for each other instrument; none where it is too short.

    Raises
    ------
    UnusableSound
        Where the file is broken.
    LivehostError
        Where FluidSynth is missing or fails.
    """
    part = read_midi(path)
    length = float(part.notes[-1, 0])
    start = float(rng.uniform(0, max(length - seconds, 0.0)))
    tempo = float(rng.uniform(0.88, 1.14)) if label.learning else 1.0
    part = excerpt(part, start, seconds).moved(int(rng.integers(-3, 4)) if label.learning else 0, tempo)
    return on_keys(part, label, rng, others)


def on_keys(part: Part, label: Label, rng: np.random.Generator, others: int = 1) -> list[Recording]:
    """Play what two hands play: whole, one hand answering the other, and on other instruments.

    Parameters
    ----------
    part : Part
        Notes and pedal; its program does not matter.
    label, rng, others
        As in `performance`.

    Returns
    -------
    list of Recording
        None where it is too short.
    """
    if not len(part.notes):
        return []
    learning = label.learning
    alone = rng.random() < ISOLATED_SHARE

    def heard(sound: np.ndarray, *voices: Voice) -> Stream:
        return listen(sound, voices if alone else None)

    def voice(instrument: Instrument, which: np.ndarray) -> Voice:
        return Voice(part.notes[which], instrument, pedal=part.pedal)

    right = hands(part.notes)
    family, instrument = _keys(rng, learning=learning)
    other = instrument if rng.random() < 0.5 else draw_instrument(rng, learning=learning)[1]
    room = bool(rng.random() < 0.3)
    voices = [voice(instrument, ~right), voice(instrument, right)]
    # sums of notes are linear in FluidSynth, so the hands together are the whole
    sounds = [perform([one], room=room) for one in voices]
    sound = to_peak(mix(*sounds), _level(rng))
    if other is not instrument:
        hand = int(rng.random() < 0.5)
        voices[hand] = voice(other, right if hand else ~right)
        sounds[hand] = perform([voices[hand]], room=room)
    order = (0, 1) if rng.random() < 0.5 else (1, 0)  # either hand may ask
    first, second = (heard(to_peak(sounds[hand], _level(rng)), voices[hand]) for hand in order)
    if learning and rng.random() < 0.3:
        sound = colour(sound, rng)
    everything = np.ones(len(right), bool)
    stream = heard(sound, voice(instrument, everything))
    found = whole(label, stream, (first, second))
    families = [family]
    for _ in range(others):
        name, instrument = draw_instrument(rng, learning=learning, without=families)
        families.append(name)
        # some instruments do not ring on with the pedal down
        pedal = part.pedal if rng.random() < 0.6 else part.pedal[:0]
        moved = Part(part.notes, pedal=pedal).moved(int(rng.choice((0, 0, 0, -12, 12))))
        player = Voice(moved.notes, instrument, pedal=moved.pedal)
        played = to_peak(perform([player], room=bool(rng.random() < 0.3)), _level(rng))
        if learning and rng.random() < 0.4:
            played = colour(played, rng)
        found += crossed(label, f"{family} and {name}", stream, heard(played, player), part.notes[:, 0])
    return found


def _keys(rng: np.random.Generator, *, learning: bool) -> tuple[str, Instrument]:
    """Draw a piano, more often than anything else."""
    if rng.random() < _PIANOS:
        return "piano", draw_program(rng, FAMILIES["piano"], learning=learning)
    return draw_instrument(rng, learning=learning)
