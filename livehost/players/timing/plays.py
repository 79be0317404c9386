"""Plays as they are given out, and the grid that they wait for."""

import numpy as np

from livehost.dsp.beat.grid import grid_position, next_grid, position_frame
from livehost.players.rng import advance, unit
from livehost.rt.native import kernel

#: A third of a beat is meant only where what is played is so much nearer to it than to a sixteenth.
_THIRD = 0.5


@kernel
def chance(state, share):
    """Draw whether to play. RT: worker."""
    state.random = advance(state.random)
    return unit(state.random) < share


@kernel
def play(state, io, start_frame, onset_frame, level_db, reason):
    """Give out one play. RT: worker."""
    k = io.count
    io.start_frame[k], io.play_onset_frame[k] = start_frame, onset_frame
    io.reason[k], io.play_level_db[k] = reason, level_db
    io.count = k + 1
    state.given = start_frame


@kernel
def place_frame(io, position):
    """Give the frame at which to start what is to be heard at a position of the beat. RT: worker."""
    return position_frame(io.beat, position) - io.latency


@kernel
def on_grid(state, io, frame):
    """Give when to start what may start at a frame: at the next place of `quantise`, where there is a beat for it.

    RT: worker
    """
    if io.divisions <= 0.0:
        return frame
    if state.sure == 0:
        if state.told_free == 0:
            state.told_free = io.free = 1
        return frame
    return max(place_frame(io, next_grid(io.beat, frame + io.latency, io.divisions)), frame)


@kernel
def _nearest(io, position, divisions):
    """Give the place of a grid that is nearest to a position. RT: worker."""
    k = np.floor(position * divisions)
    best = grid_position(io.beat, k, divisions)
    for step in (-1.0, 1.0):
        place = grid_position(io.beat, k + step, divisions)
        if abs(place - position) < abs(best - position):
            best = place
    return best


@kernel
def nearest_place(io, position):
    """Give the place nearest to a position: of `quantise`, else of a sixteenth, or a third where that is much nearer.

    RT: worker
    """
    if io.divisions > 0.0:
        return _nearest(io, position, io.divisions)
    quarter, third = _nearest(io, position, 4.0), _nearest(io, position, 3.0)
    return third if abs(third - position) < _THIRD * abs(quarter - position) else quarter


@kernel
def place_after(io, position, step):
    """Give the place nearest to `step` beats after a place, and after it in any case. RT: worker."""
    place = nearest_place(io, position + step)
    if place > position + 1e-6:
        return place
    divisions = io.divisions if io.divisions > 0.0 else 4.0
    k = np.floor(position * divisions + 1e-6) + 1.0
    place = grid_position(io.beat, k, divisions)
    return place if place > position + 1e-6 else grid_position(io.beat, k + 1.0, divisions)


@kernel
def beat_frames(io, position):
    """Give the length of the beat at a position, frames. RT: worker."""
    whole = np.floor(position)
    return np.float64(position_frame(io.beat, whole + 1.0) - position_frame(io.beat, whole))
