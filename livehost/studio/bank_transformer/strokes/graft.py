"""Puts a head into an export: one more output of its step, while the nodes and weights of all others stay untouched."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from livehost.errors import LivehostError
from livehost.inference.checks import sha256
from livehost.inference.export import read_manifest
from livehost.inference.kinds.bank_transformer import VECTOR_FILE, BankManifest, to_tables
from livehost.inference.manifest import INT8_FILE, SCRIPT_FILE, STEP_FILE
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.step_graph import StepGraph

#: The output, and the weights of the head in the network and its graphs.
OUTPUT, WEIGHT, BIAS = "next_stroke", "next_stroke.weight", "next_stroke.bias"


def graft_graph(path: Path, head: nn.Linear, target: Path) -> None:
    """Write an ONNX step with the head behind the vector that its query is made of.

    Raises
    ------
    LivehostError
        Where the graph is not one that this livehost writes, or has a head already.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(str(path))
    graph = model.graph
    asks = [node for node in graph.node if "query.weight" in node.input]
    if len(asks) != 1 or any(value.name == OUTPUT for value in graph.output):
        raise LivehostError(f"{path} has a head already, or is not a step that this livehost writes.")
    weight, bias = (p.detach().numpy().astype(np.float32) for p in (head.weight, head.bias))
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.ascontiguousarray(weight.T), WEIGHT),
            numpy_helper.from_array(bias, BIAS),
            numpy_helper.from_array(np.array([len(bias)], np.int64), f"{OUTPUT}.shape"),
        ]
    )
    names = [f"{OUTPUT}.{k}" for k in ("product", "logits", "rows")]
    graph.node.extend(
        [
            helper.make_node("MatMul", [asks[0].input[0], WEIGHT], names[:1]),
            helper.make_node("Add", [names[0], BIAS], names[1:2]),
            helper.make_node("Softmax", [names[1]], names[2:], axis=-1),
            helper.make_node("Reshape", [names[2], f"{OUTPUT}.shape"], [OUTPUT]),
        ]
    )
    graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [len(bias)]))
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def with_head(model: BankTransformer, head: nn.Linear) -> BankTransformer:
    """Make a network with a head of a network without; all other weights are the same."""
    shape = replace(model.shape, strokes=head.out_features)
    made = BankTransformer(Hyperparameters(**asdict(shape)))
    rows = {WEIGHT: head.weight.detach(), BIAS: head.bias.detach()}
    made.load_state_dict({**{k: v for k, v in model.state_dict().items() if k not in rows}, **rows})
    return made.eval()


def graft(
    manifest: BankManifest,
    model: BankTransformer,
    head: nn.Linear,
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
    head : nn.Linear
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
            write_script(StepGraph(whole), tuple(step_arguments(whole).values()), folder / name)
        elif name == VECTOR_FILE:
            with np.load(manifest.folder / name) as file:
                vectors = {key: file[key] for key in file.files}
            with (folder / name).open("wb") as target:
                np.savez(target, **vectors, **{BIAS: head.bias.detach().numpy()})  # type: ignore[arg-type]
        else:
            (folder / name).write_bytes((manifest.folder / name).read_bytes())
    shape = replace(manifest.shape, strokes=head.out_features)
    known = {row["name"] for row in manifest.data}
    made = replace(
        manifest, folder=folder, shape=shape, inputs=shape.inputs(), outputs=shape.outputs(),
        files={name: sha256(folder / name) for name in manifest.files}, tables=to_tables(manifest, shape),
        hyperparameters=manifest.hyperparameters | {"strokes": head.out_features},
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


def head_of(state: dict[str, torch.Tensor]) -> nn.Linear | None:
    """Give the head of a network's weights; None where it has none."""
    if WEIGHT not in state:
        return None
    head = nn.Linear(state[WEIGHT].shape[1], state[WEIGHT].shape[0])
    head.load_state_dict({"weight": state[WEIGHT], "bias": state[BIAS]})
    return head
