"""Pitch of a note by how much of it was heard: the segment's own, beside SwiftF0 on the same samples.

SwiftF0 (Nieradzik, “SwiftF0: fast and accurate monophonic pitch detection”, 2025; MIT) is a convolutional network of
14,386 parameters that sees 352 ms around each frame, at 16 kHz; what has not been heard yet is silence to it, without
which it calls nothing shorter than 64 ms pitched.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from livehost.bench.material import RATE
from livehost.bench.suite import Context, Figure, NotInstalled, absent
from livehost.dsp.features import Analyzer
from livehost.dsp.onset.detector import detect
from livehost.dsp.segment import SEGMENT_SLICES, summarize_cuts
from livehost.errors import LivehostError
from livehost.settings import TABLE
from livehost.studio.audio_data.render import Part, render
from livehost.synthesis.demo_bank import STRINGS, midi_hz
from livehost.synthesis.string import pluck
from livehost.synthesis.takes import hat, match, place, snare

#: What was heard of a note, ms: the window of the ear for strokes, that of our own estimator, up to a whole segment.
HEARD_MS = (21.3, 43.0, 64.0, 100.0, 200.0, 500.0)
#: General MIDI programs, with the lowest pitch that is asked for.
PROGRAMS = {"piano": (0, 40), "vibraphone": (11, 53), "organ": (19, 40), "guitar": (24, 40), "bass": (32, 28),
            "violin": (40, 55), "trumpet": (56, 54), "saxophone": (65, 44), "flute": (73, 60)}  # fmt: skip
#: Range above the lowest pitch, semitones; within how many cents a pitch is right.
_RANGE, _CENTS = 30, 50.0
_APART_S, _LENGTH_S, _NOISE_DB, _TOLERANCE_MS = 0.9, 0.6, -50.0, 40.0
#: How far SwiftF0 looks ahead, s.
_AHEAD_S = 0.176
#: What has no pitch.
UNPITCHED = {"snare": snare, "hat": hat}
_HOP, _FRAME = (int(TABLE[f"listen.{name}_samples"].default) for name in ("hop", "frame"))
#: Column of a summary, and from which share of voiced frames a segment is told of as pitched.
_PITCH, _VOICED_COLUMN, _VOICED = SEGMENT_SLICES["pitch_mean"].start, SEGMENT_SLICES["voiced"].start, 0.5

Estimator = Callable[[np.ndarray], float]


def segment_pitch(samples: np.ndarray) -> float:
    """Give the MIDI pitch of a segment as the stage tells it, nan where it is unpitched."""
    rows = Analyzer(RATE, _FRAME, _HOP).extract(samples)
    summary = summarize_cuts(rows, [0], [len(rows)], RATE, _HOP)[0]
    return float(summary[_PITCH]) if summary[_VOICED_COLUMN] > _VOICED else float("nan")


def swift_f0() -> Estimator:
    """Make SwiftF0's estimator of the same: the median of its voiced frames, MIDI pitch.

    It asks for another package of ONNX Runtime than livehost's, which would be written over livehost's own.

    Raises
    ------
    NotInstalled
    """
    try:
        from swift_f0 import SwiftF0
    except ImportError:
        raise NotInstalled("SwiftF0 is not installed: pip install --no-deps swift-f0.") from None
    detector, silence = SwiftF0(threads=1, spin=False), np.zeros(int(_AHEAD_S * RATE), np.float32)

    def estimate(samples: np.ndarray) -> float:
        found = detector.detect(np.append(samples, silence), RATE)
        voiced = found.pitch_hz[found.confidence >= 0.5]
        return float(69 + 12 * np.log2(np.median(voiced) / 440)) if len(voiced) else float("nan")

    return estimate


def plucked(string: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Pluck a string: float32 [frames], the first onset after a pause, and MIDI pitches [count]."""
    rng = np.random.default_rng([3, *string.encode()])
    pitches = np.sort(rng.choice(np.arange(36, 84), count, replace=False))
    sound = np.zeros(int(_APART_S * (count + 1) * RATE), np.float32)
    for at, pitch in enumerate(pitches):
        note = pluck(STRINGS[string], midi_hz(int(pitch)), _LENGTH_S, RATE, rng)
        start = int(_APART_S * (at + 0.5) * RATE)
        sound[start : start + len(note)] += (0.5 * note / np.abs(note).max()).astype(np.float32)
    return sound, pitches


def performed(name: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Play notes of a General MIDI instrument; as `plucked`."""
    program, lowest = PROGRAMS[name]
    rng = np.random.default_rng([4, program])
    pitches = np.sort(lowest + rng.choice(_RANGE, count, replace=False))
    begins = _APART_S * (np.arange(count) + 0.5)
    notes = np.stack([begins, np.full(count, _LENGTH_S), pitches, rng.integers(60, 120, count)], axis=1)
    sound = render([Part(notes.astype(np.float64), program)], rate=RATE)
    return (0.5 * sound / np.abs(sound).max()).astype(np.float32), pitches


def struck(name: str, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Strike what has no pitch; as `plucked`, with nan for each pitch."""
    rng = np.random.default_rng([6, *name.encode()])
    sounds = [UNPITCHED[name](rng, RATE) for _ in range(count)]
    begins = (_APART_S * (np.arange(count) + 0.5) * RATE).astype(np.int64)
    size = int(_APART_S * (count + 1) * RATE)
    return place(sounds, begins, np.full(count, 0.5), size), np.full(count, np.nan)


def heard(sound: np.ndarray, pitches: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """Find the onsets as on stage; give what follows each, and its pitch. Notes without an onset are left out."""
    rng = np.random.default_rng(5)
    noisy = sound + (10 ** (_NOISE_DB / 20) * rng.standard_normal(len(sound))).astype(np.float32)
    truth = (_APART_S * (np.arange(len(pitches)) + 0.5) * RATE).astype(np.int64)
    onsets = detect(noisy, RATE, room_max_ms=0.0)["frame"]
    pairs = match(onsets, truth, _TOLERANCE_MS * RATE / 1000)
    length = int(HEARD_MS[-1] * RATE / 1000)
    return [noisy[onsets[i] : onsets[i] + length] for i, _ in pairs], pitches[[j for _, j in pairs]]


def run(context: Context) -> Iterator[Figure]:
    """Ask both about the same beginnings of the same notes."""
    count = 6 if context.quick else 24
    makers: dict[str, Callable[[], tuple[np.ndarray, np.ndarray]]] = {
        **{f"plucked {name}": partial(plucked, name, count) for name in STRINGS},
        **{name: partial(performed, name, count) for name in PROGRAMS},
        **{name: partial(struck, name, count) for name in UNPITCHED},
    }
    notes: dict[str, tuple[list[np.ndarray], np.ndarray]] = {}
    for name, make in makers.items():
        context.say(f"{name} …")
        try:
            notes[name] = heard(*make())
        except LivehostError as error:  # no FluidSynth here
            yield absent(f"{name}, 500 ms", "%", "exact", error)
    estimators: dict[str, Estimator] = {"segment": segment_pitch}
    try:
        estimators["SwiftF0"] = swift_f0()
    except NotInstalled as error:
        yield absent("SwiftF0, 500 ms", "%", "exact", error)
    for name, estimate in estimators.items():
        yield from _figures(name, estimate, notes)


def _figures(
    name: str, estimate: Estimator, notes: Mapping[str, tuple[list[np.ndarray], np.ndarray]]
) -> Iterator[Figure]:
    for ms in HEARD_MS:
        length = int(ms * RATE / 1000)
        shares, octaves, times, pitched = {}, 0, [], []
        for kind, (sounds, pitches) in notes.items():
            found = []
            for sound in sounds:
                began = time.perf_counter()
                found.append(estimate(np.ascontiguousarray(sound[:length])))
                times.append(1000 * (time.perf_counter() - began))
            if kind in UNPITCHED:
                pitched += list(np.isfinite(found))
            else:
                shares[kind], wrong = _right(found, pitches)
                octaves += wrong
        total = sum(len(pitches) for kind, (_, pitches) in notes.items() if kind not in UNPITCHED)
        worst = min(shares, key=shares.__getitem__)
        share = float(np.mean(list(shares.values())))
        yield Figure(
            f"{name}, {ms:g} ms", 100 * share, "%", "exact", better="higher", x=ms, curve=f"{name} by ms heard",
            note=f"within {_CENTS:g} cents, of {total} notes; octaves wrong {100 * octaves / total:.1f} %; worst "
            f"{worst} {100 * shares[worst]:.0f} %; {min(times):.2f} ms each",
        )  # fmt: skip
        yield Figure(
            f"{name}, drums called pitched, {ms:g} ms", 100 * float(np.mean(pitched)), "%", "exact", x=ms,
            curve=f"{name}, drums by ms heard", note=f"of {len(pitched)} snares and hats",
        )  # fmt: skip


def _right(found: Sequence[float], pitches: np.ndarray) -> tuple[float, int]:
    """Give the share of pitches that are right, and how many are off by whole octaves."""
    cents = 100 * np.abs(np.asarray(found) - pitches)
    off = (np.abs(cents % 1200 - 600) > 600 - _CENTS) & (cents > 600)
    return float((cents <= _CENTS).mean()), int(off.sum())
