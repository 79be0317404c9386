"""A patch in real Pure Data: what a musician's patch gets, and what we get from it."""

import re
import subprocess
import time

import pytest

from livehost import events
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.osc.server import OscServer
from tests.bridge.fakes import Patch, need

#: What the patch says as soon as it hears a heartbeat; Pd has no whole numbers, so it sends floats.
SAID = (
    ("livehost master gain_db", "-6.5"),
    ("livehost model mode", "call"),
    ("livehost model top_k", "12"),
    ("livehost mute", "1"),
    ("livehost panic", "1"),
    ("livehost start", "1"),
    ("livehost bank play", "3 -12"),
)


def patch_text(ears, server):
    """Write a patch that prints what arrives at `ears` and says `SAID` to `server`."""
    objects = [
        f"obj 0 0 netreceive -u -b {ears}", "obj 0 0 oscparse", "obj 0 0 list trim", "obj 0 0 print heard",
        "obj 0 0 loadbang", f"msg 0 0 connect 127.0.0.1 {server}", "obj 0 0 netsend -u -b",
        "obj 0 0 route livehost", "obj 0 0 route heartbeat", "obj 0 0 t" + " b" * len(SAID),
    ]  # fmt: skip
    cords = [(0, 0, 1), (1, 0, 2), (2, 0, 3), (4, 0, 5), (5, 0, 6), (2, 0, 7), (7, 0, 8), (8, 0, 9)]
    for i, (address, args) in enumerate(SAID):
        at = len(objects)
        objects += [
            f"msg 0 0 list {args}",
            f"obj 0 0 oscformat {address}",
            "obj 0 0 list prepend send",
            "obj 0 0 list trim",
        ]
        cords += [(9, len(SAID) - 1 - i, at), (at, 0, at + 1), (at + 1, 0, at + 2), (at + 2, 0, at + 3), (at + 3, 0, 6)]
    lines = ["#N canvas 0 0 450 300 12", *(f"#X {o}" for o in objects)]
    lines += [f"#X connect {source} {outlet} {target} 0" for source, outlet, target in cords]
    return "".join(f"{line};\n" for line in lines)


@pytest.fixture(scope="module")
def pd():
    need("pd")


def free_port():
    patch = Patch()
    patch.socket.close()
    return patch.port


def test_pd_hears_and_is_heard(pd, control, tmp_path):
    ears = free_port()
    sender = OscSender(f"127.0.0.1:{ears}")
    server = OscServer(control, "127.0.0.1", 0, sender)
    (tmp_path / "patch.pd").write_text(patch_text(ears, server.port))
    command = ["pd", "-nogui", "-nomidi", "-noaudio", "-stderr", str(tmp_path / "patch.pd")]
    with (tmp_path / "out").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            beats, deadline = 0, time.monotonic() + 20
            while not any(c[0] == "play" for c in control.calls) and time.monotonic() < deadline:
                beats += 1
                sender.event({"kind": "heartbeat", "seq": beats, "state": "ready"})
                sender.tick()
                time.sleep(0.05)
            slot = events.new("onset", 100, onset_frame=96_000, strength=0.5, level_db=-12.5)
            sender.event(events.to_dict(slot.tobytes()))
            slot = events.new("sample", 100, index=3, voice=7, probability=0.25, decide_ms=0.5, onset_to_sound_ms=3.5)
            sender.event(events.to_dict(slot.tobytes()) | {"name": "kick/bd 808.wav"})
            slot = events.new("feature", 100, f0=440, mfcc=range(13))
            sender.event(events.to_dict(slot.tobytes()))
            sender.event({"kind": "heartbeat", "seq": 0, "state": "done"})
            sender.close()
            while b"done" not in (tmp_path / "out").read_bytes() and time.monotonic() < deadline:
                time.sleep(0.02)
        finally:
            process.terminate()
            server.close()
    heard = (tmp_path / "out").read_text()
    assert "error" not in heard
    lines = re.findall(r"^heard: (.*)$", heard, re.MULTILINE)
    assert "livehost event onset 96000 0.5 -12.5" in lines
    assert r"livehost event sample 3 kick/bd\ 808.wav 0.25 7 0 0.5 3.5 0" in lines
    assert "livehost feature f0 440" in lines  # out of a bundle
    assert "livehost feature mfcc 0 1 2 3 4 5 6 7 8 9 10 11 12" in lines
    assert control.settings["master.gain_db"] == -6.5
    assert control.settings["player.mode"] == "call"
    assert control.settings["player.top_k"] == 12
    assert control.settings["master.mute"] is True
    assert ("play", 3, -12.0, events.NOW) in control.calls
    assert ("resume", 1) in control.calls
    assert control.urgent.gate.word in (2, 4)  # shut by the panic, opened again
    assert server.counters["refused"] == server.counters["unknown"] == server.counters["malformed"] == 0
