"""The file of a session's plans: every ``next`` event, as native records, a fifth of what a log would take."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.session_folder.blocks import BlockWriter, read_blocks

FORMAT, KIND = 2, "livehost plans"
_CHOICES = 8
PLAN = np.dtype(
    [
        ("frame", "<i8"),
        ("decision", "<i8"),
        ("decide_ms", "<f4"),
        ("heard_ms", "<f4"),
        ("part", "i1"),
        ("fallback", "i1"),
        ("sounding", "i1"),
        ("now", "i1"),
        ("index", "<i4", (_CHOICES,)),  # -1 behind the last
        ("probability", "<f4", (_CHOICES,)),
    ]
)
_NUMBERS = ("frame", "decision", "decide_ms", "heard_ms", "part", "fallback", "sounding", "now")


def plan_bytes(event: Mapping[str, Any]) -> bytes:
    """Pack a ``next`` event as a `PLAN`."""
    plan = np.zeros(1, PLAN)
    for name in _NUMBERS:
        plan[name] = event[name]
    count = min(len(event["index"]), _CHOICES)
    plan["index"] = -1
    plan["index"][0, :count], plan["probability"][0, :count] = event["index"][:count], event["probability"][:count]
    return plan.tobytes()


def open_plans(path: Path, rate: float) -> BlockWriter:
    """Create the file; raises OSError where it cannot be."""
    return BlockWriter(path, KIND, FORMAT, rate)


def read_plans(path: Path) -> Iterator[dict[str, Any]]:
    """Give every plan as the log has it, but for the names of the items.

    Raises
    ------
    LivehostError
        Where the file cannot be read, or is none.
    """
    for block in read_blocks(path, KIND, FORMAT):
        for plan in np.frombuffer(block, PLAN):
            count = int((plan["index"] >= 0).sum())
            told = {name: plan[name].item() for name in _NUMBERS}
            yield {
                **told, "kind": "next", "index": plan["index"][:count].tolist(),
                "probability": plan["probability"][:count].tolist(),
            }  # fmt: skip
