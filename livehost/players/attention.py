"""Attention in shared memory: what a model looked at in its newest steps, each kept until 64 others have come.

The worker writes rows and what each position was; whoever is told of a step by an event copies them out, and finds by
the step's number whether it came too late.
"""

import itertools
from typing import Any

import numpy as np

from livehost.events import BY_NAME
from livehost.rt.atomics import store_release
from livehost.rt.memory import zeros
from livehost.rt.native import f32, i32, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish

#: Steps that are kept.
SLOTS = 64
#: Positions with the largest weights that an event names.
TOP = 8

ATTENTION = np.dtype(
    [
        ("number", "i8"),  # which memory this is
        ("step", "i8"),  # steps so far
        ("longest", "i8"),  # positions at most
        ("steps", "i8"),  # int64 [SLOTS]: the step that stands in each slot, -1 while it is written
        ("rows", "i8"),  # float32 [SLOTS, layers * heads * longest], rows of one step without gaps
        ("source", "i8"),  # int32 [SLOTS, longest]
        ("index", "i8"),  # int32 [SLOTS, longest]
        ("frames", "i8"),  # int64 [SLOTS, longest]
        ("mean", "i8"),  # float32 [longest]
    ],
    align=True,
)
_RECORD, _CODE = BY_NAME["attention"].dtype, BY_NAME["attention"].code
_numbers = itertools.count(1)


@kernel
def open_step(memory):
    """Begin to write the next step's slot; gives its number. RT: worker."""
    slot = memory.step % SLOTS
    store_release(memory.steps + 8 * slot, -1)
    return slot


@kernel
def close_step(memory, io, slot, layers, heads, count):
    """Let the slot be read, and tell of it; its mean and its indices are written by then. RT: worker."""
    store_release(memory.steps + 8 * slot, memory.step)
    index, mean = i32(memory.index + 4 * slot * memory.longest, count), f32(memory.mean, count)
    record = ring_claim(io.events) if io.events != 0 else np.int64(0)
    if record != 0:
        r = record_at(record, _RECORD)
        r.frame, r.kind, r.step, r.decision, r.memory = io.frame, _CODE, memory.step, io.plan, memory.number
        r.part, r.slot, r.layers, r.heads = io.part, slot, np.int32(layers), np.int32(heads)
        r.positions = np.int32(count)
        for k in range(TOP):
            best = -1
            for i in range(count):
                if mean[i] >= 0.0 and (best < 0 or mean[i] > mean[best]):
                    best = i
            r.top_position[k] = np.int32(best)
            r.top_weight[k] = mean[best] if best >= 0 else np.float32(0.0)
            r.top_index[k] = index[best] if best >= 0 else np.int32(-1)
            if best >= 0:
                mean[best] = np.float32(-1.0)
        ring_publish(io.events)
    memory.step += 1


class AttentionMemory:
    """Owns the slots of one player. RT: never (the worker writes them).

    Parameters
    ----------
    rows : int
        Layers × heads.
    longest : int
        Positions that a row has at most.

    Attributes
    ----------
    number : int
        What its events call it.
    address : int
        Of its `ATTENTION` record.
    """

    def __init__(self, rows: int, longest: int) -> None:
        self.number = next(_numbers)
        self._steps = zeros(SLOTS, np.int64)
        self._rows = zeros(SLOTS * rows * longest, np.float32).reshape(SLOTS, rows * longest)
        self._source = zeros(SLOTS * longest, np.int32).reshape(SLOTS, longest)
        self._index = zeros(SLOTS * longest, np.int32).reshape(SLOTS, longest)
        self._frames = zeros(SLOTS * longest, np.int64).reshape(SLOTS, longest)
        self._mean = zeros(longest, np.float32)
        self._steps[:] = -1
        self._record = zeros(1, ATTENTION)
        r = self._record[0]
        r["number"], r["longest"] = self.number, longest
        for name in ("steps", "rows", "source", "index", "frames", "mean"):
            r[name] = getattr(self, f"_{name}").ctypes.data
        self.address: int = self._record.ctypes.data

    @property
    def arrays(self) -> list[np.ndarray]:
        """All memory that native code touches, to be locked."""
        return [self._steps, self._rows, self._source, self._index, self._frames, self._mean, self._record]

    def read(self, event: dict[str, Any]) -> dict[str, Any]:
        """Copy out the step that an ``attention`` event tells of.

        Returns
        -------
        dict
            ``rows`` (float32 [layers, heads, positions], oldest first, last the token itself), ``mean`` (over layers
            and heads), ``source`` (0 heard, 1 played), ``index`` (item, -1 where heard), ``frames`` (onsets); empty
            where 64 newer steps have come.
        """
        slot, count = event["slot"], event["positions"]
        shape = (event["layers"], event["heads"], count)
        rows = self._rows[slot, : shape[0] * shape[1] * count].reshape(shape).copy()
        told = {name: getattr(self, f"_{name}")[slot, :count].tolist() for name in ("source", "index", "frames")}
        if self._steps[slot] != event["step"]:
            return {}
        return {"rows": rows, "mean": rows.mean(axis=(0, 1)), **told}
