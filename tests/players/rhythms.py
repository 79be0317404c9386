"""Rhythms that a musician could play: onset frames with levels, on a grid of sixteenths, with human jitter."""

import numpy as np

RATE = 48_000


def played(bars, bpm, count, jitter_ms=4.0, seed=0, start_s=1.0):
    """Play bars, each a text of sixteenths (``X`` loud, ``x`` soft, ``.`` none), in turn, `count` of them."""
    rng, out, at = np.random.default_rng(seed), [], start_s
    for k in range(count):
        for sign in bars[k % len(bars)]:
            if sign != ".":
                frame = round((at + rng.normal() * jitter_ms / 1000) * RATE)
                out.append((frame, -12.0 if sign == "X" else -20.0))
            at += 15.0 / bpm
    return out


def apart_ms(frames, onsets):
    """How far each frame is from the nearest onset, ms."""
    heard = np.array([frame for frame, _ in onsets])
    return np.abs(np.asarray(frames)[:, None] - heard[None, :]).min(axis=1) / RATE * 1000
