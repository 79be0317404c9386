"""Blocks served on JACK's dummy driver while the interpreter is kept busy, beside an ordinary Python callback."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bench.adversaries import ADVERSARIES
from livehost.bench.jack import JackServer, jack_server, need_portaudio
from livehost.bench.jack_rig import drum_bank
from livehost.bench.material import RATE, write_take
from livehost.bench.suite import CannotRun, Context, Figure, Kind
from livehost.synthesis.takes import make_take

#: Seconds beside each adversary: in one slice, and in all; a process is started afresh for every round of slices.
_SLICE_S, _TOTAL_S, _ALONE_S = 10.0, 20.0, 5.0
_QUICK_S, _PYTHON_S = 1.0, 3.0
#: A second is short: where a quick round serves a smaller share than this, %, others follow, and all of them count.
_SURE, _QUICK_MOST = 98.5, 4
#: Threads that have to be SCHED_FIFO: jackd's, audio, worker.
_URGENT = 3
_NAMES = {"spin": "a Python loop", "sort": "sorted() with the GIL held", "gc": "gc.collect() of 1,000,000 objects"}


def round_of(slice_s: float, alone_s: float) -> list[str]:
    """Put each adversary between two slices without one."""
    alone = f"none={alone_s:g}"
    return [alone, *(load for name in ADVERSARIES for load in (f"{name}={slice_s:g}", alone))]


def play(
    server: JackServer, kind: str, bank: Path, take: Path, loads: list[str], settings: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Run one round in a process of its own, with other settings than the usual ones by their keys.

    Raises
    ------
    CannotRun
        Where it does not play.
    """
    command = [sys.executable, "-m", "livehost.bench.soak_worker", kind, str(bank), str(take)]
    command += [*(f"{key}={value}" for key, value in (settings or {}).items()), *loads]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=server.environment)
    if done.returncode != 0:
        raise CannotRun(f"The soak's process has ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def per_second(rounds: list[dict[str, Any]], load: str) -> float:
    """Blocks served per second beside a load."""
    rows = [row for result in rounds for row in result["rows"] if row["load"] == load]
    return sum(row["blocks"] for row in rows) / sum(row["seconds"] for row in rows)


def shares(rounds: list[dict[str, Any]], load: str) -> list[float]:
    """Per cent of blocks served in each slice beside a load, of those served in the two slices around it."""
    out = []
    for result in rounds:
        rates = [row["blocks"] / row["seconds"] for row in result["rows"]]
        for k, row in enumerate(result["rows"]):
            if row["load"] == load:
                out.append(100 * rates[k] / float(np.mean([rates[k - 1], rates[k + 1]])))
    return out


def planned(context: Context) -> tuple[list[str], int]:
    """Give the loads of a round, and how many rounds there are to be."""
    total = _TOTAL_S if context.minutes is None else 60 * context.minutes
    slice_s = _QUICK_S if context.quick else min(_SLICE_S, total)
    return round_of(slice_s, min(_ALONE_S, slice_s)), 1 if context.quick else max(1, round(total / slice_s))


def long_take(context: Context, loads: list[str]) -> Path:
    """Write a take that is longer than a round."""
    seconds = sum(float(load.partition("=")[2]) + 3.0 for load in loads)
    return write_take(context.scratch / "take.wav", np.tile(make_take(1, RATE, 10.0)[0], int(seconds / 10) + 1))


def urgent_threads(server: JackServer, played: list[dict[str, Any]]) -> int:
    """Count those of jackd's, the audio and the worker thread that were SCHED_FIFO."""
    return server.realtime + sum(all(r["fifo"][name] for r in played) for name in ("audio", "worker"))


def served(played: list[dict[str, Any]], fifo: int) -> Iterator[Figure]:
    """Give the share of blocks that were served beside each adversary."""
    # threads of ordinary priority wait for the scheduler: then this is the host's tail
    kind: Kind = "ratio" if fifo == _URGENT else "tail"
    for load in ADVERSARIES:
        share = 100 * per_second(played, load) / per_second(played, "none")
        yield Figure(f"served beside {load}", share, "%", kind, shares(played, load), better="higher",
                     note=f"{_NAMES[load]}, against slices without")  # fmt: skip


def lowest(rounds: list[dict[str, Any]]) -> float:
    """Give the smallest share of any adversary, %."""
    return min(100 * per_second(rounds, load) / per_second(rounds, "none") for load in ADVERSARIES)


def play_rounds(context: Context, rounds: int, one: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
    """Play so many rounds, more where a quick one served too little to be sure."""
    played: list[dict[str, Any]] = []
    while len(played) < rounds or (context.quick and len(played) < _QUICK_MOST and lowest(played) < _SURE):
        context.say(f"round {len(played) + 1} of {rounds} …")
        played.append(one())
    return played


def run(context: Context) -> Iterator[Figure]:
    """Play rounds of slices: without an adversary, beside one, without, beside the next, and so on."""
    need_portaudio()
    loads, rounds = planned(context)
    bank, take = drum_bank(context.scratch / "bank"), long_take(context, loads)
    with jack_server(RATE, 64) as server:
        if not server.realtime:
            context.say("jackd has no real-time priority here: the figures say little.")
        played = play_rounds(context, rounds, partial(play, server, "native", bank, take, loads))
        ordinary = []
        if not context.quick:
            context.say("an ordinary Python callback …")
            ordinary.append(play(server, "python", bank, take, round_of(_PYTHON_S, _PYTHON_S)))
        fifo, due = urgent_threads(server, played), RATE / 64
    yield Figure("served beside nothing", 100 * per_second(played, "none") / due, "%", "tail", better="higher",
                 note="of the blocks that are due: what the host itself loses")  # fmt: skip
    yield from served(played, fifo)
    for load in ADVERSARIES if ordinary else ():
        share = 100 * per_second(ordinary, load) / per_second(ordinary, "none")
        yield Figure(f"an ordinary callback beside {load}", share, "%", "tail", better="higher")
    for name in ("audio", "worker"):
        yield Figure(f"page faults, {name} thread", sum(r["faults"][name] for r in played), "count", "count")
    yield Figure("ring overruns", sum(r["overruns"] for r in played), "count", "count")
    yield Figure("threads with SCHED_FIFO", fifo, "count", "tail", better="higher", note="jackd, audio, worker")
    yield Figure("answers", sum(r["answers"] for r in played), "count", "tail", better="higher")
