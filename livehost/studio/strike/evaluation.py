"""``livehost evaluate strike``: what is told of strokes on held-out drums, beside methods without a network."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console, RenderableType

from livehost.errors import LivehostError
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds.strike import NAME, StrikeEar, StrikeManifest
from livehost.studio.evaluation.command import Evaluation
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.families import FAMILIES
from livehost.studio.strike.augment import ASKED, LEARNT, detected
from livehost.studio.strike.baseline import baselines
from livehost.studio.strike.breakdown import Part, parts_of, tables_of
from livehost.studio.strike.scores import Answers, intervals, score
from livehost.studio.strike.sounds import SHAPES, SPLITS, StrikeSounds, prepare_sounds
from livehost.view.progress import progress_bar

#: Strokes that methods without a network learn from, at most.
LEARNT_FROM = 8000


@dataclass(frozen=True)
class Row:
    """What one method is worth under one condition.

    Attributes
    ----------
    method, condition : str
    found : dict
        See `livehost.studio.strike.scores.score`.
    intervals : dict of str to tuple
        95 %, over drums.
    """

    method: str
    condition: str
    found: dict[str, float]
    intervals: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class StrikeEvaluation(Evaluation):
    """Results; see `Evaluation`.

    Attributes
    ----------
    rows : list of Row
    strokes, drums : int
        That were asked about.
    missed : dict of str to float
        Condition → share of the strokes that the detector did not find; they are left out.
    confusion : ndarray of int, shape [shapes, shapes], optional
        Of the model, at −30 dB: truth by row, answer by column.
    parts : list of Part
        Where the model tells shapes right, at −30 dB.
    """

    rows: list[Row] = field(default_factory=list)
    strokes: int = 0
    drums: int = 0
    missed: dict[str, float] = field(default_factory=dict)
    confusion: np.ndarray | None = None
    parts: list[Part] = field(default_factory=list)

    def tables(self, _console: Console) -> list[RenderableType]:
        """Make the tables."""
        shown: list[RenderableType] = [f"{self.strokes:,} strokes on {self.drums:,} drums that taught nothing."]
        shown.append(make_table(self.rows, [
            Column("condition", lambda r: r.condition, left=True), Column("method", lambda r: r.method, left=True),
            Column("size R²", lambda r: f"{r.found['size_r2']:.3f}"),
            Column("95 %", lambda r: _span(r.intervals["size_r2"])),
            Column("cents", lambda r: f"{r.found['size_cents']:.0f}"),
            Column("shape %", lambda r: f"{100 * r.found['shape']:.1f}"),
            Column("95 %", lambda r: _span(r.intervals["shape"], 100.0)),
            Column("position", lambda r: f"{r.found['position']:.3f}"),
            Column("R²", lambda r: f"{r.found['position_r2']:.2f}"),
        ]))  # fmt: skip
        if self.confusion is not None:
            share = self.confusion / np.maximum(self.confusion.sum(axis=1, keepdims=True), 1)
            shown.append(make_table(list(zip(SHAPES, share, strict=True)), [
                Column("told as", lambda r: r[0], left=True),
                *(Column(name, lambda r, k=k: f"{100 * r[1][k]:.0f}") for k, name in enumerate(SHAPES)),  # type: ignore[misc]
            ]))  # fmt: skip
        shown += tables_of(self.parts)
        if any(self.missed.values()):
            missed = ", ".join(f"{name} {100 * share:.1f} %" for name, share in self.missed.items())
            shown.append(f"Not found by the onset detector, and left out: {missed}.")
        return shown

    def document(self) -> dict[str, Any]:
        """Give all results as JSON can hold them."""
        return {
            "strokes": self.strokes, "drums": self.drums, "missed": self.missed,
            "rows": [{**asdict(row), "intervals": {k: list(v) for k, v in row.intervals.items()}} for row in self.rows],
            "shapes": list(SHAPES), "confusion": None if self.confusion is None else self.confusion.tolist(),
            "parts": [asdict(part) for part in self.parts],
        }  # fmt: skip


def evaluate_strike(options: Mapping[str, Any], console: Console) -> StrikeEvaluation:
    """Ask a model and methods without a network; see `livehost evaluate strike -h` for the options.

    Raises
    ------
    LivehostError
        Where nothing is held out, or the model cannot be opened.
    """
    if options["split"] not in SPLITS:
        raise LivehostError(f"There is no split {options['split']!r}; choose one of {', '.join(SPLITS)}.", 2)
    model = open_model(options["model"]) if options["model"] else None
    with progress_bar(console, "Preparing") as progress:
        sounds = prepare_sounds(options["cache"], options["drums"], options["strokes"], options["seed"], progress)
    asked, train = sounds.of(options["split"]), sounds.of("train")
    if not len(asked) or not len(train):
        raise LivehostError("Nothing is held out: give more --drums, 10 or more.", 2)
    rng = np.random.default_rng([options["seed"], 7])
    train = train.take(np.sort(rng.permutation(len(train))[:LEARNT_FROM]))
    methods: dict[str, Callable[[np.ndarray], Answers]] = {}
    window, late = detected(train, LEARNT, rng)
    for baseline in baselines(window[np.isfinite(late)], train.take(np.isfinite(late))):
        methods[baseline.name] = baseline.answers
    if model is not None:
        methods[model[0]] = model[1]
    return _measure(methods, asked, rng, console, options["seed"] if model is not None else None)


def _measure(
    methods: Mapping[str, Callable[[np.ndarray], Answers]],
    asked: StrikeSounds,
    rng: np.random.Generator,
    console: Console,
    seed: int | None,
) -> StrikeEvaluation:
    """Ask all methods under all conditions; the last method is the model where the seed of the drums is given."""
    rows, missed, confusion, parts = [], {}, None, list[Part]()
    with progress_bar(console, "Measuring") as progress:
        for number, (name, condition) in enumerate(ASKED.items()):
            progress(number, len(ASKED), name)
            window, late = detected(asked, condition, rng)
            there = np.isfinite(late)
            missed[name] = float(1.0 - there.mean())
            some, window = asked.take(there), window[there]
            if not len(some):
                continue
            for method, answer in methods.items():
                answers = answer(window)
                rows.append(_row(method, name, answers, some))
            if seed is not None and name == "noise −30 dB":
                confusion = np.zeros((len(SHAPES), len(SHAPES)), np.int64)
                np.add.at(confusion, (some.shape, answers.shape), 1)
                parts = parts_of(answers, some, late[there], seed)
                for modal, how in ((True, "by modes"), (False, "by finite differences")):
                    which = some.modal == modal
                    if which.any():
                        part = Answers(answers.size_m[which], answers.shape[which], answers.position[which])
                        rows.append(_row(f"{method}, made {how}", name, part, some.take(which)))
    return StrikeEvaluation(rows, len(asked), len(np.unique(asked.drum)), missed, confusion, parts)


def _row(method: str, condition: str, answers: Answers, sounds: StrikeSounds) -> Row:
    truth = (sounds.size_m, sounds.shape)
    return Row(
        method, condition, score(answers, *truth, sounds.position), intervals(answers, *truth, sounds.drum)
    )  # fmt: skip


def open_model(path: Path) -> tuple[str, Callable[[np.ndarray], Answers]]:
    """Open a checkpoint or an export: its name, and what answers about windows [n, frames].

    Raises
    ------
    LivehostError
        Where it is neither, or tells other shapes than these.
    """
    if path.suffix == ".pt" and path.is_file():
        from livehost.studio.strike.task import answers_of
        from livehost.studio.training.checkpoint import load_checkpoint, network

        checkpoint = load_checkpoint(path, FAMILIES[NAME])
        _same_shapes(path.name, checkpoint["hyperparameters"]["shapes"])
        net = network(checkpoint).eval()
        return path.stem, lambda window: answers_of(net, window)
    manifest: StrikeManifest = read_manifest(find_export(path), NAME)
    _same_shapes(manifest.name, manifest.shapes)
    ear = StrikeEar(manifest)

    def answers(window: np.ndarray) -> Answers:
        heard = [ear.hear(row) for row in window]
        return Answers(
            np.array([one.size_m for one in heard]), np.array([SHAPES.index(one.shape) for one in heard]),
            np.array([one.position for one in heard]),
        )  # fmt: skip

    return manifest.name, answers


def _same_shapes(name: str, shapes: list[str]) -> None:
    if list(shapes) != list(SHAPES):
        raise LivehostError(f"{name} tells {', '.join(shapes)}, and is asked for {', '.join(SHAPES)}: train anew.")


def _span(interval: tuple[float, float], scale: float = 1.0) -> str:
    digits = 1 if scale > 1.0 else 3
    return "…".join(f"{scale * value:.{digits}f}" for value in interval)
