"""A run against an earlier one: a ratio per figure, the noise that both show, and what lies beyond it.

Times are divided by the calibration kernel that ran beside them. A figure that looks slower is measured again, up to
`TRIES` times: the better of all attempts stands, so a disturbance goes and a regression stays.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.table import Table
from rich.text import Text

from livehost.bench.budgets import number
from livehost.bench.results import Results
from livehost.bench.suite import Figure

#: Attempts for a figure that looks slower; the rest before the second, which doubles up to the last: what disturbs a
#: machine comes and goes.
TRIES, REST_S, MOST_REST_S = 8, 0.5, 4.0
#: Relative difference that is noise in any case, by kind; tails are told of, never judged.
LEAST_NOISE = {"compute": 0.10, "ratio": 0.15, "exact": 0.0, "count": 0.0}
#: However much a figure scatters, a difference beyond this is a regression.
MOST_NOISE = 0.15


@dataclass(frozen=True)
class Change:
    """One figure, now and then.

    Attributes
    ----------
    suite, name, kind : str
    ratio : float
        Now / base, times in units of the calibration kernel; above 1 is worse, whichever way the figure goes.
    noise : float
        Half-width of the band around 1 that means nothing.
    regressed : bool
    sentence : str
    """

    suite: str
    name: str
    kind: str
    ratio: float
    noise: float
    regressed: bool
    sentence: str


@dataclass
class _Series:
    """All attempts at one figure: values and the calibration beside each."""

    figure: Figure
    values: list[float]
    calibrations: list[float]
    rounds: list[float]

    def value(self) -> float:
        """Best value of all attempts."""
        return min(self.values) if self.figure.better == "lower" else max(self.values)

    def best(self) -> float:
        """Best value of all attempts; a time in units of the calibration kernel at its best, not of one disturbed."""
        return self.value() / (min(self.calibrations) if self.figure.kind == "compute" else 1.0)


def spread(rounds: list[float]) -> float:
    """Relative scatter of round minima: their median against the best."""
    data = np.asarray([r for r in rounds if r is not None and math.isfinite(r)])
    if data.size < 2 or data.min() <= 0:
        return 0.0
    return float(np.median(data) / data.min() - 1.0)


def noise_band(figure: Figure, now: list[float], base: list[float]) -> float:
    """Half-width of the band that means nothing, from the scatter of both runs."""
    if figure.noise is not None:
        return figure.noise
    least = LEAST_NOISE[figure.kind]
    return min(max(least, 2.0 * spread(now), 2.0 * spread(base)), max(MOST_NOISE, least)) if least else 0.0


def worse(now: float, base: float, better: str) -> float:
    """Ratio of two values, above 1 where now is worse; 1 where both are 0."""
    if now == base:
        return 1.0
    a, b = (now, base) if better == "lower" else (base, now)
    return math.inf if b == 0 else a / b


def compare(results: Results, base: dict[str, Any], again: Callable[[set[str]], Results]) -> list[Change]:
    """Compare.

    Parameters
    ----------
    results : Results
        This run.
    base : dict
        What `read_base` gave.
    again : callable
        Measures the suites of these names once more.

    Returns
    -------
    list of Change
        Of every figure that both have, in the order of this run.
    """
    then = {
        (suite, row["name"]): (row, row.get("calibration_us") or part["calibration_us"])
        for suite, part in base["suites"].items() for row in part["figures"]
    }  # fmt: skip
    series = {
        key: _Series(figure, [figure.value], [calibration], list(figure.rounds))
        for key, (figure, calibration) in results.figures().items()
        if key in then and then[key][0]["value"] is not None
        and figure.kind in LEAST_NOISE and math.isfinite(figure.value)
    }  # fmt: skip
    changes: list[Change] = []
    for attempt in range(TRIES):
        changes = [_change(key, s, *then[key]) for key, s in series.items()]
        suspects = {c.suite for c in changes if c.regressed and c.kind in ("compute", "ratio")}
        if not suspects or attempt == TRIES - 1:
            break
        time.sleep(min(REST_S * 2**attempt, MOST_REST_S))
        for key, (figure, calibration) in again(suspects).figures().items():
            if key in series:
                series[key].values.append(figure.value)
                series[key].calibrations.append(calibration)
                series[key].rounds += list(figure.rounds)
    return changes


def _change(key: tuple[str, str], s: _Series, row: dict[str, Any], calibration: float) -> Change:
    unit = calibration if s.figure.kind == "compute" else 1.0
    ratio = worse(s.best(), row["value"] / unit, s.figure.better)
    noise = noise_band(s.figure, s.rounds, row.get("rounds", []))
    regressed = ratio > 1.0 + noise + 1e-9
    sentence = ""
    if regressed:
        sentence = (
            f"{key[0]}.{key[1]} is worse than the base: {number(row['value'])} → {number(s.value())} {s.figure.unit}, "
            f"{ratio:.2f} × (noise up to {1 + noise:.2f} ×, {len(s.values)} attempts)."
        )
    return Change(*key, s.figure.kind, ratio, noise, regressed, sentence)


def change_table(changes: list[Change]) -> Table:
    """Show all ratios."""
    table = Table(
        title="against the base (above 1 is worse; times in units of the calibration kernel)", title_justify="left"
    )
    for column in ("suite", "figure", "ratio", "noise", ""):
        table.add_column(column, justify="right" if column in ("ratio", "noise") else "left")
    for c in changes:
        sign = (
            Text("WORSE", "bold red")
            if c.regressed
            else Text("better", "green")
            if c.ratio < 1 - c.noise - 1e-9
            else ""
        )
        table.add_row(c.suite, c.name, f"{c.ratio:.3f}", f"±{c.noise:.0%}", sign)
    return table
