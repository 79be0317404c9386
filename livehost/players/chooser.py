"""How an item player and its chooser speak: the player says *when*, the chooser says *which item of the bank*.

A chooser is a table of C functions (`CHOOSER`) and one record of arguments (`CHOOSER_IO`). `hear`, `played`, `reset`,
`steer` and `allow` tell it what happened; `choose` has it fill in up to `CHOICES` items, best first. Each is a `STEP2`
entry (state address, `CHOOSER_IO` address) that reads and writes only what its comment names, on the worker's thread.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from livehost.engine.player_abi import PART
from livehost.errors import LivehostError
from livehost.players.rng import seeded
from livehost.rt.memory import zeros
from livehost.rt.native import kernel, record_at, run2
from livehost.settings import TABLE

#: Items that a plan may hold.
CHOICES = 8

#: What `choose` gives: the plan is final; nothing has changed, ask again at the next hop; a stand-in's plan stands for
#: the time being, ask again at the next hop; no plan in time; no plan at all.
ARMED, ASK_AGAIN, STAND_IN, LATE, NO_PLAN = 0, 1, 2, 3, 4

CHOOSER = np.dtype(
    [
        ("state", "i8"),
        ("hear", "i8"),  # a heard segment: features, frame, frames; provisional while it still sounds
        ("played", "i8"),  # an item was put out: played, start, layer
        ("choose", "i8"),  # fill in count, index, probability, fallback
        ("reset", "i8"),  # forget what was heard and played
        ("steer", "i8"),  # verdict on the item last played: `player_abi.APPROVE`, `REJECT`, `CHANGE`
        ("allow", "i8"),  # item (−1: all), allowed
    ],
    align=True,
)

CHOOSER_IO = np.dtype(
    [
        ("frame", "i8"),  # now
        ("part", "i8"),
        ("parameters", "i8"),  # address of the part's live settings, `PART`
        ("events", "i8"),  # ring for the attention of its steps, 0 for none
        ("input_log", "i8"),  # what the worker takes in is recorded in it, 0 for none
        ("plan", "i8"),  # number of the plan that is to be made
        ("urgent", "i8"),  # 1: something is played now, `choose` must leave a plan
        ("behind", "i8"),  # frames that the worker is behind, beyond what is usual
        ("wait", "i8"),  # 1: offline, a decision may take its time
        ("features", "i8"),  # address of the segment's float32 summary
        ("frames", "i8"),  # length of the segment so far
        ("onset", "i8"),  # its first frame
        ("provisional", "i8"),  # 1 while the segment still sounds: a later `hear` replaces this one
        ("now", "i8"),  # 1: what is chosen is to sound together with what sounds now
        ("played", "i8"),  # item that was put out
        ("start", "i8"),  # frame at which it starts
        ("layer", "i8"),  # 0, or its number among those that sound together with the first
        ("verdict", "i8"),
        ("item", "i8"),
        ("allowed", "i8"),
        ("count", "i8"),  # out: items filled in
        ("fallback", "i8"),  # out: 1 where a stand-in chose
        ("index", "i8", (CHOICES,)),  # out
        ("probability", "f8", (CHOICES,)),  # out
        # what a model says of the musician's next stroke, filled in after each step of a heard sound:
        ("next_stroke", "i8"),  # out: address of float32 [intervals.BINS], 0 for none: probabilities of the time …
        ("next_stroke_onset", "i8"),  # out: … from this onset to the next
    ],
    align=True,
)

_VERDICTS = ("approve", "reject", "change")


@kernel
def chooser_io_at(address):
    """View the `CHOOSER_IO` record at an address. RT: worker."""
    return record_at(address, CHOOSER_IO)


@kernel
def chooser_at(address):
    """View the `CHOOSER` record at an address. RT: worker."""
    return record_at(address, CHOOSER)


class ItemChooser:
    """A chooser seen from Python: its records and its table, and what the worker asks of it, asked by hand. RT: never.

    Parameters
    ----------
    record : np.dtype
        Of its state; it has fields ``items``, ``allowed`` (address) and ``seed``.
    entries : mapping of str to entry
        A `STEP2` entry for each function of a `CHOOSER`.
    allowed_bits : np.ndarray
        Uint8 [items]: 1 where an item may be chosen.
    size : int
        Features of a segment.
    seed : int
        Of its random choices.

    Attributes
    ----------
    neutral_follow : float
        The `follow` at which nothing is added to what it wants by itself.
    table : np.ndarray
        One `CHOOSER` record.
    allowed_bits : np.ndarray
        As given.
    """

    neutral_follow: float

    def __init__(
        self, record: np.dtype, entries: Mapping[str, Any], allowed_bits: np.ndarray, size: int, seed: int
    ) -> None:
        self._state, self.table = zeros(1, record), zeros(1, CHOOSER)
        self._io, self._parameters = zeros(1, CHOOSER_IO), zeros(1, PART)
        self._io["parameters"] = self._parameters.ctypes.data
        self._functions = {name: run2(function) for name, function in entries.items()}
        self.allowed_bits, self.size = allowed_bits, size
        state = self._state[0]
        state["items"], state["allowed"], state["seed"] = len(allowed_bits), allowed_bits.ctypes.data, seeded(seed)
        self.table["state"] = self._state.ctypes.data
        for name, function in entries.items():
            self.table[name] = function.address

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [self._state, self.table, self.allowed_bits]

    def _call(self, name: str, **values: Any) -> int:
        for field, value in values.items():
            self._io[field] = value
        return self._functions[name](self._state.ctypes.data, self._io.ctypes.data)

    def hear(
        self,
        features: np.ndarray,
        *,
        frame: int = 0,
        frames: int = 4800,
        onset: int | None = None,
        provisional: bool = False,
    ) -> None:
        """Take in a heard segment, float32 [features], that is known at `frame`: whole, or so far (`provisional`).

        `onset` is its first frame, by default `frames` before `frame`.
        """
        features = np.ascontiguousarray(features, np.float32)
        if features.shape != (self.size,):
            raise LivehostError(f"A segment has {self.size} features here, not {features.shape}.")
        self._call(
            "hear", features=features.ctypes.data, frame=frame, frames=frames,
            onset=frame - frames if onset is None else onset, provisional=provisional,
        )  # fmt: skip

    def played(self, index: int, *, frame: int = 0) -> None:
        """Say that an item was put out."""
        self._call("played", played=self._checked(index), frame=frame, start=frame)

    def set_parameters(self, **values: float) -> None:
        """Set live settings of `PART` that it is asked with by hand."""
        for field, value in values.items():
            self._parameters[field] = value

    def choose(
        self,
        *,
        temperature: float = 0.0,
        top_k: int = 8,
        top_p: float = 1.0,
        repeat: float = 0.0,
        follow: float | None = None,
        now: bool = False,
    ) -> list[tuple[int, float]]:
        """Choose once, waiting for a model; `follow` is `neutral_follow` where it is not given.

        With `now` it is chosen what is to sound together with what sounds now.

        Returns
        -------
        list of (int, float)
            At most `CHOICES` items, best first, each with its probability.
        """
        follow = self.neutral_follow if follow is None else follow
        self.set_parameters(
            temperature=temperature, top_k=top_k, top_p=top_p, repeat=repeat, follow=follow,
            name=TABLE["player.name"].number("bank"),
        )  # fmt: skip
        self._call("choose", wait=1, now=now)
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
