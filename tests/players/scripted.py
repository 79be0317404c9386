"""A chooser that gives what it is told to, and keeps what it is asked."""

import numpy as np

from livehost.players.chooser import CHOICES, CHOOSER_IO, ItemChooser, chooser_io_at
from livehost.rt.native import STEP2, entry, i64, kernel, record_at

SCRIPT = np.dtype(
    [
        *((name, "i8") for name in ("items", "allowed", "seed", "log", "calls", "code", "count", "fallback")),
        ("index", "i8", (CHOICES,)),
        ("probability", "f8", (CHOICES,)),
    ],
    align=True,
)
_WORDS = CHOOSER_IO.itemsize // 8
CALL = np.dtype([("what", "i8"), ("io", CHOOSER_IO)], align=True)
FUNCTIONS = ("hear", "played", "choose", "reset", "steer", "allow")


@kernel
def _called(state_address, io_address, what):
    s = record_at(state_address, SCRIPT)
    row, given = i64(s.log + 8 * (1 + _WORDS) * s.calls, 1 + _WORDS), i64(io_address, _WORDS)
    row[0] = what
    for k in range(_WORDS):
        row[1 + k] = given[k]
    s.calls += 1
    return 10 + what


@entry(STEP2)
def _hear(state_address, io_address):
    return _called(state_address, io_address, 0)


@entry(STEP2)
def _played(state_address, io_address):
    return _called(state_address, io_address, 1)


@entry(STEP2)
def _choose(state_address, io_address):
    _called(state_address, io_address, 2)
    s, io = record_at(state_address, SCRIPT), chooser_io_at(io_address)
    if s.count >= 0:
        io.count, io.fallback = s.count, s.fallback
        for k in range(CHOICES):
            io.index[k], io.probability[k] = s.index[k], s.probability[k]
    return s.code


@entry(STEP2)
def _reset(state_address, io_address):
    return _called(state_address, io_address, 3)


@entry(STEP2)
def _steer(state_address, io_address):
    return _called(state_address, io_address, 4)


@entry(STEP2)
def _allow(state_address, io_address):
    return _called(state_address, io_address, 5)


_ENTRIES = {"hear": _hear, "played": _played, "choose": _choose, "reset": _reset, "steer": _steer, "allow": _allow}


class Scripted(ItemChooser):
    """See above; a plan that is None leaves what stands in the arguments."""

    neutral_follow = 0.5

    def __init__(self, items=9, size=3, allowed_bits=None):
        super().__init__(SCRIPT, _ENTRIES, np.ones(items, "u1") if allowed_bits is None else allowed_bits, size, 0)
        self._log = np.zeros(4096, CALL)
        self._state["log"] = self._log.ctypes.data

    def give(self, plan, code=0, fallback=0):
        """What it gives from here on: a code and items with their probabilities, best first."""
        s = self._state[0]
        s["code"], s["fallback"], s["count"] = code, fallback, -1 if plan is None else len(plan)
        for k, (index, probability) in enumerate(plan or ()):
            s["index"][k], s["probability"][k] = index, probability

    def calls(self, *functions):
        """Take what it was asked since: (function, arguments), of these functions where some are named."""
        count, self._state["calls"] = int(self._state["calls"][0]), 0
        found = [(FUNCTIONS[row["what"]], row["io"].copy()) for row in self._log[:count]]
        return [(name, io) for name, io in found if not functions or name in functions]
