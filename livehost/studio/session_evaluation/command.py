"""``livehost evaluate session``: plays evenings, learns from their first halves, shows a table, writes JSON."""

import math
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from livehost.errors import LivehostError
from livehost.inference.export import DEFAULT_EXPORT
from livehost.studio.evaluation.command import Evaluation, files_to_write, show
from livehost.studio.evaluation.json_file import plain
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.families import FAMILIES
from livehost.studio.session_evaluation.measure import Gain, falls, gain, second_half
from livehost.studio.session_evaluation.sessions import cut_session, one_take, play_session, usual_sounds
from livehost.studio.stage_evaluation.kits import made_bank
from livehost.studio.stage_evaluation.material import own_takes, takes_of
from livehost.studio.training.checkpoint import BEST, load_checkpoint, load_start, network
from livehost.studio.training.launch import train

#: Sets of which the second half is to be better, or the command says that it cannot tell; and how much less likely a
#: rejected sound is to be.
BETTER, OF, FALL = 3, 5, 4.0
#: Sounds that the listener of an evening dislikes.
DISLIKED = 2


@dataclass(frozen=True)
class EveningResult:
    """What came of one set of takes.

    Attributes
    ----------
    name : str
    gain : Gain
        On the second half.
    fall : float
        How many times less likely the rejected sounds are in like contexts of another evening, geometric mean; NaN
        where there are none.
    contexts, verdicts : int
        How many of these there are, and verdicts in the first half.
    minutes : float
        That learning took.
    """

    name: str
    gain: Gain
    fall: float
    contexts: int
    verdicts: int
    minutes: float


def evaluate_session(options: Mapping[str, Any], console: Console) -> list[EveningResult]:
    """Play sets of takes as sessions, learn from the first half of each, and ask about the second.

    Parameters
    ----------
    options : mapping of str to object
        `takes`: folders, each a set of takes; none: takes by synthesis. `model`: export to train further. `bank`:
        folder of sounds that answer. `minutes`, `steps`: budget of each training. `seconds`, `count`: of a take, takes
        of a set. `threads`: of each training. `json`: file to write.
    console : rich.console.Console

    Raises
    ------
    LivehostError
        For what cannot be read.
    """
    files = files_to_write(options)
    model, family = str(options["model"] or DEFAULT_EXPORT), FAMILIES["bank"]
    start_row = load_start(model, family)
    start = network(start_row).eval()
    mean, scale = (start_row[name].numpy() for name in ("mean", "scale"))
    results = []
    with tempfile.TemporaryDirectory(prefix="livehost-session-") as name:
        root = Path(name)
        bank = options["bank"] or made_bank(root / "bank")
        sets = _sets(options)
        played: list[tuple[str, Path, int]] = []
        for title, takes in sets:
            sound, half = one_take(takes)
            folder = play_session(sound, bank, root / str(len(played)), {"player.model": model})
            played.append((title, folder, half))
        for number, (title, folder, half) in enumerate(played):
            disliked = usual_sounds(folder, half, DISLIKED)
            verdicts = cut_session(folder, root / f"half-{number}", half, disliked)
            began = time.monotonic()
            out = root / f"training-{number}"
            given = {"session": [root / f"half-{number}"], "from_": model, "out": out, "threads": options["threads"]}
            given |= {key: options[key] for key in ("minutes", "steps") if options[key] is not None}
            console.print(f"{title}: learning from the first half …", highlight=False, markup=False)
            train(family, given, console=console)
            minutes = (time.monotonic() - began) / 60
            tuned = network(load_checkpoint(out / BEST, family)).eval()
            gained = gain(second_half(folder, half, mean, scale), start, tuned)
            other = played[(number + 1) % len(played)][1]
            fallen = falls(other, disliked, start, tuned, mean, scale)
            fall = float(np.exp(np.mean([np.log(ratio) for _, ratio, _ in fallen]))) if fallen else math.nan
            results.append(EveningResult(title, gained, fall, sum(n for *_, n in fallen), verdicts, minutes))
            console.print(session_table(results[-1:]))
    show(SessionEvaluation(results, options), files, console)
    return results


@dataclass(frozen=True)
class SessionEvaluation(Evaluation):
    """What came of each set of takes; see `Evaluation`.

    Attributes
    ----------
    results : list of EveningResult
    options : mapping
        As they were typed.
    """

    results: list[EveningResult]
    options: Mapping[str, Any]

    def tables(self, _console: Console) -> Sequence[RenderableType]:
        """Make the table, and a sentence."""
        return session_table(self.results), Text(summary(self.results))

    def document(self) -> dict[str, Any]:
        """Give everything as JSON can hold it."""
        return document(self.results, self.options)


def _sets(options: Mapping[str, Any]) -> list[tuple[str, Any]]:
    seconds, count = options["seconds"], options["count"]
    folders = options["takes"] or []
    if len({folder.name for folder in folders}) < len(folders):
        raise LivehostError("Two sets of takes have the same name.", 2)
    if folders:
        return [(folder.name, takes_of(folder, seconds, count)) for folder in folders]
    return [(take.name, [take]) for take in own_takes(seconds, count)]


def summary(results: list[EveningResult]) -> str:
    """Say what was reached, in a sentence."""
    said = [result.gain.verdict for result in results]
    counts = ", ".join(f"{said.count(word)} {word}" for word in ("better", "cannot tell", "worse") if word in said)
    known = [result.fall for result in results if not math.isnan(result.fall)]
    fell = sum(fall >= FALL for fall in known)
    return (
        f"The second halves: {counts} (wanted: {BETTER} of {OF} better, or that it cannot be told, and none worse). "
        f"Rejected sounds fell by {FALL:g} times or more in {fell} of {len(known)}."
    )


def session_table(results: list[EveningResult]) -> Table:
    """Make the table: a row for each set."""
    columns = [
        Column("takes", lambda r: r.name, left=True),
        Column("MRR before", lambda r: _number(r.gain.before)),
        Column("after", lambda r: _number(r.gain.after)),
        Column("ratio", lambda r: f"{r.gain.ratio:.2f}"),
        Column("95 %", lambda r: f"{r.gain.low:.2f}–{r.gain.high:.2f}"),
        Column("", lambda r: f"  {r.gain.verdict}", left=True),
        Column("verdicts", lambda r: str(r.verdicts)),
        Column("rejected falls", lambda r: "–" if math.isnan(r.fall) else f"{r.fall:.1f} ×"),
        Column("contexts", lambda r: str(r.contexts)),
        Column("min", lambda r: f"{r.minutes:.1f}"),
    ]
    return make_table(results, columns)


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def document(results: list[EveningResult], options: Mapping[str, Any]) -> dict[str, Any]:
    """Give everything as JSON can hold it."""
    asked = {key: str(value) if value is not None else None for key, value in options.items() if key != "json"}
    rows = []
    for result in results:
        row = asdict(result)
        row["gain"] = {key: plain(value) for key, value in row["gain"].items()} | {"verdict": result.gain.verdict}
        rows.append(row | {"fall": plain(result.fall)})
    return {"options": asked, "sets": rows}
