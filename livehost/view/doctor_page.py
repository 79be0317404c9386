"""The page of ``livehost doctor``: a line for each finding, its remedy below it."""

from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from livehost.doctor.checks import is_safe
from livehost.doctor.finding import Looked

_MARKS = {
    "good": ("✓", "green"),
    "note": ("·", "bright_black"),
    "warning": ("!", "yellow"),
    "unsafe": ("✗", "bold red"),
}
#: From this width on, names stand in a column of their own.
_WIDE = 60


def doctor_page(page: list[Looked], width: int) -> Group:
    """Lay out what was found, at any width."""
    rows = Table.grid(padding=(0, 1))
    wide = width >= _WIDE
    rows.add_column(no_wrap=True)
    if wide:
        rows.add_column(no_wrap=True, style="bold")
    rows.add_column(overflow="fold")
    for looked in page:
        for finding in looked.findings:
            mark, style = _MARKS[finding.state]
            text = Text() if wide else Text(f"{looked.name}: ", "bold")
            text.append(finding.found, "not bold")
            if finding.remedy:
                text.append(f"\n→ {finding.remedy}", "not bold cyan")
            rows.add_row(Text(mark, style), *([looked.name] if wide else []), text)
    return Group(rows, Text(verdict(page), "bold green" if is_safe(page) else "bold red"))


def verdict(page: list[Looked]) -> str:
    """Say in a sentence whether the show is safe."""
    states = [finding.state for looked in page for finding in looked.findings]
    unsafe, warnings = states.count("unsafe"), states.count("warning")
    if unsafe:
        return f"The show is NOT safe: {unsafe} of {len(states)} findings say so."
    return f"The show is safe{f'; {warnings} findings may be heard' if warnings else ''}."


def doctor_json(page: list[Looked]) -> dict[str, Any]:
    """Give the page as plain values."""
    checks = [
        {"check": looked.name, "state": f.state, "found": f.found, "remedy": f.remedy}
        for looked in page for f in looked.findings
    ]  # fmt: skip
    return {"safe": is_safe(page), "findings": checks}
