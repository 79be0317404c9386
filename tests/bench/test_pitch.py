"""What the suite pitch counts as right, as off by octaves, and as unpitched."""

import numpy as np
import pytest

from livehost.bench.material import RATE
from livehost.bench.suites.pitch import _right, segment_pitch


def test_a_pitch_is_right_within_half_a_semitone_and_octaves_are_told_apart():
    found = [57.0, 57.49, 57.51, 69.1, 33.2, 64.0, np.nan]
    assert _right(found, np.full(7, 57)) == (pytest.approx(2 / 7), 2)


def test_a_segment_tells_its_pitch_and_of_noise_none():
    time = np.arange(RATE // 5) / RATE
    tone = sum(np.sin(2 * np.pi * 220 * k * time) / k for k in (1, 2, 3))
    assert segment_pitch((0.2 * tone).astype(np.float32)) == pytest.approx(57, abs=0.05)
    noise = np.random.default_rng(0).standard_normal(RATE // 5)
    assert np.isnan(segment_pitch((0.1 * noise).astype(np.float32)))
