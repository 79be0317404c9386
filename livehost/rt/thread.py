"""Threads that run one native entry from start to end."""

import ctypes
import threading
from typing import Any


class NativeThread:
    """Run a `STEP` entry on a thread of its own; the GIL is held only before its first and after its last instruction.

    Parameters
    ----------
    function : entry
        What to run.
    argument : int
        Address of its state.
    name : str
        Name of the thread.
    """

    def __init__(self, function: Any, argument: int, name: str) -> None:
        call = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(function.address)
        self._thread = threading.Thread(target=call, args=(argument,), name=name, daemon=True)

    def start(self) -> None:
        """Start it. RT: never."""
        self._thread.start()

    def join(self, timeout_s: float = 5.0) -> bool:
        """Wait for its end; False where it did not come in time. RT: never."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._thread.is_alive()

    @property
    def tid(self) -> int:
        """Kernel's thread id."""
        return self._thread.native_id or 0
