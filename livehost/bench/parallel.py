"""Suites that measure no time, run beside one another: a process for each processor, each takes the next suite.

Their figures count frames, bytes and faults, so neighbours do not change them. What was measured before Ctrl-C is kept.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from typing import Any

from livehost.bench.results import SuiteResult
from livehost.bench.run import run_one
from livehost.bench.suite import Context, Suite, find

Say = Callable[[str], None]


def processes() -> int:
    """How many suites run at once: one for each processor, and no more than pay for their start."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(ours, 4)


def _serve(line: Connection) -> None:
    """Run the suites that come over the line, and send each of their figures as soon as it is there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    while True:
        job = line.recv()
        if job is None:
            return
        name, context = job
        result = SuiteResult(name)
        told = replace(context, report=lambda text: line.send(("say", text)))
        run_one(find(name), told, result, lambda figure: line.send(("figure", figure)))
        line.send(("end", result))


def run_beside(suites: list[Suite], context: Context, results: list[SuiteResult]) -> Iterator[SuiteResult]:
    """Run suites at once.

    Parameters
    ----------
    suites : list of Suite
    context : Context
        Its `report` gets their lines.
    results : list of SuiteResult
        One a suite, in the same order; filled as figures come.

    Yields
    ------
    SuiteResult
        Each as soon as it is complete.
    """
    spawn = multiprocessing.get_context("spawn")
    waiting = list(zip(suites, results, strict=True))
    quiet = replace(context, report=_nothing)
    lines: dict[Any, tuple[Any, SuiteResult | None]] = {}
    try:
        for _ in range(min(processes(), len(suites))):
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            theirs.close()
            lines[ours] = (process, _next(ours, waiting, quiet))
        while any(result for _, result in lines.values()):
            busy: list[Any] = [line for line, (_, result) in lines.items() if result]
            for line in list[Any](wait(busy)):
                process, result = lines[line]
                if result is None:
                    continue
                try:
                    kind, what = line.recv()
                except EOFError:
                    result.trouble = f"{result.name} failed: its process has ended."
                    lines[line] = (process, None)
                    yield result
                    continue
                if kind == "say":
                    context.say(f"{result.name}: {what}")
                elif kind == "figure":
                    result.figures.append(what)
                else:
                    vars(result).update(vars(what))
                    lines[line] = (process, _next(line, waiting, quiet))
                    yield result
        for _, result in waiting:  # nobody was left to run them
            result.trouble = f"{result.name} could not run: every process has ended."
            yield result
    finally:
        for line, (process, result) in lines.items():
            with contextlib.suppress(OSError):  # it may have ended by itself
                if result is None:
                    line.send(None)
                    process.join(1.0)
            process.terminate()
            line.close()


def _next(line: Any, waiting: list[tuple[Suite, SuiteResult]], context: Context) -> SuiteResult | None:
    if not waiting:
        return None
    suite, result = waiting.pop(0)
    line.send((suite.name, context))
    return result


def _nothing(_text: str) -> None:
    """Say nothing."""
