"""The player without a network: the item nearest to what was just heard, or the successor of the last."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numba import carray

from livehost.errors import LivehostError
from livehost.players.abi import PLAYER, PLAYER_IO
from livehost.players.nearest_state import (
    NEAREST,
    PENALTY,
    TASTE_DECAY,
    TASTE_MOST,
    TASTE_STEP,
    add_successor,
    last_played,
    make_query,
    penalty,
    place_heard,
    successor_of_last,
)
from livehost.players.rng import seeded
from livehost.players.sampling import HARD, MEMORY, MOST, hand_out, weigh
from livehost.players.scan import DIMENSIONS, ROW_BYTES, nearest_rows
from livehost.players.space import column_weights, fit
from livehost.rt.native import STEP2, entry, f32, f64, kernel, pointer, run2, u8

#: Bits of an item that keep it from being chosen.
DENIED, REJECTED = 2, 4


@kernel
def _state(address):
    return carray(pointer(address), (1,), NEAREST)[0]


@kernel
def _io(address):
    return carray(pointer(address), (1,), PLAYER_IO)[0]


@entry(STEP2)
def hear(state_address, io_address):
    """Take in a heard segment: `features`, `provisional`. RT: worker."""
    io = _io(io_address)
    place_heard(_state(state_address), io.features, io.provisional == 0)
    return 0


@entry(STEP2)
def played(state_address, io_address):
    """Remember an item that was sent out: `played`. RT: worker."""
    state, io = _state(state_address), _io(io_address)
    if 0 <= io.played < state.items:
        state.memory[state.plays % MEMORY] = io.played
        state.plays += 1
        state.excluded = -1
        state.taste_strength *= TASTE_DECAY
    return 0


@entry(STEP2)
def arm(state_address, io_address):
    """Choose up to `CHOICES` items, best first: `index`, `probability`, `count` (0 where no item is allowed).

    Candidates are the `top_k` nearest, cheapest first; cost is distance in units of `Space.spacing` plus `penalty`.
    Their softmax counts `follow`; the successor of the item played last, where there is one, has the rest. RT: worker
    """
    state, io = _state(state_address), _io(io_address)
    io.count, io.fallback = 0, 0
    wanted = min(max(io.top_k, 1), MOST)
    make_query(state, io.follow)
    allowed = u8(state.allowed, state.items)
    # as many more as may be pushed away by a penalty
    kept = min(wanted + MEMORY + 1, state.items)
    count = nearest_rows(
        state.matrix, state.items, state.columns, state.query, allowed, kept, state.distance, state.index
    )
    if count == 0:
        return 0
    # the successor stands behind them for the moment: `penalty` is large, and compiled where it is called
    successor = successor_of_last(state, allowed)
    state.index[count], lately = successor, 0.0
    for i in range(count + 1):
        lately = penalty(state, state.index[i], io.repeat)
        state.cost[i] = np.sqrt(np.float64(state.distance[i])) / state.spacing + lately
    count = weigh(state, count, wanted, io.temperature, io.top_p)
    if successor >= 0 and lately < 0.5 * HARD:
        count = add_successor(state, successor, (1.0 - io.follow) * np.exp(-lately / PENALTY), io.follow, count)
    hand_out(state, io, count)
    return 0


@entry(STEP2)
def reset(state_address, io_address):  # noqa: ARG001
    """Forget what was heard, played and approved, and begin the random numbers again; what is denied stays so.

    RT: worker
    """
    state = _state(state_address)
    state.heard, state.plays, state.excluded = 0, 0, -1
    state.heard_segments, state.taste_strength = 0.0, 0.0
    mean, variance = f64(state.heard_mean, state.features), f64(state.heard_variance, state.features)
    for j in range(state.features):
        mean[j], variance[j] = 0.0, 0.0
    state.random = state.seed
    return 0


@entry(STEP2)
def steer(state_address, io_address):
    """Judge the item played last: `verdict` 0 draws towards it, 1 bars it for good, 2 keeps it from coming next.

    RT: worker
    """
    state, io = _state(state_address), _io(io_address)
    last = last_played(state)
    if last < 0:
        return 0
    if io.verdict == 0:
        row = f32(state.matrix + last * ROW_BYTES, DIMENSIONS)
        share = np.float32(0.5 if state.taste_strength > 0.0 else 1.0)
        for k in range(DIMENSIONS):
            old = np.float32(0.0) if share == 1.0 else state.taste[k]
            state.taste[k] = old + share * (row[k] - old)
        state.taste_strength = min(state.taste_strength + TASTE_STEP, TASTE_MOST)
    elif io.verdict == 1:
        u8(state.allowed, state.items)[last] |= np.uint8(REJECTED)
    elif io.verdict == 2:
        state.excluded = last
    return 0


@entry(STEP2)
def allow(state_address, io_address):
    """Let `item` (-1: all) be chosen, or not: `allowed`. Naming a rejected item brings it back, -1 does not.

    RT: worker
    """
    state, io = _state(state_address), _io(io_address)
    bits = u8(state.allowed, state.items)
    if 0 <= io.item < state.items:
        bits[io.item] = np.uint8(1 if io.allowed != 0 else 1 | DENIED)
    elif io.item == -1:
        for i in range(state.items):
            rejected = bits[i] & np.uint8(REJECTED)
            bits[i] = rejected | np.uint8(1 if io.allowed != 0 else 1 | DENIED)
    return 0


_ENTRIES = {"hear": hear, "played": played, "arm": arm, "reset": reset, "steer": steer, "allow": allow}


class NearestPlayer:
    """The nearest player on one bank. RT: never (its entries run in the worker).

    Parameters
    ----------
    bank : livehost.bank.Bank
        Its `features` and `items["successor"]` are used.
    seed : int, default 0
        Same seed, same bank, same calls: same choices.
    slices : mapping of str to slice, optional
        Columns of each feature, for their weights; by default those of `livehost.dsp.segment`.

    Attributes
    ----------
    name : str
        "nearest".
    table : np.ndarray
        One `PLAYER` record.
    space : livehost.players.space.Space
    allowed_bits : np.ndarray
        Uint8 [items]: 1 where an item may be chosen.

    Raises
    ------
    LivehostError
        For a bank without items.
    """

    name = "nearest"

    def __init__(self, bank: Any, seed: int = 0, slices: Mapping[str, slice] | None = None) -> None:
        features = np.atleast_2d(np.asarray(bank.features, np.float32))
        items, size = features.shape
        if items == 0:
            raise LivehostError("The bank has no items, so there is nothing to play; give a folder with sounds.")
        if slices is None:
            from livehost.dsp.segment import SEGMENT_SLICES

            slices = SEGMENT_SLICES
        self.space = fit(features, column_weights(slices, size))
        self._successor = np.ascontiguousarray(bank.items["successor"], np.int64)
        self.allowed_bits = np.ones(items, np.uint8)
        self._heard = np.zeros((2, size))
        self._features = np.zeros(size, np.float32)
        self._state = np.zeros(1, NEAREST)
        self._io = np.zeros(1, PLAYER_IO)
        state = self._state[0]
        state["items"], state["features"] = items, size
        for field in ("center", "inverse_scale", "projection", "origin", "matrix"):
            state[field] = getattr(self.space, field).ctypes.data
        state["columns"], state["spacing"] = DIMENSIONS, self.space.spacing
        state["successor"], state["allowed"] = self._successor.ctypes.data, self.allowed_bits.ctypes.data
        state["heard_mean"], state["heard_variance"] = (row.ctypes.data for row in self._heard)
        state["seed"] = seeded(seed)
        self.table = np.zeros(1, PLAYER)
        self.table["state"] = self._state.ctypes.data
        for field, function in _ENTRIES.items():
            self.table[field] = function.address
        self.reset()

    def _call(self, name: str, **values: Any) -> Any:
        for field, value in values.items():
            self._io[field] = value
        run2(_ENTRIES[name])(self._state.ctypes.data, self._io.ctypes.data)
        return self._io[0]

    def hear(self, features: np.ndarray, provisional: bool = False) -> None:
        """Take in a heard segment, float32 [SEGMENT_SIZE]."""
        features = np.asarray(features, np.float32)
        if features.shape != self._features.shape:
            raise LivehostError(f"A segment has {self._features.size} features here, not {features.shape}.")
        self._features[:] = features
        self._call("hear", features=self._features.ctypes.data, provisional=provisional)

    def played(self, index: int) -> None:
        """Say that an item was sent out."""
        self._call("played", played=self._checked(index))

    def choose(
        self,
        *,
        temperature: float = 0.0,
        top_k: int = 8,
        top_p: float = 1.0,
        repeat: float = 0.0,
        follow: float = 1.0,
    ) -> list[tuple[int, float]]:
        """Arm once.

        Returns
        -------
        list of (int, float)
            At most `CHOICES` items, best first, each with its probability.
        """
        io = self._call("arm", temperature=temperature, top_k=top_k, top_p=top_p, repeat=repeat, follow=follow)
        return [(int(io["index"][k]), float(io["probability"][k])) for k in range(int(io["count"]))]

    def steer(self, verdict: str) -> None:
        """Judge the item played last: "approve", "reject" or "change"."""
        words = ("approve", "reject", "change")
        if verdict not in words:
            raise LivehostError(f"A verdict is one of {', '.join(words)}, not {verdict!r}.", 2)
        self._call("steer", verdict=words.index(verdict))

    def allow(self, index: int, allowed: bool = True) -> None:
        """Let an item (-1: all) be chosen, or not."""
        self._call("allow", item=-1 if index == -1 else self._checked(index), allowed=allowed)

    def reset(self) -> None:
        """Forget what was heard, played and approved."""
        self._call("reset")

    def _checked(self, index: int) -> int:
        items = int(self._state["items"][0])
        if not 0 <= index < items:
            raise LivehostError(f"The bank has items 0 to {items - 1}, not {index}.", 2)
        return index
