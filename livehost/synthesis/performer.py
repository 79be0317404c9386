"""A performer's take: phrases on instruments that the bank does not have, with rests that leave room for answers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from livehost.errors import LivehostError
from livehost.synthesis.demo_bank import Render, midi_hz
from livehost.synthesis.membrane import Drum, hit
from livehost.synthesis.sound import coloured_noise, convolve, fade_window, finish, velocity_peak_db
from livehost.synthesis.string import String, pluck
from livehost.synthesis.struck_bars import Bar, tap

#: Instruments of the performer: a hand drum, a nylon guitar, a thumb piano.
HAND_DRUM = Drum(0.165, 2100.0, 0.75, loss=9.0, loss_per_khz=14.0, contact_ms=1.5, glide=0.12, noise=0.14, split=0.008)
NYLON = String("guitar", low_decay_s=2.6, high_decay_s=0.32, pick=0.22, pick_hz=3600.0, noise=0.25)
THUMB_PIANO = Bar("clamped", (1.0, 5.8, 13.9), decay_s=1.6, contact_ms=0.9, brightness_loss=0.9, knock=0.10)

#: Where a hand meets the drum: radius, factor on the damping, level.
STROKES = {"bass": (0.05, 1.3, 1.0), "tone": (0.75, 1.0, 0.85), "slap": (0.93, 4.0, 0.9), "ghost": (0.85, 3.0, 0.35)}
#: Strokes by letter in `RHYTHMS`.
LETTERS = {"B": "bass", "T": "tone", "S": "slap", "g": "ghost"}
#: Grooves for the hand drum, one letter per sixteenth, two bars of 2/4 at a time.
GROOVES = ("B..TS.g.B.T.S...", "B.gTS..TB..T.TS.", "B...S.TTg.B.S.T.", "B..S..T.B.S.TTT.")
#: Rhythms of melodies: upper case is accented.
RHYTHMS = ("X..x..x.X...x.X.", "X.x..x..xX..X...", "..X.x.X..x.xX...", "X..xX..x..X.x.X.")
#: A minor pentatonic over two octaves, MIDI.
SCALE = (57, 60, 62, 64, 67, 69, 72, 74, 76, 79, 81)
#: What a phrase is played on, in turn.
FORM = ("drum", "guitar", "drum", "thumb", "both")

_LEAD_S, _PEAK_DB, _FLOOR_DB, _MERGE_MS = 0.35, -4.0, -70.0, 25.0


@dataclass(frozen=True)
class Note:
    """One stroke: when (s), how hard (0..1), and the sound it makes."""

    start_s: float
    velocity: float
    render: Render


def perform(seconds: float = 20.0, rate: int = 48000, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Play a take.

    Phrases of two or three seconds, each followed by a rest about half as long; the hand drum, the guitar and the
    thumb piano take turns, then two play together.

    Parameters
    ----------
    seconds : float
        Length, at least 1.
    rate : int
        Hz.
    seed : int
        The same seed gives the same take.

    Returns
    -------
    samples : ndarray of float32, shape [round(seconds · rate)]
        Mono, peak −4 dBFS, in a small room with a noise floor of −70 dBFS.
    onset_frames : ndarray of int64, shape [k]
        Where the strokes begin, ascending; strokes within 25 ms of each other count once.

    Raises
    ------
    LivehostError
        When there is no time to play.
    """
    if not seconds >= 1.0:
        raise LivehostError(
            f"A take of {seconds:g} s is too short to play anything; ask for at least 1 s.", exit_code=2
        )
    rng = np.random.default_rng(seed)
    frames = round(seconds * rate)
    dry = np.zeros(frames)
    onsets = []
    for note in compose(seconds, rng):
        start = round(note.start_s * rate)
        sound = finish(note.render(rate, rng), rate, velocity_peak_db(note.velocity), fade_out_ms=80.0)
        end = min(start + len(sound), frames)
        if end > start:
            dry[start:end] += sound[: end - start]
            onsets.append(start)
    wet = dry + convolve(dry, _room(rate, rng))
    # The notes have no DC; another high-pass over all would ring before each of them.
    take = wet * fade_window(frames, rate, 5.0, 150.0) * (10.0 ** (_PEAK_DB / 20.0) / max(np.abs(wet).max(), 1e-9))
    take += 10.0 ** (_FLOOR_DB / 20.0) * coloured_noise(frames, rate, 60.0, 6000.0, rng, order=0.5)
    return take.astype(np.float32), _merge(np.array(sorted(onsets), np.int64), round(_MERGE_MS * 1e-3 * rate))


def compose(seconds: float, rng: np.random.Generator) -> list[Note]:
    """Write the score of a take: phrases and rests that fill `seconds`."""
    count = max(round((seconds - _LEAD_S) / 4.0), 1)
    phrase_s = (seconds - _LEAD_S) / count
    step_s = min(phrase_s / 26.0, 0.16)  # sixteen steps are played, the rest is a rest
    notes: list[Note] = []
    for number in range(count):
        start_s = _LEAD_S + number * phrase_s
        kind = FORM[number % len(FORM)]
        strength = (0.8, 0.95, 0.7, 1.0)[number % 4]
        for part in ("drum", "guitar") if kind == "both" else (kind,):
            notes += _PARTS[part](start_s, step_s, strength, rng)
    return [note for note in notes if note.start_s < seconds - 0.1]


def _time(step: int, step_s: float, rng: np.random.Generator) -> float:
    """Give the time of a sixteenth: a little swing, and a hand's ±4 ms."""
    return max(step * step_s + (step % 2) * 0.1 * step_s + 0.004 * float(rng.standard_normal()), 0.0)


def _drum(start_s: float, step_s: float, strength: float, rng: np.random.Generator) -> list[Note]:
    """Play a groove on the hand drum."""
    notes = []
    for step, letter in enumerate(rng.choice(GROOVES)):
        if letter in LETTERS:
            radius, damped, level = STROKES[LETTERS[letter]]
            velocity = float(np.clip(strength * level * rng.normal(1.0, 0.07), 0.2, 1.0))
            notes.append(Note(start_s + _time(step, step_s, rng), velocity, _stroke(radius, damped, velocity)))
    return notes


def _melody(
    start_s: float,
    step_s: float,
    strength: float,
    rng: np.random.Generator,
    sound: Callable[[float, float, float], Render],
    low: int,
    high: int,
) -> list[Note]:
    """Walk through the scale in a rhythm, small steps mostly, and come to rest on the root or the fifth."""
    rhythm = str(rng.choice(RHYTHMS))
    steps = [i for i, letter in enumerate(rhythm) if letter != "."]
    degree = int(rng.integers(low + 1, high - 1))
    notes = []
    for place, step in enumerate(steps):
        last = place == len(steps) - 1
        move = int(rng.choice((-2, -1, -1, 1, 1, 2, 3)))
        degree = int(np.clip(degree + (move if low <= degree + move <= high else -move), low, high))
        if last:
            degree = min((0, 3, 5, 8, 10), key=lambda d: abs(d - degree))
        gap = (16 if last else steps[place + 1]) - step
        velocity = float(np.clip(strength * (1.0 if rhythm[step].isupper() else 0.7) * rng.normal(1.0, 0.06), 0.2, 1.0))
        length_s = 1.6 if last else max(gap * step_s * 1.3, 0.25)
        notes.append(
            Note(start_s + _time(step, step_s, rng), velocity, sound(midi_hz(SCALE[degree]), length_s, velocity))
        )
    return notes


def _guitar(start_s: float, step_s: float, strength: float, rng: np.random.Generator) -> list[Note]:
    return _melody(start_s, step_s, strength, rng, _string, 0, 7)


def _thumb(start_s: float, step_s: float, strength: float, rng: np.random.Generator) -> list[Note]:
    return _melody(start_s, step_s, strength, rng, _tongue, 3, 10)


_PARTS = {"drum": _drum, "guitar": _guitar, "thumb": _thumb}


def _stroke(radius: float, damped: float, velocity: float) -> Render:
    return lambda rate, rng: hit(HAND_DRUM, 0.7, rate, rng, radius=radius, damped=damped, velocity=velocity)


def _string(pitch_hz: float, length_s: float, velocity: float) -> Render:
    return lambda rate, rng: pluck(NYLON, pitch_hz, length_s, rate, rng, velocity=velocity)


def _tongue(pitch_hz: float, length_s: float, velocity: float) -> Render:
    return lambda rate, rng: tap(THUMB_PIANO, pitch_hz, max(length_s, 0.6), rate, rng, velocity=velocity, place=0.95)


def _room(rate: int, rng: np.random.Generator) -> np.ndarray:
    """Give a small room without its direct sound: six early reflections and a short tail (0.35 s)."""
    frames = round(0.35 * rate)
    t = np.arange(frames) / rate
    tail = coloured_noise(frames, rate, 150.0, 4500.0, rng, order=1.0) * np.exp(-t / 0.06) * (t > 0.012)
    response: np.ndarray = 0.0035 * tail * np.sqrt(48000.0 / rate)
    for delay_ms, level in ((5.1, 0.20), (7.9, -0.15), (11.3, 0.12), (14.7, -0.10), (19.1, 0.08), (23.6, -0.06)):
        response[round(delay_ms * 1e-3 * rate)] += level * 0.5
    return response


def _merge(frames: np.ndarray, apart: int) -> np.ndarray:
    """Keep the first of onsets closer than `apart` frames."""
    kept: list[int] = []
    for frame in frames:
        if not kept or frame - kept[-1] >= apart:
            kept.append(int(frame))
    return np.array(kept, np.int64)
