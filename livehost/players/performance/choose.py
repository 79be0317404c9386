"""The next event of its own line: what may come at all, and which of it does.

A note begins only where it does not sound, ends only where it does, lasts a step at least and `max_note_s` at most; a
velocity is set once before a note. The random number of an event is that of its place in the stream, so that what was
taken back and thought of again is the same unless something was heard.
"""

import numpy as np

from livehost.performance.condition import HAS_HISTOGRAM, HELP, LEAST_SHARE
from livehost.performance.vocabulary import NOTE_OFF, NOTE_ON, SIZE, TIME_SHIFT, VELOCITY
from livehost.players.performance.reply import must_begin, reply_over, steps_to_last
from livehost.players.performance.state import CLASSES, CONDITIONS, LOG, OWN, PITCHES, STEP_SECONDS
from livehost.players.performance.stream import is_shift
from livehost.players.rng import advance, unit
from livehost.players.sampling import softmax, sort_by_cost
from livehost.rt.native import f32, kernel

_SPREAD = np.uint64(0xD1342543DE82EF95)


@kernel
def longest_note(p):
    """Count the steps that a note of its own may last. RT: worker."""
    return max(np.int64(p.max_note_s / STEP_SECONDS), 1)


@kernel
def _last_own(s):
    """Newest event of its own, −1 for none in sight or where time has passed since. RT: worker."""
    n = s.told - 1
    while n >= s.floor and s.log[n % LOG].source != OWN and not is_shift(s.log[n % LOG].event):
        n -= 1
    return s.log[n % LOG].event if n >= s.floor else -1


@kernel
def overdue(s, p):
    """Pitch of a note that has lasted as long as it may, −1 for none. RT: worker."""
    longest = longest_note(p)
    for pitch in range(PITCHES):
        if s.since[pitch] >= 0 and s.step - s.since[pitch] >= longest:
            return pitch
    return -1


@kernel
def longest_shift(s, p):
    """Count the steps until a note of its own is overdue, or due. RT: worker."""
    longest, left = longest_note(p), np.int64(1 << 30)
    for pitch in range(PITCHES):
        if s.since[pitch] >= 0:
            left = min(left, max(s.since[pitch] + longest - s.step, 1))
    return steps_to_last(s, left)


@kernel
def may_begin(s, p, pitch):
    """Tell whether a note may begin. RT: worker."""
    return s.sounding < np.int64(p.polyphony) and s.since[pitch] < 0


@kernel
def _help_pitches(s):
    """Write what is added to the logits of each pitch class; see `livehost.performance.condition.pitch_help`.

    RT: worker
    """
    condition = f32(s.condition_in, CONDITIONS)
    for k in range(CLASSES):
        share = max(12.0 * np.float64(condition[k]), LEAST_SHARE)
        s.help[k] = HELP * np.log(share) if condition[HAS_HISTOGRAM] > 0 else 0.0


@kernel
def choose_event(s, p):
    """Draw an event from the logits; gives it and its probability. RT: worker."""
    logits, count = f32(s.logits, SIZE), np.int64(0)
    _help_pitches(s)
    full, last = s.sounding >= np.int64(p.polyphony), _last_own(s)
    must = must_begin(s)
    none = full or (reply_over(s) and not must)
    for event in range(SIZE):
        if event < NOTE_OFF:
            may = not none and s.since[event - NOTE_ON] < 0
        elif event < TIME_SHIFT:
            may = (full or not must) and 0 <= s.since[event - NOTE_OFF] < s.step
        elif event < VELOCITY:
            may = not must
        else:
            may = not none and last < VELOCITY
        if may:
            extra = s.help[event % CLASSES] if event < NOTE_OFF else 0.0
            s.cost[count], s.index[count] = -(np.float64(logits[event]) + extra) / s.model_temperature, event
            count += 1
    sort_by_cost(s.cost, s.index, count)
    softmax(s.cost, s.probability, count, p.note_temperature, p.top_p)
    place = (np.uint64(s.told) + np.uint64(1)) * _SPREAD
    left = unit(advance(advance(s.seed ^ place)))
    chosen = np.int64(0)
    while chosen < count - 1 and left >= s.probability[chosen]:
        left -= s.probability[chosen]
        chosen += 1
    while chosen > 0 and s.probability[chosen] <= 0.0:  # what rounding has left over
        chosen -= 1
    event, probability = s.index[chosen], s.probability[chosen]
    if is_shift(event):
        event = TIME_SHIFT + min(event - TIME_SHIFT + 1, longest_shift(s, p)) - 1
    return event, probability
