"""Addresses of MIDI."""

from livehost.bridge.osc.rows import do, settings
from livehost.bridge.osc.schema import Address, Arg

ROWS: tuple[Address, ...] = (
    *settings("midi/", {
        "port": "midi.out", "channel": "midi.channel", "note": "midi.note", "transpose": "midi.transpose",
        "velocity_scale": "midi.velocity_scale",
    }),
    do(
        "/livehost/midi/in/note", "call", "a note that the musician plays is told to the players; velocity 0 ends it",
        Arg("i", "pitch", low=0, high=127), Arg("i", "velocity", low=0, high=127), action=("hear_note",),
    ),
)  # fmt: skip
