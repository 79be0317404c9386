"""Feedback suppression: what livehost sent and what comes back in is not taken for the musician."""

import threading
import time
from collections import deque

from livehost.bridge.midi.deadlines import begins_note, is_note

#: How long what was sent is kept in mind, and how early a clock may have it that comes back, ms.
KEPT_MS, EARLY_MS = 1000.0, 5.0
#: Messages that are kept in mind at most.
_KEPT = 2048


class EchoLog:
    """What was sent in the last second; every input may get each message back once. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: deque[tuple[int, bytes, set[str]]] = deque(maxlen=_KEPT)
        self._swallowed: dict[str, set[bytes]] = {}

    def sent(self, message: bytes, at_ns: int | None = None) -> None:
        """Remember a message that is sent, now or at a time of the monotonic clock, ns."""
        now = time.monotonic_ns()
        with self._lock:
            while self._sent and now - self._sent[0][0] > KEPT_MS * 1e6:
                self._sent.popleft()
            self._sent.append((at_ns if at_ns is not None else now, _essence(message), set()))

    def is_echo(self, port: str, message: bytes, at_ns: int, within_ms: float) -> bool:
        """Tell whether a message that came in at a port is one that was sent shortly before, whatever its channel now.

        The end of a note is an echo where its beginning was one, and nowhere else: no note of the musician's stays on.
        """
        key = _essence(message)
        with self._lock:
            ours = self._swallowed.setdefault(port, set())
            if is_note(message) and not begins_note(message):
                known = _on(message) in ours
                ours.discard(_on(message))
                return known
            found = within_ms > 0 and self._match(port, key, at_ns, within_ms)
            if is_note(message):
                (ours.add if found else ours.discard)(message[:2])
            return found

    def _match(self, port: str, key: bytes, at_ns: int, within_ms: float) -> bool:
        for sent_ns, sent, seen in self._sent:
            if sent == key and port not in seen and -EARLY_MS <= (at_ns - sent_ns) / 1e6 <= within_ms:
                seen.add(port)
                return True
        return False


_ON = 0x90


def _essence(message: bytes) -> bytes:
    """Give a message without its channel."""
    return bytes((message[0] & 0xF0 if message[0] < 0xF0 else message[0],)) + message[1:]


def _on(message: bytes) -> bytes:
    """First two bytes of the message that began the note which this one ends."""
    return bytes((_ON | message[0] & 0x0F, message[1]))
