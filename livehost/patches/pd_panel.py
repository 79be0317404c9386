"""The performer's panel for Pure Data: meters, attention, the last choice, panic, and a control for every setting.

What one sees has no cords: widgets send and receive by name, and one window inside, `wiring`, holds the rest.
"""

from collections.abc import Iterator

from livehost.patches.controls import Control, Page, Tree, control, everything, front, pages, tree
from livehost.patches.pd import HOST, OUTLETS, PORT
from livehost.patches.pd_text import Canvas

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


def out_of(one: Control) -> str:
    """Name that its widgets send to."""
    return rf"\$0-o-{'-'.join(one.words)}"


def into(one: Control) -> str:
    """Name that its widgets receive at."""
    return rf"\$0-i-{'-'.join(one.words)}"


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
    canvas.inner(20, height, _wiring(), "wiring")
    return canvas.text()


def _safety(canvas: Canvas) -> None:
    canvas.panel(0, 0, 920, 110, "livehost")
    x = 20
    for path, label, size, colour in _BUTTONS:
        one = control(path)
        canvas.button(x, 30, out_of(one), size, into(one), **({"colour": colour} if colour else {}))
        canvas.comment(x - 3, 32 + size, label)
        x += max(size, 40) + 20
    for path in ("/livehost/mute", "/livehost/bypass"):
        one = control(path)
        canvas.toggle(x, 30, out_of(one), into(one), 30)
        canvas.comment(x - 3, 62, one.label)
        x += 60
    canvas.toggle(520, 30, "empty", r"\$0-there", 15)
    canvas.comment(540, 30, "there")
    canvas.symbol(600, 30, 10, r"\$0-state")
    canvas.comment(690, 30, "cpu %")
    canvas.number(740, 30, 5, r"\$0-cpu")
    canvas.comment(790, 30, "xruns")
    canvas.number(840, 30, 5, r"\$0-xruns")
    canvas.comment(520, 55, "scene")
    for place, (path, label) in enumerate((("/livehost/scene/load", "load"), ("/livehost/scene/save", "save as"))):
        canvas.symbol(570 + 150 * place, 55, 14, "-", out_of(control(path)))
        canvas.comment(570 + 150 * place, 72, label)
    canvas.symbol(520, 90, 52, r"\$0-said")


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
    canvas = Canvas(430 * columns + 20, 30 + _ROW * min(rows, len(page.controls)) + 20, name, 120, 120)
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
    elif one.kind == "menu":
        canvas.radio(x, y, len(one.choices), send, receive)
        label += ": " + " / ".join(one.choices)
        beside = x + 16 * len(one.choices) + 8
    elif one.kind == "text":
        canvas.symbol(x, y, 24, receive, send)
    elif one.kind == "button":
        canvas.button(x, y, send, receive=receive)
    elif one.word:
        canvas.symbol(x, y, 24, receive)
    else:
        canvas.number(x, y, 8, receive)
    canvas.comment(beside, y, label)


def _wiring() -> Canvas:
    """Make the window with all that is not to be seen."""
    canvas = Canvas(900, 700, "wiring")
    net, say = canvas.obj(20, 60, "livehost"), canvas.obj(20, 20, r"r \$0-say")
    canvas.cord(say, net)
    canvas.cord(canvas.msg(120, 20, f"connect {HOST} {PORT}"), net)
    canvas.comment(300, 20, "another computer: edit, click")
    groups = {name: place for place, name in enumerate((*OUTLETS, "rest", "there"))}
    canvas.cord(net, canvas.obj(20, 100, r"s \$0-meter"), groups["meter"])
    canvas.cord(net, canvas.obj(120, 100, r"s \$0-there"), groups["there"])
    _shown(canvas, net, groups)
    at = iter(range(160, 100_000, 24))
    leaves = dict(_routes(canvas, net, groups["rest"], at))
    for one in everything():
        y = next(at)
        sent = canvas.obj(20, y, f"r {out_of(one)}") if one.kind != "shown" else -1
        report = -1
        if one.kind != "button":
            report = canvas.obj(500, y, f"s {into(one)}")
            shown = canvas.obj(380, y, "list prepend set")
            bare = canvas.obj(440, y, "list trim")
            canvas.chain(shown, bare, report)
            if one.kind in ("slider", "number", "menu") and sent >= 0:
                canvas.cord(sent, shown)
        if sent >= 0:
            said = canvas.msg(220, y, one.path if one.kind == "button" else rf"{one.path} \$1")
            canvas.chain(sent, said, canvas.obj(620, y, r"s \$0-say"))
        if one.path in leaves:
            source, outlet = leaves[one.path]
            if one.kind == "menu":
                words = canvas.obj(700, y, f"route {' '.join(one.choices)}")
                canvas.cord(source, words, outlet)
                for place in range(len(one.choices)):
                    number = canvas.msg(800 + 40 * place, y, str(place))
                    canvas.cord(words, number, place)
                    canvas.cord(number, shown)
            else:
                canvas.cord(source, shown, outlet)
    return canvas


def _routes(canvas: Canvas, net: int, outlet: int, at: Iterator[int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Take addresses apart; path → box and outlet at which its values come."""

    def below(branch: Tree, source: int, outlet: int, x: int) -> Iterator[tuple[str, tuple[int, int]]]:
        box = canvas.obj(x, next(at), f"route {' '.join(branch)}")
        canvas.cord(source, box, outlet)
        for place, child in enumerate(branch.values()):
            if isinstance(child, Control):
                yield child.path, (box, place)
            else:
                yield from below(child, box, place, x + 60)

    yield from below(tree(one for one in everything() if one.reports), net, outlet, 20)


def _shown(canvas: Canvas, net: int, groups: dict[str, int]) -> None:
    """Show what was heard, chosen and said."""
    kinds = canvas.obj(900, 20, "route sample onset")
    canvas.cord(net, kinds, groups["event"])
    parts = canvas.obj(900, 45, "unpack f s f f f f f f")
    canvas.cord(kinds, parts)
    for place, name in ((1, "name"), (2, "probability"), (5, "decide"), (6, "sound")):
        canvas.cord(parts, canvas.obj(900 + 110 * place, 80, rf"s \$0-{name}"), place)
    flash = canvas.obj(1100, 20, "t b")
    canvas.cord(kinds, flash, 1)
    canvas.cord(flash, canvas.obj(1150, 20, r"s \$0-onset"))
    _attention(canvas, net, groups["attention"])
    load = canvas.obj(900, 330, "unpack f f f f f f")
    canvas.cord(net, load, groups["perf"])
    canvas.cord(load, canvas.obj(900, 355, r"s \$0-cpu"))
    canvas.cord(load, canvas.obj(1000, 355, r"s \$0-xruns"), 5)
    rest = canvas.obj(900, 390, "route status error log")
    canvas.cord(net, rest, groups["rest"])
    state = canvas.obj(900, 415, "unpack s f")
    canvas.cord(rest, state)
    canvas.cord(state, canvas.obj(900, 440, r"s \$0-state"))
    error, line, said = (
        canvas.obj(1000, 415, "unpack s s s"),
        canvas.obj(1120, 415, "unpack s s"),
        canvas.obj(1000, 440, r"s \$0-said"),
    )
    canvas.cord(rest, error, 1)
    canvas.cord(error, said, 2)
    setting = canvas.obj(1120, 390, "route attention")  # of the section of the same name
    canvas.cord(rest, setting, 2)
    canvas.cord(setting, line, 1)
    canvas.cord(line, said, 1)


def _attention(canvas: Canvas, net: int, outlet: int) -> None:
    """Draw the weights, as many as there are, under their largest."""
    mean, order = canvas.obj(900, 120, "route mean"), canvas.obj(900, 145, "t b a a")
    canvas.cord(net, mean, outlet)
    canvas.cord(mean, order)
    count, size = canvas.obj(1100, 170, "list length"), canvas.obj(1100, 195, r"array size \$0-attention")
    last, wide = canvas.obj(1250, 195, "- 1"), canvas.obj(1250, 220, "max 1")  # a graph has a width
    canvas.cord(last, wide)
    filled = canvas.obj(1000, 195, r"array set \$0-attention")
    canvas.cord(order, count, 2)
    canvas.chain(count, size)
    canvas.cord(count, last)
    canvas.cord(order, filled, 1)
    ask = canvas.obj(900, 170, "t b b")
    total, largest = canvas.obj(900, 220, r"array sum \$0-attention"), canvas.obj(1000, 220, r"array max \$0-attention")
    canvas.cord(order, ask, 0)
    canvas.cord(ask, largest, 1)
    canvas.cord(ask, total, 0)
    canvas.cord(total, canvas.obj(900, 250, r"s \$0-sum"))
    floor, both = canvas.obj(1000, 245, "max 0.001"), canvas.obj(1000, 270, "pack f f")
    bounds, graph = canvas.msg(1000, 295, r"bounds 0 \$1 \$2 0"), canvas.obj(1150, 295, r"s \$0-attention")
    canvas.chain(largest, floor, both, bounds, graph)
    canvas.cord(wide, both, 0, 1)
