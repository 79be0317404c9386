"""Statistics of a session: every latency is kept, nothing is trimmed."""

from array import array
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from livehost.settings import PARTS

#: So many plans in a row by a stand-in mean that the model fails.
FAILING = 8


def percentiles(values: Any) -> tuple[float, float, float]:
    """Median, 99th percentile and maximum; nan where there is nothing."""
    data = np.asarray(values, np.float64)
    if data.size == 0:
        return (float("nan"),) * 3
    return float(np.median(data)), float(np.percentile(data, 99)), float(data.max())


class SessionStats:
    """Counts events and keeps the latencies that they carry."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.onset_to_sound_ms = array("f")
        self.decide_ms = array("f")
        self.fallbacks = 0
        self._in_a_row = [0] * PARTS

    def event(self, event: Mapping[str, Any]) -> None:
        """Take in one event."""
        kind = event["kind"]
        self.counts[kind] += 1
        if kind == "sample":
            self.fallbacks += event["fallback"]
            if event["onset_to_sound_ms"] is not None and event["reason"] == "answer":
                self.onset_to_sound_ms.append(event["onset_to_sound_ms"])
        elif kind == "next":
            self.decide_ms.append(event["decide_ms"])
            self._in_a_row[event["part"]] = self._in_a_row[event["part"]] + 1 if event["fallback"] else 0

    @property
    def model_fails(self) -> bool:
        """Whether another player has armed the last plans in place of a model."""
        return max(self._in_a_row) >= FAILING
