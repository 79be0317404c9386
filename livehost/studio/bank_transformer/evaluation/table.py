"""The table of ``livehost evaluate bank``, and its JSON."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from livehost.studio.bank_transformer.evaluation.baselines import BASELINES
from livehost.studio.bank_transformer.evaluation.measure import MODEL, Answered
from livehost.studio.bank_transformer.evaluation.results import Row

_HEADINGS = {"own nearest": "own\nnearest", "recent mean": "recent\nmean", "successor": "succes-\nsor"}


@dataclass(frozen=True)
class _Column:
    heading: str
    show: Callable[[Row], str | Text]
    left: bool = False


def tables(rows: Sequence[Row], console: Console) -> list[Table]:
    """Make the table: MRR of every method, the model against the best baseline, its top-1, top-5 and perplexity.

    Parameters
    ----------
    rows : sequence of Row
    console : rich.console.Console
        Where it is shown.

    Returns
    -------
    list of Table
        One, or two where it is too narrow for that.
    """
    names = [_Column("task", lambda row: row.task, left=True), _Column("domain", lambda row: row.domain, left=True)]
    asked = [
        _Column("record-\nings", lambda row: f"{row.recordings:,}"),
        _Column("steps", lambda row: f"{row.steps:,}"),
        *(
            _Column(_HEADINGS.get(method, method), partial(_mrr, method=method))
            for method in (MODEL, *BASELINES)
            if any(method in row.mrr for row in rows)
        ),
    ]
    if not any(MODEL in row.mrr for row in rows):
        return [_table(rows, names + asked)]
    whole = _table(rows, names + asked + _VERDICT)
    if console.measure(whole, options=console.options.update(max_width=1000)).maximum <= console.width:
        return [whole]
    return [_table(rows, names + asked), _table(rows, names + _VERDICT)]


def _table(rows: Sequence[Row], columns: Sequence[_Column]) -> Table:
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=0)
    for column in columns:
        shown.add_column(column.heading, justify="left" if column.left else "right", no_wrap=True)
    for row in rows:
        shown.add_row(*(column.show(row) for column in columns))
    return shown


_VERDICT = [
    _Column("× best\nbaseline", lambda row: Text(f"{row.ratio:.2f}", "green" if row.reached else "red")),
    _Column("95 %", lambda row: "–" if math.isnan(row.ratio_low) else f"{row.ratio_low:.2f}–{row.ratio_high:.2f}"),
    _Column("wanted", lambda row: f"{row.target:g} {'✓' if row.reached else '✗'}"),
    _Column("× of the\nunheard", lambda row: f"{row.unheard_ratio:.2f}"),
    _Column("top-1\n%", lambda row: f"{100 * row.top1:.1f}"),
    _Column("top-5\n%", lambda row: f"{100 * row.top5:.1f}"),
    _Column("perplex.\n(uniform)", lambda row: f"{row.perplexity:,.0f} ({row.uniform_perplexity:,.0f})"),
]


def _mrr(row: Row, method: str) -> Text:
    value = row.mrr.get(method)
    return Text("–" if value is None else f"{value:.3f}", "bold" if method in (MODEL, row.best) else "")


def document(rows: Sequence[Row], answered: Sequence[Answered], **about: Any) -> dict[str, Any]:
    """Give everything as JSON can hold it: rows, and each recording's MRR by method."""
    recordings = [
        {
            "recording": a.recording, "domain": a.domain, "task": a.task,
            "steps": len(next(iter(a.ranks.values())).above),
            "mrr": {name: round(float(ranks.reciprocal().mean()), 6) for name, ranks in a.ranks.items()},
        }
        for a in answered
    ]  # fmt: skip
    return {**about, "rows": [row.plain() for row in rows], "recordings": recordings}
