"""Whether a model that has stepped a million times still says what a fresh one says about the same last tokens."""

import importlib.util
import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from livehost.bench.models import default_export, open_model
from livehost.bench.step_timing import make_tokens, step_many
from livehost.bench.suite import CannotRun, Context, Figure, absent
from livehost.inference.manifest import STEP_FILE
from livehost.inference.stepper import Stepper

_STEPS, _QUICK_STEPS = 1_000_000, 4_000
_CHUNK = 50_000


def receptive_field(stepper: Stepper) -> int:
    """Tokens before the newest one that it can feel: each layer hands on what lies a window further back."""
    return stepper.shape.layers * stepper.shape.capacity


def ages(attention: np.ndarray, count: int) -> np.ndarray:
    """Put rows [rows, capacity + 1] in slot order into the order of age, oldest first; `count` tokens were kept."""
    capacity = attention.shape[1] - 1
    return np.append(np.roll(attention[:, :-1], -(count % capacity), axis=1), attention[:, -1:], axis=1)


def run(context: Context) -> Iterator[Figure]:
    """Step for a long time, then recompute the receptive field of the last token from nothing."""
    steps = _QUICK_STEPS if context.quick else _STEPS
    folder = default_export()
    export = open_model(folder)
    if export.manifest.model != STEP_FILE and STEP_FILE in export.manifest.files:
        export = open_model(folder, model=STEP_FILE)  # torch has the weights in 32 bits
    old, tokens = export.stepper(), make_tokens(export.manifest.shape.token_size)
    for first in range(0, steps, _CHUNK):
        step_many(old, tokens, min(_CHUNK, steps - first), first=first)
        if not context.quick:
            context.say(f"{min(first + _CHUNK, steps):,} of {steps:,} steps")
    newest, field = tokens[steps % len(tokens)], receptive_field(old)
    query, attention = old.step(newest, commit=False)
    fresh = export.stepper()
    step_many(fresh, tokens, field, first=steps - field)
    again, rows = fresh.step(newest, commit=False)
    differences = np.abs(query - again).max(), np.abs(ages(attention, steps) - ages(rows, field)).max()
    note = f"after {steps:,} steps, query and attention, against {field + 1:,} tokens from an empty ring"
    yield Figure("against a fresh start", float(max(differences)), "abs", "exact", noise=math.inf, note=note)
    sums = float(np.abs(attention.sum(axis=1) - 1).max())
    yield Figure("attention rows against 1", sums, "abs", "exact", noise=math.inf)
    if not context.quick:
        yield _against_torch(context, folder, tokens, steps, field, query)


def _against_torch(
    context: Context, folder: Path, tokens: np.ndarray, steps: int, field: int, query: np.ndarray
) -> Figure:
    """Let torch recompute it with the sliding-window mask over the whole field, without any cache."""
    name = "against torch's full mask"
    if importlib.util.find_spec("torch") is None:
        return absent(name, "abs", "exact", "torch is not installed: pip install 'livehost[studio]'")
    path = context.scratch / "tokens.npy"
    np.save(path, tokens[np.arange(steps - field, steps + 1) % len(tokens)])
    command = [sys.executable, "-m", "livehost.bench.reference_attention", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotRun(f"torch did not recompute it: {done.stderr.strip()[-200:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    if isinstance(told, str):
        return Figure(name, math.nan, "abs", "exact", note=told)
    theirs = np.array(told)
    note = f"query after {steps:,} steps; {field + 1:,} tokens at once"
    return Figure(name, float(np.abs(query - theirs).max()), "abs", "exact", noise=math.inf, note=note)
