"""Addresses of MIDI."""

from livehost.bridge.osc.rows import do, settings
from livehost.bridge.osc.schema import Address, Arg

ROWS: tuple[Address, ...] = (
    *settings("midi/", {
        "port": "midi.out", "in_port": "midi.in",
        **{name: f"midi.{name}" for name in (
            "channel", "note", "folders", "transpose", "velocity_scale", "delay_ms", "max_note_s", "thru", "map",
            "programs", "in_channel", "feedback_ms",
        )},
    }),
    do(
        "/livehost/midi/in/note", "call", "a note that the musician plays is told to the players; velocity 0 ends it",
        Arg("i", "pitch", low=0, high=127), Arg("i", "velocity", low=0, high=127), action=("hear_note",),
    ),
    do(
        "/livehost/midi/learn", "call", "the next controller moved is bound to that address: it turns a setting, or "
        "presses an action (whose arguments may stand behind it)", Arg("s", "address"), action=("learn",),
    ),
    do(
        "/livehost/midi/unlearn", "call", "nothing is bound to that address any more; without one, to any",
        Arg("s", "address", default=""), action=("unlearn",),
    ),
)  # fmt: skip
