"""Notes ↔ events."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livehost.errors import LivehostError
from livehost.performance import vocabulary as v
from livehost.performance.notes import NOTE, between, make_notes
from livehost.performance.stream import HEARD, NO_TARGET, OWN, decode, encode, quantise

NOTES = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(1, 600), st.integers(0, 127), st.integers(1, 127)), max_size=40
).map(lambda rows: make_notes([(a / 250, (a + b) / 250, p, u) for a, b, p, u in rows]))


def test_the_table_is_whole():
    assert v.SIZE == 388
    assert [(c.name, c.first, c.end) for c in v.CLASSES] == [
        ("note-on", 0, 128), ("note-off", 128, 256), ("time-shift", 256, 356), ("velocity", 356, 388)
    ]  # fmt: skip
    assert v.class_of([0, 127, 128, 255, 256, 355, 356, 387]).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert len({v.name_of(event) for event in range(v.SIZE)}) == v.SIZE


def test_every_velocity_comes_back_within_its_bin():
    back = np.array([v.velocity_of(v.velocity_event(x)) for x in range(128)])
    assert np.abs(back - np.arange(128)).max() == 2
    assert back.min() == 2
    assert back.max() == 126


@given(NOTES)
def test_notes_come_back_within_half_a_step(notes):
    back = decode(encode(notes).events)
    kept, spans = quantise(notes)
    assert back["pitch"].tolist() == kept["pitch"].tolist()
    assert np.rint(back["start_s"] / v.STEP_S).tolist() == spans[:, 0].tolist()
    assert np.rint(back["end_s"] / v.STEP_S).tolist() == spans[:, 1].tolist()
    assert np.abs(back["start_s"] - kept["start_s"]).max(initial=0) <= 0.00501
    assert np.abs(back["velocity"] - kept["velocity"]).max(initial=0) <= 2


@given(NOTES)
def test_what_has_come_back_once_comes_back_exactly(notes):
    once = decode(encode(notes).events)
    assert (decode(encode(once).events) == once).all()


@given(NOTES, NOTES)
def test_both_lines_of_a_stream_come_back(own, heard):
    stream = encode(own, heard)
    for source, notes in ((OWN, own), (HEARD, heard)):
        assert (decode(stream.events, stream.sources, source) == decode(encode(notes).events)).all()


@given(NOTES)
def test_alone_the_target_is_the_next_event(notes):
    stream = encode(notes)
    assert stream.targets.tolist() == [*stream.events[1:].tolist(), NO_TARGET][: len(stream)]


@given(NOTES, NOTES)
def test_the_target_is_what_it_would_do_next_as_seen_from_there(own, heard):
    stream = encode(own, heard)
    alone = encode(own)
    acts = [(int(s), int(e)) for s, e in zip(alone.steps, alone.events, strict=True) if v.class_of(e) != 2]
    done = 0
    for event, source, now, target in zip(stream.events, stream.sources, stream.steps, stream.targets, strict=True):
        done += source == OWN and v.class_of(event) != 2
        if done == len(acts):
            assert target == NO_TARGET
        else:
            at, act = acts[done]
            assert target == (v.shift_of(at - now) if at > now else act)


def test_the_others_note_cuts_a_shift():
    own = make_notes([(0.0, 0.5, 60, 66)])
    heard = make_notes([(0.2, 0.5, 72, 66)])
    stream = encode(own, heard)
    names = [f"{'oh'[s]} {v.name_of(e)}" for e, s in zip(stream.events, stream.sources, strict=True)]
    assert names == [
        "o velocity 66", "o note-on 60", "h time-shift 200 ms", "h velocity 66", "h note-on 72", "h time-shift 300 ms",
        "h note-off 72", "o note-off 60",
    ]  # fmt: skip
    assert [v.name_of(t) for t in stream.targets[:-1]] == [
        "note-on 60", "time-shift 500 ms", *["time-shift 300 ms"] * 3, "note-off 60", "note-off 60"
    ]  # fmt: skip


def test_a_key_that_is_struck_again_ends_the_note_before():
    notes = make_notes([(0.0, 1.0, 60, 66), (0.5, 0.8, 60, 66)])
    assert decode(encode(notes).events).tolist() == [(0.0, 0.5, 60, 66), (0.5, 0.8, 60, 66)]


def test_ten_hours_keep_their_time():
    notes = make_notes([(0.0, 0.1, 60, 66), (36_000.004, 36_000.5, 62, 66)])
    assert decode(encode(notes).events)["start_s"].tolist() == [0.0, 36_000.0]


def test_what_is_left_open_or_was_never_struck():
    on, off, shift = 60, 128 + 60, v.shift_of(10)
    assert decode([off, shift, on, shift]).tolist() == [(0.1, 0.2, 60, v.FIRST_VELOCITY)]
    assert decode([]).dtype == NOTE
    assert len(encode(np.zeros(0, NOTE))) == 0


def test_a_stretch_begins_where_it_is_cut():
    notes = make_notes([(1.0, 1.5, 60, 66), (2.0, 2.5, 62, 66), (3.0, 3.5, 64, 66)])
    stream = encode(between(notes, 1.5, 3.0), start_s=1.9)
    assert decode(stream.events).tolist() == [(0.1, 0.6, 62, 66)]


@pytest.mark.parametrize("events", [[388], [-1], [0.5], ["a"], [float("nan")]])
def test_what_is_no_event_is_refused(events):
    with pytest.raises(LivehostError, match="whole numbers from 0 to 387"):
        decode(events)
