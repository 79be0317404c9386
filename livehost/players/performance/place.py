"""Where a note of its own may begin: in the musician's time, away from their strokes, and only where there is room.

The line is thinned before the model is told of a note: what is left out never was, and what waits for its place is told
there. So the model goes on from what really sounds.
"""

import numpy as np

from livehost.dsp.beat.grid import beat_sure, next_grid, position_frame
from livehost.dsp.beat.state import BEAT
from livehost.players.modes import alone_bars, divisions_of, makes_room
from livehost.players.performance.state import STEP_SECONDS, frame_of
from livehost.players.tell import tell_room, tell_unquantised
from livehost.players.timing.line import USUAL_BEAT_S
from livehost.players.timing.near import APART_MS, apart_frames, stroke_chance
from livehost.players.timing.room import busy_now, room_is_due, share_now
from livehost.rt.native import kernel, record_at

#: Divisions of a beat of the grid of a line of its own, where `quantise` names none.
LINE_DIVISIONS = 4.0
#: How likely a stroke may be where a note of its own begins; places that are tried for one.
RISK, TRIED = 0.2, 8
#: How fast it is learnt how long the line waits from note to note; the longest that counts, steps.
GAP_STEP, MOST_GAP = 0.15, 100.0
#: The same at first, steps.
USUAL_GAP = 25.0
#: So many beats without a stroke are a gap.
GAP_BEATS = 1.5


@kernel
def has_line(mode):
    """Tell whether a mode has a line of its own, which goes on alone. RT: worker."""
    return alone_bars(mode) > 0


@kernel
def step_before(s, frame):
    """Step at or before a frame. RT: worker."""
    return np.int64(np.floor((frame - s.origin) / (s.rate * STEP_SECONDS) + 1e-9))


@kernel
def _beat_frames(s, io):
    """Length of the musician's beat, frames. RT: worker."""
    if s.sure == 0:
        return USUAL_BEAT_S * s.rate
    return record_at(io.beat, BEAT).grid_period


@kernel
def _divisions(s, p):
    """Divisions of a beat of the grid that notes wait for; 0: none. RT: worker."""
    asked = divisions_of(p.quantise)
    if asked <= 0.0 and has_line(p.mode):
        asked = LINE_DIVISIONS
    return asked if s.sure != 0 else 0.0


@kernel
def _near_stroke(s, p, frame):
    """Tell whether a frame is so near to the musician's newest stroke that a note there doubles it. RT: worker."""
    return s.stroke >= 0 and abs(frame - s.stroke) < apart_frames(s.rate, p.space)


@kernel
def doubles(s, io, p, frame):
    """Tell whether a note that is to begin at a frame would double a stroke, which nobody expected. RT: worker."""
    return makes_room(p.mode) and _near_stroke(s, p, frame + io.latency)


@kernel
def _risky(s, io, p, frame):
    """Tell whether the musician is likely to strike at a frame, or has just done so. RT: worker."""
    if _near_stroke(s, p, frame):
        return True
    if s.sure == 0:
        return False
    return stroke_chance(io.beat, io.frame, frame, apart_frames(s.rate, p.space)) > RISK


@kernel
def left_out(s):
    """Tell whether the next note makes room; learn how long the line waits from note to note. RT: worker."""
    gap = s.step - s.gap_from
    if s.gap_from >= 0 and gap > 0:
        s.usual_gap += GAP_STEP * (min(np.float64(gap), MOST_GAP) - s.usual_gap)
    s.carry = min(s.carry + s.share, 2.0)
    if s.carry < 1.0 - 1e-9:
        return True
    s.carry -= 1.0
    return False


@kernel
def after_place(s):
    """Give the step at which the line goes on after a note that was left out: as late as after one. RT: worker."""
    s.gap_from = -1
    return s.step + max(np.int64(s.usual_gap), 1)


@kernel
def find_place(s, io, p):
    """Find the place of a note that would begin now: `place_step` and `place_frame`; False where it has none.

    RT: worker
    """
    s.along = 0
    divisions, room = _divisions(s, p), makes_room(p.mode)
    heard = frame_of(s, s.step) + io.latency
    for _ in range(TRIED):
        at = position_frame(io.beat, next_grid(io.beat, heard, divisions)) if divisions > 0.0 else heard
        if not room or not _risky(s, io, p, at):
            s.place_frame = at - io.latency
            s.place_step = max(step_before(s, s.place_frame), s.step)
            return True
        heard = at + (1 if divisions > 0.0 else np.int64(APART_MS * 0.001 * s.rate))
    return False


@kernel
def _tell_room(s, io):
    """Tell how much room is left, where it is time to. RT: worker."""
    if room_is_due(s, io.beat, io.frame):
        tell_room(io, busy_now(s, io.frame, s.rate), s.share)


@kernel
def _tell_free(s, io, p):
    """Tell once that there is no beat for what is to wait for a grid. RT: worker."""
    if s.sure != 0 or divisions_of(p.quantise) <= 0.0:
        s.told_free = 0
    elif s.told_free == 0:
        s.told_free = 1
        tell_unquantised(io)


@kernel
def keep_time(s, io, p):
    """Take in where the beat is, and how much room the musician leaves. RT: worker."""
    s.sure = beat_sure(io.beat, io.frame) if io.beat != 0 else 0
    s.share = p.density if has_line(p.mode) else 1.0
    if makes_room(p.mode):
        s.share *= share_now(s, io.frame, s.rate, p.space)
        if s.entered == 0 and s.stroke >= 0 and io.frame - s.stroke > GAP_BEATS * _beat_frames(s, io):
            s.entered, s.carry = 1, max(s.carry, 1.0)  # the musician has paused: the next note plays
        _tell_room(s, io)
    _tell_free(s, io, p)


@kernel
def has_opened(io):
    """Tell whether livehost has begun a piece in silence, and the musician has not come in yet. RT: worker."""
    if io.beat == 0:
        return False
    b = record_at(io.beat, BEAT)
    return b.begun != 0 and b.onsets == 0


@kernel
def bar_frames(s, io, bars):
    """Give the length of so many bars, frames. RT: worker."""
    return np.int64(bars * io.quantum * _beat_frames(s, io))


@kernel
def line_may_run(s, io, p):
    """Tell whether a line of its own may go on: so many bars after the musician's last stroke. RT: worker."""
    if has_opened(io):
        return True
    if s.stroke < 0:
        return False
    return s.heard_sounding > 0 or io.frame - s.stroke <= bar_frames(s, io, alone_bars(p.mode))


@kernel
def reply_frame(s, io, earliest):
    """Give the frame at which a reply begins: at the next beat, or as soon as it can. RT: worker."""
    if s.sure == 0:
        return earliest
    return max(position_frame(io.beat, next_grid(io.beat, earliest + io.latency, 1)) - io.latency, earliest)
