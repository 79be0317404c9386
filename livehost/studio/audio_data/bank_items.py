"""What a bank would know of each segment, had the recording been cut into it.

The stage hears a segment in the middle of what rings, until it closes it; a bank measures the same sound alone, out of
silence, and for up to a second. A model meets both: it must know one by the other.
"""

from functools import lru_cache

import numpy as np

from livehost.bank.measure import FEATURES_MS, FRAME_SAMPLES, HOP_SAMPLES
from livehost.dsp.features import Analyzer
from livehost.dsp.segment import SEGMENT_SIZE, summarize
from livehost.studio.audio_data.recording import Stream
from livehost.studio.audio_data.segments import RATE


@lru_cache(maxsize=1)
def _analyzer() -> Analyzer:
    return Analyzer(RATE, FRAME_SAMPLES, HOP_SAMPLES)


def as_items(sound: np.ndarray, stream: Stream) -> Stream:
    """Measure each segment as an item of a bank that is sliced at the onsets.

    Parameters
    ----------
    sound : ndarray of float32, shape [frames]
        Mono, at `RATE`.
    stream : Stream
        Its segments.

    Returns
    -------
    Stream
        The same events with other features.
    """
    longest = round(FEATURES_MS * RATE / 1000)
    ends = np.append(stream.onset[1:], len(sound))
    features = np.zeros((len(stream), SEGMENT_SIZE), np.float32)
    for row, (start, end) in enumerate(zip(stream.onset, ends, strict=True)):
        piece = sound[start : min(end, start + longest)]
        frames = max(FRAME_SAMPLES, -(-len(piece) // HOP_SAMPLES) * HOP_SAMPLES)
        features[row] = summarize(_analyzer().extract(np.pad(piece, (0, frames - len(piece)))), RATE, HOP_SAMPLES)
    return Stream(features, stream.onset, stream.seconds)
