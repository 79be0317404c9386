"""Every way in which an export can be wrong, and the sentence that says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from livehost.errors import LivehostError
from livehost.inference import export as export_folder
from livehost.inference.export import export_places, find_export, open_export, read_manifest
from livehost.inference.kinds import KINDS
from livehost.inference.tokens import TOKEN_SIZE
from livehost.stage.catalogue import Catalogue
from livehost.studio.families import FAMILIES
from tests.inference.conftest import STAGE, WINDOW

NOT_FINITE = "small cannot be played. The model's step failed: its numbers are not finite"


def refused(path, sentence, **changes):
    with pytest.raises(LivehostError, match=sentence) as caught:
        open_export(path, **{**STAGE, **changes})
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_good_one_says_what_runs(exported):
    export = open_export(exported, **STAGE)
    assert export.backend.startswith("onnxruntime 1.")
    assert export.backend.endswith("native, CPU")
    assert export.notes == []
    assert export.manifest.command == "livehost train bank --data 'my \"own\" folder'"
    assert export.manifest.metrics == {"continue": {"piano": 0.25}}
    assert export.manifest.data[0]["licence"] == "CC0"
    assert export.manifest.rates == [44_100, 48_000]


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_both_rates_play(exported, rate):
    assert open_export(exported, **{**STAGE, "rate": rate}).manifest.name == "small"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rate": 96_000}, "plays at 44100 or 48000 Hz, the stage runs at 96000 Hz: give --rate 48000"),
        ({"hop_samples": 256}, "made for hop 128, the stage has 256"),
        ({"frame_samples": 2048}, "made for frame 1024, the stage has 2048"),
        ({"backend": "tea"}, "no back end 'tea'"),
        ({"provider": "tpu"}, "no provider 'tpu'"),
        ({"backend": "native", "provider": "cuda"}, "cuda needs --backend python"),
        ({"model": "model-int4.onnx"}, "has no model-int4.onnx; it has .*model-int8.onnx"),
    ],
)
def test_another_stage(exported, changes, sentence):
    refused(exported, sentence, **changes)


def put(path, value):
    """A change of one value of the manifest; `...` removes it."""

    def change(table):
        *way, last = path
        for key in way:
            table = table[key]
        if value is ...:
            del table[last]
        else:
            table[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("kind",), "dream", "of kind 'dream'; this livehost plays " + " or ".join(map(repr, KINDS))),
        (("kind",), ..., "of kind 'unknown'"),
        (("format",), 3, "of format 3; this livehost plays 2: take a newer livehost"),
        (("format",), 1, "this livehost plays 2: make it anew: livehost train bank .* && livehost export bank"),
        (("features", "schema"), "segment-0000", "feature schema segment-0000, the stage has segment-"),
        (("features", "mean"), [0.0] * 119, "mean in the manifest of small is not a row of 120 finite numbers"),
        (("features", "mean"), [float("nan")] * 120, "mean in the manifest of small is not a row of 120 finite"),
        (("features", "scale"), [0.0] * 120, "scale in the manifest of small is not above 0"),
        (("features", "scale"), "big", "not a manifest of format 2"),
        (("features", "hop_samples"), ..., "does not say 'hop_samples'"),
        (("features",), ..., "does not say 'features'"),
        (("shape", "heads"), 3, r"the input 'k0' as \[2, 16, 8\], wanted is \[3, 16, 8\]"),
        (("shape", "layers"), 3, "has no input 'k2'"),
        (("shape", "layers"), 0, "impossible shape"),
        (("shape", "capacity"), "many", "not a manifest of format 2"),
        (("shape", "layers"), 2**40, "impossible shape"),
        (("shape", "rotary_base"), float("nan"), "impossible shape"),
        (("features", "hop_samples"), float("inf"), "not a manifest of format 2"),
        (("kind",), ["x" * 1000], r"of kind \['x{56} …; this livehost plays"),
        (("inputs", "k9"), [1], "an input 'k9' that this livehost does not know"),
        (("outputs", "query"), [8], r"output 'query' as \[8\], wanted is \[16\]"),
        (("files", "items.onnx"), ..., "no sha256 of items.onnx"),
        (("files", "model.onnx"), "0" * 64, "model.onnx is not the file .* its sha256 differs"),
        (("files", "../other"), "0" * 64, "has no file ../other"),
        (("model",), "other.onnx", "no sha256 of other.onnx"),
    ],
)
def test_a_manifest_that_does_not_fit(edit, path, value, sentence):
    refused(edit(put(path, value)), sentence)


def test_a_manifest_that_fits_itself_and_not_the_graph(edit):
    def longer(table):
        table["shape"]["capacity"] = 2 * WINDOW
        table["inputs"]["mask"] = [2 * WINDOW]
        table["outputs"]["attention"] = [2, 2, 2 * WINDOW + 1]
        for i in range(2):
            table["inputs"][f"k{i}"] = [2, 16, 2 * WINDOW]
            table["inputs"][f"v{i}"] = [2, 2 * WINDOW, 16]

    refused(edit(longer), r"model.onnx has the input 'mask' as \[8\], wanted is \[16\]")


def test_no_manifest(tmp_path):
    refused(tmp_path, "is not an export: it has no manifest.toml")


def test_a_manifest_that_is_not_toml(edit):
    folder = edit()
    (folder / "manifest.toml").write_text("kind = ")
    refused(folder, "is not valid TOML")
    (folder / "manifest.toml").write_bytes(b"\xff\xfe")
    refused(folder, "is not UTF-8 text: save it as UTF-8")


@pytest.mark.parametrize("name", ["model.onnx", "items.onnx", "model.ts"])
def test_a_missing_file(edit, name):
    folder = edit()
    (folder / name).unlink()
    refused(folder, f"has no file {name}")


@pytest.mark.parametrize("name", ["model.onnx", "items.onnx"])
def test_one_bit_flipped(edit, name):
    folder = edit()
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    refused(folder, f"{name} is not the file")


@pytest.mark.parametrize("backend", ["native", "python"])
def test_rubbish_with_the_right_hash(edit, backend):
    folder = edit()
    (folder / "model.onnx").write_bytes(b"not a model at all")
    refused(edit(rehash=["model.onnx"]), "model.onnx is no ONNX file", backend=backend)
    (folder / "model.onnx").write_bytes(b"\x08\x08")  # a protocol buffer, and no graph
    refused(edit(rehash=["model.onnx"]), "model.onnx cannot be played by ONNX Runtime 1.", backend=backend)


def test_a_script_that_is_none(edit):
    folder = edit()
    (folder / "model.ts").write_bytes(b"rubbish")
    refused(edit(rehash=["model.ts"]), "model.ts is not a TorchScript file", backend="torchscript")
    refused(
        edit(put(("files", "model.ts"), ...)), "has no model.ts: export it with --torchscript", backend="torchscript"
    )


@pytest.mark.parametrize("backend", ["native", "python"])
def test_weights_that_are_not_numbers(edit, backend):
    folder = edit()
    model = onnx.load(folder / "model.onnx")
    weight = max(model.graph.initializer, key=lambda t: len(t.raw_data))
    values = numpy_helper.to_array(weight).copy()
    values.flat[3] = np.nan
    weight.CopyFrom(numpy_helper.from_array(values, weight.name))
    onnx.save(model, folder / "model.onnx")
    refused(
        edit(rehash=["model.onnx"]),
        NOT_FINITE,
        backend=backend,
    )


def foreign_model(manifest, dtype=TensorProto.FLOAT, capacity=None, drop=(), extra=False, softmax=True):
    """A model by another tool: its query is the mean of the token, its attention looks at the mask alone."""
    s = manifest.shape
    size = capacity or s.capacity
    shapes = {**manifest.inputs, "mask": (size,)}
    results = {**manifest.outputs, "attention": (s.layers, s.heads, size + 1)}
    inputs = [helper.make_tensor_value_info(n, dtype, d) for n, d in shapes.items() if n not in drop]
    outputs = [helper.make_tensor_value_info(n, dtype, d) for n, d in results.items()]
    if extra:
        outputs.append(helper.make_tensor_value_info("more", dtype, ["n"]))
    constants = {
        "embedding": np.array([s.embedding], np.int64),
        "one": np.zeros(1, np.float32),
        "rows": np.array(results["attention"], np.int64),
        "small": np.array([s.layers, s.heads, s.head_size], np.int64),
    }
    nodes = [
        helper.make_node("ReduceMean", ["token"], ["middle"], keepdims=1),
        helper.make_node("Expand", ["middle", "embedding"], ["query"]),
        helper.make_node("Concat", ["mask", "one"], ["scores"], axis=0),
        helper.make_node("Softmax" if softmax else "Relu", ["scores"], ["row"]),
        helper.make_node("Expand", ["row", "rows"], ["attention"]),
        helper.make_node("Expand", ["middle", "small"], ["k_new"]),
        helper.make_node("Expand", ["middle", "small"], ["v_new"]),
    ]
    if extra:
        nodes.append(helper.make_node("Identity", ["token"], ["more"]))
    graph = helper.make_graph(
        nodes, "foreign", inputs, outputs, [numpy_helper.from_array(v, n) for n, v in constants.items()]
    )
    return helper.make_model(
        graph, producer_name="another tool", opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    )


@pytest.mark.parametrize("backend", ["native", "python"])
def test_onnx_from_elsewhere_plays(edit, backend):
    folder = edit()
    onnx.save(foreign_model(read_manifest(folder)), folder / "model.onnx")
    stepper = open_export(edit(rehash=["model.onnx"]), **STAGE, backend=backend).stepper()
    for n in range(3):
        query, attention = stepper.step(np.full(TOKEN_SIZE, 0.25))
        np.testing.assert_allclose(query, 0.25)
        np.testing.assert_allclose(attention[:, :n], 1 / (n + 1), rtol=1e-6)
        np.testing.assert_allclose(attention[:, -1], 1 / (n + 1), rtol=1e-6)
    assert (stepper.cache.v[:, :, :3] == 0.25).all()
    stepper.close()


@pytest.mark.parametrize("backend", ["native", "python"])
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"capacity": 99}, r"has the input 'mask' as \[99\], wanted is \[8\]"),
        ({"drop": ("k1",)}, "has no input 'k1'; it has token"),
        ({"extra": True}, "an output 'more' that this livehost does not know"),
        ({"softmax": False}, "attention of the export small does not sum to 1"),
    ],
)
def test_onnx_from_elsewhere_that_differs(edit, backend, options, sentence):
    folder = edit()
    onnx.save(foreign_model(read_manifest(folder), **options), folder / "model.onnx")
    refused(edit(rehash=["model.onnx"]), sentence, backend=backend)


@pytest.mark.parametrize("backend", ["native", "python"])
def test_onnx_of_another_type(edit, backend):
    folder = edit()
    model = foreign_model(read_manifest(folder))
    token = model.graph.input[0]
    token.type.tensor_type.elem_type = TensorProto.DOUBLE
    model.graph.node.insert(0, helper.make_node("Cast", ["token"], ["token32"], to=TensorProto.FLOAT))
    model.graph.node[1].input[0] = "token32"
    onnx.save(model, folder / "model.onnx")
    refused(edit(rehash=["model.onnx"]), "the input 'token' is not a tensor of float32", backend=backend)


def test_found_by_path_or_name(exported, monkeypatch, tmp_path):
    assert find_export(exported) == exported
    assert find_export(exported / "manifest.toml") == exported
    monkeypatch.setattr(export_folder, "export_places", lambda: [tmp_path, exported.parent])
    assert find_export("small") == exported
    with pytest.raises(LivehostError, match=r"There is no export 'big'; known are: small\.") as caught:
        find_export("big")
    assert caught.value.exit_code == 2


def test_a_path_is_a_folder_with_a_manifest_and_a_name_is_looked_up(exported, monkeypatch, tmp_path):
    monkeypatch.setattr(export_folder, "export_places", lambda: [tmp_path / "places", exported.parent])
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for folder in ("small", "a/b", "places/deep/small", "places/other"):
        Path(folder).mkdir(parents=True)
    for folder in ("places/deep/small", "places/other"):
        shutil.copy(exported / "manifest.toml", folder)
    assert find_export("small") == exported  # not hidden by a folder of that name without a manifest
    assert find_export("other") == tmp_path / "places" / "other"
    assert find_export("places/other") == Path("places/other")
    assert find_export("~/places/other") == tmp_path / "places" / "other"
    for empty in (Path("a/b"), tmp_path / "small"):  # what is missing there is told of when it is read
        assert find_export(empty) == empty
    for nothing in ("deep/small", "deep", exported / "model.onnx", tmp_path / "none", "a/b/manifest.toml"):
        with pytest.raises(LivehostError, match="There is no export"):
            find_export(nothing)
    shutil.copy(exported / "manifest.toml", "small")
    assert find_export("small") == Path("small")


def test_another_model_is_found_beside_the_first_one_where_that_was_a_path(exported, monkeypatch, tmp_path):
    monkeypatch.setattr(export_folder, "export_places", lambda: [exported.parent])
    monkeypatch.chdir(tmp_path)
    for folder in ("beside/small", "here"):
        Path(folder).mkdir(parents=True)
        shutil.copy(exported / "manifest.toml", folder)

    def find(begun, name):
        return Catalogue({"player.model": begun}, tmp_path / "bank").export(name)

    assert find("beside/one", "small") == tmp_path / "beside" / "small"
    assert find(str(tmp_path / "beside" / "one"), "small") == tmp_path / "beside" / "small"
    assert find("one", "small") == exported
    with pytest.raises(LivehostError, match=r"^There is no export 'here'; known are: small\.$"):
        find("one", "here")


def test_an_export_of_one_s_own_is_found_where_one_stands(exported, monkeypatch, tmp_path):
    shutil.copytree(exported, tmp_path / "exports" / "mine")
    shutil.copytree(exported, tmp_path / "exports" / "bank-transformer")
    monkeypatch.chdir(tmp_path)
    assert find_export("mine").resolve() == tmp_path / "exports" / "mine"
    assert find_export("bank-transformer").resolve().parent != tmp_path / "exports"  # what comes with livehost is first
    known = ", ".join(sorted({"mine", *(family.shipped for family in FAMILIES.values() if family.shipped)}))
    with pytest.raises(LivehostError, match=rf"known are: {known}\."):
        find_export("yours")


def test_places_are_the_checkout_the_package_the_user_and_here():
    checkout, package, user, here = export_places()
    assert here == Path("exports")
    assert checkout.parent == package.parents[1]
    assert package.parent.name == "livehost"
    assert user.name == "exports"


def test_the_stage_needs_no_torch(exported):
    program = (
        "import sys; from livehost.inference.export import open_export\n"
        f"open_export({str(exported)!r}, rate=48000, hop_samples=128, frame_samples=1024).stepper().warm_up(5)\n"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "False"


def test_opening_leaves_arithmetic_as_it_was(exported):
    """ONNX Runtime flushes denormals on the thread that makes a session: it must not be ours."""
    tiny = np.float32(1e-40)
    for backend in ("native", "python"):
        open_export(exported, **STAGE, backend=backend).stepper().step(np.zeros(TOKEN_SIZE))
        assert tiny * np.float32(1) == tiny


def test_cuda_is_never_claimed_where_there_is_none(exported):
    export = open_export(exported, **STAGE, provider="cuda")
    if "CUDA" in export.backend:
        assert export.notes == []
    else:
        assert export.backend.endswith("in a Python thread, CPU")
        (note,) = export.notes
        assert "cannot use CUDA here" in note
        assert note.endswith("the model runs on the processor.")
    stepper, reference = export.stepper(), open_export(exported, **STAGE).stepper()
    for a, b in zip(stepper.step(np.ones(TOKEN_SIZE)), reference.step(np.ones(TOKEN_SIZE)), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-3)
    stepper.close()
