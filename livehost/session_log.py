"""The event log as a file format: a header that says what the session was, then an event a line.

    {"frame": 0, "kind": "session", "format": 1, "livehost": …, "rate": …, "block": …, "seed": …, "parts": …, …}
    {"frame": 4816, "kind": "onset", …}

Logs of versions before the header begin with an event; they are read all the same, and say nothing of their rate.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.printable import shortly

FORMAT = 1
KIND = "session"


@dataclass
class SessionLog:
    """A log that is read, line by line.

    Attributes
    ----------
    path : Path
    header : dict
        What the session was; empty for a log without a header, and until the first line is read.
    lines, broken : int
        Lines so far, and those that are no event: the last one of a session that was killed is cut off.
    """

    path: Path
    header: dict[str, Any] = field(default_factory=dict)
    lines: int = 0
    broken: int = 0

    @property
    def rate(self) -> float | None:
        """Sample rate of the session, Hz; None where the log does not say it."""
        rate = self.header.get("rate")
        return float(rate) if isinstance(rate, (int, float)) and 0 < rate < math.inf else None

    def events(self) -> Iterator[dict[str, Any]]:
        """Give every event after the header, in the order of the file; broken lines are counted and passed over.

        Raises
        ------
        LivehostError
            Where the file cannot be read, is of a later format, or holds no line that can be read.
        """
        try:
            with self.path.open("rb") as file:
                for line in file:
                    if line.strip():
                        yield from self._take(line)
        except FileNotFoundError:
            raise LivehostError(f"There is no event log {self.path}.", 2) from None
        except OSError as error:
            raise LivehostError(f"The event log {self.path} cannot be read: {error.strerror or error}.", 2) from None
        if self.lines and self.broken == self.lines:
            raise LivehostError(f"{self.path} is no event log: not one of its {self.lines:,} lines can be read.")

    def _take(self, line: bytes) -> Iterator[dict[str, Any]]:
        self.lines += 1
        event = _event(line)
        if event is None:
            self.broken += 1
        elif event["kind"] != KIND:
            yield event
        elif event.get("format") != FORMAT:
            raise LivehostError(
                f"The event log {self.path} is of format {shortly(event.get('format', 'unknown'))}, and this livehost "
                f"reads {FORMAT}: read it with the version that wrote it ({shortly(event.get('livehost', '?'))})."
            )
        else:
            self.header = event


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not isinstance(event.get("kind"), str):
        return None
    return event if isinstance(event.get("frame"), int) else None
