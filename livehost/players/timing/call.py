"""The reply to a phrase, in mode call: its rhythm, as it was or varied, from the next bar or beat on."""

import numpy as np

from livehost.dsp.beat.grid import beat_position, next_bar, next_grid
from livehost.players.modes import reason_of
from livehost.players.rhythm import PHRASE, SAME, median
from livehost.players.rng import advance, unit
from livehost.players.timing.line import USUAL_BEAT_S, unlearnt_beats
from livehost.players.timing.plays import beat_frames, chance, on_grid, place_frame, play
from livehost.players.timing.state import PLAYS
from livehost.rt.native import kernel

#: Share of the replies that vary the phrase.
VARIED = 0.6
#: What a reply may be longer or shorter than the phrase by, of its length.
LONGER = 0.2
#: Two onsets of a reply are no nearer than this, s; what stands between two of the phrase's is so much softer, dB.
NEAREST_S, SOFTER_DB = 0.09, 3.0
#: Ways to vary: two times change places; an onset is left out; one is put in between two; the last ones are left out;
#: the times come in the opposite order.
_SWAPPED, _LEFT_OUT, _PUT_IN, _SHORTENED, _TURNED = range(5)
_WAYS = 5


@kernel
def _draw(state, count):
    """Draw a number below `count`. RT: worker."""
    state.random = advance(state.random)
    return min(np.int64(unit(state.random) * count), count - 1)


@kernel
def _differ(a, b):
    return abs(a - b) * SAME > min(a, b)


@kernel
def _leave_out(state, at, count):
    """Leave out an onset of the reply, but not its time. RT: worker."""
    state.reply_ioi[at + 1] += state.reply_ioi[at]
    for k in range(at, count - 1):
        state.reply_ioi[k], state.reply_level[k] = state.reply_ioi[k + 1], state.reply_level[k + 1]
    return count - 1


@kernel
def _put_in(state, at, count):
    """Put an onset into the middle of the time before another one. RT: worker."""
    for k in range(count, at, -1):
        state.reply_ioi[k], state.reply_level[k] = state.reply_ioi[k - 1], state.reply_level[k - 1]
    half = state.reply_ioi[at] // 2
    state.reply_ioi[at + 1] -= half
    state.reply_ioi[at] = half
    state.reply_level[at] -= SOFTER_DB
    return count + 1


@kernel
def _swap(state, first, count):
    """Let two times that follow each other and differ change places; False where there are none. RT: worker."""
    for step in range(count - 2):
        k = 1 + (first + step) % (count - 2)
        if _differ(state.reply_ioi[k], state.reply_ioi[k + 1]):
            state.reply_ioi[k], state.reply_ioi[k + 1] = state.reply_ioi[k + 1], state.reply_ioi[k]
            return True
    return False


@kernel
def _turn(state, count):
    """Let the times come in the opposite order; False where that is the same. RT: worker."""
    other = False
    for k in range(1, (count + 1) // 2):
        a, b = state.reply_ioi[k], state.reply_ioi[count - k]
        other = other or _differ(a, b)
        state.reply_ioi[k], state.reply_ioi[count - k] = b, a
    return other


@kernel
def _shorten(state, count):
    """Leave out the last onsets, as far as the length allows; gives how many are left. RT: worker."""
    length = np.int64(0)
    for k in range(1, count):
        length += state.reply_ioi[k]
    left, kept = count, length
    while left > 2 and kept - state.reply_ioi[left - 1] >= (1.0 - LONGER) * length:
        kept -= state.reply_ioi[left - 1]
        left -= 1
    return left


@kernel
def _longest(state, count):
    """Give which onset has the longest time before it. RT: worker."""
    at = 1
    for k in range(2, count):
        if state.reply_ioi[k] > state.reply_ioi[at]:
            at = k
    return at


@kernel
def _vary(state, count):
    """Vary a reply in one way, whichever is drawn and changes it; gives how many onsets it has then. RT: worker."""
    first = _draw(state, _WAYS)
    for step in range(_WAYS):
        way = (first + step) % _WAYS
        if way == _SWAPPED and count > 2:
            if _swap(state, _draw(state, count - 2), count):
                return count
        elif way == _LEFT_OUT and count > 3:
            return _leave_out(state, 1 + _draw(state, count - 2), count)
        elif way == _PUT_IN and 1 < count < PHRASE:
            at = _longest(state, count)
            if state.reply_ioi[at] >= 2.0 * NEAREST_S * state.rate:
                return _put_in(state, at, count)
        elif way == _SHORTENED and count > 3:
            left = _shorten(state, count)
            if left < count:
                return left
        elif way == _TURNED and count > 2 and _turn(state, count):
            return count
    return count


@kernel
def _begins_at(state, io, earliest):
    """Give the frame at which a reply begins: at the next bar where that is near, else at the next beat. RT: worker."""
    if state.sure != 0:
        soon = earliest + io.latency
        bar, beat = next_bar(io.beat, soon, io.quantum), next_grid(io.beat, soon, 1)
        near = (bar - beat_position(io.beat, soon)) * 2.0 <= io.quantum
        return max(place_frame(io, bar if near else beat), earliest)
    if state.phrase_count <= 1:
        return earliest
    first_ioi = max(state.phrase_count - PHRASE, 1)
    beat = median(state.phrase_ioi, state.scratch, first_ioi, state.phrase_count)
    beats = (earliest - state.last_onset + beat - 1) // beat
    return state.last_onset + beats * beat


@kernel
def prepare_reply(state, io):
    """Have the phrase that is over be answered. RT: worker."""
    count = min(state.phrase_count, PHRASE)
    for k in range(count):
        at = (state.phrase_count - count + k) % PHRASE
        state.reply_ioi[k], state.reply_level[k] = state.phrase_ioi[at], state.phrase_level[at]
    if io.varied > 0.0 and count > 1 and chance(state, io.varied):
        count = _vary(state, count)
    state.reply, state.reply_end = 0, count
    state.next_frame = _begins_at(state, io, io.now + io.lead_frames)


@kernel
def open_call(state, io):
    """Call first, in a piece that is opened in silence: a bar of the player's own. RT: worker."""
    beat = USUAL_BEAT_S * state.rate
    if state.sure != 0:
        beat = beat_frames(io, beat_position(io.beat, io.now))
    count, beats = 0, 0.0
    while beats < io.quantum and count < PHRASE:
        step = unlearnt_beats(state)
        state.reply_ioi[count], state.reply_level[count] = np.int64(step * beat), np.nan
        beats += step
        count += 1
    state.opened, state.reply, state.reply_end = 0, 0, count
    state.phrase_count = 0
    state.next_frame = _begins_at(state, io, io.now + io.lead_frames + state.lead)


@kernel
def reply(state, io):
    """Play what is left of the reply to a phrase. RT: worker."""
    earliest = io.now + io.lead_frames
    while state.reply < state.reply_end and state.next_frame <= earliest + state.lead and io.count < PLAYS:
        if io.respond != 0 and chance(state, io.density):
            start = on_grid(state, io, max(state.next_frame, earliest))
            play(state, io, start, -1, state.reply_level[state.reply], reason_of(io.mode))
        state.reply += 1
        if state.reply < state.reply_end:
            state.next_frame += state.reply_ioi[state.reply]
