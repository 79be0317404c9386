"""Another program with MIDI ports on JACK, ``NAME:in`` and ``NAME:out``: ``python -m livehost.bench.midi_peer NAME``.

It takes lines: ``storm COUNT PER_SECOND SEED`` sends so many random notes that begin or end, ``note PITCH VELOCITY``
sends one, ``held`` waits until nothing more comes and answers with how many notes sound, and how many have begun so
far, ``save FILE`` writes all that has come in so far as a MIDI file. It ends with its input.
"""

import random
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

from livehost.bench.jack import JackServer
from livehost.bench.suite import CannotRun

_NOTE_OFF, _NOTE_ON = 0x80, 0x90
_LOWEST, _NOTES, _CHANNELS = 40, 24, 3
_POLL_S, _QUIET_S, _PATIENCE_S = 0.001, 0.3, 10.0


class Synth:
    """What sounds of all that has come in."""

    def __init__(self) -> None:
        self.sounding: set[tuple[int, int]] = set()
        self.begun, self.heard = 0, time.monotonic()
        self.messages: list[tuple[float, list[int]]] = []

    def take(self, message: Any) -> None:
        """Follow a message."""
        self.heard = time.monotonic()
        self.messages.append((self.heard, message))
        kind, key = message[0] & 0xF0, (message[0] & 0x0F, message[1] if len(message) > 1 else 0)
        if kind == _NOTE_ON and message[2]:
            self.sounding.add(key)
            self.begun += 1
        elif kind in (_NOTE_OFF, _NOTE_ON):
            self.sounding.discard(key)


class Peer:
    """The program, seen from the bench; a context manager.

    Parameters
    ----------
    server : JackServer
    name : str

    Raises
    ------
    CannotRun
        Where it does not start.
    """

    def __init__(self, server: JackServer, name: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "livehost.bench.midi_peer", name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, env=server.environment,
        )  # fmt: skip
        self._ask("")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def storm(self, count: int, per_second: float, seed: int) -> None:
        """Have it send random notes; returns when all are sent."""
        self._ask(f"storm {count} {per_second} {seed}")

    def note(self, pitch: int, velocity: int) -> None:
        """Have it send the beginning of a note, or its end where `velocity` is 0."""
        self._ask(f"note {pitch} {velocity}")

    def save(self, path: Path) -> None:
        """Have it write all that has come in so far as a MIDI file."""
        self._ask(f"save {path}")

    def held(self) -> tuple[int, int]:
        """Count the notes that sound in it when nothing more comes, and those that have begun in it."""
        held, begun = self._ask("held").split()
        return int(held), int(begun)

    def _ask(self, line: str) -> str:
        if line and self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n")
        answer = self._process.stdout.readline() if self._process.stdout is not None else ""
        if not answer:
            raise CannotRun("A program with MIDI ports does not run on JACK here.")
        return answer


def _storm(out: Any, count: int, per_second: float, seed: int) -> None:
    rng, began = random.Random(seed), time.monotonic()
    for k in range(count):
        kind, channel = rng.choice((_NOTE_ON, _NOTE_OFF)), rng.randrange(_CHANNELS)
        out.send_message([kind | channel, _LOWEST + rng.randrange(_NOTES), rng.randrange(1, 128)])
        time.sleep(max(0.0, began + k / per_second - time.monotonic()))


def _held(synth: Synth) -> str:
    asked = time.monotonic()  # what was sent just before is still on its way
    while (now := time.monotonic()) - max(synth.heard, asked) < _QUIET_S and now - asked < _PATIENCE_S:
        time.sleep(_POLL_S)
    return f"{len(synth.sounding)} {synth.begun}"


def _save(synth: Synth, path: str) -> None:
    """Write a MIDI file, 1 ms a tick."""
    import mido

    track = mido.MidiTrack()
    file = mido.MidiFile(type=0, ticks_per_beat=500, tracks=[track])  # at 120 beats a minute
    last = synth.messages[0][0] if synth.messages else 0.0
    for at, message in list(synth.messages):
        ticks = round((at - last) * 1000)
        last += ticks / 1000
        track.append(mido.Message.from_bytes(message, time=max(ticks, 0)))
    file.save(path)


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(name: str) -> None:
    """Open the ports, and do what is asked."""
    import rtmidi

    synth = Synth()
    into = rtmidi.MidiIn(rtmidi.API_UNIX_JACK, name=name, queue_size_limit=65_536)
    into.open_virtual_port("in")
    out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name=f"{name}-keys")
    out.open_virtual_port("out")

    def listen() -> None:
        while True:
            while event := into.get_message():
                synth.take(event[0])
            time.sleep(_POLL_S)

    threading.Thread(target=listen, daemon=True).start()
    _answer("ready")
    for line in sys.stdin:
        word, *numbers = line.split()
        if word == "storm":
            _storm(out, int(numbers[0]), float(numbers[1]), int(numbers[2]))
        elif word == "note":
            out.send_message([_NOTE_ON, int(numbers[0]), int(numbers[1])])
        elif word == "save":
            _save(synth, line.split(maxsplit=1)[1].rstrip("\n"))
        _answer(_held(synth) if word == "held" else "done")


if __name__ == "__main__":
    main(sys.argv[1])
