"""What the tests give: figures, each with what is wanted of it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One number.

    Attributes
    ----------
    test, name : str
    player : str
        `player.name` of who played.
    value : float
        nan where there was nothing to measure.
    unit : str
    least, most : float
        What is wanted of the shipped player; infinite where nothing is.
    note : str
        What it stands beside, such as what chance gives.
    """

    test: str
    name: str
    player: str
    value: float
    unit: str = ""
    least: float = -math.inf
    most: float = math.inf
    note: str = ""

    @property
    def wanted(self) -> str:
        """Say what is wanted, "" for nothing."""
        parts = [f"{sign} {x:g}" for sign, x in (("≥", self.least), ("≤", self.most)) if math.isfinite(x)]
        return ", ".join(parts)

    @property
    def reached(self) -> bool:
        """Whether it is as wanted; a value that is not there is not."""
        return not self.wanted or self.least <= self.value <= self.most


def mean(values: Iterable[float]) -> float:
    """Average of what is a number; nan where nothing is."""
    numbers = [v for v in values if math.isfinite(v)]
    return float(np.mean(numbers)) if numbers else math.nan


def median(values: Iterable[float]) -> float:
    """Median of what is a number; nan where nothing is."""
    numbers = [v for v in values if math.isfinite(v)]
    return float(np.median(numbers)) if numbers else math.nan


def share(part: float, whole: float) -> float:
    """Per cent; nan of nothing."""
    return 100.0 * part / whole if whole else math.nan
