"""A step of the timing: takes in a hop, and says what to play."""

from livehost.dsp.beat.grid import beat_sure
from livehost.players.modes import ANSWER, CALL, DUO, makes_room, reason_of, strikes_along
from livehost.players.timing.call import open_call, prepare_reply, reply
from livehost.players.timing.duo import play_duo
from livehost.players.timing.line import line_level, play_on
from livehost.players.timing.phrase import close_phrase, phrase_is_over, take_onset
from livehost.players.timing.plays import chance, on_grid, play
from livehost.players.timing.room import busy_now, forget_room, room_is_due, share_now
from livehost.players.timing.state import TIMING, TIMING_IO
from livehost.players.timing.unison import follow_strokes, forget_strokes
from livehost.rt.native import STEP, STEP2, entry, kernel, record_at

#: Answers that would stand so near to each other on a grid are one.
SAME_PLACE_MS = 20.0


@kernel
def _answer(state, io):
    """Answer an onset. RT: worker."""
    if io.onset == 0 or not chance(state, io.density) or io.respond == 0:
        return
    start = io.onset_frame + io.delay_frames if io.delay_frames > 0 else io.now + io.lead_frames
    placed = on_grid(state, io, start)
    if io.divisions > 0.0 and state.sure != 0 and abs(placed - state.given) < SAME_PLACE_MS * 0.001 * state.rate:
        return  # the place has its answer
    play(state, io, placed, io.onset_frame, io.level_db, reason_of(io.mode))


@kernel
def _play_another(state, io):
    """Play what has been chosen in place of the last choice. RT: worker."""
    state.pressed = 0
    if io.respond != 0:
        play(state, io, on_grid(state, io, io.now + io.lead_frames), -1, line_level(state), reason_of(io.mode))


@kernel
def _tell_room(state, io):
    """Say how much room is left, where it is time to. RT: worker."""
    if not room_is_due(state, io.beat, io.now):
        return
    io.tells_room, io.busy = 1, busy_now(state, io.now, state.rate)
    io.share = share_now(state, io.now, state.rate, io.space)


@entry(STEP2)
def timing_step(state_address, io_address):
    """Take in one hop and say what to play; called for every onset hop, in order. RT: worker."""
    state = record_at(state_address, TIMING)
    io = record_at(io_address, TIMING_IO)
    io.count = io.phrase_over = io.comes_back = io.free = io.tells_room = 0
    io.outcome = io.withdraws = io.strikes_now = 0
    io.drop_from = io.drop_until = -1
    state.sure = beat_sure(io.beat, io.now) if io.beat != 0 else 0
    if state.sure != 0:
        state.told_free = 0
    if io.mode != state.mode:
        state.mode, state.running, state.reply_end = io.mode, 0, 0
        forget_strokes(state)
    if phrase_is_over(state, io):
        close_phrase(state, io)
        if io.mode == CALL and io.respond != 0:
            prepare_reply(state, io)
    if io.onset != 0:
        take_onset(state, io)
        if state.reply_end != 0 and io.mode == CALL:  # the reply gives way, and what of it waits
            io.drop_from, io.drop_until = 0, io.now + io.lead_frames + state.lead
        state.reply_end = state.opened = 0
    if state.pressed != 0:
        _play_another(state, io)
    if strikes_along(io.mode):
        follow_strokes(state, io)
    if io.mode == ANSWER:
        _answer(state, io)
    elif io.mode == CALL:
        if state.opened != 0 and io.respond != 0:
            open_call(state, io)
        reply(state, io)
    elif io.mode == DUO:
        play_duo(state, io)
    else:
        play_on(state, io)
    if makes_room(io.mode):
        _tell_room(state, io)
    return 0


@entry(STEP)
def timing_reset(state_address):
    """Drop what is to come and the phrase that goes on; what was learnt stays. RT: worker."""
    state = record_at(state_address, TIMING)
    state.open = state.running = state.reply_end = state.opened = state.pending = state.pressed = 0
    forget_strokes(state)
    return 0


@entry(STEP)
def timing_open(state_address):
    """Open a piece in silence: what has a line of its own begins it, whether anything was heard or not. RT: worker."""
    state = record_at(state_address, TIMING)
    state.open = state.running = state.reply_end = state.pending = 0
    state.opened = 1
    return 0


@entry(STEP)
def timing_press(state_address):
    """Have something be played now, where the musician's phrase is over; gives 1 where it will be. RT: worker."""
    state = record_at(state_address, TIMING)
    if state.open != 0:
        return 0
    state.pressed = 1
    return 1


@entry(STEP)
def timing_forget(state_address):
    """Go back to the beginning: nothing heard, nothing learnt, the same random numbers again. RT: worker."""
    state = record_at(state_address, TIMING)
    state.open = state.running = state.reply_end = state.learnt = state.opened = state.onsets = 0
    state.pending = state.told_free = state.entered = state.pressed = 0
    forget_strokes(state)
    state.carry = state.doubled = 0.0
    state.given = -1
    forget_room(state)
    state.random = state.seed
    return 0
