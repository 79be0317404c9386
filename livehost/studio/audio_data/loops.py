"""Loops as recordings: composed ones, and real ones with their variants."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from livehost.studio.audio_data.assemble import Label, crossed, listen, whole
from livehost.studio.audio_data.augment import colour, shift_pitch, speed, stretch
from livehost.studio.audio_data.harmony import BASSES, KEYS, LINES, Song, song
from livehost.studio.audio_data.instruments import Voice, draw_program, perform
from livehost.studio.audio_data.kits import OneShot, strokes
from livehost.studio.audio_data.patterns import draw_any_kit
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.audio_data.render import mix, to_peak
from livehost.studio.audio_data.samplers import draw_sampler
from livehost.studio.audio_data.segments import RATE

#: Which voices are heard while the others answer.
_HEARD = (("drums",), ("drums", "bass"), ("line",), ("keys", "line"), ("bass", "keys"))
_GAIN_DB = {"drums": 0.0, "bass": -2.0, "keys": -6.0, "line": -4.0}
_INSTRUMENTS = {"bass": BASSES, "keys": KEYS, "line": LINES}


#: How often a line is played by a dry sampler.
_SAMPLER_SHARE = 0.15
#: A band has many different sounds, so fewer pieces have them alone too.
_ISOLATED_SHARE = 0.15


def _band(rng: np.random.Generator, music: Song, shots: Sequence[OneShot], *, learning: bool) -> dict[str, Voice]:
    """Draw an instrument for each voice."""
    kit = draw_any_kit(rng, shots, held_out=not learning)
    voices = {"drums": Voice(strokes(music.rhythm), kit)}
    for name, notes in music.voices.items():
        if rng.random() < _SAMPLER_SHARE:
            voices[name] = Voice(notes, draw_sampler(rng, learning=learning))
        else:
            voices[name] = Voice(notes, draw_program(rng, _INSTRUMENTS[name], learning=learning))
    return voices


def _stems(rng: np.random.Generator, voices: dict[str, Voice], room: bool) -> dict[str, np.ndarray]:
    """Play each voice at its level."""
    sounds = {}
    for name, voice in voices.items():
        stem = to_peak(perform([voice], room=room), -6 + _GAIN_DB[name] + float(rng.normal(0, 2.5)))
        sounds[name] = to_peak(colour(stem, rng), -6 + _GAIN_DB[name]) if rng.random() < 0.25 else stem
    return sounds


def composed(
    label: Label, rng: np.random.Generator, seconds: float, shots: Sequence[OneShot], others: int = 1
) -> list[Recording]:
    """Compose loop music and play it by several groups of instruments; see `patterns.pattern`."""
    music = song(rng, seconds)
    label = replace(label, name=f"{label.name} {music.rhythm.style} {music.rhythm.bpm:.0f} bpm")
    alone = rng.random() < _ISOLATED_SHARE
    band = _band(rng, music, shots, learning=label.learning)
    stems = _stems(rng, band, bool(rng.random() < 0.4))

    def heard(sound: np.ndarray, voices: Sequence[Voice]) -> Stream:
        return listen(sound, voices if alone else None)

    sound = to_peak(mix(*stems.values()), float(rng.uniform(-10, -1)))
    if rng.random() < 0.3:
        sound = colour(sound, rng)
    sides = [names for names in _HEARD if set(names) <= set(stems) and set(stems) - set(names)]
    pair = None
    if sides:
        names = sides[rng.integers(len(sides))]
        order = (True, False) if rng.random() < 0.5 else (False, True)
        first, second = ([name for name in stems if (name in names) == mine] for mine in order)
        levels = rng.uniform(-12, -2, 2)
        pair = (
            heard(to_peak(mix(*(stems[n] for n in first)), levels[0]), [band[n] for n in first]),
            heard(to_peak(mix(*(stems[n] for n in second)), levels[1]), [band[n] for n in second]),
        )
    stream = heard(sound, list(band.values()))
    found = whole(label, stream, pair)
    times = np.concatenate([voice.notes[:, 0] for voice in band.values()])
    for number in range(others):
        band = _band(rng, music, shots, learning=label.learning)
        other = mix(*_stems(rng, band, bool(rng.random() < 0.4)).values())
        other = colour(other, rng) if label.learning and rng.random() < 0.4 else to_peak(other, -3.0)
        found += crossed(label, f"band {number + 2}", stream, heard(other, list(band.values())), times)
    return found


def resequence(rng: np.random.Generator, sound: np.ndarray, stream: Stream, seconds: float) -> np.ndarray:
    """Cut a loop at its onsets and play runs of the pieces in another order, with repeats."""
    edges = np.append(stream.onset, len(sound))
    fade = np.linspace(0, 1, 96, dtype=np.float32)
    pieces: list[np.ndarray] = []
    length, at = 0, 0
    while length < seconds * RATE:
        run = int(rng.choice((2, 3, 4, 4, 6, 8)))
        if rng.random() < 0.5:  # back to a place where music begins anew
            at = int(rng.integers(len(stream)))
        for _ in range(run):
            piece = sound[edges[at % len(stream)] : edges[at % len(stream) + 1]].copy()
            if len(piece) > 2 * len(fade):
                piece[-len(fade) :] *= fade[::-1]
            pieces.append(piece)
            length += len(piece)
            at += 1
        if rng.random() < 0.15:  # a stutter
            pieces += [pieces[-1]] * int(rng.integers(1, 4))
            length += len(pieces[-1])
    return np.concatenate(pieces)


def real(label: Label, sound: np.ndarray, rng: np.random.Generator, variants: int) -> list[Recording]:
    """Return a real loop, and in train its variants.

    Parameters
    ----------
    label : Label
        Name, domain, split and source.
    sound : ndarray of float32, shape [frames]
        Mono, at `RATE`.
    rng : numpy Generator
        Where all chance comes from.
    variants : int
        How many: slower, faster, transposed, in another order, coloured. Each is a recording, and with its own
        coloured self a crossed pair.

    Returns
    -------
    list of Recording
        None where it has too few onsets.
    """
    stream = listen(sound)
    found = whole(label, stream)
    if not found or not label.learning:
        return found
    for number in range(variants):
        other = sound
        if number % 3 == 2:
            other = resequence(rng, other, stream, float(rng.uniform(12, 24)))
        if number % 2:
            other = speed(other, float(2 ** rng.uniform(-0.4, 0.4)))
        else:
            other = stretch(other, float(2 ** rng.uniform(-0.35, 0.35)))
        other = to_peak(other, float(rng.uniform(-12, -1)))
        coloured = colour(shift_pitch(other, float(rng.uniform(-4, 4))), rng)
        named = replace(label, name=f"{label.name} · variant {number + 1}")
        clean = listen(other)
        found += whole(named, clean, augmented=True)
        found += crossed(named, "coloured", clean, listen(coloured), clean.onset / RATE, augmented=True)
    return found
