"""MIDI clock out."""

import pytest

from livehost.bridge.tempo.clock import TempoClock
from livehost.bridge.tempo.midi_out import CLOCK, CONTINUE, START, STOP, ClockOutput, song_position

RATE = 48_000


def send(output, clock, begin, end, step=480, ahead=2400):
    """All messages between two frames."""
    return [m for now in range(begin, end, step) for m in output.advance(clock, now, now + ahead)]


def test_an_hour_drifts_by_nothing():
    clock, output = TempoClock.at_bpm(123.4, RATE), ClockOutput()
    hour = 3600 * RATE
    pulses = send(output, clock, 0, hour - 2400 + 480)
    assert {message for message, _ in pulses} == {CLOCK}
    assert len(pulses) == int(123.4 * 60 * 24) + 1
    assert all(frame == round(k * 60 * RATE / 123.4 / 24) for k, (_, frame) in enumerate(pulses))


def test_an_hour_of_changing_tempo_drifts_by_nothing():
    clock, output, pulses = TempoClock.at_bpm(120, RATE), ClockOutput(), []
    hour = 3600 * RATE
    for now in range(0, hour, 480):
        if now % RATE == 0:
            clock = clock.with_tempo(60 * RATE / (90 + now // RATE % 60), now)
        pulses += output.advance(clock, now, now + 480)
    beats = clock.beat_at(hour)
    assert len(pulses) == pytest.approx(24 * beats, abs=1.01)


def test_a_song_starts_with_start_before_its_first_pulse():
    clock, output = TempoClock.at_bpm(120, RATE), ClockOutput()
    output.play(4, 0)
    sent = send(output, clock, 0, 3 * RATE)
    at = [message for message, _ in sent].index(START)
    assert sent[at][1] == 2 * RATE
    assert sent[at + 1] == (CLOCK, 2 * RATE)
    assert [m for m, _ in sent].count(START) == 1
    assert output.stop() == [STOP]
    assert output.stop() == []


def test_a_song_that_goes_on_tells_its_position_first():
    clock, output = TempoClock.at_bpm(120, RATE), ClockOutput()
    output.play(4, 300)
    sent = send(output, clock, 0, 3 * RATE)
    at = [message for message, _ in sent].index(CONTINUE)
    assert sent[at - 1 : at + 2] == [(song_position(300), 96_000), (CONTINUE, 96_000), (CLOCK, 96_000)]


def test_the_position_has_14_bits():
    assert song_position(300) == bytes((0xF2, 300 & 0x7F, 300 >> 7))
    assert song_position(99_999) == bytes((0xF2, 0x7F, 0x7F))
    assert song_position(-1) == bytes((0xF2, 0, 0))


def test_a_jump_of_the_source_is_told_as_another_position():
    clock, output = TempoClock.at_bpm(120, RATE), ClockOutput()
    output.play(0, 0)
    send(output, clock, 0, RATE)
    sent = send(output, TempoClock.at_bpm(120, RATE, RATE, 40.1), RATE, 2 * RATE)
    assert [m for m, _ in sent[:5]].index(STOP) == 0
    at = [message for message, _ in sent].index(CONTINUE)
    assert sent[at - 1][0] == song_position(161)
    assert sent[at][1] == pytest.approx(RATE + (40.25 - 40.1) * RATE / 2, abs=1)


def test_a_small_change_of_phase_loses_no_pulse():
    output = ClockOutput()
    first = send(output, TempoClock.at_bpm(120, RATE), 0, RATE)
    then = send(output, TempoClock.at_bpm(120, RATE, 0, 0.3), RATE, 2 * RATE)
    assert {m for m, _ in first + then} == {CLOCK}
    assert len(first) + len(then) == pytest.approx(
        24 * (TempoClock.at_bpm(120, RATE, 0, 0.3).beat_at(2 * RATE + 1920)), abs=1.01
    )
