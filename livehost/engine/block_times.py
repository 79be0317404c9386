"""How long the callback takes: a histogram with logarithmic bins that native code fills, and what is read from it."""

import numpy as np

#: Bins of the histogram of the callback's run time: eight to an octave, from 1 ns.
BINS, BINS_PER_OCTAVE = 320, 8


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
