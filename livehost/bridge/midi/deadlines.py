"""Messages that wait for their time: one thread sends each on an absolute deadline."""

import heapq
import threading
import time
from collections.abc import Callable

_NOTE_ON = 0x90


class Deadlines:
    """A queue by time. Messages of one deadline, and those that are late, leave in the order in which they came.

    Parameters
    ----------
    send : callable
        Gets ``(message, at_ns)`` when its time has come, on the thread that calls `run`.
    """

    def __init__(self, send: Callable[[bytes, int], None]) -> None:
        self._send = send
        self._waiting: list[tuple[int, int, bytes]] = []
        self._count, self._over = 0, False
        self._changed = threading.Condition()

    def put(self, message: bytes, at_ns: int) -> None:
        """Have a message sent at a time of the monotonic clock, ns; at once where that has passed."""
        with self._changed:
            self._count += 1
            heapq.heappush(self._waiting, (at_ns, self._count, message))
            if self._waiting[0][1] == self._count:
                self._changed.notify()

    def drop_notes(self) -> None:
        """Drop the notes that wait for their time to begin; those that wait to end do so at once."""
        now = time.monotonic_ns()
        with self._changed:
            kept = [(at, n, m) for at, n, m in self._waiting if at <= now or not begins_note(m)]
            self._waiting = [(min(at, now) if is_note(m) else at, n, m) for at, n, m in kept]
            heapq.heapify(self._waiting)
            self._changed.notify()

    def run(self) -> None:
        """Send each message at its time, until `stop`."""
        while not self._over:
            with self._changed:
                if not self._over and (left_s := self._left_s()) != 0:
                    self._changed.wait(left_s)
            self.send_due()

    def send_due(self) -> None:
        """Send what is due now."""
        while True:
            with self._changed:
                if self._over or self._left_s() != 0:
                    return
                at_ns, _, message = heapq.heappop(self._waiting)
            self._send(message, at_ns)

    def stop(self) -> list[bytes]:
        """Send nothing more; gives, in their order, the messages left, but for notes whose time had not come."""
        self.drop_notes()
        with self._changed:
            self._over = True
            left, self._waiting = [heapq.heappop(self._waiting)[2] for _ in range(len(self._waiting))], []
            self._changed.notify()
        return left

    def _left_s(self) -> float | None:
        """Seconds until the next message is due: 0 where it is, None where there is none."""
        if not self._waiting:
            return None
        return max(0.0, (self._waiting[0][0] - time.monotonic_ns()) / 1e9)


def is_note(message: bytes) -> bool:
    """Tell whether a message begins or ends a note."""
    return len(message) == 3 and message[0] & 0xE0 == 0x80  # 0x80 and 0x90, on any channel


def begins_note(message: bytes) -> bool:
    """Tell whether a message begins a note."""
    return len(message) == 3 and message[0] & 0xF0 == _NOTE_ON and message[2] > 0
