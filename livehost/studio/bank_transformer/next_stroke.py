"""When the musician's next stroke comes after each sound of a line that is heard: what the head for it is taught."""

import numpy as np

from livehost.dsp.beat.intervals import bins_of
from livehost.inference.tokens import HEARD
from livehost.studio.audio_data.recording import Stream
from livehost.studio.bank_transformer.lines import Line
from livehost.studio.bank_transformer.peeks import Peeks

#: A segment that was over so long before the next stroke closed by itself, seconds; one that the stroke has closed is
#: not asked about: it is known by then.
CLOSED_S = 0.01


def stroke_gaps(line: Line, peeks: Peeks, heard: Stream, rate: float) -> np.ndarray:
    """Give the time from the onset of each heard sound to the next that is heard.

    Parameters
    ----------
    line : Line
    peeks : Peeks
    heard : Stream
    rate : float
        Of the onsets, Hz.

    Returns
    -------
    float64 [n + p]
        Of tokens, then peeks, seconds; NaN where nothing is asked, or nothing is heard any more.
    """
    ears = line.source == HEARD
    events = np.unique(line.event[ears])
    after = np.full(len(heard) + 1, np.nan)
    after[events[:-1]] = np.diff(heard.onset[events]) / rate
    event = np.where(ears, line.event, -1)
    closed_by_itself = ears & (after[event] - np.append(heard.seconds, np.nan)[event] > CLOSED_S)
    return np.concatenate([np.where(closed_by_itself, after[event], np.nan), after[peeks.event]])


def stroke_bins(gaps: np.ndarray) -> np.ndarray:
    """Give the bin of each time, seconds; −1 for NaN, int64 [n]."""
    known = np.isfinite(gaps)
    return np.where(known, bins_of(np.where(known, gaps, 1.0)), -1)
