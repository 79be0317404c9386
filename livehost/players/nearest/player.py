"""The player without a network: the item nearest to what was just heard, or the successor of the last."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from livehost.engine.player_abi import APPROVE, CHANGE, REJECT, part_at
from livehost.errors import LivehostError
from livehost.players.chooser import ItemChooser, chooser_io_at
from livehost.players.item_player import ItemPlayer
from livehost.players.loudness import item_loudness
from livehost.players.memory.blend import (
    add_proposed,
    blended,
    memory_share,
    session_forget,
    session_hear,
    session_played,
)
from livehost.players.memory.session_memory import SessionMemory
from livehost.players.nearest.cuts import CutSpaces, cut_at, forget_cuts, place_cut
from livehost.players.nearest.place import forget_places
from livehost.players.nearest.space import column_weights, fit
from livehost.players.nearest.state import (
    NEAREST,
    PLAIN_AT,
    add_successor,
    make_query,
    place_heard,
    place_plainly,
    successor_of_last,
)
from livehost.players.play_history import (
    HARD,
    PENALTY,
    REMEMBERED,
    approve,
    forget_plays,
    last_played,
    penalty,
    remember,
)
from livehost.players.sampling import MOST, sample_choices, weigh
from livehost.players.setup import PlayerSetup
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES, nearest_rows, squared_distance
from livehost.rt.native import STEP2, entry, f32, kernel, record_at, u8

#: Bits of an item that keep it from being chosen.
DENIED, REJECTED = 2, 4


@kernel
def _state(address):
    return record_at(address, NEAREST)


@entry(STEP2)
def hear(state_address, io_address):
    """Take in a heard segment: `features`, `provisional`. RT: worker."""
    state, io = _state(state_address), chooser_io_at(io_address)
    place_heard(state, io.features, io.provisional == 0)
    state.cut = -1
    if io.provisional != 0:
        place_cut(state, io.features, io.frames)
    if state.session != 0:
        place_plainly(state, io.features)
        session_hear(state, state_address + PLAIN_AT, io.provisional)
    return 0


@entry(STEP2)
def played(state_address, io_address):
    """Remember an item that was sent out: `played`. RT: worker."""
    state, io = _state(state_address), chooser_io_at(io_address)
    if 0 <= io.played < state.items:
        remember(state, io.played)
        session_played(state, io.played, io.layer)
    return 0


@entry(STEP2)
def choose(state_address, io_address):
    """Choose up to `CHOICES` items, best first: `index`, `probability`, `count` (0 where no item is allowed).

    Candidates are the `top_k` nearest, cheapest first; cost is distance in units of `Space.spacing` plus `penalty`.
    Their softmax counts `follow`; the successor of the item played last, where there is one, has the rest. RT: worker
    """
    state, io = _state(state_address), chooser_io_at(io_address)
    p = part_at(io.parameters)
    io.count, io.fallback = 0, 0
    wanted = min(max(np.int64(p.top_k), 1), MOST)
    make_query(state, p.follow)
    # what has just begun is compared with how the items begin; what was approved is known by whole sounds only
    matrix, spacing = state.matrix, state.spacing
    if state.cut >= 0 and p.follow > 0.0 and state.preference_strength == 0.0:
        matrix, spacing = cut_at(state, state.cut).matrix, cut_at(state, state.cut).spacing
        for k in range(DIMENSIONS):
            state.query[k] = state.cut_place[k]
    allowed = u8(state.allowed, state.items)
    # as many more as may be pushed away by a penalty
    kept = min(wanted + REMEMBERED + 1, state.items)
    count = nearest_rows(matrix, state.items, state.columns, state.query, allowed, kept, state.distance, state.index)
    if count == 0:
        return 0
    own = count
    share = memory_share(state, io, p)
    count = add_proposed(state, share, p.follow, count)
    for i in range(own, count):
        row = f32(matrix + state.index[i] * ROW_BYTES, DIMENSIONS)
        state.distance[i] = squared_distance(row, state.query, state.columns)
    # the successor stands behind them for the moment: `penalty` is large, and compiled where it is called
    successor = successor_of_last(state, allowed)
    state.index[count], lately = successor, 0.0
    for i in range(count + 1):
        lately = penalty(state, state.index[i], p.repeat)
        cost = np.sqrt(np.float64(state.distance[i])) / spacing
        state.cost[i] = blended(state, share, state.index[i], cost) + lately
    count = weigh(state, count, wanted, p.temperature, p.top_p)
    if successor >= 0 and lately < 0.5 * HARD:
        count = add_successor(state, successor, (1.0 - p.follow) * np.exp(-lately / PENALTY), p.follow, count)
    sample_choices(state, io, p.temperature, count)
    return 0


@entry(STEP2)
def reset(state_address, io_address):  # noqa: ARG001
    """Forget what was heard, played and approved, and begin the random numbers again; what is denied stays so.

    RT: worker
    """
    state = _state(state_address)
    forget_plays(state)
    session_forget(state)
    forget_cuts(state)
    state.heard, state.heard_segments = 0, 0.0
    forget_places(state.heard_mean, state.heard_variance, state.features)
    state.random = state.seed
    return 0


@entry(STEP2)
def steer(state_address, io_address):
    """Judge the item played last: `verdict` 0 draws towards it, 1 bars it for good, 2 keeps it from coming next.

    RT: worker
    """
    state, io = _state(state_address), chooser_io_at(io_address)
    last = last_played(state)
    if last < 0:
        return 0
    if io.verdict == APPROVE:
        approve(state, state.preference, f32(state.matrix + last * ROW_BYTES, DIMENSIONS), DIMENSIONS)
    elif io.verdict == REJECT:
        u8(state.allowed, state.items)[last] |= np.uint8(REJECTED)
    elif io.verdict == CHANGE:
        state.excluded = last
    return 0


@entry(STEP2)
def allow(state_address, io_address):
    """Let `item` (-1: all) be chosen, or not: `allowed`. Naming a rejected item brings it back, -1 does not.

    RT: worker
    """
    state, io = _state(state_address), chooser_io_at(io_address)
    bits = u8(state.allowed, state.items)
    if 0 <= io.item < state.items:
        bits[io.item] = np.uint8(1 if io.allowed != 0 else 1 | DENIED)
    elif io.item == -1:
        for i in range(state.items):
            rejected = bits[i] & np.uint8(REJECTED)
            bits[i] = rejected | np.uint8(1 if io.allowed != 0 else 1 | DENIED)
    return 0


_ENTRIES = {"hear": hear, "played": played, "choose": choose, "reset": reset, "steer": steer, "allow": allow}


class NearestChooser(ItemChooser):
    """Chooses the item nearest to what was heard. RT: never (its entries run in the worker).

    Parameters
    ----------
    bank : livehost.bank.Bank
        Its `features` and `items["successor"]` are used.
    seed : int, default 0
        Same seed, same bank, same calls: same choices.
    slices : mapping of str to slice, optional
        Columns of each feature, for their weights; by default those of `livehost.dsp.segment`.
    cuts : float32 [items, cuts, features], optional
        How the bank's items begin (`Bank.cuts`); without it, what has just begun is compared with whole sounds.

    Attributes
    ----------
    space : livehost.players.nearest.space.Space

    Raises
    ------
    LivehostError
        For a bank without items.
    """

    neutral_follow = 1.0

    def __init__(
        self,
        bank: Any,
        seed: int = 0,
        slices: Mapping[str, slice] | None = None,
        cuts: np.ndarray | None = None,
    ) -> None:
        features = np.atleast_2d(np.asarray(bank.features, np.float32))
        items, size = features.shape
        if items == 0:
            raise LivehostError("The bank has no items, so there is nothing to play; give a folder with sounds.")
        if slices is None:
            from livehost.dsp.segment import SEGMENT_SLICES

            slices = SEGMENT_SLICES
        super().__init__(NEAREST, _ENTRIES, np.ones(items, np.uint8), size, seed)
        weights = column_weights(slices, size)
        self.space, self.cuts = fit(features, weights), CutSpaces(cuts, weights)
        self._successor = np.ascontiguousarray(bank.items["successor"], np.int64)
        self._heard = np.zeros((2, size))
        state = self._state[0]
        state["features"] = size
        for field in ("center", "inverse_scale", "projection", "origin", "matrix"):
            state[field] = getattr(self.space, field).ctypes.data
        state["columns"], state["spacing"] = DIMENSIONS, self.space.spacing
        state["cuts"], state["cut_count"] = self.cuts.records.ctypes.data, len(self.cuts.spaces)
        state["successor"] = self._successor.ctypes.data
        state["heard_mean"], state["heard_variance"] = (row.ctypes.data for row in self._heard)
        self.session: SessionMemory | None = None
        self.reset()

    def remember_session(self) -> SessionMemory:
        """Have it keep a memory of the session from here on, tell it of all that is heard and played, and ask it."""
        self.session = SessionMemory(self.space.matrix, self.allowed_bits, self._successor)
        self._state["session"] = self.session.address
        return self.session

    def recall(self, features: np.ndarray, index: np.ndarray, played: np.ndarray) -> None:
        """Tell the memory of the session, where there is one, of sounds before this chooser plays.

        Parameters
        ----------
        features : np.ndarray
            Float32 [n, features], oldest first.
        index : np.ndarray
            Int [n]: item of the bank, -1 where it is none of this one.
        played : np.ndarray
            Bool [n]: whether it was played, or heard.
        """
        if self.session is not None:
            for place, item, own in zip(self.space.project(features), index.tolist(), played.tolist(), strict=True):
                if own:
                    self.session.played(item)
                else:
                    self.session.hear(place)

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        session = self.session.arrays if self.session is not None else []
        return [*super().arrays, self.space.matrix, self._successor, self._heard, *self.cuts.arrays, *session]

    @property
    def heard_place(self) -> np.ndarray:
        """Where what was heard last lies in `space`, float32 [dimensions]."""
        return self._state["heard_place"][0]


class NearestPlayer(ItemPlayer):
    """The nearest player on one bank; see `ItemPlayer`."""

    name, names, description = "nearest", ("nearest",), "nearest"


def make(setup: PlayerSetup) -> NearestPlayer:
    """Make the player of a part."""
    chooser = NearestChooser(setup.bank, setup.seed, cuts=setup.bank.cuts)
    chooser.remember_session()
    return NearestPlayer(chooser, setup.timing, setup.rate, item_loudness(setup.bank), setup.bank.items["frames"])
