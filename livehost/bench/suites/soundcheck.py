"""What a soundcheck suggests, in rooms that nobody tuned it on, against the best that a search finds there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livehost.bench.fit_soundcheck import TESTED_FROM
from livehost.bench.sound_rooms import RATE, SoundRoom, sound_rooms
from livehost.bench.suite import Context, Figure
from livehost.dsp.onset.canceller import CANCEL_IO, EchoCanceller, cancel_step
from livehost.dsp.onset.detector import detect
from livehost.rt.native import run2
from livehost.settings import TABLE
from livehost.soundcheck.findings import Findings, find
from livehost.soundcheck.onsets import BELOW_NOISE_DB, SENSITIVITIES
from livehost.soundcheck.signal import LONGEST_S, measure_way, sweep
from livehost.synthesis.takes import Sound, score

#: Rooms and length of a show: in full and with ``--quick``.
_ROOMS, _QUICK_ROOMS, _SHOW_S, _QUICK_SHOW_S = 20, 2, 9.0, 6.0
#: What the search tries: gates above the suggested one, dB, then refractory times, ms, with the best of these.
_GATES_DB, _REFRACTORY_MS, _KEPT = (0.0, BELOW_NOISE_DB + 3.0), (20.0, 40.0, 60.0), 3
#: Cables: delays, frames; noise of the converters, dBFS.
_CABLES, _CONVERTER_DB = (64.0, 131.4, 257.75, 1024.5, 6000.25), -80.0
_HOP = 32


@dataclass(frozen=True)
class Scores:
    """F1 of a show in a room: with what was suggested, with the defaults, the best that was found."""

    room: SoundRoom
    suggested: float
    usual: float
    best: float


def run(context: Context) -> Iterator[Figure]:
    """Do a soundcheck and a show in each room; then measure cables."""
    count, show_s = (_QUICK_ROOMS, _QUICK_SHOW_S) if context.quick else (_ROOMS, _SHOW_S)
    scores, delays = [], []
    for room in sound_rooms(TESTED_FROM, count):
        context.say(f"{room.kind}, {room.gain_db:+.0f} dB, noise {room.noise_db:.0f} dBFS …")
        capture, _ = room.soundcheck(show_s)
        findings = find(capture)
        delays += list(_delay_errors(room, findings))
        scores.append(_scores(room, findings, show_s, quick=context.quick))
    yield from _figures(scores)
    heard = [error for error in delays if np.isfinite(error)]
    note = f"{len(heard)} of {len(delays)} loudspeakers heard; the others are lost in the noise"
    yield Figure("way back, error", max(heard, default=np.nan), "frames", "exact", samples=heard, note=note)
    errors = [_cable_error(delay) for delay in _CABLES]
    yield Figure("round trip on a cable, error", max(errors), "frames", "exact", samples=errors)


def _figures(scores: list[Scores]) -> Iterator[Figure]:
    suggested, usual, best = (np.array([getattr(s, name) for s in scores]) for name in ("suggested", "usual", "best"))
    reached = suggested / np.maximum(best, 1e-9)
    worst = scores[int(np.argmin(reached))].room
    alone = int(np.sum(reached >= 0.95))
    note = (
        f"{len(scores)} rooms; {alone} reach 0.95 each, the worst {reached.min():.2f} "
        f"({worst.kind}, {worst.gain_db:+.0f} dB, noise {worst.noise_db:.0f} dBFS)"
    )
    share = float(suggested.mean() / best.mean())
    yield Figure("F1 as suggested, of the best", share, "×", "exact", reached, "higher", note=note)
    yield Figure("F1 by default, of the best", float(usual.mean() / best.mean()), "×", "exact", better="higher")
    yield Figure("F1 as suggested", float(suggested.mean()), "F1", "exact", suggested, "higher")
    yield Figure("F1, the best found by search", float(best.mean()), "F1", "exact", best, "higher")


def _scores(room: SoundRoom, findings: Findings, seconds: float, *, quick: bool) -> Scores:
    """Score a show with what was suggested, and search for the best."""
    heard, played, truth = room.show(seconds)

    def f1(found: NDArray[Any]) -> float:
        return score(found["frame"], truth, RATE).f1

    suggested: dict[str, Any] = {
        key.partition(".")[2]: value for key, value in findings.settings.items() if "audio" not in key
    }
    usual: dict[str, Any] = {
        "sensitivity": float(TABLE["listen.sensitivity"].default),
        "gate_db": TABLE["input.gate_db"].default,
    }
    room_settings = {name: value for name, value in suggested.items() if name.startswith("room")}
    clean = cleaned(heard, played)

    def tried(**settings: float) -> float:
        return f1(detect(clean, RATE, played, room_cancel=0.0, **{**room_settings, **settings}))

    gates = [float(np.clip(suggested["gate_db"] + above, -90, 0)) for above in _GATES_DB[: 1 if quick else None]]
    search = {
        (gate, sensitivity, 40.0): tried(gate_db=gate, sensitivity=sensitivity, refractory_ms=40.0)
        for gate in gates for sensitivity in SENSITIVITIES
    }  # fmt: skip
    for gate, sensitivity, _ in sorted(search, key=lambda at: -search[at])[: 1 if quick else _KEPT]:
        for ms in _REFRACTORY_MS:
            search[gate, sensitivity, ms] = tried(gate_db=gate, sensitivity=sensitivity, refractory_ms=ms)
    reached, by_default = f1(detect(heard, RATE, played, **suggested)), f1(detect(heard, RATE, played, **usual))
    return Scores(room, reached, by_default, max(*search.values(), reached, by_default))


def cleaned(heard: Sound, played: NDArray[np.float32]) -> Sound:
    """Take what is played out of what is heard, once for all settings of the detector behind it."""
    canceller, io = EchoCanceller(RATE, _HOP), np.zeros(1, CANCEL_IO)
    step, record, out = run2(cancel_step), io[0], np.zeros_like(heard)
    left, right = (np.ascontiguousarray(played[:, side]) for side in range(2))
    for at in range(0, heard.size - _HOP + 1, _HOP):
        for name, array in (("heard", heard), ("left", left), ("right", right), ("cleaned", out)):
            record[name] = array.ctypes.data + 4 * at
        step(canceller.address, io.ctypes.data)
    return out


def _delay_errors(room: SoundRoom, findings: Findings) -> Iterator[float]:
    """Tell how far each measured way is off, frames; NaN where nothing was heard."""
    for delay_ms, way in zip(room.delays_ms, findings.ways.values(), strict=True):
        yield abs(way.delay_frames - round(delay_ms * RATE / 1000)) if way is not None else np.nan


def _cable_error(frames: float) -> float:
    """Measure a cable of a known delay, with the noise of converters; error in frames."""
    signal = sweep(RATE)
    played = np.concatenate([np.zeros(1000, np.float32), signal, np.zeros(round(LONGEST_S * RATE), np.float32)])
    size = 1 << int(np.ceil(np.log2(2 * played.size)))
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(size) * frames)
    heard = np.fft.irfft(np.fft.rfft(played, size) * turn, size)[: played.size]
    heard += 10 ** (_CONVERTER_DB / 20) * np.random.default_rng(1).standard_normal(heard.size)
    way = measure_way(played, heard.astype(np.float32), RATE)
    return abs(way.delay_frames - frames) if way is not None else np.inf
