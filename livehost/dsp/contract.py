"""What contracts of spectra share: where frames lie, their table in a manifest, and the scale that networks read."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, Self

import numpy as np


class Contract:
    """Base of a frozen dataclass of numbers and words that says how spectra are made and read."""

    fft_samples: int
    hop_samples: int
    floor_db: float

    @property
    def padding(self) -> int:
        """Zeros before a sound, in samples."""
        return (self.fft_samples - self.hop_samples) // 2

    def to_table(self) -> dict[str, Any]:
        """Give its table of a manifest."""
        return asdict(self)  # type: ignore[call-overload, no-any-return]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Read its table of a manifest.

        Raises
        ------
        KeyError, TypeError, ValueError
            Where something is missing or of another type.
        LivehostError
            For numbers that nothing could be analysed with.
        """
        kinds: dict[str, Any] = {field.name: field.type for field in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: kind(table[name]) for name, kind in kinds.items()})

    def to_unit(self, level_db: np.ndarray) -> np.ndarray:
        """Scale dB for a network: the floor becomes 0, 0 dB becomes 1."""
        return (level_db - self.floor_db) / np.float32(-self.floor_db)

    def from_unit(self, unit: np.ndarray) -> np.ndarray:
        """Give the dB of what a network wrote, not below the floor."""
        return np.maximum(unit, 0) * np.float32(-self.floor_db) + np.float32(self.floor_db)
