"""A performance player asked as the worker asks it, hop by hop, and a check of all that it puts out."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from livehost.bank.layout import Bank
from livehost.bank.none import no_bank
from livehost.dsp.beat.tracker import BeatTracker, beat_step
from livehost.engine.player_abi import MAX_OUTS, NOTE, OUT, PART, PLAYER_IO, RESET, STOP, VOICE
from livehost.events import NOW
from livehost.inference.export import open_export
from livehost.players.modes import CONTINUE
from livehost.players.performance.player import PerformancePlayer
from livehost.record import RECORD_BYTES
from livehost.rt.native import run2
from livehost.rt.ring import Ring
from livehost.settings import Settings

RATE, BLOCK = 48_000, 64


def open_rnn(model: Any, backend: str = "auto") -> Any:
    """Open an export of a performance RNN."""
    return open_export(model, rate=RATE, hop_samples=128, frame_samples=1024, backend=backend, kind="performance-rnn")


class PlayerRig:
    """Asks a player, hop by hop.

    Parameters
    ----------
    export : livehost.inference.performance_export.PerformanceExport
    bank : Bank, optional
        By default none.
    hop : int
        Frames of a hop.
    seed : int
    virtual : bool
        Offline: as many steps of the model in a hop as are wanted, else one.
    beat : BeatTracker, optional
        Hears the strokes, and gives the beat to play by.
    **settings
        Of the part, by their fields.

    Attributes
    ----------
    outs : list of numpy.void
        All that was put out, `OUT`.
    frame : int
        First frame not yet heard.
    """

    def __init__(
        self, export: Any, bank: Bank | None = None, *, hop: int = 480, seed: int = 1, virtual: bool = True,
        beat: BeatTracker | None = None, **settings: float,
    ) -> None:  # fmt: skip
        self._export, self._bank, self._seed = export, bank or no_bank(RATE), seed
        self.io, self.parameters = np.zeros(1, PLAYER_IO), np.zeros(1, PART)
        self._room, self.ring = np.zeros(MAX_OUTS, OUT), Ring(1024, RECORD_BYTES)
        Settings().fill(self.parameters, "part", 0)
        self.set(**{"mode": CONTINUE, **settings})
        io = self.io
        io["parameters"], io["outs"] = self.parameters.ctypes.data, self._room.ctypes.data
        io["events"], io["virtual"], io["may_play"] = self.ring.address, int(virtual), 1
        io["room"], io["block"], io["hop"], io["think"] = MAX_OUTS, BLOCK, hop, 1
        io["average_level_db"], io["quantum"] = np.nan, 4
        self._beat, self._step_beat = beat, run2(beat_step)
        if beat is not None:
            io["beat"] = beat.address
        self.frame, self.hop = 0, hop
        self.outs: list[np.void] = []
        self.player = self.new_player()

    def new_player(self) -> PerformancePlayer:
        """Make the player that plays from here on."""
        self.player = PerformancePlayer(self._export, self._bank, RATE, self._seed, "rig")
        row = self.player.table[0]
        self._state = int(row["state"])
        self._call = {name: (int(row[name])) for name in ("step", "think", "hear_segment", "hear_note", "command")}
        self.io["think"] = 1
        return self.player

    def set(self, **settings: float) -> None:
        """Set settings of the part, by their fields."""
        for name, value in settings.items():
            self.parameters[name] = value

    def call(self, name: str) -> int:
        """Call a function of the player."""
        self.io["frame"] = self.frame
        return int(_function(self._call[name])(self._state, self.io.ctypes.data))

    def hops(self, count: int = 1, strokes: Iterable[int] = ()) -> None:
        """Let hops go by, as the worker does: think, then put out; where there is an onset, the other way round.

        Parameters
        ----------
        count : int
        strokes : iterable of int
            Frames at which the musician strikes, ascending, each told in the first hop that ends after it.
        """
        waiting = list(strokes)
        for _ in range(count):
            self.frame += self.hop
            onset = bool(waiting) and waiting[0] < self.frame
            self.io["onset"], self.io["onset_frame"] = onset, waiting.pop(0) if onset else -1
            if onset:
                self._put_out()
            self._follow_beat()
            if self.io["think"][0] and self.call("think"):
                raise RuntimeError("the player has failed")
            if not onset:
                self._put_out()

    def _put_out(self) -> None:
        self.io["count"] = 0
        if self.call("step"):
            raise RuntimeError("the player has failed")
        out = self._room[: int(self.io["count"][0])].copy()
        begins = (out["kind"] == VOICE) | ((out["kind"] == NOTE) & (out["velocity"] > 0))
        self.io["decisions"] += int(begins.sum())
        out["frame"] = np.where(out["frame"] == NOW, self.frame, out["frame"])
        self.outs += list(out)

    def _follow_beat(self) -> None:
        if self._beat is not None:
            io = self._beat.io
            io["now"], io["onset"], io["onset_frame"] = self.frame, self.io["onset"], self.io["onset_frame"]
            io["level_db"] = -20.0
            self._step_beat(self._beat.address, self._beat.io_address)

    def hear(self, pitch: int, velocity: int) -> None:
        """Play a note to it, or end one."""
        self.io["pitch"], self.io["velocity"] = pitch, velocity
        self.call("hear_note")

    def command(self, verb: int) -> None:
        """Give a command."""
        self.io["verb"] = verb
        self.call("command")

    def panic(self, hops: int = 1) -> None:
        """Panic, and play again after some hops."""
        self.command(STOP)
        self.io["may_play"] = 0
        self.hops(hops)
        self.io["may_play"] = 1

    def reset(self) -> None:
        """Have it forget all."""
        self.command(RESET)

    @property
    def notes(self) -> list[tuple[int, int, int]]:
        """Frame, pitch and velocity of the notes that were put out, 0 where one ends."""
        return [(int(o["frame"]), int(o["index"]), int(o["velocity"])) for o in self.outs if o["kind"] == NOTE]


def _function(address: int) -> Callable[[int, int], int]:
    class At:
        pass

    At.address = address  # type: ignore[attr-defined]
    return run2(At)


def faults(notes: list[tuple[int, int, int]], longest: float, polyphony: int) -> dict[str, int]:
    """Count what must never be in notes that were put out, in their order.

    Parameters
    ----------
    notes : list of (frame, pitch, velocity)
    longest : float
        Frames that a note may last.
    polyphony : int

    Returns
    -------
    dict of str to int
        "hanging", "doubled" (begun while it sounds), "backwards", "negative", "too long", "too many".
    """
    found = dict.fromkeys(("hanging", "doubled", "backwards", "negative", "too long", "too many"), 0)
    held: dict[int, int] = {}
    newest = 0
    for frame, pitch, velocity in notes:
        found["negative"] += frame < 0
        found["backwards"] += frame < newest
        newest = max(newest, frame)
        if velocity:
            found["doubled"] += pitch in held
            held[pitch] = frame
            found["too many"] += len(held) > polyphony
        elif pitch in held:
            found["too long"] += frame - held.pop(pitch) > longest
    found["hanging"] = len(held)
    return found
