"""Banks of any size without any files, to measure how everything grows."""

from pathlib import Path

import numpy as np

from livehost.bank.layout import GUARD_SAMPLES, ITEM, SOURCE, Bank, padded
from livehost.dsp.segment import SEGMENT_SIZE

#: Sounds of one kind lie around one centre, as in real banks.
KINDS = 64


def make_synthetic_bank(items: int, frames_each: int, rate: int, seed: int = 0) -> Bank:
    """Make a mono bank in memory: decaying noise, features in clusters, every fourth item the end of a recording.

    Parameters
    ----------
    items : int
        Number of items.
    frames_each : int
        Length of each.
    rate : int
        Hz.
    seed : int
        Of the random numbers.

    Returns
    -------
    Bank
    """
    rng = np.random.default_rng(seed)
    stride = padded(frames_each)
    sound = np.zeros((64, stride), np.float32)
    sound[:, :frames_each] = rng.normal(0, 0.2, (64, frames_each)) * np.exp(-np.arange(frames_each) * 8 / frames_each)
    block = np.zeros(GUARD_SAMPLES + items * stride, np.float32)
    rows = block[GUARD_SAMPLES:].reshape(items, stride)
    for start in range(0, items, len(sound)):
        rows[start : start + len(sound)] = sound[: items - start]
    table = np.zeros(items, ITEM)
    index = np.arange(items)
    table["offset"] = GUARD_SAMPLES + index * stride
    table["frames"] = frames_each
    table["channels"] = 1
    table["source"] = index // 4
    table["successor"] = np.where((index % 4 == 3) | (index == items - 1), -1, index + 1)
    table["gain"] = 1
    table["root"] = np.nan
    table["loudness_db"] = -20
    centres = rng.normal(0, 1, (KINDS, SEGMENT_SIZE))
    features = centres[rng.integers(0, KINDS, items)] + rng.normal(0, 0.3, (items, SEGMENT_SIZE))
    sources = np.zeros(-(-items // 4), SOURCE)
    sources["rate"], sources["channels"], sources["frames"] = rate, 1, 4 * frames_each
    return Bank(
        directory=Path("synthetic"),
        rate=rate,
        hash=f"synthetic-{items}-{frames_each}-{rate}-{seed}",
        items=table,
        block=block,
        features=features.astype(np.float32),
        names=[f"{i // 4:06d}.wav#{i % 4 + 1}" for i in range(items)],
        sources=sources,
        source_names=[f"{i:06d}.wav" for i in range(len(sources))],
    )
