"""The shipped ear for strokes: the same stroke is heard alike at any rate."""

import numpy as np
import pytest

from livehost.inference.export import open_export
from livehost.synthesis.membranes.drum import Drum, hit
from livehost.synthesis.membranes.shapes import make_shape
from livehost.synthesis.membranes.stroke import Place, Stroke


def hear(rate, shape, size_m, place):
    """Tell of a stroke that is rendered at a rate, and give the frames of its window."""
    ear = open_export("strike", rate=rate, hop_samples=128, frame_samples=1024, kind="strike")
    sound = hit(Drum(make_shape(shape), size_m), Stroke(place, contact_ms=1.0), 0.03, rate, method="modal")
    return ear.hear(sound[: ear.frames].astype(np.float32)), ear.frames


@pytest.mark.parametrize(
    ("shape", "size_m", "place"),
    [("circle", 0.4, Place(0.5, 1.0)), ("circle", 0.2, Place(0.1, 2.0)), ("triangle", 0.3, Place(0.3, 0.7))],
)
@pytest.mark.parametrize(("rate", "frames"), [(44_100, 941), (96_000, 2048), (32_000, 683)])
def test_a_stroke_is_heard_alike_at_any_rate(shape, size_m, place, rate, frames):
    """Within 2 % of the size, 0.03 of the position and 0.1 of the shape's probability."""
    wanted, _ = hear(48_000, shape, size_m, place)
    found, taken = hear(rate, shape, size_m, place)
    assert taken == frames
    assert wanted.shape == found.shape == shape
    assert found.size_m == pytest.approx(wanted.size_m, rel=0.02)
    assert found.position == pytest.approx(wanted.position, abs=0.03)
    assert found.probabilities[shape] == pytest.approx(wanted.probabilities[shape], abs=0.1)
    assert wanted.size_m == pytest.approx(size_m, rel=0.2)
