"""What Max and Max for Live have in common: the connection, the strip that one plays on, the pages behind it."""

from livehost.patches.controls import Control, Page, control, front, pages
from livehost.patches.max_box import MaxPatch
from livehost.patches.max_controls import CELL, SIZES, Wires, add

HOST, PORT = "127.0.0.1", 17770
WIDTH, HEIGHT = 770, 169
#: How often the subscription, which lasts 10 s, is renewed; which silence means that livehost is gone; how long after
#: the start nothing is said, so that what a device remembers does not overrule a running session, ms.
_RENEWED, _GONE, _SILENT = 2000, 3000, 1000
#: Buttons at hand: address, label, place.
_BUTTONS = (
    ("/livehost/panic", "PANIC", (6, 6, 50, 50)), ("/livehost/start", "start", (6, 84, 18, 18)),
    ("/livehost/stop", "stop", (6, 106, 18, 18)), ("/livehost/approve", "approve", (446, 146, 18, 18)),
    ("/livehost/reject", "reject", (516, 146, 18, 18)), ("/livehost/change", "change", (584, 146, 18, 18)),
)  # fmt: skip
_SWITCHES = (("/livehost/mute", "mute", (6, 128, 16, 16)), ("/livehost/bypass", "bypass", (6, 148, 16, 16)))
_RED, _WHITE = [0.88, 0.25, 0.19, 1.0], [1.0, 0.9, 0.9, 1.0]
_PAGE_ROWS = 6


def speak(patch: MaxPatch, start: str, ears: int) -> Wires:
    """Add the connection: subscribe, confirm, and what all controls are connected to.

    Parameters
    ----------
    patch : MaxPatch
    start : str
        The object that gives a bang when the patch has been loaded.
    ears : int
        UDP port that it listens at.
    """
    begun, order = patch.obj(start, 20, 20), patch.obj("t b b", 20, 50)
    tick, running = patch.obj(f"metro {_RENEWED}", 20, 110), patch.msg("1", 20, 80)
    own, port = patch.obj(f"int {ears}", 20, 140), patch.widget("number", 200, 110, None, parameter_enable=0)
    ask = patch.msg("/livehost/subscribe $1 all 30", 20, 170)
    send = patch.obj(f"udpsend {HOST} {PORT}", 20, 260)
    patch.chain(begun, order, running, tick, own, ask, send)
    patch.cord(port, own, 0, 1)
    receive = patch.obj(f"udpreceive {ears}", 300, 20)
    moved = patch.msg("port $1", 200, 140)
    patch.chain(port, moved, receive)
    patch.cord(patch.msg(f"host {HOST}", 300, 200), send)
    patch.cord(patch.msg(f"port {PORT}", 420, 200), send)
    # asked whether we are here: say so
    wanted, yes = patch.obj("route /livehost/confirm", 300, 50), patch.obj("prepend /livehost/confirm", 300, 80)
    patch.chain(receive, wanted, yes, send)
    heard = patch.obj("t l", 480, 80)
    patch.cord(wanted, heard, 1)
    # what the widgets say waits for the start to be over
    gate, wait, opened = (
        patch.obj("gate 1 0", 20, 230),
        patch.obj(f"delay {_SILENT}", 100, 80),
        patch.msg("1", 100, 110),
    )
    patch.cord(order, wait, 1)
    patch.chain(wait, opened, gate, send)
    say = patch.obj("t l", 100, 200)
    patch.cord(say, gate, 0, 1)
    while patch.row() < 300:
        pass
    return Wires(patch, heard, say, send)


def strip(wires: Wires) -> None:
    """Add what one plays on."""
    patch = wires.patch
    for path, label, shown in _BUTTONS:
        panic = {"activebgoncolor": _WHITE, "bgcolor": _RED, "activebgcolor": _RED} if label == "PANIC" else {}
        box = add(wires, control(path), shown)
        box._kwds.update(panic)
        below = (4, 58, 60, 16) if panic else (shown[0] + 20, shown[1] + 1, 40, 16)
        patch.comment(label, below)
    for path, label, shown in _SWITCHES:
        add(wires, control(path), shown)
        patch.comment(label, (shown[0] + 20, shown[1], 40, 16))
    _front(wires)
    _meters(wires)
    _choice(wires)


def _front(wires: Wires) -> None:
    controls = front().controls
    dials = [one for one in controls if one.kind == "slider"]
    for place, one in enumerate(dials):
        add(wires, one, (140 + 60 * (place % 5), 2 + 58 * (place // 5), 58, 52))
    for place, one in enumerate(c for c in controls if c.kind != "slider"):
        add(wires, one, (140 + 150 * place, 140, 90, 18))
        wires.patch.comment(one.words[-1], (140 + 150 * place, 124, 90, 16))


def _meters(wires: Wires) -> None:
    """Show peak and RMS of input and output, and how livehost is."""
    patch, heard = wires.patch, wires.heard
    y = patch.row()
    sides, both = (
        patch.obj("route /livehost/meter/in /livehost/meter/out", 20, y),
        patch.obj("pak 0. 0. 0. 0.", 20, y + 60),
    )
    patch.cord(heard, sides)
    for place in range(2):
        pair = patch.obj("unpack 0. 0.", 20 + 140 * place, y + 30)
        patch.cord(sides, pair, place)
        patch.cord(pair, both, 0, 2 * place)
        patch.cord(pair, both, 1, 2 * place + 1)
    levels = patch.widget(
        "multislider", 20, y + 90, (72, 6, 56, 100), setminmax=[-60.0, 0.0], setstyle=1, settype=1, orientation=1,
        size=4, ignoreclick=1, parameter_enable=0,
    )  # fmt: skip
    patch.cord(both, levels)
    patch.comment("in    out", (76, 108, 56, 16))
    state, told = patch.obj("route /livehost/status", 400, y), patch.obj("unpack s 0.", 400, y + 30)
    shown, box = patch.obj("prepend set", 400, y + 60), patch.msg("", 400, y + 90, (66, 140, 66, 18))
    patch.cord(heard, state)
    patch.chain(state, told, shown, box)
    beat, again = patch.obj("route /livehost/heartbeat", 560, y), patch.obj("t b", 560, y + 30)
    late, gone = patch.obj(f"delay {_GONE}", 560, y + 60), patch.msg("set gone", 560, y + 90)
    patch.cord(heard, beat)
    patch.chain(beat, again, late, gone, box)
    patch.comment("livehost is", (66, 124, 66, 16))
    for _ in range(4):
        patch.row()


def _choice(wires: Wires) -> None:
    """Show the last choice, and the attention that it rested on."""
    patch, heard = wires.patch, wires.heard
    y = patch.row()
    kinds = patch.obj(
        "route /livehost/event/sample /livehost/event/onset /livehost/attention/mean /livehost/event/heard_beat", 20, y
    )
    parts = patch.obj("unpack 0 s 0. 0 0. 0. 0. 0", 20, y + 30)
    patch.cord(heard, kinds)
    patch.cord(kinds, parts)
    name, box = patch.obj("prepend set", 120, y + 60), patch.msg("", 120, y + 90, (446, 4, 168, 18))
    patch.cord(parts, name, 1)
    patch.chain(name, box)
    for place, (outlet, label) in enumerate(((2, "probability"), (5, "ms to decide"), (6, "ms to sound"))):
        x = 446 + 106 * place
        number = patch.widget(
            "flonum", 240 + 80 * place, y + 60, (x, 24, 40, 20), ignoreclick=1, parameter_enable=0, numdecimalplaces=2
        )
        patch.cord(parts, number, outlet)
        patch.comment(label, (x + 42, 26, 64, 16))
    flash = patch.widget("button", 500, y + 60, (618, 4, 18, 18), parameter_enable=0)
    patch.cord(kinds, flash, 1)
    patch.comment("onset", (638, 5, 38, 16))
    beat = patch.obj("unpack 0 0 0 0. 0. 0.", 900, y + 30)
    tempo = patch.widget("flonum", 900, y + 60, (680, 4, 44, 18), ignoreclick=1, parameter_enable=0, numdecimalplaces=0)
    patch.cord(kinds, beat, 3)
    patch.cord(beat, tempo, 3)
    patch.comment("bpm", (726, 5, 36, 16))
    weights = patch.obj("t l l", 640, y + 30)
    largest, scale = patch.obj("maximum", 700, y + 60), patch.obj("prepend setmax", 700, y + 90)
    bars = patch.widget(
        "multislider", 640, y + 120, (446, 48, 316, 94), setminmax=[0.0, 1.0], setstyle=1, settype=1, orientation=1,
        size=256, ignoreclick=1, parameter_enable=0, spacing=0,
    )  # fmt: skip
    patch.cord(kinds, weights, 2)
    patch.cord(weights, largest, 1)
    patch.chain(largest, scale, bars)
    patch.cord(weights, bars)
    for _ in range(5):
        patch.row()


def open_pages(wires: Wires) -> None:
    """Add the pages, each a window that a menu opens."""
    patch = wires.patch
    at_hand = {*(one.path for one in front().controls), *(path for path, _, _ in (*_BUTTONS, *_SWITCHES))}
    left = [Page(p.title, tuple(c for c in p.controls if c.path not in at_hand)) for p in pages()]
    left = [page for page in left if page.controls]
    items: list[str] = []
    for page in left:
        items += [*([","] if items else []), page.title.replace(",", "")]
    y = patch.row()
    menu = patch.widget("umenu", 20, y, (646, 146, 116, 20), items=items, parameter_enable=0)
    which = patch.obj(f"sel {' '.join(str(k) for k in range(len(left)))}", 20, patch.row())
    patch.cord(menu, which)
    heard = wires.heard
    for place, page in enumerate(left):
        y = patch.row()
        inside, names = _page(page, patch)
        window = patch.inner(inside, page.title.replace(",", "").replace(" ", "_"), 300, y)
        opened, lifted = patch.msg("open", 20, y), patch.obj("pcontrol", 120, y)
        patch.cord(which, opened, place)
        patch.chain(opened, lifted, window)
        patch.cord(heard, window)
        patch.cord(window, wires.say)
        wires.names |= {f"{window.id}::{box}": name for box, name in names.items()}


def _page(page: Page, parent: MaxPatch) -> tuple[MaxPatch, dict[str, tuple[str, str]]]:
    columns = -(-len(page.controls) // _PAGE_ROWS)
    rows = min(_PAGE_ROWS, len(page.controls))
    patch = MaxPatch(20 + CELL[0] * columns, 40 + CELL[1] * rows, parent)
    outlet = patch.obj("outlet", 700, 20)
    wires = Wires(patch, patch.obj("inlet", 20, 20), outlet, outlet)
    for place, one in enumerate(page.controls):
        x, y = 10 + CELL[0] * (place // _PAGE_ROWS), 10 + CELL[1] * (place % _PAGE_ROWS)
        width, height = SIZES[one.kind]
        dial = one.kind == "slider"  # has its name in it
        add(wires, one, (x, y if dial else y + 18, width, height), "" if dial else _label(one))
    return patch, wires.names


def _label(one: Control) -> str:
    return " ".join(one.words[-2:]).replace("_", " ")
