"""Callbacks that must not pass the audit: one raises, one allocates, one prints."""

from typing import Any

import numpy as np
from numba import carray, cfunc

from livehost.rt.native import STEP, pointer


def _raises(address: Any) -> Any:
    if address < 0:
        raise ValueError("negative")
    return address


def _allocates(address: Any) -> Any:
    return np.int64(np.zeros(address)[0])


def _prints(address: Any) -> Any:
    if carray(pointer(address), (1,), np.int64)[0] > 0:
        print("late")  # noqa: T201
    return 0


def mutants() -> list[Any]:
    """Compile the mutants, with the options that real entries have."""
    return [cfunc(STEP, error_model="numpy", forceinline=True)(f) for f in (_raises, _allocates, _prints)]
