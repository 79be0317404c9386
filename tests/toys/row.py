"""The two rows that the toy needs: one in `FAMILIES`, one in `KINDS`."""

from pathlib import Path

from livehost.studio.family import REQUIRED, Command, Family, Option
from livehost.studio.training.recipe import TrainingRecipe

POINTS = Option("points", int, 48, "Points of each class.", minimum=8)

TOY = Family(
    name="toy",
    kind="toy-classifier",
    title="a toy classifier",
    module="tests.toys.family",
    usual=TrainingRecipe(minutes=1.0, rate=2e-2, evaluations=4, patience=10),
    further=TrainingRecipe(minutes=0.5, rate=5e-3, evaluations=4, patience=10),
    train=Command(
        "Train on points that are made up.",
        needs=("torch", "lightning_fabric"),
        before=(POINTS,),
        options=(Option("fault", str, "", "What goes wrong, and at which batch: interrupt:3, nan:3, prepare."),),
    ),
    export=Command("Write a classifier as ONNX.", needs=("torch", "onnx")),
    evaluate=Command(
        "Count how many points are told right.",
        before=(Option("model", Path, REQUIRED, "Export."), POINTS),
        picture=False,
    ),
)
KIND_ROW = {TOY.kind: "tests.toys.kind"}
