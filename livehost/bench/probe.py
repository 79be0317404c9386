"""A second program in JACK's graph: plays to livehost and records what it answers, exact to the sample.

Its process callback is native, so what this process does in Python moves nothing. It plays and records in the same
cycle: what is connected from its output straight to its input comes back one block later, and that block is what the
graph itself adds to a loop.
"""

# ruff: noqa: ARG001 (numba names the arguments of an intrinsic)

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy.typing import ArrayLike

from livehost.bench.jack import JackServer, libjack, open_client
from livehost.bench.rooms import Returns, add_returns
from livehost.bench.suite import CannotRun
from livehost.rt.memory import zeros
from livehost.rt.native import call1, call2, entry, f32, i64, record_at, u8

_AUDIO, _MIDI = b"32 bit float mono audio", b"8 bit raw midi"
_IS_INPUT, _IS_OUTPUT = 1, 2
_MIDI_EVENTS = 4096
_LOW = 0xFFFFFFFF

PROBE = np.dtype(
    [
        # addresses of JACK's functions
        ("client", "i8"),
        ("get_buffer", "i8"),
        ("frame_of_cycle", "i8"),
        ("midi_count_of", "i8"),
        ("midi_get", "i8"),
        # ports
        ("outs", "i8"),
        ("out_count", "i8"),
        ("ins", "i8"),
        ("in_count", "i8"),
        ("midi_port", "i8"),
        # the take in hand
        ("running", "i8"),
        ("position", "i8"),
        ("frames", "i8"),
        ("play", "i8"),  # float32 [out_count, frames]
        ("record", "i8"),  # float32 [in_count, frames]
        ("cycles", "i8"),  # JACK's frame at each cycle of the take
        ("cycle", "i8"),
        ("returns", "i8"),  # what comes in on the first inputs goes out on the last output again, as in a room; or 0
        # MIDI that came in: frame of JACK, three bytes
        ("midi", "i8"),
        ("midi_count", "i8"),
        ("scratch", "i8"),
        ("xruns", "i8"),
        ("total", "i8"),  # cycles since the start
    ],
    align=True,
)


@intrinsic
def _call3(typingctx: Any, function: Any, a: Any, b: Any, c: Any) -> Any:
    """Call the C function int64(int64, int64, int64) at an address. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        word = ir.IntType(64)
        target = builder.inttoptr(args[0], ir.FunctionType(word, [word] * 3).as_pointer())
        return builder.call(target, list(args[1:]))

    return types.int64(*([types.int64] * 4)), codegen


@entry(types.int32(types.uint32, types.voidptr))
def _process(count, user):
    """Play and record one block. RT: callback."""
    p = record_at(user, PROBE)
    n = np.int64(count)
    now = call1(p.frame_of_cycle, p.client) & _LOW
    p.total += 1
    if p.midi_port != 0:
        buffer = call2(p.get_buffer, p.midi_port, n)
        for k in range(call1(p.midi_count_of, buffer) & _LOW):
            if p.midi_count < _MIDI_EVENTS and (_call3(p.midi_get, p.scratch, buffer, k) & _LOW) == 0:
                event = i64(p.scratch, 3)
                size = event[1]
                data = u8(event[2], max(size, 1))
                row = i64(p.midi + p.midi_count * 32, 4)
                row[0] = now + (event[0] & _LOW)
                for b in range(3):
                    row[1 + b] = data[b] if b < size else 0
                p.midi_count += 1
    take = min(n, p.frames - p.position) if p.running != 0 else np.int64(0)
    for c in range(p.in_count):
        source = f32(call2(p.get_buffer, i64(p.ins, p.in_count)[c], n), n)
        target = f32(p.record + (c * p.frames + p.position) * 4, take)
        for k in range(take):
            target[k] = source[k]
    for c in range(p.out_count):
        target = f32(call2(p.get_buffer, i64(p.outs, p.out_count)[c], n), n)
        source = f32(p.play + (c * p.frames + p.position) * 4, take)
        for k in range(n):
            target[k] = source[k] if k < take else np.float32(0.0)
    if p.returns != 0:
        target = f32(call2(p.get_buffer, i64(p.outs, p.out_count)[p.out_count - 1], n), n)
        add_returns(p.returns, target, take, p.record, p.frames, p.position)
    if take > 0:
        i64(p.cycles, p.cycle + 1)[p.cycle] = now
        p.cycle += 1
        p.position += take
    return 0


@entry(types.int32(types.voidptr))
def _xrun(user):
    """Count what JACK calls an xrun. RT: callback."""
    record_at(user, PROBE).xruns += 1
    return 0


@dataclass
class Take:
    """What was recorded.

    Attributes
    ----------
    heard : float32 [inputs, frames]
    cycles : int64 [cycles]
        JACK's frame at the start of each block; a jump is a block that was lost.
    midi : int64 [events, 4]
        JACK's frame of each message, and its bytes.
    xruns : int
        What JACK called an xrun meanwhile.
    """

    heard: np.ndarray
    cycles: np.ndarray
    midi: np.ndarray
    xruns: int
    block: int

    @property
    def lost_blocks(self) -> int:
        """Cycles that the graph skipped."""
        return int(np.round((np.diff(self.cycles) & _LOW) / self.block - 1).clip(0).sum())

    def frame(self, position: np.ndarray | int) -> np.ndarray:
        """JACK's frame of a place in `heard` (and in what was played)."""
        at = np.asarray(position)
        return self.cycles[at // self.block] + at % self.block


class Probe:
    """A client with audio outputs and inputs, and a MIDI input; a context manager.

    Parameters
    ----------
    server : JackServer
    name : str
        Name of the client, and for PortAudio of a sound device.
    outputs, inputs : int
        Its ports ``out_1`` …, ``in_1`` ….
    midi : bool
        Whether it has the MIDI port ``midi_in``.

    Raises
    ------
    CannotRun
        Where the server does not take it.
    """

    def __init__(self, server: JackServer, name: str = "probe", outputs: int = 2, inputs: int = 2, midi: bool = False):
        self.server, self.name = server, name
        self._jack = jack = libjack()
        client = open_client(name, server.name)
        if not client:
            raise CannotRun("The JACK server takes no client.")
        self._client: int | None = client
        self._state, self._midi, self._scratch = zeros(1, PROBE), zeros(_MIDI_EVENTS * 4, np.int64), zeros(8, np.int64)
        self._outs = np.array([self._port(f"out_{c + 1}", _AUDIO, _IS_OUTPUT) for c in range(outputs)], np.int64)
        self._ins = np.array([self._port(f"in_{c + 1}", _AUDIO, _IS_INPUT) for c in range(inputs)], np.int64)
        s = self._state[0]
        s["client"], s["out_count"], s["in_count"] = client, outputs, inputs
        for field, function in (
            ("get_buffer", "jack_port_get_buffer"), ("frame_of_cycle", "jack_last_frame_time"),
            ("midi_count_of", "jack_midi_get_event_count"), ("midi_get", "jack_midi_event_get"),
        ):  # fmt: skip
            s[field] = _address(getattr(jack, function))
        s["outs"], s["ins"] = self._outs.ctypes.data, self._ins.ctypes.data
        s["midi"], s["scratch"] = self._midi.ctypes.data, self._scratch.ctypes.data
        s["midi_port"] = self._port("midi_in", _MIDI, _IS_INPUT) if midi else 0
        jack.jack_set_process_callback(client, _process.address, self._state.ctypes.data)
        jack.jack_set_xrun_callback(client, _xrun.address, self._state.ctypes.data)
        if jack.jack_activate(client):
            raise CannotRun("The JACK server does not run its client.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client:
            self._jack.jack_client_close(self._client)
            self._client = None

    def stand_in(self, responses: Mapping[int, ArrayLike]) -> None:
        """Have what comes in on the first two inputs go out on the last output, as in a room.

        Parameters
        ----------
        responses : mapping of int to float [2, taps]
            From each of these frames of a take on, the ways from livehost's outputs to its input; the graph's own block
            is part of them.
        """
        self._returns = Returns(responses, self.server.block, self.server.block)
        self._state[0]["returns"] = self._returns.address

    def start(self, play: np.ndarray) -> None:
        """Begin a take: play float32 [outputs, frames], and record as long."""
        s = self._state[0]
        self._play = np.ascontiguousarray(play, np.float32)
        frames = self._play.shape[1]
        self._heard = zeros(int(s["in_count"]) * frames, np.float32).reshape(int(s["in_count"]), frames)
        self._cycles = zeros(frames // self.server.block + 2, np.int64)
        s["play"], s["record"], s["cycles"] = self._play.ctypes.data, self._heard.ctypes.data, self._cycles.ctypes.data
        s["frames"], s["position"], s["cycle"], s["midi_count"], s["xruns"] = frames, 0, 0, 0, 0
        s["running"] = 1

    @property
    def position(self) -> int:
        """Frames of the take so far."""
        return int(self._state[0]["position"])

    def sounds(self) -> bool:
        """Tell whether anything but silence has come in since the take began."""
        return bool(self._heard[:, : self.position].any())

    @property
    def messages(self) -> int:
        """MIDI messages that have come in since the take began."""
        return int(self._state[0]["midi_count"])

    @property
    def blocks(self) -> int:
        """Cycles since the client was opened."""
        return int(self._state[0]["total"])

    def frame_now(self) -> int:
        """JACK's own estimate of the frame that the clock stands at."""
        return int(self._jack.jack_frame_time(self._client))

    def finish(self, *, early: bool = False) -> Take:
        """Wait for the end of the take, or end it now.

        Raises
        ------
        CannotRun
            Where the graph stands still.
        """
        s = self._state[0]
        seen, since = -1, time.monotonic()
        while s["position"] < s["frames"] and not early:
            if s["position"] != seen:
                seen, since = int(s["position"]), time.monotonic()
            if time.monotonic() - since > 5:
                raise CannotRun("JACK's clock has stopped in the middle of a take.")
            time.sleep(0.01)
        s["running"] = 0
        time.sleep(2 * self.server.block / self.server.rate)
        done, cycles, events = int(s["position"]), int(s["cycle"]), int(s["midi_count"])
        midi = self._midi[: 4 * events].reshape(-1, 4).copy()
        return Take(self._heard[:, :done], self._cycles[:cycles], midi, int(s["xruns"]), self.server.block)

    def play(self, signal: np.ndarray) -> Take:
        """Play a signal, float32 [outputs, frames], and give what came back."""
        self.start(signal)
        return self.finish()

    def connect(self, source: str, target: str) -> None:
        """Connect two ports by their full names.

        Raises
        ------
        CannotRun
            Where there is no such pair of ports.
        """
        error = self._jack.jack_connect(self._client, source.encode(), target.encode())
        if error not in (0, 17):  # EEXIST
            raise CannotRun(f"JACK does not connect {source} to {target}.")

    def ports(self, pattern: str, *, midi: bool = False, outputs: bool = True) -> list[str]:
        """Full names of ports that match a regular expression."""
        flag = _IS_OUTPUT if outputs else _IS_INPUT
        found = self._jack.jack_get_ports(self._client, pattern.encode(), _MIDI if midi else _AUDIO, flag)
        names: list[str] = []
        while found and found[len(names)]:
            names.append(found[len(names)].decode())
        if found:
            self._jack.jack_free(found)
        return names

    def wait_for(self, pattern: str, *, midi: bool = False, timeout_s: float = 60.0) -> list[str]:
        """Wait until output ports that match are there; [] where none came."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if names := self.ports(pattern, midi=midi):
                return names
            time.sleep(0.05)
        return []

    def _port(self, name: str, kind: bytes, flag: int) -> int:
        port: int | None = self._jack.jack_port_register(self._client, name.encode(), kind, flag, 0)
        if not port:
            raise CannotRun(f"JACK gives no port {name}.")
        return port


def _address(function: Any) -> int:
    import ctypes

    return ctypes.cast(function, ctypes.c_void_p).value or 0
