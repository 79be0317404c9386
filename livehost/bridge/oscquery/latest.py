"""The newest value of every address: of settings and facts from the session, of streams from what was sent last."""

from collections.abc import Mapping, Sequence
from typing import Any

from livehost.bridge.control import Control
from livehost.bridge.osc import event_messages
from livehost.bridge.osc.actions import values
from livehost.bridge.osc.schema import Address


class Latest:
    """Keeps the newest event of each kind and part; what it means is worked out where somebody asks.

    Parameters
    ----------
    control : Control
        The session.
    """

    def __init__(self, control: Control) -> None:
        self._control = control
        self._events: dict[tuple[str, int], Mapping[str, Any]] = {}

    def event(self, event: Mapping[str, Any]) -> None:
        """Keep an event, which must not be changed afterwards."""
        self._events[event["kind"], event.get("part", 0)] = event

    def reader(self) -> "Reader":
        """Give what reads one moment."""
        return Reader(self._control, dict(self._events))


class Reader:
    """Reads the values of addresses at one moment; facts and streams are looked up once."""

    def __init__(self, control: Control, events: Mapping[tuple[str, int], Mapping[str, Any]]) -> None:
        self._control, self._events = control, events
        self._facts: dict[str, Any] | None = None
        self._told: dict[str, dict[str, Sequence[Any]]] = {}

    def __call__(self, row: Address) -> Sequence[Any] | None:
        """Values of an address, None where it has none (yet)."""
        if row.access != "out":
            return values(row, self._control, self._info)
        return self._of_record(row.record).get(row.path) if row.record else None

    def _info(self) -> dict[str, Any]:
        if self._facts is None:
            self._facts = self._control.info()
        return self._facts

    def _of_record(self, record: str) -> dict[str, Sequence[Any]]:
        if record not in self._told:
            self._told[record] = {
                row.path: told
                for (kind, _), event in self._events.items()
                if kind == record
                for row, told in event_messages.messages(event)
            }
        return self._told[record]
