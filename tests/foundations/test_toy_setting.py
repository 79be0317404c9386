"""A live setting of the audio thread: a row of the table, and its use."""

import json

import numpy as np
import soundfile


def events_of(log, kind):
    return [e for e in map(json.loads, log.read_text().splitlines()) if e["kind"] == kind]


def test_it_touches_two_files(toys):
    assert toys.touched["setting"] == {"settings.py", "engine/callback.py"}


def test_it_is_listed_and_has_an_address(toys):
    (row,) = [line for line in toys.livehost("settings").splitlines() if "master.trim" in line]
    assert row.split() == [
        "master.trim",
        "=",
        "1.0",
        "0",
        "…",
        "1",
        "✓",
        "factor",
        "on",
        "all",
        "that",
        "livehost",
        "plays",
    ]
    row = "| /livehost/master/trim | set | f:trim (0 … 1) | factor on all that livehost plays |"
    assert row in toys.livehost("addresses").splitlines()


def test_it_is_used_from_the_frame_at_which_osc_sets_it_and_logged(toys, take, bank_dir, tmp_path):
    sounds = {}
    for name, messages in {"whole": (), "half": [(32_000, "/livehost/master/trim", "f", 0.5)]}.items():
        files = {"audio.output": str(tmp_path / f"{name}.wav"), "log.events": str(tmp_path / f"{name}.jsonl")}
        toys.session(
            {
                "bank.dir": str(bank_dir), "audio.input": str(take), "player.name": "nearest",
                "master.limiter": False, **files,
            },
            *messages,
        )  # fmt: skip
        sounds[name] = soundfile.read(files["audio.output"], dtype="float32")[0]
    late = 32_000 + 48  # the limiter looks ahead, on or off
    np.testing.assert_array_equal(sounds["half"][:late], sounds["whole"][:late])
    # the file has 24 bits
    np.testing.assert_allclose(sounds["half"][late:], sounds["whole"][late:] / 2, rtol=0, atol=2**-23)
    assert np.abs(sounds["whole"][late:]).max() > 0.1
    assert events_of(tmp_path / "half.jsonl", "setting") == [
        {"frame": 32_000, "kind": "setting", "key": "master.trim", "value": 0.5, "by": "osc 127.0.0.1:9000"}
    ]
    assert not events_of(tmp_path / "whole.jsonl", "setting")
