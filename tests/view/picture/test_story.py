import math

import numpy as np
import pytest

from livehost.view.picture.story import Beat, Room, tell

EVENTS = [
    {"kind": "onset", "frame": 1030, "onset_frame": 1000, "strength": 0.5, "level_db": -20.0},
    {"kind": "sample", "frame": 1064, "onset_frame": 1000, "index": 4, "name": "a.wav", "voice": 7, "frames": 5000,
     "onset_to_sound_ms": 64.0, "fallback": 1},
    {"kind": "masked", "frame": 1500, "onset_frame": 1490},
    {"kind": "end", "frame": 2000, "voice": 7, "index": 4},
    {"kind": "sample", "frame": 3000, "onset_frame": -1, "index": 5, "name": "b.wav", "voice": 7, "frames": 50_000,
     "onset_to_sound_ms": None},
    {"kind": "next", "frame": 3001},
]  # fmt: skip


def test_it_tells_onsets_choices_and_ends():
    story = tell(EVENTS, 1000.0, 10.0)
    assert story.onsets == [1.0]
    assert story.masked == [1.49]
    first, second = story.choices
    assert (first.name, first.index, first.onset_s, first.start_s, first.end_s) == ("a.wav", 4, 1.0, 1.064, 2.0)
    assert first.fallback
    assert not second.fallback
    assert math.isnan(second.onset_s)
    assert second.end_s == 10.0  # a voice without an end sounds no longer than the recording
    np.testing.assert_array_equal(story.latency_ms, [64.0])


def test_order_does_not_matter_and_fields_may_be_missing():
    assert repr(tell(EVENTS[::-1], 1000.0, 10.0)) == repr(tell(EVENTS, 1000.0, 10.0))
    (choice,) = tell([{"kind": "sample", "frame": 500, "onset_frame": 496, "index": 3}], 1000.0, 10.0).choices
    assert choice.name == "item 3"
    assert choice.latency_ms == 4.0
    assert tell([], 1000.0, 1.0).choices == []


TIME = [
    {"kind": "heard_beat", "frame": 500, "number": 1, "bar": 1, "beat": 1, "bpm": 120.0, "confidence": None},
    {"kind": "heard_beat", "frame": 1000, "number": 2, "bar": 1, "beat": 2, "bpm": 120.0, "confidence": 0.9},
    {
        "kind": "expected",
        "frame": 990,
        "part": 0,
        "probability": 0.8,
        "onset_frame": 1000,
        "decision": 7,
        "withdrawn": 0,
    },
    {
        "kind": "expected",
        "frame": 1400,
        "part": 0,
        "probability": 0.8,
        "onset_frame": -1,
        "decision": 8,
        "withdrawn": 1,
    },
    {
        "kind": "expected",
        "frame": 1500,
        "part": 0,
        "probability": 0.3,
        "onset_frame": -1,
        "decision": -1,
        "withdrawn": 0,
    },
    {"kind": "room", "frame": 400, "part": 1, "busy": 9.0, "share": 0.1, "resting": 0},
    {"kind": "room", "frame": 500, "part": 0, "busy": 2.0, "share": 0.5, "resting": 0},
    {"kind": "room", "frame": 1000, "part": 0, "busy": None, "share": 1.5, "resting": 1},
]


def test_it_tells_beats_expected_strokes_and_the_room_of_the_first_part():
    assert not tell(EVENTS, 1000.0, 10.0).in_time
    story = tell([*EVENTS, *TIME], 1000.0, 10.0)
    assert story.in_time
    assert story.beats == [Beat(0.5, 1, 1, 120.0, 0.0), Beat(1.0, 1, 2, 120.0, 0.9)]
    assert [(e.time_s, e.struck, e.withdrawn) for e in story.expected] == [
        (0.99, True, False), (1.4, True, True), (1.5, False, False),
    ]  # fmt: skip
    np.testing.assert_allclose([e.early_ms for e in story.expected], [10.0, math.nan, math.nan])
    assert story.room == [Room(0.5, 2.0, 0.5, resting=False), Room(1.0, 0.0, 1.0, resting=True)]


def test_a_sound_has_met_the_stroke_that_it_was_struck_with_where_that_came():
    sounds = [
        {
            "kind": "sample",
            "frame": 980,
            "onset_frame": -1,
            "index": 0,
            "part": part,
            "decision": decision,
            "reason": why,
        }
        for part, decision, why in ((0, 7, "unison"), (0, 8, "unison"), (1, 7, "unison"), (0, 7, "duo"))
    ]
    assert [c.met for c in tell([*TIME, *sounds], 1000.0, 10.0).choices] == [True, False, False, False]


def test_a_stretch_has_what_begins_in_it_from_its_start_on():
    story = tell([*EVENTS, *TIME], 1000.0, 10.0).between(0.9, 1.45)
    assert (story.onsets, story.masked) == ([pytest.approx(0.1)], [])
    (choice,) = story.choices
    assert (choice.start_s, choice.end_s) == (pytest.approx(0.164), pytest.approx(1.1))
    assert [(b.time_s, b.beat) for b in story.beats] == [(pytest.approx(0.1), 2)]
    first, second = story.expected
    assert (first.time_s, first.came_s) == (pytest.approx(0.09), pytest.approx(0.1))
    assert (second.time_s, math.isnan(second.came_s)) == (pytest.approx(0.5), True)
    assert [r.resting for r in story.room] == [True]


@pytest.mark.parametrize(("reasons", "all_of_them"), [((), False), (("answer",), True), (("answer", "duo"), False)])
def test_strokes_are_missed_only_where_each_was_to_be_answered(reasons, all_of_them):
    events = [{"kind": "sample", "frame": 5, "onset_frame": -1, "index": 0, "reason": reason} for reason in reasons]
    assert tell(events, 1000.0, 1.0).answers_all == all_of_them
