"""The table on the terminal."""

from rich.table import Table
from rich.text import Text

from livehost.bench.budgets import Budget, Key, number
from livehost.bench.measure import summary
from livehost.bench.results import SuiteResult

_STYLES = {"ok": "green", "broken": "bold red", "warning": "yellow", "no budget": "dim", "not measured": "magenta"}
_SIGNS = {"ok": "ok", "broken": "BROKEN", "warning": "warning", "no budget": "", "not measured": "not measured"}


def suite_table(result: SuiteResult, budgets: dict[Key, Budget]) -> Table:
    """Show one suite: value, budget, and the whole distribution where there is one."""
    table = Table(
        title=f"{result.name}  ({result.seconds:.1f} s)", title_justify="left", title_style="bold", pad_edge=False
    )
    table.add_column("figure", no_wrap=True)
    table.add_column("", no_wrap=True)
    for column in ("value", "budget", "median", "p99", "max"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("", style="dim", overflow="fold")
    for figure, verdict in zip(result.figures, result.verdicts, strict=True):
        budget, told = budgets.get((result.name, figure.name)), summary(figure.samples)
        spread = [number(told[k]) if told else "" for k in ("median", "p99", "max")]
        sign = Text(_SIGNS[verdict.state], _STYLES[verdict.state])
        bound = "" if budget is None else budget.text().removesuffix(f" {budget.unit}")
        table.add_row(figure.name, sign, f"{number(figure.value)} {figure.unit}", bound, *spread, figure.note)
    return table
