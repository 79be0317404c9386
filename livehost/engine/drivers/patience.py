"""Calls into a sound system that may never come back: a sound server that is frozen keeps its clients for ever."""

import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def in_time(work: Callable[[], Result], seconds: float) -> Result:
    """Do something on a thread of its own and give its result; signals are taken meanwhile.

    Parameters
    ----------
    work : callable
        What may hang; its exceptions are raised here.
    seconds : float
        How long it is waited for; it is left alone then.

    Raises
    ------
    TimeoutError
        Where it does not come back in time.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, name="livehost sound system", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]
