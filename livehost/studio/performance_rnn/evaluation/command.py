"""``livehost evaluate performance``: opens the models, cuts held-out pieces, measures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rich.console import Console, RenderableType

from livehost.errors import LivehostError
from livehost.performance.stream import encode
from livehost.studio.evaluation.command import Evaluation
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.performance_rnn.choose import Choice
from livehost.studio.performance_rnn.dataset import SPLITS, Performance, read_material
from livehost.studio.performance_rnn.evaluation.answer import (
    FOLLOWS,
    Agreement,
    Listening,
    agreement,
    cases,
    listening,
)
from livehost.studio.performance_rnn.evaluation.control import DENSITY_S, HISTOGRAM_S, Control, control, histograms
from livehost.studio.performance_rnn.evaluation.likelihood import Row, lines_of, measure, score_model, score_ngram
from livehost.studio.performance_rnn.evaluation.ngram import NGram
from livehost.studio.performance_rnn.steps import Model, open_model
from livehost.view.progress import progress_bar

#: Stretches of an answer that are asked about by likelihood, and those that are played.
ANSWERS, PLAYED = 24, 8
#: Order of the larger n-gram.
ORDER = 4


@dataclass(frozen=True)
class PerformanceEvaluation(Evaluation):
    """Results; see `Evaluation`.

    Attributes
    ----------
    rows : list of Row
        Nats per event, of each method.
    listening : list of Listening
        Of each model.
    agreement : list of Agreement
        Of the first model in the closed loop, by follow.
    control : list of Control
        Of the first model; none where it did not play.
    about : dict
        What was asked about, for the JSON.
    """

    rows: list[Row]
    listening: list[Listening] = field(default_factory=list)
    agreement: list[Agreement] = field(default_factory=list)
    control: list[Control] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)

    def tables(self, _console: Console) -> list[RenderableType]:
        """Make the tables."""
        names = list(dict.fromkeys(name for row in self.rows for name in row.classes))
        columns = [
            Column("alone", lambda r: r.method, left=True), Column("nats/event", lambda r: f"{r.nats:.3f}"),
            Column("95 %", lambda r: f"{r.low:.2f}…{r.high:.2f}"),
            Column("bits/s", lambda r: f"{r.bits_per_second:.1f}"),
            *(Column(n, lambda r, n=n: f"{r.classes[n]:.2f}") for n in names),  # type: ignore[misc]
        ]  # fmt: skip
        shown: list[RenderableType] = [make_table(self.rows, columns)]
        if self.listening:
            shown.append(make_table(self.listening, [
                Column("answer", lambda r: r.method, left=True), Column("nats/event", lambda r: f"{r.nats:.3f}"),
                Column("other hand", lambda r: f"{r.nats_other:.3f}"),
                Column("gain", lambda r: f"{r.nats_other - r.nats:+.3f}"),
                Column("of a note-on", lambda r: f"{r.notes_other - r.notes:+.3f}"),
            ]))  # fmt: skip
        if self.agreement:
            shown.append(make_table(self.agreement, [
                Column("follow", lambda r: f"{r.follow:g}"), Column("cosine", lambda r: f"{r.heard:.3f}"),
                Column("other piece", lambda r: f"{r.other:.3f}"),
                Column("gain", lambda r: f"{r.heard - r.other:+.3f}"),
                Column("notes/s", lambda r: f"{r.notes_per_second:.1f}"),
                Column("heard/s", lambda r: f"{r.heard_per_second:.1f}"),
            ]))  # fmt: skip
        for c in self.control:
            pairs = ", ".join(f"{asked:g} → {played:.1f}" for asked, played in c.densities)
            shown.append(
                f"Asked pitch classes over {HISTOGRAM_S:g} s: correlation {c.correlation:.3f}, the least "
                f"{min(row[2] for row in c.histograms):.3f} of {len(c.histograms)}."
            )
            shown.append(
                f"Asked density over {DENSITY_S:g} s: rank correlation {c.rank_correlation:.3f}; notes/s {pairs}."
            )
        return shown

    def document(self) -> dict[str, Any]:
        """Give all results as JSON can hold them."""
        return self.about | {
            "alone": [row.plain() for row in self.rows],
            "answer": [row.plain() for row in self.listening],
            "agreement": [row.plain() for row in self.agreement],
            "control": [c.plain() for c in self.control],
        }


def evaluate_performance(options: Mapping[str, Any], console: Console) -> PerformanceEvaluation:
    """Measure models on held-out pieces; see `livehost evaluate performance -h` for the options.

    Raises
    ------
    LivehostError
        Where nothing is held out, or a model cannot be opened.
    """
    if options["split"] not in SPLITS:
        raise LivehostError(f"There is no split {options['split']!r}; choose one of {', '.join(SPLITS)}.", 2)
    paths = [*([options["model"]] if options["model"] else []), *(options["beside"] or [])]
    models = [open_model(path) for path in paths]
    choice = Choice(options["temperature"], 0, options["top_p"])
    with progress_bar(console, "Reading the performances") as progress:
        material = read_material(options["data"] or [], options["cache"], progress)
    asked = material.of(options["split"])
    if options["limit"]:
        asked = _spread(asked, options["limit"])
    if not asked:
        raise LivehostError("Nothing is held out there: give more pieces, or --split all.", 2)
    lines = lines_of(asked, options["events"])
    train = [encode(p.notes).events for p in material.of("train")]
    found = PerformanceEvaluation([], about={
        "split": options["split"], "performances": [p.name for p in asked], "models": [m.about for m in models],
    })  # fmt: skip
    work: list[tuple[str, Callable[[], Any]]] = []

    def measure_ngram(order: int) -> None:
        ngram = NGram(order, train)
        found.rows.append(measure(ngram.name, score_ngram(ngram), lines))

    def measure_model(model: Model) -> None:
        found.rows.append(measure(model.name, score_model(model), lines))

    def ask_answers(model: Model) -> None:
        found.listening.append(listening(model, cases(asked, ANSWERS)))

    work += [(f"{order}-gram", partial(measure_ngram, order)) for order in (1, ORDER)]
    work += [(model.name, partial(measure_model, model)) for model in models]
    if options["answer"] and len({p.piece for p in asked}) > 1:
        work += [(f"{model.name}, answers", partial(ask_answers, model)) for model in models]
    if options["closed_loop"] and models:
        work += _closed_loop(models[0], asked, choice, found)
    with progress_bar(console, "Measuring") as progress:
        for number, (name, ask) in enumerate(work):
            progress(number, len(work), name)
            ask()
    return found


def _closed_loop(
    model: Model, asked: Sequence[Performance], choice: Choice, found: PerformanceEvaluation
) -> list[tuple[str, Callable[[], Any]]]:
    """List what a model is to play."""
    played = cases(asked, PLAYED)

    def follow(share: float) -> None:
        found.agreement.append(agreement(model, played, share, choice))

    def obey() -> None:
        found.control.append(control(model, histograms(asked), choice))

    following = [(f"follow {share:g}", partial(follow, share)) for share in FOLLOWS] if played else []
    return [*following, ("control", obey)]


def _spread(performances: Sequence[Performance], limit: int) -> list[Performance]:
    """Take so many performances, of as many pieces as there are."""
    by_piece: dict[str, list[Performance]] = {}
    for p in performances:
        by_piece.setdefault(p.piece, []).append(p)
    rounds = [p for k in range(limit) for rows in by_piece.values() for p in rows[k : k + 1]]
    return rounds[:limit]
