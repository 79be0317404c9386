import errno
import os

import numpy as np
import pytest
import torch

from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.training.checkpoint import load_checkpoint, load_start, network, save_checkpoint

BANK = FAMILIES["bank"]
TINY = Hyperparameters(width=8, layers=1, heads=1, feed_forward=8, embedding=4)


def contents(**changes):
    model = BankTransformer(TINY)
    return {
        "kind": BANK.kind, "hyperparameters": TINY.as_dict(), "model": model.state_dict(), "mean": torch.zeros(120),
        "scale": torch.ones(120), "schema": SEGMENT_SCHEMA, "rate": 48_000, "hop_samples": 128, "frame_samples": 1024,
        "segment_ms": 1000.0, **changes,
    }  # fmt: skip


def test_a_checkpoint_comes_back(tmp_path):
    saved = contents()
    save_checkpoint(tmp_path / "new" / "a.pt", saved)
    model = network(load_checkpoint(tmp_path / "new" / "a.pt"))
    for name, value in model.state_dict().items():
        assert torch.equal(value, saved["model"][name])
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["a.pt"]


@pytest.mark.parametrize("place", ["fsync", "replace"])
def test_a_full_disk_is_one_sentence_and_loses_no_earlier_checkpoint(tmp_path, monkeypatch, place):
    path = tmp_path / "last.pt"
    save_checkpoint(path, contents(steps=1))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, place, full)
    with pytest.raises(LivehostError, match=r"could not be written: the disk is full\. The one before it is kept"):
        save_checkpoint(path, contents(steps=2))
    monkeypatch.undo()
    assert load_checkpoint(path)["steps"] == 1
    assert [p.name for p in tmp_path.iterdir()] == ["last.pt"]


@pytest.mark.parametrize(
    ("write", "match"),
    [
        (lambda path: None, "There is no checkpoint"),
        (lambda path: path.write_bytes(b""), "is no checkpoint, broken, or"),
        (lambda path: path.write_bytes(b"hello"), "is no checkpoint, broken, or"),
        (lambda path: save_checkpoint(path, contents(rate="fast", mean=None)), "lacks mean, rate"),
        (lambda path: save_checkpoint(path, contents(model=[1])), "lacks model"),
        (lambda path: save_checkpoint(path, contents(data=3, command=["run"])), "lacks data, command"),
        (lambda path: save_checkpoint(path, contents(mean=np.zeros(3))), "holds more than weights"),
        (lambda path: torch.save([1, 2], path), "no checkpoint of a bank transformer"),
        (lambda path: torch.save({"kind": "bank-transformer"}, path), "lacks hyperparameters, model"),
        (lambda path: save_checkpoint(path, contents(schema="other")), "other features"),
    ],
)
def test_what_is_no_checkpoint_is_told_of(tmp_path, write, match):
    write(tmp_path / "a.pt")
    with pytest.raises(LivehostError, match=match):
        load_checkpoint(tmp_path / "a.pt", BANK)


def test_a_checkpoint_cut_short_is_told_of(tmp_path):
    path = tmp_path / "a.pt"
    save_checkpoint(path, contents())
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(LivehostError, match="broken"):
        load_checkpoint(path)


def test_weights_of_another_network_are_told_of():
    saved = contents()
    saved["model"].pop("read.weight")
    with pytest.raises(LivehostError, match="another network"):
        network(saved)


class Payload:
    """What a stranger may put into a checkpoint: pickle runs it on the way in."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_a_program_in_a_checkpoint_is_refused_and_not_run(tmp_path):
    path = tmp_path / "a.pt"
    torch.save({"kind": "bank-transformer", **contents(command=Payload(tmp_path / "ran"))}, path)
    for read in (
        load_checkpoint,
        lambda given: load_start(given, BANK),
        lambda given: export(BANK, given, tmp_path / "out", say=lambda _: None),
    ):
        with pytest.raises(LivehostError, match=r"a\.pt is .* holds more than weights: it is not opened\.$"):
            read(path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.pt"]
    torch.load(path, weights_only=False)
    assert (tmp_path / "ran").exists()  # it would have run
