"""A small export, made once: two layers, two heads, a window of eight tokens."""

import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest

from livehost.inference.tokens import ITEM_SIZE, TOKEN_SIZE
from livehost.toml import to_toml

STAGE = {"rate": 48_000, "hop_samples": 128, "frame_samples": 1024}
WINDOW, LAYERS = 8, 2


def write_checkpoint(path: Path, **changes) -> Path:
    """What training would save of a small network with lively weights."""
    import torch

    from livehost.dsp.tables import SEGMENT_SCHEMA
    from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
    from livehost.studio.training.checkpoint import save_checkpoint

    torch.set_num_threads(1)
    torch.manual_seed(1)
    shape = Hyperparameters(width=32, layers=LAYERS, heads=2, feed_forward=64, window=WINDOW, embedding=16, dropout=0.1)
    model = BankTransformer(shape)
    with torch.no_grad():
        for parameter in model.layers.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    rng = np.random.default_rng(2)
    checkpoint = {
        "kind": "bank-transformer",
        "hyperparameters": shape.as_dict(),
        "model": model.state_dict(),
        "mean": torch.from_numpy(rng.standard_normal(120).astype("f4")),
        "scale": torch.from_numpy((0.5 + rng.random(120)).astype("f4")),
        "schema": SEGMENT_SCHEMA,
        "rate": 48_000,
        "hop_samples": 128,
        "frame_samples": 1024,
        "segment_ms": 1000.0,
        "metrics": {"continue": {"piano": 0.25}},
        "data": [{"name": "made up", "licence": "CC0", "hours": 0.5, "recordings": 3}],
        "command": "livehost train bank --data 'my \"own\" folder'",
        "probe": torch.from_numpy(rng.standard_normal((40, TOKEN_SIZE)).astype("f4")),
        "probe_items": torch.from_numpy(rng.standard_normal((20, ITEM_SIZE)).astype("f4")),
    }
    save_checkpoint(path, {**checkpoint, **changes})
    return path


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory) -> Path:
    return write_checkpoint(tmp_path_factory.mktemp("training") / "last.pt")


_made: list[Path] = []


@pytest.fixture(scope="session")
def exported(checkpoint, tmp_path_factory) -> Path:
    """The export with every format; only to be read. Made once, whichever test modules import this fixture."""
    from livehost.studio.exporting.write import export
    from livehost.studio.families import FAMILIES

    if not _made:
        _made.append(tmp_path_factory.mktemp("exports") / "small")
        export(FAMILIES["bank"], checkpoint, _made[0], {"torchscript": True, "int8": True}, say=lambda _: None)
    return _made[0]


@pytest.fixture(scope="session")
def network(checkpoint):
    from livehost.studio.training import checkpoint as kept

    return kept.network(kept.load_checkpoint(checkpoint)).eval()


@pytest.fixture
def edit(exported, tmp_path):
    """A copy of the export with its manifest changed by a function of the parsed table."""

    def make(change=lambda table: None, rehash=()) -> Path:
        folder = tmp_path / "edited"
        if not folder.exists():
            shutil.copytree(exported, folder)
        table = tomllib.loads((folder / "manifest.toml").read_text())
        change(table)
        for name in rehash:
            from livehost.inference.checks import sha256

            table["files"][name] = sha256(folder / name)
        (folder / "manifest.toml").write_text(to_toml(table))
        return folder

    return make


@pytest.fixture(scope="session")
def tokens() -> np.ndarray:
    """Four windows and a bit."""
    return np.random.default_rng(3).standard_normal((4 * WINDOW + 3, TOKEN_SIZE)).astype("f4")
