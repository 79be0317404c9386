"""A classifier of made-up points: network, task, export and evaluation, in one file."""

import os
import signal
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from rich.table import Table
from torch import Tensor, nn
from torch.nn import functional

from livehost.inference.export import open_export
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.command import Evaluation
from livehost.studio.exporting.onnx import write_graph
from livehost.studio.exporting.parity import Differences
from livehost.studio.exporting.write import Written
from livehost.studio.family import FamilyCode
from livehost.studio.training.task import Judged, Labels, Task

INPUTS, CLASSES = 3, 4
STAGE = {"rate": 48_000, "hop_samples": 128, "frame_samples": 1024}


class Batch(NamedTuple):
    """Points [n, INPUTS] and their classes [n]."""

    points: Tensor
    classes: Tensor


def made_up(count, seed, spread=0.4):
    """Points around the corners of a tetrahedron: float32 [n, INPUTS], int64 [n]."""
    corners = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]], np.float32)
    classes = np.arange(CLASSES * count) % CLASSES
    noise = np.random.default_rng(seed).normal(0, spread, (len(classes), INPUTS))
    return (corners[classes] + noise).astype(np.float32), classes


class Classifier(nn.Module):
    """Two layers, and a norm that has buffers."""

    def __init__(self, width=8, classes=CLASSES):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(INPUTS, width), nn.BatchNorm1d(width), nn.Dropout(0.1), nn.ReLU(), nn.Linear(width, classes)
        )

    def forward(self, x):
        return self.layers(x)


class ToyTask(Task):
    """Which class a point is of."""

    labels = Labels(unit="points", score="cross-entropy", column="loss", lower_is_better=True)

    def __init__(self, setup, points, classes):
        self.points, self.classes, self._setup = points, classes, setup
        self.hyperparameters = dict((setup.known or {}).get("hyperparameters", {"width": 8, "classes": CLASSES}))
        self.data = [{"name": "made up", "licence": "CC0", "hours": 0.0, "recordings": len(points)}]
        self._held_out = [torch.from_numpy(column) for column in made_up(16, 1_000)]

    def batch(self, number):
        chosen = np.random.default_rng([self._setup.seed, self._setup.rank, number]).integers(0, len(self.points), 16)
        points = torch.from_numpy(self.points[chosen])
        if self._setup.options["fault"] == f"nan:{number}":
            points[0, 0] = torch.nan
        return Batch(points, torch.from_numpy(self.classes[chosen]))

    def step(self, learner, batch):
        if self._setup.options["fault"] == f"interrupt:{learner.number}":
            os.kill(os.getpid(), signal.SIGINT)
        return super().step(learner, batch)

    def loss(self, model, batch):
        loss = functional.cross_entropy(model(batch.points), batch.classes)
        return loss, {"entropy": loss.detach()}

    def validate(self, model):
        points, classes = self._held_out
        with torch.inference_mode():
            logits = model(points)
        right = (logits.argmax(1) == classes).float().mean()
        return {"all": {"loss": float(functional.cross_entropy(logits, classes)), "right": float(right)}}

    def judge(self, model):
        points, classes = (torch.from_numpy(column) for column in made_up(40, 3_000))
        with torch.inference_mode():
            losses = functional.cross_entropy(model(points), classes, reduction="none").double().numpy()
        return Judged(losses, np.ones(len(losses)))

    def about(self):
        return {"spread": 0.4}

    def probe(self):
        return {"probe": self._held_out[0]}

    def summary(self):
        return f"Learning from {len(self.points)} points"


class ToyEvaluation(Evaluation):
    """How many points are told right."""

    def __init__(self, name, right):
        self.name, self.right = name, right
        self.low, self.high = bootstrap_interval(lambda drawn: drawn @ right / drawn.sum(1), len(right))

    def tables(self, console):
        table = Table("model", "right", "95 %")
        table.add_row(self.name, f"{self.right.mean():.2f}", f"{self.low:.2f}–{self.high:.2f}")
        return [table]

    def document(self):
        return {"model": self.name, "right": float(self.right.mean())}


class ToyFamily(FamilyCode):
    """See `FamilyCode`."""

    def checkpoint_fields(self):
        return {"spread": float}

    def network(self, hyperparameters):
        return Classifier(**hyperparameters)

    def prepare(self, setup):
        path = Path(setup.options["out"]) / "data" / "points.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        if setup.options["fault"] == "prepare":
            os.kill(os.getpid(), signal.SIGINT)
        points, classes = made_up(setup.options["points"], setup.seed)
        np.savez(path, points=points, classes=classes)
        return path

    def task(self, setup, data):
        with np.load(data) as file:
            return ToyTask(setup, file["points"], file["classes"])

    def write_files(self, network, checkpoint, folder, options, say):
        say("Writing ONNX …")
        free = {"x": {0: torch.export.Dim("n", min=1)}}
        write_graph(
            network.layers, (torch.zeros(2, INPUTS),), folder / "model.onnx",
            input_names=["x"], output_names=["logits"], dynamic_shapes=({0: free["x"][0]},),
        )  # fmt: skip
        sizes = {"inputs": INPUTS, "classes": checkpoint["hyperparameters"]["classes"]}
        return Written(model="model.onnx", files=("model.onnx",), tables={"classifier": sizes})

    def compare(self, network, checkpoint, manifest, options):
        from tests.toys.kind import ToyExport

        differences, points = Differences(), checkpoint["probe"]
        with torch.inference_mode():
            expected = network(points).numpy()
        differences.note("onnx", np.abs(ToyExport(manifest).logits(points.numpy()) - expected).max())
        return differences

    def evaluate(self, options, console):
        export = open_export(options["model"], **STAGE, kind="toy-classifier")
        points, classes = made_up(options["points"], 2_000)
        right = export.logits(points).argmax(1) == classes
        return ToyEvaluation(export.manifest.name, right.astype(float))


FAMILY = ToyFamily()
