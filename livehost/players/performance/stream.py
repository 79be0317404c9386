"""The stream of events that the model is told: its own and the musician's, in the order of time.

What the musician plays comes while the model has already thought further. Then what was told after it is taken back:
events of its own that will sound too soon to be changed are told again behind it, those after them are thought of anew.
"""

import numpy as np

from livehost.performance.vocabulary import LONGEST_STEPS, NOTE_OFF, NOTE_ON, TIME_SHIFT, VELOCITY
from livehost.players.performance.heard import write_condition
from livehost.players.performance.state import HEARD, LOG, OWN, PITCHES, PLAN, QUEUE, SEEN, UNISON, frame_of
from livehost.rt.native import call2, f32, kernel

#: The longest pause that the model is told of, steps.
LONGEST_PAUSE = 2 * LONGEST_STEPS
#: What `tell_next` gives where there is nothing to be told.
NOTHING = -1


@kernel
def is_shift(event):
    """Tell whether an event is a time-shift. RT: worker."""
    return TIME_SHIFT <= event < VELOCITY


@kernel
def _after(entry):
    """Step after an event of the log. RT: worker."""
    return entry.step + (entry.event - TIME_SHIFT + 1) if is_shift(entry.event) else entry.step


@kernel
def _copy(target, source):
    """Copy an event. RT: worker."""
    target.step, target.event, target.source = source.step, source.event, source.source
    target.planned, target.probability = source.planned, source.probability


@kernel
def queue_at(s, place, step, event, source, planned):
    """Put an event into the queue at a place; 0 where it is full. RT: worker."""
    if s.queued == QUEUE:
        s.dropped += 1
        return 0
    for k in range(s.queued, place, -1):
        _copy(s.queue[k], s.queue[k - 1])
    e = s.queue[place]
    e.step, e.event, e.source, e.planned, e.probability = step, event, source, planned, 1.0
    s.queued += 1
    return 1


@kernel
def _plan(s, step, pitch, velocity, probability):
    """Plan a note at its place, or its end; in the order of their frames. RT: worker."""
    frame = frame_of(s, step)
    reason = s.reason
    if velocity > 0 and s.place_step == step:
        frame = s.place_frame
        reason = UNISON if s.along != 0 else reason
    if s.planned > s.put_out:
        frame = max(frame, s.plan[(s.planned - 1) % PLAN].frame)
    note = s.plan[s.planned % PLAN]
    note.frame, note.pitch, note.velocity, note.probability = frame, pitch, velocity, probability
    note.reason = reason
    s.planned += 1
    if velocity > 0:
        s.generated += 1


@kernel
def _take_own(s, p, entry, planned):
    """Have an event of its own take effect on what sounds, and on the plan where it is not planned yet. RT: worker."""
    entry.velocity, entry.since, entry.plan = s.velocity, -1, s.planned
    if planned != 0:
        return
    event = entry.event
    if event >= VELOCITY:
        s.velocity = event - VELOCITY
    elif event < NOTE_OFF:
        pitch = event - NOTE_ON
        low, high = np.int64(p.velocity_low), np.int64(max(p.velocity_high, p.velocity_low))
        velocity = 66 if s.velocity < 0 else 4 * s.velocity + 2
        s.since[pitch] = entry.step
        s.sounding += 1
        _plan(s, entry.step, pitch, min(max(velocity, low), high), entry.probability)
    elif event < TIME_SHIFT:
        pitch = event - NOTE_OFF
        if s.since[pitch] >= 0:
            entry.since, s.since[pitch] = s.since[pitch], -1
            s.sounding -= 1
            _plan(s, entry.step, pitch, 0, entry.probability)


@kernel
def tell(s, p, event, source, planned, probability):
    """Write an event into the log and the model's inputs, and begin its step; gives the back end's code. RT: worker."""
    entry = s.log[s.told % LOG]
    entry.step, entry.event, entry.source = s.step, event, source
    entry.planned, entry.probability = 1, probability
    if source == OWN:
        _take_own(s, p, entry, planned)
    seen = s.told % SEEN
    s.seen_event[seen], s.seen_source[seen] = event, source
    s.step = _after(entry)
    s.seen_frame[seen] = frame_of(s, s.step)
    f32(s.event_in, 1)[0], f32(s.source_in, 1)[0] = np.float32(event), np.float32(source)
    write_condition(s, p, frame_of(s, s.step))
    s.ready = 0
    s.changing += 1
    return call2(s.begin, s.stepper, 1)


@kernel
def told(s):
    """Count an event whose step is done. RT: worker."""
    s.changing += 1
    s.told += 1
    s.floor = max(s.floor, s.told - LOG)
    s.ready, s.failures = 1, 0


@kernel
def tell_next(s, p):
    """Tell the first event of the queue, or a part of the pause before it; else give `NOTHING`. RT: worker."""
    if s.queued == 0:
        return NOTHING
    first = s.queue[0]
    wait = first.step - s.step
    if wait > 0:
        return tell(s, p, TIME_SHIFT + min(wait, LONGEST_STEPS) - 1, first.source, 1, 1.0)
    event, source, planned, probability = first.event, first.source, first.planned, first.probability
    for k in range(1, s.queued):
        _copy(s.queue[k - 1], s.queue[k])
    s.queued -= 1
    return tell(s, p, event, source, planned, probability)


@kernel
def _undo_own(s, entry):
    """Take back what an event of its own has done. RT: worker."""
    event, s.velocity = entry.event, entry.velocity
    if event < NOTE_OFF:
        if s.since[event - NOTE_ON] >= 0:
            s.since[event - NOTE_ON] = -1
            s.sounding -= 1
    elif event < TIME_SHIFT and entry.since >= 0:
        s.since[event - NOTE_OFF] = entry.since
        s.sounding += 1
    s.planned = max(min(s.planned, entry.plan), s.put_out)


@kernel
def take_back(s, step, keep_until):
    """Take back all that was told after a step; its own events up to `keep_until`, and heard ones, are told again.

    RT: worker
    """
    first = s.told
    while first > s.floor and _after(s.log[(first - 1) % LOG]) > step:
        first -= 1
    count = s.told - first
    if count == 0:
        return
    for n in range(s.told - 1, first - 1, -1):
        entry = s.log[n % LOG]
        shift = is_shift(entry.event)
        if entry.source == HEARD or entry.step <= keep_until:
            if not shift:
                queue_at(s, 0, entry.step, entry.event, entry.source, 1)
                s.queue[0].probability = entry.probability
        elif not shift:
            _undo_own(s, entry)
    s.step = s.log[first % LOG].step
    s.changing += 1
    call2(s.back, s.stepper, count)
    s.changing += 1
    s.told, s.ready, s.place_step = first, 0, -1


@kernel
def insert(s, step, event, source):
    """Put an event into the queue behind all that come no later. RT: worker."""
    place = np.int64(0)
    while place < s.queued and s.queue[place].step <= step:
        place += 1
    return queue_at(s, place, max(step, s.step), event, source, 1 if source == HEARD else 0)


@kernel
def pass_time(s, step):
    """Move on over a pause that is too long to be told of, as if it had been `LONGEST_PAUSE`. RT: worker."""
    left_out = step - s.step - LONGEST_PAUSE
    if left_out <= 0 or s.queued > 0 or s.sounding > 0:
        return 0
    s.origin, s.kept_until = frame_of(s, left_out), min(s.kept_until, s.step)
    s.place_step = -1
    return left_out


@kernel
def end_own_notes(s, step, planned):
    """Put the end of every note of its own that sounds into the queue. RT: worker."""
    step = max(step, s.queue[s.queued - 1].step if s.queued > 0 else s.step)
    for pitch in range(PITCHES):
        if s.since[pitch] >= 0:
            queue_at(s, s.queued, step, NOTE_OFF + pitch, OWN, planned)
            if planned != 0:
                s.since[pitch] = -1
                s.sounding -= 1
