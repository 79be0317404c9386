"""Attention on its way out: as a line of the log, and as OSC messages that fit a packet."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np

from livehost.bridge.osc.wire import encode

#: Newest positions that are sent.
LONGEST = 256
#: Positions of `/livehost/attention/source` in one message.
PIECE = 96
_PATH = "/livehost/attention"


def log_line(event: Mapping[str, Any], detail: str) -> dict[str, Any] | None:
    """Make the line that `livehost.view.attention.log` reads.

    Parameters
    ----------
    event : mapping
        An ``attention`` event with what `AttentionMemory.read` gives.
    detail : str
        "rows": every layer and head as float16; "mean": without them; "off".

    Returns
    -------
    dict or None
        None where there is nothing to log.
    """
    if detail == "off" or "rows" not in event:
        return None
    line = {key: event[key] for key in ("frame", "kind", "part", "step", "decision", "layers", "heads", "positions")}
    line["mean"] = [round(float(v), 5) for v in event["mean"]]
    line |= {key: event[key] for key in ("source", "index", "frames")}
    if detail == "rows":
        line["rows"] = base64.b64encode(event["rows"].astype("<f2").tobytes()).decode("ascii")
    return line


def newest(row: np.ndarray) -> list[float]:
    """Cut a row down to its newest `LONGEST` weights, brought back to a sum of 1."""
    kept = np.asarray(row, np.float64)[-LONGEST:]
    return (kept / max(kept.sum(), 1e-30)).tolist()


def messages(event: Mapping[str, Any]) -> dict[str, bytes]:
    """Build what the group attention gets of a step, by address (and piece)."""
    weights = newest(event["mean"])
    count = len(weights)
    first = event["positions"] - count
    out = {
        f"{_PATH}/frame": encode(f"{_PATH}/frame", "iiii", event["step"], event["layers"], event["heads"], count),
        f"{_PATH}/mean": encode(f"{_PATH}/mean", "f" * count, *weights),
        f"{_PATH}/top": _top(event, first),
    }
    pairs = list(zip(event["source"][first:], event["index"][first:], strict=True))
    for at in range(0, count, PIECE):
        values = [v for pair in pairs[at : at + PIECE] for v in pair]
        out[f"{_PATH}/source {at}"] = encode(f"{_PATH}/source", "i" * (1 + len(values)), at, *values)
    return out


def head_messages(event: Mapping[str, Any]) -> dict[str, bytes]:
    """Build what the group heads gets of a step: a row for each layer and head."""
    out = {}
    for layer, rows in enumerate(event["rows"]):
        for head, row in enumerate(rows):
            path, weights = f"{_PATH}/{layer:02d}/{head:02d}", newest(row)
            out[path] = encode(path, "f" * len(weights), *weights)
    return out


def _top(event: Mapping[str, Any], first: int) -> bytes:
    triples = zip(event["top_position"], event["top_weight"], event["top_index"], strict=True)
    kept = [(position - first, weight, index) for position, weight, index in triples if position >= first]
    return encode(f"{_PATH}/top", "ifi" * len(kept), *(v for triple in kept for v in triple))
