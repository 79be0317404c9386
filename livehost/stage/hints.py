"""Hints while it runs: the input clips, nothing comes in, there is signal and no onset, its own sound is too loud."""

import math
from collections import deque
from collections.abc import Callable
from typing import Any

from livehost.settings import Settings

#: The same hint is given so often at most, s.
AGAIN_S = 60.0
#: Peaks from which a converter clips, dBFS, how many of them, and within which time, s.
_CLIPS_DB, _CLIPS, _CLIPS_S = -0.05, 3, 5.0
#: Nothing comes in: peaks below this, dBFS, for so long, s.
_SILENT_DB, _SILENT_S = -80.0, 15.0
#: Signal without an onset: RMS above this and above the gate, dBFS and dB, for so long in all, s.
_SIGNAL_DB, _ABOVE_GATE_DB, _DEAF_S = -50.0, 6.0, 15.0
#: Own echoes: so many, so large a share of what was heard, within which time, s.
_ECHOES, _ECHO_SHARE, _ECHO_S = 20, 0.5, 30.0

Event = dict[str, Any]


class Hints:
    """Looks at the events of a session, and says what a person should do.

    Parameters
    ----------
    values : Settings
        ``run.hints`` and what the hints are about.
    rate : float
        Hz.
    hint : callable
        Gets the name of a hint and its sentence.
    """

    def __init__(self, values: Settings, rate: float, hint: Callable[[str, str], None]) -> None:
        self._values, self._rate, self._hint = values, rate, hint
        self._given: dict[str, float] = {}
        self._clips: deque[float] = deque(maxlen=_CLIPS)
        self._heard: deque[tuple[float, bool]] = deque()
        self._sound_at = self._meter_at = self._deaf_s = 0.0

    def event(self, event: Event) -> None:
        """Take in an event."""
        if not self._values["run.hints"]:
            return
        kind, now = event["kind"], event["frame"] / self._rate
        if kind == "meter":
            self._meter(now, _level(event["in_peak_db"]), _level(event["in_rms_db"]))
        elif kind in ("onset", "masked"):
            self._deaf_s = 0.0
            self._echo(now, own=kind == "masked")

    def _meter(self, now: float, peak_db: float, rms_db: float) -> None:
        passed, self._meter_at = min(max(now - self._meter_at, 0.0), 1.0), now
        self._clip(now, peak_db)
        if peak_db > _SILENT_DB:
            self._sound_at = now
        elif now - self._sound_at > _SILENT_S:
            self._give(
                "silence", now,
                f"Nothing has come in for {_SILENT_S:.0f} s: is the microphone on, and input "
                f"{self._values['audio.input_channels']} the right one?",
            )  # fmt: skip
        gate_db = self._values["input.gate_db"]
        if self._values["listen.enabled"] and rms_db > max(_SIGNAL_DB, gate_db + _ABOVE_GATE_DB):
            self._deaf_s += passed
            if self._deaf_s > _DEAF_S:
                self._deaf_s = 0.0
                self._give(
                    "no onsets", now,
                    f"There is signal ({rms_db:.0f} dBFS) and no onset in {_DEAF_S:.0f} s of it: raise "
                    f"listen.sensitivity ({self._values['listen.sensitivity']:g}), or do a soundcheck.",
                )  # fmt: skip

    def _clip(self, now: float, peak_db: float) -> None:
        if peak_db - self._values["input.gain_db"] < _CLIPS_DB:
            return
        self._clips.append(now)
        if len(self._clips) == _CLIPS and now - self._clips[0] <= _CLIPS_S:
            self._give("clipping", now, "The input clips: turn the preamplifier down.")

    def _echo(self, now: float, *, own: bool) -> None:
        self._heard.append((now, own))
        while now - self._heard[0][0] > _ECHO_S:
            self._heard.popleft()
        echoes = sum(own for _, own in self._heard)
        if echoes >= _ECHOES and echoes >= _ECHO_SHARE * len(self._heard):
            self._give(
                "echo", now,
                f"Its own sound comes back loud: {echoes} of {len(self._heard)} attacks in {_ECHO_S:.0f} s "
                "were its own. Turn the loudspeakers away or down, or do a soundcheck.",
            )  # fmt: skip

    def _give(self, name: str, now: float, text: str) -> None:
        if now - self._given.get(name, -math.inf) >= AGAIN_S:
            self._given[name] = now
            self._hint(name, text)


def _level(level_db: float | None) -> float:
    """Give a level; none is silence."""
    return -math.inf if level_db is None else level_db
