"""A line of its own: it walks on in the musician's rhythm, on the grid of the beat or, without one, time after time."""

import numpy as np

from livehost.dsp.beat.grid import beat_position, next_grid
from livehost.players.modes import alone_bars, reason_of
from livehost.players.rhythm import REMEMBERED, walk
from livehost.players.rng import advance, unit
from livehost.players.timing.plays import beat_frames, chance, nearest_place, place_after, place_frame, play
from livehost.players.timing.state import PLAYS
from livehost.rt.native import kernel

#: What a line that has learnt nothing is made of: times between notes, beats.
UNLEARNT = (1.0, 0.5, 0.5, 1.0, 1.5, 0.5)
_KINDS = len(UNLEARNT)
#: The line's next place stays its place where the beat moves it by less than this, beats.
_JUMPED = 0.6
#: A beat, where none is heard, s.
USUAL_BEAT_S = 0.5


@kernel
def line_level(state):
    """Give the level of the line's next note, as the musician played it; nan where nothing was learnt. RT: worker."""
    return state.level[state.place % REMEMBERED] if state.learnt > 0 else np.nan


@kernel
def unlearnt_beats(state):
    """Draw a time between notes, beats, where nothing has been learnt. RT: worker."""
    state.random = advance(state.random)
    drawn, beats = np.int64(unit(state.random) * _KINDS), UNLEARNT[0]
    for k in range(1, _KINDS):
        if drawn == k:
            beats = UNLEARNT[k]
    return beats


@kernel
def _next_time(state, io):
    """Take the line's next time between notes. RT: worker."""
    if state.learnt > 0:
        walk(state)
        return
    beat = beat_frames(io, state.position) if state.on_grid != 0 else USUAL_BEAT_S * state.rate
    state.place_ioi = np.int64(unlearnt_beats(state) * beat)


@kernel
def line_goes_on(state, io):
    """Move the line on to its next note. RT: worker."""
    _next_time(state, io)
    state.anchor = state.next_frame
    if state.on_grid != 0:
        state.position = place_after(io, state.position, state.place_ioi / beat_frames(io, state.position))
        state.next_frame = place_frame(io, state.position)
    else:
        state.next_frame += state.place_ioi


@kernel
def bar_frames(state, io, bars):
    """Give the length of so many bars, as they are now. RT: worker."""
    beat = USUAL_BEAT_S * state.rate
    if state.sure != 0:
        beat = beat_frames(io, beat_position(io.beat, io.now))
    return np.float64(bars) * io.quantum * beat


@kernel
def line_may_run(state, io):
    """Tell whether a line may go on: while the musician plays, and as many bars after that as the mode goes on alone.

    RT: worker
    """
    if state.opened != 0:
        return True
    known = state.learnt >= 2 or (state.sure != 0 and state.onsets > 0)
    return known and io.now - state.last_onset <= bar_frames(state, io, alone_bars(io.mode))


@kernel
def begin_line(state, io):
    """Begin the line at the musician's last onset, as if that had been its own; where it opens, now. RT: worker."""
    state.running = 1
    state.next_frame = state.last_onset
    if state.opened != 0:
        state.next_frame = io.now + io.lead_frames + state.lead
    state.on_grid = 0
    if state.learnt > 0:
        state.place = state.learnt - 1
        state.place_ioi = state.ioi[state.place % REMEMBERED]
    state.anchor = state.next_frame
    keep_grid(state, io)


@kernel
def keep_grid(state, io):
    """Have the line be on the grid of the beat while there is one, wherever the beat has moved to. RT: worker."""
    if state.sure != 0 and state.on_grid == 0:
        state.on_grid = 1
        state.position = nearest_place(io, beat_position(io.beat, state.next_frame + io.latency))
    elif state.sure == 0:
        state.on_grid = 0
    if state.on_grid == 0:
        return
    frame = place_frame(io, state.position)
    if abs(frame - state.next_frame) > _JUMPED * beat_frames(io, state.position):  # beats are counted anew
        state.position = nearest_place(io, beat_position(io.beat, state.next_frame + io.latency))
        frame = place_frame(io, state.position)
    state.next_frame = frame


@kernel
def _follow(state, io):
    """Move the times onto an onset near one; True where it is the one to come, which the line joins at once.

    RT: worker
    """
    tolerance = (state.next_frame - state.anchor) // 4
    if abs(io.onset_frame - state.anchor) <= tolerance:
        state.next_frame += io.onset_frame - state.anchor
        state.anchor = io.onset_frame
    elif abs(io.onset_frame - state.next_frame) <= tolerance:
        state.next_frame = io.onset_frame
        return True
    return False


@kernel
def play_on(state, io):
    """Play on. Places that cannot be reached in time are left out, never played late: the line stays on its grid.

    RT: worker
    """
    earliest = io.now + io.lead_frames
    begins = joins = False
    if state.running == 0:
        if not line_may_run(state, io):
            return
        begin_line(state, io)
        begins = state.opened == 0
    else:
        keep_grid(state, io)
        if io.onset != 0 and state.on_grid == 0:
            joins = _follow(state, io)
    skipped = 0
    while begins or joins or (state.next_frame <= earliest + state.lead and io.count < PLAYS):
        if begins:
            begins = False
        elif joins or state.next_frame >= earliest:
            if io.respond != 0 and chance(state, io.density):
                play(state, io, max(state.next_frame, earliest), -1, line_level(state), reason_of(io.mode))
        elif skipped == REMEMBERED:
            catch_up(state, io, earliest)  # silent for so long that there is nothing left to keep
            continue
        else:
            skipped += 1
        joins = False
        line_goes_on(state, io)


@kernel
def catch_up(state, io, earliest):
    """Move a line that is far behind to the first place that it can reach. RT: worker."""
    state.next_frame = earliest
    if state.on_grid != 0:
        divisions = io.divisions if io.divisions > 0.0 else 4.0
        state.position = next_grid(io.beat, earliest + io.latency, divisions)
        state.next_frame = place_frame(io, state.position)
