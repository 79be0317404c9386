"""Addresses of the session: is it there, who gets what."""

from livehost.bridge.osc.rows import do, info, out
from livehost.bridge.osc.schema import Address, Arg
from livehost.bridge.subscriptions import ALL_GROUPS, FURTHER_GROUPS

_PORT = Arg("i", "port", low=0, high=65535, default=0)
_GROUP = Arg("s", "group", default="all", choices=(*ALL_GROUPS, "heads", "all", *FURTHER_GROUPS[1:]))

ROWS: tuple[Address, ...] = (
    do("/livehost/ping", "call", "is it there; answers /livehost/pong", action=("ping",)),
    out("pong", "answer to ping", Arg("i", "api"), Arg("s", "version"), group=""),
    info("version", "s", "version of livehost"),
    info("api", "i", "version of this table"),
    info("sample_rate", "i", "sample rate, Hz"),
    info("block", "i", "frames per block"),
    info("device", "s", "sound card"),
    info("bank", "s", "folder of the bank"),
    info("model", "s", "what answers"),
    info("latency_ms", "f", "from the input to the output of the sound card, ms"),
    Address(
        "/livehost/status", "query", "starting, ready, running, degraded, failsafe or error",
        (Arg("s", "state"), Arg("f", "uptime_s", "s")), "state", record="status",
    ),
    out("heartbeat", "once a second", Arg("i", "seq"), Arg("s", "state"), group="state", record="heartbeat"),
    do(
        "/livehost/subscribe", "call", "send a group to this port of the sender for 10 s (0: the port it sends from)",
        _PORT, _GROUP, Arg("f", "hz", "Hz", 0, 200, default=30.0),
        action=("subscribe",),
    ),
    do(
        "/livehost/unsubscribe", "call", "stop sending it",
        _PORT, _GROUP, action=("unsubscribe",),
    ),
    do(
        "/livehost/confirm", "call",
        "comes to the target of a subscription (not where a program of this computer asks for itself); "
        "its streams begin when the number is sent back from there", Arg("i", "number"), action=("confirm",),
    ),
    do("/livehost/dump", "call", "every readable value to the sender", action=("dump",)),
    do(
        "/livehost/sync", "call", "answers /livehost/synced when all before it has been carried out",
        Arg("i", "id", default=0), action=("sync",),
    ),
    out("synced", "answer to sync", Arg("i", "id"), group=""),
    out("error", "what was refused, and why", Arg("s", "code"), Arg("s", "address"), Arg("s", "text"), group=""),
    out(
        "log", "a line of the log; warnings and errors go to the group trouble as well",
        Arg("s", "level"), Arg("s", "text"), group="log", record="log",
    ),
    out(
        "monitor", "a message that came in, who sent it, and what became of it",
        Arg("s", "client"), Arg("s", "address"), Arg("s", "arguments"), Arg("s", "outcome"), group="monitor",
    ),
)  # fmt: skip
