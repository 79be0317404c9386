"""Small made-up performances: two hands, one of which follows the other."""

from pathlib import Path

import numpy as np
import pytest

from livehost.performance.notes import make_notes
from livehost.studio.performance_rnn.dataset import Performance
from livehost.studio.performance_rnn.midi import write_performance


def made_up(seed=0, count=80):
    """A scale in one hand, its third below in the other, a little uneven; notes and which the right hand plays."""
    rng = np.random.default_rng(seed)
    key, rows = int(rng.integers(12)), []
    for k in range(count):
        at, pitch = 0.25 * k + rng.uniform(0, 0.02), 60 + key % 6 + (k * 2) % 12
        rows.append((at, at + 0.2, pitch + 12, 80))
        rows.append((at + 0.1, at + 0.3, pitch - 16, 60))
    notes = make_notes(rows)
    return notes, notes["pitch"] >= 66


@pytest.fixture
def performances():
    return [
        Performance(f"p{k}/a", f"p{k}", split, *made_up(k))
        for k, split in enumerate(("train", "train", "train", "valid", "test", "test"))
    ]


@pytest.fixture
def folder(tmp_path) -> Path:
    """Six pieces as MIDI files."""
    root = tmp_path / "midi"
    for k in range(6):
        write_performance(made_up(k)[0], root / f"piece {k}" / "take.mid")
    (root / "LICENSE.md").write_text("# Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International\n")
    return root
