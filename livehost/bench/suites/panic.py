"""From a panic to silence at the output, through JACK: while notes wait, in floods of OSC, in every mode."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np
import soundfile

from livehost.bench.jack_rig import RATE, Rig, hits, rig
from livehost.bench.program import free_udp_port, send_osc
from livehost.bench.suite import CannotRun, Context, Figure

MODES = ("answer", "continue", "call")
_COUNT, _COUNT_QUICK = 15, 5
_TAKE_S, _PANIC_AT_S, _BEFORE_S = 1.0, 0.45, 0.1
_HEARD = 1e-5  # full scale is 1
_SETTLE_S = 0.3


@dataclass(frozen=True)
class Load:
    """What is sent meanwhile: so many plays for later, then so many plays a second."""

    name: str
    notes: int = 0
    per_second: float = 0.0


LOADS = (
    Load("512 notes wait", notes=512),
    Load("100,000 notes were sent", notes=100_000),
    Load("1,000 plays a second", per_second=1_000),
    Load("8,000 plays a second", per_second=8_000),
    Load("20,000 plays a second", per_second=20_000),
)


@dataclass(frozen=True)
class Panic:
    """One of them.

    Attributes
    ----------
    load, mode : str
    silence_ms : float
        From before it was sent to the last sound at the output; nan where nothing sounded.
    kept_silent_ms : float
        How long nothing sounded from then on, while the musician and the flood went on.
    """

    load: str
    mode: str
    silence_ms: float
    kept_silent_ms: float


def long_bank(folder: Path) -> Path:
    """Write a bank of sounds that last longer than any panic takes."""
    folder.mkdir(parents=True, exist_ok=True)
    t = np.arange(3 * RATE) / RATE
    for k in range(4):
        soundfile.write(folder / f"long-{k}.wav", 0.3 * np.sin(2 * np.pi * 110 * (k + 2) * t), RATE, "PCM_16")
    return folder


@contextmanager
def flood(port: int, load: Load, seconds: float) -> Iterator[None]:
    """Send a load by another process, as long as the block lasts."""
    arguments = (port, load.per_second, seconds, load.notes)
    command = [sys.executable, "-m", "livehost.bench.osc_flood", *map(str, arguments)]
    process = subprocess.Popen(command)
    try:
        if load.per_second == 0:
            process.wait(60)
        yield
    finally:
        process.kill()
        process.wait()


def panic_once(r: Rig, port: int, music: np.ndarray, load: str, mode: str) -> Panic:
    """Play, panic in the middle, and look at what came out."""
    r.start(music)
    while r.probe.position < _PANIC_AT_S * RATE:
        time.sleep(0.005)
    sent = r.probe.frame_now()
    send_osc(port, "/panic")
    take = r.probe.finish()
    heard = np.abs(take.heard[0]) > _HEARD
    distance = take.frame(np.arange(len(heard))) - sent
    before = heard[(distance < 0) & (distance > -_BEFORE_S * RATE)]
    after = np.flatnonzero(heard & (distance >= 0))
    last = int(distance[after[-1]]) if after.size else 0
    silence = 1000 * last / RATE if before.any() else float("nan")
    return Panic(load, mode, silence, 1000 * (int(distance[-1]) - last) / RATE)


def measure(folder: Path, count: int) -> Iterator[Panic]:
    """Panic `count` times, in turn beside every load and in every mode.

    Raises
    ------
    CannotRun
        Where it does not play on after it was told to.
    """
    port = free_udp_port()
    music = hits(12, 3, 70.0, 90.0)[0][: round(_TAKE_S * RATE)]
    arguments = (
        "--osc-in", str(port), "--player", "nearest", "--set", "player.phrase_gap_ms=100",
        "--set", "listen.room_max_ms=0",
    )  # fmt: skip
    modes = cycle(MODES)
    with rig(folder, long_bank(folder / "long"), *arguments) as r:
        send_osc(port, "/livehost/model/mode", MODES[0])
        r.play(music)  # a rhythm to continue
        for load in LOADS:
            for _ in range(-(-count // len(LOADS))):
                mode = next(modes)
                send_osc(port, "/livehost/start")
                send_osc(port, "/livehost/model/mode", mode)
                with flood(port, load, 2 * _TAKE_S + 10):
                    r.play(music)
                    time.sleep(_SETTLE_S)
                    yield panic_once(r, port, music, load.name, mode)
        code = r.program.stop()
    if code:
        raise CannotRun(f"livehost ended with {code}: {r.program.errors.strip()[-300:]}")


def run(context: Context) -> Iterator[Figure]:
    """Panic, and look."""
    count = _COUNT_QUICK if context.quick else _COUNT if context.minutes is None else round(40 * context.minutes)
    panics: list[Panic] = []
    for panic in measure(context.scratch / "panic", count):
        context.say(f"{panic.load}, {panic.mode}: silence after {panic.silence_ms:.1f} ms")
        panics.append(panic)
    times = np.array([p.silence_ms for p in panics])
    sounding = times[np.isfinite(times)]
    if len(sounding) < len(times) / 2:
        raise CannotRun("There was no sound that a panic could have silenced.")
    slowest = max(panics, key=lambda p: p.silence_ms if p.silence_ms == p.silence_ms else 0.0)
    note = f"{slowest.load}, {slowest.mode}; {len(sounding)} panics"
    yield Figure("to silence median", float(np.median(sounding)), "ms", "tail", sounding.tolist())
    yield Figure("to silence, the longest", float(sounding.max()), "ms", "tail", sounding.tolist(), note=note)
    yield Figure("not silent until told", int((times[np.isfinite(times)] > 1000 * _BEFORE_S).sum()), "count", "count")
