"""The tables of the stage rows, and of the behaviour."""

import math
from collections.abc import Sequence
from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

from livehost.studio.bank_transformer.evaluation.stage.behaviour import FOLLOWS, RUN_AT_MOST, SAME_AT_MOST, Behaviour
from livehost.studio.bank_transformer.evaluation.stage.methods import BASELINES, MODEL, MODEL_ALONE
from livehost.studio.bank_transformer.evaluation.stage.results import StageRow
from livehost.studio.evaluation.table import Column, fitting_tables, make_table

_HEADINGS = {"successor": "succes-\nsor", MODEL_ALONE: "model\nalone"}


def stage_tables(rows: Sequence[StageRow], console: Console) -> list[Table]:
    """Make the table of the rows: MRR of every method, then right answers, and the model beside the best other."""
    names = [
        Column("bank", lambda row: row.bank, left=True), Column("domain", lambda row: row.domain, left=True),
        Column("answer\nafter", lambda row: row.mode, left=True),
    ]  # fmt: skip
    methods = [m for m in (MODEL, MODEL_ALONE, *BASELINES) if any(m in row.mrr for row in rows)]
    asked = [
        Column("record-\nings", lambda row: f"{row.recordings:,}"), Column("asked", lambda row: f"{row.asked:,}"),
        *(Column(f"MRR\n{_HEADINGS.get(m, m)}", partial(_mrr, method=m)) for m in methods),
    ]  # fmt: skip
    shares = [Column(f"right %\n{_HEADINGS.get(m, m)}", partial(_right, method=m)) for m in methods]
    verdict = [*shares, *_VERDICT] if MODEL in methods else shares
    return fitting_tables(rows, names, asked, verdict, console)


def behaviour_table(rows: Sequence[Behaviour]) -> Table:
    """Make the table of the behaviour."""
    return make_table(rows, [
        Column("domain", lambda row: row.domain, left=True),
        Column("record-\nings", lambda row: f"{row.recordings:,}"),
        *(Column(f"bits at\nfollow {follow:g}", partial(_bits, follow=follow)) for follow in FOLLOWS),
        Column("of", lambda row: f"{row.most:.2f}"),
        Column("rises", lambda row: Text("✓" if row.rises else "✗", "green" if row.rises else "red")),
        Column("same for other\nsounds, %", lambda row: _judged(f"{100 * row.same:.0f}", row.same <= SAME_AT_MOST)),
        Column("different\nsounds, %", lambda row: f"{100 * row.distinct:.0f}"),
        Column("longest\nrun", lambda row: _judged(str(row.run), row.run <= RUN_AT_MOST)),
    ])  # fmt: skip


_VERDICT = [
    Column("× best\nother", lambda row: "–" if math.isnan(row.ratio) else _judged(f"{row.ratio:.2f}", row.reached)),
    Column("95 %", lambda row: "–" if math.isnan(row.ratio_low) else f"{row.ratio_low:.2f}–{row.ratio_high:.2f}"),
    Column("wanted", lambda row: f"{row.target:g} {'✓' if row.reached else '✗'}"),
]


def _judged(text: str, good: bool) -> Text:
    return Text(text, "green" if good else "red")


def _mrr(row: StageRow, method: str) -> Text:
    value = row.mrr.get(method)
    return Text("–" if value is None else f"{value:.3f}", "bold" if method in (MODEL, row.best) else "")


def _right(row: StageRow, method: str) -> str:
    value = row.top1.get(method)
    return "–" if value is None else f"{100 * value:.1f}"


def _bits(row: Behaviour, follow: float) -> str:
    return f"{row.bits[follow]:.2f}"
