"""Pure Data's patches without a livehost: they load, and say the right things to a plain socket."""

import re
import socket
import subprocess
import time

import pytest

from livehost.bridge.osc import wire
from livehost.patches.shipped import folder
from tests.bridge.fakes import Patch, need
from tests.patches.pd_file import read, widgets

PATCHES = sorted((folder() / "pd").glob("*.pd"))
#: Everything but what Pd vanilla has would be a library to install.
_VANILLA = {
    *(
        "livehost",
        "inlet",
        "outlet",
        "loadbang",
        "metro",
        "delay",
        "change",
        "route",
        "t",
        "f",
        "sel",
        "pack",
        "unpack",
    ),
    *(
        "list",
        "array",
        "r",
        "s",
        "netsend",
        "oscformat",
        "oscparse",
        "fudiparse",
        "print",
        "-",
        "max",
        "==",
        "spigot",
        "pd",
    ),
    *("bng", "tgl", "hsl", "hradio", "vu", "cnv"),
}


@pytest.mark.parametrize("patch", PATCHES, ids=lambda p: p.name)
def test_it_loads_without_a_complaint(patch):
    need("pd")
    command = ["pd", "-nogui", "-noaudio", "-nomidi", "-stderr", "-noprefs", "-open", patch, "-send", "pd quit"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("patch", PATCHES, ids=lambda p: p.name)
def test_it_is_made_of_what_pd_has(patch):
    top = read(patch.read_text("ascii"), patch.name)
    for window in top.everything():
        assert {box[3] for box in window.boxes if box[0] == "obj"} <= _VANILLA
        for source, _, target, _ in window.cords:
            assert max(source, target) < len(window.boxes)


def test_every_widget_stands_in_its_window_and_none_on_another():
    top = read((folder() / "pd" / "livehost-panel.pd").read_text("ascii"), "panel")
    found = list(widgets(top))
    assert len(found) > 80
    places = [(w.window, w.x, w.y) for w in found]
    assert len(set(places)) == len(places)


def test_the_abstraction_subscribes_says_what_it_gets_and_confirms(tmp_path):
    need("pd")
    host = Patch()
    (tmp_path / "livehost.pd").write_bytes((folder() / "pd" / "livehost.pd").read_bytes())
    (tmp_path / "test.pd").write_text(
        "#N canvas 0 0 450 300 12;\n"
        f"#X obj 10 10 livehost 127.0.0.1 {host.port};\n#X obj 10 40 loadbang;\n"
        "#X msg 10 70 /livehost/bank/play 3 -12;\n#X msg 10 90 /livehost/panic;\n"
        "#X msg 10 110 /livehost/model/mode call;\n"
        "#X obj 10 130 print rest;\n#X connect 1 0 2 0;\n#X connect 1 0 3 0;\n#X connect 1 0 4 0;\n"
        "#X connect 2 0 0 0;\n#X connect 3 0 0 0;\n#X connect 4 0 0 0;\n#X connect 0 5 5 0;\n"
    )  # fmt: skip
    command = ["pd", "-nogui", "-noaudio", "-nomidi", "-stderr", "test.pd"]
    heard = []
    with (tmp_path / "out").open("wb") as out, subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out) as pd:
        try:
            while len(heard) < 4:
                packet, client = host.socket.recvfrom(65_535)
                heard += [(m.address, *m.args) for m in wire.decode(packet)]
            # a number that Pd, which has floats only, cannot hold
            asked = wire.encode("/livehost/confirm", "i", 2**31 - 1)
            host.socket.sendto(asked, client)
            while packet != asked:
                packet = host.socket.recv(65_535)
            for address, value in (("/livehost/part/1/gain_db", -6), ("/livehost/voice/07/gain_db", -3)):  # words to Pd
                host.socket.sendto(wire.encode(address, "f", value), client)
            other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # streams come from another port than answers
            other.sendto(wire.encode("/livehost/status", "sf", "running", 1.5), client)
            other.close()
            deadline = time.monotonic() + 10
            while b"status" not in (tmp_path / "out").read_bytes() and time.monotonic() < deadline:
                time.sleep(0.02)
        finally:
            pd.terminate()
            host.socket.close()
    assert ("/livehost/subscribe", 0, "all", 30) in heard
    assert {("/livehost/bank/play", 3, -12), ("/livehost/panic",), ("/livehost/model/mode", "call")} <= set(heard)
    said = re.findall(r"^rest: (.*)$", (tmp_path / "out").read_text(), re.MULTILINE)
    assert said == ["part 1 gain_db -6", "voice 7 gain_db -3", "status running 1.5"]


def test_the_panel_shows_words_that_can_be_read_and_the_beat(tmp_path):
    need("pd")
    host = Patch()
    for path in PATCHES:
        (tmp_path / path.name).write_text(path.read_text("ascii").replace("17770", str(host.port)), "ascii")
    names = ("name", "said", "heard-bar", "heard-beat", "heard-bpm", "heard-sure")
    ears = "".join(
        f"#X obj 10 10 r {number}-{name};\n#X obj 10 40 print {name};\n"
        for number in range(1003, 1010)
        for name in names
    )
    cords = "".join(f"#X connect {2 * k} 0 {2 * k + 1} 0;\n" for k in range(7 * len(names)))
    (tmp_path / "ears.pd").write_text(f"#N canvas 0 0 450 300 12;\n{ears}{cords}")
    command = ["pd", "-nogui", "-noaudio", "-nomidi", "-stderr", "livehost-panel.pd", "ears.pd"]
    with (tmp_path / "out").open("wb") as out, subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out) as pd:
        try:
            _, client = host.socket.recvfrom(65_535)
            for name in ("plain.wav", "kick/bd 808, $new; old.wav"):
                values = (3, name, 0.25, 7, 0.0, 0.5, 3.5, 0)
                host.socket.sendto(wire.encode("/livehost/event/sample", "isfifffi", *values), client)
            beat = (17, 5, 2, 118.25, 0.5, 0.5)
            host.socket.sendto(wire.encode("/livehost/event/heard_beat", "iiifff", *beat), client)
            sentence = "There is no item 99: the bank has items 0 to 4."
            host.socket.sendto(wire.encode("/livehost/error", "sss", "failed", "/livehost/bank/play", sentence), client)
            deadline = time.monotonic() + 10
            while b"There_is" not in (tmp_path / "out").read_bytes() and time.monotonic() < deadline:
                time.sleep(0.02)
        finally:
            pd.terminate()
            host.socket.close()
    assert (tmp_path / "out").read_text().splitlines() == [
        "name: symbol plain.wav", "name: symbol kick/bd_808___new__old.wav",
        "heard-sure: 0.5", "heard-bpm: 118.25", "heard-beat: 2", "heard-bar: 5",
        "said: symbol There_is_no_item_99:_the_bank_has_items_0_to_4.",
    ]  # fmt: skip
