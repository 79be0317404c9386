"""A player that answers each onset, and each note that is heard, with a note: all of `livehost/players/toy`.

It is not imported here: it needs its settings, which the copy of the tree has.
"""

import numpy as np

from livehost.engine.player_abi import NOTE, STOP, io_at, next_out, part_at
from livehost.events import REASONS
from livehost.players.base import Player
from livehost.players.setup import PlayerSetup
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, kernel, record_at

TOY = np.dtype([("rate", "f8"), ("pitch", "i8"), ("velocity", "i8"), ("frame", "i8")], align=True)
LOWEST, LENGTH = 60, 4800
_ANSWER = REASONS.index("answer")


@kernel
def _put_out(s, io, frame, pitch, velocity, onset_frame):
    """Put out a note that answers something at `frame`. RT: worker."""
    if io.count >= io.room:
        io.refused += 1
        return
    out = next_out(io)
    out.frame = frame + np.int64(part_at(io.parameters).toy_delay_ms * s.rate * 0.001)
    out.kind, out.index, out.velocity, out.frames = NOTE, pitch, velocity, LENGTH
    out.onset_frame, out.reason, out.probability, out.fallback, out.decide_ms = onset_frame, _ANSWER, 1.0, 0, 0.0
    io.count += 1


@entry(STEP2)
def step(state_address, io_address):
    """Answer what was heard in this hop. RT: worker."""
    s, io = record_at(state_address, TOY), io_at(io_address)
    if io.may_play != 0:
        if io.onset != 0:
            _put_out(s, io, io.onset_frame, LOWEST + io.part, 100, io.onset_frame)
        if s.velocity > 0:
            _put_out(s, io, s.frame, s.pitch + 12, s.velocity, -1)
    s.velocity = 0
    return 0


@entry(STEP2)
def hear_note(state_address, io_address):
    """Keep a note until the next step. RT: worker."""
    s, io = record_at(state_address, TOY), io_at(io_address)
    s.pitch, s.velocity, s.frame = io.pitch, io.velocity, io.frame
    return 0


@entry(STEP2)
def command(state_address, io_address):
    """Drop what is to come. RT: worker."""
    if io_at(io_address).verb == STOP:
        record_at(state_address, TOY).velocity = 0
    return 0


class ToyPlayer(Player):
    """Plays notes, and no items; see `Player`."""

    name, names, description = "toy", ("toy",), "toy"

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._state = zeros(1, TOY)
        self._state["rate"] = rate
        self.table["state"] = self._state.ctypes.data
        for name, function in {"step": step, "hear_note": hear_note, "command": command}.items():
            self.table[name] = function.address

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [self.table, self._state]


def make(setup: PlayerSetup) -> ToyPlayer:
    """Make the player of a part."""
    return ToyPlayer(setup.rate)
