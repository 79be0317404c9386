"""MIDI clock in, pulse by pulse."""

import numpy as np
import pytest

from livehost.bridge.tempo.midi_in import PULSES, ClockFollower, MidiClockSource

START_NS = 10**12
PULSE_NS = 500e6 / PULSES


class Desk:
    """A sender of MIDI clock, and its receiver."""

    def __init__(self):
        self.ns = START_NS
        self.clock = ClockFollower(lambda: round(self.ns))

    def pulses(self, count, length=PULSE_NS, jitter=()):
        for k in range(count):
            self.ns += length
            self.clock.tick(round(self.ns + (jitter[k] if len(jitter) else 0)))

    def beat(self):
        """The beat at the present, as it is read."""
        reading = self.clock.read()
        return reading.beat + (self.ns - reading.ns) / reading.beat_ns


@pytest.fixture
def desk():
    return Desk()


def test_without_a_clock_it_knows_nothing(desk):
    assert desk.clock.read() is None
    assert desk.clock.silent
    assert MidiClockSource(desk.clock).problem == "No MIDI clock comes in; the tempo goes on as it was."


def test_even_pulses_give_the_exact_tempo(desk):
    desk.pulses(100)
    reading = desk.clock.read()
    assert reading.beat_ns == pytest.approx(500e6, rel=1e-6)
    assert reading.ns == pytest.approx(desk.ns, abs=2)
    assert reading.confidence == pytest.approx(1, abs=0.001)
    assert reading.running is None
    assert MidiClockSource(desk.clock).problem == ""


def test_jitter_is_smoothed(desk):
    rng = np.random.default_rng(2)
    desk.pulses(300, jitter=rng.uniform(-1e6, 1e6, 300))
    tempos, phases = [], []
    for _ in range(1000):
        desk.pulses(1, jitter=rng.uniform(-1e6, 1e6, 1))
        reading = desk.clock.read()
        tempos.append(60e9 / reading.beat_ns)
        phases.append(reading.ns - desk.ns)
    assert np.abs(np.array(tempos) - 120).max() < 0.5
    assert np.median(np.abs(phases)) < 0.25e6


def test_the_song_begins_with_the_pulse_behind_a_start(desk):
    desk.pulses(50)
    desk.clock.start(round(desk.ns))
    assert not desk.clock.read().running
    desk.pulses(1)
    assert desk.clock.read().running
    assert desk.beat() == pytest.approx(0, abs=1e-6)
    desk.pulses(48)
    assert desk.beat() == pytest.approx(2, abs=1e-6)
    assert desk.clock.read().song


def test_a_stop_keeps_the_place_and_a_continue_goes_on_there(desk):
    desk.pulses(50)
    desk.clock.start(round(desk.ns))
    desk.pulses(49)
    desk.clock.stop(round(desk.ns))
    desk.pulses(77)
    assert not desk.clock.read().running
    desk.clock.continue_(round(desk.ns))
    desk.pulses(1)
    assert desk.beat() == pytest.approx(49 / 24, abs=1e-6)


@pytest.mark.parametrize("running", [False, True])
def test_a_song_position_is_where_the_next_pulse_is(desk, running):
    desk.pulses(50)
    desk.clock.start(round(desk.ns))
    desk.pulses(10)
    if not running:
        desk.clock.stop(round(desk.ns))
    desk.clock.position(64, round(desk.ns))
    if not running:
        desk.clock.continue_(round(desk.ns))
    desk.pulses(1)
    assert desk.beat() == pytest.approx(16, abs=1e-6)


def test_another_tempo_is_taken_up_within_a_beat(desk):
    desk.pulses(100)
    desk.pulses(24, PULSE_NS * 120 / 171)
    reading = desk.clock.read()
    assert 60e9 / reading.beat_ns == pytest.approx(171, rel=0.01)
    assert desk.beat() == pytest.approx(123 / 24, abs=0.01)


def test_a_pulse_that_is_held_up_moves_nothing(desk):
    desk.pulses(100)
    jitter = np.zeros(5)
    jitter[0] = 0.8 * PULSE_NS
    desk.pulses(5, jitter=jitter)
    assert desk.clock.read().beat_ns == pytest.approx(500e6, rel=1e-4)


def test_a_clock_that_goes_silent_is_no_longer_read(desk):
    desk.pulses(100)
    desk.ns += 600e6
    assert desk.clock.read() is None
    desk.pulses(3)
    assert desk.clock.read() is not None


@pytest.mark.parametrize("length", [1.0, 200e6])
def test_a_tempo_that_nobody_plays_is_not_read(desk, length):
    desk.pulses(30, length)
    assert desk.clock.read() is None
