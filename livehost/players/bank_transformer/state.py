"""What the transformer's chooser holds, and how it steps its model: one sound of the context at a time."""

import numpy as np

from livehost.dsp.beat.intervals import BINS
from livehost.engine.input_log import STEP, input_value
from livehost.engine.player_abi import part_at
from livehost.inference.tokens import HEARD, TOKEN_IO, TOKEN_SIZE
from livehost.players.bank_transformer.attention import tell_attention
from livehost.players.bank_transformer.context import CONTEXT_FIELDS, FEATURES_AT, sound_address, sound_at
from livehost.players.play_history import HISTORY_FIELDS
from livehost.players.sampling import SAMPLING_FIELDS
from livehost.rt.native import call1, call2, f32, i64, kernel, record_at

#: What a stepper returns (see `livehost.inference.stepper`), and, of `run_steps`, that a step cannot be made.
DONE, PENDING, FAILED = 0, 1, 2
#: Of `run_steps`: a step goes on, and its answer comes too late.
TOO_LATE = 3
#: What is being stepped: nothing, a sound that stays, one that still sounds, nothing at all (the model's prior).
IDLE, KEPT, PROVISIONAL, BLANK = 0, 1, 2, 3

BANK = np.dtype(
    [
        ("rate", "f8"),
        ("items", "i8"),
        ("features", "i8"),  # float32 [items, SEGMENT_SIZE] of the bank
        ("frames", "i8"),  # int64 [items], how long a token says that an item sounds
        ("matrix", "i8"),  # float32 [items, columns], embeddings
        ("columns", "i8"),
        ("allowed", "i8"),  # uint8 [items]: 1 where an item may be chosen
        ("session", "i8"),  # address of the session's MEMORY, 0 for none
        ("near", "i8"),  # address of the NEAREST that says what is like the sound that has just begun, 0 for none
        # the stepper
        ("stepper", "i8"),
        ("begin", "i8"),
        ("poll", "i8"),
        ("forget", "i8"),
        ("token", "i8"),
        ("given_query", "i8"),
        ("given_stroke", "i8"),  # float32 [BINS], 0 for a model that says nothing of the next stroke
        ("next_stroke", "i8"),  # float32 [BINS], what was said after the newest heard sound
        ("attention", "i8"),
        ("capacity", "i8"),
        ("layers", "i8"),
        ("heads", "i8"),
        # tokens
        ("tokeniser", "i8"),
        ("token_io", "i8"),
        ("token_step", "i8"),
        ("token_reset", "i8"),
        ("last_heard", "i8"),  # onset of the heard sound in the model that came last, -1 for none
        ("last_played", "i8"),  # the same of the played one
        # the context
        *CONTEXT_FIELDS,
        ("provisional", "i8"),  # address of the SOUND that still sounds
        ("show", "i8"),  # 1: the model is to see it; 2: it has
        ("position", "i8"),  # sounds in the model
        ("slot_sound", "i8"),  # int64 [capacity]: number of the sound in each slot
        ("attention_memory", "i8"),
        # the step under way
        ("waiting", "i8"),
        ("began", "i8"),  # frame
        ("said_late", "i8"),  # 1: it was said that this step comes too late
        ("to_forget", "i8"),  # 1: forget as soon as it is over …
        ("forget_from", "i8"),  # … all sounds before this one
        ("failures", "i8"),
        # what it wants
        ("query", "i8"),  # float32 [columns]
        ("asking", "i8"),  # 1: there is a query
        ("biased_query", "i8"),  # float32 [columns]: the query, drawn to what was approved
        ("preference", "i8"),  # float32 [columns]
        *HISTORY_FIELDS,
        *SAMPLING_FIELDS,
    ],
    align=True,
)


@kernel
def _gap(state, onset, before):
    """Seconds from an earlier onset to this one, −1 where there was none. RT: worker."""
    return max(onset - before, 0) / state.rate if before >= 0 else -1.0


@kernel
def _make_token(state, address, kind, now, follow):
    """Write the model's input for a sound, which stays or still sounds. RT: worker."""
    sound = sound_at(address)
    io = record_at(state.token_io, TOKEN_IO)
    io.features = address + FEATURES_AT
    io.source, io.seconds = sound.source, sound.frames / state.rate
    io.commit = io.closed = 1 if kind == KEPT else 0
    io.now = 1 if kind == PROVISIONAL and now != 0 else 0
    io.gap_heard, io.gap_played = (
        _gap(state, sound.onset, state.last_heard), _gap(state, sound.onset, state.last_played)
    )  # fmt: skip
    io.follow = follow
    call2(state.token_step, state.tokeniser, state.token_io)


@kernel
def _make_blank(state, follow):
    """Write the model's input for nothing at all. RT: worker."""
    token = f32(state.token, TOKEN_SIZE)
    for j in range(TOKEN_SIZE):
        token[j] = np.float32(0.0)
    token[TOKEN_SIZE - 1] = np.float32(2.0 * follow - 1.0)


@kernel
def forget_context(state):
    """Empty the model's memory, and forget all sounds before `forget_from`. RT: worker."""
    call2(state.forget, state.stepper, 0)
    call1(state.token_reset, state.tokeniser)
    state.done, state.position = state.forget_from, 0
    state.last_heard = state.last_played = -1
    state.asking = state.waiting = state.said_late = state.to_forget = 0


@kernel
def _next_step(state):
    """Tell what the model is to be told next. RT: worker."""
    if state.done < state.written:
        return KEPT
    if state.show == 1:
        return PROVISIONAL
    return BLANK if state.asking == 0 else IDLE


@kernel
def _tell_stroke(state, io, sound):
    """Give the player what the model says of the time from a heard sound's onset to the next one. RT: worker."""
    if state.given_stroke == 0 or sound.source != HEARD:
        return
    given, kept = f32(state.given_stroke, BINS), f32(state.next_stroke, BINS)
    for j in range(BINS):
        kept[j] = given[j]
    io.next_stroke, io.next_stroke_onset = state.next_stroke, sound.onset


@kernel
def _take(state, io, kind):
    """Take over what a step gave. RT: worker."""
    given, query = f32(state.given_query, state.columns), f32(state.query, state.columns)
    for j in range(state.columns):
        query[j] = given[j]
    state.asking, state.said_late = 1, 0
    if kind == BLANK:
        return
    address = sound_address(state, state.done) if kind == KEPT else state.provisional
    tell_attention(state, io, address)
    _tell_stroke(state, io, sound_at(address))
    if kind == PROVISIONAL:
        return
    if state.show == 2:  # it still sounds, and is to be seen beside what came meanwhile
        state.show = 1
    i64(state.slot_sound, state.capacity)[state.position % state.capacity] = state.done
    state.position += 1
    sound = sound_at(address)
    if sound.source == HEARD:
        state.last_heard = sound.onset
    else:
        state.last_played = sound.onset
    state.done += 1


@kernel
def _settled(state, io, code, usual):
    """Give what a step gave; in a replay what it gave then, waiting for what was done by then. RT: worker."""
    then = input_value(io.input_log, STEP, code, usual)
    while code == PENDING and then != PENDING:
        code = call2(state.poll, state.stepper, 0)
    return then


@kernel
def run_steps(state, io):
    """Step the model until it knows all that there is to know.

    Gives `DONE`; `PENDING` where a step goes on elsewhere, `TOO_LATE` where that takes too long; `FAILED` where it
    cannot be made.

    RT: worker
    """
    p = part_at(io.parameters)
    late = np.int64(p.late_ms * state.rate * 0.001)
    while True:
        if state.waiting == IDLE:
            kind = _next_step(state)
            if kind == IDLE:
                return DONE
            if io.behind > late:
                return TOO_LATE
            if kind == BLANK:
                _make_blank(state, p.follow)
            else:
                address = sound_address(state, state.done) if kind == KEPT else state.provisional
                _make_token(state, address, kind, io.now, p.follow)
            if kind == PROVISIONAL:
                state.show = 2  # what is heard of it meanwhile is to be seen too
            state.waiting, state.began = kind, io.frame
            code = _settled(state, io, call2(state.begin, state.stepper, 1 if kind == KEPT else 0), DONE)
        else:
            code = _settled(state, io, call2(state.poll, state.stepper, 0), PENDING)
        if code == PENDING:
            if io.wait != 0:
                continue
            return TOO_LATE if io.urgent != 0 or io.frame - state.began > late else PENDING
        kind, state.waiting = state.waiting, IDLE
        if state.to_forget != 0:
            forget_context(state)
        elif code == FAILED:
            # this sound is lost to the model; the next one is tried again
            state.failures += 1
            if kind == KEPT:
                state.done += 1
            return FAILED
        else:
            _take(state, io, kind)
