"""Frames and times: at what moment of the monotonic clock a frame of the engine is, and when it is heard."""

import time

from livehost.engine.state import EngineState

_FS = 1_000_000


class Timebase:
    """Converts between frames of the engine and `time.monotonic_ns`, from any thread, without a lock.

    The audio callback leaves a smoothed pair of frame and time at every block; in between, and ahead, time runs at the
    rate that was measured. Offline, and before the first block, it runs at the nominal rate from frame 0 on.

    Parameters
    ----------
    engine : EngineState
    rate : float
        Nominal sample rate, Hz.

    Examples
    --------
    >>> timebase.frame_at_ns(timebase.ns_at(48_000))
    48000
    """

    def __init__(self, engine: EngineState, rate: float) -> None:
        self._engine = engine
        self._began, self._frame_fs = time.monotonic_ns(), round(1e15 / rate)
        #: Frames from an engine frame to the driver: what the inserts and the limiter's look-ahead delay it by.
        self._delay = engine.insert_latency + engine.limiter.lookahead_frames

    def ns_at(self, frame: int) -> int:
        """Time at which the callback is asked for a frame, ns of the monotonic clock."""
        at = self._pair()
        return at[1] + (frame - at[0]) * at[2] // _FS

    def frame_at_ns(self, ns: int) -> int:
        """Frame that the callback is asked for at a time, rounded to the nearest."""
        at = self._pair()
        return at[0] + ((ns - at[1]) * _FS + at[2] // 2) // at[2]

    def sound_ns(self, frame: int) -> int:
        """Time at which what is placed at a frame leaves the loudspeaker, ns of the monotonic clock."""
        return self.ns_at(frame) + self.latency_ns

    def frame_sounding_at(self, ns: int) -> int:
        """Frame whose sound leaves the loudspeaker at a time; the inverse of `sound_ns`."""
        return self.frame_at_ns(ns - self.latency_ns)

    @property
    def latency_ns(self) -> int:
        """From a frame's turn in the callback to the loudspeaker: our own delay, and what the sound system reports."""
        at = self._engine.clock.read()
        return at.latency_ns + self._delay * (at.frame_fs if at.blocks else self._frame_fs) // _FS

    @property
    def frame_ns(self) -> float:
        """Length of a frame as it was measured, ns."""
        return self._pair()[2] / _FS

    @property
    def now(self) -> int:
        """The present frame."""
        return self.frame_at_ns(time.monotonic_ns())

    @property
    def next_frame(self) -> int:
        """First frame of the next block: the soonest at which anything can still happen."""
        return int(self._engine["frame"])

    def _pair(self) -> tuple[int, int, int]:
        at = self._engine.clock.read()
        return (at.frame, at.ns, at.frame_fs) if at.blocks else (0, self._began, self._frame_fs)
