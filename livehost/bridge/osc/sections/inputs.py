"""Addresses of the input, of listening, of the engine and of recording."""

from livehost.bridge.osc.rows import do, fact, settings
from livehost.bridge.osc.schema import Address, Arg

ROWS: tuple[Address, ...] = (
    *settings("input/", {
        "gain_db": "input.gain_db", "gate_db": "input.gate_db", "monitor": "input.monitor",
        "channel": "audio.input_channels",
    }),
    *settings("listen/", {k: f"listen.{k}" for k in (
        "sensitivity", "refractory_ms", "segment_ms", "room_min_ms", "room_max_ms", "room_db", "strike",
    )}),
    *settings("engine/", {k: f"engine.{k}" for k in ("steal", "fade_in_ms", "fade_out_ms")}),
    *settings("log/", {"attention": "log.attention"}),
    do("/livehost/record/start", "trigger", "record input and output", action=("record", True)),
    do("/livehost/record/stop", "trigger", "stop recording", action=("record", False)),
    fact("record/active", "recording", "1 while it records", Arg("i", "recording")),
    fact("record/seconds", "record_seconds", "length of the recording that goes on, or was the last",
        Arg("f", "seconds", "s")),
    fact("record/path", "record_path", "its file of what livehost played; what was heard stands beside it",
        Arg("s", "path")),
    fact("record/overflows", "record_overflows", "frames of it that are missing, for the disk did not keep up",
        Arg("i", "frames", "samples")),
)  # fmt: skip
