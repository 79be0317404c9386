"""The line of mode duo: between the musician's strokes, thinner while they are busy, into their gaps.

The line walks in the musician's rhythm. What is thinned out of it is carried over: a note is played when a whole one
has come together, at a place where no stroke is expected.
"""

import numpy as np

from livehost.dsp.beat.grid import beat_position, next_grid, position_frame
from livehost.players.modes import reason_of
from livehost.players.rhythm import REMEMBERED
from livehost.players.timing.line import (
    begin_line,
    catch_up,
    keep_grid,
    line_goes_on,
    line_level,
    line_may_run,
)
from livehost.players.timing.near import APART_MS, apart_frames, stroke_chance
from livehost.players.timing.plays import beat_frames, chance, on_grid, place_frame, play
from livehost.players.timing.room import MOST_NOTES, share_now
from livehost.players.timing.state import PLAYS
from livehost.rt.native import kernel

#: How likely a stroke may be where a note is played; the same while it has doubled next to none.
RISK, RISK_AT_BEST = 0.15, 0.4
#: Share of the newest note in how many have doubled a stroke, and where that is next to none.
DOUBLED_STEP, DOUBLED_LITTLE = 0.15, 0.12
#: What is left of that share with each stroke.
DOUBLED_LEFT = 0.985
#: Where so many have, what is expected is not to be trusted: a note waits until the musician has paused for so many
#: times between strokes.
DOUBLED_MUCH, CAUTION = 0.2, 1.25
#: What is carried over is no more than so many notes.
MOST_CARRIED = 2.0
#: So many beats, or times between strokes, without a stroke are a gap.
GAP_BEATS, GAP_TIMES = 1.0, 1.5
#: Onsets in which a beat could have been found.
FREE_AFTER = 16
#: Places of a beat that are tried, and how far ahead, beats.
TRIED, AHEAD = 4.0, 1.0
#: Places that are tried without a beat, and how far from each other, ms.
TRIES, TRY_MS = 12, APART_MS / 2


@kernel
def _usual_time(state):
    """Give the mean time between strokes, frames. RT: worker."""
    count, total = min(state.learnt, REMEMBERED), 0.0
    for k in range(count):
        total += state.ioi[k]
    return total / count if count > 0 else state.rate


@kernel
def _risk_by_times(state, io, frame, apart):
    """Give how likely a stroke is near a frame by the times between strokes that were learnt alone. RT: worker."""
    gone, then, longer, near = io.now - state.last_onset, frame - state.last_onset, 1.0, 0.0
    for k in range(min(state.learnt, REMEMBERED)):
        if state.ioi[k] > gone:
            longer += 1.0
            if abs(state.ioi[k] - then) < apart:
                near += 1.0
    return near / longer


@kernel
def _risk(state, io, frame):
    """Give how likely the musician strikes near a frame at which a sound is heard, 0 … 1. RT: worker."""
    apart = apart_frames(state.rate, io.space)
    if state.opened != 0 or apart == 0:
        return 0.0
    if state.onsets > 0 and abs(frame - state.last_onset) < apart:
        return 1.0
    if state.doubled > DOUBLED_MUCH and frame - state.last_onset < CAUTION * _usual_time(state):
        return 1.0
    if state.sure == 0:
        return _risk_by_times(state, io, frame, apart)
    risk = stroke_chance(io.beat, io.now, frame, apart)
    return max(risk, _risk_by_times(state, io, frame, apart)) if state.doubled > DOUBLED_MUCH else risk


@kernel
def _seek_place(state, io, risk):
    """Move the next note to a place a little later where no stroke is expected; False where there is none.

    RT: worker
    """
    if state.on_grid == 0:
        for _ in range(TRIES):
            state.next_frame += np.int64(TRY_MS * 0.001 * state.rate)
            if _risk(state, io, state.next_frame + io.latency) <= risk:
                return True
        return False
    divisions = io.divisions if io.divisions > 0.0 else TRIED
    frame = position_frame(io.beat, state.position)
    last = state.position + AHEAD
    place = state.position
    while place < last:
        place = next_grid(io.beat, frame + 1, divisions)
        frame = position_frame(io.beat, place)
        if _risk(state, io, frame) <= risk:
            state.position = place
            state.next_frame = place_frame(io, place)
            return True
    return False


@kernel
def _note_outcome(state, io):
    """Learn whether the note that was played last has doubled a stroke; what is not out yet gives way to one.

    RT: worker
    """
    apart = apart_frames(state.rate, io.space)
    if io.onset != 0:
        io.drop_from, io.drop_until = io.onset_frame - apart - io.latency, io.onset_frame + apart - io.latency
        state.doubled *= DOUBLED_LEFT  # who plays no more for having doubled finds another chance
    if state.pending == 0:
        return
    heard = state.given + io.latency
    if io.onset != 0 and abs(io.onset_frame - heard) < apart:
        state.pending = 0
        if state.given > io.now + io.lead_frames:  # it is dropped
            state.carry = min(state.carry + 1.0, MOST_CARRIED)
        else:
            state.doubled += DOUBLED_STEP * (1.0 - state.doubled)
    elif io.now > heard + 2 * apart:
        state.pending = 0
        state.doubled -= DOUBLED_STEP * state.doubled


@kernel
def _gap(state, io):
    """Give how long without a stroke is a gap, frames. RT: worker."""
    usual = GAP_TIMES * _usual_time(state)
    if state.sure == 0:
        return usual
    return max(GAP_BEATS * beat_frames(io, beat_position(io.beat, io.now)), usual)


@kernel
def _enter(state, io, earliest):
    """Come in at the first place that can be reached: the musician has paused. RT: worker."""
    state.entered, state.moved = 1, 1
    if chance(state, io.density):
        state.carry = max(state.carry, 1.0)
    if state.on_grid != 0:
        divisions = io.divisions if io.divisions > 0.0 else 2.0
        state.position = next_grid(io.beat, earliest + io.latency, divisions)
        state.next_frame = place_frame(io, state.position)
    else:
        state.next_frame = earliest


@kernel
def _say_free(state, io):
    """Say once that the line goes without a beat, where one could have been found by now. RT: worker."""
    if state.sure == 0 and state.told_free == 0 and state.onsets >= FREE_AFTER:
        state.told_free = io.free = 1


@kernel
def play_duo(state, io):
    """Play on, between the musician's strokes. RT: worker."""
    earliest = io.now + io.lead_frames
    _note_outcome(state, io)
    if io.onset != 0:
        state.entered = 0
    if state.running == 0:
        if line_may_run(state, io):
            begin_line(state, io)
            state.carry = state.moved = 0
        elif io.phrase_over != 0 and io.respond != 0 and chance(state, io.density):  # a stroke or two, and silence
            play(state, io, on_grid(state, io, earliest), -1, state.phrase_level[0], reason_of(io.mode))
            state.entered = 1
            return
        else:
            return
    elif not line_may_run(state, io):
        state.running = 0
        return
    else:
        keep_grid(state, io)
    pauses = state.onsets > 0 and io.now - state.last_onset > _gap(state, io)
    if state.entered == 0 and (pauses or io.phrase_over != 0):
        _enter(state, io, earliest)
    if state.next_frame < earliest - np.int64(state.rate):
        catch_up(state, io, earliest)
    _put_notes(state, io, earliest)


@kernel
def _put_notes(state, io, earliest):
    """Give out the line's notes that are due. RT: worker."""
    risk = RISK_AT_BEST if state.doubled < DOUBLED_LITTLE else RISK
    while state.next_frame <= earliest + state.lead and io.count < PLAYS:
        if state.next_frame >= earliest:
            if state.moved == 0:
                share = share_now(state, io.now, state.rate, io.space)
                share = min(share, MOST_NOTES * _usual_time(state) / state.rate) * io.density
                state.carry = min(state.carry + share, MOST_CARRIED)
            if state.carry >= 1.0:
                if _risk(state, io, state.next_frame + io.latency) <= risk:
                    if io.respond != 0:
                        play(state, io, max(state.next_frame, earliest), -1, line_level(state), reason_of(io.mode))
                        state.pending = 1
                        _say_free(state, io)
                    state.carry -= 1.0
                elif _seek_place(state, io, risk):
                    state.moved = 1
                    continue
        state.moved = 0
        line_goes_on(state, io)
