"""kill -9 at random moments: how soon it plays again, what it still knows, and whether every file can be read."""

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import soundfile

from livehost.bench.jack import jack_server, need_portaudio
from livehost.bench.jack_rig import RATE, drum_bank, hits
from livehost.bench.material import write_take
from livehost.bench.program import Program, free_udp_port, send_osc
from livehost.bench.suite import CannotRun, Context, Figure, NotInstalled
from livehost.bridge.kept_state import read_state
from livehost.bridge.osc import wire
from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.players.bank_transformer.context import load_context
from livehost.supervise.link import BY_FORCE

_KILLS, _QUICK_KILLS, _KILLS_A_SESSION = 50, 1, 2
#: How long a session plays before it is killed, and how long it may take to play again, s.
_SOONEST_S, _LATEST_S, _PATIENCE_S = 1.0, 8.0, 30.0
#: How long a panic may take to be kept, s.
_KEPT_S = 5.0
#: A change that was made so long before must not be lost, s.
_SETTLED_S = 2.5
_RESTARTED, _SAMPLE, _DENSITY = "/livehost/event/restarted", "/livehost/event/sample", "/livehost/model/density"


class Ear:
    """Hears what livehost tells at a port of this computer, with the time of each message."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self._closed = False
        self.port: int = self._socket.getsockname()[1]
        self.heard: list[tuple[float, str, tuple[Any, ...]]] = []
        self._thread = threading.Thread(target=self._run, name="ear", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hear no more."""
        self._closed = True
        self._thread.join()
        self._socket.close()

    def last(self, address: str) -> tuple[Any, ...]:
        """Give the arguments of the newest message of an address, () where there is none."""
        return next((args for _, name, args in reversed(self.heard) if name == address), ())

    def wait(self, address: str, since: float, timeout_s: float = _PATIENCE_S) -> tuple[float, tuple[Any, ...]]:
        """Wait for a message of an address after a time; gives its time and its arguments.

        Raises
        ------
        CannotRun
            Where none comes.
        """
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            for at, name, args in list(self.heard):
                if at > since and name == address:
                    return at, args
            time.sleep(0.005)
        raise CannotRun(f"livehost has not told of {address} for {timeout_s:.0f} s.")

    def _run(self) -> None:
        while not self._closed:
            with suppress(TimeoutError):
                data = self._socket.recv(65_536)
                now = time.monotonic()
                self.heard += [(now, message.address, message.args) for message in wire.decode(data)]


@dataclass
class Found:
    """What was found after kills.

    Attributes
    ----------
    back_s : list of float
        From each kill to the next sound.
    behind_s : list of float
        From the newest sound of the context that was kept to the kill.
    unrecorded_s : list of float
        What the recordings lack, at each kill.
    wrong : dict of str to list of str
        What was lost, by what it is.
    """

    back_s: list[float] = field(default_factory=list)
    behind_s: list[float] = field(default_factory=list)
    unrecorded_s: list[float] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=lambda: {"settings": [], "panics": [], "files": []})


@dataclass
class Show:
    """A supervised session, what it tells, and where it keeps things."""

    folder: Path
    program: Program
    ear: Ear
    port: int
    found: Found
    rng: np.random.Generator
    density: tuple[float, float] = (0.0, 1.0)  # when it was set last, and to what

    @property
    def state(self) -> Path:
        """Where its state is kept."""
        return self.folder / "state.toml"

    def play(self, seconds: float) -> None:
        """Let it play, and change a setting at a random moment."""
        until = time.monotonic() + seconds
        time.sleep(float(self.rng.uniform(0, seconds)))
        value = round(float(self.rng.uniform(0.5, 1.0)), 3)
        send_osc(self.port, _DENSITY, value)
        self.density = time.monotonic(), value
        time.sleep(max(until - time.monotonic(), 0.0))

    def kill(self, *, panicked: bool = False) -> None:
        """Kill livehost, and look at what it left, how it comes back, and with what."""
        (process,) = livehost_of(self.program)
        if panicked:
            self._panic()
        position = self.ear.last("/livehost/event/onset")
        process.kill()
        killed = time.monotonic()
        self._look_at_files(int(position[0]) / RATE if position else 0.0)
        restarted, _ = self.ear.wait(_RESTARTED, killed)
        if panicked:
            self._ask_whether_it_is_quiet(restarted)
        at, _ = self.ear.wait(_SAMPLE, max(killed + 0.05, restarted if panicked else 0.0))
        if not panicked:
            self.found.back_s.append(at - killed)
        if killed - self.density[0] > _SETTLED_S:
            asked = time.monotonic()
            send_osc(self.port, _DENSITY)
            _, (value,) = self.ear.wait(_DENSITY, asked)
            if abs(float(value) - self.density[1]) > 1e-3:
                self.found.wrong["settings"].append(f"{_DENSITY} is {value}, and was {self.density[1]}")

    def _panic(self) -> None:
        """Panic, and wait until that is kept; where it never is, the kill will show it."""
        send_osc(self.port, "/livehost/panic")
        deadline = time.monotonic() + _KEPT_S
        while not read_state(self.state).halted and time.monotonic() < deadline:
            time.sleep(0.05)

    def _ask_whether_it_is_quiet(self, since: float) -> None:
        """Make sure that a panic holds after the restart, and end it."""
        time.sleep(1.0)
        if any(at > since and name == _SAMPLE for at, name, _ in list(self.ear.heard)):
            self.found.wrong["panics"].append("it played after a panic and a crash")
        send_osc(self.port, "/livehost/start")

    def _look_at_files(self, heard_s: float) -> None:
        """Read everything that lies there at this moment."""
        wrong = self.found.wrong["files"]
        try:
            kept = read_state(self.state)
            wrong += kept.wrong
            for path in self.folder.glob("state-part0-*.npz"):
                sounds = load_context(path, RATE, str(SEGMENT_SCHEMA))
                newest_s = float(sounds["onset"][-1] + sounds["frames"][-1]) / RATE if len(sounds) else 0.0
                self.found.behind_s.append(max(heard_s - newest_s, 0.0))
        except LivehostError as error:
            wrong.append(str(error))
        wrong += unreadable_lines(self.folder)
        newest = max(self.folder.glob("heard*.wav"), key=lambda path: path.stat().st_mtime_ns)
        for path in (newest, newest.with_name(newest.name.replace("heard", "played"))):
            try:
                recorded_s = soundfile.info(path).duration
                self.found.unrecorded_s.append(max(heard_s - recorded_s, 0.0))
            except soundfile.LibsndfileError as error:
                wrong.append(f"{path.name}: {error}")


def livehost_of(program: Program) -> list[psutil.Process]:
    """Find the livehost that a supervisor has started."""
    children = psutil.Process(program.process.pid).children()
    return [child for child in children if "run" in child.cmdline()]


def unreadable_lines(folder: Path) -> list[str]:
    """Name logs with a line that cannot be read; a last one that is cut off is none yet."""
    wrong = []
    for path in folder.glob("events*.jsonl"):
        for line in path.read_text("utf-8").split("\n")[:-1]:
            try:
                json.loads(line)
            except ValueError:
                wrong.append(f"{path.name} has the line {line[:60]!r}")
    return wrong


@contextmanager
def show(context: Context, number: int, found: Found) -> Iterator[Show]:
    """Play supervised, through JACK where there is one, with a log, a recording and a kept state."""
    folder = context.scratch / f"show-{number}"
    folder.mkdir(parents=True)
    bank, port = drum_bank(context.scratch / "bank"), free_udp_port()
    strokes, frames = hits(60, number, 90, 200)  # somebody who plays on, whatever happens
    take = write_take(folder / "take.wav", np.tile(strokes[frames[0] - 2400 : frames[-1] + 4800], 10))
    with ExitStack() as stack:
        environment, driver = None, "null"
        try:
            need_portaudio()
            environment, driver = stack.enter_context(jack_server(RATE, 64)).environment, "portaudio"
        except NotInstalled:
            context.say("There is no JACK here: on livehost's own clock.")
        ear = Ear()
        stack.callback(ear.close)
        arguments = (
            "--supervise", "--bank", bank, "--driver", driver, "--input", take, "--osc-in", port, "--seed", number,
            "--osc-out", f"127.0.0.1:{ear.port}", "--events", folder / "events.jsonl", "--record", folder,
        )  # fmt: skip
        kept = {"LIVEHOST_STATE": str(folder / "state.toml")}
        program = stack.enter_context(Program(*map(str, arguments), environment=_with(environment, kept)))
        try:
            yield Show(folder, program, ear, port, found, np.random.default_rng(number))
        except CannotRun as error:
            said = " ".join(program.output.split("Ready after")[-1].split())[-300:]
            raise CannotRun(f"{error} It said: {program.errors.strip()[-300:]} {said}") from error
        if (code := program.stop(signal.SIGTERM)) not in (0, BY_FORCE):  # how it ends is the matter of suite ending
            raise CannotRun(f"the supervisor ended with {code}: {program.errors.strip()[-300:]}")


def _with(environment: dict[str, str] | None, more: dict[str, str]) -> dict[str, str]:
    return {**(environment or os.environ), **more}


def failsafe(played: Show) -> bool:
    """Kill it until it has crashed three times in a minute, and tell whether it says that it is in failsafe then."""
    for _ in range(3):
        (process,) = livehost_of(played.program)
        process.kill()
        at, (_, _, plain, _) = played.ear.wait(_RESTARTED, time.monotonic())
        if plain:
            _, (state, _) = played.ear.wait("/livehost/status", at - 1.0)
            played.ear.wait(_SAMPLE, at)
            return state == "failsafe" or "failsafe" in played.program.output
    return False


def run(context: Context) -> Iterator[Figure]:
    """Kill, and look; and kill three times in a minute."""
    kills, found, number, plain = _QUICK_KILLS if context.quick else _KILLS, Found(), 0, None
    done = 0
    while done < kills:
        number += 1
        with show(context, number, found) as played:
            played.ear.wait(_SAMPLE, 0.0)
            for _ in range(min(_KILLS_A_SESSION, kills - done)):
                done += 1
                context.say(f"kill {done} of {kills} …")
                latest_s = _SETTLED_S + 1 if context.quick else _LATEST_S
                played.play(float(played.rng.uniform(_SOONEST_S, latest_s)))
                played.kill(panicked=not context.quick and done % 5 == 0)
            if done == kills and not context.quick:
                plain = failsafe(played)
    yield from figures(found, kills, plain)


def figures(found: Found, kills: int, plain: bool | None) -> Iterator[Figure]:
    """Give the figures of all kills."""
    back = found.back_s
    yield Figure(
        "back, the longest", max(back), "s", "tail", back, note=f"from kill -9 to the next sound, {kills} kills"
    )
    yield Figure("back, median", float(np.median(back)), "s", "tail", back)
    yield Figure("context behind, the most", max(found.behind_s), "s", "tail", found.behind_s)
    yield Figure("not recorded, the most", max(found.unrecorded_s), "s", "tail", found.unrecorded_s)
    for name, what in (("settings lost", "settings"), ("panics forgotten", "panics"), ("files unreadable", "files")):
        wrong = found.wrong[what]
        yield Figure(name, len(wrong), "count", "count", note="; ".join(wrong[:2]))
    if plain is not None:
        yield Figure("failsafe after three in a minute", int(plain), "count", "count", better="higher")
