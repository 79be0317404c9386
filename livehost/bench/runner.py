"""Runs suites one after another, judges their figures, and tells; whatever was measured before an end is kept."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from livehost.bench import budgets, compare, host
from livehost.bench.confirm import confirm
from livehost.bench.parallel import processes, run_beside
from livehost.bench.results import Results, SuiteResult, read_base
from livehost.bench.run import run_one
from livehost.bench.suite import SUITES, CannotRun, Context, Suite, find
from livehost.bench.table import suite_table
from livehost.rt import compile_cache

#: Exit codes.
WITHIN, BROKEN, COULD_NOT = 0, 1, 2
#: Length of the probe of the host, at the start and at the end.
_PROBE_S, _PROBE_QUICK_S = 4.0, 1.0


def run_suites(
    names: Sequence[str] = (),
    *,
    quick: bool = False,
    json_path: Path | None = None,
    minutes: float | None = None,
    console: Console | None = None,
    base_path: Path | None = None,
    report: Path | None = None,
    peers: bool = False,
    budgets_path: Path | None = None,
) -> int:
    """Measure this machine.

    Parameters
    ----------
    names : sequence of str
        Suites; none: all of them, with `quick` those that belong to it.
    quick : bool
        Short: for every commit.
    json_path : Path, optional
        File that gets all figures.
    minutes : float, optional
        Length of the soak.
    console : rich.console.Console, optional
    base_path : Path, optional
        JSON file of an earlier run to compare with.
    report : Path, optional
        Folder that gets a page and pictures.
    peers : bool
        Measure other programs beside.
    budgets_path : Path, optional
        Budgets in place of livehost's own.

    Returns
    -------
    int
        0: all that was measured is within budget; 1: a budget broken, or slower than the base; 2: something could not
        run. What needs a tool that is not installed is told of, and counts as the last only where its suite was asked
        for by name, or ``CI=true`` says that everything must be there.

    Raises
    ------
    CannotRun
        For an unknown suite, and unusable budgets or base.
    """
    console = console or Console()
    limits = budgets.load(budgets_path or budgets.default_path())
    base = read_base(base_path, quick=quick) if base_path is not None else None
    suites = [find(name) for name in names] or [
        s for s in SUITES if (s.quick or not quick) and (peers or not s.peers)
    ]  # fmt: skip
    began = time.monotonic()
    fitness = host.probe(_PROBE_QUICK_S if quick else _PROBE_S)
    _print(console, fitness.sentence())
    results = Results(quick, fitness)
    lines: list[str] = []
    context = Context(quick=quick, peers=peers, minutes=minutes, host_fit=fitness.fit, report=_quiet(console))
    try:
        for result in _measure(suites, context, results):
            _judge(result, limits, context)
            console.print(suite_table(result, limits))
            for line in (result.absent, result.trouble):
                if line:
                    _print(console, line)
        results.fitness = fitness.worse(host.probe(_PROBE_QUICK_S if quick else _PROBE_S))
        context.host_fit = results.fitness.fit
        for result in results.suites:
            _verdicts(result, limits, context)
        if quick:
            confirm(results, lambda names: _confirmation(suites, names, limits, context, results, console))
        if base is not None:
            again = [s for s in suites if not any(r.name == s.name and (r.trouble or r.absent) for r in results.suites)]
            changes = compare.compare(results, base, lambda names: _again(again, names, context, results, console))
            console.print(compare.change_table(changes))
            lines = [c.sentence for c in changes if c.regressed]
    except KeyboardInterrupt:
        _deaf_to_ctrl_c()
        results.interrupted = True
        for result in results.suites:
            if len(result.verdicts) != len(result.figures):
                _judge(result, limits, context, complete=False)
        _print(console, "Interrupted: what was measured is kept.")
    _insist(results, limits, names)
    results.seconds = time.monotonic() - began
    _tell(console, results, lines)
    kept = [_keep(console, results, limits, json_path, None), _keep(console, results, limits, None, report)]
    return exit_code(results, lines) if all(kept) else COULD_NOT


def _deaf_to_ctrl_c() -> None:
    """Let the one who presses it twice not lose what is being written."""
    with contextlib.suppress(ValueError):  # not the main thread: nobody can interrupt it
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _keep(
    console: Console, results: Results, limits: dict[budgets.Key, budgets.Budget], json_path: Path | None,
    report: Path | None,
) -> bool:  # fmt: skip
    """Write a file or a report; where one cannot be written, the other still is."""
    try:
        if json_path is not None:
            results.write(json_path)
        if report is not None:
            from livehost.bench.report import write_report

            _print(console, f"Wrote {write_report(report, results, limits)}.")
    except CannotRun as error:
        _print(console, str(error))
        return False
    return True


def _measure(suites: list[Suite], context: Context, results: Results) -> Iterator[SuiteResult]:
    """Run suites, those that measure no time beside one another and first; give each result when it is complete."""
    free = [s for s in suites if not s.timed]
    together = len(free) > 1 and processes() > 1
    if together:
        if not compile_cache.is_warm():
            compile_cache.compile_ahead(context.say)
        results.suites += [SuiteResult(s.name) for s in free]
        yield from run_beside(free, context, results.suites)
    for suite in suites:
        if suite.timed or not together:
            results.suites.append(SuiteResult(suite.name))
            run_one(suite, context, results.suites[-1])
            yield results.suites[-1]


def _judge(
    result: SuiteResult, limits: dict[budgets.Key, budgets.Budget], context: Context, complete: bool = True
) -> None:
    _verdicts(result, limits, context)
    if result.trouble or result.absent or not complete:
        return
    there = {f.name for f in result.figures}
    missing = [
        figure for (suite, figure), limit in limits.items()
        if suite == result.name and figure not in there and (limit.quick or not context.quick)
    ]  # fmt: skip
    if missing:
        result.trouble = f"{result.name} did not measure what has a budget: {', '.join(missing)}."


def _insist(results: Results, limits: dict[budgets.Key, budgets.Budget], names: Sequence[str]) -> None:
    """Count as trouble what was asked for and not measured for want of a tool: a named suite; with CI=true, all."""
    everything = os.environ.get("CI") == "true"
    for result in results.suites:
        lacking = [f.name for f in result.figures if f.absent and (result.name, f.name) in limits]
        if result.absent and (everything or result.name in names):
            result.trouble = result.trouble or result.absent
        elif lacking and everything:
            result.trouble = result.trouble or f"{result.name} did not measure {', '.join(lacking)}."


def _verdicts(result: SuiteResult, limits: dict[budgets.Key, budgets.Budget], context: Context) -> None:
    result.verdicts = []
    for figure in result.figures:
        try:
            limit = limits.get((result.name, figure.name))
            result.verdicts.append(budgets.judge(result.name, figure, limit, fit=context.host_fit))
        except CannotRun as error:  # a budget in another unit
            result.verdicts.append(budgets.Verdict("not measured"))
            result.trouble = str(error)


def _again(suites: list[Suite], names: set[str], context: Context, results: Results, console: Console) -> Results:
    """Run the suites of suspicious figures once more."""
    repeat = Results(results.quick, results.fitness)
    for suite in suites:
        if suite.name in names:
            _print(console, f"Looking again at {suite.name} …")
            result = SuiteResult(suite.name)
            run_one(suite, context, result)
            repeat.suites.append(result)
    return repeat


def _confirmation(
    suites: list[Suite], names: set[str], limits: dict[budgets.Key, budgets.Budget], context: Context,
    results: Results, console: Console,
) -> Results:  # fmt: skip
    """Run the suites of broken budgets once more, judge and show them."""
    repeat = _again(suites, names, context, results, console)
    results.fitness = results.fitness.worse(host.probe(_PROBE_QUICK_S))
    context.host_fit = results.fitness.fit
    for result in repeat.suites:
        _verdicts(result, limits, context)
        console.print(suite_table(result, limits))
    return repeat


def _tell(console: Console, results: Results, slower: list[str]) -> None:
    verdicts = [v for s in results.suites for v in s.verdicts]
    for verdict in verdicts:
        if verdict.sentence:
            _print(console, verdict.sentence)
    for line in slower:
        _print(console, line)
    counts = {state: sum(v.state == state for v in verdicts) for state in ("ok", "broken", "warning", "not measured")}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count or state in ("ok", "broken"))
    if without := [s.name for s in results.suites if s.absent]:
        told += f"; without {', '.join(without)}"
    _print(console, f"{told}; {results.seconds:.0f} s. {results.fitness.sentence()}")


def exit_code(results: Results, slower: Sequence[str]) -> int:
    """Sum a run up: a broken budget counts for more than a suite that could not run."""
    if slower or any(v.state == "broken" for s in results.suites for v in s.verdicts):
        return BROKEN
    if results.interrupted or any(s.trouble for s in results.suites):
        return COULD_NOT
    return WITHIN


def _print(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False)


def _quiet(console: Console):
    return lambda line: console.print(f"  {line}", style="dim", markup=False, highlight=False)
