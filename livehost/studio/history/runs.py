"""Training runs under a folder, and two side by side: settings that differ, first, last and best figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from livehost.errors import LivehostError
from livehost.studio.training.run_file import RUN, Run, read_run
from livehost.view.plain import number
from livehost.view.progress import lasting

#: How deep runs are looked for: data that lies beside them may be a great many files.
_DEPTH = 3
#: Options that say where something lies, and not what is learnt.
_PLACES = ("out", "resume")


@dataclass(frozen=True)
class Found:
    """A run in a folder; `run` is None where its file cannot be read, and `why` says why."""

    folder: Path
    run: Run | None
    why: str = ""


def find_runs(folder: Path) -> list[Found]:
    """List the runs under a folder, the newest first.

    Raises
    ------
    LivehostError
        Where there is no such folder, or no run in it.
    """
    if not folder.is_dir():
        raise LivehostError(f"There is no folder {folder}.", 2)
    found = []
    for depth in range(_DEPTH + 1):
        for path in folder.glob("/".join(["*"] * depth + [RUN])):
            try:
                found.append(Found(path.parent, read_run(path.parent)))
            except LivehostError as error:
                found.append(Found(path.parent, None, str(error)))
    if not found:
        raise LivehostError(f"There is no training run in {folder}: none of its folders has a {RUN}.", 2)
    return sorted(found, key=lambda one: one.run.began if one.run is not None else "", reverse=True)


def why_ended(run: Run) -> str:
    """Say why a run has ended, or that it has not."""
    if not run.ended:
        return "goes on, or was killed"
    return str(run.progress.get("finished") or "failed")


def history_table(found: list[Found], folder: Path) -> Iterator[RenderableType]:
    """List runs: when, what, how long, how good."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("run", "family", "began", "steps", "took", "score", "first", "last", "best", "ended"):
        table.add_column(column, justify="right" if column in ("steps", "took", "first", "last", "best") else "left")
    for one in found:
        run = one.run
        if run is None:
            continue
        last = run.curve[-1] if run.curve else {}
        table.add_row(
            _name(one.folder, folder), run.family, run.began[:16].replace("T", " "), str(last.get("step", 0)),
            lasting(last.get("seconds", 0.0)), run.labels["score"],
            *(number(row.get("score"), 3) for row in (run.first, last, run.best)), why_ended(run),
        )  # fmt: skip
    yield table
    for one in found:
        if one.why:
            yield Text(one.why)
        elif one.run is not None and one.run.error:
            yield Text(f"{_name(one.folder, folder)}: {one.run.error}")


def _name(run: Path, folder: Path) -> str:
    return str(run.relative_to(folder)) if run != folder else run.name


def compare_tables(a: tuple[Path, Run], b: tuple[Path, Run]) -> Iterator[RenderableType]:
    """Show two runs side by side: what differs, then their figures."""
    (one_folder, one), (other_folder, other) = a, b
    names = str(one_folder), str(other_folder)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("", *names):
        table.add_column(column)
    for name, first, second in differences(one, other):
        table.add_row(name, first, second)
    yield Text("What differs" if table.row_count else "Nothing differs in what they are.", "bold")
    if table.row_count:
        yield table
    figures = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("figures", *names):
        figures.add_column(column, justify="left" if column == "figures" else "right")
    for name, first, second in _figures(one, other):
        figures.add_row(name, first, second)
    yield figures
    for name, run in zip(names, (one, other), strict=True):
        yield Text(f"{name}: {run.command}")


def differences(one: Run, other: Run) -> Iterator[tuple[str, str, str]]:
    """Give what differs between two runs: name, and what each has."""
    for name in ("family", "livehost", "revision", "parameters"):
        first, second = getattr(one, name), getattr(other, name)
        if first != second:
            yield name, str(first), str(second)
    for name in ("settings", "recipe", "hyperparameters", "versions"):
        yield from _differ(name, getattr(one, name), getattr(other, name))
    if one.data != other.data:
        yield "data", _told(one.data), _told(other.data)


def _differ(group: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in dict.fromkeys((*one, *other)):
        first, second = one.get(key, "–"), other.get(key, "–")
        if first != second and not (group == "settings" and key in _PLACES):
            yield f"{group}: {key}", str(first), str(second)


def _told(data: list[dict[str, Any]]) -> str:
    return ", ".join(f"{row.get('name')} {row.get('recordings', '')}".strip() for row in data)


def _figures(one: Run, other: Run) -> Iterator[tuple[str, str, str]]:
    """Give rows of figures: score at first, at last and at best, every row of the best, and how long it took."""
    both = one, other
    last = [run.curve[-1] if run.curve else {} for run in both]
    yield "score", *(run.labels["score"] for run in both)  # type: ignore[misc]
    for name, rows in (("first", [run.first for run in both]), ("last", last), ("best", [run.best for run in both])):
        yield name, *(number(row.get("score"), 4) for row in rows)  # type: ignore[misc]
    yield "best at step", *(str(run.best.get("step", "–")) for run in both)  # type: ignore[misc]
    tables = [run.best.get("rows", {}) for run in both]
    for row in dict.fromkeys(name for table in tables for name in table):
        for column in dict.fromkeys(key for table in tables for key in table.get(row, {})):
            yield f"{row}: {column}", *(number(table.get(row, {}).get(column), 4) for table in tables)  # type: ignore[misc]
    yield "steps", *(str(row.get("step", 0)) for row in last)  # type: ignore[misc]
    yield "took", *(lasting(row.get("seconds", 0.0)) for row in last)  # type: ignore[misc]
    yield "ended", *(why_ended(run) for run in both)  # type: ignore[misc]
