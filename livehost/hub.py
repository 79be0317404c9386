"""From the event rings to whoever listens: log, OSC, MIDI, dashboard, figures."""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from livehost import events
from livehost.rt.ring import Ring

if TYPE_CHECKING:
    from livehost.players.attention import AttentionMemory

Event = dict[str, Any]
Listener = Callable[[Event], None]
_POLL_S = 0.002


class Hub:
    """Reads event rings and hands each event, as a dict, to every listener.

    Parameters
    ----------
    rings : sequence of Ring
        In the order that settles ties between events of one frame.
    name_of : callable
        Item index → name; `sample`, `next` and `end` events get a ``name``; an
        `attention` event gets its rows.
    say : callable
        Told, once each, of a listener that fails; it is then left out, and the others go on.
    """

    def __init__(self, rings: list[Ring], name_of: Callable[[int], str], say: Callable[[str], None]) -> None:
        self._rings, self._name_of, self._say = rings, name_of, say
        #: Attention of the players that are or were in use, by number.
        self.memories: dict[int, AttentionMemory] = {}
        self._listeners: list[Listener] = []
        self._turns: list[Callable[[], None]] = []
        self._kept: list[Event] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def listen(self, listener: Listener) -> None:
        """Add a listener."""
        self._listeners.append(listener)

    def each_turn(self, function: Callable[[], None]) -> None:
        """Have a function called at every turn of the loop, whether or not there are events."""
        self._turns.append(function)

    def start(self) -> None:
        """Read in the background."""
        self._thread = threading.Thread(target=self._loop, name="livehost events", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Read what is left, and end."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self.pump()

    def pump(self, before: int | None = None) -> None:
        """Hand on all events; offline, those before a frame, in the order of frames, the later ones next time.

        Parameters
        ----------
        before : int, optional
            Frame up to which both threads have told everything.
        """
        arrived = [self._read(events.to_dict(slot)) for ring in self._rings for slot in ring.drain()]
        if before is None:
            ready, self._kept = self._kept + arrived, []
            if self._thread is None:
                ready.sort(key=_frame)
        else:
            waiting = sorted(self._kept + arrived, key=_frame)
            ready = [e for e in waiting if e["frame"] < before]
            self._kept = [e for e in waiting if e["frame"] >= before]
        for event in ready:
            self._hand_on(event)

    def _hand_on(self, event: Event) -> None:
        self._name(event)
        for listener in list(self._listeners):
            try:
                listener(event)
            except Exception as error:
                self._listeners.remove(listener)
                self._say(f"{getattr(listener, '__qualname__', listener)} has failed and is switched off ({error!r}).")

    def _read(self, event: Event) -> Event:
        """Copy out at once what an event only points to."""
        if event["kind"] == "attention":
            memory = self.memories.get(event["memory"])
            event.update(memory.read(event) if memory is not None else {})
        return event

    def _name(self, event: Event) -> None:
        """Name items, by the bank that is in use when the event's turn has come."""
        kind = event["kind"]
        if kind in ("sample", "end"):
            event["name"] = self._name_of(event["index"])
        elif kind == "next":
            count = event.pop("count")
            event["index"], event["probability"] = event["index"][:count], event["probability"][:count]
            event["name"] = [self._name_of(i) for i in event["index"]]

    def _loop(self) -> None:
        while not self._stop.wait(_POLL_S):
            self.pump()
            for turn in self._turns:
                turn()


def _frame(event: Mapping[str, Any]) -> int:
    return event["frame"]
