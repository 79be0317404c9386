"""The event bus: from event rings, and from Python, to whoever subscribes: log, OSC, MIDI, dashboard, statistics."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from livehost import events
from livehost.rt.ring import Ring
from livehost.service import Service

Event = dict[str, Any]
Listener = Callable[[Event], None]
_POLL_S = 0.002
#: A subscriber that fails again and again is told of so often.
_AGAIN_S = 60.0


class Subscription:
    """One subscriber's place on a bus; `close` leaves it."""

    def __init__(self, leave: Callable[["Subscription"], None], function: Callable[..., None]) -> None:
        self._leave, self.function = leave, function
        self.in_hand = False

    def close(self) -> None:
        """Get no more events; may be called more than once, from any thread."""
        self._leave(self)


class EventQueue:
    """A subscriber that reads in its own time: the newest events wait for it, older ones are dropped and counted.

    Attributes
    ----------
    dropped : int
        Events that it did not read in time.
    """

    def __init__(self, bus: "EventBus", size: int) -> None:
        self.dropped = 0
        self._waiting: deque[Event] = deque(maxlen=size)
        self._subscription = bus.subscribe(self._take)

    def _take(self, event: Event) -> None:
        self.dropped += len(self._waiting) == self._waiting.maxlen
        self._waiting.append(event)

    def read(self) -> list[Event]:
        """Take all that waits, oldest first."""
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def close(self) -> None:
        """Get no more events."""
        self._subscription.close()


class EventBus:
    """Hands each event, as a dict, to every subscriber, on one thread and in one order.

    A subscriber that fails is told of, and gets the next event all the same. One that hangs is left out until it comes
    back; the others go on.

    Parameters
    ----------
    warn : callable
        Told of a subscriber that fails.

    Attributes
    ----------
    services : list of Service
        Its thread, to be watched.
    """

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._rings: tuple[Ring, ...] = ()
        self._frame: Callable[[], int] = int
        # replaced, never changed: the bus's thread reads them without a lock
        self._subscriptions: tuple[Subscription, ...] = ()
        self._ticks: tuple[Subscription, ...] = ()
        self._readers: dict[str, Callable[[Event], None]] = {}
        self._enrichers: tuple[Listener, ...] = ()
        self._published: deque[Event] = deque()
        self._kept: list[Event] = []
        self._ready: deque[Event] = deque()
        self._reading = threading.Lock()
        self._told: dict[Callable[..., None], float] = {}
        self._service = Service("events", self._turn, every_s=_POLL_S)
        self._started = False
        self.services = [self._service]

    def read_from(self, rings: Iterable[Ring], frame: Callable[[], int]) -> None:
        """Read event rings, in the order that settles ties between events of one frame; `frame` tells the present."""
        self._rings, self._frame = tuple(rings), frame

    def subscribe(self, listener: Listener) -> Subscription:
        """Have `listener(event)` called with every event from here on, on the bus's thread."""
        subscription = Subscription(self._leave, listener)
        self._subscriptions = (*self._subscriptions, subscription)
        return subscription

    def queue(self, size: int = 1024) -> EventQueue:
        """Subscribe with a queue of so many events, to be read in another thread."""
        return EventQueue(self, size)

    def on_tick(self, function: Callable[[], None]) -> Subscription:
        """Have a function called at every turn of the loop, whether or not there are events."""
        subscription = Subscription(self._leave, function)
        self._ticks = (*self._ticks, subscription)
        return subscription

    def enrich(self, enricher: Listener) -> None:
        """Have a function add to every event before the subscribers get it."""
        self._enrichers = (*self._enrichers, enricher)

    def copy_out(self, kind: str, reader: Listener) -> None:
        """Have a function copy out at once what the events of a kind only point to."""
        self._readers[kind] = reader

    def publish(self, kind: str, **fields: Any) -> None:
        """Publish an event of `event_kinds.HOST_RECORDS`; from any thread, never waits.

        It is stamped with the present frame, unless `frame` is among the fields.
        """
        self._published.append({"frame": self._frame(), "kind": kind, **fields})

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
        with self._reading:  # a ring has one reader, also where another thread has come in place of one that hangs
            told = [self._read(events.to_dict(slot)) for ring in self._rings for slot in ring.drain()]
            # what a reader has published of it is among these
            arrived = [self._published.popleft() for _ in range(len(self._published))] + told
        if before is None:
            ready, self._kept = self._kept + arrived, []
            if not self._started:
                ready.sort(key=_frame)
        else:
            waiting = sorted(self._kept + arrived, key=_frame)
            ready = [e for e in waiting if e["frame"] < before]
            self._kept = [e for e in waiting if e["frame"] >= before]
        self._ready.extend(ready)
        while True:  # a thread that comes in place of one that hangs goes on where that one stood
            try:
                event = self._ready.popleft()
            except IndexError:
                return
            self._hand_on(event)

    def _read(self, event: Event) -> Event:
        if reader := self._readers.get(event["kind"]):
            reader(event)
        return event

    def _hand_on(self, event: Event) -> None:
        for enricher in self._enrichers:
            enricher(event)
        for subscription in self._subscriptions:
            self._call(subscription, event)

    def _call(self, subscription: Subscription, *arguments: Event) -> None:
        if subscription.in_hand:
            return  # another thread hangs in it
        subscription.in_hand = True
        try:
            subscription.function(*arguments)
        except Exception as error:  # whatever it was, the others are still to be told
            self._failed(subscription.function, error)
        finally:
            subscription.in_hand = False

    def _failed(self, function: Callable[..., None], error: Exception) -> None:
        now = time.monotonic()
        if now - self._told.get(function, -_AGAIN_S) >= _AGAIN_S:
            self._told[function] = now
            name = getattr(function, "__qualname__", function)
            self._warn(f"{name} has failed, and goes on ({error!r}).")

    def _leave(self, subscription: Subscription) -> None:
        self._subscriptions = tuple(s for s in self._subscriptions if s is not subscription)
        self._ticks = tuple(s for s in self._ticks if s is not subscription)

    def _turn(self) -> None:
        self.pump()
        for tick in self._ticks:
            self._call(tick)


def _frame(event: Mapping[str, Any]) -> int:
    return event["frame"]
