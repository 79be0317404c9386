"""A sound card that is unplugged and plugged in when a test says so."""

import ctypes

import numpy as np

from livehost.engine.drivers.base import StillGone
from livehost.engine.drivers.null import Clock
from livehost.engine.turn import Turn, port_callback
from livehost.errors import LivehostError

_KINDS = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p)
_call = ctypes.CFUNCTYPE(ctypes.c_int32, *_KINDS)(port_callback.address)


def call(port, inp, frames, outputs):
    """Ask a port for sound, as a stream does; gives float32 [frames, outputs]."""
    out = np.full((frames, outputs), 9.0, np.float32)
    _call(np.ascontiguousarray(inp, np.float32).ctypes.data, out.ctypes.data, frames, 0, 0, port.address)
    return out


class FakeCard:
    """See `CardDriver`. `call` asks for a block; `ticks` makes it a card that asks by itself, in real time."""

    name, realtime, is_card, note = "fake", True, True, ""
    device, listened, pair = "a card", (0,), (0, 1)

    def __init__(self, rate=48_000.0, block=64, *, ticks=False):
        self.rate, self.block, self.inputs, self.outputs = rate, block, 1, 2
        self.ticks, self.clock = ticks, None
        self.there, self.refusal, self.wire, self.tries = True, "", "", 0

    def start(self, engine, _worker):
        self.turn = Turn(engine.address)
        self.port = self.turn.port(self.outputs)
        self.turn.give(self.port)
        self._begin()

    def call(self, level=0.0):
        """Ask for a block in which the input has one level."""
        return call(self.port, np.full((self.block, self.inputs), level), self.block, self.outputs)

    def unplug(self):
        """Stop as a cable that is pulled out does."""
        self.there = self.open = False
        self._end()

    def freeze(self):
        """Ask for nothing, and say nothing."""
        self._end()

    def thaw(self):
        self._begin()

    def trouble(self):
        return "" if self.open else "The cable is out."

    def disconnected(self):
        return self.wire

    def take_back(self):
        self.tries += 1
        if not self.there:
            raise StillGone("It is out.")
        if self.refusal:
            raise LivehostError(self.refusal)
        self._begin()

    def run(self, frames):
        pass

    def stop(self):
        self._end()

    def _begin(self):
        self.open = True
        if self.ticks:
            size = (self.rate, self.block, self.inputs, self.outputs)
            self.clock = Clock(port_callback.address, self.port.address, *size)
            self.clock.start()

    def _end(self):
        if self.clock is not None:
            self.clock.stop()
            self.clock = None
