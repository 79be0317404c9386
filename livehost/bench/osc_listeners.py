"""Programs that subscribe to everything: ``python -m livehost.bench.osc_listeners PORT COUNT``, until its input ends.

It prints "ready" once all of them get something, and in the end, for each, what was heard as it was told of it (address
and position), how many attention rows came, and by how much the worst of these rows missed a sum of 1.
"""

import json
import selectors
import socket
import sys
import threading
import time

from livehost.bridge.osc import wire

_RENEW_S = 4.0
_HEARD, _MEAN = ("onset", "masked", "segment"), "/livehost/attention/mean"


def main(port: int, count: int) -> None:
    """Listen."""
    selector, ended = selectors.DefaultSelector(), threading.Event()
    threading.Thread(target=_wait, args=(ended,), daemon=True).start()
    socks = []
    heard: list[dict] = [{"heard": [], "rows": 0, "off": 0.0} for _ in range(count)]
    for k in range(count):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        sock.bind(("127.0.0.1", 0))
        sock.setblocking(False)
        selector.register(sock, selectors.EVENT_READ, k)
        socks.append(sock)
    ask, renew, waiting = wire.encode("/livehost/subscribe", "isf", 0, "all", 30.0), 0.0, set(range(count))
    while not ended.is_set():
        if time.monotonic() >= renew:
            renew = time.monotonic() + _RENEW_S
            for sock in socks:
                sock.sendto(ask, ("127.0.0.1", port))
        for key, _ in selector.select(0.1):
            while True:
                try:
                    packet = key.fileobj.recv(65_536)  # type: ignore[union-attr]
                except OSError:
                    break
                take(heard[key.data], packet)
                if waiting:
                    waiting.discard(key.data)
                    if not waiting:
                        print("ready", flush=True)  # noqa: T201
    print(json.dumps(heard), flush=True)  # noqa: T201


def _wait(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def take(heard: dict, packet: bytes) -> None:
    """Note what a packet says."""
    if b"event/" not in packet and b"attention/mean" not in packet:
        return
    for message in wire.decode(packet):
        name = message.address.rpartition("/")[2]
        if name in _HEARD:
            heard["heard"].append(f"{name} {message.args[0]}")
        elif message.address == _MEAN:
            heard["rows"] += 1
            heard["off"] = max(heard["off"], abs(sum(message.args) - 1))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
