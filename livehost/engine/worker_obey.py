"""What Python asks of the worker: settings, panic, steering, another player."""

from numba import carray

from livehost.events import BY_NAME, HEADER, NOW
from livehost.players.abi import PLAYER
from livehost.rt.native import call1, call2, kernel, pointer
from livehost.rt.ring import ring_claim, ring_peek, ring_publish, ring_release

_SET, _PANIC, _RESET, _STEER, _ALLOW, _PLAYER, _SWAP, _SWAPPED = (
    BY_NAME[n].code for n in ("set", "panic", "reset", "steer", "allow", "player", "swap", "swapped")
)
_SET_T, _STEER_T, _ALLOW_T, _PLAYER_T, _SWAP_T, _SWAPPED_T = (
    BY_NAME[n].dtype for n in ("set", "steer", "allow", "player", "swap", "swapped")
)


@kernel
def _change_player(w, player, io, record):
    """Let another player answer from here on; its bank, where it has its own, goes to the audio thread.

    Voices that were sent out before are played from the bank that they were meant for. RT: worker
    """
    p = carray(pointer(record), (1,), _PLAYER_T)[0]
    new = carray(pointer(p.table), (1,), PLAYER)[0]
    player.state, player.hear, player.played, player.arm = new.state, new.hear, new.played, new.arm
    player.reset, player.steer, player.allow = new.reset, new.steer, new.allow
    io.count, w.used, w.arm_due = 0, 0, 1
    if p.block != 0:
        address = ring_claim(w.commands)
        if address == 0:
            w.refused += 1
        else:
            c = carray(pointer(address), (1,), _SWAP_T)[0]
            c.frame, c.kind, c.block, c.items, c.count = NOW, _SWAP, p.block, p.items, p.count
            ring_publish(w.commands)
    address = ring_claim(w.events)
    if address != 0:
        r = carray(pointer(address), (1,), _SWAPPED_T)[0]
        r.frame, r.kind, r.items = w.frame, _SWAPPED, p.count
        ring_publish(w.events)


@kernel
def obey(w, player, io, parameters):
    """Carry out what Python has asked for. RT: worker."""
    while True:
        record = ring_peek(w.control)
        if record == 0:
            return
        kind = carray(pointer(record), (1,), HEADER)[0].kind
        if kind == _SET:
            c = carray(pointer(record), (1,), _SET_T)[0]
            parameters[c.parameter] = c.value
            w.arm_due = 1
        elif kind == _PANIC:
            call1(w.timing_reset, w.timing)
            w.open = 0
        elif kind == _RESET:
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
        elif kind == _PLAYER:
            _change_player(w, player, io, record)
        ring_release(w.control)
