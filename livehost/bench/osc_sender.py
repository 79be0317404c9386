"""A program that sends OSC evenly: ``python -m livehost.bench.osc_sender KIND PORT PER_SECOND SECONDS``.

"messages" are settings, in range and out of it, and questions; "fuzz" are random bytes, and messages with bytes
changed, cut out and put in. Nothing of it writes files, loads anything, or ends livehost.
"""

import socket
import sys
import time
from collections.abc import Iterator

import numpy as np

from livehost.bridge.osc import wire
from livehost.bridge.osc.addresses import ADDRESSES
from livehost.bridge.osc.schema import Address, Arg

#: Datagrams that are made ahead, and sent again and again; how long a batch of them is.
_MADE, _BATCH_S = 20_000, 0.002
_HEADS = (b"", b"#bundle\0", b"/livehost/", b"/\0\0\0,")
_TAME = {
    "ping",
    "sync",
    "panic",
    "stop",
    "start",
    "play",
    "allow",
    "allow_all",
    "name",
    "subscribe",
    "confirm",
    "steer",
}
#: Settings that are more than a number: they load, or open a port.
_MORE = ("midi.", "tempo.", "osc.")


def is_tame(row: Address) -> bool:
    """Tell whether a message to an address changes nothing but numbers."""
    if row.action:
        return row.action[0] in _TAME
    if row.setting:
        return row.args[0].type != "s" and not row.setting.startswith(_MORE)
    return row.access == "query"


def messages(rng: np.random.Generator) -> Iterator[bytes]:
    """Make settings and questions."""
    rows = [row for row in ADDRESSES if row.setting and row.access == "set" and is_tame(row)]
    while True:
        row = rows[rng.integers(len(rows))]
        value = _value(row.args[0], rng)
        yield wire.encode(row.path, "f", value) if rng.random() < 0.9 else wire.encode(row.path)


def fuzz(rng: np.random.Generator) -> Iterator[bytes]:
    """Make random bytes, and messages that are not quite right."""
    rows = [row for row in ADDRESSES if is_tame(row)]
    noise = rng.bytes(1 << 16)
    while True:
        if rng.random() < 0.3:
            at, size = int(rng.integers(0, 60_000)), int(rng.integers(0, 1500))
            yield _HEADS[rng.integers(4)] + noise[at : at + size]
            continue
        row = rows[rng.integers(len(rows))]
        values = [_value(arg, rng) if arg.type != "s" else "event" for arg in row.args]
        types = "".join("s" if isinstance(v, str) else rng.choice(["i", "f"]) for v in values)
        packet = wire.encode(row.path, types, *values)
        yield _changed(wire.bundle([packet] * int(rng.integers(1, 6))) if rng.random() < 0.2 else packet, rng)


def _value(arg: Arg, rng: np.random.Generator) -> float:
    low, high = max(arg.low, -1e4), min(arg.high, 1e4)
    return float(rng.uniform(low - 0.2 * (high - low), high + 0.2 * (high - low)))


def _changed(packet: bytes, rng: np.random.Generator) -> bytes:
    """Change a few bytes behind the first ones, which say whom it is for; cut some out, or put some in."""
    data = bytearray(packet)
    for _ in range(int(rng.integers(1, 5))):
        at = int(rng.integers(12, max(len(data), 13)))
        what = rng.integers(3)
        if what == 0 and at < len(data):
            data[at] = int(rng.integers(256))
        elif what == 1:
            del data[at : at + int(rng.integers(1, 9))]
        else:
            data[at:at] = rng.bytes(int(rng.integers(1, 9)))
    # what would end it is no fault, and is not sent
    return bytes(data) if b"/quit" not in data else packet


def main(kind: str, port: int, per_second: float, seconds: float) -> None:
    """Send, and print how many were sent."""
    rng = np.random.default_rng(1)
    make = {"messages": messages, "fuzz": fuzz}[kind](rng)
    made = [next(make) for _ in range(_MADE)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        began, sent = time.monotonic(), 0
        while (passed := time.monotonic() - began) < seconds:
            for _ in range(int(passed * per_second) - sent):
                packet = made[sent % _MADE]
                if kind == "fuzz" and sent >= _MADE:  # each is another one, and making them takes too long
                    at = sent * 7919 % max(len(packet), 1)
                    packet = packet[:at] + bytes([sent & 0xFF]) + packet[at + 1 :]
                sent += 1
                if b"/quit" not in packet:
                    sock.sendto(packet, ("127.0.0.1", port))
            time.sleep(_BATCH_S)
    print(sent, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
