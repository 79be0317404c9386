"""Small made-up music: pieces that walk through a few sounds in a fixed order, each a little different every time."""

import numpy as np
import pytest
import torch

from livehost.dsp.segment import SEGMENT_SIZE
from livehost.dsp.tables import FEATURE_SIZE
from livehost.studio.audio_data.recording import Recording, Stream


def stream(features, start=0, step=12_000):
    """Make a stream whose frame rows and items follow from its features."""
    features = np.asarray(features, np.float32)
    count = len(features)
    onset = start + step * np.arange(count, dtype=np.int64)
    seconds = np.full(count, step / 48_000, np.float32)
    rows = np.repeat(features[:, :FEATURE_SIZE], 20, axis=0).astype(np.float16)
    first = 20 * np.arange(count + 1, dtype=np.int64)
    return Stream(
        features, onset, seconds, rows=rows, first=first, items=features.copy(),
        item_gain_db=np.zeros(count, np.float32), item_seconds=seconds.copy(),
    )  # fmt: skip


def recording(name, count=40, split="train", seed=0, domain="piano"):
    """Two renderings of one piece, and two parts: what is heard lies between what the machine plays."""
    random = np.random.default_rng([seed, len(name), *name.encode()])
    sounds = random.normal(0, 1, (count, SEGMENT_SIZE))
    other = sounds * 0.8 + random.normal(0, 0.2, sounds.shape) + 1.0
    parts = (stream(sounds, 6_000), stream(other))
    tasks = ("continue", "crossed", "answer")
    return Recording(name, domain, split, (stream(sounds), stream(other)), parts, tasks, "made up")


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
