"""The input log of a real-time thread: what it took in that is no function of its sound, kept in order, to be replayed.

Sound, bank, model and settings fix what a session plays, but for what reaches a thread from outside it at a moment that
nobody can compute: a control, and how far the other threads were just then. Each thread takes these in through the
functions below and nowhere else. Recording, they write an entry for what is new; replaying, they give what the entries
say instead of what is there. There are two sorts:

- *controls* (`GATE` … `BACK`): panic and start, live settings, commands of the control ring; taken at the start of a
  turn (a block of the audio thread, a hop of the worker), and found again by the turn's frame;
- *values* (`BLOCK` …): length of a block, commands that had arrived, how far the worker was behind, whether a step of a
  model was done; they have a usual value that needs no entry, and are found again by frame and number of the question.

With controls alone, a session is rendered as it would have been with no thread ever late.
"""

from typing import Any

import numpy as np

from livehost.record import HEADER, RECORD_BYTES
from livehost.rt.memory import zeros
from livehost.rt.native import array_at, f64, i64, kernel, record_at
from livehost.rt.ring import Ring, ring_claim, ring_peek, ring_publish, ring_release

#: What a log does.
OFF, RECORD, REPLAY, REPLAY_CONTROLS = range(4)
#: Kinds of entries. Controls: word of the gate (audio thread: index 1 where it is a panic, value its fade); the same
#: where the worker opens it; a live setting of the thread, of a part, of a voice; parts (bits) whose settings have
#: changed; a command, its record in the payload; the worker went on where so many frames had been heard; the first
#: frame after the sound card was lost.
GATE, RESUME, SETTING, PART_SETTING, VOICE_SETTING, CHANGED, COMMAND, SKIP, BACK = range(1, 10)
#: Values: frames of the block; commands of the worker that were taken; frames that had been heard when the worker
#: asked; room for outputs; what a stepper gave.
BLOCK, TAKEN, WRITTEN, ROOM, STEP = range(32, 37)
#: In a file: all entries of the thread before frame `number` have been written.
UNTIL = 64
#: Entries that may wait to be written.
_CAPACITY = 8192

ENTRY = np.dtype(
    [
        ("frame", "i8"),  # first frame of the block, or of the hop
        ("kind", "i2"),
        ("call", "u2"),  # values: number of the question in its turn
        ("index", "i4"),
        ("number", "i8"),
        ("value", "f8"),
    ],
    align=True,
)
_BYTES = ENTRY.itemsize
#: A slot of the ring: the entry, and the record of a command.
SLOT_BYTES = _BYTES + RECORD_BYTES

INPUT_LOG = np.dtype(
    [
        ("mode", "i8"),
        ("ring", "i8"),
        ("frame", "i8"),  # of the turn that goes on
        ("calls", "i8"),  # questions in this turn so far
        ("block", "i8"),  # length of the block before
        ("written", "i8"),  # frames heard that were told last
        ("back", "i8"),  # first frame after the last loss of the sound card
        # replay
        ("controls", "i8"),  # ENTRY [control_count]
        ("control_count", "i8"),
        ("control", "i8"),  # the next one
        ("values", "i8"),  # ENTRY [value_count]
        ("value_count", "i8"),
        ("value", "i8"),
        ("payloads", "i8"),  # uint8 [.., RECORD_BYTES]; a COMMAND's number is its place
        ("missed", "i8"),  # values that were never asked for, and commands that never came
    ],
    align=True,
)


@kernel
def input_turn(address: Any, frame: Any) -> Any:
    """Begin a turn: the block or the hop from this frame on. RT: callback."""
    log = record_at(address, INPUT_LOG)
    log.frame, log.calls = frame, 0


@kernel
def replays(address: Any) -> Any:
    """Tell whether controls come from a log. RT: callback."""
    return record_at(address, INPUT_LOG).mode >= REPLAY


@kernel
def _write(log: Any, kind: Any, index: Any, number: Any, value: Any, record: Any) -> Any:
    """Write an entry, and the record of a command where there is one. RT: callback."""
    address = ring_claim(log.ring)
    if address == 0:
        return
    entry = record_at(address, ENTRY)
    entry.frame, entry.kind, entry.call, entry.index = log.frame, kind, log.calls, index
    entry.number, entry.value = number, value
    if record != 0:
        source, target = i64(record, RECORD_BYTES // 8), i64(address + _BYTES, RECORD_BYTES // 8)
        for k in range(RECORD_BYTES // 8):
            target[k] = source[k]
    ring_publish(log.ring)


@kernel
def put_control(address: Any, kind: Any, index: Any, number: Any, value: Any) -> Any:
    """Record a control, where anything is recorded. RT: callback."""
    log = record_at(address, INPUT_LOG)
    if log.mode == RECORD:
        _write(log, kind, index, number, value, 0)


@kernel
def next_control(address: Any, kind: Any) -> Any:
    """Address of the control that is next in a replay, where it is of this kind and due; else 0. RT: callback.

    Where the gate was to be opened at an onset that a replay with other settings does not hear, it is opened behind it.
    """
    log = record_at(address, INPUT_LOG)
    if log.control >= log.control_count:
        return np.int64(0)
    at = log.controls + log.control * _BYTES
    entry = record_at(at, ENTRY)
    if entry.frame > log.frame:
        return np.int64(0)
    if entry.kind != kind and not (kind == GATE and entry.kind == RESUME and entry.frame < log.frame):
        return np.int64(0)
    log.control += 1
    return at


@kernel
def waiting_control(address: Any, kind: Any) -> Any:
    """Address of the control that is next in a replay, and stays next, where it is of this kind; else 0. RT: worker."""
    log = record_at(address, INPUT_LOG)
    at = log.controls + log.control * _BYTES
    if log.control < log.control_count and record_at(at, ENTRY).kind == kind:
        return at
    return np.int64(0)


@kernel
def take_live(address: Any, kind: Any, given: Any, own: Any, rows: Any, columns: Any, stride: Any) -> Any:
    """Bring live settings, float64 in rows of `stride`, up to what others have written; 1 where any has changed.

    A thread reads its own copy: what is written in the middle of its turn waits for the next one. RT: callback
    """
    log = record_at(address, INPUT_LOG)
    a, b, changed = f64(given, rows * stride), f64(own, rows * stride), 0
    if log.mode >= REPLAY:
        while True:
            at = next_control(address, kind)
            if at == 0:
                return changed
            entry = record_at(at, ENTRY)
            if 0 <= entry.index < rows * stride:
                b[entry.index] = entry.value
                changed = 1
    for row in range(rows):
        for k in range(row * stride, row * stride + columns):
            value = a[k]
            if value != b[k]:
                b[k] = value
                changed = 1
                if log.mode == RECORD:
                    _write(log, kind, k, 0, value, 0)
    return changed


@kernel
def take_command(address: Any, ring: Any) -> Any:
    """Address of the next command of a control ring, 0 where there is none; `took_command` lets it go. RT: callback."""
    log = record_at(address, INPUT_LOG)
    if log.mode < REPLAY:
        return ring_peek(ring)
    at = next_control(address, COMMAND)
    return log.payloads + record_at(at, ENTRY).number * RECORD_BYTES if at != 0 else np.int64(0)


@kernel
def took_command(address: Any, ring: Any, record: Any) -> Any:
    """Record a command that was carried out, and give its place in the ring back. RT: callback."""
    log = record_at(address, INPUT_LOG)
    if log.mode >= REPLAY:
        return
    if log.mode == RECORD:
        _write(log, COMMAND, 0, record_at(record, HEADER).kind, 0.0, record)
    ring_release(ring)


@kernel
def input_value(address: Any, kind: Any, value: Any, usual: Any) -> Any:
    """Give a value (int64), or in a replay what it was then; what is `usual` needs no entry. RT: callback.

    Address 0 stands for no log.
    """
    if address == 0:
        return value
    log = record_at(address, INPUT_LOG)
    if log.mode == RECORD:
        if value != usual:
            _write(log, kind, 0, value, 0.0, 0)
        log.calls += 1
        return value
    if log.mode != REPLAY:
        return value
    entries = array_at(log.values, log.value_count, ENTRY)
    while log.value < log.value_count:
        entry = entries[log.value]
        if entry.frame > log.frame or (entry.frame == log.frame and entry.call > log.calls):
            break
        log.value += 1
        if entry.frame == log.frame and entry.call == log.calls and entry.kind == kind:
            log.calls += 1
            return entry.number
        log.missed += 1
    log.calls += 1
    return usual


@kernel
def next_value(address: Any, kind: Any, frame: Any, usual: Any) -> Any:
    """Give the value that is next in a replay, which stays next, where it is of this kind and frame. RT: worker."""
    log = record_at(address, INPUT_LOG)
    if log.mode == REPLAY and log.value < log.value_count:
        entry = array_at(log.values, log.value_count, ENTRY)[log.value]
        if entry.frame == frame and entry.kind == kind:
            return entry.number
    return usual


class InputLog:
    """The input log of one thread; off, until it is told to record or to replay.

    Attributes
    ----------
    address : int
        Of its `INPUT_LOG` record, for native code.
    """

    def __init__(self) -> None:
        self._state = zeros(1, INPUT_LOG)
        self.address: int = self._state.ctypes.data
        self._ring: Ring | None = None
        self._kept: tuple[np.ndarray, ...] = ()

    def record(self) -> None:
        """Record from here on, before the thread begins."""
        self._ring = Ring(_CAPACITY, SLOT_BYTES)
        self._state["ring"], self._state["mode"] = self._ring.address, RECORD

    def drain(self) -> list[bytes]:
        """Take what has been recorded since: `SLOT_BYTES` each. From one thread at a time."""
        return list(self._ring.drain()) if self._ring is not None else []

    @property
    def lost(self) -> int:
        """Entries that nobody took in time."""
        return self._ring.dropped if self._ring is not None else 0

    def replay(self, entries: np.ndarray, payloads: np.ndarray, *, exact: bool) -> None:
        """Give these instead of what is there.

        Parameters
        ----------
        entries : ENTRY [n]
            In the order in which they were recorded.
        payloads : np.ndarray
            Uint8 [m, RECORD_BYTES]; the number of a `COMMAND` is its row. Kept, and may be changed before its turn.
        exact : bool
            Give values, too; else controls alone.
        """
        values = np.ascontiguousarray(entries[entries["kind"] >= BLOCK] if exact else entries[:0])
        wanted = (entries["kind"] < BLOCK) & (exact | (entries["kind"] != SKIP))
        controls = np.ascontiguousarray(entries[wanted])
        self._kept = (controls, values, payloads)
        s = self._state[0]
        s["controls"], s["control_count"], s["control"] = controls.ctypes.data, len(controls), 0
        s["values"], s["value_count"], s["value"] = values.ctypes.data, len(values), 0
        s["payloads"], s["mode"] = payloads.ctypes.data, REPLAY if exact else REPLAY_CONTROLS

    @property
    def missed(self) -> int:
        """Entries of a replay that nobody asked for when their turn had come: it went another way."""
        return int(self._state["missed"][0])

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._state, *(self._ring.arrays if self._ring is not None else [])]
