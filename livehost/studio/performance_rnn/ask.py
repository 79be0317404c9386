"""What is asked of training sequences: pitch classes and density of what their own line goes on to play."""

import numpy as np

from livehost.performance import condition as asked
from livehost.performance.stream import Stream
from livehost.performance.vocabulary import STEP_S

#: How far ahead is asked, seconds; infinite: until the end.
AHEAD_S = (2.0, 4.0, 8.0, np.inf)
#: Shorter stretches say too little, seconds.
_SHORTEST_S = 1.0


def conditions_of(
    stream: Stream, own: np.ndarray, end_s: float, ahead_s: float, *, histogram: bool, density: bool, power: float = 1.0
) -> np.ndarray:
    """Say before each event of a stream what the own line plays from there on; it is said anew now and then.

    Parameters
    ----------
    stream : Stream
    own : numpy.ndarray
        `NOTE` [notes], from the stream's beginning on, sorted; may go on where the stream has ended.
    end_s : float
        Where the own notes end to be known, seconds.
    ahead_s : float
        How far is looked ahead; what is asked is renewed after half of that.
    histogram, density : bool
        Which of them are asked for.
    power : float
        To which the histogram is raised: 0 asks for the pitch classes that come, however often.

    Returns
    -------
    numpy.ndarray
        Float32 [events, 15].
    """
    made = np.zeros((len(stream), asked.SIZE), np.float32)
    if not (histogram or density):
        return made
    now = stream.steps * STEP_S
    start = np.zeros(len(now)) if np.isinf(ahead_s) else np.floor(now / (ahead_s / 2)) * (ahead_s / 2)
    end = np.minimum(start + ahead_s, max(end_s, _SHORTEST_S))
    start = np.minimum(start, end - _SHORTEST_S)
    first, last = (np.searchsorted(own["start_s"], times) for times in (start, end))
    if histogram:
        each = np.zeros((len(own) + 1, 12))
        np.add.at(each, (np.arange(1, len(own) + 1), own["pitch"] % 12), 1.0)
        counts = each.cumsum(0)
        counts = counts[last] - counts[first]
        weights = np.where(counts > 0, np.maximum(counts, 1e-9) ** power, 0.0)
        total = weights.sum(1, keepdims=True)
        made[:, :12] = weights / np.maximum(total, 1e-9)
        made[:, asked.HAS_HISTOGRAM] = total[:, 0] > 0
    if density:
        made[:, asked.DENSITY] = np.minimum((last - first) / (end - start) / asked.FULL_DENSITY, 1.0)
        made[:, asked.HAS_DENSITY] = 1.0
    return made
