"""Recordings made of numbers."""

import numpy as np

from livehost.dsp.segment import SEGMENT_SIZE
from livehost.studio.audio_data.recording import Recording, Stream

RATE = 48_000


def stream(places, gap_s=0.25, seconds=0.2, start_s=0.0):
    """Give a stream whose segment features are `places` [n], times a pattern, and a little noise."""
    places = np.asarray(places, np.float64)
    pattern = np.random.default_rng(0).normal(size=SEGMENT_SIZE)
    noise = 0.01 * np.random.default_rng(1).normal(size=(len(places), SEGMENT_SIZE))
    features = (places[:, None] * pattern + noise).astype(np.float32)
    onset = np.round((start_s + gap_s * np.arange(len(places))) * RATE).astype(np.int64)
    return Stream(features, onset, np.full(len(places), seconds, np.float32))


def recording(name="piece", domain="loops", count=24, seed=0, **fields):
    places = np.random.default_rng(seed).normal(size=count)
    values = {"renderings": (stream(places),), "tasks": ("continue",), "rate": RATE} | fields
    return Recording(name, domain, "test", **values)
