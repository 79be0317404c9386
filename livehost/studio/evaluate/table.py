"""The table of ``livehost evaluate bank``, and its JSON."""

import math
from collections.abc import Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from livehost.studio.evaluate.baselines import BASELINES
from livehost.studio.evaluate.measure import MODEL, Answered
from livehost.studio.evaluate.rows import Row

_HEADINGS = {"own nearest": "own\nnearest", "recent mean": "recent\nmean"}


def table(rows: Sequence[Row]) -> Table:
    """Make the table: MRR of every method, the model against the best baseline, its top-1, top-5 and perplexity."""
    modelled = any(MODEL in row.mrr for row in rows)
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for heading in ("task", "domain"):
        shown.add_column(heading, no_wrap=True)
    for heading in ("record-\nings", "steps"):
        shown.add_column(heading, justify="right")
    methods = [m for m in (MODEL, *BASELINES) if any(m in row.mrr for row in rows)]
    for method in methods:
        shown.add_column(_HEADINGS.get(method, method), justify="right", no_wrap=True)
    if modelled:
        for heading in (
            "× best\nbaseline",
            "95 %",
            "wanted",
            "× of the\nunheard",
            "top-1",
            "top-5",
            "perplexity\n(uniform)",
        ):
            shown.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        cells: list[str | Text] = [row.task, row.domain]
        cells += [f"{row.recordings:,}", f"{row.steps:,}"]
        cells += [_mrr(row, method) for method in methods]
        if modelled:
            cells += [
                Text(f"{row.ratio:.2f}", "green" if row.reached else "red"),
                "–" if math.isnan(row.ratio_low) else f"{row.ratio_low:.2f}–{row.ratio_high:.2f}",
                f"{row.target:g} {'✓' if row.reached else '✗'}",
                f"{row.unheard_ratio:.2f}",
                f"{100 * row.top1:.1f} %",
                f"{100 * row.top5:.1f} %",
                f"{row.perplexity:,.1f} ({row.uniform_perplexity:,.0f})",
            ]
        shown.add_row(*cells)
    return shown


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
