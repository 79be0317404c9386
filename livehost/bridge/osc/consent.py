"""Whether a stream is wanted where it would go to: who asks for it could have given somebody else's address.

On this computer nobody can take another's address, so a program that asks for itself is believed. Any other target gets
``/livehost/confirm`` with a number, and the stream begins when that comes back from its host.
"""

import ipaddress
import secrets
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

Client = tuple[str, int]
#: How long a number can be sent back, and how often a target is asked at most, s.
PATIENCE_S, AGAIN_S = 30.0, 1.0
#: Targets that may stand unconfirmed at a time.
MAX_ASKED = 64


@dataclass(slots=True)
class _Asked:
    number: int
    wants: dict[Hashable, Callable[[], None]]
    expires: float
    again: float


def is_here(host: str) -> bool:
    """Tell whether a host is this computer itself, by its loopback address."""
    return ipaddress.IPv4Address(host).is_loopback


class Consent:
    """Targets that were asked whether they want what others ordered for them.

    Parameters
    ----------
    ask : callable
        Sends a number to a target.
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, ask: Callable[[Client, int], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock = ask, clock
        self._asked: dict[Client, _Asked] = {}

    def request(self, target: Client, what: Hashable, begin: Callable[[], None]) -> bool:
        """Call `begin` when the target confirms; False where too many others have not answered yet.

        Parameters
        ----------
        target : (host, port)
        what : hashable
            What it is asked for; asked for again, the later `begin` is called.
        begin : callable
        """
        now = self._clock()
        self._asked = {t: a for t, a in self._asked.items() if a.expires > now}
        asked = self._asked.get(target)
        if asked is None:
            if len(self._asked) >= MAX_ASKED:
                return False
            asked = self._asked[target] = _Asked(secrets.randbelow(2**31 - 1) + 1, {}, now, now)
        asked.wants[what] = begin
        asked.expires = now + PATIENCE_S
        if now >= asked.again:
            asked.again = now + AGAIN_S
            self._ask(target, asked.number)
        return True

    def confirm(self, host: str, number: int) -> bool:
        """Begin what a target of this host has confirmed; False where nothing there waits for that number."""
        for target, asked in list(self._asked.items()):
            if target[0] == host and asked.number == number and asked.expires > self._clock():
                del self._asked[target]
                for begin in asked.wants.values():
                    begin()
                return True
        return False
