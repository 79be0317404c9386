"""python-rtmixer beside us: native mixing, but every decision is Python's.

``python -m livehost.bench.peers_rtmixer`` with ``rtmixer SECONDS LOAD …`` or ``livehost BANK TAKE SECONDS LOAD …``
prints JSON.
"""

import json
import sys
import time
from typing import Any

import numpy as np

from livehost.bench.adversaries import adversary

_RATE, _BLOCK = 48_000, 64
_AHEAD_S, _EVERY_S, _SETTLE_S = 0.25, 0.05, 0.3


def play(seconds: float, loads: list[str]) -> list[dict[str, Any]]:
    """Schedule clicks ahead, and start others as soon as a Python thread can, beside each load in turn.

    Returns
    -------
    list of dict
        For each load: ``served`` (% of the blocks due), ``placed_frames`` (actual − requested, of clicks scheduled
        250 ms ahead), ``answer_ms`` (from the moment a click was due to its first sample, of clicks asked for then).
    """
    import rtmixer

    click = np.zeros(64, np.float32)
    click[0] = 0.5
    rows = []
    stream = rtmixer.Mixer(channels=1, samplerate=_RATE, blocksize=_BLOCK, latency="low")
    with stream:
        time.sleep(_SETTLE_S)
        for load in loads:
            with adversary(load):
                time.sleep(_SETTLE_S)
                stream.fetch_and_reset_stats()
                began = stream.time
                planned, asked = [], []
                due = began + _EVERY_S
                while due < began + seconds:
                    planned.append(stream.play_buffer(click, channels=1, start=due + _AHEAD_S))
                    while (left := due - stream.time) > 0:
                        time.sleep(left)
                    asked.append((due, stream.play_buffer(click, channels=1)))
                    due += _EVERY_S
                stats, lasted = stream.fetch_and_reset_stats(), stream.time - began
                time.sleep(_AHEAD_S + _EVERY_S)
            rows.append(
                {
                    "load": load,
                    "served": 100 * stats.stats.blocks * _BLOCK / _RATE / lasted,
                    "placed_frames": [(a.actual_time - a.requested_time) * _RATE for a in planned if a.actual_time],
                    "answer_ms": [(a.actual_time - when) * 1000 for when, a in asked if a.actual_time],
                }
            )
    return rows


def answer(bank: str, take: str, seconds: float, loads: list[str]) -> list[dict[str, Any]]:
    """Let livehost answer a take in real time, beside each load in turn.

    Returns
    -------
    list of dict
        For each load ``answer_ms``: from each detected onset to the first sample of its answer.
    """
    from pathlib import Path

    from livehost.bench.material import make_settings
    from livehost.stage.stage import Stage

    values = make_settings(Path(bank), "null", audio__input=take, run__seconds=3600.0)
    stage, rows = Stage(values, lambda _: None), []
    events: list[dict[str, Any]] = []
    stage.bus.subscribe(events.append)
    stage.start()
    try:
        for load in loads:
            with adversary(load):
                time.sleep(_SETTLE_S)
                began = int(stage.engine["frame"])
                time.sleep(seconds)
                ended = int(stage.engine["frame"])
            time.sleep(_SETTLE_S)
            told = [e for e in events if e["kind"] == "sample" and began <= e["frame"] < ended]
            rows.append({"load": load, "answer_ms": [e["onset_to_sound_ms"] for e in told if e["reason"] == "answer"]})
    finally:
        stage.close()
    return rows


if __name__ == "__main__":
    program, *rest = sys.argv[1:]
    if program == "rtmixer":
        result = play(float(rest[0]), rest[1:])
    else:
        result = answer(rest[0], rest[1], float(rest[2]), rest[3:])
    print(json.dumps(result), flush=True)  # noqa: T201
