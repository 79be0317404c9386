"""The vocabulary of a performance: 388 events, in four classes.

    0 … 127      note-on       of a MIDI pitch, with the velocity that was set last
    128 … 255    note-off      of a MIDI pitch
    256 … 355    time-shift    by 10 ms … 1 s
    356 … 387    velocity      of the note-ons that follow, in 32 bins of 4

Source: Oore et al. 2018, This Time with Feeling.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from livehost.errors import LivehostError

#: One step of time, seconds.
STEP_S = 0.01


@dataclass(frozen=True)
class EventClass:
    """One class of events.

    Attributes
    ----------
    name : str
    first, size : int
        Index of the first of its events, and how many there are.
    """

    name: str
    first: int
    size: int

    @property
    def end(self) -> int:
        """Index behind its last event."""
        return self.first + self.size


CLASSES = (
    EventClass("note-on", 0, 128),
    EventClass("note-off", 128, 128),
    EventClass("time-shift", 256, 100),
    EventClass("velocity", 356, 32),
)
NOTE_ON, NOTE_OFF, TIME_SHIFT, VELOCITY = (row.first for row in CLASSES)
#: Events in the vocabulary.
SIZE = CLASSES[-1].end
#: Longest time-shift, steps; MIDI velocities in a bin.
LONGEST_STEPS, BIN = CLASSES[2].size, 128 // CLASSES[3].size
#: Velocity of a note-on before any was set.
FIRST_VELOCITY = 66


def class_of(events: ArrayLike) -> np.ndarray:
    """Find the number of each event's class in `CLASSES`.

    Examples
    --------
    >>> class_of([60, 188, 256, 387]).tolist()
    [0, 1, 2, 3]
    """
    return np.searchsorted([row.end for row in CLASSES], np.asarray(events), side="right")


def name_of(event: int) -> str:
    """Say what an event is.

    Examples
    --------
    >>> [name_of(event) for event in (60, 188, 280, 372)]
    ['note-on 60', 'note-off 60', 'time-shift 250 ms', 'velocity 66']
    """
    row = CLASSES[int(class_of(check_events([event]))[0])]
    value = event - row.first
    if row.first == TIME_SHIFT:
        return f"{row.name} {shift_steps(event) * STEP_S * 1000:.0f} ms"
    return f"{row.name} {velocity_of(event) if row.first == VELOCITY else value}"


def shift_steps(event: int) -> int:
    """Count the steps of a time-shift."""
    return event - TIME_SHIFT + 1


def shift_of(steps: int) -> int:
    """Find the time-shift of so many steps (one or more), or the longest one where they are more.

    Examples
    --------
    >>> shift_of(25), shift_of(1000)
    (280, 355)
    """
    return TIME_SHIFT + min(steps, LONGEST_STEPS) - 1


def velocity_event(velocity: int) -> int:
    """Event that sets a velocity."""
    return VELOCITY + velocity // BIN


def velocity_of(event: int) -> int:
    """MIDI velocity that an event sets: the middle of its bin, 2 … 126."""
    return (event - VELOCITY) * BIN + BIN // 2


def check_events(events: ArrayLike) -> np.ndarray:
    """Give events as int64, refusing what is none.

    Raises
    ------
    LivehostError
        For numbers that are no events.
    """
    found = np.asarray(events)
    whole = found.astype(np.int64) if np.issubdtype(found.dtype, np.number) and np.isfinite(found).all() else None
    if whole is None or (whole != found).any() or (whole < 0).any() or (whole >= SIZE).any():
        raise LivehostError(f"Events are whole numbers from 0 to {SIZE - 1}.")
    return whole
