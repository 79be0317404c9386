"""JACK's process callback: from the ports of a client to the engine's callback, and back."""

import numpy as np
from numba import types

from livehost import libjack
from livehost.engine.state import MAX_BLOCK
from livehost.engine.turn import Port, port_callback
from livehost.rt.memory import zeros
from livehost.rt.native import call2, call4, call_callback, entry, f32, f64, i32, i64, record_at

PROCESS = np.dtype(
    [
        # addresses of JACK's functions
        ("get_buffer", "i8"),
        ("get_latency", "i8"),
        ("far", "i8"),  # the device's port that the first output is connected to, 0 for none
        # ports: int64 [count]
        ("ins", "i8"),
        ("in_count", "i8"),
        ("outs", "i8"),
        ("out_count", "i8"),
        # who is called, and with what: float32 [MAX_BLOCK, count], float64 [3], int32 [2]
        ("callback", "i8"),
        ("port", "i8"),
        ("inp", "i8"),
        ("out", "i8"),
        ("times", "i8"),
        ("range", "i8"),
        ("rate", "f8"),
        ("xruns", "i8"),
        ("told", "i8"),  # of them
    ],
    align=True,
)
_PLAYBACK = 1
#: PortAudio's flags: input overflow, output underflow.
_XRUN = 0x2 | 0x4


@entry(types.int32(types.uint32, types.voidptr))
def process(count, user):
    """Have the engine play one block. RT: callback."""
    p = record_at(user, PROCESS)
    n = min(np.int64(count), MAX_BLOCK)
    inp, out = f32(p.inp, n * p.in_count), f32(p.out, n * p.out_count)
    for c in range(p.in_count):
        source = f32(call2(p.get_buffer, i64(p.ins, p.in_count)[c], np.int64(count)), n)
        for k in range(n):
            inp[k * p.in_count + c] = source[k]
    flags = np.int64(0)
    if p.xruns != p.told:
        p.told = p.xruns
        flags = np.int64(_XRUN)
    if p.far != 0:
        call4(p.get_latency, p.far, _PLAYBACK, p.range, 0)
        f64(p.times, 3)[2] = np.float64(i32(p.range, 2)[0]) / p.rate
    call_callback(p.callback, p.inp if p.in_count else 0, p.out, n, p.times, flags, p.port)
    for c in range(p.out_count):
        target = f32(call2(p.get_buffer, i64(p.outs, p.out_count)[c], np.int64(count)), np.int64(count))
        for k in range(np.int64(count)):
            target[k] = out[k * p.out_count + c] if k < n else np.float32(0.0)
    return 0


@entry(types.int32(types.voidptr))
def xrun(user):
    """Count what JACK calls an xrun. RT: callback."""
    record_at(user, PROCESS).xruns += 1
    return 0


class Process:
    """The process callback of one client, and its memory.

    Parameters
    ----------
    port : Port
        The stream's way to the engine.
    rate : float
        Hz.
    ins, outs : list of int
        The client's ports.
    """

    def __init__(self, port: Port, rate: float, ins: list[int], outs: list[int]) -> None:
        self._ports = [np.array(ports, np.int64) for ports in (ins, outs)]
        self._sound = [zeros(MAX_BLOCK * max(len(ports), 1), np.float32) for ports in (ins, outs)]
        self._times, self._range, self._state = zeros(3, np.float64), zeros(2, np.int32), zeros(1, PROCESS)
        jack, s = libjack.libjack(), self._state[0]
        s["get_buffer"] = libjack.address(jack.jack_port_get_buffer)
        s["get_latency"] = libjack.address(jack.jack_port_get_latency_range)
        (s["ins"], s["outs"]), (s["inp"], s["out"]) = (
            (arrays[0].ctypes.data, arrays[1].ctypes.data) for arrays in (self._ports, self._sound)
        )
        s["in_count"], s["out_count"] = len(ins), len(outs)
        s["callback"], s["port"], s["rate"] = port_callback.address, port.address, rate
        s["times"], s["range"] = self._times.ctypes.data, self._range.ctypes.data
        self._port = port
        self.address: int = self._state.ctypes.data

    def plays_to(self, far: int | None) -> None:
        """Ask this port of the device how long sound takes from there."""
        self._state["far"] = far or 0
