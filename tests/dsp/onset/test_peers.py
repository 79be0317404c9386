import shutil

import numpy as np
import pytest

from livehost.bench.peers_aubio import METHODS, aubio_onsets, report_delay_ms
from livehost.dsp.onset.detector import detect
from livehost.errors import LivehostError
from livehost.synthesis.takes import make_take, score

RATE = 48_000
needs_aubio = pytest.mark.skipif(shutil.which("aubioonset") is None, reason="aubio-tools is not installed")


def test_without_aubio_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(LivehostError, match="apt-get install aubio-tools"):
        aubio_onsets(np.zeros(100), RATE)


@needs_aubio
def test_an_unknown_method_is_told():
    with pytest.raises(LivehostError, match="aubioonset -O nonsense failed"):
        aubio_onsets(np.zeros(10_000), RATE, "nonsense")


@needs_aubio
def test_we_are_no_worse_than_any_of_its_methods_and_sooner():
    takes = [make_take(21, RATE, 6, kind, level, noise, 0.2) for kind, level, noise in (
        ("drums", -6, -60), ("mixed", -30, -70), ("plucks", -12, -65))]  # fmt: skip
    hits = {method: [0, 0] for method in (*METHODS, "ours")}
    delays = []
    for sound, truth in takes:
        found = detect(sound, RATE)
        ours = score(found["frame"], truth, RATE, reported=found["reported_frame"])
        delays.append(ours.median_delay_ms)
        for method in METHODS:
            theirs = score(aubio_onsets(sound, RATE, method), truth, RATE)
            hits[method] = np.add(hits[method], (2 * theirs.hits, 2 * theirs.hits + theirs.extra + theirs.missed))
        hits["ours"] = np.add(hits["ours"], (2 * ours.hits, 2 * ours.hits + ours.extra + ours.missed))
    f1 = {method: up / down for method, (up, down) in hits.items()}
    assert f1["ours"] >= max(f1[method] for method in METHODS)
    assert max(delays) < report_delay_ms(RATE) / 2
