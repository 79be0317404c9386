"""Budgets: what each figure may be at most, or must be at least, from ``bench/budgets.toml``."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livehost.bench.suite import SUITES, CannotRun, Figure
from livehost.printable import shortly
from livehost.toml import TomlError, read_toml

#: Units of figures.
UNITS = (
    "ns",
    "µs",
    "ms",
    "s",
    "frames",
    "samples",
    "bytes",
    "MB",
    "MB/h",
    "%",
    "×",
    "dB",
    "count",
    "F1",
    "exponent",
    "beats",
    "abs",
    "bit",
)
_FIELDS = {"unit": str, "max": (int, float), "min": (int, float), "quick": bool, "why": str}

Key = tuple[str, str]


@dataclass(frozen=True)
class Budget:
    """One budget: `most` and `least` in `unit`; ``quick = false`` says that ``--quick`` does not measure the figure."""

    unit: str
    most: float = math.inf
    least: float = -math.inf
    quick: bool = True

    def text(self) -> str:
        """Say it shortly: "≤ 5 ms"."""
        parts = [f"{sign} {value:g}" for sign, value in (("≥", self.least), ("≤", self.most)) if math.isfinite(value)]
        return f"{', '.join(parts)} {self.unit}"


@dataclass(frozen=True)
class Verdict:
    """What became of one figure.

    Attributes
    ----------
    state : str
        ``ok``, ``broken``, ``warning`` (a tail on an unfit host), ``no budget`` or ``not measured``.
    sentence : str
        Wanted, measured, by how much; "" where all is well.
    """

    state: str
    sentence: str = ""


def default_path() -> Path:
    """Find the budgets that came with livehost: inside the package, or in the repository beside it."""
    here = Path(__file__).parent
    packed = here / "budgets.toml"
    return packed if packed.exists() else here.parent.parent / "bench" / "budgets.toml"


def load(path: Path) -> dict[Key, Budget]:
    """Read a file of budgets.

    Raises
    ------
    CannotRun
        Where it is missing, is no TOML, names an unknown suite, or holds a wrong unit or field.
    """
    try:
        tree = read_toml(path)
    except TomlError as error:
        raise CannotRun(f"The file of budgets {path} {error}.") from None
    names = [suite.name for suite in SUITES]
    budgets: dict[Key, Budget] = {}
    for suite, rows in tree.items():
        if suite not in names:
            raise CannotRun(f"The budgets {path} name a suite {suite!r}; there are: {', '.join(names)}.")
        if not isinstance(rows, Mapping):
            raise CannotRun(f'The budgets {path}: {suite} wants tables of figures, as in ["{suite}"."figure"].')
        for figure, row in rows.items():
            budgets[suite, figure] = _budget(path, f"{suite}.{figure}", row)
    return budgets


def _budget(path: Path, name: str, row: Any) -> Budget:
    where = f"The budgets {path}: {name}"
    if not isinstance(row, Mapping) or not {"max", "min"} & row.keys() or "unit" not in row:
        raise CannotRun(f"{where} wants a unit, and max or min.")
    for key, value in row.items():
        if key not in _FIELDS:
            raise CannotRun(f"{where} has no field {key!r}; a budget has {', '.join(_FIELDS)}.")
        fits = isinstance(value, _FIELDS[key]) and isinstance(value, bool) == (key == "quick")  # type: ignore[arg-type]
        if not fits or value != value:  # noqa: PLR0124  nan
            raise CannotRun(f"{where}: {key} cannot be {shortly(value)}.")
    if row["unit"] not in UNITS:
        raise CannotRun(f"{where} is in {shortly(row['unit'])}; units are {', '.join(UNITS)}.")
    return Budget(row["unit"], row.get("max", math.inf), row.get("min", -math.inf), row.get("quick", True))


def judge(suite: str, figure: Figure, budget: Budget | None, *, fit: bool) -> Verdict:
    """Hold one figure against its budget.

    Raises
    ------
    CannotRun
        Where the budget is in another unit than the figure.
    """
    if math.isnan(figure.value):
        return Verdict("not measured", f"{suite}.{figure.name} was not measured: {figure.note or 'no value'}.")
    if budget is None:
        return Verdict("no budget")
    if budget.unit != figure.unit:
        raise CannotRun(f"The budget of {suite}.{figure.name} is in {budget.unit}; it is measured in {figure.unit}.")
    if budget.least <= figure.value <= budget.most:
        return Verdict("ok")
    measured = f"{number(figure.value)} {figure.unit} ({_excess(figure.value, budget)})"
    sentence = f"{suite}.{figure.name}: wanted {budget.text()}, measured {measured}"
    if figure.kind == "tail" and not fit:
        return Verdict("warning", sentence + "; the host is unfit, so this is a warning.")
    return Verdict("broken", sentence + ".")


def _excess(value: float, budget: Budget) -> str:
    bound, word = (budget.most, "over") if value > budget.most else (budget.least, "under")
    if bound == 0:
        return f"{number(abs(value))} {word}"
    return f"{abs(value - bound) / abs(bound):.0%} {word}"


def number(value: float) -> str:
    """Write a number with three figures that count."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == round(value) and abs(value) < 1e6:
        return f"{value:.0f}"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
