"""Notes with a known pitch: those that are made to learn from, and those of a folder, by their names or as measured."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from livehost.bank.info import note_name
from livehost.bank.measure import FeatureExtractor
from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.errors import LivehostError
from livehost.studio.audio.cache import Clip, SoundMaterial, read_sounds
from livehost.studio.audio.made import MODELS, NOTES, MadeFile, make_sounds
from livehost.studio.audio_data.render import Part, render, tools
from livehost.studio.audio_data.soundfonts import licence_of
from livehost.synthesis.demo_bank import midi_hz
from livehost.synthesis.string import BODIES, String, pluck
from livehost.synthesis.struck_bars import Bar, tap

#: Lowest and highest MIDI pitch that is learnt: A1 to C7.
LOWEST, HIGHEST = 33, 96
#: General MIDI programs that play one clear pitch.
PROGRAMS = (*range(14), *range(15, 47), *range(48, 55), *range(56, 96), *range(104, 109), 110, 111, 114)
#: Semitones from one note of an instrument to the next; seconds that a key is held, and of a file.
_STEP, _HELD_S, _LENGTH_S = 3, 1.5, 1.6
_SEMITONES = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
#: C4, a#3, fs2, Bb1; midi 60, note-60.
_NOTE = re.compile(r"(?<![A-Za-z0-9])([A-Ga-g])([#♯s]|[b♭])?(-1|\d)(?![A-Za-z0-9])")
_NUMBER = re.compile(r"(?<![A-Za-z])(?:midi|note|pitch)[ _-]*(\d{1,3})(?!\d)", re.IGNORECASE)


def named_pitch(name: str) -> int | None:
    """Read the MIDI pitch in the name of a file; None where there is none.

    Examples
    --------
    >>> [named_pitch(name) for name in ("harp_as3.wav", "oboe/Bb4 soft.flac", "midi 60.wav", "kick.wav")]
    [58, 70, 60, None]
    """
    found = _places(name)
    return None if found is None else found[0]


def instrument(name: str) -> str:
    """Give a name without the pitch in it: all notes of an instrument have the same.

    Examples
    --------
    >>> instrument("strings/harp_as3.wav") == instrument("strings/harp_c4.wav")
    True
    """
    found = _places(name)
    return name if found is None else name[: found[1]] + name[found[2] :]


def _places(name: str) -> tuple[int, int, int] | None:
    """Find the pitch in a name, and where it stands."""
    begin = len(name) - len(PurePosixPath(name).name)
    for match in _NUMBER.finditer(name, begin):
        return int(match[1]), *match.span()
    matches = list(_NOTE.finditer(name, begin))
    if not matches:
        return None
    letter, sign, octave = matches[-1].groups()
    shift = 0 if sign is None else 1 if sign in "#♯s" else -1
    return _SEMITONES[letter.lower()] + shift + 12 * (int(octave) + 1), *matches[-1].span()


def prepare_notes(
    given: Mapping[str, Any], mel: MelContract, spectrum: SpectrumContract, cache: Path, progress: Any = None
) -> tuple[SoundMaterial, dict[str, float]]:
    """Make and read notes; see `livehost.studio.audio.prepare.gather` for what is given.

    Returns
    -------
    material : SoundMaterial
        Split by instrument; what has no pitch, or one outside of the range, is among those that are left out.
    pitches : dict of str to float
        Name of a clip → MIDI pitch.

    Raises
    ------
    LivehostError
        Where there is nothing to learn from.
    """
    folders, made = [Path(folder) for folder in given["data"] or []], cache / "made pitched"
    if given["notes"]:
        terms = licence_of(tools().fonts.train[0])
        folders.append(make_sounds(made / NOTES, note_files(given["notes"]), mel.rate, terms, progress))
    if given["models"]:
        folders.append(make_sounds(made / MODELS, model_files(given["models"]), mel.rate, "CC0", progress))
    if not folders:
        raise LivehostError("There is nothing to learn from: give --data, --notes or --models.", 2)
    longest = spectrum.seconds + spectrum.fft_samples / spectrum.rate  # its end is faded out
    material = read_sounds(folders, mel, cache, longest, progress, whole_files=True, group=instrument)
    return _with_pitches(material)


def _with_pitches(material: SoundMaterial) -> tuple[SoundMaterial, dict[str, float]]:
    """Tell the pitch of each clip, and leave out those that have none."""
    meter: FeatureExtractor | None = None
    pitches, kept, skipped = dict[str, float](), list[Clip](), list(material.skipped)
    for clip in material.clips:
        pitch: float | None = named_pitch(clip.name)
        if pitch is None:
            meter = meter or FeatureExtractor(material.contract.rate)
            pitch = meter.measure(clip.audio()[:, None], 0).root
        if np.isnan(pitch):
            skipped.append((clip.name, "has no pitch, neither in its name nor to be heard"))
        elif not LOWEST - 0.5 <= pitch <= HIGHEST + 0.5:
            skipped.append((clip.name, f"has the MIDI pitch {pitch:.0f}, and {LOWEST} to {HIGHEST} are learnt"))
        else:
            pitches[clip.name] = pitch
            kept.append(clip)
    if not kept:
        name, reason = skipped[0]
        raise LivehostError(f"There is no note to learn from: {name} {reason}.", 2)
    return SoundMaterial(material.contract, kept, skipped, material.data), pitches


def note_files(count: int) -> list[MadeFile]:
    """List so many notes of a soundfont, instrument by instrument."""
    order = np.random.default_rng(0).permutation(len(PROGRAMS))
    plan = [(PROGRAMS[at], pitch) for at in order for pitch in _pitches(PROGRAMS[at])]
    return [
        MadeFile(f"program-{program:03d} {note_name(pitch)}", _note(program, pitch)) for program, pitch in plan[:count]
    ]


def model_files(count: int) -> list[MadeFile]:
    """List so many notes of physical models, instrument by instrument, each made by chance."""
    plan = [(number, pitch) for number in range(-(-count * _STEP // (HIGHEST - LOWEST))) for pitch in _pitches(number)]
    kinds = list(_MODELS)
    return [
        MadeFile(f"{kinds[number % len(kinds)]}-{number:03d} {note_name(pitch)}",
                 _model(_MODELS[kinds[number % len(kinds)]], number, pitch))
        for number, pitch in plan[:count]
    ]  # fmt: skip


def _pitches(number: int) -> range:
    return range(LOWEST + number % _STEP, HIGHEST + 1, _STEP)


def _note(program: int, pitch: int) -> Callable[[int, np.random.Generator], np.ndarray]:
    def make(rate: int, _rng: np.random.Generator) -> np.ndarray:
        at = round(_LENGTH_S * _pitches(program).index(pitch) * rate)
        return _played(program, rate)[at : at + round(_LENGTH_S * rate)]

    return make


@lru_cache(maxsize=1)
def _played(program: int, rate: int) -> np.ndarray:
    """Play all notes of a program, one after the other."""
    rng, pitches = np.random.default_rng([0, program]), np.array(_pitches(program))
    count = len(pitches)
    notes = np.stack(
        [_LENGTH_S * np.arange(count), np.full(count, _HELD_S), pitches, rng.integers(70, 128, count)], axis=1
    )
    return render([Part(notes, program)], rate=rate)


def _model(
    make_kind: Callable[[np.random.Generator], Callable[..., np.ndarray]], number: int, pitch: int
) -> Callable[[int, np.random.Generator], np.ndarray]:
    def make(rate: int, rng: np.random.Generator) -> np.ndarray:
        play = make_kind(np.random.default_rng([1, number]))
        return play(midi_hz(pitch), _LENGTH_S, rate, rng, velocity=float(rng.uniform(0.4, 1)))

    return make


def _string(rng: np.random.Generator) -> Callable[..., np.ndarray]:
    string = String(
        str(rng.choice(list(BODIES))), low_decay_s=float(rng.uniform(2, 5)),
        high_decay_s=float(np.exp(rng.uniform(np.log(0.2), np.log(0.9)))), pick=float(rng.uniform(0.08, 0.4)),
        pick_hz=float(np.exp(rng.uniform(np.log(2000), np.log(8000)))), noise=float(rng.uniform(0.1, 0.5)),
    )  # fmt: skip
    return lambda *about, **how: pluck(string, *about, **how)


def _bar(rng: np.random.Generator) -> Callable[..., np.ndarray]:
    ratios = [(1.0, 3.93, 9.25), (1.0, 4.0, 10.0)][int(rng.integers(2))]
    bar = Bar(
        "free", ratios, decay_s=float(np.exp(rng.uniform(np.log(0.5), np.log(4)))),
        brightness_loss=float(rng.uniform(0.5, 1.2)), contact_ms=float(np.exp(rng.uniform(np.log(0.2), np.log(2)))),
        knock=float(rng.uniform(0.02, 0.15)),
    )  # fmt: skip
    return lambda *about, **how: tap(bar, *about, **how)


_MODELS: dict[str, Callable[[np.random.Generator], Callable[..., np.ndarray]]] = {"string": _string, "bar": _bar}
