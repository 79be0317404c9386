"""A livehost that plays on the sound card while OSC comes in: ``python -m livehost.bench.osc_worker BANK TAKE LOAD …``.

A load is "none=SECONDS", "messages=SECONDS@PER_SECOND", "fuzz=SECONDS@PER_SECOND", "subscribers=SECONDS@COUNT" or
"oscquery=SECONDS". For each in turn it counts the blocks that were served, and the times that their callbacks took. It
prints one JSON object.
"""

import json
import math
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import psutil

from livehost.bench.soak_worker import reading
from livehost.bridge.osc import slip, tcp, wire
from livehost.bridge.osc.addresses import BY_SETTING
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer
from livehost.engine.block_times import histogram_edges_us, histogram_percentiles
from livehost.engine.state import EngineState
from livehost.players.modes import in_mode
from livehost.settings import TABLE, Settings
from livehost.stage.event_bus import EventBus
from livehost.stage.stage import Stage

_WARM_UP_S, _SETTLE_S = 1.0, 0.3
_HEARD = ("onset", "masked", "segment")


class Beside:
    """A process that does something to livehost; `said` is its last line, once it has ended."""

    def __init__(self, module: str, *arguments: object) -> None:
        command = [sys.executable, "-m", f"livehost.bench.{module}", *map(str, arguments)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout  # noqa: S101
        if self._process.stdout.readline().strip() != "ready":
            raise RuntimeError(f"{module} did not begin")
        self.said = ""

    def end(self) -> None:
        """Close its input, and wait for its end."""
        self.said = self._process.communicate("\n")[0].strip()


@contextmanager
def beside(load: str, amount: float, seconds: float, port: int) -> Iterator[Beside | None]:
    """Run what a load stands for."""
    if load == "none":
        yield None
        return
    if load == "oscquery":
        other = Beside("query_flood", int(amount))
        yield other
        other.end()
        return
    if load == "subscribers":
        other = Beside("osc_listeners", port, int(amount))
        yield other
        other.end()
        return
    other = Beside("osc_sender", load, port, amount, seconds)
    stdin = other._process.stdin
    assert stdin  # noqa: S101
    stdin.write("\n")
    stdin.flush()
    yield other
    other.end()


def slice_of(
    engine: EngineState, bus: EventBus, server: OscServer, load: str, amount: float, seconds: float
) -> dict[str, Any]:
    """Play beside a load, and tell how it went."""
    seen: list[dict[str, Any]] = []
    with beside(load, amount, seconds + 1.0, server.port) as other:
        time.sleep(_SETTLE_S)
        taken = bus.subscribe(lambda e: seen.append(e) if e["kind"] in _HEARD else None)
        times = engine.histogram.copy()
        begin, first = reading(lambda: int(engine["blocks"]))
        time.sleep(seconds)
        end, last = reading(lambda: int(engine["blocks"]))
        counts = engine.histogram - times
        taken.close()
        time.sleep(_SETTLE_S)
    p50, p99, _ = histogram_percentiles(counts, histogram_edges_us(), math.inf)
    return {
        "load": load, "seconds": (end - begin) / 1e9, "blocks": last - first, "p50_us": p50, "p99_us": p99,
        "mean_us": float((counts * histogram_edges_us()).sum() / max(counts.sum(), 1)),
        "rss_mb": psutil.Process().memory_info().rss / 2**20, "said": other.said if other else "",
        "heard": [f"{e['kind']} {e['onset_frame']}" for e in seen],
    }  # fmt: skip


def out_of_range(values: Settings) -> list[str]:
    """Name the settings that hold what they must not hold."""
    wrong = []
    for key in BY_SETTING:
        value, setting = values[key], TABLE[key]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            fits = math.isfinite(value) and setting.low <= value <= setting.high
        else:
            fits = not setting.choices or value in setting.choices
        if not fits:
            wrong.append(key)
    return wrong


def full_socket(bus: EventBus, sender: OscSender, port: int) -> int:
    """Subscribe over TCP and never read; gives the packets that were counted as dropped."""
    tcp.MAX_WAITING = 1 << 15
    before = sender.dropped
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(("127.0.0.1", port))
        sock.sendall(slip.encode(wire.encode("/livehost/subscribe", "isf", 0, "all", 200.0)))
        until = time.monotonic() + 30
        while time.monotonic() < until and sender.dropped == before:
            for k in range(100):
                bus.publish("log", level="info", text=f"{k} " + 200 * "x")
            time.sleep(0.05)
    return sender.dropped - before


def answers(port: int) -> bool:
    """Tell whether it answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(5)
        sock.sendto(wire.encode("/livehost/ping"), ("127.0.0.1", port))
        try:
            return sock.recv(1000).startswith(b"/livehost/pong")
        except OSError:
            return False


def main(bank: str, take: str, loads: list[str]) -> None:
    """Play, and print what was seen."""
    values = Settings()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    values.update(
        {
            "bank.dir": bank, "audio.driver": "portaudio", "audio.input": take, "osc.in_port": port,
            "osc.announce": False, **in_mode("answer"),
        },
        "flag",
    )  # fmt: skip
    stage = Stage(values, tell=lambda _text: None)
    stage.start()
    server, query = stage.osc_server, stage.osc_query
    assert server  # noqa: S101
    assert query  # noqa: S101
    time.sleep(_WARM_UP_S)
    rows = []
    for text in loads:
        load, _, rest = text.partition("=")
        seconds, _, amount = rest.partition("@")
        much = query.port if load == "oscquery" else float(amount or 0)
        rows.append(slice_of(stage.engine, stage.bus, server, load, much, float(seconds)))
        stage.control.resume()
    alive = answers(port)
    result = {
        "rows": rows, "answers": alive, "out_of_range": out_of_range(values), "counters": server.counters,
        "full": full_socket(stage.bus, stage.outputs.osc, port),
    }  # fmt: skip
    stage.close()
    print(json.dumps(result), flush=True)  # noqa: T201


if __name__ == "__main__":
    np.seterr(all="ignore")
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
