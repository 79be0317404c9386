"""The terminal that a program has left as it was when it was killed: made usable again."""

import contextlib
import os
import select
from typing import Any

#: Show the cursor, and leave the alternate screen that a dashboard draws on; plain colours.
_PLAIN = b"\x1b[?25h\x1b[?1049l\x1b[0m"


class Terminal:
    """Remembers how the terminal is, where there is one, and puts it back."""

    def __init__(self) -> None:
        self._attributes: list[Any] | None = None
        with contextlib.suppress(OSError, ValueError, ImportError):
            import termios

            if os.isatty(0):
                self._attributes = termios.tcgetattr(0)

    def put_back(self) -> None:
        """Put it back as it was; a terminal that is gone, or takes nothing now, is left alone."""
        if self._attributes is None:
            return
        import termios

        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(0, termios.TCSANOW, self._attributes)
        if os.isatty(1):
            write(1, _PLAIN)


def write(handle: int, data: bytes) -> None:
    """Write to a terminal or a pipe, little enough for it to take at once; where it does not, nobody waits for it."""
    with contextlib.suppress(OSError, ValueError):
        if select.select([], [handle], [], 0)[1]:
            os.write(handle, data)


def say(text: str) -> None:
    """Tell the person at the desk a sentence, beside what livehost says."""
    write(2, f"livehost: {text}\n".encode())
