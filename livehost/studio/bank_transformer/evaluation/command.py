"""``livehost evaluate bank``: opens the export, gathers recordings, evaluates all cases."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType

from livehost.errors import LivehostError
from livehost.inference.bank_export import Export
from livehost.inference.export import open_export
from livehost.settings import TABLE
from livehost.studio.audio_data.recording import SPLITS, Recording
from livehost.studio.audio_data.segments import RATE
from livehost.studio.bank_transformer.evaluation.case_results import CaseResult, evaluate_cases
from livehost.studio.bank_transformer.evaluation.cases import MOST_ITEMS, Case, cases
from livehost.studio.bank_transformer.evaluation.recordings import from_cache, from_folder, is_cache, thin
from livehost.studio.bank_transformer.evaluation.results import Row, tabulate
from livehost.studio.bank_transformer.evaluation.scorer import ExportScorer
from livehost.studio.bank_transformer.evaluation.stage import results as stage
from livehost.studio.bank_transformer.evaluation.stage.behaviour import DELAY_MS, Behaviour, behaviour
from livehost.studio.bank_transformer.evaluation.stage.cases import stage_cases
from livehost.studio.bank_transformer.evaluation.stage.methods import MODEL
from livehost.studio.bank_transformer.evaluation.stage.results import StageRow
from livehost.studio.bank_transformer.evaluation.stage.table import behaviour_table, stage_tables
from livehost.studio.bank_transformer.evaluation.table import document, tables
from livehost.studio.evaluation.command import Evaluation
from livehost.view.progress import progress_bar

#: Files that are left out are named up to here.
_NAMED = 8


@dataclass(frozen=True)
class BankEvaluation(Evaluation):
    """Results of an evaluation; see `Evaluation`.

    Attributes
    ----------
    stage : list of StageRow
        As on stage, by bank, domain and mode.
    behaviour : list of Behaviour
        Of the model, or of the nearest player where there is none, by domain.
    rows : list of Row
        Open loop, by task and domain.
    results : list of CaseResult
        Open loop, by case.
    about : dict
        What was asked about, for the JSON.
    title : str
        For the picture.
    """

    stage: list[StageRow]
    behaviour: list[Behaviour]
    rows: list[Row]
    results: list[CaseResult]
    about: dict[str, Any]
    title: str

    def tables(self, console: Console) -> list[RenderableType]:
        """Make the tables: the stage rows first, each table in two where the console is narrow."""
        shown: list[RenderableType] = []
        if self.stage:
            shown += [
                "As on stage: closed loop, peeks, items as a bank measures them.",
                *stage_tables(self.stage, console),
            ]
            shown += [f"What {DELAY_MS:g} ms after a stroke is answered.", behaviour_table(self.behaviour)]
        if self.rows:
            shown += ["Open loop: the truth stands in the context.", *tables(self.rows, console)]
        return shown

    def document(self) -> dict[str, Any]:
        """Give rows and recordings as JSON can hold them."""
        stage = {"stage": [row.plain() for row in self.stage], "behaviour": [row.plain() for row in self.behaviour]}
        return self.about | stage | document(self.rows, self.results)

    def draw(self, path: Path) -> None:
        """Draw MRR and shares among the first k."""
        from livehost.studio.bank_transformer.evaluation.picture import draw

        draw(self.rows, self.results, path, self.title)


def evaluate_bank(options: Mapping[str, Any], console: Console) -> BankEvaluation:
    """Seek the true next sound of recordings among all sounds of their banks.

    Parameters
    ----------
    options : mapping of str to object
        `model`: folder or name of an export; without it the baselines are asked alone. `data`: folders of audio, each
        file of which is a recording (domain “own”, task *continue*), or prepared caches. `cache`: a prepared cache.
        `split`: of a prepared cache. `limit`: at most so many recordings of each domain and its tasks; 0 takes all.
        `events`: of a recording at most, as on stage. `open_loop`: whether the open loop is asked, too. `backend`: what
        runs the model, as for `open_export`.
    console : rich.console.Console
        For progress and remarks.

    Raises
    ------
    LivehostError
        For what cannot be read, or where there is nothing to ask about.
    """
    cache, split = options["cache"], options["split"]
    folders = [*(options["data"] or ()), *([] if cache is None else [cache])]
    if not folders:
        raise LivehostError("There is nothing to ask about: give --data DIR or --cache DIR.", 2)
    if split not in (*SPLITS, "all"):
        raise LivehostError(f"A split is one of {', '.join(SPLITS)} or all, not “{split}”.", 2)
    if not options["open_loop"] and options.get("picture") is not None:
        raise LivehostError("The picture shows the open loop: leave out --stage-only, or --picture.", 2)
    export, settings = _open(options["model"], options["backend"])
    say: Callable[[str], None] = lambda text: console.print(text, markup=False, highlight=False)  # noqa: E731
    recordings = thin(_gather(folders, cache, split, settings, console, say), options["limit"])
    asked = list(cases(recordings))
    if not asked:
        raise LivehostError("There is nothing to ask about: every recording is too short.")
    if options["open_loop"] and (long := sum(max(map(len, r.streams)) > MOST_ITEMS for r in recordings)):
        say(f"{long:,} of {len(recordings):,} recordings are longer than {MOST_ITEMS:,} events: their first are asked.")
    if export is not None:
        say(f"{export.manifest.name}: {export.backend}.")
    about = {
        "model": None if export is None else export.manifest.name,
        "backend": None if export is None else export.backend,
        "data": [str(folder) for folder in folders], "split": split, "limit": options["limit"],
        "events": options["events"],
    }  # fmt: skip
    rows, behaved = _as_on_stage(export, recordings, options["events"], console)
    results = _open_loop(export, recordings, asked, console) if options["open_loop"] else []
    return BankEvaluation(rows, behaved, tabulate(results), results, about, _title(export, recordings))


def _as_on_stage(
    export: Export | None, recordings: Sequence[Recording], events: int, console: Console
) -> tuple[list[StageRow], list[Behaviour]]:
    """Ask everybody in closed loop, then the model alone what a rank does not say."""
    staged, methods = list(stage_cases(recordings, events)), stage.makers(export)
    twice = sum(case.bank == "slices" for case in staged)
    done = 0
    with progress_bar(console, "Playing") as progress:

        def count(name: str) -> None:
            nonlocal done
            done += 1
            progress(done, len(staged) + twice, name)

        rows = stage.tabulate(stage.ask(staged, methods, progress=count))
        behaved = behaviour(staged, methods[MODEL if export is not None else "nearest"], count)
    return rows, behaved


def _open_loop(
    export: Export | None, recordings: Sequence[Recording], asked: Sequence[Case], console: Console
) -> list[CaseResult]:
    """Ask everybody with the truth in the context."""
    scorer = ExportScorer(export) if export is not None else None
    steps, done = sum(len(case.after) for case in asked), 0
    with progress_bar(console, "Asking") as progress:

        def count_steps(name: str, count: int) -> None:
            nonlocal done
            done += count
            progress(done, steps, name)

        return evaluate_cases(scorer, recordings, progress=count_steps)


def _open(model: Path | str | None, backend: str) -> tuple[Export | None, dict[str, float]]:
    """Open an export, and give the settings of segments that go with it."""
    hop, frame = (int(TABLE[key].default) for key in ("listen.hop_samples", "listen.frame_samples"))
    if model is None:
        return None, {}
    export = open_export(model, rate=RATE, hop_samples=hop, frame_samples=frame, backend=backend)
    return export, {"segment_ms": export.manifest.segment_ms}


def _gather(
    folders: Sequence[Path],
    cache: Path | None,
    split: str,
    settings: dict[str, float],
    console: Console,
    say: Callable[[str], None],
) -> list[Recording]:
    recordings: list[Recording] = []
    for folder in folders:
        if not folder.is_dir():
            whence = (
                "; a training leaves one as data in its --out, and --data takes any music" if folder is cache else ""
            )
            raise LivehostError(f"There is no folder {folder}{whence}.", 2)
        if folder is cache or is_cache(folder):
            recordings += from_cache(folder, split)
            continue
        with progress_bar(console, "Listening") as progress:
            found, skipped = from_folder(folder, progress, **settings)
        recordings += found
        for name, why in skipped[:_NAMED]:
            say(f"Left out: {name} ({why}).")
        if len(skipped) > _NAMED:
            say(f"Left out: {len(skipped) - _NAMED:,} more.")
    return recordings


def _title(export: Export | None, recordings: Sequence[Recording]) -> str:
    who = "Baselines" if export is None else export.manifest.name
    return f"{who}  ·  {len(recordings):,} recordings, each a bank of its own sounds: all but the last are candidates"
