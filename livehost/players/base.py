"""A player seen from Python: its records and its table, and what the worker asks of it, asked by hand."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from livehost.engine.player_abi import PLAYER, PLAYER_IO
from livehost.errors import LivehostError
from livehost.players.rng import seeded
from livehost.rt.memory import zeros
from livehost.rt.native import run2

_VERDICTS = ("approve", "reject", "change")


class PlayerHandle:
    """What all players have in common. RT: never (their entries run in the worker).

    Parameters
    ----------
    record : np.dtype
        Of the player's state; it has fields ``items``, ``allowed`` (address) and ``seed``.
    entries : mapping of str to entry
        A `STEP2` entry for each function of a `PLAYER`.
    allowed_bits : np.ndarray
        Uint8 [items]: 1 where an item may be chosen.
    size : int
        Features of a segment.
    seed : int
        Of its random choices.

    Attributes
    ----------
    name : str
        What `--player` calls it.
    neutral_follow : float
        The `follow` at which nothing is added to what it wants by itself.
    table : np.ndarray
        One `PLAYER` record.
    allowed_bits : np.ndarray
        As given.
    """

    name: str
    neutral_follow: float

    def __init__(
        self, record: np.dtype, entries: Mapping[str, Any], allowed_bits: np.ndarray, size: int, seed: int
    ) -> None:
        self._state, self._io, self.table = zeros(1, record), zeros(1, PLAYER_IO), zeros(1, PLAYER)
        self._functions = {name: run2(function) for name, function in entries.items()}
        self.allowed_bits, self._size = allowed_bits, size
        state = self._state[0]
        state["items"], state["allowed"], state["seed"] = len(allowed_bits), allowed_bits.ctypes.data, seeded(seed)
        self.table["state"] = self._state.ctypes.data
        for name, function in entries.items():
            self.table[name] = function.address

    def _call(self, name: str, **values: Any) -> int:
        for field, value in values.items():
            self._io[field] = value
        return self._functions[name](self._state.ctypes.data, self._io.ctypes.data)

    def hear(self, features: np.ndarray, *, frame: int = 0, frames: int = 4800, provisional: bool = False) -> None:
        """Take in a heard segment that ends at `frame`, float32 [features]."""
        features = np.ascontiguousarray(features, np.float32)
        if features.shape != (self._size,):
            raise LivehostError(f"A segment has {self._size} features here, not {features.shape}.")
        self._call("hear", features=features.ctypes.data, frame=frame, frames=frames, provisional=provisional)

    def played(self, index: int, *, frame: int = 0) -> None:
        """Say that an item was sent out."""
        self._call("played", played=self._checked(index), frame=frame, start=frame)

    def choose(
        self,
        *,
        temperature: float = 0.0,
        top_k: int = 8,
        top_p: float = 1.0,
        repeat: float = 0.0,
        follow: float | None = None,
    ) -> list[tuple[int, float]]:
        """Arm once, waiting for a model; `follow` is `neutral_follow` where it is not given.

        Returns
        -------
        list of (int, float)
            At most `CHOICES` items, best first, each with its probability.
        """
        follow = self.neutral_follow if follow is None else follow
        self._call(
            "arm", temperature=temperature, top_k=top_k, top_p=top_p, repeat=repeat, follow=follow, wait=1, plain=0
        )
        io = self._io[0]
        return [(int(io["index"][k]), float(io["probability"][k])) for k in range(int(io["count"]))]

    def steer(self, verdict: str) -> None:
        """Judge the item played last: "approve", "reject" or "change"."""
        if verdict not in _VERDICTS:
            raise LivehostError(f"A verdict is one of {', '.join(_VERDICTS)}, not {verdict!r}.", 2)
        self._call("steer", verdict=_VERDICTS.index(verdict))

    def allow(self, index: int, allowed: bool = True) -> None:
        """Let an item (-1: all) be chosen, or not."""
        self._call("allow", item=-1 if index == -1 else self._checked(index), allowed=allowed)

    def reset(self) -> None:
        """Forget what was heard, played and approved."""
        self._call("reset")

    def _checked(self, index: int) -> int:
        items = len(self.allowed_bits)
        if not 0 <= index < items:
            raise LivehostError(f"The bank has items 0 to {items - 1}, not {index}.", 2)
        return index
