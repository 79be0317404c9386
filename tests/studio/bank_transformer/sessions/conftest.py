"""A session folder by hand: two bars on a made-up bank, what a listener said, and what was recorded."""

import json

import numpy as np
import pytest
import soundfile

from livehost.bank.load import open_bank
from livehost.session_folder import layout
from livehost.session_folder.plans import open_plans, plan_bytes
from livehost.studio.stage_evaluation.kits import made_bank
from livehost.studio.stage_evaluation.material import strokes
from livehost.synthesis.takes import hat, kick

RATE, DELAY = 48_000, 576
#: Item that is played to each stroke.
PLAYED = [0, 1, 2, 3] * 6


@pytest.fixture(scope="session")
def bank(tmp_path_factory):
    folder = made_bank(tmp_path_factory.mktemp("bank") / "sounds", 12)
    return open_bank(folder, RATE, cache_dir=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def music():
    """Two sounds in turn, a quarter of a second apart."""
    random = np.random.default_rng(4)
    return strokes([kick(random, RATE), hat(random, RATE)], len(PLAYED), 0.25, (-6.0,), 0)


def write_session(folder, bank, music, verdicts=((5, "reject"),), *, log=True, sound=True, plans=True):
    """Write a folder; a verdict is (which stroke's answer, word)."""
    folder.mkdir(parents=True)
    header = {
        "frame": 0, "kind": "session", "format": 1, "rate": float(RATE), "listened": [0], "settings": {},
        "parts": [{"part": 0, "bank": str(bank.directory), "bank_hash": bank.hash, "items": len(bank)}],
    }  # fmt: skip
    events = []
    ends = [*music.frames[1:].tolist(), int(music.frames[-1]) + RATE // 4]
    for k, (onset, end) in enumerate(zip(music.frames.tolist(), ends, strict=True)):
        events.append(
            {"frame": onset + DELAY, "kind": "sample", "decision": k, "onset_frame": onset, "index": PLAYED[k],
             "heard_ms": 8.0, "noted": 0, "part": 0}
        )  # fmt: skip
        events.append(
            {"frame": end, "kind": "segment", "onset_frame": onset, "frames": end - onset, "gap": 0, "f0": 0.0,
             "level_db": -20.0, "centroid": 900.0}
        )  # fmt: skip
    for stroke, word in verdicts:
        frame = int(music.frames[stroke]) + 4800
        events.append({"frame": frame, "kind": "steer", "part": -1, "verdict": word})
    events.sort(key=lambda event: event["frame"])
    if log:
        (folder / layout.EVENTS).write_text("".join(json.dumps(row) + "\n" for row in [header, *events]))
    if sound:
        soundfile.write(folder / layout.HEARD, music.sound, RATE, "FLOAT")
    if plans:
        file = open_plans(folder / layout.PLANS, RATE)
        for k, item in enumerate(PLAYED):
            file.add(plan_bytes({
                "frame": 0, "decision": k, "decide_ms": 0.0, "heard_ms": 8.0, "part": 0, "fallback": 0, "sounding": 1,
                "now": 1, "index": [item, 7, 8], "probability": [0.5, 0.3, 0.2],
            }))  # fmt: skip
        file.pack()
        file.file.flush()
        file.file.close()
    return folder
