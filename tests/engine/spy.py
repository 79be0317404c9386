"""A player that plays what it is told to, and keeps what the worker asks of it."""

import numpy as np

from livehost.engine.player_abi import FAILED, MAX_OUTS, OUT, PLAYER, PLAYER_IO, io_at
from livehost.rt.native import STEP2, array_at, entry, i64, kernel, record_at

SPY = np.dtype([(name, "i8") for name in ("log", "calls", "fails", "outs", "count", "refused", "think")], align=True)
_WORDS = PLAYER_IO.itemsize // 8
#: What was called, in the order of the table, and its arguments.
CALL = np.dtype([("what", "i8"), ("io", PLAYER_IO)], align=True)
FUNCTIONS = ("step", "think", "hear_segment", "hear_note", "command")


@kernel
def _called(state_address, io_address, what):
    s, io = record_at(state_address, SPY), io_at(io_address)
    row, given = i64(s.log + 8 * (1 + _WORDS) * s.calls, 1 + _WORDS), i64(io_address, _WORDS)
    row[0] = what
    for k in range(_WORDS):
        row[1 + k] = given[k]
    s.calls += 1
    if what == 0:
        told, outs = array_at(s.outs, MAX_OUTS, OUT), array_at(io.outs, MAX_OUTS, OUT)
        for k in range(MAX_OUTS):
            outs[k] = told[k]
        io.count, io.refused = s.count, s.refused
        s.count = s.refused = 0
    io.think = s.think
    return FAILED if s.fails == what else 0


@entry(STEP2)
def _step(state_address, io_address):
    return _called(state_address, io_address, 0)


@entry(STEP2)
def _think(state_address, io_address):
    return _called(state_address, io_address, 1)


@entry(STEP2)
def _hear_segment(state_address, io_address):
    return _called(state_address, io_address, 2)


@entry(STEP2)
def _hear_note(state_address, io_address):
    return _called(state_address, io_address, 3)


@entry(STEP2)
def _command(state_address, io_address):
    return _called(state_address, io_address, 4)


class Spy:
    """See above; `state` fails: number of the function that fails, −1 for none; think: what it leaves in `io.think`."""

    def __init__(self):
        self.state, self._log, self._outs = np.zeros(1, SPY), np.zeros(4096, CALL), np.zeros(MAX_OUTS, OUT)
        s = self.state[0]
        s["log"], s["outs"], s["fails"] = self._log.ctypes.data, self._outs.ctypes.data, -1
        self.table = np.zeros(1, PLAYER)
        self.table["state"] = self.state.ctypes.data
        for name, function in zip(FUNCTIONS, (_step, _think, _hear_segment, _hear_note, _command), strict=True):
            self.table[name] = function.address

    def put_out(self, *outs):
        """Put these out at the next step: mappings of fields of `OUT`."""
        self._outs[:] = 0
        for record, out in zip(self._outs, outs, strict=False):
            for name, value in {"onset_frame": -1, **out}.items():
                record[name] = value
        self.state["count"] = len(outs)

    def calls(self, *functions):
        """Take what was called since: (function, arguments), of these functions where some are named."""
        count, self.state["calls"] = int(self.state["calls"][0]), 0
        found = [(FUNCTIONS[row["what"]], row["io"].copy()) for row in self._log[:count]]
        return [(name, io) for name, io in found if not functions or name in functions]
