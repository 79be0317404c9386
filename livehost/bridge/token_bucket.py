"""How much of something each client may have: so much a second, and so much at once."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

#: Clients that are kept in mind; the one that was silent longest is forgotten first.
MAX_CLIENTS = 512


class TokenBucket:
    """Tokens that come back with time (a token bucket), for each of many clients.

    Parameters
    ----------
    a_second : float
        What comes back in a second.
    at_once : float
        The most that is there.
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, a_second: float, at_once: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second, self._at_once, self._clock = a_second, at_once, clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, client: Hashable, cost: float = 1.0) -> bool:
        """Take so much for a client; False, and nothing is taken, where there is not as much."""
        now = self._clock()
        left, at = self._left.pop(client, (self._at_once, now))
        left = min(self._at_once, left + (now - at) * self._a_second)
        enough = left >= cost
        self._left[client] = (left - cost if enough else left, now)
        if len(self._left) > MAX_CLIENTS:
            self._left.popitem(last=False)
        return enough
