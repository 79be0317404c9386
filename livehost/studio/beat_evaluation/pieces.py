"""Music with a known beat: scores played through a soundfont at a tempo of our own, and loops of a known length."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.scan import scan
from livehost.dsp.onset.detector import detect
from livehost.errors import LivehostError
from livehost.studio.audio_data.humanise import Clock, play_part
from livehost.studio.audio_data.render import Part, render
from livehost.studio.audio_data.scores import Score, Work, corpus, read_score, survey
from livehost.studio.beat_evaluation.follow import Onsets

RATE = 48_000
#: Tempo of a beat, a minute, drawn evenly in octaves; and how long a piece is at most, s.
TEMPI, LONGEST_S = (66.0, 156.0), 45.0
LEAD_S = 0.5
#: General MIDI programs that strike or pluck: pianos, harpsichord, xylophone, marimba, guitars, pizzicato.
PROGRAMS = (0, 4, 6, 12, 13, 24, 25, 45)
#: Fewest onsets a beat that make a beat.
LEAST_BUSY = 0.9
#: Tempi that a loop may have, quarters a minute; share of its onsets that have to stand within 20 ms of a sixteenth.
LOOP_TEMPI, CLEAR = (75.0, 160.0), 0.6
_NEAR_S = 0.02


@dataclass(frozen=True)
class Piece:
    """Sound with a known beat.

    Attributes
    ----------
    name : str
    sound : np.ndarray
        Float32 [frames], at `RATE`.
    beats : np.ndarray
        float64 [beats], frames.
    bpm : float
    """

    name: str
    sound: np.ndarray
    beats: np.ndarray
    bpm: float

    def onsets(self) -> Onsets:
        """Hear it as the stage does."""
        return hear(self.sound)


def hear(sound: np.ndarray) -> Onsets:
    """Find the onsets of sound at `RATE`, each with the frame at which it is reported."""
    found = detect(sound, RATE)
    return Onsets(
        found["frame"].astype(np.int64), found["level_db"].astype(np.float64), found["reported_frame"].astype(np.int64)
    )


def pieces(count: int, seed: int, soundfont: str = "") -> Iterator[Piece]:
    """Play scores of music21's corpus, each by another instrument at another tempo, which is kept.

    Parameters
    ----------
    count : int
    seed : int
        Which scores, which instruments, which tempi.
    soundfont : str
        Path; the one that FluidSynth's package brings where none is given.
    """
    random = np.random.default_rng(seed)
    works, _ = survey(corpus())
    folders: dict[str, list[Work]] = {}
    for work in works:
        folders.setdefault(work.source, []).append(work)
    names, made, tried = sorted(folders), 0, 0
    while made < count and tried < 6 * count:
        group = folders[names[int(random.integers(len(names)))]]
        work, tried = group[int(random.integers(len(group)))], tried + 1
        try:
            piece = _play(work.name, read_score(work), random, soundfont)
        except UnusableSound:
            continue
        if piece is not None:
            made += 1
            yield piece


def _play(name: str, score: Score, random: np.random.Generator, soundfont: str) -> Piece | None:
    """Play a score; None where it is too short or has no beat that could be heard."""
    compound = math.isclose(score.bar % 1.5, 0.0) and not math.isclose(score.bar, 3.0)
    beat = 1.5 if compound else 1.0
    bpm = float(np.exp(random.uniform(*np.log(TEMPI))))
    quarter = 60.0 / bpm / beat
    end = max(float((part[:, 0] + part[:, 1]).max()) for part in score.parts)
    clock = Clock(np.array([0.0, end + 8.0]), LEAD_S + quarter * np.array([0.0, end + 8.0]))
    last = min(end, LONGEST_S / quarter)
    onsets = np.unique(np.round(np.concatenate([p[:, 0] for p in score.parts]), 3))
    onsets = onsets[onsets < last]
    if last * quarter < 15.0 or len(onsets) < LEAST_BUSY * last / beat:
        return None
    program = int(PROGRAMS[random.integers(len(PROGRAMS))])
    parts = []
    for part in score.parts:
        notes = play_part(part[part[:, 0] < last], score, clock, random)
        parts.append(Part(notes, program=program))
    sound = render(parts, rate=RATE, soundfont=soundfont)
    sound = sound[: int((LEAD_S + last * quarter) * RATE)]
    peak = float(np.abs(sound).max())
    if peak <= 0:
        return None
    first = float(onsets[0])
    places = np.arange(math.ceil(first / beat), last / beat)
    beats = (LEAD_S + places * beat * quarter) * RATE
    return Piece(f"{name} {bpm:.0f}", (0.5 / peak * sound).astype(np.float32), beats, bpm)


def loops(folder: Path, seconds: float) -> tuple[list[Piece], list[str]]:
    """Play each loop of a folder again and again; and name those without a clear pulse, with what speaks against them.

    A loop is a whole number of beats long; which number, and where they stand, is found from all of its onsets.

    Raises
    ------
    LivehostError
        Where there is none.
    """
    found, unclear = [], []
    for file in scan(folder).files:
        try:
            sound = decode(folder / file.name, RATE).samples.mean(axis=1)
        except (UnusableSound, OSError):
            continue
        if not len(sound) or np.abs(sound).max() <= 0:
            continue
        sound = sound * (0.5 / np.abs(sound).max())
        times = math.ceil(seconds * RATE / len(sound))
        whole = np.concatenate([np.zeros(int(LEAD_S * RATE)), np.tile(sound, times)]).astype(np.float32)
        piece, share = _grid_of(Path(file.name).stem, whole, len(sound), times)
        if share >= CLEAR:
            found.append(piece)
        else:
            unclear.append(f"{piece.name} ({share:.0%} of its onsets on a grid)")
    if not found:
        raise LivehostError(f"There is no loop with a clear pulse in {folder}.")
    return found, unclear


def _grid_of(name: str, sound: np.ndarray, length: int, times: int) -> tuple[Piece, float]:
    """Find the beats of a loop: the number that fits its onsets best beyond chance, and their phase."""
    onsets, lead = hear(sound), LEAD_S * RATE
    places = onsets.frames - lead
    least, most = (math.ceil(length / RATE * bpm / 60.0) for bpm in LOOP_TEMPI)
    best, at = (-1.0, 0.0), (0.0, 0.0)
    for number in range(max(least, 1), max(most, 2)):
        step = length / number / 4.0
        by_chance = min(2 * _NEAR_S * RATE / step, 1.0)
        for phase in np.arange(0.0, step, 0.002 * RATE):
            apart = np.abs((places - phase + step / 2) % step - step / 2)
            fit = np.mean(np.exp(-0.5 * (apart / (0.008 * RATE)) ** 2)) - by_chance * 0.5
            if fit > best[0]:
                share = float(np.mean(apart <= _NEAR_S * RATE))
                best, at = (float(fit), share), (4.0 * step, float(phase))
    period, phase = at
    near = np.abs((places - phase + period / 8) % (period / 4) - period / 8) <= _NEAR_S * RATE
    off = ((places - phase + period / 8) % (period / 4) - period / 8)[near]
    phase += float(np.median(off)) if len(off) else 0.0
    count = int(times * length / period)
    beats = lead + phase + period * np.arange(count)
    return Piece(f"{name} {60 * RATE / period:.0f}", sound, beats, 60 * RATE / period), best[1]
