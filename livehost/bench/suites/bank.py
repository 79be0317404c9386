"""A bank of 1 GB and 10,000 items: seconds to build it, seconds to load it from the cache."""

import time
from collections.abc import Iterator

import numpy as np
import soundfile

from livehost.bank.load import open_bank
from livehost.bench.material import RATE
from livehost.bench.suite import Context, Figure

_ITEMS, _BLOCK_BYTES = 10_000, 1_000_000_000


def run(context: Context) -> Iterator[Figure]:
    """Write the files, build, load."""
    frames = _BLOCK_BYTES // 4 // _ITEMS
    context.say(f"writing {_ITEMS:,} files …")
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.15, frames * 64).astype(np.float32)
    fall = np.exp(-np.arange(frames) * 4 / frames).astype(np.float32)
    for k in range(_ITEMS):
        folder = context.scratch / "sounds" / f"{k // 100:02d}"
        if k % 100 == 0:
            folder.mkdir(parents=True)
        start = int(rng.integers(0, noise.size - frames))
        soundfile.write(folder / f"{k:05d}.wav", noise[start : start + frames] * fall, RATE, "PCM_16")
    cache = context.scratch / "cache"
    context.say("building the bank …")
    began = time.monotonic()
    bank = open_bank(context.scratch / "sounds", RATE, cache_dir=cache)
    yield Figure("build", time.monotonic() - began, "s", "compute", noise=0.5, note=f"{len(bank):,} items")
    yield Figure("size", bank.block.nbytes / 1e6, "MB", "exact")
    yield Figure("items", len(bank), "count", "exact", better="higher")
    del bank
    times = []
    for _ in range(5):
        began = time.monotonic()
        open_bank(context.scratch / "sounds", RATE, cache_dir=cache)
        times.append(time.monotonic() - began)
    yield Figure("cached load", min(times), "s", "compute", samples=times, rounds=times, noise=0.3)
