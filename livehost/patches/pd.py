"""The abstraction for Pure Data, one object that speaks with livehost, and its help patch."""

from livehost.patches.pd_text import Canvas

#: Groups that have an outlet of their own, in this order; behind them the rest, and whether livehost is there.
OUTLETS = ("event", "attention", "feature", "meter", "perf")
#: How often the subscription, which lasts 10 s, is renewed, and which silence means that livehost is gone, ms.
_RENEWED, _GONE = 2000, 3000
HOST, PORT = "127.0.0.1", 17770


def abstraction() -> str:
    """Write `livehost.pd`."""
    canvas = Canvas(900, 620)
    canvas.comment(20, 8, "[livehost HOST PORT] - right-click it for help")
    inlet = canvas.obj(20, 40, "inlet")
    net = canvas.obj(20, 300, "netsend -u -b")
    packet = canvas.obj(20, 270, "list prepend send")
    bare = canvas.obj(20, 285, "list trim")
    canvas.chain(packet, bare, net)
    say = _sending(canvas, packet)
    _connection(canvas, inlet, net, say)
    _receiving(canvas, net, packet)
    return canvas.text()


def _sending(canvas: Canvas, packet: int) -> int:
    """Make an OSC packet of a message whose selector is its address; the box that takes such a message."""
    twice = canvas.obj(20, 140, "t a a")
    address, arguments = canvas.obj(120, 165, "list split 1"), canvas.obj(20, 165, "list split 1")
    named = canvas.msg(120, 190, r"set \$1")
    osc = canvas.obj(20, 230, "oscformat")
    canvas.cord(twice, address, 1)
    canvas.chain(address, named, osc)
    canvas.cord(twice, arguments, 0)
    canvas.cord(arguments, osc, 1)
    canvas.cord(osc, packet)
    return twice


def _connection(canvas: Canvas, inlet: int, net: int, say: int) -> None:
    """Connect at the start and on `connect HOST PORT`, and go on asking for everything."""
    begin = canvas.obj(420, 40, "loadbang")
    order = canvas.obj(420, 60, "t b b b")
    port, default_port = canvas.obj(640, 90, r"f \$2"), canvas.obj(640, 110, "sel 0")
    its_port = canvas.msg(640, 130, str(PORT))
    host, default_host = canvas.obj(500, 90, r"list append \$1"), canvas.obj(500, 110, "route float")
    its_host = canvas.msg(500, 130, f"symbol {HOST}")
    both = canvas.obj(500, 170, "pack s f")
    connect = canvas.msg(500, 195, r"connect \$1 \$2")
    tick = canvas.obj(420, 90, f"metro {_RENEWED}")
    running = canvas.msg(420, 75, "1")
    canvas.chain(begin, order, running, tick)
    canvas.cord(order, host, 1)
    canvas.cord(order, port, 2)
    canvas.chain(port, default_port, its_port)
    canvas.cord(its_port, both, 0, 1)
    canvas.cord(default_port, both, 1, 1)
    canvas.chain(host, default_host, its_host, both, connect, net)
    canvas.cord(default_host, both, 1)
    # on the way: connect again where the connection was lost, then renew the subscription
    steps = canvas.obj(340, 120, "t b b")
    state, lost = canvas.obj(400, 230, "f"), canvas.obj(400, 250, "sel 0")
    renew = canvas.msg(240, 120, "/livehost/subscribe 0 all 30")
    canvas.cord(tick, steps)
    canvas.cord(steps, state, 1)
    canvas.cord(net, state, 0, 1)
    canvas.chain(state, lost, both)
    canvas.chain(steps, renew, say)
    # a message of the patch: another place, or something to say
    which = canvas.obj(20, 70, "route connect")
    other, away = canvas.obj(140, 70, "t a b"), canvas.msg(180, 95, "disconnect")
    place = canvas.obj(140, 120, "unpack s f")
    canvas.chain(inlet, which, other, place, both)
    canvas.cord(which, say, 1)
    canvas.cord(other, away, 1)
    canvas.cord(away, net)
    canvas.cord(place, both, 1, 1)


def _receiving(canvas: Canvas, net: int, packet: int) -> None:
    """Hand on what comes, each group at its outlet, and send back what asks whether we are here."""
    again = canvas.obj(120, 320, "t a a")
    kept = canvas.obj(240, 320, "list append")
    canvas.cord(net, again, 1)
    canvas.cord(again, kept, 1, 1)
    canvas.cord(kept, packet)
    parsed, trimmed, root = (
        canvas.obj(120, 345, "oscparse"),
        canvas.obj(120, 370, "list trim"),
        canvas.obj(120, 395, "route livehost"),
    )
    canvas.chain(again, parsed, trimmed, root)
    groups = canvas.obj(120, 420, f"route {' '.join(OUTLETS)}")
    canvas.cord(root, groups)
    for place, _ in enumerate(OUTLETS):
        canvas.cord(groups, canvas.obj(20 + 60 * place, 580, "outlet"), place)
    rest = canvas.obj(20 + 60 * len(OUTLETS), 580, "outlet")
    alive = canvas.obj(80 + 60 * len(OUTLETS), 580, "outlet")
    last = canvas.obj(320, 445, "t a a a")
    canvas.cord(groups, last, len(OUTLETS))
    # what has a number in its path: Pd reads it as a word
    numbered = canvas.obj(320, 470, "route part voice confirm")
    canvas.cord(last, numbered)
    for place, word in enumerate(("part", "voice")):
        x = 420 + 180 * place
        split, codes = canvas.obj(x, 470, "list split 1"), canvas.obj(x, 490, "list fromsymbol")
        ended, number = canvas.obj(x, 510, "list append 59"), canvas.obj(x, 530, "fudiparse")
        joined, named = canvas.obj(x, 550, "list append"), canvas.obj(x, 570, f"list prepend {word}")
        bare = canvas.obj(x, 590, "list trim")
        canvas.cord(numbered, split, place)
        canvas.chain(split, codes, ended, number, joined, named, bare, rest)
        canvas.cord(split, joined, 1, 1)
    canvas.cord(numbered, rest, 3)
    asked = canvas.obj(240, 295, "t b")
    canvas.cord(numbered, asked, 2)
    canvas.cord(asked, kept)
    # a heartbeat a second
    beat, both = canvas.obj(700, 300, "route heartbeat"), canvas.obj(700, 325, "t b b")
    there, gone, late = canvas.msg(700, 350, "1"), canvas.msg(760, 375, "0"), canvas.obj(760, 350, f"delay {_GONE}")
    changed, begin = canvas.obj(700, 400, "change -1"), canvas.obj(790, 325, "loadbang")
    canvas.cord(last, beat, 1)
    canvas.chain(beat, both, there, changed, alive)
    canvas.cord(both, late, 1)
    canvas.chain(late, gone, changed)
    canvas.cord(begin, gone)


def help_patch() -> str:
    """Write `livehost-help.pd`."""
    canvas = Canvas(760, 560)
    canvas.panel(0, 0, 760, 40, "livehost_-_speaks_with_a_running_livehost_over_OSC")
    canvas.comment(
        20,
        50,
        "Start livehost (livehost run --bank samples/). This object finds it, subscribes, and goes on"
        " doing so: livehost may be ended and started again meanwhile. Nothing has to be installed.",
        100,
    )
    net = canvas.obj(40, 300, "livehost")
    x, messages = 40, (
        "/livehost/master/gain_db -6", "/livehost/model/temperature 0.8", "/livehost/model/mode call",
        "/livehost/panic", "/livehost/start", "/livehost/bank/play 0", "/livehost/ping", "connect 127.0.0.1 17770",
    )  # fmt: skip
    for place, text in enumerate(messages):
        canvas.cord(canvas.msg(x, 100 + 22 * place, text), net)
    canvas.comment(290, 100, "A message is an OSC address and its values. An address without a value asks for it.", 60)
    canvas.comment(290, 140, "livehost addresses lists them all; livehost-panel.pd shows them.", 60)
    canvas.comment(290, 166, "Nothing plays between a panic and a start.", 60)
    canvas.comment(290, 254, "Another computer or port; also as arguments: [livehost 192.168.1.20 17770]", 60)
    names = (*OUTLETS, "rest", "there")
    for place, name in enumerate(names[:-1]):
        canvas.cord(net, canvas.obj(40 + 100 * place, 460, f"print {name}"), place)
    there = canvas.toggle(640, 460, "empty", "empty")
    canvas.cord(net, there, len(names) - 1)
    canvas.comment(640, 480, "1: livehost is there")
    outlets = (
        "Outlets: events (onset, sample, note, ...), attention, features, meters, performance, all else (settings as"
        " they change, answers, errors), and whether livehost is there. What comes out has lost /livehost and the"
        " group: [route sample] behind the first outlet, [route mean] behind the second."
    )
    canvas.comment(40, 330, outlets, 100)
    canvas.comment(
        40, 500, "Settings of a part come as part 1 gain_db -6: [route part], [route 1], [route gain_db].", 100
    )
    return canvas.text()
