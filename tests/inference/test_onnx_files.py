"""Weights outside of a model's file: wherever a model can hide them, they are found, or the model is refused."""

import onnx
import pytest
from onnx import TensorProto, helper

from livehost.errors import LivehostError
from livehost.inference import onnx_files, ort_api, ort_python
from livehost.inference.export import open_export
from livehost.inference.onnx_files import NotOnnxError, external_files
from livehost.inference.ort_selfcheck import message
from tests.inference.conftest import STAGE


def outside(location="weights.bin", **more):
    """A tensor whose data lie elsewhere."""
    tensor = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    for key, value in {"location": location, **more}.items():
        tensor.external_data.add(key=key, value=value)
    return tensor


def graph(*nodes, **more):
    return helper.make_graph(list(nodes), "g", [], [], **more)


def model(*nodes, functions=(), **more):
    return helper.make_model(graph(*nodes, **more), functions=list(functions))


def constant(**attributes):
    return helper.make_node("Constant", [], ["c"], **attributes)


def branch(inner):
    return helper.make_node("If", ["condition"], ["y"], then_branch=inner, else_branch=graph())


def sparse(values=None, indices=None):
    return onnx.SparseTensorProto(values=values or TensorProto(), indices=indices or TensorProto(), dims=[4])


def function(*nodes, attributes=()):
    return helper.make_function(
        "mine", "f", [], [], list(nodes), [helper.make_opsetid("", 17)], attribute_protos=list(attributes)
    )


def training(**graphs):
    made = model()
    made.training_info.add(**graphs)
    return made


HIDDEN = {
    "an initializer": lambda: model(initializer=[outside()]),
    "a sparse initializer's values": lambda: model(sparse_initializer=[sparse(values=outside())]),
    "a sparse initializer's indices": lambda: model(sparse_initializer=[sparse(indices=outside())]),
    "an attribute": lambda: model(constant(value=outside())),
    "a list of tensors": lambda: model(constant(several=[outside()])),
    "a sparse attribute": lambda: model(constant(sparse_value=sparse(values=outside()))),
    "a list of sparse attributes": lambda: model(constant(several=[sparse(), sparse(indices=outside())])),
    "a branch": lambda: model(branch(graph(initializer=[outside()]))),
    "a branch of a branch": lambda: model(branch(graph(branch(graph(constant(value=outside())))))),
    "a list of graphs": lambda: model(helper.make_node("X", [], ["y"], g=[graph(), graph(initializer=[outside()])])),
    "a function": lambda: model(functions=[function(constant(value=outside()))]),
    "a function's default": lambda: model(functions=[function(attributes=[helper.make_attribute("a", outside())])]),
    "a graph of training": lambda: training(initialization=graph(initializer=[outside()])),
    "another graph of training": lambda: training(algorithm=graph(initializer=[outside()])),
}  # fmt: skip


@pytest.mark.parametrize("place", HIDDEN)
def test_data_outside_are_found(tmp_path, place):
    onnx.save(HIDDEN[place](), tmp_path / "m.onnx")
    assert external_files(tmp_path / "m.onnx") == {"weights.bin"}


def written(tmp_path, *fields):
    """A model whose graph has one initializer of these fields, byte by byte."""
    path = tmp_path / "m.onnx"
    path.write_bytes(message((7, message((5, message(*fields))))))
    return external_files(path)


def test_what_a_lenient_parser_would_read_too(tmp_path):
    pair = message((1, "location"), (2, "weights.bin"))
    assert written(tmp_path, (13, pair)) == {"weights.bin"}  # not said to be elsewhere
    assert written(tmp_path, (14, 1)) == {""}  # elsewhere, nobody says where
    assert written(tmp_path, (13, message((1, "offset"), (2, "7"))), (14, 1)) == {""}
    assert written(tmp_path, (14, 1), (14, 0), (13, pair)) == {"weights.bin"}
    assert written(tmp_path, (14, (1 << 32) + 1)) == {""}  # an enumeration has 32 bits
    assert written(tmp_path, (14, 1 << 32)) == set()
    twice = message((1, "offset"), (2, "a"), (1, "location"), (2, "b"))
    assert written(tmp_path, (13, twice)) == {"a", "b"}
    assert written(tmp_path, (13, message((2, "a" * 5000), (1, "location")))) == {"a" * 4096}
    assert written(tmp_path, (13, message((1, "location"), (2, b"\xff/x")))) == {"�/x"}


def test_two_graphs_in_one_file_are_both_read(tmp_path):
    tensor = message((13, message((1, "location"), (2, "weights.bin"))), (14, 1))
    path = tmp_path / "m.onnx"
    path.write_bytes(message((7, message((2, "first"))), (7, message((5, tensor)))))
    assert external_files(path) == {"weights.bin"}
    path.write_bytes(
        b"\xba\x80\x00" + bytes([len(tensor) + 2]) + message((5, tensor))
    )  # 7, in more bytes than it needs
    assert external_files(path) == {"weights.bin"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"not a model at all", "is no ONNX file"),
        (b"\x00\x00", "is no ONNX file"),
        (b"\x3b\x3c", "is no ONNX file"),  # a group
        (b"\x3a", "cut off"),
        (b"\x3a\x7f", "cut off"),
        (b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "cut off"),
        (b"\x08" + 10 * b"\xff", "is no ONNX file"),
        (b"\x08" + 10 * b"\xff" + b"\x01", "is no ONNX file$"),  # no number has eleven bytes
        (b"\x3d\x00", "cut off"),
        (b"\xba\x80\x80\x80\x10\x00", "is no ONNX file"),  # a number that 32 bits cut to that of the graph
    ],
)
def test_what_is_no_onnx_file(tmp_path, content, why):
    (tmp_path / "m.onnx").write_bytes(content)
    with pytest.raises(NotOnnxError, match=why):
        external_files(tmp_path / "m.onnx")


def test_every_cut_of_a_model_is_refused_or_read(tmp_path):
    onnx.save(HIDDEN["a branch of a branch"](), tmp_path / "m.onnx")
    whole = (tmp_path / "m.onnx").read_bytes()
    found = 0
    for length in range(1, len(whole)):
        (tmp_path / "cut.onnx").write_bytes(whole[:length])
        try:
            found += bool(external_files(tmp_path / "cut.onnx"))
        except NotOnnxError:
            found += 1
    assert found >= len(whole) - 8  # between the first fields only, before there is a graph, nothing is missing


def test_graphs_nest_without_end_and_fields_are_counted(tmp_path, monkeypatch):
    inner = message((5, message((14, 1))))
    for _ in range(3000):
        inner = message((1, message((5, message((6, inner))))))
    (tmp_path / "deep.onnx").write_bytes(message((7, inner)))
    assert external_files(tmp_path / "deep.onnx") == {""}
    monkeypatch.setattr(onnx_files, "MOST_FIELDS", 1000)
    with pytest.raises(NotOnnxError, match="has more than 1,000 parts"):
        external_files(tmp_path / "deep.onnx")


def move_outside(folder, name, location):
    """Write a model of an export again, its weights in a file beside it."""
    loaded = onnx.load(folder / name)
    onnx.save(loaded, folder / name, save_as_external_data=True, location=location, size_threshold=100)


@pytest.fixture
def no_runtime(monkeypatch):
    """Fail where a runtime is asked to load anything."""

    def load(*_, **__):
        pytest.fail("a runtime has loaded the model")

    monkeypatch.setattr(ort_api.Library, "session", load)
    monkeypatch.setattr(ort_python, "session_of", load)
    monkeypatch.setattr("livehost.inference.backends.native_trouble", lambda: "")


@pytest.mark.parametrize("name", ["model.onnx", "items.onnx", "model-int8.onnx"])
def test_an_export_with_weights_that_nobody_vouches_for(edit, no_runtime, name):
    folder = edit()
    move_outside(folder, name, "weights.bin")
    edit(rehash=[name])
    with pytest.raises(LivehostError) as refused:
        open_export(folder, **STAGE)
    assert str(refused.value) == (
        f"The export small is not loaded: its {name} reads weights from 'weights.bin', which is no file in its folder "
        "whose sha256 stands in its manifest."
    )


@pytest.mark.parametrize(
    "location", ["../secret", "/etc/passwd", "sub/weights.bin", "./weights.bin", "*/_ORT_MEM_ADDR_/*"]
)
def test_places_that_are_not_in_the_folder(edit, no_runtime, location):
    folder = edit()
    loaded = onnx.load(folder / "model.onnx")
    loaded.graph.initializer[0].CopyFrom(outside(location))
    onnx.save(loaded, folder / "model.onnx")
    edit(rehash=["model.onnx"])
    with pytest.raises(LivehostError, match=r"is not loaded: its model\.onnx reads weights from"):
        open_export(folder, **STAGE)


def test_a_link_out_of_the_folder(edit, no_runtime, tmp_path):
    folder = edit()
    move_outside(folder, "model.onnx", "weights.bin")
    (folder / "weights.bin").rename(tmp_path / "elsewhere.bin")
    (folder / "weights.bin").symlink_to(tmp_path / "elsewhere.bin")
    edit(rehash=["model.onnx", "weights.bin"])
    with pytest.raises(LivehostError, match=r"reads weights from 'weights\.bin', which is no file in its folder"):
        open_export(folder, **STAGE)


def test_weights_outside_that_the_manifest_vouches_for_play(edit):
    folder = edit()
    move_outside(folder, "model.onnx", "weights.bin")
    edit(rehash=["model.onnx", "weights.bin"])
    open_export(folder, **STAGE).stepper().close()
    content = bytearray((folder / "weights.bin").read_bytes())
    content[5] ^= 1
    (folder / "weights.bin").write_bytes(content)
    with pytest.raises(LivehostError, match=r"weights\.bin is not the file that the manifest describes"):
        open_export(folder, **STAGE)


def test_what_plays_is_an_onnx_file(edit, no_runtime):
    """ONNX Runtime goes by the ending, and has formats that nothing here can look into."""
    folder = edit()
    (folder / "model.ort").write_bytes((folder / "model.onnx").read_bytes())

    def change(table):
        table["model"] = "model.ort"

    edit(change, rehash=["model.ort"])
    with pytest.raises(LivehostError, match=r"is to play model\.ort, which is no \.onnx file"):
        open_export(folder, **STAGE)
