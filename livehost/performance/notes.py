"""Notes of a performance: one array, a row for each note."""

import numpy as np

#: One note. `end_s` is where it stops sounding, pedal included.
NOTE = np.dtype([("start_s", "f8"), ("end_s", "f8"), ("pitch", "i2"), ("velocity", "i2")])


def make_notes(rows: "list[tuple[float, float, int, int]]") -> np.ndarray:
    """Make an array of notes from (start_s, end_s, pitch, velocity), sorted by start and pitch.

    Examples
    --------
    >>> make_notes([(1.0, 2.0, 64, 80), (0.0, 0.5, 60, 70)])["pitch"].tolist()
    [60, 64]
    """
    notes = np.array(rows, NOTE)
    return notes[np.lexsort((notes["pitch"], notes["start_s"]))]


def between(notes: np.ndarray, start_s: float, end_s: float) -> np.ndarray:
    """Cut notes that begin in [start_s, end_s) out of a performance that is sorted by start; its times stay."""
    first, last = np.searchsorted(notes["start_s"], (start_s, end_s))
    return notes[first:last]
