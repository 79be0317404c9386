"""Kernels are parts of entries; tests call them by hand, compiled as a function of Python's."""

from collections.abc import Callable

from numba import njit

from livehost.rt.compilers import Kernel


def by_hand(kernel: Kernel) -> Callable:
    """Give a kernel as a function that Python can call."""
    return njit(nogil=True, error_model="numpy", fastmath=bool(kernel.targetoptions.get("fastmath")))(kernel.py_func)
