"""Notes ↔ events: one stream in time order, of what is played and what is heard.

At the same step note-offs come before note-ons, what is heard before what is played, low before high. A velocity is set
before a note-on where it is not the one that this player's last note-on had. Time-shifts belong to the player whose
event they lead to, and are cut where the other one plays within them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from livehost.performance.notes import NOTE, make_notes
from livehost.performance.vocabulary import (
    BIN,
    FIRST_VELOCITY,
    LONGEST_STEPS,
    NOTE_OFF,
    NOTE_ON,
    STEP_S,
    TIME_SHIFT,
    VELOCITY,
    check_events,
    class_of,
    shift_steps,
    velocity_of,
)

#: Sources of events.
OWN, HEARD = 0, 1
#: Target where nothing of its own follows any more.
NO_TARGET = -1


@dataclass(frozen=True)
class Stream:
    """Events of one stream.

    Attributes
    ----------
    events : numpy.ndarray
        Int64 [events], of the vocabulary.
    sources : numpy.ndarray
        Int64 [events], `OWN` or `HEARD`.
    steps : numpy.ndarray
        Int64 [events], the time after each event, in steps from the beginning.
    targets : numpy.ndarray
        Int64 [events], after each event the next one of its own line as seen from there: a time-shift leads to the next
        event of its own, whatever will be heard until then; `NO_TARGET` where there is none.
    """

    events: np.ndarray
    sources: np.ndarray
    steps: np.ndarray
    targets: np.ndarray

    def __len__(self) -> int:
        return len(self.events)


def quantise(notes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Round starts and ends to steps: each note lasts a step at least, and ends where its key is struck again.

    Times are rounded from the beginning on, so that no error adds up. Of notes that begin at one step with one pitch,
    the last one sounds.

    Parameters
    ----------
    notes : numpy.ndarray
        `NOTE` [notes], from 0 s on.

    Returns
    -------
    notes, spans : numpy.ndarray
        The notes that are left, by start and pitch; and int64 [notes, 2], first step and the one behind the last.
    """
    start = np.rint(notes["start_s"] / STEP_S).astype(np.int64)
    end = np.maximum(np.rint(notes["end_s"] / STEP_S).astype(np.int64), start + 1)
    order = np.lexsort((start, notes["pitch"]))
    notes, start, end = notes[order], start[order], end[order]
    again = notes["pitch"][:-1] == notes["pitch"][1:]
    end[:-1] = np.where(again, np.minimum(end[:-1], start[1:]), end[:-1])
    kept = end > start
    notes, start, end = notes[kept], start[kept], end[kept]
    order = np.lexsort((notes["pitch"], start))
    return notes[order], np.stack((start[order], end[order]), axis=1)


def encode(own: np.ndarray, heard: np.ndarray | None = None, start_s: float = 0.0) -> Stream:
    """Write notes as events.

    Parameters
    ----------
    own : numpy.ndarray
        `NOTE` [notes].
    heard : numpy.ndarray, optional
        `NOTE` [notes], of the musician.
    start_s : float
        When the stream begins; no note begins earlier.

    Returns
    -------
    Stream

    Examples
    --------
    >>> encode(make_notes([(0.0, 0.25, 60, 66)])).events.tolist()
    [372, 60, 280, 188]
    """
    lines = [_atoms(notes, source, start_s) for source, notes in ((OWN, own), (HEARD, heard)) if notes is not None]
    step, is_on, pitch, velocity, source = (np.concatenate(column) for column in zip(*lines, strict=True))
    order = np.lexsort((pitch, -source, is_on, step))
    step, is_on, pitch, velocity, source = (x[order] for x in (step, is_on, pitch, velocity, source))
    wait = np.diff(step, prepend=0)
    shifts = -(-wait // LONGEST_STEPS)
    sets = _sets_velocity(is_on, velocity, source)
    counts = shifts + sets + 1
    atom = np.repeat(np.arange(len(step)), counts)  # to which of them each event belongs
    place = np.arange(len(atom)) - np.repeat(np.cumsum(counts) - counts, counts)  # which of its events it is
    last = place == counts[atom] - 1
    is_shift = place < shifts[atom]
    part = np.minimum(wait[atom] - place * LONGEST_STEPS, LONGEST_STEPS)
    struck = np.where(is_on, NOTE_ON, NOTE_OFF) + pitch
    set_to = VELOCITY + velocity // BIN
    events = np.where(is_shift, TIME_SHIFT + part - 1, np.where(last, struck[atom], set_to[atom]))
    steps = np.cumsum(np.where(is_shift, part, 0))
    # the next atom of its own line: this one as long as its last event has not come
    following = _next_own(source)
    goal = np.where((source[atom] == OWN) & ~last, atom, following[atom + 1])
    there = goal < len(step)
    at = np.where(there, goal, 0)
    left = step[at] - steps
    unset = (sets[at] > 0) & ~((atom == at) & (place == shifts[at]))
    targets = np.where(
        left > 0, TIME_SHIFT + np.minimum(left, LONGEST_STEPS) - 1, np.where(unset, set_to[at], struck[at])
    )
    return Stream(events, source[atom], steps, np.where(there, targets, NO_TARGET))


def _atoms(notes: np.ndarray, source: int, start_s: float) -> tuple[np.ndarray, ...]:
    """List the strikes and releases of one player: step, whether a strike, pitch, velocity, source."""
    moved = notes.copy()
    moved["start_s"] -= start_s
    moved["end_s"] -= start_s
    kept, spans = quantise(moved)
    count = len(kept)
    twice = np.tile(kept, 2)
    is_on = np.arange(2 * count) < count
    pitch, velocity = (twice[name].astype(np.int64) for name in ("pitch", "velocity"))
    return spans.T.reshape(-1), is_on, pitch, velocity, np.full(2 * count, source, np.int64)


def _sets_velocity(is_on: np.ndarray, velocity: np.ndarray, source: np.ndarray) -> np.ndarray:
    """Tell (as 0 or 1) before which of the atoms a velocity is set."""
    sets = np.zeros(len(is_on), np.int64)
    for player in (OWN, HEARD):
        strikes = np.flatnonzero(is_on & (source == player))
        bins = velocity[strikes] // BIN
        sets[strikes] = np.diff(bins, prepend=-1) != 0
    return sets


def _next_own(source: np.ndarray) -> np.ndarray:
    """Find the first atom of one's own from each one on, their number where there is none; [atoms + 1]."""
    count = len(source)
    own = np.append(np.where(source == OWN, np.arange(count), count), count)
    return np.minimum.accumulate(own[::-1])[::-1]


def decode(events: ArrayLike, sources: ArrayLike | None = None, source: int = OWN) -> np.ndarray:
    """Read the notes of one player back out of a stream.

    A note-off of what does not sound is nothing; a note that is struck again, or sounds at the end, ends there.

    Parameters
    ----------
    events : array_like of int, shape [events]
    sources : array_like of int, shape [events], optional
        By default all events are `OWN`.
    source : int
        Whose notes are wanted; everybody's time-shifts count.

    Returns
    -------
    numpy.ndarray
        `NOTE` [notes], sorted.

    Raises
    ------
    LivehostError
        For numbers that are no events.

    Examples
    --------
    >>> decode([372, 60, 280, 188]).tolist()
    [(0.0, 0.25, 60, 66)]
    """
    found = check_events(events)
    mine = np.full(len(found), True) if sources is None else np.asarray(sources) == source
    classes = class_of(found)
    rows: list[Any] = []
    sounding: dict[int, tuple[int, int]] = {}
    step, velocity = 0, FIRST_VELOCITY
    for event, kind, is_mine in zip(found.tolist(), classes.tolist(), mine.tolist(), strict=True):
        if kind == 2:
            step += shift_steps(event)
        elif is_mine and kind == 3:
            velocity = velocity_of(event)
        elif is_mine:
            pitch = event - (NOTE_OFF if kind else NOTE_ON)
            if pitch in sounding:
                rows.append(_note(pitch, sounding.pop(pitch), step))
            if not kind:
                sounding[pitch] = (step, velocity)
    rows += [_note(pitch, begun, step) for pitch, begun in sounding.items()]
    return make_notes([row for row in rows if row[1] > row[0]]) if rows else np.zeros(0, NOTE)


def _note(pitch: int, begun: tuple[int, int], end: int) -> tuple[float, float, int, int]:
    """Make a row of a note that began at a step with a velocity."""
    return round(begun[0] * STEP_S, 2), round(end * STEP_S, 2), pitch, begun[1]
