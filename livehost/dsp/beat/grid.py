"""The grid of the beat to play by: positions in beats and frames, as native code of players asks for them.

A *position* is the number of a beat and the part of it that is over, with the musician's swing taken out: the second
eighth of a beat stands at .5, wherever it is played. Every function takes the address of a `BEAT` record.
"""

import numpy as np

from livehost.dsp.beat.state import BEAT
from livehost.rt.native import kernel, record_at

#: So long after the musician's last onset a beat that was heard is no beat to play by any more, s.
KEPT_S = 300.0


@kernel
def straight(phase, swing):
    """Take the swing out of a phase of a beat, 0 … 1. RT: worker."""
    if phase < swing:
        return 0.5 * phase / swing
    return 0.5 + 0.5 * (phase - swing) / (1.0 - swing)


@kernel
def swung(part, swing):
    """Put the swing into a part of a beat, 0 … 1; the inverse of `straight`. RT: worker."""
    if part < 0.5:
        return 2.0 * part * swing
    return swing + (2.0 * part - 1.0) * (1.0 - swing)


@kernel
def beat_sure(address, now):
    """Tell whether there is a beat to play by at a frame: 1 or 0.

    One that is given, or that livehost has begun, is one until it is taken back or contradicted; the musician's is one
    once it is sure, and stays so while they rest, for `KEPT_S` at most. RT: worker
    """
    b = record_at(address, BEAT)
    if b.sure == 0 or b.grid_period <= 0.0:
        return 0
    if b.given != 0 or b.begun != 0:
        return 1
    return 1 if now - b.last_onset <= KEPT_S * b.rate else 0


@kernel
def beat_position(address, frame):
    """Give the position of a frame: float64 beats. RT: worker."""
    b = record_at(address, BEAT)
    beats = (frame - b.grid_frame) / b.grid_period
    whole = np.floor(beats)
    return b.grid_number + whole + straight(beats - whole, b.grid_swing)


@kernel
def position_frame(address, position):
    """Give the frame of a position, with the musician's swing: int64. RT: worker."""
    b = record_at(address, BEAT)
    whole = np.floor(position)
    beats = whole - b.grid_number + swung(position - whole, b.grid_swing)
    return np.int64(np.round(b.grid_frame + beats * b.grid_period))


@kernel
def grid_position(address, k, divisions):
    """Give the position of the k-th point of a grid. RT: worker."""
    b = record_at(address, BEAT)
    beats = k / np.float64(divisions)
    third = 2.0 * divisions / 3.0
    if third != np.floor(third):
        return beats
    whole = np.floor(beats + 1e-9)
    return whole + straight(max(beats - whole, 0.0), b.grid_swing)


@kernel
def next_grid(address, frame, divisions):
    """Give the position of the first point of a grid at or after a frame.

    `divisions` a beat: 1 quarters, 2 eighths, 4 sixteenths, which swing; 1.5, 3 and 6 are triplets, which do not.
    RT: worker
    """
    b = record_at(address, BEAT)
    beats = b.grid_number + (frame - b.grid_frame) / b.grid_period
    k = np.floor(beats * divisions) - 1.0
    position = grid_position(address, k, divisions)
    while position_frame(address, position) < frame:
        k += 1.0
        position = grid_position(address, k, divisions)
    return position


@kernel
def bar_of(address, position, quantum):
    """Give the bar that a position is in, and its beat of the bar, both from 1: a tuple of int64. RT: worker."""
    b = record_at(address, BEAT)
    number = np.int64(np.floor(position + 1e-6)) - b.downbeat
    bar = number // quantum
    return bar + 1, number - bar * quantum + 1


@kernel
def next_bar(address, frame, quantum):
    """Give the position of the first beginning of a bar at or after a frame. RT: worker."""
    b = record_at(address, BEAT)
    number = np.int64(next_grid(address, frame, 1))
    return np.float64(number + (b.downbeat - number) % quantum)


@kernel
def beat_passes(address, now):
    """Tell whether a beat has passed since the last call, and is the newest; `told` of the record is its number.

    Where the grid has jumped, the next beat is. RT: worker
    """
    b = record_at(address, BEAT)
    if beat_sure(address, now) == 0:
        return 0
    number = b.grid_number + np.int64(np.floor((now - b.grid_frame) / b.grid_period))
    if b.told - 1 <= number <= b.told:  # a grid that is moved back passes no beat twice
        return 0
    passes = 1 if number == b.told + 1 else 0
    b.told = number
    return passes
