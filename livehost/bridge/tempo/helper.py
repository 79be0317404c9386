"""A source of tempo in a process of its own, seen from livehost: nothing here waits for it."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time

from livehost.bridge.tempo.source import Reading

#: How long it may be silent, and how long it takes until it is started again, s.
SILENT_S, AGAIN_S = 3.0, 2.0
#: How long the end of its process is waited for, s.
_END_S = 0.5
#: A reading that is older is of no more use, s.
OLD_S = 1.0


class HelperSource:
    """A source of tempo that another process tells of; see `Source`.

    Parameters
    ----------
    module : str
        What the process runs, a module that calls `livehost.bridge.tempo.host.serve`.
    name : str
        What people call it.
    bpm : float
        Tempo to begin with.
    heard, starts : bool
        As `Source` has them.
    """

    takes_tempo = True

    def __init__(self, module: str, name: str, bpm: float, *, heard: bool, starts: bool) -> None:
        self.heard, self.starts = heard, starts
        self._module, self._name, self._bpm, self._quantum = module, name, bpm, 4
        self._reading: Reading | None = None
        self._error, self._closed, self._read = "", False, time.monotonic()
        self._begin()

    def _begin(self) -> None:
        self._began = self._told = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module, str(self._bpm)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        if sys.platform != "win32" and self._process.stdin is not None:
            os.set_blocking(self._process.stdin.fileno(), False)
        threading.Thread(
            target=self._listen, args=(self._process,), name=f"livehost tempo, {self._name}", daemon=True
        ).start()
        self.set_quantum(self._quantum)

    @property
    def problem(self) -> str:
        """What is wrong now, "" while all is well; a process that has ended or hangs is started again."""
        now = time.monotonic()
        ended, silent = self._process.poll() is not None, now - self._told > SILENT_S
        if not self._closed and now - self._began > AGAIN_S and (ended or silent):
            self._end(now=True)
            self._begin()
        if self.read() is not None or not (self._error or now - self._read > SILENT_S):
            return ""
        why = self._error or "it does not answer"
        return f"The tempo of {self._name} is not to be had ({why}); the tempo goes on as it was."

    def read(self) -> Reading | None:
        """Tell which beat it is; None where nothing was heard of it lately."""
        return self._reading if time.monotonic() - self._read < OLD_S else None

    def set_bpm(self, bpm: float) -> None:
        """Ask for a tempo."""
        self._bpm = bpm
        self._say(f"bpm {bpm}")

    def set_quantum(self, beats: int) -> None:
        """Tell of the beats of a bar."""
        self._quantum = beats
        self._say(f"quantum {beats}")

    def play(self, ns: int) -> bool:
        """Start its transport at a time."""
        self._say(f"play {ns}")
        return True

    def stop(self) -> None:
        """Stop its transport."""
        self._say("stop")

    def close(self) -> None:
        """Leave; the process ends by itself, or with a kill where it stands still."""
        self._closed = True
        self._end()

    def _end(self, *, now: bool = False) -> None:
        process = self._process
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(0.0 if now else _END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _say(self, line: str) -> None:
        stdin = self._process.stdin
        if stdin is None or stdin.closed:
            return
        with contextlib.suppress(OSError):  # it has ended, or stands still: `problem` sees it
            os.write(stdin.fileno(), f"{line}\n".encode())

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        for line in process.stdout or ():
            try:
                told = json.loads(line)
                error = told.get("error", "")
                reading = None if error else Reading(**told)
            except (ValueError, TypeError, AttributeError):
                continue
            self._told = time.monotonic()
            if reading is None:
                self._error = error
            else:
                self._reading, self._read, self._error = reading, self._told, ""
        if process.stdout is not None:
            process.stdout.close()
