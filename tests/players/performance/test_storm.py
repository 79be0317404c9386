"""Panics, resets, contexts saved and loaded, notes heard, settings that change: no note hangs, no time goes back."""

import numpy as np
import pytest

from livehost.bench.performance_rig import faults
from livehost.bench.performance_storm import storm


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens(attentive, seed):
    rig, told = storm(attentive, events=3000, seed=seed)
    assert told["panics"] > 3
    assert told["loads"] > 3
    assert told["events"] >= 3000
    assert not any(faults(rig.notes, told["longest"], told["polyphony"]).values())
    assert len(rig.notes) > 200


def test_the_check_finds_what_it_looks_for():
    notes = [(0, 60, 90), (10, 60, 80), (5, 61, 90), (-1, 62, 9), (500, 60, 0), (500, 62, 0)]
    assert faults(notes, 400.0, 2) == {
        "hanging": 1, "doubled": 1, "backwards": 2, "negative": 1, "too long": 2, "too many": 1
    }  # fmt: skip
    assert not any(faults([(0, 60, 90), (400, 60, 0)], 400.0, 1).values())
    assert np.isfinite(400.0)
