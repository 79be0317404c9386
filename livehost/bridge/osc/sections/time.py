"""Addresses of transport and time: tempo, bars, start and stop."""

from livehost.bridge.osc.rows import do, out, settings
from livehost.bridge.osc.schema import Address, Arg

_BAR = (Arg("i", "bar"), Arg("i", "beat"))

ROWS: tuple[Address, ...] = (
    do("/livehost/transport/play", "trigger", "start at the next bar, behind the count-in; beats are told from then on",
        action=("transport", "play")),
    do("/livehost/transport/continue", "trigger", "the same, with the bar behind the one in which it was stopped",
        action=("transport", "continue")),
    do("/livehost/transport/stop", "trigger", "no more beats; what sounds, and who answers, goes on",
        action=("transport", "stop")),
    Address("/livehost/transport/state", "query", "stopped, counting or playing", (Arg("s", "state"),), "state",
            info="transport"),
    *settings("tempo/", {k: f"tempo.{k}" for k in (
        "bpm", "source", "quantum", "countin", "offset_ms", "quantise_play", "clock_out",
    )}),
    do("/livehost/tempo/tap", "trigger", "tap along: three taps give the tempo", action=("tap",)),
    Address("/livehost/tempo/peers", "query", "programs that share the tempo (Link)", (Arg("i", "peers"),), "state",
            info="tempo_peers"),
    out("tempo/beat", "a beat of the transport; the bars of the count-in are 0, −1 and so on", *_BAR,
        group="event", record="beat"),
    out("event/beat", "the same, with the tempo and how sure its source is", *_BAR,
        Arg("f", "bpm", "beats/min"), Arg("f", "confidence"), group="event", record="beat"),
)  # fmt: skip
