"""Normalisation of features: mean and scale of the training data, one set for every bank and every musician."""

from collections.abc import Iterable

import numpy as np

from livehost.dsp.segment import summarize_cuts
from livehost.errors import LivehostError
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.bank_transformer.peeks import draw_rows
from livehost.studio.bank_transformer.vectors import hop_samples

#: Segments of each domain that count at most.
MOST_SEGMENTS = 40_000
#: One in so many segments is also cut short.
CUT_SHORT = 4
#: Percentiles at which a feature is cut before its mean and deviation are taken: wild values do not count.
CUT = (1.0, 99.0)


def standardisation(recordings: Iterable[Recording]) -> tuple[np.ndarray, np.ndarray]:
    """Compute mean and scale of the segment features, float32 [SEGMENT_SIZE] each; every domain counts the same.

    What counts: sounds as they are heard, as a bank has them, and cut short, as they are peeked at. A feature that
    never changes has scale 1.

    Raises
    ------
    LivehostError
        Where there are no segments.
    """
    by_domain: dict[str, list[np.ndarray]] = {}
    for recording in recordings:
        for stream in recording.streams:
            if len(stream):
                found = [stream.features, np.asarray(stream.items), _cut_short(stream, recording.rate)]
                by_domain.setdefault(recording.domain, []).extend(found)
    rows = [np.concatenate(found) for found in by_domain.values() if found]
    if not rows:
        raise LivehostError("There is nothing to learn from: no sound was found in these recordings.")
    size = min(max(map(len, rows)), MOST_SEGMENTS)
    x = np.concatenate([r[np.linspace(0, len(r) - 1, size).astype(int)] for r in rows]).astype(np.float64)
    x[~np.isfinite(x)] = 0.0
    low, high = np.percentile(x, CUT, axis=0)
    x = np.clip(x, low, high)
    scale = x.std(axis=0)
    return x.mean(axis=0).astype(np.float32), np.where(scale > 1e-6, scale, 1.0).astype(np.float32)


def _cut_short(stream: Stream, rate: float) -> np.ndarray:
    """Summarise some of the segments, cut at random."""
    which = np.arange(0, len(stream), CUT_SHORT)
    rows = draw_rows(stream.first[which + 1] - stream.first[which], np.random.default_rng(0))
    return summarize_cuts(stream.rows, stream.first[which], rows, rate, hop_samples())
