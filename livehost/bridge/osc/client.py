"""A client of a running livehost, as a patch is one: it sends, hears the answers, and renews its subscriptions."""

import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Self

from livehost.bridge.osc import wire
from livehost.errors import LivehostError

#: How long an answer may take, s; how often a subscription is renewed.
ANSWER_S, RENEW_S = 2.0, 3.0
_SYNC = 7_345_817


class OscClient:
    """A socket that speaks with one livehost; a context manager.

    Parameters
    ----------
    host, port
        Where it listens.

    Raises
    ------
    LivehostError
        Where there is no such host or port.
    """

    def __init__(self, host: str, port: int) -> None:
        self._name = f"{host}:{port}"
        try:
            found = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_DGRAM)
        except (OSError, UnicodeError, OverflowError):
            raise LivehostError(f"No computer called {host} is found.", 2) from None
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.connect(found[0][4])  # who is not there answers with an error, and nobody else is heard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, address: str, args: Sequence[int | float | str] = ()) -> None:
        """Send a message; who is not there is found out when an answer is awaited."""
        types = "".join("i" if isinstance(a, int) else "f" if isinstance(a, float) else "s" for a in args)
        with suppress(OSError):
            self._socket.send(wire.encode(address, types, *args))

    def ask(self, address: str, args: Sequence[int | float | str] = ()) -> list[wire.Message]:
        """Send a message, and give everything that is answered to it until it has been carried out.

        Raises
        ------
        LivehostError
            Where nobody answers.
        """
        self.send(address, args)
        self.send("/livehost/sync", [_SYNC])
        answers: list[wire.Message] = []
        for message in self.listen(ANSWER_S):
            if message.address == "/livehost/synced" and message.args[:1] == (_SYNC,):
                return answers
            answers.append(message)
        raise LivehostError(f"No livehost answers at {self._name}: is it running, and does it listen at that port?")

    def listen(self, seconds: float) -> Iterator[wire.Message]:
        """Give what comes within so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                yield from wire.decode(self._socket.recv(65_535))
            except ConnectionRefusedError:  # nobody is there; a livehost that begins may come
                time.sleep(min(left, 0.1))
            except (OSError, wire.Malformed):
                continue

    def follow(self, groups: Sequence[str], seconds: float) -> Iterator[wire.Message | None]:
        """Give what comes in some groups within so long; None whenever livehost has fallen silent or answers again."""
        until, heard, silent = time.monotonic() + seconds, time.monotonic(), False
        while time.monotonic() < until:
            for group in groups:
                self.send("/livehost/subscribe", [0, group])
            self.send("/livehost/ping")
            for message in self.listen(min(RENEW_S, until - time.monotonic())):
                heard = time.monotonic()
                if silent:
                    silent = False
                    yield None
                if message.address != "/livehost/pong":
                    yield message
            if not silent and time.monotonic() - heard > 2 * RENEW_S:
                silent = True
                yield None


def typed(word: str) -> int | float | str:
    """Read an argument as it is typed: a whole number, a number, else a word."""
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            continue
    return word


def written(message: wire.Message) -> str:
    """Write a message as it would be typed."""
    return " ".join([message.address, *(_written(value) for value in message.args)])


def _written(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
