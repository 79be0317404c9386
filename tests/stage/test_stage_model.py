"""Whole sessions with a model, offline: it answers by default, shows where it looks, and is missed in one sentence."""

import json

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.inference import export as export_folder
from livehost.view.attention.log import read_attention
from tests.inference.conftest import WINDOW, checkpoint, exported  # noqa: F401
from tests.stage.test_stage import content, of, session, take  # noqa: F401


@pytest.fixture
def lines(tmp_path, bank_dir, take, exported):  # noqa: F811
    def run(name="a", **assignments):
        chosen = {"player__name": "bank", "player__model": str(exported)}
        return session(tmp_path / name, bank_dir, take, **{**chosen, **assignments})

    return run


def test_a_model_answers_and_shows_where_it_looks(lines, tmp_path):
    events, _, stage, said = lines()
    samples, looks = of(events, "sample"), of(events, "attention")
    assert len(samples) == len(of(events, "onset")) == 6
    assert all(s["fallback"] == 0 and 0 < s["probability"] <= 1 for s in samples)
    assert any(s.startswith("Model: small, onnxruntime") for s in said)
    assert stage.monitor.info()["model"] == stage.monitor.snapshot().player == stage.hot_swap.first.player.description
    assert stage.monitor.info()["context_length"] == 12
    assert [e["step"] for e in looks] == list(range(len(looks)))
    assert max(e["positions"] for e in looks) == WINDOW + 1
    for event in looks:
        assert sum(event["mean"]) == pytest.approx(1, abs=1e-3)
        assert all((i >= 0) == (s == 1) for i, s in zip(event["index"], event["source"], strict=True))
    log = read_attention(tmp_path / "a" / "e.jsonl")
    assert log.broken == 0
    assert len(log.looks) == len(looks)
    assert log.heads.shape[2] == WINDOW + 1
    played = [e["index"] for e in samples]
    last = looks[-1]
    told = [i for i, s in zip(last["index"], last["source"], strict=True) if s == 1]
    assert told == played[-len(told) :]


def test_the_same_again_is_the_same_bytes(lines, tmp_path):
    for name, ragged in (("a", False), ("b", False), ("c", True)):
        lines(name, audio__ragged=ragged, player__temperature=2.0)
    for file in ("out.wav", "e.jsonl"):
        first, *others = (content(tmp_path / name / file) for name in "abc")
        assert others == [first, first]


@pytest.mark.parametrize(("detail", "keys"), [("rows", {"mean", "rows"}), ("mean", {"mean"}), ("off", None)])
def test_how_much_of_it_is_logged(lines, detail, keys):
    events, *_ = lines(log__attention=detail)
    looks = of(events, "attention")
    assert bool(looks) == (keys is not None)
    assert all(keys == {"mean", "rows"} & set(e) for e in looks)


def test_nearest_and_off_load_no_model(lines, monkeypatch):
    monkeypatch.setattr(export_folder, "open_export", lambda *_, **__: pytest.fail("opened"))
    for name, samples in (("nearest", 6), ("off", 0)):
        events, _, stage, _ = lines(player__name=name)
        assert len(of(events, "sample")) == samples
        assert of(events, "attention") == []
        assert stage.monitor.info()["model"] == name


def test_without_the_shipped_model_nearest_answers(tmp_path, bank_dir, take, monkeypatch):  # noqa: F811
    monkeypatch.setattr(export_folder, "export_places", list)
    events, _, stage, said = session(tmp_path, bank_dir, take, player__name="bank")
    assert said.count("There is no export 'bank-transformer'; known are: none. Player nearest answers instead.") == 1
    assert stage.settings["player.name"] == stage.monitor.info()["model"] == "nearest"
    assert len(of(events, "sample")) == 6
    assert json.dumps(events).count("attention") == 0


def test_a_model_that_was_asked_for_and_is_not_there_ends_it(lines, tmp_path):
    with pytest.raises(LivehostError, match="There is no export") as caught:
        lines(player__model=str(tmp_path / "none"))
    assert caught.value.exit_code == 1
    with pytest.raises(LivehostError, match="made for hop 128, the stage has 256"):
        lines(listen__hop_samples=256)


def test_all_memory_of_the_model_is_there_to_be_locked(lines):
    _, _, stage, _ = lines()
    assert (
        sum(np.asarray(a).nbytes for a in stage.hot_swap.first.player.arrays)
        > stage.hot_swap.first.player.transformer.embeddings.nbytes
    )
