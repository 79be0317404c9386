"""The memory of a session, seen from Python: its records, and what the worker asks of it, asked by hand."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.players.memory.codebook import learn_codebook
from livehost.players.memory.entries import ENTRIES, learn_order
from livehost.players.memory.line import HEADS, LINE, MOMENT, ORDERS, SOUNDS
from livehost.players.memory.state import LINES, MEMORY
from livehost.players.top_rows import DIMENSIONS
from livehost.rt.memory import zeros
from livehost.rt.native import run2

#: Distance at which two sounds count as alike by 1/e, in units of `Codebook.typical`.
TOLERANCE = 0.6
#: Items near to a place share it by exp(−SHARPNESS · distance / `Codebook.typical`).
SHARPNESS = 1.0


def source_order(successor: np.ndarray) -> np.ndarray:
    """Put the items of each source one after the other, −1 behind each source; sources of one item are left out.

    Parameters
    ----------
    successor : np.ndarray
        Int64 [items]: the item that follows each in its source, −1 for none.

    Returns
    -------
    np.ndarray
        Int64 [n].
    """
    follows, order = np.zeros(len(successor), bool), []
    follows[successor[successor >= 0]] = True
    for first in np.flatnonzero(~follows & (successor >= 0)).tolist():
        item = first
        while item >= 0:
            order.append(item)
            item = int(successor[item])
        order.append(-1)
    return np.array(order, np.int64)


class SessionMemory:
    """Remembers which sound followed which, heard and played, on one bank. RT: never (its entries run in the worker).

    Parameters
    ----------
    matrix : np.ndarray
        Float32 [items, DIMENSIONS]: where the bank's items lie in its space; not copied.
    allowed_bits : np.ndarray
        Uint8 [items], shared with the chooser: an item with anything but 1 is never proposed.
    successor : np.ndarray, optional
        Int64 [items]: the item that follows each in its source, -1 for none; none at all by default.
    sounds : int, default `SOUNDS`
        How many it remembers of what is heard, of what is played, and of the sources, a power of two.

    Attributes
    ----------
    address : int
        Of its `MEMORY` record, for a chooser.
    """

    def __init__(
        self, matrix: np.ndarray, allowed_bits: np.ndarray, successor: np.ndarray | None = None, sounds: int = SOUNDS
    ) -> None:
        if sounds < 2 or sounds & (sounds - 1):
            raise LivehostError(f"A memory holds a power of two of sounds, not {sounds}.")
        items = len(matrix)
        self._matrix, self._allowed = matrix, allowed_bits
        self.codebook = book = learn_codebook(matrix)
        order = source_order(successor if successor is not None else np.full(items, -1))[:sounds]
        sizes = (sounds, sounds, 1 << max(len(order) - 1, 1).bit_length())
        self._moments = [zeros(size, MOMENT) for size in sizes]
        self._heads = [zeros(len(ORDERS) * HEADS, np.int64) for _ in sizes]
        self._lines, self._state = zeros(LINES, LINE), zeros(1, MEMORY)
        self._far, self._mass, self._asked = (
            zeros(len(book.book), np.float64),
            zeros(items, np.float64),
            zeros(items, np.int64),
        )
        for line, moments, heads in zip(self._lines, self._moments, self._heads, strict=True):
            line["moments"], line["sounds"], line["heads"] = moments.ctypes.data, len(moments), heads.ctypes.data
        s = self._state[0]
        s["columns"], s["items"], s["codes"] = DIMENSIONS, items, len(book.book)
        s["matrix"], s["allowed"], s["lines"] = (
            matrix.ctypes.data,
            allowed_bits.ctypes.data,
            self._lines.ctypes.data,
        )
        s["book"], s["first"] = book.book.ctypes.data, book.first.ctypes.data
        s["member"], s["code"] = book.member.ctypes.data, book.code.ctypes.data
        s["far"], s["mass"], s["asked"] = (a.ctypes.data for a in (self._far, self._mass, self._asked))
        s["tolerance"], s["sharpness"] = TOLERANCE * book.typical, SHARPNESS / book.typical
        self.address = int(self._state.ctypes.data)
        self._functions = {name: run2(function) for name, function in ENTRIES.items()}
        for name, function in ENTRIES.items():
            s[name] = function.address
        given = np.append(len(order), order)  # held by a name: a mere address holds no memory
        run2(learn_order)(self.address, given.ctypes.data)

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        book = self.codebook
        own = [self._state, self._lines, *self._heads, *self._moments, self._far, self._mass, self._asked]
        return [*own, book.book, book.first, book.member, book.code]

    @property
    def nbytes(self) -> int:
        """Bytes of it all."""
        return sum(array.nbytes for array in self.arrays)

    @property
    def counts(self) -> tuple[int, int]:
        """How many heard and how many played sounds are remembered."""
        kept = np.minimum(self._lines["count"] - self._lines["begin"], self._lines["sounds"])
        return int(kept[0]), int(kept[1])

    def hear(self, place: np.ndarray) -> None:
        """Remember a heard segment that is over, float32 [DIMENSIONS] in the bank's space."""
        given = self._given(place)
        self._functions["hear"](self.address, given.ctypes.data)

    def played(self, item: int) -> None:
        """Remember an item that was put out."""
        self._functions["played"](self.address, item)

    def forget(self) -> None:
        """Forget all that was heard and played."""
        self._functions["forget"](self.address, 0)

    def scores(self, heard_share: float = 1.0, provisional: np.ndarray | None = None) -> tuple[dict[int, float], float]:
        """Say what comes next.

        Parameters
        ----------
        heard_share : float
            How much what followed in the heard line counts, against the own line.
        provisional : np.ndarray, optional
            Float32 [DIMENSIONS]: the place of a segment that still sounds.

        Returns
        -------
        (dict of int to float, float)
            Log-probabilities of at most `PROPOSED` items, and that of each other item.
        """
        place = None if provisional is None else self._given(provisional)
        s = self._state[0]
        s["heard_share"] = heard_share
        found = self._functions["scores"](self.address, 0 if place is None else place.ctypes.data)
        return dict(zip(s["item"][:found].tolist(), s["logp"][:found].tolist(), strict=True)), float(np.log(s["floor"]))

    def log_probabilities(self, heard_share: float = 1.0, provisional: np.ndarray | None = None) -> np.ndarray:
        """Give `scores` over the whole bank, float64 [items]; −inf where an item is barred."""
        proposed, floor = self.scores(heard_share, provisional)
        logp = np.where(self._allowed == 1, floor, -np.inf)
        logp[list(proposed)] = list(proposed.values())
        return logp

    def rank_sequence(self, places: np.ndarray, played: Iterable[int] = (), heard_share: float = 1.0) -> np.ndarray:
        """Play a recording to it, from nothing, and say after each segment what comes next: memory alone.

        Parameters
        ----------
        places : np.ndarray
            Float32 [n, DIMENSIONS]: heard segments that are over, in order, in the bank's space (`Space.project`).
        played : iterable of int
            Item that was put out after each of them, -1 for none; none at all by default.
        heard_share : float
            As for `scores`.

        Returns
        -------
        np.ndarray
            Float64 [n, items]: log-probabilities after each segment, and what was put out after it.
        """
        self.forget()
        own, out = iter(played), np.empty((len(places), len(self._matrix)))
        for row, place in zip(out, places, strict=True):
            self.hear(place)
            self.played(next(own, -1))
            row[:] = self.log_probabilities(heard_share)
        return out

    def _given(self, place: Any) -> np.ndarray:
        place = np.ascontiguousarray(place, np.float32)
        if place.shape != (DIMENSIONS,):
            raise LivehostError(f"A place has {DIMENSIONS} numbers, not {place.shape}.")
        return place
