"""Keys of a real terminal: 40 columns, a line that is slow, no terminal at all."""

import contextlib
import os
import pty
import re
import struct
import subprocess
import sys
import threading
import time

import pytest

from tests.waiting import until

fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

#: A start on a machine that is busy takes a while.
_PATIENCE_S = 120.0


class Terminal:
    """Livehost in a pseudo-terminal; what it shows is read at so many bytes a second."""

    def __init__(self, *arguments, columns=40, rows=24, bytes_per_s=None):
        self.outer, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {**os.environ, "LIVEHOST_STATE": "", "TERM": "xterm-256color"}
        environment.pop("COLUMNS", None)
        self.before = termios.tcgetattr(inner)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "livehost", "run", *map(str, arguments)],
            stdin=inner, stdout=inner, stderr=inner, env=environment, start_new_session=True,
        )  # fmt: skip
        self.inner, self.rate, self._shown = inner, bytes_per_s, bytearray()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        with contextlib.suppress(OSError):
            while piece := os.read(self.outer, 256 if self.rate else 65_536):
                self._shown += piece
                if self.rate:
                    time.sleep(len(piece) / self.rate)

    def press(self, keys):
        os.write(self.outer, keys.encode())

    def text(self):
        """What was shown, without colours and places."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self._shown.decode("utf-8", "replace"))

    def shows(self, pattern):
        """Wait until it shows something."""
        return until(lambda: re.search(pattern, self.text()), pattern, _PATIENCE_S)

    def forget(self):
        self._shown.clear()

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for handle in (self.inner, self.outer):
            os.close(handle)
        self._reader.join(5)


@pytest.fixture
def open_terminal(drums):
    made = []

    def start(**options):
        made.append(Terminal("--bank", drums, "--player", "nearest", "--driver", "null", "--osc-in", "0", **options))
        made[-1].shows(r"space")
        return made[-1]

    yield start
    for terminal in made:
        terminal.close()


def test_forty_columns_show_and_take_every_key(open_terminal):
    terminal = open_terminal()
    for keys, seen in (
        (" ", "HALTED"), ("s", "(ready|running)  0:[0-9]+ *\r"), ("m", "MUTED"),
        ("d", r"density 0\.9"), ("-", r"gain −1\.0"),
        ("o", "mode answer"), ("z", "RESTS"),
        ("q", r"End it\? y: yes"), ("x", "It goes on"),
    ):  # fmt: skip
        terminal.forget()
        terminal.press(keys)
        terminal.shows(seen)
    terminal.press("qy")
    assert terminal.process.wait(_PATIENCE_S) == 0
    assert termios.tcgetattr(terminal.inner) == terminal.before


def test_a_slow_line_holds_up_no_key(open_terminal):
    terminal = open_terminal(bytes_per_s=3000)
    terminal.press("qy")  # long before what is shown has caught up
    assert terminal.process.wait(_PATIENCE_S) == 0


def test_a_terminal_that_goes_ends_the_session(open_terminal):
    terminal = open_terminal()
    os.kill(terminal.process.pid, 1)  # what the system sends when a terminal is closed
    assert terminal.process.wait(_PATIENCE_S) == 0
