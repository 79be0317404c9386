"""The ear for strokes: from an onset to what was struck, as a patch is told of it, through JACK; and what it costs."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from livehost.bench.jack_rig import RATE, answers_to, drum_bank, hits, rig
from livehost.bench.models import stroke_ear_export
from livehost.bench.program import free_udp_port
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.bench.suites.loopback import ms
from livehost.bench.suites.osc import Listener
from livehost.inference.export import read_manifest
from livehost.inference.kinds.strike import StrikeEar
from livehost.synthesis.takes import make_take

_STRIKE = "/livehost/feature/strike"
#: A stroke that is told of later than this is none, ms.
_LONGEST_MS = 100.0


def run(context: Context) -> Iterator[Figure]:
    """Hear one window again and again; then play clicks and drums, and listen to what is told of them."""
    folder = stroke_ear_export()
    yield _cost(folder, 50 if context.quick else 500)
    count, seconds = (12, 2.0) if context.quick else (30, 8.0)  # a lease lasts 10 s
    takes = {"clicks": hits(count, 3), "drums": make_take(4, RATE, seconds, "drums")}
    port = free_udp_port()
    arguments = ("--osc-in", str(port), "--player", "nearest", "--set", f"listen.strike={folder}")
    with rig(context.scratch / "strokes", drum_bank(context.scratch / "drums"), *arguments) as r:
        with Listener(r.probe.frame_now) as listener:
            for kind, (sound, truth) in takes.items():
                context.say(f"{kind} …")
                listener.subscribe(port, "event")
                take = r.play(np.append(sound, np.zeros(RATE // 5, np.float32)))
                time.sleep(_LONGEST_MS / 1000)
                frames = answers_to(take.frame(truth), np.sort(listener.times(_STRIKE)), _LONGEST_MS)
                yield from _figures(kind, frames, len(truth))
        session = r.end()
    told = [event["frame"] - event["onset_frame"] for event in session.events if event["kind"] == "strike"]
    note = "from the onset's frame, as its log has it, to the frame at which it was told"
    yield Figure("told, by its log, median", float(np.median(told)), "frames", "tail", told, note=note)


def _cost(folder: Path, calls: int) -> Figure:
    ear, window = StrikeEar(read_manifest(folder)), np.random.default_rng(0).standard_normal(1024).astype(np.float32)
    times = []
    for _ in range(calls):
        began = time.perf_counter()
        ear.hear(window)
        times.append(1000 * (time.perf_counter() - began))
    return Figure("one window", min(times), "ms", "compute", times)


def _figures(kind: str, frames: np.ndarray, onsets: int) -> Iterator[Figure]:
    if len(frames) == 0:
        raise CannotRun("livehost told of no stroke.")
    times = ms(frames)
    yield Figure(f"{kind}, told of", 100 * len(frames) / onsets, "%", "tail", better="higher", note=f"of {onsets}")
    yield Figure(f"{kind}, onset to told median", float(np.median(times)), "ms", "tail", times)
    yield Figure(f"{kind}, onset to told p99", float(np.percentile(times, 99)), "ms", "tail")
