"""livehost's own tracker over a list of onsets, online: what it said of the beat, and when it knew that."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livehost.dsp.beat.state import EXPECTED
from livehost.dsp.beat.strokes import expect_stroke
from livehost.dsp.beat.tracker import BeatTracker, beat_step
from livehost.rt.native import STEP2, entry, record_at, run2

_ASKED = np.dtype([("now", "i8"), ("beat", "i8"), ("io", "i8"), *((n, EXPECTED[n]) for n in EXPECTED.names or ())])


@entry(STEP2)
def _expect(asked_address, _):
    """Ask for the next stroke. RT: worker."""
    asked = record_at(asked_address, _ASKED)
    expect_stroke(asked.beat, asked.now, 0, -1, asked)
    return 0


@dataclass(frozen=True)
class Onsets:
    """What was struck.

    Attributes
    ----------
    frames : np.ndarray
        int64 [onsets], where each begins, rising.
    levels : np.ndarray
        float64 [onsets], dB.
    known : np.ndarray
        int64 [onsets], the frame at which each is reported.
    """

    frames: np.ndarray
    levels: np.ndarray
    known: np.ndarray

    def until(self, frame: int) -> "Onsets":
        """Give those before a frame."""
        n = int(np.searchsorted(self.frames, frame))
        return Onsets(self.frames[:n], self.levels[:n], self.known[:n])


@dataclass(frozen=True)
class Followed:
    """The beat to play by after each onset.

    Attributes
    ----------
    rate : float
        Hz.
    known : np.ndarray
        int64 [onsets], from when on this was said.
    sure : np.ndarray
        bool [onsets], whether there was a beat.
    frame, period, swing : np.ndarray
        float64 [onsets]: frame of a beat, length of a beat in frames, place of the second eighth in it.
    """

    rate: float
    known: np.ndarray
    sure: np.ndarray
    frame: np.ndarray
    period: np.ndarray
    swing: np.ndarray

    def at(self, frames: np.ndarray) -> np.ndarray:
        """Give which entry held at each of some frames; −1 before the first."""
        return np.searchsorted(self.known, frames, side="right") - 1

    def off_sixteenths_ms(self, frames: np.ndarray) -> np.ndarray:
        """Tell how far the nearest sixteenth of the beat that held is from each of some frames, ms; nan without one."""
        held = self.at(frames)
        there = held >= 0
        off = np.full(len(frames), np.nan)
        k = held[there]
        beats = (frames[there] - self.frame[k]) / self.period[k]
        part, swing = beats - np.floor(beats), self.swing[k]
        places = np.stack([0 * swing, 0.5 * swing, swing, 0.5 + 0.5 * swing, 0 * swing + 1])
        apart = np.abs(part - places).min(axis=0) * self.period[k] * 1000 / self.rate
        off[there] = np.where(self.sure[k], apart, np.nan)
        return off

    def beats(self, end: int) -> np.ndarray:
        """Give the beats that passed before a frame, each by what was said before it: frames, float64."""
        told: list[float] = []
        for k, begin in enumerate(self.known):
            until = self.known[k + 1] if k + 1 < len(self.known) else end
            if not self.sure[k]:
                continue
            first = np.ceil((begin - self.frame[k]) / self.period[k])
            last = np.ceil((until - self.frame[k]) / self.period[k])
            for beat in self.frame[k] + self.period[k] * np.arange(first, last):
                if not told or beat - told[-1] > 0.5 * self.period[k]:
                    told.append(float(beat))
        return np.array(told)


def follow(onsets: Onsets, rate: float, *, quantum: int = 4) -> Followed:
    """Let the tracker follow onsets."""
    tracker = BeatTracker(rate)
    step, io, s = run2(beat_step), tracker.io[0], tracker.state[0]
    io["quantum"] = quantum
    rows = np.zeros((len(onsets.frames), 4))
    for k, (frame, level, known) in enumerate(zip(onsets.frames, onsets.levels, onsets.known, strict=True)):
        io["now"], io["onset"], io["onset_frame"], io["level_db"] = known, 1, frame, level
        step(tracker.address, tracker.io_address)
        rows[k] = s["sure"], s["grid_frame"], s["grid_period"], s["grid_swing"]
    return Followed(rate, onsets.known.copy(), rows[:, 0] > 0, rows[:, 1], rows[:, 2], rows[:, 3])


@dataclass(frozen=True)
class Foretold:
    """Strokes that were scheduled before they were heard.

    Attributes
    ----------
    off_ms : np.ndarray
        Distance of each that was kept from the stroke that came, ms.
    strikes : int
        How many were scheduled.
    false : int
        How many of them had no stroke within `FALSE_MS`.
    strokes : int
        How many strokes could have been foretold.
    """

    off_ms: np.ndarray
    strikes: int
    false: int
    strokes: int


#: A strike is false where no stroke is so near, ms.
FALSE_MS = 60.0


def foretell(
    onsets: Onsets, rate: float, *, ahead_ms: float = 20.0, least: float = 0.5, warm: int = 16, hop: int = 96
) -> Foretold:
    """Schedule a strike wherever a stroke is expected, as a player does that strikes together with the musician.

    Parameters
    ----------
    onsets : Onsets
    rate : float
        Hz.
    ahead_ms : float
        A strike is decided so long before it sounds, ms.
    least : float
        Where a stroke is less likely none is scheduled.
    warm : int
        Onsets before the first strike.
    hop : int
        The player looks every so many frames.
    """
    tracker, asked = BeatTracker(rate), np.zeros(1, _ASKED)
    step, expect, io, a = run2(beat_step), run2(_expect), tracker.io[0], asked[0]
    a["beat"] = tracker.address
    ahead, near = round(ahead_ms * 0.001 * rate), FALSE_MS * 0.001 * rate
    strikes: list[int] = []
    now, k, end = 0, 0, int(onsets.known[-1]) + round(rate)
    while now < end:
        now += hop
        io["now"], io["onset"] = now, 0
        if k < len(onsets.frames) and onsets.known[k] <= now:
            io["onset"], io["onset_frame"], io["level_db"] = 1, onsets.frames[k], onsets.levels[k]
            k += 1
        step(tracker.address, tracker.io_address)
        a["now"] = now
        expect(asked.ctypes.data, 0)
        due = a["frame"] - ahead <= now < a["frame"]
        if k >= warm and due and a["probability"] >= least and (not strikes or a["frame"] - strikes[-1] > near / 2):
            strikes.append(int(a["frame"]))
    frames, struck = onsets.frames, np.array(strikes, np.int64)
    if not len(struck) or len(frames) <= warm:
        return Foretold(np.zeros(0), 0, 0, max(len(frames) - warm, 0))
    off = np.abs(struck[:, None] - frames[None, :]).min(axis=1)
    kept = off <= near
    return Foretold(off[kept] * 1000 / rate, len(struck), int((~kept).sum()), len(frames) - warm)


def as_onsets(frames: Sequence[int] | np.ndarray, levels: Sequence[float] | np.ndarray, delay: int = 0) -> Onsets:
    """Make onsets that are reported so many frames later, in the order of time."""
    order = np.argsort(frames, kind="stable")
    sorted_frames = np.asarray(frames, np.int64)[order]
    return Onsets(sorted_frames, np.asarray(levels, np.float64)[order], sorted_frames + delay)
