"""When to play, whoever plays: a row of `livehost.players.modes` says how.

Everything is counted in frames of the input stream; no clock is read, and the same onsets give the same plays.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from livehost.dsp.beat.tracker import BeatTracker, beat_step
from livehost.errors import LivehostError
from livehost.events import REASONS
from livehost.players.modes import MODES
from livehost.players.rng import seeded
from livehost.players.timing.phrase import timing_level
from livehost.players.timing.state import LEAD_MS, TIMING, TIMING_IO
from livehost.players.timing.step import timing_forget, timing_open, timing_press, timing_reset, timing_step
from livehost.rt.native import run1, run2

__all__ = [
    "LEAD_MS", "TIMING", "TIMING_IO", "Timing", "timing_forget", "timing_level", "timing_open", "timing_press",
    "timing_reset", "timing_step",
]  # fmt: skip


class Timing:
    """State of the timing and its arguments. RT: never (its entries run in the worker).

    Parameters
    ----------
    rate : int
        Sample rate, Hz.
    seed : int, default 0
        Of its random choices.

    Attributes
    ----------
    state, io : np.ndarray
        One `TIMING` record, one `TIMING_IO` record.
    address, io_address : int
        Where they stand, for `timing_step`.
    """

    def __init__(self, rate: int, seed: int = 0) -> None:
        self.state, self.io = np.zeros(1, TIMING), np.zeros(1, TIMING_IO)
        self.address, self.io_address = self.state.ctypes.data, self.io.ctypes.data
        self.state["rate"], self.state["lead"] = rate, round(LEAD_MS * rate / 1000)
        self.io["quantum"] = 4
        self.state["seed"] = seeded(seed ^ 0x7171)  # other numbers than a player of the same seed
        self.forget()
        self._step, self._step_beat = run2(timing_step), run2(beat_step)

    def reset(self) -> None:
        """Drop what is to come, as after a panic."""
        run1(timing_reset)(self.address)

    def open(self) -> None:
        """Open a piece in silence."""
        run1(timing_open)(self.address)

    def forget(self) -> None:
        """Go back to the beginning."""
        run1(timing_forget)(self.address)

    def _follow(self, beat: BeatTracker) -> None:
        """Have the beat take in the hop: after the players where there is an onset, before them where there is none."""
        for name in ("now", "onset", "onset_frame", "level_db", "quantum"):
            beat.io[name] = self.io[name]
        self._step_beat(beat.address, beat.io_address)

    def run(
        self,
        onsets: Iterable[int | tuple[int, float]],
        frames: int,
        *,
        hop_samples: int = 32,
        confirm_frames: int = 0,
        mode: str = "answer",
        respond: bool = True,
        density: float = 1.0,
        delay_frames: int = 0,
        lead_frames: int = 0,
        phrase_gap_frames: int = 2**31,
        beat: BeatTracker | None = None,
        divisions: float = 0.0,
        space: float = 0.0,
        unison: float = 0.0,
        varied: float = 0.0,
        latency: int = 0,
    ) -> tuple[list[dict[str, Any]], list[dict[str, int]]]:
        """Step from the frame where the last run ended (0 at first), hop by hop, as the worker does.

        Parameters
        ----------
        onsets : iterable of int or (int, float)
            Onset frames, ascending, with levels in dB (-20 where not given). Each is told in the hop that ends
            `confirm_frames` or more after it, at most one a hop.
        frames : int
            Go on as long as a whole hop fits before this frame.
        beat : BeatTracker or None
            Hears the same onsets, and gives the beat to play by.

        Returns
        -------
        plays : list of dict
            now, start_frame, onset_frame, reason (the word), level_db.
        phrases : list of dict
            now, onset_frame, onsets.

        Raises
        ------
        LivehostError
            For an unknown mode.
        """
        names = [row.name for row in MODES]
        if mode not in names:
            raise LivehostError(f"A mode is one of {', '.join(names)}, not {mode!r}.", 2)
        io = self.io[0]
        io["mode"], io["respond"], io["density"] = names.index(mode), respond, density
        io["divisions"], io["space"], io["latency"] = divisions, space, latency
        io["unison"], io["varied"] = unison, varied
        io["beat"] = beat.address if beat is not None else 0
        io["delay_frames"], io["lead_frames"], io["phrase_gap_frames"] = delay_frames, lead_frames, phrase_gap_frames
        queue = [onset if isinstance(onset, tuple) else (onset, -20.0) for onset in onsets]
        plays: list[dict[str, Any]] = []
        phrases: list[dict[str, int]] = []
        while io["now"] + hop_samples <= frames:
            io["now"] += hop_samples
            io["onset"] = bool(queue) and queue[0][0] + confirm_frames < io["now"]
            if io["onset"]:
                io["onset_frame"], io["level_db"] = queue.pop(0)
            elif beat is not None:
                self._follow(beat)
            self._step(self.address, self.io_address)
            if io["onset"] and beat is not None:
                self._follow(beat)
            now = int(io["now"])
            plays += [
                {
                    "now": now,
                    "start_frame": int(io["start_frame"][k]),
                    "onset_frame": int(io["play_onset_frame"][k]),
                    "reason": REASONS[io["reason"][k]],
                    "level_db": float(io["play_level_db"][k]),
                }
                for k in range(int(io["count"]))
            ]
            if io["phrase_over"]:
                phrases.append(
                    {"now": now, "onset_frame": int(io["phrase_onset_frame"]), "onsets": int(io["phrase_onsets"])}
                )
        return plays, phrases
