"""What a model in training sounds like, as the report of a training takes it: for files and for TensorBoard."""

from pathlib import Path
from typing import Protocol

import numpy as np

#: Folder of the files, beside the checkpoints.
SHOWN = "shown"


class Shown(Protocol):
    """A sound that a model made, and its picture.

    Attributes
    ----------
    name : str
    sound : ndarray of float32, shape [n]
    rate : int
        Hz.
    picture : ndarray of float, shape [height, width, 3]
        Colours, 0 … 1.
    """

    name: str
    sound: np.ndarray
    rate: int
    picture: np.ndarray

    def write(self, stem: Path) -> None:
        """Write sound and picture as files, the stem with `.wav` and `.png`; `OSError` where they cannot be."""
        ...
