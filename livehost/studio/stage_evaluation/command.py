"""``livehost evaluate stage``: plays the tests through the whole stage, shows a table, writes JSON."""

import math
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from livehost.errors import LivehostError
from livehost.settings import TABLE, Settings
from livehost.studio.evaluation.command import Evaluation, files_to_write, show
from livehost.studio.evaluation.json_file import plain
from livehost.studio.evaluation.table import Column, make_table
from livehost.studio.stage_evaluation.figures import Figure
from livehost.studio.stage_evaluation.kits import kits_of, made_kits
from livehost.studio.stage_evaluation.material import own_takes, takes_of
from livehost.studio.stage_evaluation.named_test import wanted_tests
from livehost.studio.stage_evaluation.session import Player
from livehost.studio.stage_evaluation.setup import Setup
from livehost.studio.stage_evaluation.tests import TESTS

#: What everything is held against.
BESIDE = "nearest"


def evaluate_stage(options: Mapping[str, Any], console: Console) -> list[Figure]:
    """Play the tests of the whole stage.

    Parameters
    ----------
    options : mapping of str to object
        `tests`: names of `TESTS`, none for all. `model`: name or folder of an export, None for the default; with
        “nearest” the player without a network is asked alone. `data`: folder of one-shots that kits are drawn from,
        `bank`: folder of the bank, `takes`: folder of music; whatever is not given is made by synthesis. `kits`,
        `strokes`, `seconds`, `count`: how many kits, strokes of each, seconds of a take, takes. `set`: settings, as
        key=value. `json`: file to write.
    console : rich.console.Console

    Returns
    -------
    list of Figure

    Raises
    ------
    LivehostError
        For an unknown test or setting, or what cannot be read.
    """
    wanted = wanted_tests(options["tests"], [test.name for test in TESTS])
    given = given_settings(options["model"], options["set"] or ())
    began, figures = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="livehost-stage-") as root, console.status("…") as status:
        setup = _setup(Path(root), given, options, status.update)
        for test in TESTS:
            if test.name in wanted:
                figures += list(test.run(setup))
    show_figures(figures, setup.player.name, time.monotonic() - began, given, options, console)
    return figures


def show_figures(
    figures: Sequence[Figure], player: str, seconds: float, given: Mapping[str, Any], options: Mapping[str, Any],
    console: Console,
) -> None:  # fmt: skip
    """Print the table and how much of it is as wanted of a player, and write the JSON that is asked for."""
    show(StageEvaluation(figures, player, seconds, given, options), files_to_write(options), console)


@dataclass(frozen=True)
class StageEvaluation(Evaluation):
    """Figures of tests through the stage; see `Evaluation`.

    Attributes
    ----------
    figures : sequence of Figure
    player : str
        Of which player it is told how much is as wanted.
    seconds : float
        That it took.
    given : mapping
        Settings that were given, by key.
    options : mapping
        As they were typed.
    """

    figures: Sequence[Figure]
    player: str
    seconds: float
    given: Mapping[str, Any]
    options: Mapping[str, Any]

    def tables(self, console: Console) -> Sequence[RenderableType]:
        """Make the table, and a sentence."""
        reached = [figure.reached for figure in self.figures if figure.wanted and figure.player == self.player]
        said = f"{sum(reached)} of {len(reached)} as wanted, {self.seconds:.0f} s."
        return stage_table(self.figures, console), Text(said)

    def document(self) -> dict[str, Any]:
        """Give everything as JSON can hold it."""
        return document(self.figures, self.given, self.options)


def given_settings(model: Path | str | None, assignments: Sequence[str]) -> dict[str, Any]:
    """Give the settings of the player that is asked about, by key."""
    settings: dict[str, Any] = {}
    if model is not None:
        settings |= {"player.name": BESIDE} if str(model) == BESIDE else {"player.model": str(model)}
    for text in assignments:
        key, equals, value = text.partition("=")
        if not equals:
            raise LivehostError(f"--set wants key=value, not {text!r}.", 2)
        settings[key.strip()] = Settings.checked(key.strip(), value.strip())
    return settings


def _setup(root: Path, given: Mapping[str, Any], options: Mapping[str, Any], say: Any) -> Setup:
    data, bank = options["data"], options["bank"]
    folder, number = root / "kits", options["kits"]
    kits = made_kits(folder, number, bank) if data is None else kits_of(data, folder, number, bank)
    seconds, count = options["seconds"], options["count"]
    takes = own_takes(seconds, count) if options["takes"] is None else takes_of(options["takes"], seconds, count)
    beside = {key: value for key, value in given.items() if key != "player.model"}
    beside |= {"player.name": BESIDE, "player.memory": 0.0}
    return Setup(
        Player(root, given), Player(root, beside), kits, takes, bank or kits[0].bank, options["strokes"], root, say
    )


def document(figures: Sequence[Figure], given: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Give everything as JSON can hold it."""
    rows = [
        {
            "test": f.test, "name": f.name, "player": f.player, "value": plain(float(f.value)), "unit": f.unit,
            "least": plain(float(f.least)), "most": plain(float(f.most)), "reached": bool(f.reached), "note": f.note,
        }
        for f in figures
    ]  # fmt: skip
    asked = {key: str(value) if isinstance(value, Path) else value for key, value in options.items() if key != "json"}
    defaults = {key: TABLE[key].default for key in TABLE if key.startswith(("player.", "listen."))}
    return {"options": asked, "settings": dict(given), "defaults": defaults, "figures": rows}


def stage_table(figures: Sequence[Figure], console: Console) -> Table:
    """Make the table: a row for each figure, a column for each player; with notes where the console is wide enough."""
    players = list(dict.fromkeys(figure.player for figure in figures))
    rows: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in figures:
        rows.setdefault((figure.test, figure.name), {})[figure.player] = figure

    def value(who: str) -> Any:
        return lambda row: _value(row[who], judged=who == players[0]) if who in row else Text("")

    def first(row: dict[str, Figure]) -> Figure:
        return next(iter(row.values()))

    names = [
        Column("test", lambda row: first(row).test, left=True),
        Column("", lambda row: first(row).name, left=True),
        Column("", lambda row: first(row).unit, left=True),
        *(Column(who, value(who)) for who in players),
        Column("wanted", lambda row: first(row).wanted),
    ]
    notes = [Column("", lambda row: f"  {first(row).note}", left=True)]
    whole = make_table(list(rows.values()), [*names, *notes])
    if console.measure(whole, options=console.options.update(max_width=1000)).maximum <= console.width:
        return whole
    return make_table(list(rows.values()), names)


def _value(figure: Figure, *, judged: bool) -> Text:
    text = "–" if math.isnan(figure.value) else "∞" if math.isinf(figure.value) else f"{figure.value:.3g}"
    return Text(text, "" if not (judged and figure.wanted) else "green" if figure.reached else "red")
