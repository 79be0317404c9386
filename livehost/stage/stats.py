"""What an evening's figures are made of: every latency is kept, nothing is trimmed."""

from array import array
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

#: Bins of the histogram of the callback's run time: eight to an octave, from 1 ns.
BINS, BINS_PER_OCTAVE = 320, 8
#: So many plans in a row by a stand-in mean that the model fails.
FAILING = 8


def percentiles(values: Any) -> tuple[float, float, float]:
    """Median, 99th percentile and maximum; nan where there is nothing."""
    data = np.asarray(values, np.float64)
    if data.size == 0:
        return (float("nan"),) * 3
    return float(np.median(data)), float(np.percentile(data, 99)), float(data.max())


def histogram_edges_us() -> np.ndarray:
    """Lower edges of the histogram's bins, µs."""
    return 2.0 ** (np.arange(BINS) / BINS_PER_OCTAVE) / 1000


def histogram_percentiles(counts: np.ndarray, edges: np.ndarray, longest: float) -> tuple[float, float, float]:
    """Median and 99th percentile (upper edge of their bin) of a histogram, and the longest that was measured."""
    total = int(counts.sum())
    if total == 0:
        return (float("nan"),) * 3
    cumulative = np.cumsum(counts)
    places = [int(np.searchsorted(cumulative, share * total)) for share in (0.5, 0.99)]
    upper = np.append(edges[1:], np.inf)
    return float(min(upper[places[0]], longest)), float(min(upper[places[1]], longest)), longest


class Figures:
    """Counts events and keeps the latencies that they carry."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.onset_to_sound_ms = array("f")
        self.decide_ms = array("f")
        self.fallbacks = 0
        self._in_a_row = 0

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
            self._in_a_row = self._in_a_row + 1 if event["fallback"] else 0

    @property
    def model_fails(self) -> bool:
        """Whether another player has armed the last plans in place of the model."""
        return self._in_a_row >= FAILING
