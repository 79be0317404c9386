"""Puts a head into an export: one more output of its step, while the nodes and weights of all others stay untouched."""

import warnings
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.inference.checks import sha256
from livehost.inference.export import read_manifest
from livehost.inference.kinds.bank_transformer import VECTOR_FILE, BankManifest, to_tables
from livehost.inference.manifest import INT8_FILE, SCRIPT_FILE, STEP_FILE
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters, StrokeHead
from livehost.studio.bank_transformer.step_graph import StepGraph

#: The output, which is also what the weights of the head are called by in the network and its graphs.
OUTPUT = "next_stroke"


def graft_graph(path: Path, head: StrokeHead, target: Path) -> None:
    """Write an ONNX step with the head behind the vector that its query is made of, and what a token says beside it.

    Raises
    ------
    LivehostError
        Where the graph is not one that this livehost writes, or has a head already.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    graph = model.graph
    asks, likes = ([node for node in graph.node if name in node.input] for name in ("query.weight", "like.0.weight"))
    if len(asks) != 1 or len(likes) != 1 or any(value.name == OUTPUT for value in graph.output):
        raise LivehostError(f"{path} has a head already, or is not a step that this livehost writes.")
    bins = head.out.out_features
    for name, tensor in _weights(head).items():
        value = tensor.numpy().astype(np.float32)
        graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(value.T), name))
    graph.initializer.append(numpy_helper.from_array(np.array([bins], np.int64), f"{OUTPUT}.shape"))
    of_hidden, of_aside, out = (f"{OUTPUT}.{name}" for name in ("of_hidden", "of_aside", "out"))
    steps: list[tuple[str, list[str]]] = [
        ("Gemm", [likes[0].input[0], f"{of_aside}.weight", f"{of_hidden}.bias"]),
        ("Gemm", [asks[0].input[0], f"{of_hidden}.weight", "@0"]),
        ("Relu", ["@1"]),
        ("Gemm", ["@2", f"{out}.weight", f"{out}.bias"]),
        ("Softmax", ["@3"]),
        ("Reshape", ["@4", f"{OUTPUT}.shape"]),
    ]
    for number, (kind, inputs) in enumerate(steps):
        names = [f"{OUTPUT}{name}" if name.startswith("@") else name for name in inputs]
        to = OUTPUT if number + 1 == len(steps) else f"{OUTPUT}@{number}"
        attributes: dict[str, Any] = {"axis": -1} if kind == "Softmax" else {}
        graph.node.append(helper.make_node(kind, names, [to], **attributes))
    graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [bins]))
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def _weights(head: StrokeHead) -> dict[str, torch.Tensor]:
    return {f"{OUTPUT}.{name}": value.detach() for name, value in head.state_dict().items()}


def with_head(model: BankTransformer, head: StrokeHead) -> BankTransformer:
    """Make a network with a head of a network without; all other weights are the same."""
    shape = replace(model.shape, strokes=head.out.out_features)
    made = BankTransformer(Hyperparameters(**asdict(shape)))
    rows = _weights(head)
    made.load_state_dict({**{k: v for k, v in model.state_dict().items() if k not in rows}, **rows})
    return made.eval()


def graft(
    manifest: BankManifest,
    model: BankTransformer,
    head: StrokeHead,
    folder: Path,
    data: list[dict[str, Any]],
    command: str,
    say: Callable[[str], None],
) -> BankManifest:
    """Write an export with a head into an empty folder.

    Parameters
    ----------
    manifest : BankManifest
        Of the export without.
    model : BankTransformer
        Its network, in evaluation.
    head : StrokeHead
    folder : Path
    data : list of dict
        What the head was trained on, besides that of the manifest.
    command : str
        That trained it.
    say : callable
        Takes lines of progress.

    Returns
    -------
    BankManifest
    """
    from livehost.studio.bank_transformer.export import step_arguments
    from livehost.studio.bank_transformer.parity import check_parity
    from livehost.studio.exporting.onnx import write_script

    whole = with_head(model, head)
    for name in manifest.files:
        if name in {STEP_FILE, INT8_FILE}:
            graft_graph(manifest.folder / name, head, folder / name)
        elif name == SCRIPT_FILE:
            say("Writing TorchScript …")
            with warnings.catch_warnings():  # torch's exporters warn about their own insides
                warnings.simplefilter("ignore")
                write_script(StepGraph(whole), tuple(step_arguments(whole).values()), folder / name)
        elif name == VECTOR_FILE:
            with np.load(manifest.folder / name) as file:
                vectors = {key: file[key] for key in file.files}
            with (folder / name).open("wb") as target:
                rows = {name: row.numpy() for name, row in _weights(head).items() if row.ndim < 2}
                np.savez(target, **vectors, **rows)  # type: ignore[arg-type]
        else:
            (folder / name).write_bytes((manifest.folder / name).read_bytes())
    shape = replace(manifest.shape, strokes=head.out.out_features)
    known = {row["name"] for row in manifest.data}
    made = replace(
        manifest, folder=folder, shape=shape, inputs=shape.inputs(), outputs=shape.outputs(),
        files={name: sha256(folder / name) for name in manifest.files}, tables=to_tables(manifest, shape),
        hyperparameters=manifest.hyperparameters | {"strokes": head.out.out_features},
        data=[*manifest.data, *(row for row in data if row["name"] not in known)],
        command=" && ".join(line for line in (manifest.command, command) if line),
    )  # fmt: skip
    say("Comparing the formats …")
    found = check_parity(whole, made).judge()
    made.parity = {**manifest.parity, **{key: value for key, value in found.items() if key != "int8_same_top1"}}
    made.write(folder)
    checked: BankManifest = read_manifest(folder, manifest.kind)
    _check_same(manifest, checked)
    return checked


def _check_same(before: BankManifest, after: BankManifest) -> None:
    """Refuse an export whose queries are not, to the bit, those of the export without the head."""
    import onnxruntime

    random = np.random.default_rng(0)
    sessions = [
        onnxruntime.InferenceSession(str(m.folder / m.model), providers=["CPUExecutionProvider"])
        for m in (before, after)
    ]
    for _ in range(32):
        inputs = {name: random.standard_normal(size).astype(np.float32) for name, size in before.inputs.items()}
        one, other = (session.run(list(before.outputs), inputs) for session in sessions)
        if any(not np.array_equal(a, b) for a, b in zip(one, other, strict=True)):
            raise LivehostError("With the head the model gives other queries: nothing was written.")
