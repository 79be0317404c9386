"""Options of `livehost train`, `export`, `evaluate` and `generate`: those of every family, joined with its own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from livehost.studio.family import REQUIRED, Family, Option


def train_options(family: Family) -> tuple[Option, ...]:
    """List the options of `livehost train` in the order of its help."""
    minutes = f"Budget; {family.usual.minutes:g}, with --from {family.further.minutes:g}."
    return (
        *family.train.before,
        Option("from_", str | None, None, "Export or checkpoint to train further.", "--from"),
        Option("out", Path, Path("training") / family.kind, "Folder of checkpoints and curves."),
        Option("minutes", float | None, None, minutes, minimum=0.01),
        Option("steps", int | None, None, "Budget in steps instead; repeats exactly.", minimum=1),
        Option("seed", int, 0, "Of every random choice."),
        *family.train.options,
        Option("rate", float | None, None, "Peak of the learning rate."),
        Option("threads", int, 0, "Of the processor; 0: one per core.", minimum=0),
        Option("devices", str, "1", "How many devices, or which."),
        Option("nodes", int, 1, "Machines.", minimum=1),
        Option("precision", str, "32-true", "32-true, bf16-mixed or another of Lightning's."),
        Option("accelerator", str, "auto", "auto, cpu, cuda, mps."),
        Option("strategy", str, "auto", "auto, ddp or another of Lightning's."),
        Option("resume", bool | None, None, "Go on, or begin anew.", "--resume/--fresh"),
    )


def export_options(family: Family) -> tuple[Option, ...]:
    """List the options of `livehost export` in the order of its help."""
    assert family.export is not None  # noqa: S101
    return (
        *family.export.before,
        Option("checkpoint", Path, REQUIRED, f"What train {family.name} left behind.", metavar="CKPT"),
        Option("out", Path, REQUIRED, "Folder of the export, such as exports/NAME."),
        *family.export.options,
        Option("licence", str | None, None, "Of the weights; that of the data where it binds them, else MIT."),
    )


def evaluate_options(family: Family) -> tuple[Option, ...]:
    """List the options of `livehost evaluate` in the order of its help."""
    assert family.evaluate is not None  # noqa: S101
    draw = (Option("picture", Path | None, None, "Draw them (PNG)."),) if family.evaluate.picture else ()
    return (
        *family.evaluate.before,
        Option("json", Path | None, None, "Write the rows as JSON."),
        *draw,
        *family.evaluate.options,
    )


def generate_options(family: Family) -> tuple[Option, ...]:
    """List the options of `livehost generate` in the order of its help."""
    assert family.generate is not None  # noqa: S101
    return (
        *family.generate.before,
        Option("out", Path, REQUIRED, "File to write.", "--out/-o"),
        Option("seed", int, 0, "Of every random choice."),
        *family.generate.options,
    )


def complete(given: Mapping[str, Any], options: Sequence[Option]) -> dict[str, Any]:
    """Give every option its value: what was given, else its default.

    Raises
    ------
    TypeError
        For a name that is no option, or one that must be given and was not.
    """
    known = {option.name: option.default for option in options}
    if unknown := [name for name in given if name not in known]:
        raise TypeError(f"there is no option {unknown[0]!r}")
    values = known | dict(given)
    if missing := [name for name, value in values.items() if value is REQUIRED]:
        raise TypeError(f"the option {missing[0]!r} is missing")
    return values
