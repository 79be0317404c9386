"""``livehost evaluate beat``: is the beat found, kept and foretold? Shows a table, writes JSON."""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console

from livehost.studio.beat_evaluation.follow import Followed, Onsets, follow, foretell
from livehost.studio.beat_evaluation.measure import f_measure, tempo_off
from livehost.studio.beat_evaluation.others import aubio_beats, librosa_beats
from livehost.studio.beat_evaluation.pieces import RATE, Piece, loops, pieces
from livehost.studio.beat_evaluation.pulses import pulse
from livehost.studio.stage_evaluation.command import show_figures
from livehost.studio.stage_evaluation.figures import Figure, mean, median
from livehost.studio.stage_evaluation.named_test import wanted_tests

OURS, LIBROSA, AUBIO = "livehost", "librosa", "aubio"
#: The musician stops after so long, and is silent for so long, s; what is before `WARM_S` is for finding the beat.
STOPS_S, SILENT_S, WARM_S = (16.0, 21.0, 26.0), 15.0, 8.0
#: A tempo that is as told.
SAME_TEMPO = 0.02
#: Tempi of the pulses that are struck together with; what is struck.
PULSE_TEMPI = (67.0, 84.0, 103.0, 118.0, 137.0, 158.0)
PULSE_PATTERNS = ("quarters", "eighths", "rock")


@dataclass(frozen=True)
class Setup:
    """What the tests are given: takes with a clear pulse, those without, rendered pieces; how to say what goes on."""

    takes: Sequence[Piece]
    unclear: Sequence[str]
    pieces: Sequence[Piece]
    others: bool
    say: Callable[[str], None]


def _kept(onsets: Onsets, piece: Piece, stop_s: float) -> float:
    """Stop playing, and tell how far the sixteenths are from the beats `SILENT_S` later, ms; nan without a beat."""
    heard = follow(onsets.until(int(stop_s * RATE)), RATE)
    period = float(np.diff(piece.beats[:2])[0])
    later = piece.beats[0] + period * np.round(((stop_s + SILENT_S) * RATE - piece.beats[0]) / period)
    off = heard.off_sixteenths_ms(later + period * np.arange(-2, 3))
    return float(np.median(off))


def phase(setup: Setup) -> Iterator[Figure]:
    """Tell how far the beat is off while the musician plays, and after they have stopped."""
    playing, held, sure = [], [], []
    for take in setup.takes:
        setup.say(f"phase: {take.name}")
        onsets = take.onsets()
        heard = follow(onsets, RATE)
        off = heard.off_sixteenths_ms(take.beats[take.beats > WARM_S * RATE])
        playing += list(off)
        sure.append(float(np.mean(np.isfinite(off))))
        held += [_kept(onsets, take, stop) for stop in STOPS_S]
    note = f"{len(setup.takes)} takes; without a clear pulse: {', '.join(setup.unclear) or 'none'}"
    yield Figure("phase", "while playing, median", OURS, median(playing), "ms", most=8.0, note=note)
    yield Figure("phase", f"{SILENT_S:.0f} s after the stop, median", OURS, median(held), "ms", most=15.0)
    yield Figure("phase", "share of the time with a beat", OURS, mean(sure))


def tempo(setup: Setup) -> Iterator[Figure]:
    """Tell how many pieces have their tempo found, octaves apart."""
    right = []
    for piece in setup.pieces:
        setup.say(f"tempo: {piece.name}")
        right.append(tempo_off(_usual_bpm(follow(piece.onsets(), RATE)), piece.bpm) <= SAME_TEMPO)
    yield Figure("tempo", "share within 2 %", OURS, mean(right), least=0.9, note=f"{len(right)} rendered pieces")


def _usual_bpm(heard: Followed) -> float:
    """Give the tempo that was told most of the time from `WARM_S` on; nan without one."""
    late = heard.sure & (heard.known > WARM_S * RATE)
    return 60.0 * RATE / float(np.median(heard.period[late])) if late.any() else math.nan


def found(setup: Setup) -> Iterator[Figure]:
    """Compare the beats that are told with the true ones, beside trackers of others, all online."""
    for name, music in (("pieces", setup.pieces), ("takes", setup.takes)):
        rows: dict[str, list[float]] = {OURS: []}
        for piece in music:
            setup.say(f"beats: {piece.name}")
            true = piece.beats / RATE
            told: dict[str, np.ndarray | None] = {
                OURS: follow(piece.onsets(), RATE).beats(len(piece.sound)) / RATE,
            }
            if setup.others:
                told[LIBROSA] = librosa_beats(piece.sound, RATE)
                told[AUBIO] = aubio_beats(piece.sound, RATE)
            for who, beats in told.items():
                if beats is not None:
                    rows.setdefault(who, []).append(f_measure(beats, true))
        best = max([mean(v) for who, v in rows.items() if who != OURS], default=-math.inf)
        for who, values in rows.items():
            yield Figure("beats", f"F-measure, {name}", who, mean(values), least=best if who == OURS else -math.inf)


def strike(setup: Setup) -> Iterator[Figure]:
    """Strike where a stroke is expected, on pulses, and tell how far that is from the stroke that comes."""
    rows: tuple[tuple[str, dict[str, Any], float], ...] = (
        ("steady, ± 4 ms", {}, 10.0),
        ("swung", {"swing": 0.62}, 20.0),
        ("accelerating 1 % a bar", {"faster": 0.01}, 20.0),
    )
    for name, how, most in rows:
        off, strikes, false, strokes = [], 0, 0, 0
        for k, bpm in enumerate(PULSE_TEMPI):
            for pattern in PULSE_PATTERNS:
                setup.say(f"strokes: {name}, {pattern} {bpm:.0f}")
                told = foretell(pulse(pattern, bpm, 32.0, seed=1000 + k, **how).onsets, RATE)
                off += list(told.off_ms)
                strikes, false, strokes = strikes + told.strikes, false + told.false, strokes + told.strokes
        near = float(np.mean(np.array(off) <= 20.0)) if off else math.nan
        steady = not how
        yield Figure("strokes", f"{name}: median", OURS, median(off), "ms", most=most)
        yield Figure("strokes", f"{name}: within 20 ms", OURS, near, least=0.8 if steady else -math.inf)
        yield Figure(
            "strokes", f"{name}: false", OURS, false / max(strikes, 1), most=0.1 if steady else math.inf,
            note=f"{strikes} strikes at {strokes} strokes",
        )  # fmt: skip


TESTS: dict[str, Callable[[Setup], Iterator[Figure]]] = {
    "phase": phase, "tempo": tempo, "beats": found, "strokes": strike,
}  # fmt: skip
#: Tests that need takes, and those that need pieces.
_OF_TAKES, _OF_PIECES = ("phase", "beats"), ("tempo", "beats")


def evaluate_beat(options: Mapping[str, Any], console: Console) -> list[Figure]:
    """Ask whether the musician's beat is found, kept and foretold.

    Parameters
    ----------
    options : mapping of str to object
        `tests`: names of `TESTS`, none for all. `takes`: folder of loops; None leaves takes out. `pieces`: how many
        scores are played, `seed`: which. `soundfont`: path, "" for the one that is found. `others`: whether trackers of
        others are asked. `json`: file to write.
    console : rich.console.Console

    Returns
    -------
    list of Figure

    Raises
    ------
    LivehostError
        For an unknown test, or what cannot be read.
    """
    wanted = wanted_tests(options["tests"], TESTS)
    began, figures = time.monotonic(), []
    with console.status("…") as status:
        takes: list[Piece] = []
        unclear: list[str] = []
        played: list[Piece] = []
        if options["takes"] is not None and any(name in _OF_TAKES for name in wanted):
            status.update("finding the pulse of the takes")
            takes, unclear = loops(options["takes"], max(STOPS_S) + 10.0)
        if any(name in _OF_PIECES for name in wanted):
            for piece in pieces(options["pieces"], options["seed"], options["soundfont"] or ""):
                status.update(f"playing {piece.name}")
                played.append(piece)
        setup = Setup(takes, unclear, played, options["others"], status.update)
        for name in wanted:
            figures += list(TESTS[name](setup))
    show_figures(figures, OURS, time.monotonic() - began, {}, options, console)
    return figures
