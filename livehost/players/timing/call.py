"""The reply to a phrase, in mode call: its rhythm, as it was or varied, from the next bar or beat on."""

from livehost.dsp.beat.grid import beat_position, next_bar, next_grid
from livehost.players.modes import reason_of
from livehost.players.rhythm import PHRASE, median
from livehost.players.timing.plays import chance, on_grid, place_frame, play
from livehost.players.timing.state import PLAYS
from livehost.rt.native import kernel


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
    state.reply, state.reply_end = 0, count
    state.next_frame = _begins_at(state, io, io.now + io.lead_frames)


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
