"""The performer's panel for Pure Data: meters, attention, the last choice, panic, and a control for every setting.

What one sees has no cords: widgets send and receive by name, and one window inside, `wiring`, holds the rest.
"""

from livehost.patches.controls import Control, Page, control, front, pages
from livehost.patches.pd_text import Canvas
from livehost.patches.pd_wiring import into, out_of, wiring

_RED, _GREEN = "#e04030 #ffe0e0 #000000", "#50b060 #e0ffe0 #000000"
#: Buttons and switches at hand: address, what stands beside it, size, colour.
_BUTTONS = (
    ("/livehost/panic", "PANIC", 60, _RED), ("/livehost/start", "start", 30, _GREEN),
    ("/livehost/stop", "stop", 30, ""), ("/livehost/approve", "approve", 24, ""),
    ("/livehost/reject", "reject", 24, ""), ("/livehost/change", "change", 24, ""),
)  # fmt: skip
_ATTENTION, _WIDTH, _ROW = 256, 150, 22
#: Pages beside one another, and how far apart below.
_ACROSS, _PAGE = 4, 26


def panel() -> str:
    """Write `livehost-panel.pd`."""
    rows = -(-len(list(pages())) // _ACROSS)
    height = 545 + _PAGE * rows
    canvas = Canvas(920, height + 30)
    _safety(canvas)
    _levels(canvas)
    _choice(canvas)
    _front(canvas)
    _pages(canvas)
    canvas.inner(20, height, wiring(), "wiring")
    return canvas.text()


def _safety(canvas: Canvas) -> None:
    canvas.panel(0, 0, 920, 110, "livehost")
    x = 20
    for path, label, size, colour in _BUTTONS:
        one = control(path)
        canvas.button(x, 30, out_of(one), size, into(one), **({"colour": colour} if colour else {}))
        canvas.comment(x - 3, 32 + size, label)
        x += max(size, 40) + 15
    for path in ("/livehost/mute", "/livehost/bypass"):
        one = control(path)
        canvas.toggle(x, 30, out_of(one), into(one), 30)
        canvas.comment(x - 3, 62, one.label)
        x += 50
    canvas.toggle(480, 30, "empty", r"\$0-there", 15)
    canvas.comment(500, 30, "there")
    canvas.symbol(550, 30, 10, r"\$0-state")
    canvas.comment(640, 30, "cpu %")
    canvas.number(690, 30, 5, r"\$0-cpu")
    canvas.comment(740, 30, "xruns")
    canvas.number(785, 30, 5, r"\$0-xruns")
    canvas.comment(835, 30, "beat")
    canvas.number(870, 30, 4, r"\$0-beat")
    _scenes(canvas)
    canvas.symbol(480, 90, 60, r"\$0-said")


def _scenes(canvas: Canvas) -> None:
    """Add what changes the scene, and what binds a controller to the widget that is moved next."""
    canvas.comment(480, 55, "scene")
    for place, name in enumerate(("prev", "next")):
        one = control(f"/livehost/scene/{name}")
        canvas.button(530 + 24 * place, 54, out_of(one), receive=into(one))
    canvas.comment(530, 72, "< >")
    load, save, current = (control(f"/livehost/scene/{name}") for name in ("load", "save", "current"))
    canvas.symbol(585, 55, 13, into(current), out_of(load))
    canvas.comment(582, 72, "now, another")
    canvas.symbol(690, 55, 13, "-", out_of(save))
    canvas.comment(687, 72, "save as")
    canvas.toggle(800, 54, r"\$0-learn", r"\$0-learnt")
    canvas.comment(820, 55, "MIDI learn:")
    canvas.comment(797, 72, "then move one")


def _levels(canvas: Canvas) -> None:
    canvas.panel(0, 112, 130, 200, "levels")
    inside = Canvas(300, 200, "levels")
    heard, sides = inside.obj(20, 20, r"r \$0-meter"), inside.obj(20, 45, "route in out")
    inside.chain(heard, sides)
    for place in range(2):
        pair = inside.obj(20 + 120 * place, 80, "unpack f f")
        inside.cord(sides, pair, place)
        rms, peak = inside.obj(20 + 120 * place, 120, "outlet"), inside.obj(80 + 120 * place, 120, "outlet")
        inside.cord(pair, rms, 1)  # a meter's left inlet
        inside.cord(pair, peak, 0)
    levels = canvas.inner(20, 135, inside, "levels")
    for place, side in enumerate(("in", "out")):
        meter = canvas.meter(20 + 55 * place, 165, 120)
        canvas.cord(levels, meter, 2 * place, 0)
        canvas.cord(levels, meter, 2 * place + 1, 1)
        canvas.comment(18 + 55 * place, 285, side)


def _choice(canvas: Canvas) -> None:
    canvas.panel(132, 112, 788, 200, "last_choice_and_what_it_rested_on")
    canvas.button(150, 140, "empty", 24, r"\$0-onset")
    canvas.comment(180, 144, "onset")
    canvas.symbol(240, 144, 36, r"\$0-name")
    for place, (label, name, width) in enumerate(
        (("probability", "probability", 6), ("ms to decide", "decide", 6), ("ms to sound", "sound", 6),
         ("attention sum", "sum", 6))
    ):  # fmt: skip
        x = 510 + 95 * place
        canvas.number(x, 144, width, rf"\$0-{name}")
        canvas.comment(x - 3, 162, label)
    for place, (label, width) in enumerate((("bar", 5), ("beat", 3), ("bpm", 6), ("sure", 5))):
        canvas.comment(150 + 82 * place, 164, label)
        canvas.number(184 + 82 * place, 164, width, rf"\$0-heard-{label}")
    canvas.array(150, 185, r"\$0-attention", _ATTENTION, 0.1, 730, 115)


def _front(canvas: Canvas) -> None:
    canvas.panel(0, 314, 920, 190, "play")
    controls = front().controls
    rows = (len(controls) + 1) // 2
    for place, one in enumerate(controls):
        _row(canvas, one, 20 + 440 * (place // rows), 340 + 26 * (place % rows))


def _pages(canvas: Canvas) -> None:
    canvas.panel(0, 506, 920, 70 + _PAGE * -(-len(list(pages())) // _ACROSS), "everything_else:_click_to_open")
    for place, page in enumerate(pages()):
        name = page.title.replace(",", "").replace(" ", "_")
        canvas.inner(20 + 220 * (place % _ACROSS), 535 + _PAGE * (place // _ACROSS), _page(page, name), name)


def _page(page: Page, name: str) -> Canvas:
    rows = 14
    columns = -(-len(page.controls) // rows)
    canvas = Canvas(
        430 * columns + 20, 30 + _ROW * min(rows, len(page.controls)) + 20, name, 160, 400
    )  # panic stays in sight
    for place, one in enumerate(page.controls):
        _row(canvas, one, 15 + 430 * (place // rows), 15 + _ROW * (place % rows))
    return canvas


def _row(canvas: Canvas, one: Control, x: int, y: int) -> None:
    """Add a control and what stands beside it."""
    send, receive = out_of(one), into(one)
    label = f"{one.label} ({one.unit})" if one.unit else one.label
    beside = x + _WIDTH + 65
    if one.kind == "slider":
        canvas.slider(x, y, one.low, one.high, send, receive, _WIDTH)
        canvas.number(x + _WIDTH + 8, y, 6, receive, send)
    elif one.kind == "number":
        canvas.number(x, y, 8, receive, send)
    elif one.kind == "toggle":
        canvas.toggle(x, y, send, receive)
        beside = x + 25
    elif one.kind == "menu":
        canvas.radio(x, y, len(one.choices), send, receive)
        label += ": " + "|".join(one.choices)
        beside = x + 16 * len(one.choices) + 8
    elif one.kind == "text":
        canvas.symbol(x, y, 24, receive, send)
    elif one.kind == "button":
        canvas.button(x, y, send, receive=receive)
        beside = x + 25
    elif one.word:
        canvas.symbol(x, y, 24, receive)
    else:
        canvas.number(x, y, 8, receive)
    canvas.comment(beside, y, label)
