"""Loop music: chords, bass and a line over a rhythm, in repeating bars with variations."""

from dataclasses import dataclass

import numpy as np

from livehost.studio.audio_data.grammar import Rhythm, compose

SCALES = {
    "minor": (0, 2, 3, 5, 7, 8, 10), "major": (0, 2, 4, 5, 7, 9, 11), "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10), "phrygian": (0, 1, 3, 5, 7, 8, 10),
}  # fmt: skip
#: Degrees of the scale, a bar each.
PROGRESSIONS = ((0,), (0, 5, 2, 6), (0, 3, 4, 3), (0, 6, 5, 6), (0, 4, 5, 3), (0, 0, 3, 4), (1, 4, 0, 0), (0, 6),
                (0, 3), (0, 2, 5, 4), (5, 3, 0, 4), (0, 0, 0, 6))  # fmt: skip
STYLES = ("rock", "funk", "breakbeat", "house", "techno", "hip hop", "two step", "reggae", "bossa", "tribal", "glitch")
_BASS = ("x.......x.......", "x.x.x.x.x.x.x.x.", "..x...x...x...x.", "x..x..x...x.x...", "x.....x.x..x....",
         "x..x..xxx..x..x.", "xxxxxxxxxxxxxxxx", "x.....x...x.....", "x...x...x...x...")  # fmt: skip
_CHORDS = ("x...............", "x.......x.......", "..x...x...x...x.", "x..x..x.........", "x..x..x...x..x..",
           "....x.......x...", "x.x...x.x.x...x.", "x......x........")  # fmt: skip
_LINE = ("x...x.x.....x...", "x.x.x...x.x.x...", "..x...x.x...x...", "x..x..x..x..x.x.", "x.......x.x.x.x.",
         "....x...x..x....", "x.xxx.x.x.xx....")  # fmt: skip
BASSES = (32, 33, 34, 35, 36, 37, 38, 39, 87)
KEYS = (0, 1, 2, 4, 5, 6, 7, 11, 12, 16, 17, 24, 25, 26, 27, 28, 45, 46, 62, 80, 81, 88, 90)
LINES = (0, 4, 8, 9, 10, 11, 12, 13, 15, 24, 27, 45, 46, 56, 65, 73, 80, 81, 84, 98, 104, 105, 106, 107, 108, 114)


@dataclass(frozen=True)
class Song:
    """A rhythm, and the notes [n, 4] (see `render.Part`) of each voice: bass, keys, line."""

    rhythm: Rhythm
    voices: dict[str, np.ndarray]


def _pitch(scale: tuple[int, ...], root: int, degree: int) -> int:
    octave, step = divmod(degree, len(scale))
    return root + 12 * octave + scale[step]


def _motif(rng: np.random.Generator, bar: str) -> list[tuple[int, int]]:
    """Compose (step, degree against the chord) of a bar, wandering by small steps."""
    degree, out = int(rng.choice((0, 2, 4, 7))), []
    for step, sign in enumerate(bar):
        if sign == "x":
            out.append((step, degree))
            degree = int(np.clip(degree + rng.choice((-3, -2, -1, -1, 0, 1, 1, 2, 3)), -4, 11))
    return out


def song(rng: np.random.Generator, seconds: float) -> Song:
    """Compose loop music about as long as wanted, in whole bars of 4/4."""
    rhythm = compose(rng, seconds, str(rng.choice(STYLES)))
    scale, root = SCALES[str(rng.choice(list(SCALES)))], int(rng.integers(0, 12))
    chords = PROGRESSIONS[rng.integers(len(PROGRESSIONS))]
    step_s = 60 / rhythm.bpm / 4
    bars = max(2, round((rhythm.seconds - 0.1) / (16 * step_s)))
    arpeggio = rng.random() < 0.4
    bass, keys = str(rng.choice(_BASS)), str(rng.choice(_CHORDS))
    fifth = rng.random() < 0.4
    motifs = [_motif(rng, str(rng.choice(_LINE))) for _ in range(2)]
    form = [motifs[k] for k in rng.choice(((0, 0, 0, 1), (0, 1, 0, 1), (0, 0, 1, 1), (0, 0, 0, 0)))]
    pause, human_s = rng.uniform(0.0, 0.3, 3), rng.uniform(0.0, 0.006)
    voices: dict[str, list[tuple[float, float, float, float]]] = {"bass": [], "keys": [], "line": []}

    def add(voice: str, step: float, length: float, pitch: int, velocity: float) -> None:
        second = 0.1 + step * step_s + rng.normal(0.0, human_s)
        voices[voice].append((max(second, 0.0), length * step_s, pitch, np.clip(velocity + rng.normal(0, 7), 20, 127)))

    silent = np.zeros(3, bool)
    for bar in range(bars):
        if bar % 4 == 0:
            silent = rng.random(3) < pause if bar else rng.random(3) < 0.5 * pause
        degree, first = chords[bar % len(chords)], bar * 16
        for step, sign in enumerate(bass):
            if not silent[0] and sign == "x" and rng.random() > 0.04:
                up = 7 if fifth and step % 8 == 6 else 12 if fifth and step % 8 == 3 else 0
                add(
                    "bass",
                    first + step,
                    rng.choice((0.9, 1.5, 2.0)),
                    _pitch(scale, 36 + root % 12 - 5, degree) + up,
                    96,
                )
        chord = [_pitch(scale, 54 + root % 12, degree + k) for k in (0, 2, 4, 6)[: 3 + bar % 2 * (rng.random() < 0.3)]]
        if not silent[1] and arpeggio:
            for step in range(0, 16, 2 if rhythm.bpm > 110 else 1):
                add("keys", first + step, 1.2, chord[step // 2 % len(chord)] + 12 * (step % 3 == 2), 80)
        elif not silent[1]:
            for step, sign in enumerate(keys):
                if sign == "x" and rng.random() > 0.04:
                    for pitch in chord:
                        add("keys", first + step, rng.choice((1.0, 1.0, 3.0)), pitch, 78)
        if not silent[2]:
            for step, move in form[bar % 4]:
                if rng.random() > 0.08:
                    add("line", first + step, 1.8, _pitch(scale, 66 + root % 12, degree + move), 92)
    rows = {name: np.array(sorted(notes), np.float64).reshape(-1, 4) for name, notes in voices.items()}
    return Song(rhythm, {name: notes for name, notes in rows.items() if len(notes)})
