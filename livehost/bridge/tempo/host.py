"""What the helper processes of tempo sources have in common: lines of JSON out, commands in.

Out: one object a line, a `Reading` by its fields, or ``{"error": WHY}``. In: one command a line: ``bpm X``,
``quantum N``, ``play NS``, ``stop``. Where the input ends, so does the process.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Protocol

from livehost.bridge.tempo.source import Reading

#: How often is read, s.
EVERY_S = 0.02


class Session(Protocol):
    """What a helper process holds."""

    def read(self) -> Reading:
        """Tell which beat it is; raises OSError where that has ended."""
        ...

    def command(self, word: str, value: float) -> None:
        """Carry out one command."""
        ...


def serve(open_session: Callable[[float], Session], bpm: float) -> None:
    """Hold a session and tell of it, until the input ends.

    Parameters
    ----------
    open_session : callable
        Gives the session, at a tempo to begin with; raises OSError where there is none.
    bpm : float
        The tempo.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for livehost, which ends the input then
    try:
        session = open_session(bpm)
    except OSError as error:
        say({"error": str(error)})
        return
    threading.Thread(target=_commands, args=(session,), daemon=True).start()
    while True:
        try:
            say(asdict(session.read()))
        except OSError as error:
            say({"error": str(error)})
            os._exit(0)  # what the libraries do at the end of a process may wait for ever
        time.sleep(EVERY_S)


def say(line: dict[str, object]) -> None:
    """Write a line to livehost; where it has gone, the process ends."""
    try:
        os.write(1, f"{json.dumps(line)}\n".encode())
    except OSError:
        os._exit(0)


def clock_offset_ns(other_us: Callable[[], int], tries: int = 5) -> int:
    """Measure what is to be added to another monotonic clock, in µs, to get `time.monotonic_ns`, in ns."""
    best, offset = 1 << 62, 0
    for _ in range(tries):
        before = time.monotonic_ns()
        there = other_us()
        took = time.monotonic_ns() - before
        if took < best:
            best, offset = took, before + took // 2 - there * 1000
    return offset


def _commands(session: Session) -> None:
    for line in sys.stdin:
        word, _, value = line.strip().partition(" ")
        with contextlib.suppress(ValueError):
            session.command(word, float(value or 0))
    os._exit(0)
