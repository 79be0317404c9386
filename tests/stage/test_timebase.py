"""Frames and times of a real engine."""

import time

import numpy as np
import pytest

from livehost.engine.drivers.null import NullDriver
from livehost.engine.state import EngineState
from livehost.settings import Settings
from livehost.stage.timebase import Timebase

RATE = 48_000.0


@pytest.fixture
def engine():
    return EngineState(Settings({"engine.lookahead_ms": 1.0}), RATE)


def test_before_the_first_block_time_runs_at_the_nominal_rate(engine):
    timebase = Timebase(engine, RATE)
    assert timebase.ns_at(48_000) - timebase.ns_at(0) == pytest.approx(1e9, abs=1)
    assert timebase.sound_ns(0) - timebase.ns_at(0) == pytest.approx(1e6, abs=1)


@pytest.mark.parametrize("frame", [0, 1, 12_345, 7 * 10**9])
def test_frames_and_times_are_each_others_inverse(engine, frame):
    timebase = Timebase(engine, RATE)
    assert timebase.frame_at_ns(timebase.ns_at(frame)) == frame
    assert timebase.frame_sounding_at(timebase.sound_ns(frame)) == frame


def test_a_running_engine_is_at_the_frame_of_its_time():
    driver = NullDriver(Settings())
    engine = EngineState(Settings(), driver.rate)
    timebase = Timebase(engine, driver.rate)
    driver.start(engine, None)
    try:
        while engine["blocks"] < 400:
            time.sleep(0.01)
        ahead = []
        for _ in range(201):
            ahead.append(timebase.now - (engine["frame"] - driver.block / 2))
            time.sleep(0.001)
    finally:
        driver.stop()
    assert abs(np.median(ahead)) < driver.block
