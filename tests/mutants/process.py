"""Processes with a time limit, all of which, with their children, can be ended at once."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

import psutil

from .tree import Place


@dataclass(frozen=True)
class End:
    """How a process ended: its exit code (None: it took too long), what it said, and the seconds that it took."""

    code: int | None
    output: str
    seconds: float

    def last_line(self) -> str:
        lines = self.output.strip().splitlines()
        return lines[-1].strip() if lines else f"exit code {self.code}"


class Stopped(Exception):  # noqa: N818  it is no error
    """The user has stopped the command."""


class Processes:
    """Python processes in copies of the tree."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen] = set()
        self._lock, self._stopped = threading.Lock(), False

    def run(self, arguments: list[str], place: Place, limit_s: float) -> End:
        """Run Python in a copy, and wait for it, or for as long as it may take.

        Raises
        ------
        Stopped
            When `stop` was called.
        """
        began = time.monotonic()
        with tempfile.TemporaryFile() as output:
            with self._lock:
                if self._stopped:
                    raise Stopped
                process = subprocess.Popen(
                    [sys.executable, *arguments],
                    cwd=place.tree,
                    env=place.environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,  # Ctrl-C is ours alone
                )
                self._running.add(process)
            try:
                code = process.wait(limit_s)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                _end(process)
                with self._lock:
                    self._running.discard(process)
            if self._stopped:
                raise Stopped
            output.seek(0)
            return End(code, output.read().decode(errors="replace"), time.monotonic() - began)

    def test(self, tests: Iterable[str], place: Place, limit_s: float) -> End:
        """Run tests in a copy, until one fails; see `run`."""
        return self.run(["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests], place, limit_s)

    def stop(self) -> None:
        """End all that run, and start no more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            _end(process)


def _end(process: subprocess.Popen) -> None:
    """Kill a process, its children, and what is left of its session."""
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
