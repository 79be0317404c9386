"""From SIGTERM to the end of the process, whatever stands in the way: unread output, servers that stand still."""

import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from livehost.bench.jack import JackServer, jack_server
from livehost.bench.jack_rig import RATE, click_bank, unbroken_hits
from livehost.bench.material import write_take
from livehost.bench.probe import Probe
from livehost.bench.program import free_udp_port, send_osc
from livehost.bench.suite import CannotRun, Context, Figure

_READY_S, _BLOCKED_S, _END_S = 120.0, 2.0, 20.0
_PIPE_BYTES = 4096
_NAME = "livehost-probe"


@dataclass
class Ended:
    """How a session ended.

    Attributes
    ----------
    code : int
        Exit status.
    seconds : float
        From SIGTERM to there.
    wrong : list of str
        What is not whole: sound files, the log, notes.
    """

    code: int
    seconds: float
    wrong: list[str] = field(default_factory=list)


@dataclass
class Stage:
    """A session that is about to be ended.

    Attributes
    ----------
    folder : Path
        Where it records and logs.
    port : int
        Its OSC port.
    process : subprocess.Popen
    """

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def events(self) -> Path:
        """Its log."""
        return self.folder / "events.jsonl"

    def wait_for(self, kind: str) -> None:
        """Wait until its log has an event of a kind.

        Raises
        ------
        CannotRun
            Where it has none.
        """
        deadline = time.monotonic() + _READY_S
        while not (self.events.exists() and f'"kind": "{kind}"' in self.events.read_text("utf-8")):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise CannotRun(f"livehost did not play: it has logged no {kind}.")
            time.sleep(0.05)


@contextmanager
def session(folder: Path, *arguments: str, ui: bool = False, stdout: Any = None, stderr: Any = None,
            environment: dict[str, str] | None = None) -> Iterator[Stage]:  # fmt: skip
    """Play in a process of its own, with a log and a recording in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    take = write_take(folder / "take.wav", unbroken_hits(110.0))
    port = free_udp_port()
    command = [
        sys.executable, "-m", "livehost", "run", "--ui" if ui else "--no-ui", "--bank", click_bank(folder / "clicks"),
        "--input", take, "--osc-in", port, "--events", folder / "events.jsonl", "--record", folder, *arguments,
    ]  # fmt: skip
    process = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=stdout or subprocess.DEVNULL,
        stderr=stderr or subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    try:
        yield Stage(folder, port, process)
    finally:
        process.kill()
        process.wait()


def end(stage: Stage, code: int = 0) -> Ended:
    """Send SIGTERM, and look at what is left."""
    time.sleep(_BLOCKED_S)
    began = time.monotonic()
    stage.process.send_signal(signal.SIGTERM)
    try:
        found = stage.process.wait(_END_S)
    except subprocess.TimeoutExpired:
        return Ended(-1, _END_S, ["it does not end"])
    ended = Ended(found, time.monotonic() - began)
    if found != code:
        ended.wrong.append(f"its exit status is {found}")
    for name in ("heard.wav", "played.wav"):
        with suppress(soundfile.LibsndfileError):
            info = soundfile.info(stage.folder / name)
            if info.frames > 0 and abs((stage.folder / name).stat().st_size - 3 * info.frames * info.channels) < 100:
                continue
        ended.wrong.append(f"{name} is not whole")
    lines = stage.events.read_text("utf-8").splitlines(keepends=True)
    try:
        if not lines or not lines[-1].endswith("\n"):
            ended.wrong.append("its log ends in mid-line")
        for line in lines:
            json.loads(line)
    except ValueError:
        ended.wrong.append("its log has a broken line")
    return ended


def output_full(folder: Path) -> Ended:
    """Print to a full disk."""
    with Path("/dev/full").open("wb") as full, session(folder, "--driver", "null", stdout=full) as stage:
        stage.wait_for("sample")
        return end(stage)


def pipe_not_read(folder: Path) -> Ended:
    """Print, output and errors, into a pipe that nobody reads."""
    reading, writing = os.pipe()
    try:
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        with session(folder, "--driver", "null", stdout=writing, stderr=writing) as stage:
            stage.wait_for("sample")
            return end(stage)
    finally:
        os.close(reading)
        os.close(writing)


def terminal_not_read(folder: Path) -> Ended:
    """Draw the dashboard on a terminal that takes nothing."""
    outer, inner = pty.openpty()
    try:
        with session(folder, "--driver", "null", ui=True, stdout=inner, stderr=inner) as stage:
            stage.wait_for("sample")
            return end(stage)
    finally:
        os.close(outer)
        os.close(inner)


def context_is_a_pipe(folder: Path) -> Ended:
    """Load a context that is a named pipe, to which nobody writes."""
    contexts = folder / "contexts"
    contexts.mkdir(parents=True)
    os.mkfifo(contexts / "pipe.npz")
    with session(folder, "--driver", "null", "--set", f"player.contexts={contexts}") as stage:
        stage.wait_for("sample")
        send_osc(stage.port, "/livehost/model/context/load", "pipe")
        return end(stage)


def jack_frozen(folder: Path, *, midi: bool) -> Ended:
    """Stop the JACK server in the middle of a show, and end."""
    with ExitStack() as stack:
        server: JackServer = stack.enter_context(jack_server())
        probe = stack.enter_context(Probe(server, _NAME, midi=midi))
        more = ["--midi-out", _NAME] if midi else []
        stage = stack.enter_context(
            session(folder, "--driver", "portaudio", "--player", "nearest", *more, environment=server.environment)
        )
        stage.wait_for("sample")
        probe.start(np.zeros((2, 40 * RATE), np.float32))
        time.sleep(1.0)
        os.kill(server.process.pid, signal.SIGSTOP)
        try:
            ended = end(stage)
        finally:
            os.kill(server.process.pid, signal.SIGCONT)
        if midi:
            time.sleep(3.0)  # its notes end as soon as they can
            held: dict[int, bool] = {}
            for _, status, note, velocity in probe.finish(early=True).midi.tolist():
                if status & 0xF0 in (0x80, 0x90):
                    held[note] = status & 0xF0 == 0x90 and velocity > 0
            if not held:
                ended.wrong.append("no note arrived")
            if any(held.values()):
                ended.wrong.append("a note was left on")
        return ended


CASES: dict[str, Callable[[Path], Ended]] = {
    "stdout full": output_full,
    "pipe not read": pipe_not_read,
    "terminal not read": terminal_not_read,
    "a named pipe as a context": context_is_a_pipe,
    "JACK frozen": lambda folder: jack_frozen(folder, midi=False),
    "JACK frozen, with MIDI": lambda folder: jack_frozen(folder, midi=True),
}


def run(context: Context) -> Iterator[Figure]:
    """End a session in every case."""
    wrong: list[str] = []
    for name, case in CASES.items():
        context.say(f"{name} …")
        ended = case(context.scratch / name.replace(" ", "-"))
        wrong += [f"{name}: {what}" for what in ended.wrong]
        yield Figure(f"SIGTERM, {name}", ended.seconds, "s", "tail")
    yield Figure("not whole", len(wrong), "count", "count", note="; ".join(wrong[:3]))
