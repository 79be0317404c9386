"""Thinks ahead: a step of the model a hop, until the line reaches as far as it should."""

import numpy as np

from livehost.engine.input_log import STEP, input_value
from livehost.engine.player_abi import FAILED, io_at, part_at
from livehost.events import BY_NAME
from livehost.performance.vocabulary import LONGEST_STEPS, NOTE_OFF, NOTE_ON, TIME_SHIFT
from livehost.players.performance.along import find_stroke
from livehost.players.performance.attention import tell_attention
from livehost.players.performance.choose import choose_event, longest_shift, may_begin, overdue
from livehost.players.performance.listen import take_in
from livehost.players.performance.out import end_soon, margin, reaction
from livehost.players.performance.place import USUAL_GAP, after_place, find_place, left_out
from livehost.players.performance.reply import no_reply, note_in_reply
from livehost.players.performance.state import LOG, OWN, PITCHES, PLAN, frame_of, state_at, step_at
from livehost.players.performance.stream import (
    NOTHING,
    end_own_notes,
    pass_time,
    take_back,
    tell,
    tell_next,
    told,
)
from livehost.players.timing.room import forget_room
from livehost.rt.native import STEP2, call2, entry, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish

#: What `cut` wants: that its notes end in their time, or that they have ended.
REST, STOPPED = 1, 2
_LATE, _LATE_T = BY_NAME["late_plan"].code, BY_NAME["late_plan"].dtype
_DONE, _PENDING = 0, 1
#: What a line that is late leaves out, beyond what cannot be played any more.
RECOVER_MS = 30.0
#: Steps that fail one after another before the player gives up.
_MOST_FAILURES = 3


@kernel
def forget_all(s):
    """Forget all that was heard and played. RT: worker."""
    s.changing += 1
    call2(s.reset, s.stepper, 0)
    s.told = s.floor = s.queued = s.inbox = 0
    s.ready = s.cut = s.forget = s.is_late = 0
    s.velocity = s.heard_velocity = -1
    s.sounding = s.heard_sounding = 0
    s.put_out = s.planned
    s.remembered, s.heard_frame, s.phrase_frame = 0, -1, -1
    no_reply(s)
    s.segment_onset = s.segment_pitch = -1
    s.stroke = s.held = s.place_step = s.came_back = s.yield_at = -1
    s.carry, s.entered, s.told_free, s.struck, s.along = 0.0, 0, 0, 0, 0
    s.strokes, s.gap_from, s.usual_gap = 0, -1, USUAL_GAP
    forget_room(s)
    for pitch in range(PITCHES):
        s.since[pitch], s.heard_on[pitch] = -1, 0
    s.step = s.origin = s.earliest = s.kept_until = 0
    s.changing += 1


@kernel
def follow_clock(s, io):
    """Begin anew where the clock does: the session has, or what was before it was only a trial. RT: worker."""
    if io.frame < s.now:
        s.put_out = s.planned
        for pitch in range(PITCHES):
            s.on[pitch] = s.to_end[pitch] = s.voice[pitch] = 0
        s.forget, s.active = 1, 0
    s.now = io.frame


@kernel
def _carry_out_cut(s, io):
    """Take back what is planned beyond what cannot be changed, and end the notes of its own. RT: worker."""
    stopped, s.cut, s.held = s.cut == STOPPED, 0, -1
    s.kept_until = max(s.kept_until, step_at(s, io.frame + (margin(s, io) if stopped else reaction(s, io))))
    take_back(s, s.kept_until, s.kept_until)
    if stopped:
        s.put_out = s.planned
    end_own_notes(s, min(s.kept_until, s.step) if stopped else s.kept_until, 1 if stopped else 0)


@kernel
def _tell_late(s, io, frames, skipped):
    """Tell that the model is late, once until it is in time again. RT: worker."""
    if s.is_late != 0:
        return
    s.is_late = 1
    s.late += 1
    address = ring_claim(io.events)
    if address != 0:
        r = record_at(address, _LATE_T)
        r.frame, r.kind, r.part, r.frames, r.skipped = io.frame, _LATE, io.part, frames, skipped
        ring_publish(io.events)


@kernel
def _wait_until(s, p, step):
    """Tell the model that time passes, up to a step. RT: worker."""
    return tell(s, p, TIME_SHIFT + min(max(step - s.step, 1), LONGEST_STEPS) - 1, OWN, 1, 1.0)


@kernel
def _begin_held(s, p):
    """Begin the note that is held at its place, or wait for that. RT: worker."""
    if s.step < s.place_step:
        return _wait_until(s, p, min(s.place_step, s.step + longest_shift(s, p)))
    event, s.held = s.held, -1
    if not may_begin(s, p, event - NOTE_ON):
        return _wait_until(s, p, s.step + 1)
    s.gap_from = s.step
    note_in_reply(s)
    return tell(s, p, event, OWN, 0, s.held_probability)


@kernel
def _go_on(s, io, p):
    """Begin the next step of its own line; `NOTHING` where the line is long enough. RT: worker."""
    if s.step < s.earliest:
        s.earliest -= pass_time(s, s.earliest)
        return _wait_until(s, p, s.earliest)
    if s.planned - s.put_out > PLAN - 4 or frame_of(s, s.step) > io.frame + np.int64(p.lookahead_ms * s.rate * 0.001):
        s.is_late = 0
        return NOTHING
    too_late = io.frame + io.behind + io.block - frame_of(s, s.step)
    if too_late > 0:
        s.earliest = step_at(s, io.frame + io.behind + margin(s, io) + np.int64(RECOVER_MS * s.rate * 0.001))
        _tell_late(s, io, too_late, frame_of(s, s.earliest) - frame_of(s, s.step))
        return _wait_until(s, p, s.earliest)
    if s.ready == 0:
        return _wait_until(s, p, s.step + 1)
    pitch = overdue(s, p)
    if pitch >= 0:
        return tell(s, p, NOTE_OFF + pitch, OWN, 0, 1.0)
    if s.held >= 0:
        return _begin_held(s, p)
    event, probability = choose_event(s, p)
    if event >= NOTE_OFF:
        return tell(s, p, event, OWN, 0, probability)
    if s.place_step != s.step and not find_stroke(s, io, p) and (left_out(s) or not find_place(s, io, p)):
        return _wait_until(s, p, min(after_place(s), s.step + longest_shift(s, p)))
    s.held, s.held_probability = event, probability
    return _begin_held(s, p)


@kernel
def _take(s, io, code):
    """Take over what a step gave; `FAILED` where the player cannot go on. RT: worker."""
    s.waiting = 0
    if code == _DONE:
        told(s)
        last = s.log[(s.told - 1) % LOG]
        if s.attention != 0 and last.source == OWN and last.event < NOTE_OFF:
            tell_attention(s, io)
        return 0
    s.changing += 1
    s.failures += 1
    failures = s.failures
    end_soon(s)
    forget_all(s)
    return FAILED if failures >= _MOST_FAILURES else 0


@kernel
def _settled(s, io, code, usual):
    """Give what a step gave; in a replay what it gave then, waiting for what was done by then. RT: worker."""
    then = input_value(io.input_log, STEP, code, usual)
    while code == _PENDING and then != _PENDING:
        code = call2(s.poll, s.stepper, 0)
    return then


@kernel
def _ahead(s, io):
    """Tell whether there is time enough to leave this hop to others. RT: worker."""
    return frame_of(s, s.step) > io.frame + io.behind + 2 * reaction(s, io)


@entry(STEP2)
def think(state_address, io_address):
    """Tell the model the next event, and have it say what comes after it. RT: worker."""
    s, io = state_at(state_address), io_at(io_address)
    p = part_at(io.parameters)
    follow_clock(s, io)
    if s.waiting == 0 and io.virtual == 0 and io.behind > io.block and _ahead(s, io):
        return 0
    code = np.int64(_PENDING)
    while True:
        if s.waiting != 0:
            code = _settled(s, io, call2(s.poll, s.stepper, 0), _PENDING)
        else:
            if s.forget != 0:
                forget_all(s)
            if s.cut != 0:
                _carry_out_cut(s, io)
            take_in(s, io, p)
            code = tell_next(s, p)
            if code == NOTHING and s.active != 0:
                code = _go_on(s, io, p)
            if code == NOTHING:
                io.think = 0
                return 0
            code = _settled(s, io, code, _DONE)
            s.waiting = 1
        if code != _PENDING:
            if _take(s, io, code) == FAILED:
                return FAILED
            if io.virtual == 0:
                return 0
        elif io.virtual == 0:
            return 0
