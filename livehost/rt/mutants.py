"""Callbacks that must not pass the audit: one raises, one allocates, one prints."""

from typing import Any

import numpy as np
from numba import cfunc

from livehost.rt.native import STEP, i64


def _raises(address: Any) -> Any:
    if address < 0:
        raise ValueError("negative")
    return address


def _allocates(address: Any) -> Any:
    return np.int64(np.zeros(address)[0])


def _prints(address: Any) -> Any:
    if i64(address, 1)[0] > 0:
        print("late")  # noqa: T201
    return 0


def mutants() -> list[Any]:
    """Compile the mutants, with the options that real entries have."""
    return [cfunc(STEP, error_model="numpy", forceinline=True)(f) for f in (_raises, _allocates, _prints)]
