import pytest
import torch

from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.training.checkpoint import load_start, save_checkpoint

BANK = FAMILIES["bank"]


def test_weights_come_back_out_of_an_export(tmp_path):
    torch.manual_seed(3)
    shape = Hyperparameters(width=16, layers=2, heads=2, feed_forward=24, window=16, embedding=8)
    model = BankTransformer(shape)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    save_checkpoint(
        tmp_path / "best.pt",
        {
            "kind": BANK.kind, "hyperparameters": shape.as_dict(), "model": model.state_dict(),
            "mean": torch.randn(120), "scale": torch.ones(120), "schema": SEGMENT_SCHEMA, "rate": 48_000,
            "hop_samples": 128, "frame_samples": 1024, "segment_ms": 1000.0, "data": [{"name": "made up"}],
        },
    )  # fmt: skip
    export(BANK, tmp_path / "best.pt", tmp_path / "export", say=lambda _: None)
    start, saved = load_start(tmp_path / "export", BANK), load_start(tmp_path / "best.pt", BANK)
    assert set(start["model"]) == set(saved["model"])
    for name, value in saved["model"].items():
        torch.testing.assert_close(start["model"][name], value, rtol=1e-5, atol=1e-6)
    assert torch.equal(start["mean"], saved["mean"])
    assert start["data"][0]["name"] == "made up"

    (tmp_path / "export" / "items.onnx").write_bytes(b"no model")
    with pytest.raises(LivehostError):
        load_start(tmp_path / "export", BANK)


def test_what_is_neither_is_told_of(tmp_path):
    with pytest.raises(LivehostError, match="no export"):
        load_start("no-such-export", BANK)
