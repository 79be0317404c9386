"""What a step of the model costs: by back end and size, against its floor and naive ways, and beside a busy GIL."""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bench.adversaries import adversary
from livehost.bench.budgets import number
from livehost.bench.measure import Timer, Timing, timed_python
from livehost.bench.models import default_export, has_torch, made_models, open_model
from livehost.bench.step_timing import bandwidths, bytes_touched, make_tokens, paced, read_memory, session_of, step_many
from livehost.bench.suite import CannotRun, Context, Figure, absent
from livehost.inference.bank_export import Export
from livehost.inference.manifest import INT8_FILE, SCRIPT_FILE
from livehost.inference.stepper import Stepper
from livehost.rt.native import run2

_MS: Any = {"scale": 1e-3, "unit": "ms"}
_PERIOD_US = 1500.0
#: Random models by what grows, in the order of x: name, and what is asked of its shape.
_AXES = {"parameters": "million parameters", "window": "tokens in the cache"}
_GROWTH = {"parameters": ("width-96", "usual", "width-288"), "window": ("usual", "window-1024")}


def step_of(timer: Timer, stepper: Stepper, calls: int) -> Timing:
    """Time steps with a full cache; every one is kept, so that the cache moves on."""
    rng = np.random.default_rng(1)
    for _ in range(stepper.shape.capacity + 8):
        stepper.step(rng.normal(0, 1, stepper.token.size))
    row = stepper.table[0]
    return timer.timed(calls, function=int(row["begin"]), form=2, state=int(row["state"]), argument=1)


def run(context: Context) -> Iterator[Figure]:
    """Time the shipped model; in a full run, others too."""
    timer, folder = Timer(8 if context.quick else 16), default_export()
    yield from _shipped(context, timer, folder)
    yield from beside_the_gil(context, open_model(folder))
    if context.quick:
        return
    if not has_torch():
        why = "torch, which writes them, is not installed: pip install 'livehost[studio]'"
        yield absent("naive cache, copied each step", "×", "ratio", why)
        return
    context.say("models of random weights …")
    yield from _naive(timer)
    yield from _growth(timer)
    if context.peers:
        yield from _peers(context)


def _shipped(context: Context, timer: Timer, folder: Path) -> Iterator[Figure]:
    export = open_model(folder)
    stepper = export.stepper()
    timing = step_of(timer, stepper, 40)
    touched = bytes_touched(stepper, folder / export.manifest.model)
    from_memory, from_caches = bandwidths(timer, touched)
    note = f"{export.manifest.name}, {export.backend}, {stepper.shape.capacity} cached"
    yield timing.figure("step", note=note, **_MS)
    floor = touched / from_memory
    note = f"{touched / 1e6:.1f} MB at {from_memory / 1000:.1f} GB/s from memory: {floor:.0f} µs"
    yield Figure("step in floors", timing.best_us / floor, "×", "ratio", noise=math.inf, note=note)
    floor = touched / from_caches
    note = f"the same at {from_caches / 1000:.0f} GB/s, where all of it stays in the caches: {floor:.0f} µs"
    yield Figure("step in floors of the caches", timing.best_us / floor, "×", "ratio", noise=0.3, note=note)
    yield _difference(folder, stepper)
    yield _cold(context, stepper, touched / from_memory)
    if INT8_FILE in export.manifest.files and export.manifest.model != INT8_FILE:
        small = open_model(folder, model=INT8_FILE).stepper()
        yield step_of(timer, small, 40).figure("step, 8-bit weights", note=INT8_FILE, **_MS)
    yield from _threads(context, folder, export, stepper)


def _cold(context: Context, stepper: Stepper, floor_us: float) -> Figure:
    """Time steps before each of which the caches were filled with something else, as after a long rest."""
    other = np.ones(48_000_000 // 4, np.float32)
    token, times = make_tokens(stepper.token.size, 1), []
    for _ in range(30 if context.quick else 300):
        run2(read_memory)(other.ctypes.data, other.size)
        times.append(float(step_many(stepper, token, 1)[0]) / 1000)
    note = f"the caches full of something else: {min(times) * 1000 / floor_us:.1f} floors from memory"
    return Figure("step, caches cold", min(times), "ms", "compute", times, noise=math.inf, note=note)


def _difference(folder: Path, native: Stepper) -> Figure:
    """Step both ways on the same tokens."""
    python = open_model(folder, "python").stepper()
    native.reset()
    most = 0.0
    try:
        for token in make_tokens(native.token.size, native.shape.capacity + 40, seed=2):
            (a, b), (c, d) = native.step(token), python.step(token)
            most = max(most, float(np.abs(a - c).max()), float(np.abs(b - d).max()))
    finally:
        python.close()
    note = f"query and attention over {native.shape.capacity + 40} steps"
    return Figure("native against Python, largest difference", most, "abs", "exact", note=note)


def _threads(context: Context, folder: Path, export: Export, native: Stepper) -> Iterator[Figure]:
    """Time the back ends that need a Python thread, handing over and all, beside the native one."""
    backends = {"Python thread, IO binding": "python"}
    if SCRIPT_FILE in export.manifest.files and has_torch() and not context.quick:
        backends["Python thread, TorchScript"] = "torchscript"
    token = make_tokens(native.token.size, 1)[0]
    for name, backend in backends.items():
        other = open_model(folder, backend)
        stepper = other.stepper()
        try:
            rounds = 100 if context.quick else 1000
            ours, theirs = timed_python([partial(s.step, token) for s in (native, stepper)], rounds, 20)
        finally:
            stepper.close()
        note = f"{other.backend}, from token to query; native, the same way: {ours.min():.0f} µs"
        best = float(theirs.min()) / 1000
        yield Figure(f"step, {name}", best, "ms", "compute", theirs / 1000, noise=math.inf, note=note)


def beside_the_gil(context: Context, export: Export) -> Iterator[Figure]:
    """Step on a real-time thread at a steady pace, alone and while another thread holds the GIL; then from Python."""
    context.say("beside a thread that holds the GIL …")
    count, turns, calls = (150, 5, 12) if context.quick else (500, 8, 60)
    native, tokens = export.stepper(), make_tokens(export.manifest.shape.token_size)
    step_many(native, tokens, 50, period_us=_PERIOD_US, urgent=True)
    rounds: dict[str, list[np.ndarray]] = {"none": [], "sort": []}
    for _ in range(turns):  # in turns, so that what else disturbs the machine disturbs both
        for name, times in rounds.items():
            with adversary(name):
                times.append(step_many(native, tokens, count, period_us=_PERIOD_US, urgent=True))
    free, loaded = (np.concatenate(times) for times in rounds.values())
    p99, p99_loaded = float(np.percentile(free, 99)), float(np.percentile(loaded, 99))
    note = f"{p99_loaded / 1000:.2f} against {p99 / 1000:.2f} ms; sorted() of 300,000 floats, again and again"
    yield Figure("p99 with the GIL held elsewhere", p99_loaded / p99, "×", "tail", note=note)
    yield Figure("native p99, GIL held elsewhere", p99_loaded / 1000, "ms", "tail", loaded / 1000)
    python = open_model(export.manifest.folder, "python").stepper()
    call = python._run._run  # type: ignore[attr-defined]
    try:
        unloaded = paced(call, 200, _PERIOD_US)
        with adversary("sort"):
            held = paced(call, calls, 20_000.0)
    finally:
        python.close()
    note = f"unloaded {np.percentile(unloaded, 99) / 1000:.2f} ms; {len(held)} calls"
    worst = float(np.percentile(held, 99)) / 1000
    yield Figure("Python's own call p99, GIL held elsewhere", worst, "ms", "tail", held / 1000, note=note)


def _naive(timer: Timer) -> Iterator[Figure]:
    """Time the step, the same with a cache that is copied, and the whole window without a cache, one after another."""
    folder = made_models("usual", "naive")
    ours = step_of(timer, open_model(folder / "usual").stepper(), 40).best_us
    for name, file, calls in (
        ("naive cache, copied each step", "copied.onnx", 40), ("no cache, the window each step", "uncached.onnx", 4)
    ):  # fmt: skip
        with session_of(folder / "naive" / file) as what:
            theirs = timer.timed(calls, **what).best_us
        note = f"{theirs / 1000:.2f} ms against {ours / 1000:.2f}, all in ONNX Runtime, one thread"
        yield Figure(name, theirs / ours, "×", "ratio", better="higher", noise=0.3, peer="naive", note=note)


def _growth(timer: Timer) -> Iterator[Figure]:
    """Time models of other sizes."""
    for what, names in _GROWTH.items():
        folder = made_models(*names)
        for name in names:
            for file, word in (("", "32-bit"), (INT8_FILE, "8-bit weights")):
                export = open_model(folder / name, model=file)
                stepper = export.stepper()
                size = round((folder / name / "model.onnx").stat().st_size / 4e6, 1)
                x, unit = (size, "M parameters") if what == "parameters" else (stepper.shape.capacity, "cached")
                told = f"{number(x)} {unit}, {word}"
                yield step_of(timer, stepper, 20).figure(told, x=x, curve=f"{word} by {_AXES[what]}", **_MS)
                stepper.close()


def _peers(context: Context) -> Iterator[Figure]:
    """Time what others would call, in a process of its own: torch must not slow what comes after."""
    context.say("torch, eager and scripted …")
    folder = made_models("usual") / "usual"
    command = [sys.executable, "-m", "livehost.bench.peers_model", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotRun(f"The peers' process has ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    seen = json.loads(done.stdout.splitlines()[-1])
    ours = np.array(seen["times"].pop("native"))
    yield Figure("native, beside the peers", float(ours.min()) / 1000, "ms", "compute", ours / 1000, noise=math.inf)
    for name, times in seen["times"].items():
        theirs = np.array(times)
        note = f"{theirs.min() / 1000:.2f} ms against {ours.min() / 1000:.2f}; {seen['version']}"
        rounds = [float(t / o) for t, o in zip(theirs, ours, strict=True)]
        yield Figure(f"step, {name}", float(theirs.min()) / 1000, "ms", "compute", theirs / 1000, noise=math.inf)
        yield Figure(
            f"times as fast as {name}", float(theirs.min() / ours.min()), "×", "ratio", rounds, better="higher",
            rounds=rounds, noise=0.5, peer=name, note=note,
        )  # fmt: skip
