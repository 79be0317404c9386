"""Batches by number, made ahead in a thread of their own while the model learns."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

#: Batches that are made ahead.
AHEAD = 3


def batches_from(make: Callable[[int], Any], first: int = 0) -> Iterator[Any]:
    """Yield `make(first)`, `make(first + 1)`, … for ever, a few of them made ahead in a thread.

    Parameters
    ----------
    make : callable
        Such as `Task.batch`.
    first : int
    """
    with ThreadPoolExecutor(1, "batches") as pool:
        pending: deque[Future[Any]] = deque(pool.submit(make, first + k) for k in range(AHEAD))
        following = first + AHEAD
        try:
            while True:
                batch = pending.popleft().result()
                pending.append(pool.submit(make, following))
                following += 1
                yield batch
        finally:
            for future in pending:
                future.cancel()
