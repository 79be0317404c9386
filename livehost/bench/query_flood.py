"""OSCQuery clients that misbehave: ``python -m livehost.bench.query_flood PORT``, until its input ends.

Two ask for the whole tree again and again, one opens a thousand connections and says nothing, eight listen over
WebSockets and never read. It prints "ready" once all have begun, and in the end how often the tree came.
"""

import http.client
import json
import socket
import sys
import threading
import time

_ASKING, _CONNECTIONS, _DEAF = 2, 1_000, 8
_LISTENED = ("meter/in", "meter/out", "feature/mfcc", "feature/chroma", "attention/mean", "event/onset", "event/sample")
_UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)


def ask(port: int, ended: threading.Event, came: list[int]) -> None:
    """Ask for the whole tree, again and again."""
    while not ended.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            came.append(connection.getresponse().status == 200)
        except (OSError, http.client.HTTPException):
            time.sleep(0.001)
        finally:
            connection.close()


def connect(port: int, ended: threading.Event) -> None:
    """Open a thousand connections, say nothing, close them, and begin anew."""
    while not ended.is_set():
        socks = []
        for _ in range(_CONNECTIONS):
            sock = socket.socket()
            sock.settimeout(2)
            socks.append(sock)
            try:
                sock.connect(("127.0.0.1", port))
            except OSError:
                break
        ended.wait(0.5)
        for sock in socks:
            sock.close()


def listen(port: int) -> socket.socket:
    """Listen over a WebSocket, and never read."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect(("127.0.0.1", port))
    sock.sendall(_UPGRADE)
    for name in _LISTENED:
        command = json.dumps({"COMMAND": "LISTEN", "DATA": f"/livehost/{name}"}).encode()
        sock.sendall(bytes((0x81, 0x80 | len(command), 0, 0, 0, 0)) + command)
    return sock


def main(port: int) -> None:
    """Misbehave."""
    ended, came = threading.Event(), list[int]()
    deaf = [listen(port) for _ in range(_DEAF)]
    threads = [threading.Thread(target=ask, args=(port, ended, came)) for _ in range(_ASKING)]
    threads.append(threading.Thread(target=connect, args=(port, ended)))
    for thread in threads:
        thread.start()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.read()
    ended.set()
    for thread in threads:
        thread.join()
    for sock in deaf:
        sock.close()
    print(sum(came), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
