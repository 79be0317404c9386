"""Tap tempo: the tempo of somebody who taps along, and where the beat lies."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from livehost.bridge.tempo.clock import FASTEST, SLOWEST

#: Taps that count, from the newest back; so many are needed.
_TAPS, _NEEDED = 8, 3
#: A pause of so many beats begins a new series.
_PAUSE_BEATS = 2.2
_LONGEST_NS, _SHORTEST_NS = 60e9 / SLOWEST, 60e9 / FASTEST


@dataclass(frozen=True)
class Tapped:
    """What was tapped.

    Attributes
    ----------
    beat_ns : float
        Length of a beat, ns.
    ns : int
        When the newest beat was, by all taps of the series, ns of the monotonic clock.
    confidence : float
        1 where the taps are even, towards 0 where they are not.
    """

    beat_ns: float
    ns: int
    confidence: float


class TapTempo:
    """Fits a straight line through the newest taps."""

    def __init__(self) -> None:
        self._taps: deque[int] = deque(maxlen=_TAPS)

    def tap(self, ns: int) -> Tapped | None:
        """Take in a tap.

        Parameters
        ----------
        ns : int
            When, ns of the monotonic clock.

        Returns
        -------
        Tapped or None
            None until there are three of a series: two taps may be a slip.
        """
        taps = self._taps
        if taps:
            gap = ns - taps[-1]
            if gap < _SHORTEST_NS:
                return None  # the same tap twice
            usual = float(np.median(np.diff(taps))) if len(taps) > 1 else _LONGEST_NS
            if gap > min(_PAUSE_BEATS * usual, _LONGEST_NS):
                taps.clear()
        taps.append(ns)
        if len(taps) < _NEEDED:
            return None
        times = np.array(taps, np.float64) - taps[0]
        beats = np.arange(len(times))
        beat_ns, first = np.polyfit(beats, times, 1)
        spread = float(np.abs(times - (first + beat_ns * beats)).mean()) / beat_ns
        return Tapped(float(beat_ns), taps[0] + round(first + beat_ns * beats[-1]), max(0.0, 1 - 4 * spread))
