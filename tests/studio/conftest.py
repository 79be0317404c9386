"""Small made-up music: pieces that walk through a few sounds in a fixed order, each a little different every time."""

import numpy as np
import pytest
import torch

from livehost.dsp.segment import SEGMENT_SIZE
from livehost.studio.audio_data.recording import Recording, Stream


def stream(features, start=0, step=12_000):
    onset = start + step * np.arange(len(features), dtype=np.int64)
    return Stream(np.asarray(features, np.float32), onset, np.full(len(features), step / 48_000, np.float32))


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
