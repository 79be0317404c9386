"""Normalisation of features: mean and scale of the training data, one set for every bank and every musician."""

from collections.abc import Iterable

import numpy as np

from livehost.errors import LivehostError
from livehost.studio.audio_data.recording import Recording

#: Segments of each domain that count at most.
MOST_SEGMENTS = 40_000
#: Percentiles at which a feature is cut before its mean and deviation are taken: wild values do not count.
CUT = (1.0, 99.0)


def standardisation(recordings: Iterable[Recording]) -> tuple[np.ndarray, np.ndarray]:
    """Compute mean and scale of the segment features, float32 [SEGMENT_SIZE] each; every domain counts the same.

    A feature that never changes has scale 1.

    Raises
    ------
    LivehostError
        Where there are no segments.
    """
    by_domain: dict[str, list[np.ndarray]] = {}
    for recording in recordings:
        by_domain.setdefault(recording.domain, []).extend(s.features for s in recording.streams if len(s))
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
