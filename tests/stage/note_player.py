"""A player for tests: answers each onset with a held note, ends it at the next, and fails where it is told to."""

import numpy as np

from livehost.engine.player_abi import FAILED, NOTE, io_at, next_out
from livehost.players.base import Player
from livehost.rt.memory import zeros
from livehost.rt.native import STEP2, entry, kernel, record_at

#: Functions that may fail: after how many calls (of `step`, with an onset) stands in the state, −1 for never.
FUNCTIONS = ("step", "think", "hear_segment", "hear_note", "command")
STATE = np.dtype([("left", "i8", (len(FUNCTIONS),)), ("pitch", "i8"), ("sounding", "i8")], align=True)
_STEP, _THINK, _SEGMENT, _NOTE, _COMMAND = range(len(FUNCTIONS))


@kernel
def _outcome(s, function):
    """0, or `FAILED` where this call is the one too many."""
    left = s.left[function]
    s.left[function] = left - 1 if left > 0 else left
    return FAILED if left == 0 else 0


@kernel
def _note(io, frame, pitch, velocity, onset_frame):
    out = next_out(io)
    out.frame, out.kind, out.index, out.velocity, out.frames = frame, NOTE, pitch, velocity, 0
    out.onset_frame, out.reason, out.probability, out.fallback, out.decide_ms = onset_frame, 0, 0.5, 0, 0.0
    io.count += 1


@entry(STEP2)
def step(state_address, io_address):
    s, io = record_at(state_address, STATE), io_at(io_address)
    if io.onset == 0 or io.may_play == 0:
        return 0
    if _outcome(s, _STEP) == FAILED:
        return FAILED
    if s.sounding != 0:
        _note(io, io.onset_frame + 480, s.pitch, 0, io.onset_frame)
    _note(io, io.onset_frame + 480, s.pitch, 90, io.onset_frame)
    s.sounding = 1
    return 0


@entry(STEP2)
def think(state_address, io_address):
    io_at(io_address).think = 0
    return _outcome(record_at(state_address, STATE), _THINK)


@entry(STEP2)
def hear_segment(state_address, io_address):
    io_at(io_address).think = 1
    return _outcome(record_at(state_address, STATE), _SEGMENT)


@entry(STEP2)
def hear_note(state_address, io_address):
    s, io = record_at(state_address, STATE), io_at(io_address)
    if io.velocity > 0:
        s.pitch = io.pitch
    return _outcome(s, _NOTE)


@entry(STEP2)
def command(state_address, io_address):
    return _outcome(record_at(state_address, STATE), _COMMAND)


class NotePlayer(Player):
    """Stands in for a model: its "model" says what fails, and after how many calls: "step 2"."""

    name, names, description = "bank", ("bank",), "notes"

    def __init__(self, model):
        super().__init__()
        self._state = zeros(1, STATE)
        self._state["left"], self._state["pitch"] = -1, 60
        if model in [f"{name} {n}" for name in FUNCTIONS for n in range(99)]:
            self._state["left"][0, FUNCTIONS.index(model.split()[0])] = int(model.split()[1])
        self.table["state"] = self._state.ctypes.data
        for function, address in zip(FUNCTIONS, (step, think, hear_segment, hear_note, command), strict=True):
            self.table[function] = address.address

    @property
    def arrays(self):
        return [self.table, self._state]


def make(setup):
    return NotePlayer(setup.model)
