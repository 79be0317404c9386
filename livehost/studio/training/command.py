"""`livehost train bank`."""

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.console import Console

from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.settings import TABLE
from livehost.studio.audio_data.prepare import Prepared, prepare
from livehost.studio.audio_data.recording import Recording, load_recording
from livehost.studio.audio_data.segments import RATE
from livehost.studio.bank_transformer.from_export import load_start
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.sampling import Sampler
from livehost.studio.bank_transformer.split import sides
from livehost.studio.bank_transformer.validation import Validation, score
from livehost.studio.training.checkpoint import BEST, LAST, load_checkpoint, network
from livehost.studio.training.report import Report, shown
from livehost.studio.training.schedule import Clock
from livehost.studio.training.trainer import Progress as Training
from livehost.studio.training.trainer import Recipe, Trainer
from livehost.view.console import make_console
from livehost.view.progress import lasting, progress_bar

#: From nothing, and from a model that knows music already: minutes, hours of music made, peak of the learning rate.
ANEW = {"minutes": 30.0, "hours": 8.0, "rate": 1.5e-3, "evaluations": 25, "patience": 10}
FURTHER = {"minutes": 8.0, "hours": 0.0, "rate": 3e-4, "evaluations": 16, "patience": 6}


def train_bank(
    data: Sequence[Path],
    *,
    from_: str | None = None,
    out: Path = Path("training/bank-transformer"),
    minutes: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    hours: float | None = None,
    cache: Path | None = None,
    batch: int = 2048,
    rate: float | None = None,
    threads: int = 0,
    devices: str = "1",
    nodes: int = 1,
    precision: str = "32-true",
    accelerator: str = "auto",
    strategy: str = "auto",
    resume: bool | None = None,
    hyperparameters: Hyperparameters | None = None,
    console: Console | None = None,
) -> Training:
    """Train a bank transformer on folders of music, or train one further on one's own.

    Parameters
    ----------
    data : sequence of path
        Folders of sounds and MIDI files.
    from_ : str, optional
        Checkpoint, or export by folder or name, to begin with.
    out : path
        Folder of the checkpoints: `best.pt`, `last.pt`, and the curves.
    minutes : float, optional
        Budget; 30, with `from_` 8.
    steps : int, optional
        Budget in steps instead: repeats exactly.
    seed : int
    hours : float, optional
        Of music to be rendered and composed of the data; 8, with `from_` 0.
    cache : path, optional
        Folder of prepared recordings; `OUT/data`.
    batch : int
        Tokens of a batch.
    rate : float, optional
        Peak of the learning rate.
    threads : int
        Of the processor; 0: one per core.
    devices, nodes, precision, accelerator, strategy
        As Lightning Fabric has them.
    resume : bool, optional
        True: go on from `OUT/last.pt`; False: begin anew; None: go on where there is something unfinished.
    hyperparameters : Hyperparameters, optional
        Of a model that begins anew.
    console : Console, optional

    Returns
    -------
    Training
        What came of it.

    Raises
    ------
    LivehostError
        One sentence: data that nothing can be learnt from, a number that is none, a full disk.
    """
    console = console or make_console()
    torch.set_num_threads(threads or os.cpu_count() or 1)
    fabric = _fabric(accelerator=accelerator, devices=devices, nodes=nodes, precision=precision, strategy=strategy)
    fabric.launch()
    before = _unfinished(out, resume, from_)
    start = load_start(from_) if from_ and before is None else None
    usual = FURTHER if from_ else ANEW
    recipe = Recipe(
        minutes=minutes if minutes is not None else usual["minutes"], steps=steps, seed=seed,
        rate=rate if rate is not None else usual["rate"],
        evaluations=int(usual["evaluations"]), patience=int(usual["patience"]),
    )  # fmt: skip
    if before is not None:
        given: dict[str, Any] = {
            name: value for name, value in (("minutes", minutes), ("steps", steps)) if value is not None
        }
        recipe = replace(Recipe(**before["training"]["recipe"]), **given)
        _must_have_time(before, recipe, out)
    then = f"{recipe.steps} steps" if recipe.steps is not None else lasting(60 * recipe.minutes)
    music = usual["hours"] if hours is None else hours
    with fabric.rank_zero_first(), _worth_a_sentence("Nothing is learnt yet; the same command goes on from here"):
        prepared = _prepare(data, cache or out / "data", music, seed, console, f"Preparing, then {then} of training")
    train, valid = sides([load_recording(path) for path in prepared.paths], all_held_out=bool(from_))
    known = before or start
    if known is None:
        mean, scale = standardisation(train)
    else:
        mean, scale = known["mean"].numpy(), known["scale"].numpy()
    sampler = Sampler(train, mean, scale, recipe.seed, fabric.global_rank, tokens=batch)
    validation = Validation(valid, mean, scale)
    torch.manual_seed(recipe.seed)
    model = network(known) if known else BankTransformer(hyperparameters)
    about = _about(mean, scale, prepared, known) | {"command": _commands(before), "from": from_ or ""}
    about |= validation.probe()
    main = fabric.is_global_zero
    report = Report(console if main else None, out / "log" if main else None)
    trainer = Trainer(fabric, model, sampler, validation, recipe, out, about, report)
    if before is not None:
        best = out / BEST
        trainer.resume(before, load_checkpoint(best) if best.exists() else None)
        console.print(f"Going on with {out / LAST} after step {trainer.progress.step}.")
    elif main:
        console.print(_summary(train, valid, model))
    try:
        with _worth_a_sentence(f"What was learnt up to the last save is in {out}; go on with --resume"):
            training = trainer.run()
    finally:
        report.close()
    if main:
        _tell(training, out, console, further=bool(from_))
    return training


def _fabric(accelerator: str, devices: str, nodes: int, precision: str, strategy: str) -> Any:
    """Take hold of the devices.

    Raises
    ------
    LivehostError
        Where there are none of that kind, or they cannot do what is asked.
    """
    from lightning_fabric import Fabric

    try:
        return Fabric(
            accelerator=accelerator, devices=_devices(devices), num_nodes=nodes, precision=precision,  # type: ignore[arg-type]
            strategy=strategy,
        )  # fmt: skip
    except Exception as error:  # of every kind: it asks torch, drivers and other packages
        asked = f"--accelerator {accelerator} --devices {devices} --precision {precision} --strategy {strategy}"
        why = str(error).strip().split(". ")[0].rstrip(".") or type(error).__name__
        raise LivehostError(
            f"Training cannot run with {asked}: {why}; without these options it takes what this computer has.", 2
        ) from error


def _devices(given: str) -> Any:
    """Read a number, a list of numbers, or a word (`auto`)."""
    numbers = given.split(",")
    if not all(number.strip().lstrip("-").isdigit() for number in numbers):
        return given
    return [int(number) for number in numbers] if len(numbers) > 1 else int(given)


def _unfinished(out: Path, resume: bool | None, from_: str | None) -> dict[str, Any] | None:
    """Give the checkpoint to go on from, None for none."""
    last = out / LAST
    if resume is False or (resume is None and not last.exists()):
        return None
    if not last.exists():
        raise LivehostError(f"There is nothing to resume in {out}: no {LAST}.", 2)
    checkpoint = load_checkpoint(last)
    if "training" not in checkpoint:
        raise LivehostError(f"{last} cannot be resumed; begin anew with --fresh, or --from {last}.", 2)
    began = checkpoint.get("from", "")
    if began != (from_ or ""):
        how = f"from {began}" if began else "anew"
        raise LivehostError(f"{out} holds a training that began {how}: take another --out, or --fresh.", 2)
    return checkpoint


def _must_have_time(before: dict[str, Any], recipe: Recipe, out: Path) -> None:
    """Refuse to go on with what is over."""
    progress = before["training"]["progress"]
    clock = Clock(recipe.minutes, recipe.steps, progress["step"], progress["seconds"])
    if clock.progress >= 1.0 or progress["finished"] == "early":
        raise LivehostError(
            f"The training in {out} is over: begin anew with --fresh, take another --out, or give it more --minutes.", 2
        )


@contextmanager
def _worth_a_sentence(kept: str) -> Iterator[None]:
    """End with a sentence where Ctrl-C ends it: what is kept, and what to type."""
    try:
        yield
    except KeyboardInterrupt:
        raise LivehostError(f"Training was stopped. {kept}.", 130) from None


def _prepare(data: Sequence[Path], cache: Path, hours: float, seed: int, console: Console, what: str) -> Prepared:
    with progress_bar(console, what) as progress:
        prepared = prepare(data, cache, hours=hours, seed=seed, workers=os.cpu_count() or 1, progress=progress)
    for name, why in prepared.skipped[:10]:
        console.print(f"Left out: {name} {why}", highlight=False)
    if len(prepared.skipped) > 10:
        console.print(f"… and {len(prepared.skipped) - 10} more.")
    return prepared


def _about(mean: np.ndarray, scale: np.ndarray, prepared: Prepared, known: dict[str, Any] | None) -> dict[str, Any]:
    """Say what a checkpoint says besides its weights."""
    names = {row["name"] for row in prepared.data}
    earlier = [row for row in (known or {}).get("data", []) if row.get("name") not in names]
    return {
        "mean": torch.from_numpy(mean.copy()),
        "scale": torch.from_numpy(scale.copy()),
        "schema": SEGMENT_SCHEMA,
        "rate": RATE,
        "hop_samples": TABLE["listen.hop_samples"].default,
        "frame_samples": TABLE["listen.frame_samples"].default,
        "segment_ms": TABLE["listen.segment_ms"].default,
        "data": earlier + prepared.data,
    }


def _commands(before: dict[str, Any] | None) -> str:
    """Write what was typed, after what was typed before where a training goes on."""
    earlier = [line for line in (before or {}).get("command", "").split(" && ") if line]
    now = shlex.join(["livehost", *sys.argv[1:]])
    return " && ".join(earlier if now in earlier else [*earlier, now])


def _summary(train: Sequence[Recording], valid: Sequence[Recording], model: BankTransformer) -> str:
    hours = sum(r.seconds for r in train) / 3600
    segments = sum(len(stream) for r in train for stream in r.streams)
    size = sum(p.numel() for p in model.parameters())
    return (
        f"Learning from {len(train)} recordings ({hours:.1f} h, {segments:,} segments), "
        f"{len(valid)} held out; {size / 1e6:.2f} M parameters. Ctrl-C ends it early, and keeps what was learnt."
    )


def _tell(training: Training, out: Path, console: Console, *, further: bool) -> None:
    """Say what came of it."""
    if training.best:
        console.print(shown(training.best, training.start if further else None))
    why = {"early": "it got no better any more", "interrupted": "it was stopped; go on with --resume"}
    ended = why.get(training.finished, "the time is up")
    console.print(f"{training.step} steps in {training.seconds / 60:.1f} min; {ended}. The best: {out / BEST}")
    if further:
        console.print(verdict(training))


def verdict(training: Training) -> str:
    """Say whether training further helped, by the recordings held out."""
    if not training.best:
        return "Whether it helped cannot be told: one recording only, and nothing to hold out. Give two or more."
    before, after = score(training.start), score(training.best)
    if training.best_step == 0:
        return f"It did not help: MRR {before:.3f} before, never more after; {BEST} is the model as it was."
    return f"It helped: MRR {before:.3f} before, {after:.3f} after, on recordings that were held out."
