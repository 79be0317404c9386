"""The picture of a session from its log: with its recordings, with one, and with none."""

import json

import numpy as np
import pytest
import soundfile
from PIL import Image

from livehost.cli import main as cli
from livehost.errors import LivehostError
from livehost.view.picture.log import plot_log
from livehost.view.picture.page import LAYOUTS, LEFT, RIGHT

RATE = 8000
EVENTS = (
    {"frame": 0, "kind": "session", "format": 1, "rate": RATE},
    {"frame": 8000, "kind": "onset", "onset_frame": 7990, "strength": 0.5, "level_db": -20.0},
    {
        "frame": 8096,
        "kind": "sample",
        "onset_frame": 7990,
        "index": 0,
        "name": "a.wav",
        "frames": 8000,
        "reason": "duo",
    },
    {"frame": 24_000, "kind": "room", "part": 0, "busy": 1.0, "share": 1.0, "resting": 0},
)
HEARD = LAYOUTS[True, True].heard


@pytest.fixture
def folder(tmp_path):
    """A session folder of four seconds: it hears a tone in the first half."""
    folder = tmp_path / "evening"
    folder.mkdir()
    (folder / "events.jsonl").write_text("".join(json.dumps(event) + "\n" for event in EVENTS))
    tone = np.zeros(4 * RATE, np.float32)
    tone[: 2 * RATE] = 0.5 * np.sin(np.arange(2 * RATE))
    soundfile.write(folder / "heard.wav", tone, RATE, "FLOAT")
    soundfile.write(folder / "played.wav", 0.5 * tone, RATE, "PCM_24")
    return folder


def sounding(path):
    """Where there is a wave in the lane of what was heard, share of its width."""
    image = np.asarray(Image.open(path).convert("RGB")).astype(int)
    row = image[round(0.75 * HEARD[0] + 0.25 * HEARD[1]), LEFT:RIGHT].max(axis=1)
    found = np.flatnonzero(row < 200) / (RIGHT - LEFT)
    return (found.min(), found.max()) if found.size else ()


def test_a_folder_is_drawn_with_its_recordings(folder, tmp_path):
    path = plot_log(folder, tmp_path / "a.png")
    assert sounding(path) == (pytest.approx(0.0, abs=0.01), pytest.approx(0.5, abs=0.01))


def test_a_log_is_drawn_with_the_recordings_that_are_named(folder, tmp_path):
    log, heard = folder / "events.jsonl", folder / "heard.wav"
    path = plot_log(log, tmp_path / "a.png", heard=heard, start_s=1.0, end_s=3.0)
    assert sounding(path)[1] == pytest.approx(0.5, abs=0.01)
    silent = plot_log(log, tmp_path / "b.png", played=folder / "played.wav")
    assert not {round(x, 1) for x in sounding(silent)} - {0.2}  # the onset's line, and nothing else


def test_what_cannot_be_drawn_is_one_sentence(folder, tmp_path):
    log, out = folder / "events.jsonl", tmp_path / "a.png"
    soundfile.write(tmp_path / "other.wav", np.zeros(9000), 44_100)
    (tmp_path / "text.wav").write_text("no sound")
    several = r"One session has one rate, and here are several: .*other\.wav 44100 Hz, .*events\.jsonl 8000 Hz"
    for match, arguments in (
        (several, {"heard": tmp_path / "other.wav"}),
        (r"text\.wav cannot be read as sound: ", {"played": tmp_path / "text.wav"}),
        (r"a rate above 0 Hz, not -1", {"rate": -1.0}),
    ):
        with pytest.raises(LivehostError, match=match):
            plot_log(log, out, **arguments)
    with pytest.raises(LivehostError, match="holds no event log"):
        plot_log(tmp_path, out)
    with pytest.raises(LivehostError, match="There is no event log"):
        plot_log(tmp_path / "nothing.jsonl", out)


def test_the_command(folder, tmp_path, monkeypatch, capsys):
    out = tmp_path / "evening.png"
    monkeypatch.setattr("sys.argv", ["livehost", "plot", "session", str(folder), "-o", str(out), "--to", "3"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert (end.value.code, capsys.readouterr().out) == (0, f"Wrote {out}.\n")
    with Image.open(out) as image:
        assert image.size == (1600, 900)
