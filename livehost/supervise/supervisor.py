"""The supervisor's loop: starts livehost, hears its heart, starts it again, and passes on what it is told to end by."""

import math
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from livehost.supervise.hurry import hurry
from livehost.supervise.link import BEAT_BYTES, BY_FORCE, PLAYING, Link, unpack
from livehost.supervise.restarts import Ended, Next, Restarts
from livehost.supervise.terminal import Terminal, say
from livehost.supervise.watchdog import Watchdog

#: How often it looks, and after which time it has been away itself, s.
_LOOK_S, _AWAY_S = 0.25, 2.0
#: How long livehost may take to end when it is told to, s: longer than it gives itself.
ENDING_S = 4.0
_ASKED = ("SIGINT", "SIGTERM", "SIGHUP")


class Supervisor:
    """Keeps one livehost alive; see `Restarts` for when it is started again.

    Parameters
    ----------
    command : sequence of str
        What is run: the interpreter, ``-m livehost run`` and all that stands behind.
    tell : callable
        Gets sentences for the person at the desk.
    environment : mapping, optional
        Of livehost; by default the supervisor's own.
    """

    def __init__(
        self,
        command: Sequence[str],
        tell: Callable[[str], None] = say,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._command, self._tell = list(command), tell
        self._environment = dict(os.environ if environment is None else environment)
        self._restarts, self._terminal = Restarts(), Terminal()
        self._asked = False  # to end
        self._woken, self._wake = os.pipe()
        for handle in (self._woken, self._wake):
            os.set_blocking(handle, False)

    def run(self) -> int:
        """Run until livehost has ended for good; gives its exit status, 128 + N where signal N killed it.

        Must be called on the main thread: it takes the signals that end a program.
        """
        link = Link(began=time.time())
        with self._signals():
            while True:
                ended = self._one(link)
                if ended.crashed:  # one that ends well has put it back itself
                    self._terminal.put_back()
                if self._asked:
                    return _status(ended.code)
                then = self._restarts.after(ended, time.monotonic())
                if not then.start:
                    if ended.crashed:
                        self._tell(f"{ended.sentence()}. It is not started again: it never came as far as to play.")
                    return _status(ended.code)
                self._tell(_told(ended, then))
                link = Link(
                    restarts=link.restarts + 1, why=ended.sentence(), failsafe=then.failsafe, began=link.began,
                    died=time.time(),
                )  # fmt: skip
                until = time.monotonic() + then.pause_s
                while (left := until - time.monotonic()) > 0 and not self._asked:
                    self._wait([], left)
                if self._asked:
                    return _status(ended.code)

    def _one(self, link: Link) -> Ended:
        """Start livehost, and wait for its end."""
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        told = Link(writing, link.restarts, link.why, link.failsafe, link.began, link.died)
        try:
            process = subprocess.Popen(
                self._command, env=self._environment | told.environment(), pass_fds=(writing,), close_fds=True,
                preexec_fn=_begin_again if link.restarts else _begin,  # noqa: PLW1509  this process has one thread
            )  # fmt: skip
        finally:
            os.close(writing)
        try:
            return self._look_after(process, reading)
        finally:
            os.close(reading)

    def _look_after(self, process: "subprocess.Popen[bytes]", beats: int) -> Ended:
        watchdog, played, told = Watchdog(time.monotonic()), False, False
        handles, looked, given_up = [beats], time.monotonic(), math.inf
        while True:
            ended = process.poll() is not None
            self._wait([] if ended else handles, 0.0 if ended else _LOOK_S)
            now = time.monotonic()
            if now - looked > _AWAY_S:
                watchdog.wait_anew(now)
            looked = now
            for data in _read(beats):
                if not data:
                    handles = []  # it is just ending, or has closed it
                    break
                watchdog.take(unpack(data), now)
                played |= watchdog.phase == PLAYING
            if ended:
                return Ended(process.returncode, played)
            if self._asked and not told:
                told, given_up = True, now + ENDING_S
                process.send_signal(signal.SIGTERM)
            hung = "" if told else watchdog.hung(now)
            if hung or now > given_up:
                process.kill()
                process.wait()
                return Ended(process.returncode if hung else BY_FORCE, played, hung)

    def _wait(self, handles: list[int], seconds: float) -> None:
        """Wait until one of the handles can be read, or a signal comes, so long at most."""
        with suppress(InterruptedError):
            ready, _, _ = select.select([*handles, self._woken], [], [], seconds)
            if self._woken in ready:
                _drain(self._woken)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Be told of signals: those that end a program, and the end of livehost."""
        before: dict[int, Any] = {}

        def ask(*_: object) -> None:
            self._asked = True

        for name in _ASKED:
            number = getattr(signal, name)
            before[number] = signal.signal(number, ask)
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        wakeup = signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(wakeup)
            for number, handler in before.items():
                signal.signal(number, handler)


def _begin() -> None:
    """Leave Ctrl-C, which comes to all programs of a terminal, to the supervisor, which passes it on once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _begin_again() -> None:
    """As `_begin`, and in a hurry."""
    _begin()
    hurry()


def _read(handle: int) -> Iterator[bytes]:
    """Read all beats that wait; an empty one at the end, where no more can come."""
    with suppress(BlockingIOError):
        while len(data := os.read(handle, BEAT_BYTES)) == BEAT_BYTES:
            yield data
        yield b""


def _drain(handle: int) -> None:
    with suppress(BlockingIOError):
        while os.read(handle, 4096):
            pass


def _told(ended: Ended, then: Next) -> str:
    how = "It begins again in failsafe" if then.failsafe else "It is started again"
    when = f" in {then.pause_s:g} s" if then.pause_s else ""
    return f"{ended.sentence()}. {how}{when}."


def _status(code: int) -> int:
    return code if code >= 0 else 128 - code


def command_of(arguments: Sequence[str]) -> list[str]:
    """Give the command of ``livehost run`` with these arguments."""
    return [sys.executable, "-m", "livehost", "run", *arguments]
