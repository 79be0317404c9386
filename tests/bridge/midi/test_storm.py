"""100,000 random note events, with panics, ports that go and come, other ports, and ends in between: no note stays on.

The real `MidiOut` and the real `Host` in one process; at the other end of each port a synthesiser knows what sounds.
"""

import io
import random

from livehost.bridge.midi import host as midi_host
from livehost.bridge.midi import port_set
from livehost.bridge.midi.host import Host, frame
from livehost.bridge.midi.out import MidiOut
from livehost.settings import Settings

EVENTS, SEED = 100_000, 12


class Synth:
    """What sounds in it, and whether its cable is in."""

    def __init__(self):
        self.sounding, self.notes, self.there = set(), 0, True
        self.waiting = []  # hosts that are to end, and wait for its cable

    def send(self, message):
        if not self.there:
            raise OSError("gone")
        key, kind = (message[0] & 0x0F, message[1]), message[0] & 0xF0
        if kind == 0x90 and message[2]:
            self.sounding.add(key)
            self.notes += 1
        elif kind in (0x80, 0x90):
            self.sounding.discard(key)

    def alive(self):
        return self.there

    back = alive

    def plug_in(self):
        self.there = True
        while self.waiting:
            self.waiting.pop().end()

    def close(self):
        pass


class HostedHere:
    """A hosted port whose process is this one; `kill` is what SIGTERM or SIGKILL makes of livehost: its pipe ends."""

    virtual = False

    def __init__(self, synth):
        self.name, self._synth = "synth", synth
        self._host = Host(synth)

    def send(self, message, at_ns=None):
        if not self._synth.there:
            raise OSError("gone")
        self._host.read(io.BytesIO(frame(message, at_ns)))
        self._host._deadlines.send_due()

    def drop_notes(self):
        self.send(b"")

    def alive(self):
        return self._synth.there

    def back(self):
        self._host.watch()
        return self._synth.there

    def close(self):
        if self._synth.there:
            self._host.end()
        else:
            self._synth.waiting.append(self._host)


class Storm:
    """A session of random notes on two ports, which are a synthesiser each."""

    def __init__(self, rng, synths):
        self.rng, self.synths, self.ports = rng, synths, []
        self.settings = Settings({"midi.out": "a,b"})
        self.midi = MidiOut(self.settings, [[60, 61, 62], [48, 60, 50]], opener=self.open, watch_s=3600)
        self.frame, self.decision = 1, 0

    def open(self, name):
        self.ports.append(HostedHere(self.synths[name]))
        return self.ports[-1]

    def step(self):
        rng, midi, self.frame = self.rng, self.midi, self.frame + 1
        self.decision += 1
        part, voice = rng.randrange(2), rng.randrange(16)
        common = {"frame": self.frame, "part": part, "decision": self.decision}
        chosen = rng.random()
        if chosen < 0.4:
            midi.event(
                {**common, "kind": "sample", "voice": voice, "index": rng.randrange(3), "gain_db": 0.0, "rate": 1.0}
            )
        elif chosen < 0.5:
            sound = midi._sounding.get(voice)
            midi.event({**common, "kind": "end", "voice": voice, "decision": sound.decision if sound else 0})
        elif chosen < 0.8:
            midi.event(
                {
                    **common,
                    "kind": "note",
                    "pitch": 55 + rng.randrange(12),
                    "velocity": rng.choice((0, 80)),
                    "frames": 0,
                }
            )
        elif chosen < 0.98:
            kind, channel, note = rng.choice((0x80, 0x90)), rng.randrange(3), 55 + rng.randrange(12)
            midi.thru(bytes((kind | channel, note, rng.randrange(128))))
        elif chosen < 0.985:
            midi.event({**common, "kind": rng.choice(("part_failed", "player_changed"))})
        elif chosen < 0.99:
            self.settings.set("midi.channel", 1 + rng.randrange(2))
        elif chosen < 0.995:
            midi.event({**common, "kind": "silenced", "how": "panic"})
        else:
            self.trouble()

    def trouble(self):
        what = self.rng.randrange(3)
        if what == 0:
            self.rng.choice(list(self.synths.values())).there = False
        elif what == 1:
            for synth in self.synths.values():
                synth.plug_in()
            self.midi._ports.look()
        else:
            self.settings.set("midi.out", self.rng.choice(("a,b", "a", "b", "b,a")))
            self.midi._turn()

    def killed(self):
        """End as a process does that is killed: nothing is said any more, the pipes end."""
        self.midi._service.stop()
        for name, port in self.midi._ports.open.items():
            self.synths[name].plug_in()
            port.close()


def test_no_note_is_left_on(monkeypatch):
    monkeypatch.setattr(midi_host, "say", lambda _line: None)
    monkeypatch.setattr(midi_host, "_AGAIN_S", 0.0)
    monkeypatch.setattr(port_set, "TURN_S", 3600.0)
    rng = random.Random(SEED)
    synths = {"a": Synth(), "b": Synth()}
    done = sessions = 0
    while done < EVENTS:
        storm, sessions = Storm(rng, synths), sessions + 1
        for _ in range(rng.randrange(1, 2500)):
            storm.step()
            done += 1
        if rng.random() < 0.5:
            for synth in synths.values():
                synth.plug_in()
            storm.midi._ports.look()
            storm.midi.close()
        else:
            storm.killed()
        for synth in synths.values():
            synth.plug_in()
        assert [sorted(synth.sounding) for synth in synths.values()] == [[], []], (sessions, done)
    assert sessions > 40
    assert all(synth.notes > 10_000 for synth in synths.values())


def test_a_panic_leaves_nothing_on_whatever_came_before(monkeypatch):
    monkeypatch.setattr(midi_host, "say", lambda _line: None)
    monkeypatch.setattr(midi_host, "_AGAIN_S", 0.0)
    rng, synths = random.Random(SEED), {"a": Synth(), "b": Synth()}
    storm = Storm(rng, synths)
    left = 0
    for _ in range(200):
        for _ in range(rng.randrange(50)):
            storm.step()
        for synth in synths.values():
            synth.plug_in()
        storm.midi._ports.look()
        left += sum(len(synth.sounding) for synth in synths.values())
        storm.midi.panic()
        open_now = [synths[name] for name in storm.midi._ports.open]
        assert not any(synth.sounding for synth in open_now)
    assert left > 1000
    storm.midi.close()
