"""The process that a soak runs: livehost itself, or an ordinary Python callback, with adversaries beside it.

``python -m livehost.bench.soak_worker native|python BANK TAKE KEY=VALUE … LOAD=SECONDS …`` plays on, with settings by
their keys, and for each load in turn counts the blocks that were served in that time. It prints one JSON object.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from livehost.bench.adversaries import adversary

_WARM_UP_S, _SETTLE_S = 1.0, 0.2
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


def slices(loads: list[str], count: Count) -> list[dict[str, Any]]:
    """Blocks served beside each load in turn."""
    rows = []
    for text in loads:
        load, _, seconds = text.partition("=")
        with adversary(load):
            time.sleep(_SETTLE_S)
            begin, first = reading(count)
            time.sleep(float(seconds))
            end, last = reading(count)
        rows.append({"load": load, "seconds": (end - begin) / 1e9, "blocks": last - first})
    return rows


def native(bank: str, take: str, given: list[str]) -> dict[str, Any]:
    """Livehost on the sound card, answering a take."""
    from livehost.settings import Settings
    from livehost.stage.stage import Stage

    values = Settings()
    settings = dict(text.split("=", 1) for text in given if "." in text.partition("=")[0])
    loads = [text for text in given if text.partition("=")[0] not in settings]
    card = {"bank.dir": bank, "audio.driver": "portaudio", "audio.input": take, "osc.in_port": 0}
    values.update({**card, **settings}, "flag")
    stage = Stage(values, tell=lambda _text: None)
    decided: list[dict[str, Any]] = []
    stage.bus.subscribe(lambda event: decided.append(event) if event["kind"] in _OF_DECISIONS else None)
    stage.start()
    time.sleep(_WARM_UP_S)
    tids = {"audio": int(stage.engine["tid"]), "worker": int(stage.worker["tid"])}
    before = {name: faults(tid) for name, tid in tids.items()}
    overruns = stage.monitor.counters()["ring overruns"]
    rows = slices(loads, lambda: stage.engine["blocks"])  # type: ignore[arg-type, return-value]
    result = {
        "rows": rows,
        "faults": {name: faults(tid) - before[name] for name, tid in tids.items()},
        "fifo": {name: os.sched_getscheduler(tid) & 0xF == os.SCHED_FIFO for name, tid in tids.items()},
        "overruns": stage.monitor.counters()["ring overruns"] - overruns,
        "answers": stage.monitor.stats.counts["sample"],
        "decided": [{field: event[field] for field in _FIELDS if field in event} for event in decided],
        "xruns": stage.monitor.counters()["xruns"],
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
    kind, bank, take, *given = sys.argv[1:]
    result = native(bank, take, given) if kind == "native" else python(given)
    print(json.dumps(result), flush=True)  # noqa: T201
