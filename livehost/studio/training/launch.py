"""`livehost train NAME`, for any family: devices, data, resuming, and what is said when it ends or is stopped."""

import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from torch import nn

from livehost.atomic_file import make_folder
from livehost.errors import LivehostError
from livehost.studio.family import Family, Setup
from livehost.studio.options import complete, train_options
from livehost.studio.training.checkpoint import BEST, LAST, load_checkpoint, load_start, network
from livehost.studio.training.fabric import make_fabric
from livehost.studio.training.interrupts import one_sentence
from livehost.studio.training.outcome import show_outcome, show_verdict
from livehost.studio.training.recipe import TrainingRecipe
from livehost.studio.training.report import Report
from livehost.studio.training.run_file import Run, RunFile, settings_of
from livehost.studio.training.schedule import Budget
from livehost.studio.training.state import TrainingState
from livehost.studio.training.task import Task
from livehost.studio.training.trainer import Trainer, cannot_be_resumed
from livehost.view.console import make_console
from livehost.view.progress import lasting


def train(
    family: Family,
    options: Mapping[str, Any],
    *,
    hyperparameters: Mapping[str, Any] | None = None,
    console: Console | None = None,
) -> TrainingState:
    """Train a model of a family, or train one further.

    Parameters
    ----------
    family : Family
    options : mapping of str to object
        By name, as `livehost train NAME -h` lists them (`livehost.studio.options.train_options`); those that are left
        out have their defaults.
    hyperparameters : mapping, optional
        Of a model that begins with random weights, in place of the family's own.
    console : Console, optional

    Returns
    -------
    TrainingState
        What came of it.

    Raises
    ------
    LivehostError
        One sentence: data that nothing can be learnt from, a number that is not finite, a full disk.
    """
    given = complete(options, train_options(family))
    console, out, from_ = console or make_console(), Path(given["out"]), given["from_"]
    torch.set_num_threads(given["threads"] or os.cpu_count() or 1)
    fabric = make_fabric(**{key: given[key] for key in ("accelerator", "devices", "nodes", "precision", "strategy")})
    fabric.launch()
    before = _unfinished(family, out, given["resume"], from_)
    start = _start(family, from_, resumed=before is not None)
    recipe = _recipe(family, given, before, out)
    known = before or start
    code, model = family.code(), network(known) if known else None
    then = f"{recipe.steps} steps" if recipe.steps is not None else lasting(60 * recipe.minutes)
    setup = Setup(
        options=given, seed=recipe.seed, rank=fabric.global_rank, further=bool(from_), known=known,
        hyperparameters=hyperparameters, console=console, waiting=f"Preparing, then {then} of training",
    )  # fmt: skip
    with fabric.rank_zero_first(), one_sentence("Nothing is learnt yet; the same command goes on from here"):
        data = code.prepare(setup)
    task = code.task(setup, data)
    torch.manual_seed(recipe.seed)
    if model is None:
        model = code.network(task.hyperparameters)
        task.begin(model)
    header = _header(family, task, known, before, from_)
    make_folder(out)
    main = fabric.is_global_zero
    file = RunFile(out, _run(family, given, recipe, header, task, model), _steps(before)) if main else None
    report = Report(console if main else None, out / "log" if main else None, task.labels, file)
    trainer = Trainer(fabric, model, task, recipe, out, header, report)
    if before is not None:
        best = out / BEST
        trainer.resume(before, load_checkpoint(best, family) if best.exists() else None)
        if main:
            console.print(f"Going on with {out / LAST} after step {trainer.state.step}.")
    elif main:
        size = sum(p.numel() for p in model.parameters())
        console.print(
            f"{task.summary()}; {size / 1e6:.2f} M parameters. Ctrl-C ends it early, and keeps what was learnt."
        )
    try:
        with one_sentence(f"What was learnt up to the last save is in {out}; go on with --resume"):
            state = trainer.run()
    except LivehostError as error:
        if file is not None:
            file.ended("failed", str(error))
        raise
    finally:
        report.close()
    if file is not None:
        file.ended(state.finished)
    if main:
        show_outcome(state, task, out, console, further=bool(from_))
        if start is not None:
            best = network(load_checkpoint(out / BEST, family))
            show_verdict(state, task, network(start).eval(), best.eval(), console)
    return state


def _run(
    family: Family,
    given: Mapping[str, Any],
    recipe: TrainingRecipe,
    header: Mapping[str, Any],
    task: Task,
    model: nn.Module,
) -> Run:
    """Say what a run is."""
    labels = {name: getattr(task.labels, name) for name in ("score", "column", "unit", "lower_is_better")}
    return Run(
        family=family.name, kind=family.kind, command=header["command"], settings=settings_of(given),
        recipe=asdict(recipe), hyperparameters=settings_of(header["hyperparameters"]),
        parameters=sum(p.numel() for p in model.parameters()), data=[dict(row) for row in header["data"]],
        labels=labels, seed=recipe.seed,
    )  # fmt: skip


def _steps(before: Mapping[str, Any] | None) -> int:
    """Count the steps that a run to go on with has taken."""
    return int(before["training"]["progress"]["step"]) if before is not None else 0


def _unfinished(family: Family, out: Path, resume: bool | None, from_: str | None) -> dict[str, Any] | None:
    """Read the checkpoint to go on from; None for none."""
    last = out / LAST
    if resume is False or (resume is None and not last.exists()):
        return None
    if not last.exists():
        raise LivehostError(f"There is nothing to resume in {out}: no {LAST}.", 2)
    checkpoint = load_checkpoint(last, family)
    if not _can_be_resumed(checkpoint.get("training")):
        raise cannot_be_resumed(last)
    began = checkpoint.get("from", "")
    if began != (from_ or ""):
        how = f"from {began}" if began else "anew"
        raise LivehostError(f"{out} holds a training that began {how}: take another --out, or --fresh.", 2)
    return checkpoint


def _start(family: Family, from_: str | None, *, resumed: bool) -> dict[str, Any] | None:
    """Read what the training began with; a run that goes on does without where it is gone, and cannot be judged."""
    try:
        return load_start(from_, family) if from_ else None
    except LivehostError:
        if not resumed:
            raise
        return None


def _can_be_resumed(training: Any) -> bool:
    """Tell whether a checkpoint holds all that resuming needs, in the form of this version."""
    try:
        TrainingRecipe(**training["recipe"])
        TrainingState(**training["progress"])
    except (KeyError, TypeError):
        return False
    return {"model", "optimizers"} <= set(training)


def _recipe(family: Family, given: Mapping[str, Any], before: Mapping[str, Any] | None, out: Path) -> TrainingRecipe:
    """Make the recipe: the one that a run to go on with began with, else of what was typed and what is usual."""
    budget = {name: given[name] for name in ("minutes", "steps") if given[name] is not None}
    if before is None:
        usual = family.further if given["from_"] else family.usual
        rate = usual.rate if given["rate"] is None else given["rate"]
        return replace(usual, rate=rate, seed=given["seed"], **budget)
    recipe = replace(TrainingRecipe(**before["training"]["recipe"]), **budget)
    state = TrainingState(**before["training"]["progress"])
    over = Budget(recipe.minutes, recipe.steps, state.step, state.seconds).progress >= 1.0
    if over or state.finished == "early":
        raise LivehostError(
            f"The training in {out} is over: begin anew with --fresh, take another --out, or give it more --minutes.", 2
        )
    return recipe


def _header(
    family: Family,
    task: Task,
    known: Mapping[str, Any] | None,
    before: Mapping[str, Any] | None,
    from_: str | None,
) -> dict[str, Any]:
    """Put together what checkpoints say besides weights and progress."""
    names = {row["name"] for row in task.data}
    earlier = [row for row in (known or {}).get("data", []) if row.get("name") not in names]
    return {
        "kind": family.kind,
        "hyperparameters": dict(task.hyperparameters),
        "data": [*earlier, *task.data],
        "command": _commands(before),
        "from": from_ or "",
        **task.about(),
        **task.probe(),
    }


def _commands(before: Mapping[str, Any] | None) -> str:
    """Write what was typed, behind what was typed before where a training goes on."""
    earlier = [line for line in (before or {}).get("command", "").split(" && ") if line]
    now = shlex.join(["livehost", *sys.argv[1:]])
    return " && ".join(earlier if now in earlier else [*earlier, now])
