"""Livehost as another program sees it: a process that is talked to by sound, OSC and signals."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from pythonosc.osc_message_builder import OscMessageBuilder

from livehost.bench.suite import CannotRun
from livehost.players.modes import in_mode

_READY_S, _END_S = 120.0, 15.0


def free_udp_port() -> int:
    """Find a UDP port that nobody listens at now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def send_osc(port: int, address: str, *values: float | str) -> None:
    """Send one OSC message to a port of this computer."""
    message = OscMessageBuilder(address)
    for value in values:
        message.add_arg(value)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(message.build().dgram, ("127.0.0.1", port))


class Program:
    """A running ``livehost run``, which answers each stroke unless told otherwise; a context manager, ready inside.

    Parameters
    ----------
    *arguments : str
        What stands behind ``livehost run``.
    environment : dict, optional
        Its environment, such as `JackServer.environment`.

    Attributes
    ----------
    process : subprocess.Popen
    output, errors : str
        All that it has said so far.

    Raises
    ------
    CannotRun
        Where it does not become ready; the sentence holds what it said.
    """

    def __init__(self, *arguments: str | Path, environment: dict[str, str] | None = None) -> None:
        mode = [word for key, value in in_mode("answer").items() for word in ("--set", f"{key}={value}")]
        command = [sys.executable, "-m", "livehost", "run", "--no-ui", *mode, *map(str, arguments)]
        environment = {"LIVEHOST_STATE": "", **(environment or os.environ), "COLUMNS": "200"}  # the user's stays
        self._said: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._readers = [threading.Thread(target=self._read, args=(name,), daemon=True) for name in self._said]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> Self:
        self.wait_for(r"^Ready after", _READY_S)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def output(self) -> str:
        """What it has said."""
        return "".join(self._said["stdout"])

    @property
    def errors(self) -> str:
        """What it has said on the error stream."""
        return "".join(self._said["stderr"])

    def wait_for(self, pattern: str, timeout_s: float = _END_S) -> None:
        """Wait until it says a line that matches.

        Raises
        ------
        CannotRun
            Where it does not.
        """
        deadline = time.monotonic() + timeout_s
        while not re.search(pattern, self.output, re.MULTILINE):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise CannotRun(
                    f"livehost did not get as far as it should: {(self.errors or self.output)[-400:].strip()}"
                )
            time.sleep(0.02)

    def wait(self, timeout_s: float) -> int:
        """Wait for its end by itself; its exit code."""
        code = self.process.wait(timeout_s)
        for reader in self._readers:
            reader.join()
        return code

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ask it to end, as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.wait(_END_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.wait(_END_S)

    def _read(self, name: str) -> None:
        stream = getattr(self.process, name)
        for line in stream:
            self._said[name].append(line)
        stream.close()
