"""Which segments of several renderings are the same event of the music."""

from collections.abc import Sequence

import numpy as np

from livehost.studio.audio_data.recording import Stream

#: Notes nearer than this are one event: the refractory time of the detector hides the later ones.
CLUSTER_S = 0.035
#: How far an onset may lie from its event, after the instrument's usual lag is taken off.
TOLERANCE_S = 0.035
#: Slow attacks are found late: an instrument's usual lag is sought up to here.
LAG_S = (-0.02, 0.09)


def clusters(seconds: np.ndarray) -> np.ndarray:
    """Return the times of events from times of notes: the first note of each group, float64 [n]."""
    out: list[float] = []
    for second in np.sort(seconds):
        if not out or second - out[-1] > CLUSTER_S:
            out.append(float(second))
    return np.array(out)


def _nearest(events: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Return for each time the index of the nearest event."""
    right = np.clip(np.searchsorted(events, seconds), 1, max(len(events) - 1, 1))
    left = right - 1
    right = np.minimum(right, len(events) - 1)
    return np.where(np.abs(seconds - events[left]) <= np.abs(events[right] - seconds), left, right)


def match(events: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Return for each event the index of its onset, or -1.

    Parameters
    ----------
    events : ndarray of float64, shape [n]
        Times of the music, in seconds, rising.
    seconds : ndarray of float64, shape [m]
        Times of onsets found, rising.

    Returns
    -------
    ndarray of int64, shape [n]
        Rising where it is not -1: each onset belongs to one event at most.
    """
    found = np.full(len(events), -1, np.int64)
    if len(events) == 0 or len(seconds) == 0:
        return found
    lags = seconds - events[_nearest(events, seconds)]
    usual = lags[(lags > LAG_S[0]) & (lags < LAG_S[1])]
    shifted = seconds - (np.median(usual) if len(usual) else 0.0)
    owner = _nearest(events, shifted)
    distance = np.abs(shifted - events[owner])
    best = np.full(len(events), np.inf)
    for index in np.flatnonzero(distance <= TOLERANCE_S):
        event = owner[index]
        if distance[index] < best[event]:
            found[event], best[event] = index, distance[index]
    return found


def align(streams: Sequence[Stream], seconds: np.ndarray, rate: int) -> tuple[Stream, ...]:
    """Keep the events that every stream has.

    Parameters
    ----------
    streams : sequence of Stream
        Renderings on one clock.
    seconds : ndarray of float64
        Onsets of all notes, in seconds, in any order.
    rate : int
        Sample rate in Hz.

    Returns
    -------
    tuple of Stream
        All of one length; segment i of each is the same event.
    """
    events = clusters(seconds)
    matches = [match(events, stream.onset / rate) for stream in streams]
    kept = np.all([found >= 0 for found in matches], axis=0)
    return tuple(stream.take(found[kept]) for stream, found in zip(streams, matches, strict=True))
