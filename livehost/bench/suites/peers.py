"""Other programs' ways to answer: a native mixer whose decisions are Python's (rtmixer), a large buffer (nn~)."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from livehost.bench.adversaries import ADVERSARIES
from livehost.bench.jack import JackServer, jack_server, need_portaudio
from livehost.bench.material import RATE, demo_bank, write_take
from livehost.bench.suite import CannotRun, Context, Figure, absent
from livehost.settings import Settings
from livehost.synthesis.takes import make_take

#: nn~'s default buffer, frames.
_LARGE_BUFFER = 4096
_LOADS = ("none", *ADVERSARIES)


def run(context: Context) -> Iterator[Figure]:
    """Let both answer in turn, beside the same adversaries."""
    yield from _buffer()
    if importlib.util.find_spec("rtmixer") is None:
        yield absent(
            "answers sooner than rtmixer", "×", "ratio", "python-rtmixer is not installed: pip install rtmixer"
        )
        return
    need_portaudio()
    seconds, rounds = (2.0, 1) if context.quick else (4.0, 2)
    take = make_take(1, RATE, (seconds + 3.0) * (len(_LOADS) + 1), "drums")[0]
    path = write_take(context.scratch / "take.wav", take)
    added_ms = _added_ms()
    ours: dict[str, list[float]] = {load: [] for load in _LOADS}
    theirs: dict[str, list[float]] = {load: [] for load in _LOADS}
    with jack_server(RATE, 64) as server:
        for _ in range(rounds):
            for row in _play(server, "rtmixer", seconds):
                theirs[row["load"]] += row["answer_ms"]
            for row in _play(server, "livehost", str(demo_bank()), str(path), seconds):
                ours[row["load"]] += [ms + added_ms for ms in row["answer_ms"]]
    for load in _LOADS:
        if not ours[load] or not theirs[load]:
            raise CannotRun(f"Beside {load}, one of the two did not answer at all.")
        beside = "alone" if load == "none" else f"beside {load}"
        mine, his = float(np.median(ours[load])), float(np.median(theirs[load]))
        worst = f"p99 {np.percentile(ours[load], 99):.1f} against {np.percentile(theirs[load], 99):.1f} ms"
        yield Figure(f"livehost's answers, {beside}", mine, "ms", "tail", ours[load], note="median")
        yield Figure(f"rtmixer's answers, {beside}", his, "ms", "tail", theirs[load], note="median; decided by Python")
        yield Figure(
            f"answers sooner than rtmixer, {beside}", his / mine, "×", "ratio", better="higher", noise=1.0,
            peer="rtmixer", note=f"median {mine:.1f} against {his:.1f} ms, {worst}",
        )  # fmt: skip


def _added_ms() -> float:
    """From a voice's first frame to the loudspeaker, as rtmixer counts it: a block and the limiter's look-ahead."""
    values = Settings()
    return float(1000 * values["audio.block"] / RATE + values["engine.lookahead_ms"])


def _buffer() -> Iterator[Figure]:
    ours = _added_ms()
    theirs = 1000 * _LARGE_BUFFER / RATE
    yield Figure("a 4,096-sample buffer", theirs, "ms", "exact", note="nn~'s default")
    yield Figure(
        "less added latency than a 4,096-sample buffer", theirs / ours, "×", "ratio", better="higher",
        peer="nn~", note=f"nn~'s default: {theirs:.1f} ms against {ours:.1f} (block and look-ahead)",
    )  # fmt: skip


def _play(server: JackServer, *arguments: Any) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "livehost.bench.peers_rtmixer", *map(str, arguments), *_LOADS]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=server.environment)
    if done.returncode != 0:
        raise CannotRun(f"{arguments[0]} did not play: {done.stderr.strip()[-200:]}")
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows
