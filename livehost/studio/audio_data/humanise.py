"""A score played as a person might: tempo, timing, dynamics, articulation, pedal; and an accompaniment for a tune."""

from dataclasses import dataclass

import numpy as np

from livehost.studio.audio_data.render import Part
from livehost.studio.audio_data.scores import Score

#: Events a second of the busiest tempo and of the calmest.
_DENSITY = (1.6, 7.0)
_TEMPI = (34.0, 208.0)  # quarters a minute
#: How notes end: share of their length that sounds, most seconds, chance.
ARTICULATIONS: dict[str, tuple[float, float, float]] = {
    "staccatissimo": (0.25, 0.06, 0.12),
    "staccato": (0.4, 0.13, 0.15),
    "detached": (0.65, 0.6, 0.2),
    "normal": (0.88, 9.0, 0.28),
    "legato": (1.03, 9.0, 0.25),
}
_PHRASES = (2, 4, 4, 8)  # bars
#: Pitch classes of a triad on each step of a major and of a minor scale.
_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
#: Which steps may carry the harmony of a tune.
_STEPS = (0, 3, 4, 5, 1)


@dataclass(frozen=True)
class Clock:
    """From quarters to seconds: places in quarters and their seconds, rising; straight between."""

    quarters: np.ndarray
    seconds: np.ndarray

    def at(self, quarters: np.ndarray) -> np.ndarray:
        """Give the seconds of places in quarters."""
        return np.interp(quarters, self.quarters, self.seconds)


def draw_clock(score: Score, rng: np.random.Generator) -> Clock:
    """Draw a tempo by how busy the music is, and let it breathe: waves, and a slower end of phrases."""
    onsets = np.unique(np.round(np.concatenate([part[:, 0] for part in score.parts]), 3))
    end = float(max((part[:, 0] + part[:, 1]).max() for part in score.parts)) + score.bar
    density = len(onsets) / max(float(onsets[-1] - onsets[0]), 1.0)
    wanted = float(np.exp(rng.uniform(*np.log(_DENSITY))))
    quarter = 60 / np.clip(60 * wanted / density, *_TEMPI)
    places = np.arange(0.0, end + 0.25, 0.25)
    phrase = score.bar * int(rng.choice(_PHRASES))
    depth, held = rng.uniform(0.0, 0.07), rng.uniform(0.0, 0.16)
    wave = depth * np.sin(2 * np.pi * (places / (phrase * rng.uniform(1.5, 3.0)) + rng.random()))
    late = np.mod(places, phrase) / phrase
    slower = 1 + wave + held * np.clip((late - 0.8) / 0.2, 0, 1) ** 2
    seconds = np.concatenate([[0.0], np.cumsum(0.25 * quarter * slower)[:-1]])
    return Clock(places, 0.1 + seconds)


def play_part(part: np.ndarray, score: Score, clock: Clock, rng: np.random.Generator) -> np.ndarray:
    """Play one part of a score.

    Parameters
    ----------
    part : ndarray of float64, shape [n, 4]
        Of `Score`.
    score : Score
        The whole.
    clock : Clock
        Its tempo.
    rng : numpy Generator
        Where all chance comes from.

    Returns
    -------
    ndarray of float64, shape [n, 4]
        Notes in seconds, see `render.Part`.
    """
    names = list(ARTICULATIONS)
    chances = np.array([ARTICULATIONS[name][2] for name in names])
    usual = names[rng.choice(len(names), p=chances / chances.sum())]
    phrase = score.bar * int(rng.choice(_PHRASES))
    # some bars are played otherwise than the rest
    bars = np.floor(part[:, 0] / score.bar).astype(np.int64)
    odd = rng.random(int(bars.max(initial=0)) + 1) < 0.2
    other = names[rng.integers(len(names))]
    ends = np.array([ARTICULATIONS[other if odd[bar] else usual][:2] for bar in bars]).reshape(-1, 2)
    jitter, chord = rng.uniform(0.002, 0.014), rng.uniform(0.0, 0.012)
    start = clock.at(part[:, 0]) + rng.normal(0.0, 0.006) + rng.normal(0.0, jitter, len(part))
    together = np.concatenate([[False], np.diff(part[:, 0]) < 1e-3]) if len(part) else np.zeros(0, bool)
    start[together] = start[np.maximum.accumulate(np.where(together, 0, np.arange(len(part))))][together]
    start += np.where(together, rng.uniform(0, 1, len(part)) * chord, 0.0)
    length = clock.at(part[:, 0] + part[:, 1]) - clock.at(part[:, 0])
    length = np.maximum(np.minimum(length * ends[:, 0], ends[:, 1]), 0.03)
    arch = np.sin(np.pi * np.mod(part[:, 0], phrase) / phrase)
    loud, metre, swell = rng.uniform(52, 92), rng.uniform(4, 26), rng.uniform(0, 20)
    velocity = loud + metre * (part[:, 3] - 0.4) + swell * (arch - 0.5) + rng.normal(0, rng.uniform(2, 9), len(part))
    rows = np.column_stack([np.maximum(start, 0.0), length, part[:, 2], np.clip(velocity, 12, 127)])
    return rows[np.argsort(rows[:, 0], kind="stable")]


def draw_pedal(score: Score, clock: Clock, rng: np.random.Generator) -> np.ndarray:
    """Draw a sustain pedal [n, 2]: changed every bar or half of one, or none."""
    kind = rng.random()
    if kind < 0.5:
        return np.zeros((0, 2))
    every = score.bar if kind < 0.75 else score.bar / 2
    changes = clock.at(np.arange(0.0, float(clock.quarters[-1]), every))
    down = np.column_stack([changes + 0.06, np.full(len(changes), 127.0)])
    up = np.column_stack([np.maximum(changes - 0.02, 0.0), np.zeros(len(changes))])
    rows = np.concatenate([down, up])
    return rows[np.argsort(rows[:, 0], kind="stable")]


def on_piano(score: Score, rng: np.random.Generator) -> Part:
    """Play all parts on one keyboard."""
    clock = draw_clock(score, rng)
    notes = np.concatenate([play_part(part, score, clock, rng) for part in score.parts])
    notes = notes[np.argsort(notes[:, 0], kind="stable")]
    return Part(_no_doubles(notes), pedal=draw_pedal(score, clock, rng))


def _no_doubles(notes: np.ndarray) -> np.ndarray:
    """Drop a note whose key is struck already."""
    kept: list[int] = []
    last: dict[float, float] = {}
    for row, (second, _, pitch, _) in enumerate(notes):
        if second - last.get(pitch, -1.0) > 0.03:
            kept.append(row)
            last[pitch] = second
    return notes[kept]


def _histogram(notes: np.ndarray) -> np.ndarray:
    return np.bincount(notes[:, 2].astype(np.int64) % 12, notes[:, 1], minlength=12)


def accompany(tune: np.ndarray, bar: float, rng: np.random.Generator) -> np.ndarray:
    """Make a plain accompaniment: a bass and chords of the key that fit each bar best.

    Parameters
    ----------
    tune : ndarray of float64, shape [n, 4]
        Of `Score`.
    bar : float
        Quarters of a bar.
    rng : numpy Generator
        Draws whether there are chords, and how they are struck.

    Returns
    -------
    ndarray of float64, shape [n, 4]
        As in `Score`.
    """
    whole = _histogram(tune)
    keys = [(root, scale) for root in range(12) for scale in (_MAJOR, _MINOR)]
    last = int(tune[-1, 2]) % 12
    fits = [whole[[(root + k) % 12 for k in scale]].sum() + 0.1 * whole.sum() * (root == last) for root, scale in keys]
    root, scale = keys[int(np.argmax(fits))]
    triads = [[(root + scale[(step + k) % 7]) % 12 for k in (0, 2, 4)] for step in _STEPS]
    beats = max(round(bar / (1.5 if np.isclose(bar % 1.5, 0) and not np.isclose(bar, 3.0) else 1.0)), 1)
    kind = str(rng.choice(("bass", "chords", "boom", "arpeggio")))
    rows: list[tuple[float, float, float, float]] = []
    for number in range(int(np.ceil((tune[-1, 0] + 1e-6) / bar))):
        inside = tune[(tune[:, 0] >= number * bar) & (tune[:, 0] < (number + 1) * bar)]
        if not len(inside):
            continue
        chroma = _histogram(inside)
        triad = triads[int(np.argmax([chroma[t].sum() + 0.02 * (k == 0) for k, t in enumerate(triads)]))]
        low = [36 + (triad[0] - 36) % 12] + [48 + (pitch - 48) % 12 for pitch in triad]
        for beat in range(beats):
            at, length, weight = number * bar + beat * bar / beats, bar / beats, 1.0 if beat == 0 else 0.4
            if kind == "bass":
                struck = [low[0] + 7 * (beat % 2)]
            elif kind == "arpeggio":
                struck = [low[beat % len(low)]]
            elif kind == "boom" and beat % 2 == 0:
                struck = [low[0]]
            else:
                struck = low[1:] if kind == "boom" or beat == 0 else []
            rows += [(at, length, float(pitch), weight) for pitch in struck]
    return np.array(rows, np.float64).reshape(-1, 4)
