"""A program that sends OSC as fast as it is told: ``python -m livehost.bench.osc_flood PORT PER_SECOND SECONDS NOTES``.

First `NOTES` plays for later (1 to 50 s ahead, in bundles), then plays for now, so many a second.
"""

import socket
import sys
import time

from livehost.bridge.osc import wire

_BUNDLE = 300
_PAUSE_S = 0.002
_GAIN_DB = -40.0


def future_notes(count: int, now: float) -> list[bytes]:
    """Make bundles of plays, 1 to 50 s ahead."""
    play = wire.encode("/livehost/bank/play", "if", 0, _GAIN_DB)
    bundles = range(0, count, _BUNDLE)
    return [
        wire.bundle([play] * min(_BUNDLE, count - k), now + 1 + 49 * i / max(len(bundles), 1))
        for i, k in enumerate(bundles)
    ]


def main(port: int, per_second: float, seconds: float, notes: int) -> None:
    """Send."""
    play = wire.encode("/livehost/bank/play", "if", 1, _GAIN_DB)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", port))
        for bundle in future_notes(notes, time.time()):
            sock.send(bundle)
            time.sleep(0.0005)
        began, sent = time.monotonic(), 0
        while (passed := time.monotonic() - began) < seconds:
            for _ in range(int(passed * per_second) - sent):
                sock.send(play)
                sent += 1
            time.sleep(_PAUSE_S)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
