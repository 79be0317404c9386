"""Ctrl-C while a model is trained: it ends between two steps, with one sentence and no traceback."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from livehost.errors import LivehostError

#: Exit code of a command that Ctrl-C has ended, as a shell expects it.
INTERRUPTED = 130


@contextmanager
def stop_requests() -> Iterator[threading.Event]:
    """Turn SIGINT and SIGTERM into an event that is set, to be looked at between two steps.

    The second signal raises KeyboardInterrupt at once. In another thread than the main one nothing is caught.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def ask(*_: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, ask) for number in signals]
    try:
        yield asked
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def one_sentence(kept: str) -> Iterator[None]:
    """Raise a LivehostError in place of KeyboardInterrupt.

    Parameters
    ----------
    kept : str
        What is kept, and what to type to go on.
    """
    try:
        yield
    except KeyboardInterrupt:
        raise LivehostError(f"Training was stopped. {kept}.", INTERRUPTED) from None
