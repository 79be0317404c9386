"""An item player: a chooser on a bank, put out in time."""

import numpy as np

from livehost.players.base import Player
from livehost.players.chooser import CHOOSER_IO, ItemChooser
from livehost.players.item_plan import ENTRIES, ITEM_PLAYER
from livehost.players.timing import Timing
from livehost.players.timing.step import timing_forget, timing_open, timing_press, timing_reset, timing_step
from livehost.rt.memory import zeros


class ItemPlayer(Player):
    """A player that answers with items of its bank; see `Player`.

    Parameters
    ----------
    chooser : ItemChooser
        Says which item comes next.
    timing : Timing
        Says when; of the part, so that a player that comes in its place goes on in its time.
    rate : float
        Of the stage, Hz.
    loudness : np.ndarray
        Float32 [items], of `players.loudness.item_loudness`.
    lengths : np.ndarray or None
        Int64 [items], frames; where it is not given, every sound may ring for ever.
    """

    def __init__(
        self,
        chooser: ItemChooser,
        timing: Timing,
        rate: float,
        loudness: np.ndarray,
        lengths: np.ndarray | None = None,
    ) -> None:
        super().__init__()
        self.chooser, self._timing, self._loudness = chooser, timing, loudness
        self._lengths = np.zeros(0, np.int64) if lengths is None else np.ascontiguousarray(lengths, np.int64)
        self._state, self._io = zeros(1, ITEM_PLAYER), zeros(1, CHOOSER_IO)
        s = self._state[0]
        s["rate"], s["chooser"], s["chooser_io"] = rate, chooser.table.ctypes.data, self._io.ctypes.data
        s["timing"], s["timing_io"] = timing.address, timing.io_address
        s["timing_step"], s["timing_reset"] = timing_step.address, timing_reset.address
        s["timing_forget"], s["timing_open"] = timing_forget.address, timing_open.address
        s["timing_press"], s["unison"] = timing_press.address, -1
        s["item_frames"] = self._lengths.ctypes.data if lengths is not None else 0
        s["item_loudness"] = loudness.ctypes.data
        s["heard_onset"] = s["follow_onset"] = s["seen_onset"] = s["known_onset"] = -1
        self.table["state"] = self._state.ctypes.data
        for name, function in ENTRIES.items():
            self.table[name] = function.address

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the worker touches, to be locked."""
        return [self.table, self._state, self._io, self._loudness, self._lengths, *self.chooser.arrays]

    def allow(self, index: int, allowed: bool) -> None:
        """Let an item (-1: all) be chosen, or not, before it plays."""
        self.chooser.allow(index, allowed)

    def verdicts(self) -> np.ndarray:
        """Copy what may be chosen of its bank, uint8 [items]."""
        return self.chooser.allowed_bits.copy()

    def use_verdicts(self, verdicts: np.ndarray) -> None:
        """Take over what was rejected and denied with another player on the same bank."""
        if len(verdicts) == len(self.chooser.allowed_bits):
            self.chooser.allowed_bits[:] = verdicts
