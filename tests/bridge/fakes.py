"""A stage that only remembers what it was asked, and a patch at the other end of a real socket."""

import os
import shutil
import socket
import time

import numpy as np
import pytest

from livehost.bridge.osc import wire
from livehost.bridge.osc.urgent import Urgent
from livehost.errors import LivehostError
from livehost.events import NOW
from livehost.rt.broadcast import Broadcast
from livehost.rt.gate import LET_RING, Gate, shuttings
from livehost.settings import Settings, normalised


class FakeControl:
    """A stage with a bank of five items at 1,000 frames a second, whose frame 0 is at Unix time `began`."""

    recording = False

    def __init__(self):
        self.settings = Settings()
        self.settings.listen(self._changed)
        #: Get every event that it publishes, at once.
        self.subscribers = []
        self._published = {key: normalised(self.settings[key]) for key in self.settings}
        self.calls, self.refusals = [], []
        self.began = time.time()
        self.mute = np.zeros(1)
        self.urgent = Urgent(Gate(), Broadcast(), self.mute, 1000, 10)

    def _changed(self, key, value):
        if self._published[key] != normalised(value):
            self._published[key] = normalised(value)
            self.publish(kind="setting", key=key, value=normalised(value), by=self.settings.by(key))

    def publish(self, **event):
        for subscriber in self.subscribers:
            subscriber({"frame": 0, **event})

    def _call(self, name, *arguments, part, usual):
        """Remember a call; a part only where it is not the usual one."""
        self.calls.append((name, *arguments) if part == usual else (name, *arguments, f"part {part}"))

    def set(self, key, value, by="osc"):
        self.calls.append(("set", key, value))
        return self.settings.set(key, value, by)

    def prepare(self, key, value, frame):
        self.calls.append(("prepare", key, value, frame))

    def panic(self, fade_ms=None):
        self.calls.append(("panic", fade_ms))
        self.urgent.panic(fade_ms)

    def stop(self):
        self.calls.append(("stop",))
        self.urgent.gate.shut(LET_RING)

    def resume(self, since=None):
        self.calls.append(("resume", since))
        if since is None or since == shuttings(self.urgent.gate.word):
            self.urgent.gate.open(self.urgent.gate.word)

    def begin(self, bpm, since=None):
        self.calls.append(("begin", bpm, since))

    def rest(self, bars=0):
        self.calls.append(("rest", bars))

    def quit(self):
        self.calls.append(("quit",))

    def refused(self, code, address, text):
        self.refusals.append((code, address, text))

    def reset(self, part=-1):
        self._call("reset", part=part, usual=-1)

    def play(self, index, gain_db=0.0, frame=NOW, since=None, part=0):
        if index >= 5:
            raise LivehostError(f"There is no item {index}: the bank has items 0 to 4.", 2)
        if self.urgent.gate.is_shut or since not in (None, shuttings(self.urgent.gate.word)):
            raise LivehostError("Nothing plays since the panic.")
        self._call("play", index, gain_db, frame, part=part, usual=0)

    def hear_note(self, pitch, velocity, part=-1):
        self._call("note", pitch, velocity, part=part, usual=-1)

    def steer(self, verdict, part=-1):
        self._call("steer", verdict, part=part, usual=-1)

    def allow(self, index, allowed, part=0):
        if index >= 5:
            raise LivehostError(f"There is no item {index}: the bank has items 0 to 4.", 2)
        self._call("allow", index, allowed, part=part, usual=0)

    def load(self, what, name, fail, part=0):
        self._call("load", what, name, part=part, usual=0)
        if name == "broken":
            fail("The model broken is not used: it is broken.")

    def grow(self, family, count, like, fail, part=0):
        self._call("grow", family, count, *like, part=part, usual=0)

    def stop_growing(self):
        self.calls.append(("stop growing",))

    def save_context(self, name, fail, part=0):
        self._call("save", name, part=part, usual=0)

    def save_scene(self, name):
        self.calls.append(("save scene", name))

    def recall_scene(self, name, fail):
        self.calls.append(("recall scene", name))

    def step_scene(self, step, fail):
        self.calls.append(("step scene", step))

    def scenes(self):
        return ["one", "two"]

    def learn(self, target):
        self.calls.append(("learn", target))

    def unlearn(self, target=""):
        self.calls.append(("unlearn", target))

    def record(self, start):
        if start:
            raise LivehostError("Recording is started with --record DIR.")
        raise RuntimeError("a fault of ours")

    def info(self):
        return {
            "version": "1.2.3", "api": 1, "sample_rate": 1000, "block": 64, "device": "null", "bank": "/sounds",
            "bank_size": 5, "model": "nearest", "latency_ms": 2.5, "scene": "", "halted": int(self.urgent.gate.is_shut),
            "transport": "stopped", "tempo_peers": 0,
            "recording": 0, "record_seconds": 1.5, "record_path": "/takes/played.wav", "record_overflows": 0,
        }  # fmt: skip

    def transport(self, what):
        self.calls.append(("transport", what))

    def tap(self, ns):
        self.calls.append(("tap",))

    def item_name(self, index, part=0):
        return f"item {index}.wav" if part == 0 else f"part {part}, item {index}.wav"

    def sounds(self, voice):
        return voice == 3

    def status(self):
        return "running", 12.5

    def frame_at(self, unix_time):
        return round((unix_time - self.began) * 1000)


class Patch:
    """A program that speaks OSC: one socket, to send and to hear."""

    def __init__(self, port=0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(5)
        self.port = self.socket.getsockname()[1]
        self.server = ("127.0.0.1", port)

    def send(self, address, types="", *args):
        self.raw(wire.encode(address, types, *args))

    def raw(self, packet):
        self.socket.sendto(packet, self.server)

    def hear(self):
        """Messages of the next packet, as (address, *arguments)."""
        return [(m.address, *m.args) for m in wire.decode(self.socket.recv(65_535))]

    def ask(self, address, types="", *args):
        self.send(address, types, *args)
        (message,) = self.hear()
        return message

    def settle(self):
        """Wait until the server has carried out everything; what it said before that."""
        self.send("/livehost/sync", "i", 77)
        heard = []
        while ("/livehost/synced", 77) not in heard:
            heard += self.hear()
        return heard[:-1]

    def confirm(self):
        """Send back the number that asks whether streams are wanted here."""
        (address, number) = self.hear()[0]
        assert address == "/livehost/confirm"
        self.send(address, "i", number)
        self.settle_quietly()

    def settle_quietly(self):
        """Wait until the server has carried out everything, from a socket of its own."""
        other = Patch(self.server[1])
        other.settle()
        other.socket.close()

    def waiting(self):
        """All messages that have arrived, without waiting."""
        self.socket.setblocking(False)
        heard = []
        try:
            while True:
                heard += self.hear()
        except BlockingIOError:
            return heard
        finally:
            self.socket.settimeout(5)


def need(*programs):
    """Skip where a program is not installed; on the build machine that is a failure."""
    missing = [p for p in programs if shutil.which(p) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
