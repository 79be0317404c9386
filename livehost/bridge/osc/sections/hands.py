"""Addresses for a key, a pad or a pedal: what moves by a step, and what goes on and off."""

from livehost.bridge.osc.rows import do, settings
from livehost.bridge.osc.schema import Address, Arg

ROWS: tuple[Address, ...] = (
    do(
        "/livehost/step", "call", "move a setting by a step: a number by so much, a choice to the next word, a switch "
        "to its other side; the name of a setting that parts have (density) moves it in every part that plays",
        Arg("s", "setting"), Arg("f", "by", low=-1e6, high=1e6, default=1.0), action=("step",),
    ),
    do(
        "/livehost/rest", "call", "nothing new for so many whole bars, counted from the next one, 256 at most; 0 or "
        "nothing: until told otherwise, or no rest any more where there is one",
        Arg("i", "bars", "bars", 0, 256, default=0), action=("rest",),
    ),
    *settings("", {"resting": "player.rest"}),
    do("/livehost/record/toggle", "trigger", "start recording, or stop it", action=("record", None)),
)  # fmt: skip
