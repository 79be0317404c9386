"""Where commands are typed: an environment with livehost from its wheel, a home, a folder to stand in, and JACK."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
#: How long a command may take, s; where it goes behind everything else, it may wait for most of that.
PATIENCE_S, BEHIND_PATIENCE_S = 300, 1500
#: What would lead back to the checkout, or to what other runs have left behind.
_NOT_OURS = ("PYTHON", "VIRTUAL_ENV", "XDG_", "LIVEHOST_", "NUMBA_", "MPL")


class Failed(Exception):  # noqa: N818  it is what the command did
    """A command did not do what the README says."""


@dataclass
class Place:
    """A folder with an environment, a home and a place to stand."""

    root: Path
    name: str = "home"
    wheel: Path = Path()
    help: dict[str, str] = field(default_factory=dict)
    patience_s: float = PATIENCE_S

    def beside(self, name: str) -> "Place":
        """Give a place for what is typed at the same time: with a home and a JACK server of its own."""
        (self.root / name).mkdir(exist_ok=True)
        return replace(self, name=name)

    @property
    def session(self) -> Path:
        """Where one stands."""
        return self.root / "session"

    @property
    def environment(self) -> dict[str, str]:
        """Variables of every command."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(_NOT_OURS)}
        path = f"{self.root / 'venv' / 'bin'}{os.pathsep}{kept['PATH']}"
        pip_cache = kept.get("PIP_CACHE_DIR") or Path("~/.cache/pip").expanduser()
        return kept | {
            "HOME": str(self.root / self.name), "XDG_CACHE_HOME": str(self.root / "cache"), "PATH": path, "CI": "true",
            "PYTHONUNBUFFERED": "1", "COLUMNS": "120", "PIP_CACHE_DIR": str(pip_cache),
            "JACK_DEFAULT_SERVER": f"livehost-{self.name}-{os.getpid()}", "JACK_NO_AUDIO_RESERVATION": "1",
        }  # fmt: skip

    def type(self, command: str, code: int = 0) -> str:
        """Run a command to its end; what it said."""
        done = subprocess.run(
            ["bash", "-c", f"{command}\nexit $?"], cwd=self.session, env=self.environment, text=True, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=self.patience_s,
        )  # fmt: skip
        if done.returncode != code or "Traceback" in done.stdout or "fault of its own" in done.stdout:
            raise Failed(f"ended with {done.returncode}, wanted was {code}:\n{_sentences(done.stdout)[-3000:]}")
        return done.stdout

    @contextmanager
    def running(self, command: str) -> Iterator["Running"]:
        """Start a command that runs until Ctrl-C."""
        process = subprocess.Popen(
            ["bash", "-c", f"{command}\nexit $?"], cwd=self.session, env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        try:
            yield Running(process)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def install(self, extra: str) -> None:
        """Install the wheel with one of its extras."""
        self.type(f"pip install -q --no-compile '{self.wheel}{extra}'")


def _sentences(said: str) -> str:
    """Leave tables out: what went wrong is told in sentences, and a log keeps only so much."""
    return "\n".join(line for line in said.splitlines() if not line.startswith(tuple("┏┃┡│└├")))


@dataclass
class Running:
    """A command that runs."""

    process: subprocess.Popen
    said: str = ""

    def wait_for(self, pattern: str, times: int = 1) -> None:
        """Read on until a pattern has come so often."""
        deadline = time.monotonic() + PATIENCE_S
        while len(re.findall(pattern, self.said, re.MULTILINE)) < times:
            line = self.process.stdout.readline() if self.process.stdout else ""
            self.said += line
            if not line or time.monotonic() > deadline:
                raise Failed(f"never said {pattern!r}:\n{self.said[-3000:]}")

    def end(self) -> None:
        """Press Ctrl-C, and make sure that it ends well."""
        os.killpg(self.process.pid, signal.SIGINT)
        rest, _ = self.process.communicate(timeout=PATIENCE_S)
        self.said += rest
        if self.process.returncode or "Traceback" in self.said:
            raise Failed(f"ended with {self.process.returncode} after Ctrl-C:\n{self.said[-3000:]}")


@contextmanager
def concert(place: Place) -> Iterator[None]:
    """Run JACK without a sound card, a sound card called Scarlett, and a drummer."""
    server = "jackd -r -n $JACK_DEFAULT_SERVER -d dummy -r 48000 -p 64"
    started: list[subprocess.Popen] = []
    try:
        for program in (server, "jack_thru Scarlett", "jack_metro -b 300 -n drummer"):
            started.append(
                subprocess.Popen(
                    ["bash", "-c", f"exec {program}"], env=place.environment,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
            place.type("for k in $(seq 50); do jack_lsp >/dev/null 2>&1 && exit 0; sleep 0.1; done; exit 1")
        yield
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
