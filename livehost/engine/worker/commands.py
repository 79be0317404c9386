"""What is asked of the worker: panic and start by the gate, settings, steering, another player."""

from numba import carray

from livehost.engine.player_abi import PLAYER
from livehost.events import BY_NAME, HEADER, NOW
from livehost.rt.atomics import load_acquire
from livehost.rt.gate import gate_word
from livehost.rt.native import call1, call2, kernel, pointer
from livehost.rt.ring import ring_claim, ring_peek, ring_publish, ring_release

_RESET, _STEER, _ALLOW, _PLAYER, _SWAP, _SWAPPED = (
    BY_NAME[n].code for n in ("reset", "steer", "allow", "player", "swap", "swapped")
)
_STEER_T, _ALLOW_T, _PLAYER_T, _SWAP_T, _SWAPPED_T = (
    BY_NAME[n].dtype for n in ("steer", "allow", "player", "swap", "swapped")
)


@kernel
def obey_gate(w):
    """Forget what was to come where there was a panic or a stop, and go on where it is over. RT: worker."""
    word = gate_word(w.gate)
    if word == w.gate_seen:
        return
    if word & 1 != 0 or word - w.gate_seen > 1:
        call1(w.timing_reset, w.timing)
        w.open = 0
    w.gate_seen = word


@kernel
def _change_player(w, player, io, record):
    """Let another player answer from here on; its bank, where it has its own, goes to the audio thread.

    Voices that were sent out before are played from the bank that they were meant for. Gives 0, and changes nothing,
    where the way to the audio thread is full just now. RT: worker
    """
    p = carray(pointer(record), (1,), _PLAYER_T)[0]
    if p.block != 0:
        address = ring_claim(w.commands)
        if address == 0:
            return 0
        c = carray(pointer(address), (1,), _SWAP_T)[0]
        c.frame, c.kind, c.block, c.items, c.count = NOW, _SWAP, p.block, p.items, p.count
        ring_publish(w.commands)
    new = carray(pointer(p.table), (1,), PLAYER)[0]
    player.state, player.hear, player.played, player.arm = new.state, new.hear, new.played, new.arm
    player.reset, player.steer, player.allow = new.reset, new.steer, new.allow
    io.count, w.used, w.arm_due, w.player_number = 0, 0, 1, p.number
    address = ring_claim(w.events)
    if address != 0:
        r = carray(pointer(address), (1,), _SWAPPED_T)[0]
        r.frame, r.kind, r.items, r.number = w.frame, _SWAPPED, p.count, p.number
        ring_publish(w.events)
    return 1


@kernel
def obey(w, player, io):
    """Carry out what Python has asked for. RT: worker."""
    obey_gate(w)
    changes = load_acquire(w.changes)
    if changes != w.changes_seen:
        w.changes_seen, w.arm_due = changes, 1
    while True:
        record = ring_peek(w.control)
        if record == 0:
            return
        kind = carray(pointer(record), (1,), HEADER)[0].kind
        if kind == _RESET:
            call2(player.reset, player.state, w.player_io)
            call1(w.timing_forget, w.timing)
            w.arm_due = 1
        elif kind == _STEER:
            io.verdict = carray(pointer(record), (1,), _STEER_T)[0].verdict
            call2(player.steer, player.state, w.player_io)
            w.arm_due = 1
        elif kind == _ALLOW:
            a = carray(pointer(record), (1,), _ALLOW_T)[0]
            io.item, io.allowed = a.index, a.allowed
            call2(player.allow, player.state, w.player_io)
            w.arm_due = 1
        elif kind == _PLAYER and _change_player(w, player, io, record) == 0:
            return  # once more at the next hop
        ring_release(w.control)
