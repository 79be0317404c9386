"""The shipped patches in real Pure Data, beside a running livehost: what a performer sees, and what a hand does."""

import re
import socket
import subprocess
from contextlib import closing

import pytest

from livehost.bench.program import Program, free_udp_port
from livehost.patches.controls import everything
from livehost.patches.pd import OUTLETS
from livehost.patches.shipped import folder
from tests.bridge.fakes import Patch, need
from tests.patches.pd_file import read, widgets

from .test_midi_in import session  # noqa: F401 -- a fixture
from .test_osc_pd import until

PANEL = "livehost-panel.pd"
FOUND = list(widgets(read((folder() / "pd" / PANEL).read_text("ascii"), f"pd-{PANEL}")))
CONTROLS = {"-".join(one.words): one for one in everything()}
WIDGETS = [widget for widget in FOUND if widget.sends in CONTROLS]
#: Numbers that Pd may have given to the panel, for names that begin with $0.
_NUMBERS = range(1003, 1010)
_SHOWN = ("sum", "name", "state", "there", "cpu", "said")


def _harness(ears):
    """Write a patch with the abstraction that prints what comes, what the panel shows, and lends it a hand."""
    lines, cords = ["#N canvas 0 0 450 300 12"], []

    def chain(*texts):
        first = len(lines) - 1
        lines.extend(f"#X {text}" for text in texts)
        cords.extend((k, 0, k + 1, 0) for k in range(first, len(lines) - 2))
        return first

    net = chain("obj 0 0 livehost")
    for outlet, name in enumerate((*OUTLETS, "rest", "there")):
        if name != "attention":
            cords.append((net, outlet, chain(f"obj 0 0 print {name}"), 0))
    chain("obj 0 0 array define weights 256")
    mean = chain("obj 0 0 route mean", "obj 0 0 t b a a", "obj 0 0 array sum weights", "obj 0 0 print sum")
    cords += [(net, 1, mean, 0), (mean + 1, 1, chain("obj 0 0 array set weights"), 0)]
    cords += [(mean + 1, 2, chain("obj 0 0 list length", "obj 0 0 array size weights"), 0)]
    for number in _NUMBERS:
        for name in _SHOWN:
            chain(f"obj 0 0 r {number}-{name}", f"obj 0 0 print panel-{name}")
    chain(f"obj 0 0 netreceive -u {ears}", "obj 0 0 list", r"msg 0 0 \; \$1 \$2 \$3 \$4 \$5 \$6")
    lines += [f"#X connect {a} {b} {c} {d}" for a, b, c, d in cords]
    return "".join(f"{line};\n" for line in lines)


class Pd:
    """Pure Data with the panel and the harness open."""

    def __init__(self, place, port):
        self.ears = free_udp_port()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for path in (folder() / "pd").glob("*.pd"):
            text = path.read_text("ascii")
            assert "17770" in text
            # as a performer does who has two livehosts
            (place / path.name).write_text(text.replace("17770", str(port)), "ascii")
        (place / "harness.pd").write_text(_harness(self.ears), "ascii")
        self.file = place / "said"
        command = ["pd", "-nogui", "-noaudio", "-nomidi", "-stderr", PANEL, "harness.pd"]
        with self.file.open("wb") as out:
            self.process = subprocess.Popen(command, cwd=place, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        assert until(lambda: self.heard("there") == ["0"])

    @property
    def said(self):
        return self.file.read_text("utf-8", "replace")

    def heard(self, name):
        return re.findall(rf"^{name}: (.*)$", self.said, re.MULTILINE)

    def _do(self, window, what, *numbers):
        numbers = (*numbers, 0, 0, 0, 0)[:4]
        self.socket.sendto(f"{window} {what} {' '.join(map(str, numbers))};\n".encode(), ("127.0.0.1", self.ears))

    def press(self, widget, across=0):
        """Press the mouse on a widget, `across` pixels from its left end, and let go."""
        self.drag(widget, across, 0)

    def drag(self, widget, across, by):
        """Press the mouse on a widget, move it to the right, and let go."""
        x, y = widget.x + across + 5, widget.y + 7
        self._do(widget.window, "vis", 1)
        self._do(widget.window, "mouse", x, y, 1)
        if by:
            self._do(widget.window, "motion", x + by, y)
        self._do(widget.window, "mouseup", x + by, y, 1)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.socket.close()


@pytest.fixture
def port():
    return free_udp_port()


@pytest.fixture
def pd(tmp_path, port):
    need("pd")
    with closing(Pd(tmp_path, port)) as running:
        yield running


@pytest.fixture
def livehost(drums, take, port):
    arguments = ("--bank", drums, "--driver", "null", "--input", take, "--seconds", "600", "--osc-in", str(port))
    return lambda: Program(*arguments)


@pytest.fixture
def asks(port):
    patch = Patch(port)
    yield patch
    patch.socket.close()


def moved(one, widget, before):
    """What to do with a widget, and what should come of it."""
    if widget.kind == "hsl":
        by = 40 if before < (one.low + one.high) / 2 else -40
        return (20, by), before + by * (one.high - one.low) / (widget.size - 1)
    if widget.kind == "tgl":
        return (0, 0), 1 - before
    place = (one.choices.index(before) + 1) % len(one.choices)
    return (16 * place, 0), one.choices[place]


def test_every_slider_switch_and_menu_of_the_panel_steers_the_session(pd, livehost, asks):
    with livehost():
        assert until(lambda: pd.heard("there")[-1:] == ["1"])
        assert until(lambda: pd.heard("panel-there")[-1:] == ["1"])
        tried = set()
        for widget in WIDGETS:
            one = CONTROLS[widget.sends]
            if widget.kind == "bng" or not one.reports:
                continue
            (_, before) = asks.ask(one.path)
            (across, by), wanted = moved(one, widget, before)
            pd.drag(widget, across, by)
            if isinstance(wanted, str):
                assert until(lambda: asks.ask(one.path)[1] == wanted), one.path  # noqa: B023
            else:
                near = (one.high - one.low) / widget.size + one.whole  # a pixel
                assert until(lambda: abs(asks.ask(one.path)[1] - wanted) <= near), (one.path, before, wanted)  # noqa: B023
            tried.add(one.path)
        assert tried == {one.path for one in everything() if one.kind in ("slider", "toggle", "menu") and one.reports}
    assert "error" not in pd.said


def test_the_panel_shows_a_session_finds_it_again_and_has_a_panic_button(pd, livehost, asks):
    (panic,) = (w for w in WIDGETS if w.sends == "panic" and w.size > 17)
    (start,) = (w for w in WIDGETS if w.sends == "start" and w.size > 17)
    for times in (1, 2):
        with livehost():
            assert until(lambda: pd.heard("panel-there").count("1") == times)  # noqa: B023
            assert until(lambda: re.search(r"^event: sample \d+ \S+\.wav ", pd.said, re.MULTILINE))
            assert until(lambda: min(len(pd.heard("sum")), len(pd.heard("panel-sum"))) >= 3 * times)  # noqa: B023
            assert until(lambda: pd.heard("panel-state")[-1:] == ["symbol running"])
            for name in ("meter", "feature", "perf", "rest", "panel-name", "panel-cpu"):
                assert until(lambda: pd.heard(name)), name  # noqa: B023
            assert asks.ask("/livehost/halted")[1] == 0
            pd.press(panic)
            assert until(lambda: asks.ask("/livehost/halted")[1] == 1)
            pd.press(start)
            assert until(lambda: asks.ask("/livehost/halted")[1] == 0)
        assert until(lambda: pd.heard("there")[-1:] == ["0"])
        assert until(lambda: pd.heard("panel-there")[-1:] == ["0"])
    assert all(float(total) == pytest.approx(1, abs=1e-4) for total in pd.heard("sum") + pd.heard("panel-sum"))
    assert "error" not in pd.said
    assert "couldn't create" not in pd.said


def test_a_controller_is_learnt_by_the_switch_of_the_panel(session, tmp_path):  # noqa: F811
    need("pd")
    (gain, _) = (w for w in WIDGETS if w.sends == "master-gain_db")
    (learn,) = (w for w in FOUND if w.sends == r"\$0-learn")
    (tmp_path / "pd").mkdir()
    with closing(Pd(tmp_path / "pd", session.port)) as pd:
        assert until(lambda: pd.heard("panel-there")[-1:] == ["1"])
        pd.press(learn)
        pd.drag(gain, 20, 40)
        session.until("log", text="The next MIDI controller that moves is bound to /livehost/master/gain_db.")
        session.play("b0 14 7f")
        session.until("setting", key="master.gain_db", value=12.0, by="midi")
        pd.drag(gain, 20, -40)  # the switch has fallen back: it moves again, from where the knob has put it
        asks = Patch(session.port)
        with closing(asks.socket):
            wanted = 12 - 40 * 102 / 149
            assert until(lambda: abs(asks.ask("/livehost/master/gain_db")[1] - wanted) < 1)


def test_the_panel_changes_the_scene(pd, livehost, asks, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (following,) = (w for w in WIDGETS if w.sends == "scene-next" and w.window == f"pd-{PANEL}")
    with livehost():
        assert until(lambda: pd.heard("panel-there")[-1:] == ["1"])
        for name, gain in (("loud", 0.0), ("soft", -12.0)):
            asks.send("/livehost/master/gain_db", "f", gain)
            asks.send("/livehost/scene/save", "s", name)
            asks.settle()
        asks.send("/livehost/scene/load", "s", "loud")
        assert until(lambda: asks.ask("/livehost/scene/current")[1] == "loud")
        pd.press(following)
        assert until(lambda: asks.ask("/livehost/scene/current")[1] == "soft")
        assert asks.ask("/livehost/master/gain_db")[1] == -12
