"""Parity: the formats of an export must give what the network in torch gives; judges the differences between them."""

from typing import Any

import numpy as np

from livehost.errors import LivehostError

#: Largest difference that is allowed where nothing else is said.
TOLERANCE = 1e-4


class Differences:
    """Largest differences between an export's formats and its network, by name.

    Attributes
    ----------
    values : dict of str to float
        Name → largest difference so far, for the manifest.
    """

    def __init__(self) -> None:
        self.values: dict[str, float] = {}
        self._limits: dict[str, float] = {}

    def note(self, name: str, value: Any, limit: float | None = None) -> None:
        """Take in a difference; what is not finite counts as infinite.

        Parameters
        ----------
        name : str
            What differs, such as "onnx".
        value : float
        limit : float, optional
            What is allowed; `TOLERANCE` by default.
        """
        found = float(value) if np.isfinite(value) else float("inf")
        self.values[name] = max(self.values.get(name, 0.0), found)
        self._limits[name] = TOLERANCE if limit is None else limit

    def state(self, name: str, value: float) -> None:
        """Take in a number that is only stated, and judged by nobody here."""
        self.values[name] = max(self.values.get(name, 0.0), float(value) if np.isfinite(value) else float("inf"))

    def judge(self) -> dict[str, float]:
        """Give the differences.

        Raises
        ------
        LivehostError
            Where one is larger than allowed: names it.
        """
        for name, limit in self._limits.items():
            if not self.values[name] <= limit:
                raise LivehostError(
                    f"The export is refused: {name} differs from torch by {self.values[name]:.2g}, "
                    f"allowed is {limit:g}."
                )
        return self.values
