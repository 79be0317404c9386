"""Messages for later: each client within a quota and a horizon, and none that a panic has overtaken."""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

from livehost.bridge.osc.coerce import Refused

Client = tuple[str, int]
#: Messages of one client that may wait for their time, and of all.
QUOTA, TOTAL = 512, 4096
#: Notes of all clients that may wait: the audio thread keeps them, to start them at their exact frame.
NOTES = 1024
#: The farthest that a time may lie ahead, s.
HORIZON_S = 60.0


class Schedule:
    """What waits for its time.

    A note is handed to the audio thread at once; what stands here for it is its place in the quota.

    Parameters
    ----------
    shuttings : callable
        How often the gate has been shut: what was to play before the last time is dropped, settings are not.
    """

    def __init__(self, shuttings: Callable[[], int]) -> None:
        self._shuttings, self._at = shuttings, shuttings()
        self._heap: list[tuple[float, int, Client, Any, bool]] = []
        self._number = itertools.count()
        self._held: Counter[Client] = Counter()
        self._notes = 0

    def __len__(self) -> int:
        return len(self._heap)

    def check(self, client: Client, ahead_s: float, *, note: bool) -> None:
        """Refuse a message that lies too far ahead, or for which there is no place.

        Raises
        ------
        Refused
        """
        self._forget()
        if ahead_s > HORIZON_S:
            raise Refused(
                "late", f"Its time is {ahead_s:,.0f} s ahead; livehost plans {HORIZON_S:.0f} s. Are both clocks right?"
            )
        if self._held[client] >= QUOTA:
            raise Refused("busy", f"{QUOTA} messages of this sender wait for their time already.")
        if len(self._heap) >= TOTAL or (note and self._notes >= NOTES):
            raise Refused("busy", "Too many messages wait for their time already.")

    def put(self, time: float, client: Client, what: Any, *, lasting: bool = False) -> None:
        """Keep something for its time.

        Parameters
        ----------
        time : float
            Unix time.
        client : (host, port)
        what : object
            Given back when it is due; None for a note, which only takes up its place.
        lasting : bool
            A panic does not drop it.
        """
        heapq.heappush(self._heap, (time, next(self._number), client, what, lasting))
        self._held[client] += 1
        self._notes += what is None

    def due(self, until: float) -> Any:
        """Take what is due first, None where nothing is yet."""
        self._forget()
        while self._heap and self._heap[0][0] <= until:
            _, _, client, what, _ = heapq.heappop(self._heap)
            self._leave(client, what)
            if what is not None:
                return what
        return None

    def next_time(self) -> float | None:
        """When the next is due, Unix time; None for never."""
        return self._heap[0][0] if self._heap else None

    def _leave(self, client: Client, what: Any) -> None:
        self._notes -= what is None
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]

    def _forget(self) -> None:
        """Drop what a panic has overtaken."""
        now = self._shuttings()
        if now == self._at:
            return
        self._at = now
        kept = []
        for item in self._heap:
            if item[4]:
                kept.append(item)
            else:
                self._leave(item[2], item[3])
        self._heap = kept
        heapq.heapify(self._heap)
