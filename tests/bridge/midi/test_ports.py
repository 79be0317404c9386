"""Ports by name, and when messages came."""

import pytest

from livehost.bridge.midi.names import names
from livehost.bridge.midi.ports import ArrivalTimes, _first

MS = 1_000_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Volca 20:0", 2), ("volca", 1), ("VOLCA", 1), ("20:0", 2), ("none", None),
        ("livehost", 4),  # a client of another name; ports of a livehost only by the name of the client
        ("answers", None), ("livehost:answers", 0), ("livehost-01:in", 3), ("livehost:", 0),
    ],
)  # fmt: skip
def test_the_first_port_of_that_name(text, found):
    ports = ["livehost:answers", "my volca", "Volca 20:0", "livehost-01:in", "livehost-probe:midi_in"]
    assert _first(ports, text) == found


def test_names_stand_with_commas():
    assert names(" a b ,c,, a b") == ("a b", "c")
    assert names("") == names(" , ") == ()


def test_the_times_between_messages_tell_when_they_came_however_late_they_are_fetched():
    times = ArrivalTimes()
    late_ms = (0.9, 0.2, 0.7, 5.0, 0.1, 0.4)
    came = [1000 * MS + k * 20 * MS for k in range(len(late_ms))]
    told = [
        times.at_ns(0.0 if k == 0 else 0.02, at + round(late * MS))
        for k, (at, late) in enumerate(zip(came, late_ms, strict=True))
    ]
    errors = [(t - at) / MS for t, at in zip(told, came, strict=True)]
    assert errors[0] == pytest.approx(0.9)
    assert errors[1:4] == pytest.approx([0.2, 0.2, 0.2], abs=0.01)  # not 5.0: the shortest way counts
    assert errors[4:] == pytest.approx([0.1, 0.1], abs=0.01)


def test_a_clock_that_drifts_is_followed():
    """Two clocks that are 50 ppm apart, for ten minutes, at 24 messages a second that are fetched 0.3 ms late."""
    times, came, worst = ArrivalTimes(), 0.0, 0.0
    for k in range(24 * 600):
        came = k / 24 * 1e9
        told = times.at_ns(0.0 if k == 0 else 1 / 24 * (1 - 50e-6), round(came + 0.3 * MS))
        worst = max(worst, abs(told - came) / MS)
    assert worst < 0.4
