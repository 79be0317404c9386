"""From a checkpoint to a folder that plays, or to one sentence and no folder."""

import tomllib
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from livehost.errors import LivehostError
from livehost.inference.checks import sha256
from livehost.inference.export import open_export, read_manifest
from livehost.studio.bank_transformer import export as bank_export
from livehost.studio.bank_transformer import parity as bank_parity
from livehost.studio.bank_transformer.model import StepModule
from livehost.studio.bank_transformer.step_graph import StepGraph
from livehost.studio.exporting import onnx as graph
from livehost.studio.exporting import parity
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import export
from livehost.studio.families import FAMILIES
from livehost.studio.training.checkpoint import load_checkpoint, network
from tests.inference.conftest import STAGE, checkpoint, exported, write_checkpoint  # noqa: F401  fixtures

torch.set_num_threads(1)


def silent(_):
    pass


def export_bank(path, out, *, say, **options):
    return export(FAMILIES["bank"], path, out, options, say=say)


def differing(**values):
    """A comparison that finds these numbers, and judges none."""

    def compare(*_, **__):
        differences = Differences()
        for name, value in values.items():
            differences.state(name, value)
        return differences

    return compare


@pytest.fixture
def quick(monkeypatch):
    """Leave torch's exporters out: they are slow, and other tests run them."""

    def write(model, path):
        path.write_bytes(b"\x08\x08")

    for name in ("write_step", "write_items"):
        monkeypatch.setattr(bank_export, name, write)
    monkeypatch.setattr(bank_export, "check_parity", differing(step=0.0))


def test_everything_is_in_the_folder(exported):  # noqa: F811
    table = tomllib.loads((exported / "manifest.toml").read_text())
    files = {"model.onnx", "items.onnx", "vectors.npz", "model.ts", "model-int8.onnx"}
    assert {f.name for f in exported.iterdir()} == files | {"manifest.toml"}
    assert table["files"] == {name: sha256(exported / name) for name in files}
    assert table["model"] == "model.onnx"
    assert table["shape"]["capacity"] == 8
    assert list(table["inputs"]) == ["token", "cos", "sin", "mask", "k0", "k1", "v0", "v1"]
    assert list(table["outputs"]) == ["query", "attention", "k_new", "v_new"]
    assert table["versions"]["torch"] == torch.__version__
    assert table["hyperparameters"]["temperature"] == pytest.approx(0.07)
    assert max(table["parity"][name] for name in ("items", "step", "onnx", "onnx_native", "torchscript")) <= 1e-4
    assert table["parity"]["attention_sum"] <= 1e-5
    assert 0 < table["parity"]["int8"] < 1
    assert table["parity"]["int8_same_top1"] > 0.9


def test_the_graphs_say_what_the_manifest_says(exported):  # noqa: F811
    table = tomllib.loads((exported / "manifest.toml").read_text())
    for file in ("model.onnx", "model-int8.onnx"):
        graph = onnx.load(exported / file, load_external_data=False).graph
        assert all(not t.external_data for t in graph.initializer)
        for kind, values in (("inputs", graph.input), ("outputs", graph.output)):
            found = {v.name: [d.dim_value for d in v.type.tensor_type.shape.dim] for v in values}
            assert found == table[kind]
    items = onnx.load(exported / "items.onnx").graph
    assert items.input[0].type.tensor_type.shape.dim[0].dim_param  # any number of items
    kinds = {node.op_type for node in onnx.load(exported / "model-int8.onnx").graph.node}
    assert "MatMulNBits" in kinds


def test_the_graphs_do_not_say_where_they_were_made(exported):  # noqa: F811
    for file in ("model.onnx", "items.onnx", "model-int8.onnx"):
        assert b"step_graph.py" not in (exported / file).read_bytes()
        assert str(Path(__file__).parents[3]).encode() not in (exported / file).read_bytes()


def test_the_exported_step_is_the_models_step(checkpoint):  # noqa: F811
    model = network(load_checkpoint(checkpoint)).eval()
    shapes = parity_shapes(model)
    generator = torch.Generator().manual_seed(0)
    arguments = [torch.randn(shape, generator=generator) for shape in shapes]
    with torch.inference_mode():
        for ours, theirs in zip(StepGraph(model)(*arguments), StepModule(model)(*arguments), strict=True):
            assert ours.shape == theirs.shape
            assert (ours - theirs).abs().max() < 1e-5


def test_all_weights_are_in_the_export(exported, checkpoint):  # noqa: F811
    """Matrices by name in the two graphs, the rest in a file of its own: enough to train further."""
    wanted = load_checkpoint(checkpoint)["model"]
    step, items = (
        {t.name: onnx.numpy_helper.to_array(t) for t in onnx.load(exported / file).graph.initializer}
        for file in ("model.onnx", "items.onnx")
    )
    vectors = np.load(exported / "vectors.npz")
    assert set(vectors.files) == {name for name, t in wanted.items() if t.ndim < 2}
    for name, tensor in wanted.items():
        if tensor.ndim < 2:
            np.testing.assert_array_equal(vectors[name], tensor)
        elif name.startswith("encode."):
            np.testing.assert_array_equal(items[f"model.{name}"], tensor)
        else:
            factor = np.ones((tensor.shape[0], 1), "f4")
            if name.endswith("qkv.weight"):
                factor[:32] = 1 / 4  # queries: 1 / sqrt(head_size)
            np.testing.assert_allclose(step[name].T, tensor.numpy() * factor, rtol=1e-6)


def parity_shapes(model):
    from livehost.studio.bank_transformer.export import step_arguments

    return [tensor.shape for tensor in step_arguments(model).values()]


def test_refused_where_formats_differ(checkpoint, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(parity, "TOLERANCE", 0.0)
    with pytest.raises(LivehostError, match=r"export is refused: .* differs from torch by"):
        export_bank(checkpoint, tmp_path / "new" / "bad", say=silent)
    assert list((tmp_path / "new").iterdir()) == []


def test_refused_where_attention_does_not_sum_to_one(exported, checkpoint, monkeypatch):  # noqa: F811
    monkeypatch.setattr(bank_parity, "SUM_TOLERANCE", 0.0)
    with pytest.raises(LivehostError, match="export is refused: attention_sum differs"):
        bank_parity.check_parity(network(load_checkpoint(checkpoint)).eval(), read_manifest(exported)).judge()


def test_a_planted_difference_is_found(exported, checkpoint):  # noqa: F811
    """One weight of the network a little beside the exported one."""
    model = network(load_checkpoint(checkpoint)).eval()
    manifest = read_manifest(exported)
    bank_parity.check_parity(model, manifest).judge()
    with torch.no_grad():
        model.layers[1].merge.weight[0, 0] += 0.02
    with pytest.raises(LivehostError, match=r"onnx differs from torch by 0\.0"):
        bank_parity.check_parity(model, manifest).judge()
    model = network(load_checkpoint(checkpoint)).eval()
    with torch.no_grad():
        model.encode[0].weight[0] += 0.1
    with pytest.raises(LivehostError, match="items differs from torch by"):
        bank_parity.check_parity(model, manifest).judge()


def test_an_export_is_replaced_whole(checkpoint, tmp_path, quick):  # noqa: F811
    out = tmp_path / "mine"
    export_bank(checkpoint, out, say=silent)
    (out / "old").touch()
    said = []
    manifest = export_bank(checkpoint, out, licence="CC-BY-4.0", say=said.append)
    assert manifest.licence == "CC-BY-4.0"
    assert sorted(f.name for f in out.iterdir()) == ["items.onnx", "manifest.toml", "model.onnx", "vectors.npz"]
    assert [f.name for f in tmp_path.iterdir()] == ["mine"]
    assert "plays model.onnx" in said[-1]


def test_a_folder_of_something_else_is_left_alone(checkpoint, tmp_path, quick):  # noqa: F811
    (tmp_path / "songs").mkdir()
    (tmp_path / "songs" / "a.wav").touch()
    with pytest.raises(LivehostError, match="holds something that is not an export"):
        export_bank(checkpoint, tmp_path / "songs", say=silent)
    assert [f.name for f in tmp_path.rglob("*")] == ["songs", "a.wav"]


def test_a_full_disk_leaves_the_export_that_was_there(checkpoint, tmp_path, quick, monkeypatch):  # noqa: F811
    export_bank(checkpoint, tmp_path / "mine", say=silent)
    before = {f.name: f.read_bytes() for f in (tmp_path / "mine").iterdir()}

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bank_export, "write_items", full)
    with pytest.raises(LivehostError, match=r"cannot be written to .*mine: .*No space left"):
        export_bank(checkpoint, tmp_path / "mine", say=silent)
    assert {f.name: f.read_bytes() for f in (tmp_path / "mine").iterdir()} == before
    assert [f.name for f in tmp_path.iterdir()] == ["mine"]


def test_eight_bits_by_default_only_where_they_choose_the_same(checkpoint, tmp_path, quick, monkeypatch):  # noqa: F811
    monkeypatch.setattr(bank_export, "quantise", lambda _, path, __: path.write_bytes(b"\x08\x08"))
    monkeypatch.setattr(bank_export, "check_parity", differing(int8_same_top1=0.985))
    assert export_bank(checkpoint, tmp_path / "a", play_int8=True, say=silent).model == "model-int8.onnx"
    assert export_bank(checkpoint, tmp_path / "b", int8=True, say=silent).model == "model.onnx"
    monkeypatch.setattr(bank_export, "check_parity", differing(int8_same_top1=0.975))
    with pytest.raises(LivehostError, match=r"same item in 97.5% of steps, wanted is 98%"):
        export_bank(checkpoint, tmp_path / "c", play_int8=True, say=silent)
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"schema": "segment-old"}, "was trained on other features .*segment-old"),
        ({"hyperparameters": {"width": 64, "heads": 2}}, "weights are those of another network"),
        ({"hyperparameters": {"legs": 4}}, "weights are those of another network"),
        ({"mean": torch.zeros(3)}, "mean in the manifest of out is not a row of 120"),
        ({"scale": torch.zeros(120)}, "scale in the manifest of out is not above 0"),
    ],
)
def test_a_checkpoint_that_does_not_fit(tmp_path, quick, changes, sentence):
    path = write_checkpoint(tmp_path / "c.pt", **changes)
    with pytest.raises(LivehostError, match=sentence):
        export_bank(path, tmp_path / "out", say=silent)
    assert [f.name for f in tmp_path.iterdir()] == ["c.pt"]


def test_weights_that_are_not_finite_are_named(tmp_path, checkpoint):  # noqa: F811
    weights = load_checkpoint(checkpoint)["model"]
    weights["layers.0.qkv.weight"][3, 4] = float("nan")
    with pytest.raises(LivehostError, match=r"not finite: layers\.0\.qkv\.weight\."):
        export_bank(write_checkpoint(tmp_path / "c.pt", model=weights), tmp_path / "out", say=silent)


def test_a_network_that_onnx_cannot_say(tmp_path):
    class Odd(torch.nn.Module):
        def forward(self, x, y):
            return x @ y if x.sum() > 0 else y

    with pytest.raises(LivehostError, match=r"cannot be written as x\.onnx: ") as caught:
        graph.write_graph(Odd(), (torch.ones(2, 3), torch.ones(4, 5)), tmp_path / "x.onnx")
    assert "\n" not in str(caught.value)


def test_no_checkpoint(tmp_path):
    with pytest.raises(LivehostError, match="There is no checkpoint"):
        export_bank(tmp_path / "none.pt", tmp_path / "out", say=silent)
    (tmp_path / "bad.pt").write_bytes(b"rubbish")
    with pytest.raises(LivehostError, match="is no checkpoint, broken, or holds more than weights"):
        export_bank(tmp_path / "bad.pt", tmp_path / "out", say=silent)
    torch.save({"kind": "bank-transformer", "model": {}}, tmp_path / "part.pt")
    with pytest.raises(LivehostError, match="lacks hyperparameters, mean, scale"):
        export_bank(tmp_path / "part.pt", tmp_path / "out", say=silent)


def test_the_export_plays(exported):  # noqa: F811
    stepper = open_export(exported, **STAGE).stepper()
    stepper.warm_up(5)
    stepper.close()
