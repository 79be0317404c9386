import pytest

from livehost.bench.suite import CannotRun
from livehost.bench.suites.armed import Arming, figures, read
from livehost.bench.suites.parts import all_armed


def segment(frame: int) -> dict:
    return {"kind": "segment", "frame": frame}


def armed(frame: int, decide_ms: float, fallback: int = 0) -> dict:
    return {"kind": "next", "frame": frame, "decide_ms": decide_ms, "fallback": fallback}


def test_each_segment_is_paired_with_the_first_decision_of_the_models_own() -> None:
    events = [
        armed(0, 9.0),  # before anything was heard
        segment(4800), armed(4800, 0.25), armed(4900, 7.0),
        segment(9600), armed(9600, 0.1, fallback=1), armed(9728, 0.5),
        {"kind": "sample", "fallback": 1}, {"kind": "sample", "fallback": 0},
        segment(20000),
    ]  # fmt: skip
    found = read(events, rate=48_000)
    assert found.armed_ms == [0.25, pytest.approx(128 / 48 + 0.5)]
    assert (found.voices, found.fallbacks, found.unanswered) == (2, 1, 1)


def test_a_segment_that_the_next_one_overtakes_counts_as_without_a_decision() -> None:
    assert read([segment(0), segment(100), armed(100, 1.0)]).unanswered == 1


def test_a_session_without_a_decision_is_one_sentence() -> None:
    with pytest.raises(CannotRun, match="armed nothing"):
        list(figures(Arming([], [], 0, 0, 3)))


def test_the_first_figure_of_all_is_that_of_the_first_segment() -> None:
    rows = {f.name: f for f in figures(Arming([3.0, 1.0, 2.0], [1.0, 1.0, 1.0], 5, 1, 0))}
    assert rows["first answer after the first heard segment"].value == 3.0
    assert rows["segment closed to armed median"].value == 2.0
    assert rows["fallbacks"].value == 1


def test_one_part_is_read_without_the_others() -> None:
    events = [segment(0), {**armed(0, 1.0), "part": 0}, {**armed(0, 3.0), "part": 1}]
    assert [read(events, part=part).armed_ms for part in (0, 1)] == [[1.0], [3.0]]


def test_all_are_armed_when_the_last_part_has_decided() -> None:
    """The parts decide one after another; a stand-in's choice is none, nor is a segment that the next one overtakes."""
    events = [
        segment(0), {**armed(0, 1.0), "part": 0}, {**armed(48, 2.0), "part": 1}, {**armed(96, 9.0), "part": 1},
        segment(4800), {**armed(4800, 1.0), "part": 0}, {**armed(4800, 1.0, fallback=1), "part": 1},
        segment(9600), {**armed(9600, 0.5), "part": 1}, {**armed(9600, 0.5), "part": 0},
    ]  # fmt: skip
    assert all_armed(events) == [1.0 + 1.0 + 2.0, 1.0]
