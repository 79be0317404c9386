"""The sound card goes and comes back, again and again in one session: what is heard, and what is left behind."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile

from livehost.bench.jack import JackServer, jack_server, need_portaudio, start_again, stop_server
from livehost.bench.jack_rig import RATE, click_bank, unbroken_hits
from livehost.bench.material import write_take
from livehost.bench.probe import Probe
from livehost.bench.program import Program
from livehost.bench.suite import CannotRun, Context, Figure

_NAME = "livehost-probe"
_LOSSES, _FROZEN_S, _PLAYS_S, _PATIENCE_S = 50, 3.0, 0.5, 10.0
_QUICK_FROZEN_S = 0.8
_SILENCE = np.zeros((2, round(3 * _PATIENCE_S * RATE)), np.float32)
#: A step of 24 bits: as fine as a recording is.
_STEP = 2.0**-23
#: Losses after which all that is made once is there.
_SETTLED = 5
_NOTE_ON, _NOTE_OFF, _CONTROL, _ALL_SOUND_OFF, _ALL_NOTES_OFF = 0x90, 0x80, 0xB0, 120, 123


@dataclass
class Held:
    """What a synthesiser would still sound that gets all that the probe gets, over all losses."""

    notes: set[tuple[int, int]] = field(default_factory=set)
    begun: int = 0

    def take(self, midi: np.ndarray) -> None:
        """Take in what came, int64 [n, 4]."""
        for _, status, first, second in midi.tolist():
            kind, channel = status & 0xF0, status & 0x0F
            if kind == _NOTE_ON and second:
                self.notes.add((channel, first))
                self.begun += 1
            elif kind in (_NOTE_ON, _NOTE_OFF):
                self.notes.discard((channel, first))
            elif kind == _CONTROL and first in (_ALL_SOUND_OFF, _ALL_NOTES_OFF):
                self.notes = {note for note in self.notes if note[0] != channel}


@dataclass(frozen=True)
class Return:
    """How long it took from the return of the card until it was played to, s: sound, and MIDI."""

    sound: float
    midi: float


@dataclass(frozen=True)
class Size:
    """What livehost's processes hold.

    Attributes
    ----------
    threads, handles : int
    megabytes : float
        Resident.
    """

    threads: int
    handles: int
    megabytes: float

    @classmethod
    def of(cls, pid: int) -> "Size":
        """Measure a process and its children."""
        tasks = Path(f"/proc/{pid}/task")
        children = [int(c) for t in tasks.iterdir() for c in (t / "children").read_text().split()]
        threads = handles = pages = 0
        for process in (pid, *children):
            at = Path(f"/proc/{process}")
            threads += len(list((at / "task").iterdir()))
            handles += len(list((at / "fd").iterdir()))
            pages += int((at / "statm").read_text().split()[1])
        return cls(threads, handles, pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


class Surroundings:
    """A server, a probe that is the sound card and the synthesiser, and the session, which outlives both.

    Parameters
    ----------
    server : JackServer
    """

    def __init__(self, server: JackServer) -> None:
        self.server, self.held = server, Held()
        self.probe = self._plug_in()

    def _plug_in(self) -> Probe:
        probe = Probe(self.server, _NAME, midi=True)
        probe.start(_SILENCE)
        return probe

    def listen(self) -> None:
        """Keep what the card got, and begin anew."""
        self.held.take(self.probe.finish(early=True).midi)
        self.probe.start(_SILENCE)

    def unplug(self) -> None:
        """Take the card away, and keep what it got."""
        self.held.take(self.probe.finish(early=True).midi)
        self.probe.__exit__()

    def close(self) -> None:
        """End probe and server."""
        self.probe.__exit__()
        stop_server(self.server)

    def wait(self, since: float) -> Return:
        """Wait until the card and the synthesiser are played to.

        Raises
        ------
        CannotRun
            Where they are not.
        """
        sound = midi = 0.0
        while not (sound and midi):
            now = time.monotonic()
            if now - since > _PATIENCE_S:
                what = "sound" if not sound else "MIDI"
                raise CannotRun(f"No {what} has come for {_PATIENCE_S:.0f} s after the card was back.")
            sound = sound or (now - since if self.probe.sounds() else 0.0)
            midi = midi or (now - since if self.probe.messages else 0.0)
            time.sleep(0.005)
        return Return(sound, midi)

    def killed(self, block: int | None = None) -> Return:
        """Kill the server, and start another one."""
        self.server.process.kill()
        self.unplug()
        self.server = start_again(self.server, block=block)
        self.probe = self._plug_in()
        return self.wait(time.monotonic())

    def killed_frozen(self) -> Return:
        """Freeze the server, kill it then, and start another one."""
        self.server.process.send_signal(signal.SIGSTOP)
        time.sleep(_QUICK_FROZEN_S)
        return self.killed()

    def other_block(self) -> Return:
        """Start another server with blocks of another length."""
        return self.killed(128 if self.server.block == 64 else 64)

    def frozen(self, seconds: float) -> Return:
        """Freeze the server for a while."""
        self.server.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.listen()
        began = time.monotonic()
        self.server.process.send_signal(signal.SIGCONT)
        return self.wait(began)


def run(context: Context) -> Iterator[Figure]:
    """Lose the card in every way, in one session."""
    need_portaudio()
    folder = context.scratch
    bank, take = click_bank(folder / "clicks"), write_take(folder / "take.wav", unbroken_hits(270.0, 60, 90))
    with jack_server(RATE, 64) as first, ExitStack() as stack:
        around = Surroundings(first)
        stack.callback(around.close)
        program = stack.enter_context(Program(
            "--bank", bank, "--driver", "portaudio", "--input", take, "--output", _NAME, "--player", "nearest",
            "--osc-in", "0", "--midi-out", _NAME, "--set", "player.answer_delay_ms=0", "--events",
            folder / "events.jsonl", "--record", folder, environment=first.environment,
        ))  # fmt: skip
        around.listen()
        around.wait(time.monotonic())
        ways = _ways(around, quick=context.quick)
        returns, sizes = [], [Size.of(program.process.pid)]
        for k, (name, way) in enumerate(ways):
            context.say(f"loss {k + 1} of {len(ways)}: {name} …")
            time.sleep(_PLAYS_S)
            try:
                returns.append(way())
            except CannotRun as error:
                told = [line for line in program.output.splitlines() if "card" in line or "back" in line]
                raise CannotRun(f"{error} Loss {k + 1}, {name}; it said: {' '.join(told[-3:])}") from None
            time.sleep(_PLAYS_S)
            sizes.append(Size.of(program.process.pid))
        code = program.stop()
        time.sleep(_PLAYS_S)
        around.held.take(around.probe.finish(early=True).midi)
    yield from _figures(folder, around.held, returns, sizes, code)


def _ways(around: Surroundings, *, quick: bool) -> list[tuple[str, Callable[[], Return]]]:
    if quick:
        return [("other blocks", around.other_block), ("frozen", lambda: around.frozen(_QUICK_FROZEN_S))]
    each: list[tuple[str, Callable[[], Return]]] = [
        ("killed", around.killed),
        ("frozen", lambda: around.frozen(_FROZEN_S)),
        ("other blocks", around.other_block),
        ("frozen, then killed", around.killed_frozen),
    ]
    return [each[k % len(each)] for k in range(_LOSSES)]


def _figures(folder: Path, held: Held, returns: list[Return], sizes: list[Size], code: int) -> Iterator[Figure]:
    events = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
    lost, back = ([e for e in events if e["kind"] == f"card_{what}"] for what in ("lost", "back"))
    last, came = max(event["frame"] for event in events), soundfile.read(folder / "take.wav")[0]
    heard, played = (soundfile.read(folder / name)[0] for name in ("heard.wav", "played.wav"))
    missing = max(last - min(len(heard), len(played)), 0) + np.count_nonzero(np.abs(heard - came[: len(heard)]) > _STEP)
    settled = sizes[min(_SETTLED, len(sizes) - 2)]
    for what, times in (("sound", [r.sound for r in returns]), ("MIDI", [r.midi for r in returns])):
        yield Figure(f"until {what} comes again", max(times), "s", "tail", times, note="since the card is back")
    yield Figure("losses that were not told of", 2 * len(returns) - len(lost) - len(back), "count", "count")
    yield Figure("notes that never end", len(held.notes), "count", "count", note=f"of {held.begun}")
    yield Figure("frames not recorded", missing, "count", "count", note=f"of {last}, or not as they were heard")
    jumps = sum(a["frame"] != b["frame"] for a, b in zip(lost, back, strict=False))
    yield Figure("frames that a gap moved", jumps, "count", "count")
    yield Figure("threads more", sizes[-1].threads - settled.threads, "count", "count", note="of all its processes")
    yield Figure("handles more", sizes[-1].handles - settled.handles, "count", "count")
    yield Figure("memory more", sizes[-1].megabytes - settled.megabytes, "MB", "tail")
    yield Figure("exit status", code, "count", "count")
