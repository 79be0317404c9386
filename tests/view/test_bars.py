import math

from livehost.view.bars import PeakHold, columns, histogram, meter


def test_a_meter_reaches_as_far_as_its_level():
    assert meter(-30.0, -15.0, 8).plain == "████··│·"
    assert meter(0.0, 0.0, 4).plain == "████"
    assert meter(-math.inf, -math.inf, 4).plain == "····"
    assert meter(-33.75, -100.0, 8).plain == "███▌····"
    assert meter(12.0, math.inf, 4).plain == "████"


def test_a_histogram_shows_stragglers():
    bar, low, high = histogram([0, 0, 100, 0, 1, 0], [1, 2, 3, 4, 5, 6, 7], 10)
    assert (bar, low, high) == ("█ ▁", 3, 6)
    bar, low, high = histogram([100] * 9, range(9), 4)
    assert (len(bar), low, high) == (3, 0, 8)
    assert histogram([0, 0], [1, 2, 3], 10)[0] == ""
    assert histogram([], [], 10)[0] == ""


def test_columns():
    assert columns([0.0, 0.5, 1.0]) == " ▄█"
    assert columns([]) == ""
    assert columns([math.nan, 0.0]) == "  "


def test_a_peak_stays_then_falls():
    hold = PeakHold(hold_s=1.0, fall_db_per_s=10.0)
    assert hold.update(-6.0, 0.0) == -6.0
    assert hold.update(-30.0, 0.9) == -6.0
    assert hold.update(-30.0, 2.0) == -16.0
    assert hold.update(-3.0, 2.1) == -3.0
