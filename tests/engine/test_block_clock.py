"""The clock of frames, told of blocks that come early and late."""

import numpy as np
import pytest
from numba import njit

from livehost.engine.block_clock import BlockClock, block_clock_tell

RATE, BLOCK = 48_000.0, 64
PERIOD_NS = BLOCK * 1e9 / RATE
START_NS = 10**15


@njit(nogil=True)
def tell(address, frame, count, now, latency):
    block_clock_tell(address, frame, count, now, latency)


@njit(nogil=True)
def tell_all(address, counts, times, frame):
    for k in range(len(counts)):
        block_clock_tell(address, frame, counts[k], times[k], -1.0)
        frame += counts[k]
    return frame


def told(times, clock=None, frame=0, counts=None):
    """A clock that was told of blocks at these times, ns; and the frame after them."""
    clock = clock or BlockClock(RATE)
    counts = np.full(len(times), BLOCK) if counts is None else counts
    return clock, tell_all(clock.address, counts.astype(np.int64), np.asarray(times, np.int64), frame)


def ns_at(clock, frame):
    at = clock.read()
    return at.ns + (frame - at.frame) * at.frame_fs / 1e6


def punctual(blocks, rate=RATE, start=START_NS):
    return start + np.arange(blocks) * BLOCK * 1e9 / rate


def test_there_is_no_time_before_the_first_block():
    assert BlockClock(RATE).read().blocks == 0


def test_punctual_blocks_give_the_exact_time():
    clock, frame = told(punctual(1000))
    at = clock.read()
    assert (at.blocks, at.frame) == (1000, frame - BLOCK)
    assert at.ns == pytest.approx(START_NS + 999 * PERIOD_NS, abs=2)
    assert at.frame_fs == pytest.approx(1e15 / RATE, rel=1e-9)


def test_jitter_is_smoothed_to_well_under_a_block():
    jitter = np.random.default_rng(0).exponential(200_000, 20_000)
    times = punctual(20_000) + jitter
    worst = []
    clock, frame = None, 0
    for k in range(0, 20_000, 100):
        clock, frame = told(times[k : k + 100], clock, frame)
        worst.append(ns_at(clock, frame) - (START_NS + frame * 1e9 / RATE) - 200_000)
    late = np.abs(worst[20:])
    assert np.median(late) < 0.02 * PERIOD_NS
    assert late.max() < 0.1 * PERIOD_NS


def test_a_card_that_runs_fast_is_followed():
    rate = RATE * (1 + 100e-6)
    clock, frame = told(punctual(50_000, rate))
    assert ns_at(clock, frame) == pytest.approx(START_NS + frame * 1e9 / rate, abs=1000)
    assert 1e15 / clock.read().frame_fs == pytest.approx(rate, rel=1e-6)


def test_blocks_that_are_held_up_do_not_move_it():
    times = punctual(10_000)
    times[5000:5008] += np.arange(8, 0, -1) * 3e6  # a hang, and its blocks come one after the other
    before, _ = told(times[:5000])
    after, frame = told(times[:5100])
    assert ns_at(after, frame) - ns_at(before, frame) == pytest.approx(0, abs=0.05 * PERIOD_NS)


def test_a_stream_that_goes_on_later_has_a_new_time():
    clock, frame = told(punctual(5000))
    late = punctual(100, start=START_NS + 5000 * PERIOD_NS + 50e6)
    clock, frame = told(late, clock, frame)
    assert ns_at(clock, frame) == pytest.approx(late[-1] + PERIOD_NS, abs=0.01 * PERIOD_NS)


def test_the_length_of_blocks_may_change():
    rng = np.random.default_rng(1)
    counts = rng.integers(1, 2000, 5000)
    begins = np.concatenate(([0], np.cumsum(counts)[:-1]))
    clock, frame = told(START_NS + begins * 1e9 / RATE, counts=counts)
    assert ns_at(clock, frame) == pytest.approx(START_NS + frame * 1e9 / RATE, abs=100)


def test_the_reported_latency_is_smoothed_and_kept():
    clock = BlockClock(RATE)
    for k in range(2000):
        tell(clock.address, k * BLOCK, BLOCK, START_NS + round(k * PERIOD_NS), (4e6, 6e6, -1.0)[k % 3])
    assert clock.read().latency_ns == pytest.approx(5e6, rel=0.01)


def test_after_a_gap_a_frame_has_another_time_at_once_and_blocks_go_on_from_there():
    clock, frame = told(punctual(100))
    before, later = clock.read(), START_NS + 5_000_000_000
    clock.restart(frame, later)
    at = clock.read()
    assert (at.frame, at.ns, at.frame_fs) == (frame, later, before.frame_fs)
    told([later + 1_000_000], clock, frame)
    assert (clock.read().frame, clock.read().ns) == (frame, later + 1_000_000)
