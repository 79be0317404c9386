"""Tells whoever watches (`livehost osc monitor`) of every message that came in, and what became of it."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from livehost.bridge.osc.sender import Client, OscSender, named
from livehost.bridge.token_bucket import TokenBucket

#: Messages that are told of in a second, and at once; of the others only their number.
PER_SECOND, AT_ONCE = 100, 200
_PATH = "/livehost/monitor"
_SHOWN = 160


class Traffic:
    """What comes in, as the group monitor gets it; where nobody watches, it costs a look.

    Parameters
    ----------
    sender : OscSender
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, sender: OscSender, clock: Callable[[], float] = time.monotonic) -> None:
        self._sender, self._bucket, self._left_out = sender, TokenBucket(PER_SECOND, AT_ONCE, clock), 0

    def tell(self, client: Client, address: str, args: Iterable[Any], outcome: str) -> None:
        """Tell of a message, everyone but who sent it."""
        if not self._sender.wanted("monitor"):
            return
        if not self._bucket.take("all"):
            self._left_out += 1
            return
        shown = " ".join(map(_argument, args))[:_SHOWN]
        self._sender.send(_PATH, named(client), address[:_SHOWN], shown, outcome[:_SHOWN], but=client)

    def tick(self) -> None:
        """Tell how many messages were not told of, once there is room again."""
        if self._left_out and self._bucket.take("all", AT_ONCE / 2):
            count, self._left_out = self._left_out, 0
            self._sender.send(_PATH, "", "", "", f"{count} more came in, too many to be shown")


def _argument(value: Any) -> str:
    """Write an argument as it would be typed."""
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return f"{value:g}" if isinstance(value, float) else str(value)
