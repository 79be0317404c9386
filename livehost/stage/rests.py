"""Rests of whole bars: while the transport plays, a rest begins and ends with a bar."""

import threading
from collections.abc import Callable
from typing import Any


class Rests:
    """Begins and ends rests in time.

    Parameters
    ----------
    apply : callable
        Has the players rest (1.0) or play (0.0) from now on.
    plays : callable
        Whether the transport plays.
    """

    def __init__(self, apply: Callable[[float], None], plays: Callable[[], bool]) -> None:
        self._apply, self._plays = apply, plays
        self._lock = threading.Lock()
        self._waits: float | None = None

    def want(self, resting: float) -> None:
        """Rest (1.0) or play (0.0), at the next bar where the transport plays, else at once."""
        with self._lock:
            self._waits = resting
            if not self._plays():
                self._carry_out()

    def event(self, event: dict[str, Any]) -> None:
        """Follow the beats of the session, and the end of them."""
        bar = event["kind"] == "beat" and event["beat"] == 1
        stopped = event["kind"] == "fact" and event["name"] == "transport" and event["value"] == "stopped"
        if bar or stopped:
            with self._lock:
                self._carry_out()

    def _carry_out(self) -> None:
        if self._waits is not None:
            self._apply(self._waits)
            self._waits = None
