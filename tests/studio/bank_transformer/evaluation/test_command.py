import io
import json

import numpy as np
import pytest
import soundfile
from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.audio_data.recording import save_recording
from livehost.studio.bank_transformer.evaluation.recordings import thin
from livehost.studio.evaluation.command import evaluate
from livehost.studio.families import FAMILIES
from tests.conftest import RATE, clicks
from tests.inference.conftest import STAGE, checkpoint, exported  # noqa: F401
from tests.studio.bank_transformer.evaluation.music import recording


def ask(**given):
    console = Console(file=io.StringIO(), width=140)
    found = evaluate(FAMILIES["bank"], given, console=console)
    return found.rows, console.file.getvalue()


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    for k in range(3):
        save_recording(folder / f"{k}.npz", recording(f"piece {k}", seed=k))
    return folder


@pytest.fixture(scope="module")
def takes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("takes")
    frames = np.arange(12) * 12_000 + 1000
    soundfile.write(folder / "take.wav", clicks(frames.tolist(), 13 * 12_000), RATE)
    soundfile.write(folder / "short.wav", clicks([1000], 24_000), RATE)
    (folder / "broken.wav").write_bytes(b"no sound")
    return folder


def test_a_prepared_cache(cache, tmp_path):
    rows, text = ask(cache=cache, json=tmp_path / "a" / "e.json", picture=tmp_path / "e.png")
    assert (rows[0].task, rows[0].domain, rows[0].recordings, rows[0].steps) == ("continue", "loops", 3, 69)
    assert "nearest" in text
    content = json.loads((tmp_path / "a" / "e.json").read_text())
    assert content["rows"][0]["mrr"]["nearest"] == pytest.approx(rows[0].mrr["nearest"], abs=1e-6)
    assert content["split"] == "test"
    assert [row["mode"] for row in content["stage"]] == ["0 ms", "12 ms", "30 ms", "100 ms", "30 ms, mirror"]
    assert text.index("As on stage") < text.index("Open loop")
    assert (tmp_path / "e.png").stat().st_size > 10_000


def test_a_folder_of_audio(takes):
    rows, text = ask(data=[takes])
    assert (rows[0].domain, rows[0].task, rows[0].recordings) == ("own", "continue", 1)
    assert rows[0].steps == 11
    assert "Left out: short.wav (has 1 segment" in text
    assert "Left out: broken.wav" in text


def test_an_export_is_asked(exported, cache):  # noqa: F811
    rows, text = ask(model=exported, cache=cache, limit=2)
    assert rows[0].recordings == 2
    assert 0 < rows[0].mrr["model"] < 1
    assert "onnxruntime" in text


def test_the_stage_rows_alone(cache, tmp_path):
    found, text = ask(cache=cache, open_loop=False, events=12)
    assert found == []
    assert "As on stage" in text
    assert "Open loop" not in text
    with pytest.raises(LivehostError, match="stage-only"):
        ask(cache=cache, open_loop=False, picture=tmp_path / "e.png")


def test_a_limit_is_spread_over_the_names():
    music = [recording(f"piece {k}", seed=k, count=8) for k in range(9)]
    assert [r.name for r in thin(music, 3)] == ["piece 0", "piece 4", "piece 8"]
    assert len(thin(music, 0)) == 9


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "--data"),
        (
            {"cache": "missing"},
            r"no folder .*missing; a training leaves one as data in its --out, and --data takes any",
        ),
        ({"data": ["missing"]}, r"no folder .*missing\.$"),
        ({"data": ["empty"]}, "empty"),
        ({"cache": "cache", "split": "best"}, "split"),
        ({"cache": "cache", "split": "train"}, "train"),
        ({"cache": "cache", "json": "empty"}, "is a folder"),
        ({"cache": "cache", "json": "file/e.json"}, "cannot be written"),
        ({"cache": "cache", "picture": "file/e.png"}, "could not be written"),
        ({"cache": "cache", "model": "missing"}, "no export"),
        ({"data": ["singles"]}, "Single sounds are no music"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(given, said, cache, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "singles").mkdir()
    (tmp_path / "file").write_text("")
    soundfile.write(tmp_path / "singles" / "kick.wav", clicks([500], 12_000), RATE)

    def place(value):
        return cache if value == "cache" else value if value in ("best", "train") else tmp_path / value

    given = {k: [place(v) for v in value] if isinstance(value, list) else place(value) for k, value in given.items()}
    with pytest.raises(LivehostError, match=said) as error:
        ask(**given)
    assert "\n" not in str(error.value)
    assert STAGE["rate"] == RATE
