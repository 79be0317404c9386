"""What a soundcheck found: settings, and five lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.settings import TABLE
from livehost.soundcheck.capture import SIDES, Capture
from livehost.soundcheck.levels import SILENT_DB, Hum, Levels, find_hum, measure
from livehost.soundcheck.onsets import Preview, suggest
from livehost.soundcheck.signal import Way, measure_way

#: Peaks from which there is little room left, and under which the converter is wasted, dBFS.
_HOT_DB, _LOW_DB, _WANTED_DB = -3.0, -30.0, -12.0
#: DC that is told of, hum that is told of where it is above this, dBFS; level above the noise that is little.
_DC, _HUM_DB, _LITTLE_DB = 0.01, -75.0, 20.0
#: An input quieter than this, dBFS, has nothing plugged in.
_DEAD_DB = -95.0
#: What comes back may be earlier and later than measured, ms, and louder, dB.
_EARLIER_MS, _LATER_MS, _LOUDER_DB = 3.0, 30.0, 3.0


@dataclass(frozen=True)
class Findings:
    """What was found.

    Attributes
    ----------
    channel : int
        Input that the musician is on, from 1.
    levels, room : Levels
        Of the music, and of the room alone (None where that was not heard).
    hum : Hum or None
    ways : dict of str to Way or None
        Way back of each loudspeaker, None where nothing of it was heard; empty where none was tested.
    preview : Preview
        What the onset detector is suggested to be set to.
    rate : float
        Hz.
    settings : dict
        All that is suggested, by key.
    """

    channel: int
    levels: Levels
    room: Levels | None
    hum: Hum | None
    ways: Mapping[str, Way | None]
    preview: Preview
    rate: float
    settings: dict[str, Any] = field(default_factory=dict)
    device: str = ""
    xruns: int = 0

    @property
    def noise_db(self) -> float:
        """Level of the noise, dBFS."""
        return self.room.rms_db if self.room is not None else self.levels.floor_db

    def lines(self) -> list[str]:
        """Say it in five lines."""
        said = (self._input(), self._noise(), self._back(), self._loudness(), self._onsets())
        return [line.replace(" -", " −") for line in said]  # a true minus sign

    def _input(self) -> str:
        heard = self.levels
        text = f"Input {self.channel}: peaks {heard.peak_db:.1f} dBFS"
        if heard.clipped:
            return f"{text}, {heard.clipped:,} samples CLIPPED: turn the preamplifier down by 10 dB."
        if heard.peak_db > _HOT_DB:
            return f"{text}, too hot: turn the preamplifier down by {heard.peak_db - _WANTED_DB:.0f} dB."
        if heard.peak_db < _LOW_DB:
            return f"{text}, low: turn the preamplifier up by {_WANTED_DB - heard.peak_db:.0f} dB."
        return f"{text}, no clipping."

    def _noise(self) -> str:
        above = self.levels.loud_db - self.noise_db
        text = f"Noise: {self.noise_db:.0f} dBFS, the music {above:.0f} dB above it"
        advice = [] if above >= _LITTLE_DB else ["move the microphone nearer"]
        if self.hum is not None and self.hum.level_db > _HUM_DB:
            text += f"; hum of {self.hum.hz:.0f} Hz at {self.hum.level_db:.0f} dBFS"
            advice.append("look for a ground loop or a power supply beside the cable")
        if self.room is not None and abs(self.room.dc) > _DC:
            text += f"; DC of {100 * self.room.dc:.1f} %"
            advice.append("another input or interface")
        return ": ".join(filter(None, (text, ", and ".join(advice)))) + "."

    def _back(self) -> str:
        if not self.ways:
            return "Way back: not measured, for the input is a file."
        told = []
        for side, way in self.ways.items():
            if way is None:
                told.append(f"{side} not heard")
            else:
                ms = way.delay_frames * 1000 / self.rate
                told.append(f"{side} {ms:.2f} ms ({way.delay_frames:.1f} frames) at {way.gain_db:.0f} dB")
        lost = f"; {self.xruns} blocks came too late, so that it may be wrong" if self.xruns else ""
        return f"Way back: {', '.join(told)}{lost}."

    def _loudness(self) -> str:
        if self.levels.loudness <= SILENT_DB:
            return "Loudness: too quiet to be measured."
        return f"Loudness: {self.levels.loudness:.1f} LUFS; player.balance_db is counted from there."

    def _onsets(self) -> str:
        p = self.preview
        wrong = f", {p.false_per_minute:.0f} a minute by the room alone" if p.false_per_minute >= 1 else ""
        return (
            f"Onsets: {p.onsets} heard{wrong}; gate {p.gate_db:.0f} dBFS, sensitivity {p.sensitivity:g}, "
            f"refractory time {p.refractory_ms:.0f} ms."
        )


def find(capture: Capture) -> Findings:
    """Work out what was heard.

    Parameters
    ----------
    capture : Capture

    Raises
    ------
    LivehostError
        Where no input has any sound.
    """
    rate = capture.rate
    channel = choose_channel(capture)
    heard = np.ascontiguousarray(capture.heard[:, channel])
    music, quiet = heard[slice(*capture.music)], heard[slice(*capture.quiet)]
    levels = measure(music, rate)
    if levels.peak_db < _DEAD_DB:
        raise LivehostError(
            "No input has any sound: is the microphone plugged in, switched on, and the right one chosen?"
        )
    ways = {
        side: measure_way(capture.played[slice(*test), k], heard[slice(*test)], rate)
        for k, (side, test) in enumerate(zip(SIDES, capture.tests, strict=False))
    }
    preview = suggest(music, quiet, rate)
    hum = find_hum(quiet if quiet.size >= rate else music, rate)
    settings: dict[str, Any] = {**(capture.settings or {}), "audio.input_channels": str(channel + 1)}
    if capture.settings is None:
        settings = {}
    settings |= {**preview.settings(), **room_settings([w for w in ways.values() if w is not None], rate)}
    kept = {key: value for key, value in settings.items() if value != TABLE[key].default or key in _ALWAYS}
    return Findings(
        channel + 1, levels, measure(quiet, rate) if quiet.size else None, hum, ways, preview, rate,
        {key: TABLE[key].clamp(value) for key, value in kept.items()},
        capture.device, capture.xruns,
    )  # fmt: skip


#: Written even where they are what they were: they are what was measured.
_ALWAYS = (
    "input.gate_db", "listen.sensitivity", "listen.refractory_ms", "listen.room_min_ms", "listen.room_max_ms",
    "listen.room_db", "audio.input_channels",
)  # fmt: skip


def choose_channel(capture: Capture) -> int:
    """Choose the input that the musician stands out on most, from 0; the first of equals."""
    heard, best, found = capture.heard, -np.inf, 0
    for channel in range(heard.shape[1]):
        music = measure(heard[slice(*capture.music), channel], capture.rate)
        quiet = heard[slice(*capture.quiet), channel]
        noise_db = measure(quiet, capture.rate).rms_db if quiet.size else music.floor_db
        above = music.loud_db - max(noise_db, _DEAD_DB) if music.peak_db >= _DEAD_DB else -np.inf
        if above > best + 1.0:  # a stereo pair is no reason to take the second
            best, found = above, channel
    return found


def room_settings(ways: list[Way], rate: float) -> dict[str, Any]:
    """Give the settings of the room from what comes back: earliest, latest, loudest."""
    if not ways:
        return {}
    delays_ms = [way.delay_frames * 1000 / rate for way in ways]
    latest = max(max(delays_ms) + _LATER_MS, float(TABLE["listen.room_max_ms"].default))
    loudest = 10 * np.log10(sum(10 ** (way.gain_db / 10) for way in ways)) + _LOUDER_DB
    return {
        "listen.room_min_ms": round(max(min(delays_ms) - _EARLIER_MS, 0.0), 1), "listen.room_max_ms": round(latest),
        "listen.room_db": round(float(loudest)),
    }  # fmt: skip
