"""What a suite is: one row of `SUITES`, and a generator of figures.

A suite is a module in ``livehost/bench/suites`` with one public function, ``run``:

>>> from collections.abc import Iterator
>>> from livehost.bench.suite import CannotRun, Context, Figure
>>> def run(context: Context) -> Iterator[Figure]:
...     repeats = 5 if context.quick else 50
...     context.say(f"{repeats} repeats")
...     times = [1.0 + 0.1 * k for k in range(repeats)]
...     yield Figure("step", min(times), "µs", "compute", samples=times)
...     yield Figure("step p99", max(times), "µs", "tail")
...     yield Figure("late events", 0, "frames", "exact")

A tool that is missing is one sentence: ``raise NotInstalled("There is no jackd here: apt-get install jackd2.")``; where
it costs a few figures only, `absent` makes these. Whatever else is in the way is a `CannotRun`. Figures yielded before
that, or before Ctrl-C, are kept. The budget of a figure is the table ``["suite"."figure"]`` of ``bench/budgets.toml``,
with ``unit`` and ``max`` or ``min`` (or both); a figure without one is reported only.

The kinds, and what the gate makes of them:

compute
    A duration, as the minimum of k (`samples` holds all k). Gated always; compared in units of the calibration kernel.
tail
    A percentile or maximum that the host's scheduler can spoil. On an unfit host a broken gate is a warning.
exact
    Frames, bytes or quality that the same command repeats exactly. Gated always; compared directly.
count
    How many of something (page faults, symbols). Gated always; compared directly.
ratio
    A against B, interleaved in one run. Gated always; compared directly.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Literal, get_args

import numpy as np

from livehost.errors import LivehostError

__all__ = ["KINDS", "SUITES", "CannotRun", "Context", "Figure", "Kind", "NotInstalled", "Suite", "absent", "find"]

Kind = Literal["compute", "tail", "exact", "count", "ratio"]
KINDS: tuple[str, ...] = get_args(Kind)
Better = Literal["lower", "higher"]


class CannotRun(LivehostError):  # noqa: N818 (a circumstance, not an error)
    """The bench, or one suite, lacks something it needs; the message is one sentence for a musician. Exit status 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 2)


class NotInstalled(CannotRun):
    """What is to be measured needs a tool that is not installed; the sentence says how to install it.

    That is no fault of what is measured: the suite or the figure is told of as not measured, and the exit status goes
    by the others. Where ``CI=true``, or the suite was asked for by its name, it counts as `CannotRun`.
    """


@dataclass(frozen=True)
class Figure:
    """One measured number.

    Parameters
    ----------
    name : str
        What was measured; unique in its suite, stable between versions (budgets and baselines are keyed by it).
    value : float
        The number that is gated.
    unit : str
        One of `livehost.bench.budgets.UNITS`.
    kind : {"compute", "tail", "exact", "count", "ratio"}
    samples : sequence of float
        All repeats, in `unit`; none is ever trimmed. The reader sees minimum, median, p99 and maximum of them.
    better : {"lower", "higher"}
        Which way an improvement goes; only `--compare` asks.
    rounds : sequence of float
        The same figure from rounds that lie apart in time; their spread is the noise band of `--compare`.
    calibration_us : float, optional
        The calibration kernel beside these rounds (`livehost.bench.measure.Timer` gives it); by default the suite's.
    noise : float, optional
        Relative difference that `--compare` takes for noise in any case; by default that of its kind.
    x : float, optional
        Where this figure lies on a growth curve (voices, items, block size); figures of one `curve` are drawn together.
    curve : str
        "what by what": figures of one suite whose curves end in the same "by …" share a picture.
    peer : str
        The other program or way that this ratio is against; such figures are drawn together.
    note : str
        One short remark for the report. A figure whose value is nan was not measured, and its note says why.
    absent : bool
        Whether it was not measured because a tool is not installed (see `NotInstalled`).
    """

    name: str
    value: float
    unit: str
    kind: Kind
    samples: Sequence[float] | np.ndarray = ()
    better: Better = "lower"
    rounds: Sequence[float] | np.ndarray = ()
    calibration_us: float | None = None
    noise: float | None = None
    x: float | None = None
    curve: str = ""
    peer: str = ""
    note: str = ""
    absent: bool = False


def absent(name: str, unit: str, kind: Kind, why: object) -> Figure:
    """Make a figure that was not measured for want of a tool; `why` says how to install it."""
    return Figure(name, math.nan, unit, kind, note=str(why).rstrip("."), absent=True)


@dataclass
class Context:
    """What a suite may ask of the run it is part of.

    Attributes
    ----------
    quick : bool
        Few repeats, small sizes: the whole of ``--quick`` has 90 s.
    peers : bool
        Also measure other programs, interleaved, as figures of kind ``ratio``.
    minutes : float or None
        ``--minutes``: how long soak (in all), armed and panic last.
    scratch : Path
        An empty folder that is deleted afterwards.
    host_fit : bool
        Whether the host's own wake-up latency passed the probe at the start.
    calibration_us : float
        The calibration kernel at the start of this run, minimum of k.
    """

    quick: bool = False
    peers: bool = False
    minutes: float | None = None
    scratch: Path = field(default_factory=Path)
    host_fit: bool = True
    calibration_us: float = 1.0
    report: Callable[[str], None] = lambda _: None

    def say(self, line: str) -> None:
        """Show one short line of progress."""
        self.report(line)


@dataclass(frozen=True)
class Suite:
    """One row of the table.

    Parameters
    ----------
    name : str
        As on the command line.
    help : str
    module : str
        Where ``run(context)`` is; imported when the suite is run, not before.
    quick : bool
        Whether ``--quick`` includes it.
    timed : bool
        Whether it measures time, so that nothing may run beside it.
    peers : bool
        Whether it is only about other programs: run with ``--peers``, or where it is named.
    """

    name: str
    help: str
    module: str
    quick: bool = True
    timed: bool = True
    peers: bool = False

    def run(self, context: Context) -> Iterator[Figure]:
        """Import the module and yield its figures."""
        yield from self._module().run(context)

    def _module(self) -> ModuleType:
        try:
            return importlib.import_module(self.module)
        except ModuleNotFoundError as missing:
            raise NotInstalled(
                f"It needs {missing.name}, which is not installed: pip install {missing.name}."
            ) from missing


_HERE = "livehost.bench.suites."

SUITES: tuple[Suite, ...] = (
    # no time is measured in these: they run beside one another, the longest first
    Suite("endurance", "a million steps of the model against a fresh recompute", _HERE + "endurance", timed=False),
    Suite("feedback", "its own sound comes back through the microphone", _HERE + "feedback", timed=False),
    Suite("rt-safety", "compiled code free of the interpreter, page faults", _HERE + "rt_safety", timed=False),
    Suite("memory", "resident memory and its growth", _HERE + "memory", timed=False),
    Suite("onset-to-sound", "onset to first frame of the answer, in frames", _HERE + "onset_to_sound", timed=False),
    Suite("onset", "F1 and delay against known onsets, beside aubio", _HERE + "onset", timed=False),
    Suite(
        "soundcheck", "what a soundcheck suggests, against the best found by search", _HERE + "soundcheck", timed=False
    ),
    Suite("listens", "what is known of a stroke or a pluck after m ms, in bits", _HERE + "listens", timed=False),
    Suite(
        "pitch",
        "pitch of a note by how much was heard of it, beside SwiftF0",
        _HERE + "pitch",
        quick=False,
        timed=False,
    ),
    Suite("exactness", "the same command gives the same bytes", _HERE + "exactness", timed=False),
    # from here on the machine is ours alone
    Suite("callback", "mixing 1 to 256 voices at 32 to 512 frames", _HERE + "callback"),
    Suite("features", "one frame of features, beside librosa", _HERE + "features"),
    Suite("decision", "one choice in banks of 100 to 100,000 items", _HERE + "decision"),
    Suite("peeks", "what looking at what still sounds costs the worker", _HERE + "peeks", quick=False),
    Suite("beat", "what following the musician's beat costs the worker", _HERE + "beat", quick=False),
    Suite("model", "one step of the model, by back end, size and cache", _HERE + "model"),
    Suite(
        "performance", "the player of notes: its step, what it could play, never a note left on", _HERE + "performance"
    ),
    Suite("bank", "a bank of 1 GB and 10,000 items, from the cache", _HERE + "bank", quick=False),
    Suite("startup", "seconds to ready, cold and warm", _HERE + "startup"),
    Suite("loopback", "sound in to sound out through JACK", _HERE + "loopback"),
    Suite("armed", "a heard segment closed to the model's next answer armed", _HERE + "armed"),
    Suite("osc", "OSC in to audible, out to received, under a flood", _HERE + "osc"),
    Suite("strokes", "an onset to what was struck, as a patch is told of it", _HERE + "strokes", quick=False),
    Suite("osc-load", "50 subscribers, 10,000 messages a second, rubbish over OSC", _HERE + "osc_load", quick=False),
    Suite("panic", "from a panic to silence, in floods of OSC and with notes that wait", _HERE + "panic", quick=False),
    Suite("ending", "from SIGTERM to the end, whatever stands in the way", _HERE + "ending", quick=False),
    Suite("loss", "the sound card goes, and comes back", _HERE + "loss", quick=False),
    Suite("crash", "kill -9 at random moments, and how it comes back", _HERE + "crash", quick=False),
    Suite("midi", "a note scheduled to the note received", _HERE + "midi"),
    Suite("tempo", "MIDI clock over an hour and at another port, the beat of Link", _HERE + "tempo"),
    Suite("soak", "blocks served under three adversaries on JACK", _HERE + "soak"),
    Suite("replay", "sessions in real time, rendered again to the bit", _HERE + "replay", quick=False),
    Suite("parts", "two models at once, beside three adversaries on JACK", _HERE + "parts", quick=False),
    Suite("peers", "decisions in Python, and large buffers, beside ours", _HERE + "peers", peers=True),
)


def find(name: str) -> Suite:
    """Find a suite by its name.

    Raises
    ------
    CannotRun
        If there is none; the sentence names them all.
    """
    for suite in SUITES:
        if suite.name == name:
            return suite
    raise CannotRun(f"There is no suite {name!r}; there are: {', '.join(suite.name for suite in SUITES)}.")
