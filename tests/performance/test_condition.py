"""What is asked of a performance."""

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.performance.condition import condition, histogram_of


def test_nothing_asked_is_zero():
    assert not condition().any()


def test_what_is_asked_says_that_it_is():
    asked = condition(np.arange(12), 0.0)
    assert asked[:12].sum() == pytest.approx(1.0)
    assert asked[12:].tolist() == [0.0, 1.0, 1.0]
    assert condition(None, 15.0)[12:].tolist() == [0.5, 0.0, 1.0]
    assert condition(None, 1e9)[12] == 1.0
    assert condition([1e300] * 12)[0] == pytest.approx(1 / 12)


@pytest.mark.parametrize(
    ("histogram", "density", "why"),
    [
        ([0] * 12, None, "asks for nothing"), ([-1] + [1] * 11, None, "not below 0"), ([np.nan] * 12, None, "finite"),
        ([1] * 11, None, "12 numbers"), (None, -1.0, "from 0 on"), (None, np.nan, "from 0 on"),
        (None, np.inf, "from 0 on"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(histogram, density, why):
    with pytest.raises(LivehostError, match=why):
        condition(histogram, density)


def test_pitch_classes_are_counted():
    assert histogram_of([60, 72, 64, 67]).tolist() == [0.5, 0, 0, 0, 0.25, 0, 0, 0.25, 0, 0, 0, 0]
    assert not histogram_of([]).any()
