"""The patch for Max, which is a panel and, as an object, speaks with livehost; and its help."""

import json

from livehost.patches.max_box import MaxPatch
from livehost.patches.max_face import HEIGHT, WIDTH, open_pages, speak, strip

#: UDP port that it listens at.
EARS = 17771
_MESSAGES = (
    "/livehost/master/gain_db -6.", "/livehost/model/temperature 0.8", "/livehost/model/mode call",
    "/livehost/bank/play 0", "/livehost/panic", "/livehost/start", "/livehost/ping", "/livehost/dump",
)  # fmt: skip
_SENTENCES = (
    (16, "Start livehost (livehost run --bank samples/), and the meters below move. Nothing has to be installed."),
    (40, "A message is an address and its values; without values it is asked. livehost addresses lists them all."),
    (64, "livehost.maxpat is a panel; as an object or a bpatcher it takes messages and gives all that comes, as here."),
    (88, "Another computer or port: the messages host and port above udpsend inside. It listens at UDP port 17771."),
)


def patch() -> str:
    """Write `livehost.maxpat`."""
    made = MaxPatch(WIDTH + 20, HEIGHT + 60)
    wires = speak(made, "loadbang", EARS)
    made.cord(made.obj("inlet", 160, 230), wires.send)
    made.cord(wires.heard, made.obj("outlet", 600, 110))
    strip(wires)
    open_pages(wires)
    return _text(made)


def help_patch() -> str:
    """Write `livehost.maxhelp`."""
    made = MaxPatch(WIDTH + 60, 640)
    made.patcher.openinpresentation = 0
    for y, text in _SENTENCES:
        made.text(text, 20, y)
    face = made.window("livehost.maxpat", 20, 300, WIDTH, HEIGHT)
    for place, text in enumerate(_MESSAGES):
        message = made.msg(text, 20 + 260 * (place % 3), 120 + 30 * (place // 3))
        made.cord(message, face)
    apart = made.obj("route /livehost/event/sample /livehost/event/note /livehost/attention/mean", 20, 500)
    made.cord(face, apart)
    parts = made.obj("unpack 0 s 0. 0 0. 0. 0. 0", 20, 540)
    made.cord(apart, parts)
    for place, name in enumerate(("index", "name", "probability", "voice", "gain_db", "decide_ms", "sound_ms")):
        made.cord(parts, made.obj(f"print {name}", 20 + 110 * place, 580), place)
    return _text(made)


def _text(made: MaxPatch) -> str:
    return json.dumps(made.patcher.to_dict(), indent=1) + "\n"
