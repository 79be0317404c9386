"""Peeks for training: sounds that still go on, shown as far as they were heard, and asked about.

The stage shows a sounding segment again and again, and asks: for an answer that sounds with it (*now*), before that
answer is committed; or for a later one, after it.
"""

from dataclasses import dataclass

import numpy as np

from livehost.dsp.segmenter import PEEK_EVERY, PEEK_ROWS
from livehost.inference.tokens import HEARD
from livehost.studio.audio_data.recording import Stream
from livehost.studio.bank_transformer.lines import NOBODY, Line

#: Half of the usual cuts are among so many first ones (24 ms).
EARLY = 4
#: Chances: of a second cut of a stroke; of one that the stage makes, rather than any; of being asked for now.
TWICE, USUAL, NOW = 0.35, 0.6, 0.65


@dataclass(eq=False)
class Peeks:
    """Sounds that still go on.

    Attributes
    ----------
    event : int64 [p]
        Of the heard stream.
    rows : int64 [p]
        How many of its frame rows are known.
    before : int64 [p]
        Tokens of the line that are known.
    now : bool [p]
        Whether the answer is to sound with it.
    following : int64 [p]
        As in `Line`.
    at : float64 [p]
        Onset, seconds.
    """

    event: np.ndarray
    rows: np.ndarray
    before: np.ndarray
    now: np.ndarray
    following: np.ndarray
    at: np.ndarray


def usual_rows(most: int) -> np.ndarray:
    """Give the numbers of rows, up to `most`, at which the stage shows a segment."""
    rows = np.concatenate([PEEK_ROWS, np.arange(PEEK_EVERY, max(most, 0) + 1, PEEK_EVERY)])
    return rows[rows <= most]


def draw_rows(most: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Draw how many rows are known of segments of `most` rows: what the stage shows, or log-uniform."""
    count = len(most)
    free = np.exp(random.random(count) * np.log(most + 1.0)).astype(np.int64)
    table = usual_rows(int(most.max(initial=1)))
    known = np.searchsorted(table, most, side="right")
    early = random.random(count) < 0.5
    upto = np.where(early, np.minimum(known, EARLY), known)
    usual = table[(random.random(count) * upto).astype(np.int64)]
    return np.clip(np.where(random.random(count) < USUAL, usual, free), 1, most)


def draw_peeks(line: Line, heard: Stream, hop_s: float, random: np.random.Generator) -> Peeks:
    """Draw one or two cuts of every stroke of a line."""
    places = np.flatnonzero(line.source == HEARD)
    places = np.sort(np.concatenate([places, places[random.random(len(places)) < TWICE]]))
    event = line.event[places]
    rows = draw_rows(heard.first[event + 1] - heard.first[event], random)
    now = random.random(len(places)) < NOW
    known = np.searchsorted(line.known, line.at[places] + rows * hop_s, side="right")
    before = np.where(now, line.opened[places], np.clip(known, line.opened[places], places))
    by_time = np.where(before > 0, line.following[before - 1], NOBODY)
    following = by_time if line.by_time else line.following[places]
    order = np.argsort(before, kind="stable")
    columns = (event, rows, before, now, following, line.at[places])
    return Peeks(*(column[order] for column in columns))
