from collections import deque

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from livehost.rt.audio_ring import AudioRing, audio_publish, audio_put
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, entry, i64, record_at
from livehost.rt.ring import Ring, ring_claim, ring_peek, ring_publish, ring_release
from livehost.rt.thread import NativeThread

JOB = np.dtype([("ring", "i8"), ("count", "i8"), ("done", "i8"), ("wrong", "i8")], align=True)
RING_JOB = np.dtype([("ring", "i8"), ("frames", "i8")], align=True)


@entry(STEP)
def _produce(address):
    job = record_at(address, JOB)
    while job.done < job.count:
        slot = ring_claim(job.ring)
        if slot != 0:
            values = i64(slot, 4)
            for k in range(4):
                values[k] = job.done * 2654435761 + k
            ring_publish(job.ring)
            job.done += 1
    return 0


@entry(STEP)
def _consume(address):
    job = record_at(address, JOB)
    while job.done < job.count:
        slot = ring_peek(job.ring)
        if slot != 0:
            values = i64(slot, 4)
            for k in range(4):
                if values[k] != job.done * 2654435761 + k:
                    job.wrong += 1
            ring_release(job.ring)
            job.done += 1
    return 0


@entry(STEP)
def _fill_ring(address):
    job = record_at(address, RING_JOB)
    for frame in range(job.frames):
        audio_put(job.ring, 0, frame, np.float32(frame))
        audio_put(job.ring, 1, frame, np.float32(-frame))
    audio_publish(job.ring, job.frames)
    return 0


def test_two_million_records_between_two_threads_arrive_whole_and_in_order():
    ring, count = Ring(1024, 32), 2_000_000
    jobs = zeros(2, JOB)
    for job in jobs:
        job["ring"], job["count"] = ring.address, count
    threads = [
        NativeThread(function, jobs[k : k + 1].ctypes.data, "test") for k, function in enumerate((_produce, _consume))
    ]
    for thread in threads:
        thread.start()
    assert all(thread.join(60) for thread in threads)
    assert jobs["done"].tolist() == [count, count]
    assert jobs["wrong"].tolist() == [0, 0]


class AgainstDeque(RuleBasedStateMachine):
    """A ring of eight behaves as a deque that refuses the ninth."""

    def __init__(self):
        super().__init__()
        self.ring, self.model, self.refused = Ring(8, 16), deque(), 0

    @rule(a=st.integers(-(2**63), 2**63 - 1), b=st.integers(-(2**63), 2**63 - 1))
    def push(self, a, b):
        fits = len(self.model) < 8
        assert self.ring.push(np.array([a, b], np.int64)) is fits
        if fits:
            self.model.append((a, b))
        else:
            self.refused += 1

    @rule()
    def pop(self):
        got = self.ring.pop()
        assert got == (np.array(self.model.popleft(), np.int64).tobytes() if self.model else None)

    @rule()
    def drain(self):
        assert [tuple(np.frombuffer(r, np.int64)) for r in self.ring.drain()] == list(self.model)
        self.model.clear()

    @invariant()
    def counts_what_it_refuses(self):
        assert self.ring.dropped == self.refused


TestAgainstDeque = AgainstDeque.TestCase
TestAgainstDeque.settings = settings(max_examples=50, deadline=None)


def test_an_audio_ring_keeps_the_newest_frames_at_their_places():
    ring = AudioRing(64, 2)
    job = zeros(1, RING_JOB)
    job[0] = (ring.address, 100)
    thread = NativeThread(_fill_ring, job.ctypes.data, "test")
    thread.start()
    assert thread.join()
    assert ring.written == 100
    np.testing.assert_array_equal(ring.read(36, 100), np.stack([np.arange(36, 100), -np.arange(36, 100)], 1))
    np.testing.assert_array_equal(
        ring.read(60, 70, (1, 0, 1))[:, 1:], np.stack([np.arange(60, 70), -np.arange(60, 70)], 1)
    )
    assert ring.oldest == 100 - 48
