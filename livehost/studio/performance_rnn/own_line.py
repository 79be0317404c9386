"""Own lines that are partly wrong: what a model must go on from on stage, where it hears what it has played itself.

A pitch that is played in place of the right one is released, too, and that is what is to be done then; what comes next
stays what it was.
"""

import numpy as np

from livehost.performance.stream import OWN
from livehost.performance.vocabulary import NOTE_OFF, NOTE_ON, VELOCITY


def own_strikes(events: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Find the note-ons of its own line."""
    return np.flatnonzero((sources == OWN) & (events < NOTE_OFF))


def own_velocities(events: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Find the velocities of its own line."""
    return np.flatnonzero((sources == OWN) & (events >= VELOCITY))


def play_instead(events: np.ndarray, sources: np.ndarray, targets: np.ndarray, at: int, pitch: int) -> None:
    """Play another pitch at a note-on, and release it, in place.

    Parameters
    ----------
    events, sources, targets : numpy.ndarray
        Int64 [events], as in `livehost.performance.stream.Stream`.
    at : int
        Where the note-on stands.
    pitch : int
    """
    release = NOTE_OFF + int(events[at]) - NOTE_ON
    ends = np.flatnonzero((events[at:] == release) & (sources[at:] == OWN))
    end = at + int(ends[0]) if len(ends) else len(events)
    due = targets[at:end]
    due[due == release] = NOTE_OFF + pitch
    events[at] = NOTE_ON + pitch
    if end < len(events):
        events[end] = NOTE_OFF + pitch
