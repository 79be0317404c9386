"""The KV cache of a transformer that is stepped token by token: a ring of slots for keys and values, never shifted.

Before a step, `prepare_step` writes the mask and the rotary angles; after it, `finish_step` puts the new keys and
values over the oldest slot. Token number n stands in slot n % capacity. Angles are made in float64 from the absolute
position, so that a session may be as long as it likes. Source of the angles: Su et al. 2021, RoFormer.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.inference.step_state import STEP_FIELDS
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, entry, f32, f64, i64, record_at

#: What an empty slot adds to its score: its weight is 0 in float32, whatever else is there.
EMPTY = -1e9


@dataclass(frozen=True)
class Shape:
    """Sizes of a step and of its KV cache.

    Attributes
    ----------
    layers, heads, head_size : int
    capacity : int
        Tokens in the cache.
    token_size, item_size, embedding : int
        Lengths of a token's, an item's and a query's vector.
    rotary_base : float
        Pair j of `head_size` turns by ``rotary_base ** (-2j / head_size)`` a position.
    strokes : int
        Bins of the time to the next stroke; 0 for a model that says nothing of it.
    """

    layers: int
    heads: int
    head_size: int
    capacity: int
    token_size: int
    item_size: int
    embedding: int
    rotary_base: float = 10_000.0
    strokes: int = 0

    def inputs(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of each input of the step, in order."""
        layers, half = range(self.layers), self.head_size // 2
        return {
            "token": (self.token_size,),
            "cos": (half,),
            "sin": (half,),
            "mask": (self.capacity,),
            **{f"k{i}": (self.heads, self.head_size, self.capacity) for i in layers},
            **{f"v{i}": (self.heads, self.capacity, self.head_size) for i in layers},
        }

    def outputs(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of each output of the step, in order."""
        return {
            "query": (self.embedding,),
            "attention": (self.layers, self.heads, self.capacity + 1),
            "k_new": (self.layers, self.heads, self.head_size),
            "v_new": (self.layers, self.heads, self.head_size),
            **({"next_stroke": (self.strokes,)} if self.strokes else {}),
        }


KV_CACHE = np.dtype(
    [
        *STEP_FIELDS,
        ("token", "i8"),  # addresses, each with its shape in `Shape`
        ("cos", "i8"),
        ("sin", "i8"),
        ("mask", "i8"),
        ("bias", "i8"),  # float32 [capacity], log-weight of each slot: the caller's
        ("k", "i8"),  # float32 [layers, heads, head_size, capacity]
        ("v", "i8"),  # float32 [layers, heads, capacity, head_size]
        ("query", "i8"),
        ("attention", "i8"),
        ("k_new", "i8"),
        ("v_new", "i8"),
        ("next_stroke", "i8"),  # 0 for a model that says nothing of it
        ("frequencies", "i8"),  # float64 [head_size / 2]
        ("count", "i8"),  # int64: tokens committed
        ("capacity", "i8"),
        ("layers", "i8"),
        ("heads", "i8"),
        ("head_size", "i8"),
        ("embedding", "i8"),
    ],
    align=True,
)


@entry(STEP)
def prepare_step(address: Any) -> Any:
    """Write the mask and the rotary angles of the next step. RT: worker."""
    s = record_at(address, KV_CACHE)
    position = i64(s.count, 1)[0]
    mask, bias = f32(s.mask, s.capacity), f32(s.bias, s.capacity)
    for i in range(s.capacity):
        mask[i] = bias[i] if i < position else np.float32(EMPTY)
    half = s.head_size // 2
    cos, sin, frequencies = f32(s.cos, half), f32(s.sin, half), f64(s.frequencies, half)
    for j in range(half):
        angle = np.float64(position) * frequencies[j]
        cos[j] = np.cos(angle)
        sin[j] = np.sin(angle)
    return 0


@entry(STEP2)
def finish_step(address: Any, commit: Any) -> Any:
    """Store the new keys and values where `commit` is 1; 2 where the step gave anything not finite. RT: worker."""
    s = record_at(address, KV_CACHE)
    query = f32(s.query, s.embedding)
    size = s.layers * s.heads * s.head_size
    k_new, v_new = f32(s.k_new, size), f32(s.v_new, size)
    total = np.float64(0.0)
    for i in range(s.embedding):
        total += abs(np.float64(query[i]))
    for i in range(size):
        total += abs(np.float64(k_new[i])) + abs(np.float64(v_new[i]))
    if not total < np.inf:
        return 2
    if commit == 0:
        return 0
    count = i64(s.count, 1)
    slot = count[0] % s.capacity
    k, v = f32(s.k, size * s.capacity), f32(s.v, size * s.capacity)
    for row in range(s.layers * s.heads):
        for d in range(s.head_size):
            at = row * s.head_size + d
            k[at * s.capacity + slot] = k_new[at]
            v[(row * s.capacity + slot) * s.head_size + d] = v_new[at]
    count[0] += 1
    return 0


@entry(STEP2)
def clear_cache(address: Any, _unused: Any) -> Any:
    """Empty the cache and set every bias to 0. RT: worker."""
    s = record_at(address, KV_CACHE)
    i64(s.count, 1)[0] = 0
    bias = f32(s.bias, s.capacity)
    for i in range(s.capacity):
        bias[i] = np.float32(0.0)
    return 0


class KVCache:
    """The arrays that a step reads and writes, the cached keys and values among them.

    Parameters
    ----------
    shape : Shape

    Attributes
    ----------
    inputs, outputs : dict of str to numpy.ndarray
        Float32, by the names of `Shape.inputs` and `Shape.outputs`; k0 … and v0 … are views of
        the cache.
    bias : numpy.ndarray
        Float32 [capacity].
    count : numpy.ndarray
        Int64 [1].
    record : numpy.ndarray
        One `KV_CACHE`.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        size = shape.layers * shape.heads * shape.head_size * shape.capacity
        self.k = zeros(size, np.float32).reshape(shape.layers, shape.heads, shape.head_size, shape.capacity)
        self.v = zeros(size, np.float32).reshape(shape.layers, shape.heads, shape.capacity, shape.head_size)
        small = ("token", "cos", "sin", "mask")
        self.inputs = {name: zeros(shape.inputs()[name][0], np.float32) for name in small}
        self.inputs |= {f"k{i}": k for i, k in enumerate(self.k)} | {f"v{i}": v for i, v in enumerate(self.v)}
        self.outputs = {n: zeros(int(np.prod(s)), np.float32).reshape(s) for n, s in shape.outputs().items()}
        self.bias = zeros(shape.capacity, np.float32)
        self.count = zeros(1, np.int64)
        self._frequencies = zeros(shape.head_size // 2, np.float64)
        exponents = np.arange(0, shape.head_size, 2) / shape.head_size
        self._frequencies[:] = float(shape.rotary_base) ** -exponents
        self.record = zeros(1, KV_CACHE)
        r = self.record[0]
        named = {name: self.inputs[name] for name in small} | self.outputs
        named |= {"bias": self.bias, "k": self.k, "v": self.v, "frequencies": self._frequencies, "count": self.count}
        for name, array in named.items():
            r[name] = array.ctypes.data
        for name in ("capacity", "layers", "heads", "head_size", "embedding"):
            r[name] = getattr(shape, name)
        r["prepare"], r["finish"] = prepare_step.address, finish_step.address
        self.address: int = self.record.ctypes.data
        self.reset: int = clear_cache.address

    def arrays(self) -> list[np.ndarray]:
        """All memory that the worker touches, for `livehost.rt.memory.lock`."""
        return [*self.inputs.values(), *self.outputs.values(), self.bias, self.count, self._frequencies, self.record]
