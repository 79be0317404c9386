"""Addresses that keep a show safe: panic, stop, mute, the output."""

from livehost.bridge.osc.rows import do, fact, settings
from livehost.bridge.osc.schema import Address, Arg
from livehost.events import PANIC_FADE_MS

_FADE = Arg("f", "fade_ms", "ms", 2, 10_000, default=PANIC_FADE_MS)
_PANIC = (
    "all voices fade, queued notes are dropped, every MIDI note ends, and nothing plays until /livehost/start; "
    "1 (a button) means the default fade"
)

ROWS: tuple[Address, ...] = (
    do("/livehost/panic", "trigger", _PANIC, _FADE, action=("panic",)),
    do("/panic", "trigger", "the same", _FADE, action=("panic",)),
    do("/livehost/stop", "trigger", "no new sound until /livehost/start; what sounds rings out", action=("stop",)),
    do("/livehost/start", "trigger",
        "play again, after a panic or a stop; with a tempo, open a piece in silence: what has a line of its own plays; "
        "1 is a button, and no tempo",
        Arg("f", "bpm", "beats/min", 40, 240, strict=True, default=1.0), action=("start",)),
    fact("halted", "halted", "1 from a panic or a stop to the next start", Arg("i", "halted")),
    do("/livehost/quit", "trigger", "end the session, as Ctrl-C does", action=("quit",)),
    do("/livehost/reset", "trigger", "the player forgets what it has heard", action=("reset",)),
    *settings("", {"mute": "master.mute", "bypass": "master.bypass", "failsafe": "player.failsafe"}),
    *settings("master/", {k: f"master.{k}" for k in ("gain_db", "limiter", "ceiling_db")}),
)  # fmt: skip
