"""From the event rings to whoever listens: log, OSC, MIDI, dashboard, figures."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from livehost import events
from livehost.rt.ring import Ring
from livehost.service import Service

if TYPE_CHECKING:
    from livehost.players.bank_transformer.attention import AttentionMemory

Event = dict[str, Any]
Listener = Callable[[Event], None]
_POLL_S = 0.002
#: A listener that fails again and again is told of so often.
_AGAIN_S = 60.0


class Hub:
    """Reads event rings and hands each event, as a dict, to every listener.

    A listener that fails is told of, and gets the next event all the same. One that hangs is left out until it comes
    back; the others go on.

    Parameters
    ----------
    rings : sequence of Ring
        In the order that settles ties between events of one frame.
    name_of : callable
        Item index → name; `sample`, `next` and `end` events get a ``name``; an
        `attention` event gets its rows.
    say : callable
        Told of a listener that fails.

    Attributes
    ----------
    services : list of Service
        Its thread, to be watched.
    """

    def __init__(self, rings: list[Ring], name_of: Callable[[int], str], say: Callable[[str], None]) -> None:
        self._rings, self._name_of, self._say = rings, name_of, say
        #: Attention of the players that are or were in use, by number.
        self.memories: dict[int, AttentionMemory] = {}
        self._listeners: list[Listener] = []
        self._turns: list[Callable[[], None]] = []
        self._kept: list[Event] = []
        self._ready: deque[Event] = deque()
        self._in_hand: set[Callable[..., None]] = set()
        self._told: dict[Callable[..., None], float] = {}
        self._service = Service("events", self._turn, every_s=_POLL_S)
        self._started = False
        self.services = [self._service]

    def listen(self, listener: Listener) -> None:
        """Add a listener."""
        self._listeners.append(listener)

    def each_turn(self, function: Callable[[], None]) -> None:
        """Have a function called at every turn of the loop, whether or not there are events."""
        self._turns.append(function)

    def start(self) -> None:
        """Read in the background."""
        self._started = True
        self._service.start()

    def close(self) -> None:
        """Read what is left, and end."""
        if self._service.stop():
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
            if not self._started:
                ready.sort(key=_frame)
        else:
            waiting = sorted(self._kept + arrived, key=_frame)
            ready = [e for e in waiting if e["frame"] < before]
            self._kept = [e for e in waiting if e["frame"] >= before]
        self._ready.extend(ready)
        while self._ready:  # a thread that comes in place of one that hangs goes on where that one stood
            self._hand_on(self._ready.popleft())

    def _hand_on(self, event: Event) -> None:
        self._name(event)
        for listener in list(self._listeners):
            self._call(listener, event)

    def _call(self, function: Callable[..., None], *arguments: Event) -> None:
        if function in self._in_hand:
            return  # another thread hangs in it
        self._in_hand.add(function)
        try:
            function(*arguments)
        except Exception as error:  # whatever it was, the others are still to be told
            self._failed(function, error)
        finally:
            self._in_hand.discard(function)

    def _failed(self, function: Callable[..., None], error: Exception) -> None:
        now = time.monotonic()
        if now - self._told.get(function, -_AGAIN_S) >= _AGAIN_S:
            self._told[function] = now
            self._say(f"{getattr(function, '__qualname__', function)} has failed, and goes on ({error!r}).")

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

    def _turn(self) -> None:
        self.pump()
        for turn in self._turns:
            self._call(turn)


def _frame(event: Mapping[str, Any]) -> int:
    return event["frame"]
