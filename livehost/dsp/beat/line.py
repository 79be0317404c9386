"""The fine line: beats as a straight line in time, fitted to the onsets that are on its grid.

The distribution knows which beat it is, to a hundredth of a second; the line knows where it stands, to a few
milliseconds, and where it will stand many beats later. `LINES` of them remember for `MEMORIES` beats; the one that
foretold the newest onsets best is the beat, so that what is steady is averaged long, and what moves is followed.
"""

import numpy as np

from livehost.dsp.beat.state import BEAT, LINE, LINES, MEMORIES
from livehost.rt.native import kernel, record_at

#: Furthest that an onset may stand from the grid: a share of the beat, and ms.
REACH, REACH_MS = 0.09, 50.0
#: Half of the weight is lost at this distance, ms.
ROBUST_MS = 14.0
#: Weight of onsets on the beat, its half, its quarters and its thirds.
ON_BEAT, ON_HALF, ON_QUARTER, ON_THIRD = 1.0, 0.8, 0.55, 0.3
#: What is known of the length of a beat at first, as so many onsets a beat apart.
BELIEF = 1.5
#: Share of the newest error in what a line is judged by.
ERROR_STEP = 0.12
#: Swing: share of the newest eighth, where straight ends, and its range.
SWING_STEP, STRAIGHT, LATEST_SWING = 0.12, 0.53, 0.72
_LINE_BYTES = LINE.itemsize
_LINES = BEAT.fields["lines"][1]  # type: ignore[index]


@kernel
def lines_of(address):
    """Address of the lines of a `BEAT`. RT: worker."""
    return address + _LINES


@kernel
def felt_swing(swing):
    """Give the swing that is meant: what is nearly straight is straight. RT: worker."""
    return swing if swing > STRAIGHT else 0.5


@kernel
def line_at(b_lines, k):
    """View a line. RT: worker."""
    return record_at(b_lines + k * _LINE_BYTES, LINE)


@kernel
def begin_line(line, frame, period):
    """Begin a line at a beat. RT: worker."""
    line.frame, line.period, line.error = frame, period, 0.0
    # a belief in the period: two points, a beat apart, of which the newer is the reference
    line.s0, line.sx, line.sy = BELIEF, -0.5 * BELIEF, -0.5 * BELIEF * period
    line.sxx, line.sxy = 0.5 * BELIEF, 0.5 * BELIEF * period


@kernel
def forget(line, left):
    """Leave so much of what the line was fitted to. RT: worker."""
    line.s0 *= left
    line.sx *= left
    line.sy *= left
    line.sxx *= left
    line.sxy *= left


@kernel
def move_reference(line, beats):
    """Take another beat for the reference, so many beats on. RT: worker."""
    dx, dy = np.float64(beats), beats * line.period
    line.sxy += dx * dy * line.s0 - dx * line.sy - dy * line.sx
    line.sxx += dx * dx * line.s0 - 2.0 * dx * line.sx
    line.sx -= dx * line.s0
    line.sy -= dy * line.s0
    line.frame += dy


@kernel
def fit_line(line, x, y, weight):
    """Take in a point `x` beats and `y` frames from the reference, and fit. RT: worker."""
    line.s0 += weight
    line.sx += weight * x
    line.sy += weight * y
    line.sxx += weight * x * x
    line.sxy += weight * x * y
    spread = line.s0 * line.sxx - line.sx * line.sx
    if spread > 1e-9 * line.s0 * line.s0:
        period = (line.s0 * line.sxy - line.sx * line.sy) / spread
        off = (line.sy - period * line.sx) / line.s0
        line.period = period
        # the reference moves onto the line
        line.frame += off
        line.sy -= off * line.s0
        line.sxy -= off * line.sx


@kernel
def grid_place(position, swing):
    """Give the place of the grid, in beats, that is nearest to a position in beats. RT: worker."""
    whole = np.floor(position)
    part = position - whole
    best, apart = 0.0, 9.0
    for k in range(7):
        if k == 0:
            place, cost = 0.0, 0.0
        elif k == 1:
            place, cost = 1.0, 0.0
        elif k == 2:
            place, cost = swing, 0.004
        elif k == 3:
            place, cost = 0.5 * swing, 0.012
        elif k == 4:
            place, cost = 0.5 + 0.5 * swing, 0.012
        elif k == 5:
            place, cost = 1.0 / 3.0, 0.03
        else:
            place, cost = 2.0 / 3.0, 0.03
        d = abs(part - place) + cost
        if d < apart:
            best, apart = place, d
    return whole + best


@kernel
def place_weight(place, swing):
    """Give the weight of an onset at a place of the grid. RT: worker."""
    part = place - np.floor(place)
    if part < 1e-6 or part > 1.0 - 1e-6:
        return ON_BEAT
    if abs(part - swing) < 1e-6:
        return ON_HALF
    if abs(part - 1.0 / 3.0) < 1e-6 or abs(part - 2.0 / 3.0) < 1e-6:
        return ON_THIRD
    return ON_QUARTER


@kernel
def decay(k, beats):
    """Give what a line leaves of its memory over so many beats. RT: worker."""
    memory = MEMORIES[0]
    for i in range(1, LINES):
        if k == i:
            memory = MEMORIES[i]
    return np.exp(-beats / memory)
