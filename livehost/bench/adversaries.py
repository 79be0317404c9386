"""What else a Python process may be doing while it plays: each keeps the interpreter busy in its own way."""

import functools
import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

SORTED_FLOATS, OBJECTS = 300_000, 1_000_000


def _spin(stop: threading.Event) -> None:
    while not stop.is_set():
        sum(i * i for i in range(10_000))


# Both make what they work on once: what is made and let go of again and again leaves holes, which would count as
# livehost's own memory.


@functools.cache
def _floats() -> list[float]:
    return np.random.default_rng(0).random(SORTED_FLOATS).tolist()


@functools.cache
def _objects() -> list[list]:
    return [[] for _ in range(OBJECTS)]


def _sort(stop: threading.Event) -> None:
    values = _floats()
    while not stop.is_set():
        sorted(values)  # one C call, and the GIL is held until it returns


def _collect(stop: threading.Event) -> None:
    _objects()
    while not stop.is_set():
        gc.collect()


#: Name → what its thread does.
ADVERSARIES: dict[str, Callable[[threading.Event], None]] = {"spin": _spin, "sort": _sort, "gc": _collect}


@contextmanager
def adversary(name: str) -> Iterator[None]:
    """Run an adversary in a thread of this process; "none" for none."""
    if name not in ADVERSARIES:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=ADVERSARIES[name], args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
