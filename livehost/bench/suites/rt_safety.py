"""Whether the real-time threads stay clear of the interpreter, of the allocator and of the pager."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from livehost.bench import compiled_objects as objects
from livehost.bench import material
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.rt import audit

#: Allowed in a worker only: the callback waits for nothing.
_WAITS = {"sem_wait", "clock_nanosleep", "nanosleep", "Sleep"}


def _report(context: Context) -> dict[str, Any]:
    """Read the machine code: in a quick run of the objects that are kept, else of everything compiled afresh."""
    try:
        if context.quick:
            return objects.run()
        context.say("everything is compiled afresh, to read the machine code …")
        return audit.run()
    except RuntimeError as error:
        raise CannotRun(str(error)) from None


def run(context: Context) -> Iterator[Figure]:
    """Audit the machine code, then watch both threads at work."""
    yield from audited(_report(context))
    context.say("watching both real-time threads at work …")
    yield from watched(context, 4.0 if context.quick else 20.0)


def forbidden_in(finding: Mapping[str, Any]) -> set[str]:
    """Name what one function must not call: what the audit forbids, and in the callback whatever waits."""
    waits = _WAITS & set(finding["symbols"]) if finding["thread"] == "callback" else set()
    return set(finding["forbidden"]) | waits


def audited(report: Mapping[str, Any]) -> Iterator[Figure]:
    """Give the figures of what `livehost.rt.audit.run` found."""
    forbidden = sorted(f"{s} in {f['name']}" for f in report["findings"] for s in forbidden_in(f))
    caught = sum(bool(m["forbidden"]) for m in report["mutants"])
    yield Figure("functions examined", len(report["findings"]), "count", "count", better="higher", noise=1.0)
    yield Figure("forbidden symbols", len(forbidden), "count", "count", note=", ".join(forbidden[:3]))
    yield Figure("mutants caught", caught, "count", "count", better="higher", note=f"of {len(report['mutants'])}")
    unreached = report["unreached"]
    yield Figure("kernels that nothing vouches for", len(unreached), "count", "count", note=", ".join(unreached[:3]))


def watched(context: Context, seconds: float) -> Iterator[Figure]:
    """Play in a process of its own, in real time, and count what the threads did after their first second."""
    from livehost.synthesis.performer import perform

    take = material.write_take(context.scratch / "take.wav", perform(seconds + 3.0, material.RATE, 3)[0])
    done = subprocess.run(
        [sys.executable, "-m", "livehost.bench.realtime_counts", str(material.demo_bank()), str(take), str(seconds)],
        capture_output=True, text=True, check=False, env={**os.environ, "NUMBA_NRT_STATS": "1"},
    )  # fmt: skip
    if done.returncode != 0:
        raise CannotRun(f"livehost did not play: {done.stderr.strip().splitlines()[-1:]}")
    seen = json.loads(done.stdout.splitlines()[-1])
    note = f"{seen['voices']} voices in {seconds:g} s"
    for thread in ("audio", "worker"):
        faults = seen[f"{thread}_faults"]
        if faults is None:
            yield Figure(f"page faults, {thread} thread", float("nan"), "count", "count", note="only Linux counts them")
        else:
            yield Figure(f"page faults, {thread} thread", faults, "count", "count", note=note)
    yield Figure("allocations while playing", seen["allocations"], "count", "count", note=note)
    yield Figure("ring overruns", seen["overruns"], "count", "count")
    yield Figure("resident memory, playing", seen["rss_mb"], "MB", "count", noise=0.1)
