from types import SimpleNamespace

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from livehost.errors import LivehostError
from livehost.inference import embed
from livehost.inference.export import open_export
from livehost.inference.tokens import item_vectors
from tests.inference.conftest import STAGE


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEHOST_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "embeddings"


def bank_of(count, name="b"):
    return SimpleNamespace(hash=name, features=np.random.default_rng(4).standard_normal((count, 120)).astype("f4"))


@pytest.mark.parametrize("count", [1, 2, 50])
def test_embeddings_are_the_networks(exported, network, count):
    export, bank = open_export(exported, **STAGE), bank_of(count)
    found = export.embed(bank)
    items = item_vectors(bank.features, export.manifest.mean, export.manifest.scale)
    with torch.inference_mode():
        expected = network.embed(torch.from_numpy(np.asarray(items, np.float32))).numpy()
    assert found.shape == (count, 16)
    assert found.dtype == np.float32
    assert np.abs(found - expected).max() <= 1e-4
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, rtol=1e-5)


def test_batches_do_not_show(exported, monkeypatch):
    export = open_export(exported, **STAGE)
    whole = export.embed(bank_of(50, "one"))
    monkeypatch.setattr(embed, "BATCH", 7)
    assert np.abs(export.embed(bank_of(50, "two")) - whole).max() < 1e-6


def test_made_once_for_each_bank_and_model(exported, own_cache, monkeypatch):
    export, bank = open_export(exported, **STAGE), bank_of(5)
    first = export.embed(bank)
    (file,) = own_cache.iterdir()
    assert file.name.startswith("b-")
    monkeypatch.setattr(embed, "embed_items", None)  # would fail
    assert np.array_equal(export.embed(bank), first)


@pytest.mark.parametrize("damage", [b"", b"rubbish", None])
def test_a_damaged_cache_is_made_anew(exported, own_cache, damage):
    export, bank = open_export(exported, **STAGE), bank_of(5)
    first = export.embed(bank)
    (file,) = own_cache.iterdir()
    if damage is None:
        np.save(file, first[:3])
    else:
        file.write_bytes(damage)
    assert np.array_equal(export.embed(bank), first)
    assert np.array_equal(np.load(file), first)


def test_a_cache_that_cannot_be_written(exported, own_cache):
    own_cache.parent.mkdir()
    own_cache.write_text("in the way")
    assert open_export(exported, **STAGE).embed(bank_of(3)).shape == (3, 16)


def test_an_encoder_that_is_damaged(edit):
    folder = edit()
    model = onnx.load(folder / "items.onnx")
    weight = max(model.graph.initializer, key=lambda t: len(t.raw_data))
    weight.CopyFrom(numpy_helper.from_array(np.full_like(numpy_helper.to_array(weight), np.nan), weight.name))
    onnx.save(model, folder / "items.onnx")
    export = open_export(edit(rehash=["items.onnx"]), **STAGE)
    with pytest.raises(LivehostError, match="embeddings that are not finite: the export small is damaged"):
        export.embed(bank_of(3))


def test_an_encoder_of_another_shape(edit, exported):
    folder = edit()
    (folder / "items.onnx").write_bytes((exported / "model.onnx").read_bytes())
    export = open_export(edit(rehash=["items.onnx"]), **STAGE)
    with pytest.raises(LivehostError, match=r"items.onnx has no input 'items'"):
        export.embed(bank_of(3))


@pytest.mark.parametrize(
    ("tensor", "sizes", "words"),
    [
        ("input", (4, 240), r"has the input 'items' as \[4, 240\], wanted is \[None, 240\]"),
        ("input", ("n", 239), r"has the input 'items' as \[None, 239\], wanted is \[None, 240\]"),
        ("output", ("n", 15), r"has the output 'embeddings' as \[None, 15\], wanted is \[None, 16\]"),
    ],
)
def test_an_encoder_of_other_sizes(edit, monkeypatch, tensor, sizes, words):
    def session_of(path, provider):
        found = {"input": ("items", ["n", 240]), "output": ("embeddings", ["n", 16])}
        found[tensor] = (found[tensor][0], list(sizes))
        inputs, outputs = ([SimpleNamespace(name=n, shape=s)] for n, s in (found["input"], found["output"]))
        return SimpleNamespace(get_inputs=lambda: inputs, get_outputs=lambda: outputs)

    export = open_export(edit(), **STAGE)
    monkeypatch.setattr("livehost.inference.ort_python.session_of", session_of)
    with pytest.raises(LivehostError, match=words):
        export.embed(bank_of(3))
