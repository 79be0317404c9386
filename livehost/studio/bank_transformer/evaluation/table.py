"""The tables of ``livehost evaluate bank``, and its JSON."""

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from livehost.studio.bank_transformer.evaluation.baselines import BASELINES
from livehost.studio.bank_transformer.evaluation.case_results import MODEL, CaseResult
from livehost.studio.bank_transformer.evaluation.results import Row
from livehost.studio.evaluation.table import Column, fitting_tables, make_table

_HEADINGS = {"own nearest": "own\nnearest", "recent mean": "recent\nmean", "successor": "succes-\nsor"}


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
    names = [Column("task", lambda row: row.task, left=True), Column("domain", lambda row: row.domain, left=True)]
    asked = [
        Column("record-\nings", lambda row: f"{row.recordings:,}"),
        Column("steps", lambda row: f"{row.steps:,}"),
        *(
            Column(_HEADINGS.get(method, method), partial(_mrr, method=method))
            for method in (MODEL, *BASELINES)
            if any(method in row.mrr for row in rows)
        ),
    ]
    if not any(MODEL in row.mrr for row in rows):
        return [make_table(rows, names + asked)]
    return fitting_tables(rows, names, asked, _VERDICT, console)


_VERDICT = [
    Column("× best\nbaseline", lambda row: Text(f"{row.ratio:.2f}", "green" if row.reached else "red")),
    Column("95 %", lambda row: "–" if math.isnan(row.ratio_low) else f"{row.ratio_low:.2f}–{row.ratio_high:.2f}"),
    Column("wanted", lambda row: f"{row.target:g} {'✓' if row.reached else '✗'}"),
    Column("× of the\nunheard", lambda row: f"{row.unheard_ratio:.2f}"),
    Column("top-1\n%", lambda row: f"{100 * row.top1:.1f}"),
    Column("top-5\n%", lambda row: f"{100 * row.top5:.1f}"),
    Column("perplex.\n(uniform)", lambda row: f"{row.perplexity:,.0f} ({row.uniform_perplexity:,.0f})"),
]


def _mrr(row: Row, method: str) -> Text:
    value = row.mrr.get(method)
    return Text("–" if value is None else f"{value:.3f}", "bold" if method in (MODEL, row.best) else "")


def document(rows: Sequence[Row], results: Sequence[CaseResult], **about: Any) -> dict[str, Any]:
    """Give everything as JSON can hold it: rows, and each recording's MRR by method."""
    recordings = [
        {
            "recording": a.recording, "domain": a.domain, "task": a.task,
            "steps": len(next(iter(a.ranks.values())).above),
            "mrr": {name: round(float(ranks.reciprocal().mean()), 6) for name, ranks in a.ranks.items()},
        }
        for a in results
    ]  # fmt: skip
    return {**about, "rows": [row.plain() for row in rows], "recordings": recordings}
