"""What the audio thread takes in at the start of a block besides sound: settings, commands, the gate.

All of it goes through its input log (`livehost.engine.input_log`), so that a session can be played again.
"""

import numpy as np

from livehost.engine.input_log import (
    BACK,
    BLOCK,
    ENTRY,
    GATE,
    INPUT_LOG,
    REPLAY,
    SETTING,
    TAKEN,
    VOICE_SETTING,
    input_turn,
    input_value,
    next_control,
    next_value,
    put_control,
    replays,
    take_command,
    take_live,
    took_command,
)
from livehost.engine.pending import BANK, BY_HAND, PLAYER, pending_put, sounds
from livehost.engine.pending import SETTING as SETTINGS
from livehost.engine.state import AUDIO
from livehost.engine.strips import STRIP
from livehost.events import BY_NAME
from livehost.rt.broadcast import broadcast_from, broadcast_word
from livehost.rt.gate import LET_RING, gate_fade, gate_panics, gate_shut, gate_word
from livehost.rt.native import kernel, record_at
from livehost.rt.ring import ring_peek, ring_release
from livehost.settings import VOICES

#: Live settings of the audio thread.
PARAMETERS = len(AUDIO.names or ())
_USE_BANK, _PARAMETER = (BY_NAME[n].code for n in ("use_bank", "parameter"))
_VOICE_T = BY_NAME["voice"].dtype
_STRIP_COLUMNS = STRIP.itemsize // 8


@kernel
def _take_return(e, log):
    """Look whether the sound card has come back with this block. RT: callback."""
    if replays(e.input_log):
        at = next_control(e.input_log, BACK)
        if at != 0:
            e.back_frame = record_at(at, ENTRY).number
    elif e.back_frame != log.back:
        log.back = e.back_frame
        put_control(e.input_log, BACK, 0, e.back_frame, 0.0)


@kernel
def begin_block(e, frame, count):
    """Begin a block: take over the live settings as they are now. RT: callback."""
    log = record_at(e.input_log, INPUT_LOG)
    input_turn(e.input_log, frame)
    log.block = input_value(e.input_log, BLOCK, count, log.block)
    _take_return(e, log)
    take_live(e.input_log, SETTING, e.given, e.parameters, 1, PARAMETERS, PARAMETERS)
    take_live(e.input_log, VOICE_SETTING, e.given_strips, e.strips, VOICES, 2, _STRIP_COLUMNS)


@kernel
def _whose(kind, sender):
    """Tell whose quota a command is of. RT: callback."""
    return BANK if kind == _USE_BANK else SETTINGS if kind == _PARAMETER else sender


@kernel
def _enqueue(e, queue, record, sender):
    """Put a command among the pending ones, but no voice or note from before a panic. RT: callback."""
    c = record_at(record, _VOICE_T)
    if sounds(record) and (c.gate & 1 != 0 or c.gate < e.gate_seen):
        e.withheld += 1
    elif pending_put(queue, record, _whose(c.kind, sender)) == 0:
        e.refused += 1


@kernel
def take_commands(e, queue):
    """Take in what was asked for by hand, and what the worker has sent. RT: callback."""
    while True:
        record = take_command(e.input_log, e.control)
        if record == 0:
            break
        _enqueue(e, queue, record, BY_HAND)
        took_command(e.input_log, e.control, record)
    count, most = np.int64(0), np.int64(1) << 62
    if record_at(e.input_log, INPUT_LOG).mode == REPLAY:
        most = next_value(e.input_log, TAKEN, e.frame, 0)
    while count < most:
        record = ring_peek(e.commands)
        if record == 0:
            break
        _enqueue(e, queue, record, PLAYER)
        ring_release(e.commands)
        count += 1
    if input_value(e.input_log, TAKEN, count, 0) != count:
        record_at(e.input_log, INPUT_LOG).missed += 1


@kernel
def take_gate(e):
    """Give the word of the gate, and where it is another one, how fast what sounds is to fade. RT: callback."""
    if replays(e.input_log):
        at = next_control(e.input_log, GATE)
        if at == 0:
            return e.gate_seen, np.int64(LET_RING)
        entry = record_at(at, ENTRY)
        return entry.number, np.int64(entry.value) if entry.index != 0 else np.int64(LET_RING)
    shared = broadcast_word(e.broadcast)
    if shared != e.broadcast_seen:
        e.broadcast_seen = shared
        if broadcast_from(shared) != e.me:
            gate_shut(e.gate, e.panic_fade)
    word = gate_word(e.gate)
    if word == e.gate_seen:
        return word, np.int64(LET_RING)
    fade = np.int64(LET_RING)
    if word & 1 != 0 or word - e.gate_seen > 1:
        panics = gate_panics(e.gate)
        if panics != e.panics_seen:
            fade = gate_fade(e.gate)
        e.panics_seen = panics
    put_control(e.input_log, GATE, 0 if fade == LET_RING else 1, word, np.float64(fade))
    return word, fade
