"""Carries out what is asked of the worker: panic and start by the gate, settings, verdicts, notes, other players.

What changes the session is told back as an event, with the frame at which it took effect.
"""

import numpy as np

from livehost.dsp.beat.given import begin_beat
from livehost.dsp.segmenter import segmenter_at
from livehost.engine.input_log import (
    CHANGED as CHANGES,
)
from livehost.engine.input_log import (
    ENTRY,
    GATE,
    PART_SETTING,
    SETTING,
    next_control,
    put_control,
    replays,
    take_command,
    take_live,
    took_command,
)
from livehost.engine.player_abi import ALLOW, BEGIN, CHANGED, PART, PLAYER, PLAYER_IO, RESET, STEER, STOP
from livehost.engine.worker.beat import follow_beat, forget_beat, use_given_beat, use_latency
from livehost.engine.worker.dispatch import call_player, io_address, player_of, plays
from livehost.engine.worker.record import WORKER_SETTINGS
from livehost.engine.worker.rests import begin_rest
from livehost.events import BY_NAME, NOW
from livehost.record import HEADER, RECORD_BYTES
from livehost.rt.atomics import load_acquire
from livehost.rt.gate import gate_word
from livehost.rt.native import i64, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish
from livehost.settings import PARTS

_NAMES = ("reset", "steer", "allow", "heard_note", "use_player", "use_bank", "player_changed", "begin", "rest")
_RESET, _STEER, _ALLOW, _HEARD_NOTE, _USE_PLAYER, _USE_BANK, _PLAYER_CHANGED, _BEGIN, _REST = (
    BY_NAME[n].code for n in _NAMES
)
_RESET_T, _STEER_T, _ALLOW_T, _HEARD_NOTE_T, _USE_PLAYER_T, _USE_BANK_T, _PLAYER_CHANGED_T, _BEGIN_T, _ = (
    BY_NAME[n].dtype for n in _NAMES
)


_GIVEN_BEAT, _CARD_LATENCY = BY_NAME["given_beat"].code, BY_NAME["card_latency"].code
_SETTINGS, _PART_SETTINGS = len(WORKER_SETTINGS.names or ()), PART.itemsize // 8


@kernel
def _io(w, part):
    """View the arguments of a part's player. RT: worker."""
    return record_at(io_address(w, part), PLAYER_IO)


@kernel
def _command(w, part, verb):
    """Have a part's player carry out a verb (part −1: every player). RT: worker."""
    for k in range(PARTS):
        if part in (-1, k) and plays(w, k):
            io = _io(w, k)
            io.frame, io.verb = w.frame, verb
            call_player(w, k, player_of(w, k).command)


@kernel
def _take_gate(w, kind):
    """Give the word of the gate; `kind` is that of its entry in the input log. RT: worker."""
    if replays(w.input_log):
        at = next_control(w.input_log, kind)
        return record_at(at, ENTRY).number if at != 0 else w.gate_seen
    word = gate_word(w.gate)
    if word != w.gate_seen:
        put_control(w.input_log, kind, 0, word, 0.0)
    return word


@kernel
def handle_gate(w, kind):
    """Forget what was to come where there was a panic or a stop, and go on where it is over. RT: worker."""
    word = _take_gate(w, kind)
    if word == w.gate_seen:
        return
    if word & 1 != 0 or word - w.gate_seen > 1:
        _command(w, -1, STOP)
        segmenter_at(w.segmenter).open = 0
    w.gate_seen = word


@kernel
def _change_player(w, record):
    """Let another player play a part from here on; its bank, where it has its own, goes to the audio thread.

    Voices that were sent out before are played from the bank that they were meant for. Gives 0, and changes nothing,
    where the way to the audio thread is full just now. RT: worker
    """
    p = record_at(record, _USE_PLAYER_T)
    if not 0 <= p.part < PARTS:
        return 1
    if p.block != 0:
        address = ring_claim(w.commands)
        if address == 0:
            return 0
        c = record_at(address, _USE_BANK_T)
        c.frame, c.kind, c.part, c.block, c.items, c.count = NOW, _USE_BANK, p.part, p.block, p.items, p.count
        ring_publish(w.commands)
    new, player, io = record_at(p.table, PLAYER), player_of(w, p.part), _io(w, p.part)
    player.state, player.step, player.think = new.state, new.step, new.think
    player.hear_segment, player.hear_note, player.command = new.hear_segment, new.hear_note, new.command
    io.count, io.think, w.player_number[p.part], w.failed[p.part] = 0, 1, p.number, 0
    address = ring_claim(w.events)
    if address != 0:
        r = record_at(address, _PLAYER_CHANGED_T)
        r.frame, r.kind, r.part, r.items, r.number = w.frame, _PLAYER_CHANGED, p.part, p.count, p.number
        ring_publish(w.events)
    return 1


@kernel
def _hear_note(w, record):
    """Tell the players of a part, or of all, of a note that the musician plays; it is an onset too. RT: worker."""
    n = record_at(record, _HEARD_NOTE_T)
    if n.velocity > 0:
        follow_beat(w, record_at(w.parameters, WORKER_SETTINGS), 1, w.frame, 20.0 * np.log10(n.velocity / 127.0))
    for k in range(PARTS):
        if n.part in (-1, k) and plays(w, k):
            io = _io(w, k)
            io.frame, io.pitch, io.velocity = w.frame, n.pitch, n.velocity
            call_player(w, k, player_of(w, k).hear_note)


@kernel
def _steer(w, record):
    """Judge the last choice of a part, or of the part that played last. RT: worker."""
    s = record_at(record, _STEER_T)
    if s.part == -1:
        s.part = w.last_part
    for k in range(PARTS):
        _io(w, k).verdict = s.verdict
    _command(w, s.part, STEER)


@kernel
def _allow(w, record):
    """Let an item of a part be chosen, or not. RT: worker."""
    a = record_at(record, _ALLOW_T)
    for k in range(PARTS):
        _io(w, k).item, _io(w, k).allowed = a.index, a.allowed
    _command(w, a.part, ALLOW)


@kernel
def _begin(w, record):
    """Open a piece in silence: a beat begins, and what has a line of its own plays. RT: worker."""
    b = record_at(record, _BEGIN_T)
    begin_beat(w.beat, w.frame, 60.0 * w.rate / b.bpm)
    _command(w, b.part, BEGIN)


@kernel
def _tell(w, record):
    """Tell that a command has been carried out. RT: worker."""
    address = ring_claim(w.events)
    if address != 0:
        source, target = i64(record, RECORD_BYTES // 8), i64(address, RECORD_BYTES // 8)
        for k in range(RECORD_BYTES // 8):
            target[k] = source[k]
        record_at(address, HEADER).frame = w.frame
        ring_publish(w.events)


@kernel
def _take_changes(w):
    """Tell which parts have had settings changed since, a bit for each. RT: worker."""
    if replays(w.input_log):
        at = next_control(w.input_log, CHANGES)
        return record_at(at, ENTRY).number if at != 0 else np.int64(0)
    changed = np.int64(0)
    for part in range(PARTS):
        changes = load_acquire(w.changes + 8 * part)
        if changes != w.changes_seen[part]:
            w.changes_seen[part] = changes
            changed |= np.int64(1) << part
    if changed != 0:
        put_control(w.input_log, CHANGES, 0, changed, 0.0)
    return changed


@kernel
def handle_commands(w):
    """Carry out what Python has asked for. RT: worker."""
    handle_gate(w, GATE)
    take_live(w.input_log, SETTING, w.given, w.parameters, 1, _SETTINGS, _SETTINGS)
    take_live(w.input_log, PART_SETTING, w.given_parts, w.part_settings, PARTS, _PART_SETTINGS, _PART_SETTINGS)
    changed = _take_changes(w)
    for part in range(PARTS):
        if (changed >> part) & 1 != 0:
            _command(w, part, CHANGED)
    while True:
        record = take_command(w.input_log, w.control)
        if record == 0:
            return
        kind = record_at(record, HEADER).kind
        if kind == _USE_PLAYER:
            if _change_player(w, record) == 0:
                return  # once more at the next hop
        else:
            if kind == _RESET:
                _command(w, record_at(record, _RESET_T).part, RESET)
                if record_at(record, _RESET_T).part == -1:
                    forget_beat(w)
            elif kind == _STEER:
                _steer(w, record)
            elif kind == _ALLOW:
                _allow(w, record)
            elif kind == _HEARD_NOTE:
                _hear_note(w, record)
            elif kind == _BEGIN:
                _begin(w, record)
            elif kind == _REST:
                begin_rest(w, record)
            elif kind == _GIVEN_BEAT:
                use_given_beat(w, record)
            elif kind == _CARD_LATENCY:
                use_latency(w, record)
            _tell(w, record)
        took_command(w.input_log, w.control, record)
