import math

import pytest
from rich.console import Console

from livehost.view.plain import PlainLog, clock, number, plain_line

SAMPLE = {
    "kind": "sample",
    "frame": 96_200,
    "onset_frame": 96_000,
    "index": 3,
    "name": "drums/a.wav",
    "reason": "answer",
    "probability": 0.412,
    "onset_to_sound_ms": 4.1667,
    "fallback": 1,
    "late": 0,
}


def test_lines():
    line = plain_line(SAMPLE, 48_000.0)
    assert line == " 0:02.004  answer   drums/a.wav, 4.2 ms after its onset, probability 0.41, fallback"
    onset = {"kind": "onset", "frame": 48_000, "onset_frame": 47_900, "strength": 0.5, "level_db": -20.25}
    assert plain_line(onset, 48_000.0) == " 0:01.000  onset    −20.2 dBFS, strength 0.50"
    assert plain_line({"kind": "segment", "frame": 0}) == ""


def test_a_sound_on_its_own_has_no_latency():
    event = {**SAMPLE, "reason": "continue", "onset_to_sound_ms": None, "fallback": 0, "late": 12}
    assert plain_line(event) == " 0:02.004  continue drums/a.wav, probability 0.41, late by 12 frames"


def test_clock_and_number():
    assert clock(59.9996) == "1:00.000"
    assert clock(125, 0) == "2:05"
    assert clock(3725.5, 1) == "1:02:05.5"
    assert [number(v) for v in (None, math.nan, -math.inf, -1.25, 3.0)] == ["–", "–", "–", "−1.2", "3.0"]
    assert number(2.0, 0, "dB") == "2 dB"


def test_the_log_prints_what_is_told():
    console = Console(width=40, force_terminal=False)
    with console.capture() as capture:
        log = PlainLog(console, 48_000.0)
        log.event(SAMPLE)
        log.event({"kind": "meter", "frame": 0})
    assert capture.get() == plain_line(SAMPLE) + "\n"


BEAT = {"kind": "heard_beat", "frame": 96_000, "number": 4, "bar": 2, "beat": 1, "bpm": 118.24, "confidence": 0.93,
        "swing": 0.5}  # fmt: skip


def test_each_bar_that_is_heard_is_a_line_with_the_mode_that_fits_into_40_columns():
    console = Console(width=200, force_terminal=False)
    with console.capture() as capture:
        log = PlainLog(console, 48_000.0, "duo")
        log.event(BEAT)
        log.event({**BEAT, "beat": 2})
        log.event({"kind": "setting", "frame": 0, "key": "part1.mode", "value": "call", "by": "osc"})
        log.event({"kind": "setting", "frame": 0, "key": "player.mode", "value": "continue", "by": "osc"})
        log.event({**BEAT, "bar": 123, "confidence": None})
    first, second = capture.get().splitlines()
    assert first == " 0:02.000  duo      2.1 118.2 bpm 93 %"
    assert second == " 0:02.000  continue 123.1 118.2 bpm –"
    assert len(first) <= 40


@pytest.mark.parametrize(
    ("onset_frame", "decision", "withdrawn", "line"),
    [
        (96_240, 3, 0, "the stroke came 5.0 ms later"),
        (95_760, 3, 0, "the stroke came 5.0 ms earlier"),
        (-1, 3, 1, "no stroke came, withdrawn"),
        (-1, 3, 0, "no stroke came"),
        (96_240, -1, 0, ""),
    ],
)
def test_a_line_for_each_expected_stroke_that_was_struck_with(onset_frame, decision, withdrawn, line):
    event = {"kind": "expected", "frame": 96_000, "part": 0, "probability": 0.8, "onset_frame": onset_frame,
             "decision": decision, "withdrawn": withdrawn}  # fmt: skip
    assert plain_line(event, 48_000.0) == (f" 0:02.000  expected {line}" if line else "")
    assert plain_line({**event, "part": 1}, 48_000.0).endswith(", part 1" if line else "")


@pytest.mark.parametrize(("state", "shown"), [("begun", True), ("grows", False), ("done", True), ("failed", True)])
def test_a_growth_has_a_line_where_it_begins_and_where_it_ends(state, shown):
    event = {"kind": "growth", "frame": 0, "state": state, "done": 3, "count": 9, "name": "mine-grown", "part": 1}
    line = f" 0:00.000  grow     {state}, 3 of 9 sounds, mine-grown, part 1"
    assert plain_line(event) == (line if shown else "")


@pytest.mark.parametrize(
    ("event", "end"),
    [
        ({"kind": "phrase", "onsets": 12}, "of 12 onsets is over"),
        ({"kind": "note", "pitch": 60, "velocity": 100}, "60 velocity 100"),
        ({"kind": "sample", "name": "kick.wav", "reason": "answer"}, "kick.wav"),
    ],
)
def test_a_line_names_its_part_where_that_is_not_the_first(event, end):
    """So does a line of a kind that is written by its fields, whatever its part."""
    assert plain_line({**event, "frame": 0, "part": 0}).endswith(end)
    assert plain_line({**event, "frame": 0, "part": 1}).endswith(f"{end}, part 1")
    assert plain_line({"kind": "part_failed", "frame": 0, "part": 0}).endswith("part 0")
