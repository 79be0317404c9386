"""The process that a soak runs: livehost itself, or an ordinary Python callback, with adversaries beside it.

``python -m livehost.bench.soak_worker native|python BANK INPUT KEY=VALUE … LOAD=SECONDS …`` plays on, with settings by
their keys, and for each load in turn counts the blocks that were served in that time. ``swaps=N`` swaps banks, models
and contexts so often meanwhile (BANK has a folder ``other`` beside it), ``decisions=1`` tells of every decision. It
prints one JSON object.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil

from livehost.bench.adversaries import adversary
from livehost.bench.swapper import Swapper
from livehost.players.modes import in_mode

_WARM_UP_S, _SETTLE_S = 1.0, 0.2
#: What is no setting and no load.
_FLAGS = ("swaps", "decisions")
#: Fields of /proc/PID/stat, from 0, behind the command's name.
_MINOR, _MAJOR, _PRIORITY = 7, 9, 37
#: What tells of decisions, for `livehost.bench.suites.armed.read`.
_OF_DECISIONS = frozenset({"segment", "next", "sample"})
_FIELDS = ("kind", "frame", "part", "decide_ms", "fallback")
Count = Callable[[], int]


def thread_stat(tid: int) -> list[int]:
    """Numbers of a thread's stat behind its name and state; `_MINOR`, `_MAJOR`, `_PRIORITY` index it."""
    with open(f"/proc/self/task/{tid}/stat", encoding="ascii") as file:  # noqa: PTH123
        return [0, *map(int, file.read().rpartition(")")[2].split()[1:])]


def faults(tid: int) -> int:
    """Page faults of a thread so far."""
    stat = thread_stat(tid)
    return stat[_MINOR] + stat[_MAJOR]


def reading(count: Count) -> tuple[int, int]:
    """Time (ns) and count of one instant: read again where the interpreter was taken away in between."""
    while True:
        before = time.monotonic_ns()
        value = count()
        if time.monotonic_ns() - before < 200_000:
            return before, value


def held() -> dict[str, int]:
    """Count what this process holds: resident memory (bytes), open files and sockets, threads."""
    process = psutil.Process()
    return {"resident": process.memory_info().rss, "handles": process.num_fds(), "threads": process.num_threads()}


def slices(loads: list[str], count: Count) -> list[dict[str, Any]]:
    """Blocks served beside each load in turn, when, and what the process holds afterwards."""
    rows, began = [], time.monotonic()
    for text in loads:
        load, _, seconds = text.partition("=")
        with adversary(load):
            time.sleep(_SETTLE_S)
            begin, first = reading(count)
            time.sleep(float(seconds))
            end, last = reading(count)
        at = {"load": load, "at_s": time.monotonic() - began, "seconds": (end - begin) / 1e9, "blocks": last - first}
        rows.append(at | held())
    return rows


def native(bank: str, heard: str, given: list[str]) -> dict[str, Any]:
    """Livehost on the sound card, answering a take or what comes in there."""
    from livehost.settings import Settings
    from livehost.stage.stage import Stage

    values = Settings()
    settings = dict(text.split("=", 1) for text in given if "." in text.partition("=")[0])
    flags = {name: int(value) for name, _, value in (text.partition("=") for text in given) if name in _FLAGS}
    loads = [text for text in given if text.partition("=")[0] not in {*settings, *_FLAGS}]
    card = {"bank.dir": bank, "audio.driver": "portaudio", "audio.input": heard, "osc.in_port": 0, **in_mode("answer")}
    values.update({**card, **settings}, "flag")
    stage = Stage(values, tell=lambda _text: None)
    decided: list[dict[str, Any]] = []
    if flags.get("decisions"):
        stage.bus.subscribe(lambda event: decided.append(event) if event["kind"] in _OF_DECISIONS else None)
    stage.start()
    seconds = sum(float(load.partition("=")[2]) + _SETTLE_S for load in loads)
    swapper = Swapper(stage.control, stage.bus, str(values["bank.dir"]), flags.get("swaps", 0), seconds)
    time.sleep(_WARM_UP_S)
    tids = {"audio": int(stage.engine["tid"]), "worker": int(stage.worker["tid"])}
    before = {name: faults(tid) for name, tid in tids.items()}
    overruns = stage.monitor.counters()["ring overruns"]
    swapper.start()
    rows = slices(loads, lambda: stage.engine["blocks"])  # type: ignore[arg-type, return-value]
    swapper.stop()
    result = {
        "rows": rows,
        "faults": {name: faults(tid) - before[name] for name, tid in tids.items()},
        "fifo": {name: os.sched_getscheduler(tid) & 0xF == os.SCHED_FIFO for name, tid in tids.items()},
        "overruns": stage.monitor.counters()["ring overruns"] - overruns,
        "answers": stage.monitor.stats.counts["sample"],
        "decided": [{field: event[field] for field in _FIELDS if field in event} for event in decided],
        "xruns": stage.monitor.counters()["xruns"],
        "swaps": swapper.done,
        "took_s": swapper.took_s,
        "refused": swapper.refused,
    }
    stage.close()
    return result


def python(loads: list[str]) -> dict[str, Any]:
    """Silence from an ordinary callback, as most Python programs do it."""
    import sounddevice as sd

    served = [0]

    def callback(outdata: Any, *_: object) -> None:
        served[0] += 1
        outdata[:] = 0

    stream = sd.OutputStream(
        channels=2, samplerate=48_000, blocksize=64, dtype="float32", latency="low", callback=callback
    )
    with stream:
        time.sleep(_WARM_UP_S)
        return {"rows": slices(loads, lambda: served[0])}


if __name__ == "__main__":
    kind, bank, heard, *given = sys.argv[1:]
    result = native(bank, heard, given) if kind == "native" else python(given)
    print(json.dumps(result), flush=True)  # noqa: T201
