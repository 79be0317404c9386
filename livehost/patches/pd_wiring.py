"""What stands behind the panel for Pure Data: from widgets to addresses, and back."""

from collections.abc import Iterator

from livehost.patches.controls import Control, Tree, everything, tree
from livehost.patches.pd import HOST, OUTLETS, PORT
from livehost.patches.pd_text import Canvas

#: Binds the next controller that is moved to an address.
LEARN = "/livehost/midi/learn"


def out_of(one: Control) -> str:
    """Name that its widgets send to."""
    return rf"\$0-o-{'-'.join(one.words)}"


def into(one: Control) -> str:
    """Name that its widgets receive at."""
    return rf"\$0-i-{'-'.join(one.words)}"


def wiring() -> Canvas:
    """Make the window with all that is not to be seen."""
    canvas = Canvas(900, 700, "wiring")
    net, say = canvas.obj(20, 60, "livehost"), canvas.obj(20, 20, r"r \$0-say")
    _learning(canvas, say, net)
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


def _learning(canvas: Canvas, say: int, net: int) -> None:
    """Have the first widget that is moved after the switch told as the address to learn, instead of its value."""
    twice, usual, learns = canvas.obj(20, 40, "t a a"), canvas.obj(20, 80, "spigot 1"), canvas.obj(120, 80, "spigot")
    on, off = canvas.obj(1400, 20, r"r \$0-learn"), canvas.obj(1500, 45, "== 0")
    canvas.chain(say, twice, usual, net)
    canvas.cord(twice, learns, 1)
    canvas.chain(on, off)
    canvas.cord(on, learns, 0, 1)
    canvas.cord(off, usual, 0, 1)
    once, address = canvas.obj(1400, 80, "t b a"), canvas.obj(1400, 105, "list split 1")
    named, bare = canvas.obj(1400, 130, f"list prepend {LEARN}"), canvas.obj(1400, 155, "list trim")
    canvas.chain(learns, once)
    canvas.cord(once, address, 1)
    canvas.chain(address, named, bare, net)
    # the switch falls back by itself, when the value that came with the address is past
    done, late = canvas.msg(1500, 105, "0"), canvas.obj(1500, 80, "delay 50")
    canvas.chain(once, late, done, canvas.obj(1500, 130, r"s \$0-learnt"))


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
    kinds = canvas.obj(900, 20, "route sample onset beat heard_beat")
    canvas.cord(net, kinds, groups["event"])
    parts = canvas.obj(900, 45, "unpack f s f f f f f f")
    canvas.cord(kinds, parts)
    for place, name in ((2, "probability"), (5, "decide"), (6, "sound")):
        canvas.cord(parts, canvas.obj(900 + 110 * place, 80, rf"s \$0-{name}"), place)
    named = canvas.inner(920, 70, _readable(), "readable")
    canvas.cord(parts, named, 1)
    canvas.cord(named, canvas.obj(920, 95, r"s \$0-name"))
    flash = canvas.obj(1100, 20, "t b")
    canvas.cord(kinds, flash, 1)
    canvas.cord(flash, canvas.obj(1150, 20, r"s \$0-onset"))
    beat = canvas.obj(1200, 45, "unpack f f")
    canvas.cord(kinds, beat, 2)
    canvas.cord(beat, canvas.obj(1200, 70, r"s \$0-beat"), 1)
    heard = canvas.obj(1300, 45, "unpack f f f f f f")
    canvas.cord(kinds, heard, 3)
    for place, name in ((1, "bar"), (2, "beat"), (3, "bpm"), (4, "sure")):
        canvas.cord(heard, canvas.obj(1300 + 100 * place, 70, rf"s \$0-heard-{name}"), place)
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
    error, line = canvas.obj(1000, 415, "unpack s s s"), canvas.obj(1120, 415, "unpack s s")
    said = canvas.inner(1000, 440, _readable(), "readable")
    canvas.cord(said, canvas.obj(1000, 465, r"s \$0-said"))
    canvas.cord(rest, error, 1)
    canvas.cord(error, said, 2)
    setting = canvas.obj(1120, 390, "route attention")  # of the section of the same name
    canvas.cord(rest, setting, 2)
    canvas.cord(setting, line, 1)
    canvas.cord(line, said, 1)


def _readable() -> Canvas:
    r"""Make a window that puts _ for what Pd shows with a backslash in a word: space, comma, semicolon, dollar."""
    canvas = Canvas(400, 400, "readable")
    codes, order = canvas.obj(20, 45, "list fromsymbol"), canvas.obj(20, 70, "t b a b")
    canvas.chain(canvas.obj(20, 20, "inlet"), codes, order)
    # the last one comes first: [list split] goes to the end before it gives the first
    first, special = canvas.obj(120, 95, "list split 1"), canvas.obj(120, 120, "sel 32 44 59 36")
    underscore, joined, kept = (
        canvas.msg(120, 150, "95"),
        canvas.obj(120, 180, "list append"),
        canvas.obj(20, 210, "list append"),
    )
    canvas.cord(order, joined, 2, 1)
    canvas.cord(order, kept, 2, 1)
    canvas.cord(order, first, 1)
    canvas.cord(first, first, 1)
    canvas.chain(first, special)
    for place in range(4):
        canvas.cord(special, underscore, place)
    canvas.cord(special, joined, 4)
    canvas.cord(underscore, joined)
    canvas.cord(joined, joined, 0, 1)
    canvas.cord(joined, kept, 0, 1)
    canvas.chain(order, kept, canvas.obj(20, 240, "list tosymbol"), canvas.obj(20, 270, "outlet"))
    return canvas


def _attention(canvas: Canvas, net: int, outlet: int) -> None:
    """Draw the weights, as many as there are, under their largest."""
    mean, order = canvas.obj(900, 120, "route mean"), canvas.obj(900, 145, "t b a a")
    canvas.cord(net, mean, outlet)
    canvas.cord(mean, order)
    count, size = canvas.obj(1100, 170, "list length"), canvas.obj(1100, 195, r"array size \$0-attention")
    filled = canvas.obj(1000, 195, r"array set \$0-attention")
    canvas.cord(order, count, 2)
    canvas.chain(count, size)
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
    canvas.cord(count, both, 0, 1)  # a point is one wide
