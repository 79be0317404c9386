"""Commands that wait for their frame: sorted by frame, then by arrival, each sender within a quota of its own.

Records stay where they were put; what is sorted are their frames and places, so that a command costs the same however
many wait.
"""

import numpy as np

from livehost.events import BY_NAME
from livehost.record import HEADER, RECORD_BYTES
from livehost.rt.memory import zeros
from livehost.rt.native import i64, kernel, record_at

#: Who sends commands: the player, somebody by hand (OSC, MIDI, keys), whoever changes the bank, or a setting for later.
PLAYER, BY_HAND, BANK, SETTING = 0, 1, 2, 3
#: Commands of each that may wait.
QUOTAS = (512, 1152, 16, 512)
CAPACITY = sum(QUOTAS)
_NEVER = np.int64(1) << np.int64(62)
_VOICE, _PLAY_NOTE = BY_NAME["voice"].code, BY_NAME["play_note"].code
_VOICE_T, _NOTE_T = BY_NAME["voice"].dtype, BY_NAME["play_note"].dtype  # both are sent with a gate at the same place

QUEUE = np.dtype(
    [
        ("records", "i8"),  # RECORD_BYTES [CAPACITY]
        ("due", "i8"),  # int64 [CAPACITY]: frames, ascending
        ("order", "i8"),  # int64 [CAPACITY]: places of the records; from `count` on, free ones
        ("sender", "i8"),  # int64 [CAPACITY]: by place, who sent it
        ("count", "i8"),
        ("held", "i8", (len(QUOTAS),)),  # commands of each sender
    ],
    align=True,
)


@kernel
def sounds(record):
    """Tell whether a command makes something sound: a voice, or a note that begins. RT: callback."""
    kind = record_at(record, HEADER).kind
    return kind == _VOICE or (kind == _PLAY_NOTE and record_at(record, _NOTE_T).velocity > 0)


@kernel
def pending_put(q, record, sender):
    """Take in a command; 0 where its sender has too many that wait. RT: callback."""
    if q.held[sender] >= QUOTAS[sender]:
        return 0
    due, order = i64(q.due, CAPACITY), i64(q.order, CAPACITY)
    frame = record_at(record, HEADER).frame
    place = order[q.count]
    source, target = i64(record, RECORD_BYTES // 8), i64(q.records + place * RECORD_BYTES, RECORD_BYTES // 8)
    for k in range(RECORD_BYTES // 8):
        target[k] = source[k]
    low, high = np.int64(0), q.count  # behind all that are due no later
    while low < high:
        middle = (low + high) // 2
        if due[middle] <= frame:
            low = middle + 1
        else:
            high = middle
    for k in range(q.count, low, -1):
        due[k], order[k] = due[k - 1], order[k - 1]
    due[low], order[low] = frame, place
    i64(q.sender, CAPACITY)[place] = sender
    q.held[sender] += 1
    q.count += 1
    return 1


@kernel
def pending_due(q, k):
    """Give the frame of the command that is k-th in line, a very late one where there is none. RT: callback."""
    return i64(q.due, CAPACITY)[k] if k < q.count else _NEVER


@kernel
def pending_record(q, k):
    """Give the address of the record that is k-th in line. RT: callback."""
    return q.records + i64(q.order, CAPACITY)[k] * RECORD_BYTES


@kernel
def _reverse(values, first, last):
    while first < last:
        values[first], values[last] = values[last], values[first]
        first += 1
        last -= 1


@kernel
def pending_remove(q, done):
    """Remove the first so many commands. RT: callback."""
    due, order, sender = i64(q.due, CAPACITY), i64(q.order, CAPACITY), i64(q.sender, CAPACITY)
    for k in range(done):
        q.held[sender[order[k]]] -= 1
    for values in (due, order):  # to the end, which is free
        _reverse(values, 0, done - 1)
        _reverse(values, done, q.count - 1)
        _reverse(values, 0, q.count - 1)
    q.count -= done


@kernel
def pending_drop(q, word):
    """Remove what was sent at another word of the gate and would sound, keep all else; gives how many. RT: callback."""
    due, order, sender = i64(q.due, CAPACITY), i64(q.order, CAPACITY), i64(q.sender, CAPACITY)
    kept = np.int64(0)
    for k in range(q.count):
        record = pending_record(q, k)
        if sounds(record) and record_at(record, _VOICE_T).gate != word:
            q.held[sender[order[k]]] -= 1
        else:
            due[kept] = due[k]
            order[kept], order[k] = order[k], order[kept]
            kept += 1
    dropped = q.count - kept
    q.count = kept
    return dropped


class Pending:
    """Room for `CAPACITY` commands.

    Attributes
    ----------
    address : int
        Of the `QUEUE` record.
    """

    def __init__(self) -> None:
        self._records = zeros(CAPACITY * RECORD_BYTES, np.uint8)
        self._numbers = zeros(3 * CAPACITY, np.int64).reshape(3, CAPACITY)
        self._numbers[1] = np.arange(CAPACITY)
        self._queue = zeros(1, QUEUE)
        q = self._queue[0]
        q["records"] = self._records.ctypes.data
        q["due"], q["order"], q["sender"] = (row.ctypes.data for row in self._numbers)
        self.address: int = self._queue.ctypes.data

    def held(self, sender: int) -> int:
        """Count the commands of a sender that wait."""
        return int(self._queue[0]["held"][sender])

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._records, self._numbers, self._queue]
