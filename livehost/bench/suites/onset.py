"""How well and how soon onsets are heard, on takes whose onsets are known to the sample; and aubio beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from livehost.bench.material import RATE
from livehost.bench.peers_aubio import METHODS, aubio_onsets, report_delay_ms
from livehost.bench.suite import Context, Figure, NotInstalled, absent
from livehost.dsp.onset.detector import detect
from livehost.synthesis.takes import PERCUSSIVE, make_take, match

_TOLERANCE_MS = 25.0
#: The best of aubio's methods on these takes; a full run asks all of them.
_QUICK_METHODS = ("specflux", "hfc", "specdiff")


@dataclass(frozen=True)
class Condition:
    """One take: set of one-shots, level, noise floor and room."""

    kind: str
    level_db: float
    noise_db: float | None = None
    reverb: float = 0.0


_CONDITIONS = (
    Condition("drums", -6.0),
    Condition("plucks", -12.0, -70.0, 0.1),
    Condition("mixed", 0.0, -60.0, 0.3),
    Condition("blips", -20.0, -70.0, 0.1),
    Condition("pads", -12.0, -65.0),
    Condition("drums", -40.0, -75.0, 0.1),
    Condition("mixed", -24.0, -60.0, 0.2),
    Condition("plucks", -30.0, -72.0, 0.3),
    Condition("drums", -3.0, -40.0, 0.5),
    Condition("blips", -40.0, -80.0),
)


class Tally:
    """Hits, extras, misses and delays over several takes."""

    def __init__(self) -> None:
        self.hits = self.found = self.true = 0
        self.delays_ms: list[float] = []

    def add(self, frames: np.ndarray, known: np.ndarray, truth: np.ndarray, delays: bool) -> None:
        """Score one take: `frames` detected, each `known` at a frame, against the truth."""
        pairs = match(frames, truth, _TOLERANCE_MS * RATE / 1000)
        self.hits, self.found, self.true = self.hits + len(pairs), self.found + len(frames), self.true + len(truth)
        if delays:
            self.delays_ms += [float(known[i] - truth[j]) * 1000 / RATE for i, j in pairs]

    @property
    def f1(self) -> float:
        """F1 over all takes."""
        return 2 * self.hits / max(self.found + self.true, 1)


def run(context: Context) -> Iterator[Figure]:
    """Score ours on every take, then aubio's methods."""
    seeds, seconds = ((1,), 6.0) if context.quick else ((1, 2, 3), 10.0)
    takes = [
        (make_take(100 * seed + k, RATE, seconds, c.kind, c.level_db, c.noise_db, c.reverb), c.kind in PERCUSSIVE)
        for seed in seeds for k, c in enumerate(_CONDITIONS)
    ]  # fmt: skip
    ours = Tally()
    for (samples, truth), sharp in takes:
        found = detect(samples, RATE)
        ours.add(found["frame"], found["reported_frame"], truth, sharp)
    delays = np.array(ours.delays_ms)
    yield Figure("F1", ours.f1, "F1", "exact", better="higher", note=f"{ours.true} onsets, ±{_TOLERANCE_MS:g} ms")
    note = "attack to report, drums and plucks"
    yield Figure("median delay", float(np.median(delays)), "ms", "exact", samples=delays, note=note)
    yield Figure("p99 delay", float(np.percentile(delays, 99)), "ms", "exact", note=note)
    yield from _beside_aubio(context, takes, ours)


def _beside_aubio(context: Context, takes: list, ours: Tally) -> Iterator[Figure]:
    names = ("F1 above the best of aubio's", "delay in delays of aubio's best")
    theirs: dict[str, Tally] = {}
    added_ms = report_delay_ms(RATE)
    try:
        for method in _QUICK_METHODS if context.quick else METHODS:
            context.say(f"aubio, {method} …")
            tally = theirs.setdefault(method, Tally())
            for (samples, truth), sharp in takes:
                frames = aubio_onsets(samples, RATE, method)
                tally.add(frames, frames + added_ms * RATE / 1000, truth, sharp)
    except NotInstalled as error:
        yield absent(names[0], "F1", "ratio", error)
        yield absent(names[1], "×", "ratio", error)
        return
    best = max(theirs, key=lambda m: theirs[m].f1)
    for method, tally in theirs.items():
        yield Figure(f"F1 of aubio, {method}", tally.f1, "F1", "ratio", better="higher", noise=1.0)
    yield Figure(
        names[0], ours.f1 - theirs[best].f1, "F1", "ratio", better="higher", noise=1.0,
        note=f"{ours.f1:.3f} against {theirs[best].f1:.3f} ({best})",
    )  # fmt: skip
    mine, his = float(np.median(ours.delays_ms)), float(np.median(theirs[best].delays_ms))
    yield Figure(names[1], mine / his, "×", "ratio", noise=0.05, peer="aubio",
                 note=f"medians: {mine:.1f} ms against {his:.1f} ms")  # fmt: skip
