"""The clock of beats: which beat a frame is, and at which frame a beat stands."""

from dataclasses import dataclass, replace

#: Range of tempos, beats a minute; that of Ableton Link.
SLOWEST, FASTEST = 20.0, 999.0


@dataclass(frozen=True)
class TempoClock:
    """A line from frames to beats: one beat at one frame, and a tempo. Immutable: a change gives another clock.

    Parameters
    ----------
    frame : int
        Frame of the engine at which `beat` stands.
    beat : float
        Number of a beat, from 0 on; it may lie between two.
    frames_per_beat : float
        Length of a beat, frames.

    Examples
    --------
    >>> clock = TempoClock(0, 0.0, 24_000.0)  # 120 beats a minute at 48 kHz
    >>> clock.frame_of(4.0), clock.beat_at(36_000)
    (96000, 1.5)
    """

    frame: int
    beat: float
    frames_per_beat: float

    @classmethod
    def at_bpm(cls, bpm: float, rate: float, frame: int = 0, beat: float = 0.0) -> "TempoClock":
        """Make a clock of so many beats a minute, at a sample rate in Hz."""
        return cls(frame, beat, 60.0 * rate / bpm)

    def bpm(self, rate: float) -> float:
        """Beats a minute, at a sample rate in Hz."""
        return 60.0 * rate / self.frames_per_beat

    def beat_at(self, frame: int) -> float:
        """Beat at a frame."""
        return self.beat + (frame - self.frame) / self.frames_per_beat

    def frame_of(self, beat: float) -> int:
        """Frame of a beat, rounded to the nearest."""
        return self.frame + round((beat - self.beat) * self.frames_per_beat)

    def with_tempo(self, frames_per_beat: float, frame: int) -> "TempoClock":
        """Give the clock that goes on at another tempo from a frame on; the beat is continuous."""
        return TempoClock(frame, self.beat_at(frame), frames_per_beat)

    def later(self, frames: int) -> "TempoClock":
        """Give the clock whose every beat stands so many frames later."""
        return replace(self, frame=self.frame + frames)
