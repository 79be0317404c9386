"""The beat tracker: every onset in, the beat out; native, for the worker."""

from collections.abc import Iterable

import numpy as np

from livehost.dsp.beat.distribution import (
    ACCENT,
    ACCENT_DB,
    read_distribution,
    reset_distribution,
    rests,
    tables,
    take_onset,
    tick,
)
from livehost.dsp.beat.given import play_own_beat
from livehost.dsp.beat.line import (
    ERROR_STEP,
    LATEST_SWING,
    REACH,
    REACH_MS,
    ROBUST_MS,
    SWING_STEP,
    begin_line,
    decay,
    felt_swing,
    fit_line,
    forget,
    grid_place,
    line_at,
    lines_of,
    move_reference,
    place_weight,
)
from livehost.dsp.beat.state import BEAT, BEAT_IO, LINES, MOST_BEATS, TICKS_S
from livehost.dsp.beat.strokes import forget_strokes, hear_stroke, pass_places
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, entry, kernel, record_at, run1, run2

#: Sure enough to begin, and onsets before it may.
SURE, ONSETS = 0.4, 5
#: The distribution has to say something else for so many onsets in a row, and be so sure, to be believed.
DOUBTS, DOUBT_SURE = 5, 0.5
#: The same tempo: ratio; the same phase: share of a beat.
SAME_TEMPO, SAME_PHASE = 0.05, 0.14
#: So few strays: the grid fits what is played.
FEW_STRAYS = 0.25
#: How much better than the next one that remembers longer a line has to foretell.
HASTE = 0.2
#: Onsets that are no farther apart are one.
TOGETHER_MS = 15.0
#: How slowly the usual level, the accents and the strays are learnt.
_LEVEL_STEP, _ACCENT_STEP, _STRAY_STEP = 0.1, 0.2, 0.12
#: Another downbeat has to be stronger by so much to be believed.
DOWNBEAT = 1.25


@kernel
def _begin(address, b, frame):
    """Begin the lines anew at the beat of the distribution. RT: worker."""
    period = b.ticks * b.tick_frames
    at = frame - b.phase * b.tick_frames
    if b.locked != 0:  # beats go on being counted
        line = line_at(lines_of(address), b.best)
        b.number += np.int64(np.round((at - line.frame) / line.period))
    for k in range(LINES):
        begin_line(line_at(lines_of(address), k), at, period)
    b.locked, b.best, b.doubt, b.strays, b.swing, b.begun = 1, 0, 0, 0.0, 0.5, 0
    if b.given == 0:
        forget_strokes(b.strokes, b.rate)


@kernel
def _agrees(address, b, frame):
    """Tell whether the distribution has the beat of the line: tempo and phase.

    Half and double the tempo have it, too, as long as what is played stands on the line's grid. RT: worker
    """
    line = line_at(lines_of(address), b.best)
    ratio = b.ticks * b.tick_frames / line.period
    off = (frame - b.phase * b.tick_frames - line.frame) / line.period
    if abs(ratio - 1.0) <= SAME_TEMPO:
        return abs(off - np.round(off)) <= SAME_PHASE
    related = abs(ratio - 2.0) <= 2.0 * SAME_TEMPO or abs(ratio - 0.5) <= 0.5 * SAME_TEMPO
    return related and b.strays < FEW_STRAYS and abs(2.0 * off - np.round(2.0 * off)) <= 2.0 * SAME_PHASE


@kernel
def _learn(address, b, frame, level_db, quantum):
    """Fit the lines to an onset, where it is on their grid. RT: worker."""
    best = line_at(lines_of(address), b.best)
    position = (frame - best.frame) / best.period
    beats = np.int64(np.floor(position + 0.25))
    swing = felt_swing(b.swing)
    place = grid_place(position, swing)
    reach = min(REACH * best.period, REACH_MS * 0.001 * b.rate)
    apart = frame - best.frame - place * best.period
    stray = 1.0 if abs(apart) > reach else 0.0
    b.strays += _STRAY_STEP * (stray - b.strays)
    part = position - np.floor(position)
    if 0.42 <= part <= LATEST_SWING + 0.03 and best.period > 0.36 * b.rate:
        b.swing += SWING_STEP * (min(part, LATEST_SWING) - b.swing)
    if stray == 0.0:
        robust = apart / (ROBUST_MS * 0.001 * b.rate)
        weight = place_weight(place, swing) / (1.0 + robust * robust)
        chosen, least = b.best, 1e30
        for k in range(LINES):
            line = line_at(lines_of(address), k)
            error = abs(frame - line.frame - place * line.period)
            line.error += ERROR_STEP * (error - line.error)
            cost = line.error * (1.0 + HASTE * (LINES - 1 - k)) * (1.0 if k == b.best else 1.05)
            if cost < least:
                chosen, least = k, cost
        for k in range(LINES):
            line = line_at(lines_of(address), k)
            if beats > 0:
                move_reference(line, beats)
                forget(line, decay(k, np.float64(beats)))
            x = place - np.float64(max(beats, 0))
            fit_line(line, x, frame - line.frame, weight)
        b.best = chosen
        if beats > 0:
            b.number += beats
        if abs(place - np.round(place)) < 1e-6:
            at = (b.number + np.int64(np.round(place)) - max(beats, 0)) % quantum
            strong = 10.0 ** ((level_db - b.usual_db) / 20.0)
            b.accents[at] += _ACCENT_STEP * (min(strong, 4.0) - b.accents[at])


@kernel
def _hear(address, b, io):
    """Take in an onset. RT: worker."""
    at = np.int64(np.floor(io.onset_frame / b.tick_frames))
    if b.onsets == 0:
        b.usual_db = io.level_db
    b.usual_db += _LEVEL_STEP * (io.level_db - b.usual_db)
    accent = min(max(ACCENT + ACCENT_DB * (io.level_db - b.usual_db), 0.35), 0.95)
    take_onset(b, at, accent)
    b.last_onset_tick, b.last_onset = at, io.onset_frame
    b.onsets += 1
    read_distribution(b, at)
    frame = np.float64(io.onset_frame)
    if b.locked == 0:
        if b.onsets >= ONSETS and b.confidence >= SURE:
            _begin(address, b, frame)
        return
    _learn(address, b, frame, io.level_db, io.quantum)
    if _agrees(address, b, frame):
        b.doubt = 0
    elif b.confidence >= DOUBT_SURE:
        b.doubt += 1
        if b.doubt >= DOUBTS:
            _begin(address, b, frame)


@kernel
def _find_downbeat(b, quantum):
    """Find the beat of the bar that is the strongest, where none is given. RT: worker."""
    if b.given != 0:
        return
    best = b.downbeat % quantum
    least = DOWNBEAT * b.accents[best]
    for k in range(quantum):
        if b.accents[k] > least:
            best, least = k, b.accents[k]
    b.downbeat = best


@entry(STEP2)
def beat_step(state_address, io_address):
    """Take in what was heard up to now, an onset or none, and tell the beat. RT: worker."""
    b, io = record_at(state_address, BEAT), record_at(io_address, BEAT_IO)
    while (b.tick + 1) * b.tick_frames <= io.now:
        tick(b)
        if rests(b):  # nothing changes until the next onset, however long that takes
            b.tick = max(b.tick, np.int64(np.floor(io.now / b.tick_frames)))
    io.quantum = min(max(io.quantum, 1), MOST_BEATS)
    pass_places(state_address, io.now)
    if io.onset != 0 and (b.onsets == 0 or io.onset_frame - b.last_onset > TOGETHER_MS * 0.001 * b.rate):
        hear_stroke(state_address, io.onset_frame, io.quantum)
        _hear(state_address, b, io)
        _find_downbeat(b, io.quantum)
        play_own_beat(state_address, b)
    line = line_at(lines_of(state_address), b.best)
    io.locked, io.number, io.frame, io.period = b.locked, b.number, line.frame, line.period
    io.confidence = b.confidence * (1.0 - b.strays) if b.locked != 0 else 0.0
    io.swing, io.downbeat = felt_swing(b.swing), b.downbeat
    return 0


@entry(STEP)
def beat_reset(state_address):
    """Forget every beat. RT: worker."""
    b = record_at(state_address, BEAT)
    reset_distribution(b)
    b.last_onset, b.onsets, b.locked, b.confidence, b.doubt, b.strays, b.swing = -1, 0, 0, 0.0, 0, 0.0, 0.5
    b.number, b.best, b.begun = 0, 0, 0
    for k in range(MOST_BEATS):
        b.accents[k] = 1.0
    if b.given == 0:  # one that is given goes on
        b.sure, b.downbeat = 0, 0
        b.grid_number, b.grid_frame, b.grid_period, b.grid_swing = 0, 0.0, 0.5 * b.rate, 0.5
    b.strokes.quantum = 4
    forget_strokes(b.strokes, b.rate)
    return 0


class BeatTracker:
    """The tracker's records, and a way to run it by hand. RT: never (its entries run in the worker).

    Parameters
    ----------
    rate : float
        Sample rate, Hz.

    Attributes
    ----------
    state, io : np.ndarray
        One `BEAT` and one `BEAT_IO`.
    """

    def __init__(self, rate: float) -> None:
        self.state, self.io = zeros(1, BEAT), zeros(1, BEAT_IO)
        self._tables = tables()
        s = self.state[0]
        s["rate"], s["tick_frames"] = rate, rate / TICKS_S
        for name, table in self._tables.items():
            s[name] = table.ctypes.data
        self.io["quantum"] = 4
        self.address, self.io_address = self.state.ctypes.data, self.io.ctypes.data
        run1(beat_reset)(self.address)
        self._step = run2(beat_step)

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [self.state, self.io, *self._tables.values()]

    def run(
        self, onsets: Iterable[tuple[int, float]], frames: int, *, hop_samples: int = 64, confirm_frames: int = 0
    ) -> list[tuple[int, float, float, float]]:
        """Track the beat of a list of onsets (frame, level in dB), then let time pass.

        Returns
        -------
        list of (now, frame, period, confidence)
            After each onset where there is a beat.
        """
        io, told = self.io[0], []
        for frame, level_db in onsets:
            io["now"] = -(-(frame + confirm_frames + 1) // hop_samples) * hop_samples
            io["onset"], io["onset_frame"], io["level_db"] = 1, frame, level_db
            self._step(self.address, self.io_address)
            if io["locked"]:
                told.append((int(io["now"]), float(io["frame"]), float(io["period"]), float(io["confidence"])))
        io["onset"], io["now"] = 0, max(frames, int(io["now"]))
        self._step(self.address, self.io_address)
        return told
