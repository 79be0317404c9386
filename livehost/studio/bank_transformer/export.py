"""Writes the files of a bank transformer's export, and compares them with the network."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.inference.kinds.bank_transformer import ITEM_FILE, VECTOR_FILE, BankManifest, to_tables
from livehost.inference.kv_cache import Shape
from livehost.inference.manifest import INT8_FILE, SCRIPT_FILE, STEP_FILE
from livehost.studio.bank_transformer.model import ROTARY_BASE, BankTransformer, ItemModule
from livehost.studio.bank_transformer.parity import SAME_TOP1, check_parity
from livehost.studio.bank_transformer.step_graph import StepGraph
from livehost.studio.bank_transformer.trained_features import TrainedFeatures
from livehost.studio.exporting.onnx import quantise, write_graph, write_script
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written


def step_arguments(model: BankTransformer) -> dict[str, torch.Tensor]:
    """Make the inputs of one step by name, of the shapes that the export fixes."""
    s = model.shape
    half, t = s.head_size // 2, s.window
    angles = torch.linspace(0, 1, half)
    caches = {f"k{i}": torch.zeros(s.heads, s.head_size, t) for i in range(s.layers)}
    caches |= {f"v{i}": torch.zeros(s.heads, t, s.head_size) for i in range(s.layers)}
    return {
        "token": torch.zeros(s.token_size), "cos": angles.cos(), "sin": angles.sin(), "mask": torch.zeros(t), **caches
    }  # fmt: skip


def write_step(model: BankTransformer, path: Path) -> None:
    """Write the step as ONNX, its weights inside."""
    arguments = step_arguments(model)
    names = ["query", "attention", "k_new", "v_new", *(["next_stroke"] if model.shape.strokes else [])]
    write_graph(StepGraph(model), tuple(arguments.values()), path, input_names=list(arguments), output_names=names)


def write_items(model: BankTransformer, path: Path) -> None:
    """Write the item encoder as ONNX, for any number of items."""
    free = {"items": {0: torch.export.Dim("n", min=1)}}
    write_graph(
        ItemModule(model), (torch.zeros(3, model.shape.item_size),), path,
        input_names=["items"], output_names=["embeddings"], dynamic_shapes=free,
    )  # fmt: skip


def write_vectors(model: BankTransformer, path: Path) -> None:
    """Write every weight that is no matrix; matrices are found by name in the graphs."""
    with path.open("wb") as file:
        np.savez(file, **{name: p.detach().numpy() for name, p in model.named_parameters() if p.ndim < 2})  # type: ignore[arg-type]


def write_files(
    model: BankTransformer,
    checkpoint: Mapping[str, Any],
    folder: Path,
    options: Mapping[str, Any],
    say: Callable[[str], None],
) -> Written:
    """Write the step, the item encoder, vectors, and what else is asked for; see `FamilyCode.write_files`."""
    int8 = options["int8"] or options["play_int8"]
    wanted = {SCRIPT_FILE: options["torchscript"], INT8_FILE: int8}
    more = sorted(file for file, asked_for in wanted.items() if asked_for)
    say("Writing ONNX …")
    write_step(model, folder / STEP_FILE)
    write_items(model, folder / ITEM_FILE)
    write_vectors(model, folder / VECTOR_FILE)
    if SCRIPT_FILE in more:
        say("Writing TorchScript …")
        write_script(StepGraph(model), tuple(step_arguments(model).values()), folder / SCRIPT_FILE)
    if INT8_FILE in more:
        say("Writing 8-bit weights …")
        # what makes the query stays as it is, a tenth of the whole
        quantise(folder / STEP_FILE, folder / INT8_FILE, lambda name: name.startswith("layers."))
    s = model.shape
    shape = Shape(
        layers=s.layers, heads=s.heads, head_size=s.head_size, capacity=s.window, token_size=s.token_size,
        item_size=s.item_size, embedding=s.embedding, rotary_base=ROTARY_BASE, strokes=s.strokes,
    )  # fmt: skip
    return Written(
        model=INT8_FILE if options["play_int8"] else STEP_FILE,
        files=(STEP_FILE, ITEM_FILE, VECTOR_FILE, *more),
        tables=to_tables(TrainedFeatures.of_checkpoint(checkpoint).for_manifest(), shape),
        hyperparameters={"temperature": float(model.temperature().detach())},
    )


def compare(
    model: BankTransformer, checkpoint: Mapping[str, Any], manifest: BankManifest, options: Mapping[str, Any]
) -> Differences:
    """Compare the formats, and refuse to play 8-bit weights that choose otherwise; see `FamilyCode.compare`."""
    differences = check_parity(
        model, manifest, probe=checkpoint.get("probe"), probe_items=checkpoint.get("probe_items")
    )
    if options["play_int8"] and (same := differences.judge()["int8_same_top1"]) < SAME_TOP1:
        raise LivehostError(
            f"8-bit weights choose the same item in {same:.1%} of steps, wanted is {SAME_TOP1:.0%}: export without."
        )
    return differences
