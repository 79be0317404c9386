"""OSC in numbers: many subscribers, many messages, and rubbish, each between slices without; what of it is felt."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from livehost.bench.jack import jack_server, need_portaudio
from livehost.bench.jack_rig import drum_bank
from livehost.bench.material import RATE, write_take
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.bench.suites.soak import shares
from livehost.synthesis.takes import make_take

_BLOCK, _SUBSCRIBERS = 64, 50
_MESSAGES_PER_SECOND, _FUZZ_PER_SECOND, _FUZZ = 10_000, 20_000, 1_000_000
#: Seconds of a slice: subscribers (and OSCQuery), messages, fuzz, and without.
_FULL, _QUICK = (20.0, 60.0, _FUZZ / _FUZZ_PER_SECOND, 5.0), (2.0, 2.0, 2.0, 1.0)
_LOADS = {
    "subscribers": f"{_SUBSCRIBERS} subscribers", "messages": f"{_MESSAGES_PER_SECOND:,} messages a second",
    "fuzz": "fuzz", "oscquery": "OSCQuery clients that misbehave",
}  # fmt: skip


def run(context: Context) -> Iterator[Figure]:
    """Play beside each, and look at blocks, callbacks, memory, settings, and at what subscribers got."""
    need_portaudio()
    subscribers, messages, fuzz, alone = _QUICK if context.quick else _FULL
    loads = [
        f"none={alone}", f"subscribers={subscribers}@{_SUBSCRIBERS}", f"none={alone}",
        f"messages={messages}@{_MESSAGES_PER_SECOND}", f"none={alone}", f"fuzz={fuzz}@{_FUZZ_PER_SECOND}",
        f"none={alone}", f"oscquery={subscribers}", f"none={alone}",
    ]  # fmt: skip
    bank = drum_bank(context.scratch / "bank")
    seconds = 5 * alone + 2 * subscribers + messages + fuzz + 60
    take = write_take(context.scratch / "take.wav", np.tile(make_take(1, RATE, 10.0)[0], int(seconds / 10) + 1))
    context.say(f"{seconds - 60:.0f} s …")
    with jack_server(RATE, _BLOCK) as server:
        command = [sys.executable, "-m", "livehost.bench.osc_worker", str(bank), str(take), *loads]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=server.environment)
    if done.returncode:
        raise CannotRun(f"livehost has ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    rows = seen["rows"]
    for load, name in _LOADS.items():
        yield from _felt(rows, load, name)
    yield from _received(next(row for row in rows if row["load"] == "subscribers"))
    yield Figure("dropped where a socket is full", seen["full"], "count", "count", better="higher")
    growth = rows[-1]["rss_mb"] - rows[2]["rss_mb"]
    note = f"{seen['counters']['packets']:,} packets came in"
    yield Figure("memory growth", growth, "MB", "count", noise=float("inf"), note=note)
    wrong = seen["out_of_range"]
    yield Figure("settings out of range", len(wrong), "count", "count", note=", ".join(wrong))
    yield Figure("answers afterwards", int(seen["answers"]), "count", "count", better="higher")


def _felt(rows: list[dict[str, Any]], load: str, name: str) -> Iterator[Figure]:
    """Tell what is felt of a load: blocks that are served, and the time that a callback takes, against without."""
    served = shares([{"rows": rows}], load)
    yield Figure(f"served beside {name}", float(np.mean(served)), "%", "ratio", served, better="higher")
    for k, row in enumerate(rows):
        if row["load"] == load:
            for what, kind in (("p50_us", "ratio"), ("p99_us", "tail")):
                without = float(np.mean([rows[k - 1][what], rows[k + 1][what]]))
                title = "callback" if what == "p50_us" else "callback p99"
                note = f"{row[what]:.0f} µs, without {without:.0f}"
                yield Figure(f"{title} beside {name}", row[what] / without, "×", kind, note=note)  # type: ignore[arg-type]


def _received(row: dict[str, Any]) -> Iterator[Figure]:
    """Tell what each subscriber got of what happened."""
    told, happened = json.loads(row["said"].splitlines()[-1]), set(row["heard"])
    lost = sum(len(happened - set(one["heard"])) for one in told)
    note = f"{len(happened)} to each of {len(told)}"
    yield Figure("events lost by subscribers", lost, "count", "count", note=note)
    rate = min(one["rows"] for one in told) / row["seconds"]
    yield Figure(
        "attention rows a second", rate, "count", "tail", better="higher", note="of the subscriber with fewest"
    )
    yield Figure("attention rows against 1", max(one["off"] for one in told), "abs", "count")
