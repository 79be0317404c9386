"""The state of a recurrent model that is stepped event by event; with attention, rings of its own past keys and values.

After a step that counts, the new hidden state takes the place of the old one, and the new key and value that of the
oldest slot: the key and value of step n stand in slot n % window. What was overwritten by the newest `UNDO` steps is
kept, so that steps can be taken back: a musician's note may come before what was already thought of.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.inference.kv_cache import EMPTY
from livehost.inference.step_state import STEP_FIELDS
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, entry, f32, i64, kernel, record_at

#: Steps that can be taken back.
UNDO = 256


@dataclass(frozen=True)
class RecurrentShape:
    """Sizes of a step of a performance RNN.

    Attributes
    ----------
    layers, hidden : int
        Of the recurrent network.
    condition : int
        Length of the condition.
    events : int
        Events of the vocabulary.
    window, size : int
        Steps that attention looks back at, and length of a key and of a value; 0 for a model without attention.
    """

    layers: int
    hidden: int
    condition: int
    events: int
    window: int = 0
    size: int = 0

    @property
    def attentive(self) -> bool:
        """Whether it has attention."""
        return self.window > 0

    def inputs(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of each input of the step, in order."""
        rings = {
            "keys": (self.window, self.size),
            "values": (self.window, self.size),
            "bias": (self.window + 1,),
        }
        return {
            "event": (1,),
            "source": (1,),
            "condition": (self.condition,),
            "hidden": (self.layers, self.hidden),
            **(rings if self.attentive else {}),
        }

    def outputs(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of each output of the step, in order."""
        new = {"key": (self.size,), "value": (self.size,), "attention": (self.window + 1,)}
        return {
            "logits": (self.events,),
            "hidden_out": (self.layers, self.hidden),
            **(new if self.attentive else {}),
        }


RECURRENT = np.dtype(
    [
        *STEP_FIELDS,
        ("event", "i8"),  # addresses, each with its shape in `RecurrentShape`; 0 for what a plain model has not
        ("source", "i8"),
        ("condition", "i8"),
        ("hidden", "i8"),
        ("keys", "i8"),
        ("values", "i8"),
        ("bias", "i8"),
        ("logits", "i8"),
        ("hidden_out", "i8"),
        ("key", "i8"),
        ("value", "i8"),
        ("attention", "i8"),
        ("old_hidden", "i8"),  # float32 [UNDO, layers * hidden]: before each of the newest steps
        ("old_keys", "i8"),  # float32 [UNDO, size]: what stood in the slot of each
        ("old_values", "i8"),
        ("count", "i8"),  # int64: steps kept
        ("kept", "i8"),  # of them, those that can be taken back
        ("state_size", "i8"),  # layers * hidden
        ("events", "i8"),
        ("conditions", "i8"),
        ("window", "i8"),
        ("size", "i8"),
    ],
    align=True,
)


@kernel
def _copy(target: Any, source: Any, count: Any) -> Any:
    """Copy float32 from address to address. RT: worker."""
    a, b = f32(target, count), f32(source, count)
    for i in range(count):
        a[i] = b[i]


@kernel
def _finite(address: Any, count: Any) -> Any:
    """Sum up the sizes of float32 numbers, which is finite where they are. RT: worker."""
    values, total = f32(address, count), np.float64(0.0)
    for i in range(count):
        total += abs(np.float64(values[i]))
    return total


@entry(STEP)
def prepare_recurrent(address: Any) -> Any:
    """Tell the attention that the present step is there; all other inputs are kept right between steps. RT: worker."""
    s = record_at(address, RECURRENT)
    if s.window > 0:
        f32(s.bias, s.window + 1)[s.window] = np.float32(0.0)
    return 0


@entry(STEP2)
def finish_recurrent(address: Any, commit: Any) -> Any:
    """Keep state, key and value where `commit` is 1; 2 where the step gave anything not finite. RT: worker."""
    s = record_at(address, RECURRENT)
    total = _finite(s.logits, s.events) + _finite(s.hidden_out, s.state_size)
    if s.window > 0:
        total += _finite(s.key, s.size) + _finite(s.value, s.size) + _finite(s.attention, s.window + 1)
    if not total < np.inf:
        return 2
    if commit == 0:
        return 0
    count = i64(s.count, 1)
    place = count[0] % UNDO
    _copy(s.old_hidden + 4 * place * s.state_size, s.hidden, s.state_size)
    _copy(s.hidden, s.hidden_out, s.state_size)
    if s.window > 0:
        slot, row = count[0] % s.window, 4 * s.size
        _copy(s.old_keys + place * row, s.keys + slot * row, s.size)
        _copy(s.old_values + place * row, s.values + slot * row, s.size)
        _copy(s.keys + slot * row, s.key, s.size)
        _copy(s.values + slot * row, s.value, s.size)
        f32(s.bias, s.window + 1)[slot] = np.float32(0.0)
    count[0] += 1
    s.kept = min(s.kept + 1, UNDO)
    return 0


@entry(STEP2)
def back_recurrent(address: Any, steps: Any) -> Any:
    """Take back the newest steps, so many of them as are kept; gives how many. Logits are then stale. RT: worker."""
    s = record_at(address, RECURRENT)
    count, taken = i64(s.count, 1), min(steps, s.kept)
    for _ in range(taken):
        count[0] -= 1
        if s.window > 0:
            place, slot, row = count[0] % UNDO, count[0] % s.window, 4 * s.size
            _copy(s.keys + slot * row, s.old_keys + place * row, s.size)
            _copy(s.values + slot * row, s.old_values + place * row, s.size)
            if count[0] < s.window:
                f32(s.bias, s.window + 1)[slot] = np.float32(EMPTY)
    if taken > 0:
        _copy(s.hidden, s.old_hidden + 4 * (count[0] % UNDO) * s.state_size, s.state_size)
    s.kept -= taken
    return taken


@entry(STEP2)
def clear_recurrent(address: Any, _unused: Any) -> Any:
    """Forget all steps. RT: worker."""
    s = record_at(address, RECURRENT)
    i64(s.count, 1)[0] = 0
    s.kept = 0
    hidden = f32(s.hidden, s.state_size)
    for i in range(s.state_size):
        hidden[i] = np.float32(0.0)
    if s.window > 0:
        bias = f32(s.bias, s.window + 1)
        for i in range(s.window):
            bias[i] = np.float32(EMPTY)
        bias[s.window] = np.float32(0.0)
    return 0


class RecurrentState:
    """The arrays that a step reads and writes; see `livehost.inference.step_state.StepState`.

    Parameters
    ----------
    shape : RecurrentShape

    Attributes
    ----------
    inputs, outputs : dict of str to numpy.ndarray
        Float32, by the names of `RecurrentShape.inputs` and `RecurrentShape.outputs`.
    count : numpy.ndarray
        Int64 [1]: steps kept.
    record : numpy.ndarray
        One `RECURRENT`.
    """

    reset: int = clear_recurrent.address

    def __init__(self, shape: RecurrentShape) -> None:
        self.shape = shape
        self.inputs, self.outputs = (
            {name: zeros(int(np.prod(size)), np.float32).reshape(size) for name, size in tensors.items()}
            for tensors in (shape.inputs(), shape.outputs())
        )
        state_size = shape.layers * shape.hidden
        self.count = zeros(1, np.int64)
        self._old = {
            "old_hidden": zeros(UNDO * state_size, np.float32),
            "old_keys": zeros(UNDO * shape.size, np.float32),
            "old_values": zeros(UNDO * shape.size, np.float32),
        }
        self.record = zeros(1, RECURRENT)
        r = self.record[0]
        for name, array in {**self.inputs, **self.outputs, **self._old, "count": self.count}.items():
            r[name] = array.ctypes.data
        r["state_size"], r["events"], r["conditions"] = state_size, shape.events, shape.condition
        r["window"], r["size"] = shape.window, shape.size
        r["prepare"], r["finish"] = prepare_recurrent.address, finish_recurrent.address
        self.address: int = self.record.ctypes.data
        if shape.attentive:
            self.inputs["bias"][:-1] = EMPTY

    def arrays(self) -> list[np.ndarray]:
        """All memory that the worker touches, for `livehost.rt.memory.lock`."""
        return [*self.inputs.values(), *self.outputs.values(), *self._old.values(), self.count, self.record]
