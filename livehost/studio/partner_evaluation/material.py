"""What the musician of the tests plays: rhythms whose beats are known, phrases, and takes that come and go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.scan import scan
from livehost.bank.slice import attack, trim
from livehost.dsp.onset.detector import detect
from livehost.errors import LivehostError
from livehost.studio.stage_evaluation.material import FLOOR_DB, LEAD_S, Take, with_noise
from livehost.studio.stage_evaluation.session import RATE
from livehost.synthesis.takes import hat, kick, make_take, place, snare

#: Sixteenths of a bar, beats of a bar.
SIXTEENTHS, BEATS = 16, 4
#: Standard deviation of a stroke about its place, s.
JITTER_S = 0.004
#: Every so many bars one is silent, so that strokes are expected that do not come.
SILENT_EVERY = 8
#: Where the second eighth of a swung beat stands.
SWING = 0.64
#: How much faster each bar is than the one before.
QUICKER = 1.01
#: Peak of a stroke by how strong it is.
_GAINS = {"X": 0.6, "x": 0.3}
#: A stroke lasts no longer, is faded at its end, is loudest so soon, and is damped as fast as this, s.
_STROKE_S, _FADE_S, _AT_ONCE_S, _DAMPED_S = 0.24, 0.03, 0.006, 0.06
#: Seconds of a section of an arranged take, and which strokes sound in it: every one, every second, …; 0 none.
SECTION_S, SECTIONS = 5.0, (1, 2, 4, 0)
_CUT_S, _EDGE_S = 0.004, 0.003


@dataclass(frozen=True)
class Rhythm:
    """How a simulated musician plays.

    Attributes
    ----------
    name : str
    kind : str
        "steady", "swung" or "accelerating".
    pattern : str
        A bar, a letter for each sixteenth: X a strong stroke, x a weak one, a dot none.
    bpm : float
        Tempo of the first bar.
    """

    name: str
    kind: str
    pattern: str
    bpm: float

    def seconds_at(self, beats: np.ndarray) -> np.ndarray:
        """Give the time of positions in beats, s from the first beat on, float64 [n]."""
        bars, within = np.divmod(np.asarray(beats, np.float64), BEATS)
        quicker = QUICKER if self.kind == "accelerating" else 1.0
        bar_s = 60.0 * BEATS / self.bpm
        begun = bars * bar_s if quicker == 1.0 else bar_s * (1 - quicker**-bars) / (1 - 1 / quicker)
        beat, part = np.divmod(within, 1.0)
        if self.kind == "swung":
            part = np.where(part < 0.5, part * 2 * SWING, SWING + (part - 0.5) * 2 * (1 - SWING))
        return begun + (beat + part) * bar_s / BEATS * quicker**-bars


RHYTHMS = (
    Rhythm("eighths", "steady", "X.x.X.x.X.x.X.x.", 104.0),
    Rhythm("backbeat", "steady", "X...X.x.X.x.X...", 122.0),
    Rhythm("sixteenths", "steady", "X.xxX..xX.xxX.x.", 93.0),
    Rhythm("swung eighths", "swung", "X.x.X.x.X.x.X.x.", 116.0),
    Rhythm("swung ride", "swung", "X...X.x.X...X.x.", 138.0),
    Rhythm("accelerating", "accelerating", "X.x.X.x.X.x.X.x.", 96.0),
    Rhythm("accelerating backbeat", "accelerating", "X...X.x.X.x.X...", 108.0),
)


@dataclass(frozen=True)
class Played:
    """A rhythm as it was played.

    Attributes
    ----------
    rhythm : Rhythm
    sound : np.ndarray
        Float32 [frames].
    strokes : np.ndarray
        Int64 [strokes], frame of each.
    first : int
        Frame of the first beat.
    """

    rhythm: Rhythm
    sound: np.ndarray
    strokes: np.ndarray
    first: int

    def frames_at(self, beats: np.ndarray) -> np.ndarray:
        """Give the frames of positions in beats as they are meant, without the hand's jitter, float64 [n]."""
        return self.first + self.rhythm.seconds_at(beats) * RATE


def struck(folder: Path | None, count: int = 3) -> list[np.ndarray]:
    """Choose sounds to strike: those of a bank that are there at once, peak 1, damped; made ones without a bank.

    A sound in which a second attack is heard is none: where the strokes stand has to be known.

    Raises
    ------
    LivehostError
        Where the bank has not enough sounds.
    """
    if folder is None:
        random = np.random.default_rng(11)
        return [_short(make(random, RATE)) for make in (kick, snare, hat)]
    found: list[tuple[float, np.ndarray]] = []
    for file in scan(folder).files:
        try:
            samples = decode(folder / file.name, RATE).samples
            whole = trim(samples, RATE)
        except (UnusableSound, OSError):
            continue
        mono = samples[whole.start : whole.stop].mean(axis=1)
        sound = _short(mono[attack(mono[:, None], RATE) :])
        if _is_one_stroke(sound):
            found.append((float(np.abs(sound[: int(_AT_ONCE_S * RATE)]).max()), sound))
    if len(found) < count:
        raise LivehostError(
            f"{folder} has {len(found)} sounds of one attack; a musician of these tests strikes {count}.", 2
        )
    return [sound for _, sound in sorted(found, key=lambda row: -row[0])[:count]]


def _is_one_stroke(sound: np.ndarray) -> bool:
    """Whether an onset is heard where the sound begins, and no other."""
    lead = round(_STROKE_S * RATE)
    onsets = detect(np.concatenate([np.zeros(lead), 0.5 * sound, np.zeros(lead)]).astype(np.float32), RATE)["frame"]
    return len(onsets) == 1 and abs(int(onsets[0]) - lead) <= _AT_ONCE_S * RATE


def _short(sound: np.ndarray) -> np.ndarray:
    cut = np.array(sound[: int(_STROKE_S * RATE)], np.float32)
    cut *= np.exp(-np.arange(len(cut)) / (_DAMPED_S * RATE)).astype(np.float32)
    fade = min(int(_FADE_S * RATE), len(cut))
    cut[len(cut) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    peak = float(np.abs(cut).max()) if len(cut) else 0.0
    return cut / np.float32(peak if peak > 0 else 1.0)


def play(
    rhythm: Rhythm, sounds: Sequence[np.ndarray], seconds: float, rest_s: float = 0.0, silent_every: int = SILENT_EVERY,
    seed: int = 0,
) -> Played:  # fmt: skip
    """Play a rhythm, each stroke a little early or late.

    Parameters
    ----------
    rhythm : Rhythm
    sounds : sequence of np.ndarray
        Float32 [frames] of peak 1: of strokes on the first and third beat, on the second and fourth, and between.
    seconds : float
        How long it is played; the bar that goes on then is played to its end.
    rest_s : float
        Silence behind it, s.
    silent_every : int
        Every so many bars one is silent; 0: none is.
    seed : int
        Of the jitter and the loudness.
    """
    random = np.random.default_rng([seed, *rhythm.name.encode()])
    bars, beats, kinds, gains = 0, [], [], []
    while float(rhythm.seconds_at(np.array([bars * BEATS]))[0]) < seconds:
        if silent_every == 0 or bars % silent_every != silent_every - 1:
            for k, letter in enumerate(rhythm.pattern):
                if letter in _GAINS:
                    beats.append(bars * BEATS + k * BEATS / SIXTEENTHS)
                    kinds.append(2 if k % 4 else k // 4 % 2)
                    gains.append(_GAINS[letter] * random.uniform(0.8, 1.0))
        bars += 1
    times = LEAD_S + rhythm.seconds_at(np.array(beats)) + random.normal(0.0, JITTER_S, len(beats))
    strokes = np.round(times * RATE).astype(np.int64)
    length = LEAD_S + float(rhythm.seconds_at(np.array([bars * BEATS]))[0]) + rest_s
    sound = place([sounds[k % len(sounds)] for k in kinds], strokes, gains, int(length * RATE))
    return Played(rhythm, with_noise(sound, FLOOR_DB, seed), strokes, round(LEAD_S * RATE))


@dataclass(frozen=True)
class Phrases:
    """Phrases with rests between them.

    Attributes
    ----------
    sound : np.ndarray
        Float32 [frames].
    strokes : list of np.ndarray
        Int64 [strokes] of each phrase: their frames.
    soon : list of bool
        Whether the next phrase begins while an answer as long as this one would go on.
    """

    sound: np.ndarray
    strokes: list[np.ndarray]
    soon: list[bool]


def phrases(sounds: Sequence[np.ndarray], count: int, gap_s: float, seed: int = 0) -> Phrases:
    """Play phrases of four to nine strokes on sixteenths; after each third the musician comes back too soon.

    Parameters
    ----------
    sounds : sequence of np.ndarray
    count : int
        Phrases.
    gap_s : float
        The silence that ends a phrase, s.
    seed : int
    """
    random = np.random.default_rng([seed, 5])
    now, bpm, strokes, soon = LEAD_S, 108.0, [], []
    sixteenth = 60 / bpm / 4
    for number in range(count):
        size = int(random.integers(4, 10))
        steps = np.concatenate([[0], np.cumsum(random.choice([1, 2, 2, 3, 4], size - 1))])
        times = now + steps * sixteenth + random.normal(0.0, JITTER_S, size)
        strokes.append(np.round(np.sort(times) * RATE).astype(np.int64))
        length = float(steps[-1]) * sixteenth
        soon.append(number % 3 == 2)
        rest = gap_s + (0.4 * length + 0.3 if soon[-1] else length + 16 * sixteenth + 1.5)
        now += length + np.ceil(rest / sixteenth) * sixteenth
    frames = np.concatenate(strokes)
    gains = 0.5 * random.uniform(0.7, 1.0, len(frames))
    chosen = [sounds[k] for k in random.integers(0, len(sounds), len(frames))]
    sound = place(chosen, frames, gains, int((now + 1.0) * RATE))
    return Phrases(with_noise(sound, FLOOR_DB, seed), strokes, soon)


def made_takes(seconds: float, count: int) -> list[Take]:
    """Make takes by synthesis: performers', drummers' and mixed ones in turn."""
    from livehost.synthesis.performer import perform

    makers: tuple[Callable[[int], np.ndarray], ...] = (
        lambda seed: perform(seconds, RATE, seed)[0],
        lambda seed: make_take(seed, RATE, seconds, "drums")[0],
        lambda seed: make_take(seed, RATE, seconds, "mixed")[0],
    )
    return [Take(f"made {k + 1}", makers[k % len(makers)](20 + k)) for k in range(count)]


def arranged(take: Take, seconds: float, seed: int = 0) -> Take:
    """Play a take over and over, in sections in which all its strokes sound, or only some, or none.

    The sections of `SECTIONS` come in an order of their own in each round.

    Parameters
    ----------
    take : Take
    seconds : float
        Length of what is given.
    seed : int
        Of the order.
    """
    random, size = np.random.default_rng([seed, 9]), int(seconds * RATE)
    sound = np.tile(take.sound, -(-size // len(take.sound)))[:size]
    section, order = round(SECTION_S * RATE), [SECTIONS[0]]
    while len(order) * section < size:
        order += [int(k) for k in random.permutation(SECTIONS)]
    onsets = detect(sound, RATE)["frame"].astype(np.int64)
    bounds = np.concatenate([[0], onsets - round(_CUT_S * RATE), [size]]).clip(0, size)
    sounds = np.zeros(size, np.float32)
    for number, (start, stop) in enumerate(pairwise(bounds)):
        every = order[int(start) // section]
        sounds[start:stop] = every > 0 and number % every == 0
    edge = round(_EDGE_S * RATE)
    smooth = np.convolve(sounds, np.ones(edge) / edge, "same")
    return Take(take.name, with_noise((sound * smooth).astype(np.float32), FLOOR_DB, seed))
