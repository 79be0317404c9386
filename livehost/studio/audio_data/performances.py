"""Excerpts of MIDI performances as recordings: one whole, two hands, and other instruments."""

from pathlib import Path

import numpy as np

from livehost.studio.audio_data.assemble import Label, crossed, own_slices, whole
from livehost.studio.audio_data.augment import colour
from livehost.studio.audio_data.piano import draw_program, excerpt, hands, read_midi
from livehost.studio.audio_data.recording import Recording
from livehost.studio.audio_data.render import Part, mix, render, to_peak
from livehost.studio.audio_data.segments import segment


def _level(rng: np.random.Generator) -> float:
    return float(rng.uniform(-16, -2))


def performance(path: Path, label: Label, rng: np.random.Generator, seconds: float, others: int = 2) -> list[Recording]:
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
    if not len(part.notes):
        return []
    right = hands(part.notes)
    piano = rng.random() < 0.6
    family, program = ("piano", int(rng.choice((0, 0, 1)))) if piano else draw_program(rng)
    other_program = program if rng.random() < 0.5 else draw_program(rng)[1]
    room = bool(rng.random() < 0.3)
    left_sound = render([Part(part.notes[~right], program, pedal=part.pedal)], room=room)
    right_sound = render([Part(part.notes[right], program, pedal=part.pedal)], room=room)
    # sums of notes are linear in FluidSynth, so the hands together are the whole
    sound = to_peak(mix(left_sound, right_sound), _level(rng))
    if other_program != program:
        which = right if rng.random() < 0.5 else ~right
        replaced = render([Part(part.notes[which], other_program, pedal=part.pedal)], room=room)
        left_sound, right_sound = (left_sound, replaced) if which is right else (replaced, right_sound)
    pair = (to_peak(left_sound, _level(rng)), to_peak(right_sound, _level(rng)))
    if rng.random() < 0.5:  # either hand may ask
        pair = pair[1], pair[0]
    if label.learning and rng.random() < 0.3:
        sound = colour(sound, rng)
    stream = segment(sound)
    found = whole(label, stream, pair) + own_slices(label, sound, stream, rng)
    families = [family]
    for _ in range(others):
        name, program = draw_program(rng, tuple(families))
        families.append(name)
        # some instruments do not ring on with the pedal down
        pedal = part.pedal if rng.random() < 0.6 else part.pedal[:0]
        octave = int(rng.choice((0, 0, 0, -12, 12)))
        moved = Part(part.notes, program, pedal=pedal).moved(octave)
        other = to_peak(render([moved], room=bool(rng.random() < 0.3)), _level(rng))
        if label.learning and rng.random() < 0.4:
            other = colour(other, rng)
        found += crossed(label, f"{family} and {name}", stream, other, part.notes[:, 0], rng)
    return found
