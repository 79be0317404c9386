"""Type every command of the README where a musician would: livehost from its wheel, in an environment of its own.

    python3 .ci/wheel.py           about six minutes on two cores
    python3 .ci/wheel.py --list    only what would be done with each

Commands are what stands in fenced `sh` blocks, and code in the text that begins with a program or is an option. They
are taken in the README's order and typed as written, in a folder that holds what it says, far from the checkout, with a
home of its own. Each is treated by the first row of `ROWS` that fits; one that none fits is a failure, so that nothing
is left out in silence. Until the README has one install the studio there is no torch, and what needs it must say so in
a sentence.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PATIENCE_S = 300
#: What would lead back to the checkout, or to what other runs have left behind.
_NOT_OURS = ("PYTHON", "VIRTUAL_ENV", "XDG_", "LIVEHOST_", "NUMBA_", "MPL")
#: What is printed of a sound that was played, in whichever mode.
_PLAYED = r"^ .* (?:answer|duo|unison) .* probability "
_ASKED = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


class Failed(Exception):  # noqa: N818  it is what the command did
    """A command did not do what the README says."""


# -- what the README says


def commands(readme: str) -> Iterator[str]:
    """Yield commands and options in order, as written."""
    kind = ""
    for line in readme.splitlines():
        if fence := re.match(r"\s*```(\w*)", line):
            kind = "" if kind else fence[1] or "text"
        elif kind == "sh" and line.strip():
            yield line.strip()
        elif not kind:
            for code in re.findall(r"`([^`]+)`", line):
                first, *rest = code.split()
                if first.startswith("-") or (rest and (first == "livehost" or shutil.which(first))):
                    yield code


def block(readme: str, kind: str) -> str:
    """Give the first fenced block of a kind."""
    found = re.search(rf"^( *)```{kind}\n(.*?)^ *```$", readme, re.MULTILINE | re.DOTALL)
    if found is None:
        raise Failed(f"The README has no {kind} block any more.")
    return "".join(line.removeprefix(found[1]) + "\n" for line in found[2].splitlines())


# -- where it is typed


@dataclass
class Place:
    """A folder with an environment, a home and a place to stand."""

    root: Path
    wheel: Path = Path()
    help: dict[str, str] = field(default_factory=dict)

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
            "HOME": str(self.root / "home"), "PATH": path, "CI": "true", "PYTHONUNBUFFERED": "1", "COLUMNS": "120",
            "PIP_CACHE_DIR": str(pip_cache), "JACK_DEFAULT_SERVER": f"livehost-readme-{os.getpid()}",
            "JACK_NO_AUDIO_RESERVATION": "1",
        }  # fmt: skip

    def type(self, command: str, code: int = 0) -> str:
        """Run a command to its end; what it said."""
        done = subprocess.run(
            ["bash", "-c", f"{command}\nexit $?"], cwd=self.session, env=self.environment, text=True, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE_S,
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
        rest, _ = self.process.communicate(timeout=60)
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


# -- how a command is treated


def to_end(place: Place, command: str) -> str:
    """Run it to its end."""
    place.type(command)
    return "ran"


def show(place: Place, command: str) -> str:
    """Let it be ready, hear a drummer and answer; then press Ctrl-C."""
    with concert(place), place.running(command) as run:
        run.wait_for("^Ready after ")
        place.type("jack_connect drummer:300_bpm livehost-audio:in_1")
        run.wait_for(_PLAYED, 4)
        run.end()
    if (model := re.search(r"--model (\S+)", command)) and f"Model: {model[1]}," not in run.said:
        raise Failed(f"did not play {model[1]}:\n{run.said[-3000:]}")
    return "answered a drummer, ended by Ctrl-C"


def improvised(place: Place, command: str) -> str:
    """Let it be ready, hear a drummer and play notes; then press Ctrl-C."""
    with concert(place), place.running(command) as run:
        run.wait_for("^Ready after ")
        place.type("jack_connect drummer:300_bpm livehost-audio:in_1")
        run.wait_for(r"^ .* note  ", 4)
        run.end()
    return "played notes with a drummer, ended by Ctrl-C"


def spoken(place: Place, command: str) -> str:
    """Type it while livehost runs; what watches is ended by Ctrl-C."""
    with concert(place), place.running("livehost run --bank samples/") as run:
        run.wait_for("^Ready after ")
        if " monitor" not in command:
            place.type(command)
            told = "was answered"
        else:
            with place.running(command) as watch:
                watch.wait_for("^What comes in at ")
                place.type("livehost osc send /livehost/reset")
                watch.wait_for("/livehost/reset → done")
                watch.end()
            told = "told of a message, ended by Ctrl-C"
        run.end()
    return told


def checked(place: Place, command: str) -> str:
    """Let the drummer play when the soundcheck asks for it; what it leaves must be read by a run."""
    with concert(place), place.running(command) as run:
        run.wait_for("^3/3  Now play")
        place.type("jack_connect drummer:300_bpm livehost-audio:in_1")
        run.wait_for("^stage.toml is written")
        run.process.wait(60)
    if run.process.returncode or " 0 heard" in run.said or "Traceback" in run.said:
        raise Failed(f"ended with {run.process.returncode}:\n{run.said[-3000:]}")
    return "heard a drummer, and wrote stage.toml"


def examined(place: Place, command: str) -> str:
    """Let it look at this machine, which need not be safe for a show; what it says must be a page."""
    with concert(place):
        said = place.type(f"{command} || test $? -eq 1")
    if "The show is" not in said or "could not be checked" in said:
        raise Failed(f"said:\n{said[-3000:]}")
    return f"said: {said.strip().splitlines()[-1]}"


def training(place: Place, command: str) -> str:
    """Let it validate, learn a little, and press Ctrl-C."""
    with place.running(command) as run:
        run.wait_for(r"^\* step +0, .* left")
        time.sleep(3)
        run.end()
    out = re.search(r"--out (\S+)", command)
    if out is None or not (place.session / out[1] / "best.pt").is_file() or "go on with --resume" not in run.said:
        raise Failed(f"left no best.pt:\n{run.said[-3000:]}")
    return "learnt for three seconds, ended by Ctrl-C"


def installed(_: Place, command: str) -> str:
    """Make sure that what stands behind the installation, which this script has done, is typed below."""
    if (rest := command.split(" && ")[1]) not in commands(readme()):
        raise Failed(f"{rest} is typed nowhere")
    return "installed from the wheel; the rest is typed below"


def done_by_ci(_: Place, command: str) -> str:
    """Make sure that `.ci/run` does the same."""
    run = (CHECKOUT / ".ci" / "run").read_text("utf-8")
    packages = re.findall(r'packages="(.*)"', run)[0].split()
    wanted = re.findall(r"apt-get install (?:-y )?([^&]+)", command)[0].split()
    missing = set(wanted) ^ set(packages) if "pytest" in command else set(wanted) - set(packages)
    if missing or "-e '.[test,studio]'" not in run:
        raise Failed(f".ci/run and this line install other things: {missing}")
    return "done by .ci/run"


def studio(place: Place, _: str) -> str:
    """See what the stage alone says to those who want more; then install it."""
    place.type("python -c 'import importlib.util as u; assert u.find_spec(\"torch\") is None'")
    later = [c for c in commands(readme()) if re.match(r"livehost (train|export) \w+|livehost plot .*mp4", c)]
    for command in later:
        said = place.type(command, 2)
        if said.count("\n") != 1 or "pip install 'livehost[studio]'" not in said:
            raise Failed(f"{command} without the studio said:\n{said}")
    said = place.type("CI=false livehost bench --quick features")
    if "librosa is not installed: pip install librosa" not in said:
        raise Failed(f"the bench without its tools said:\n{said[-3000:]}")
    place.install("[studio]")
    return f"installed from the wheel; before, {len(later)} commands said in a sentence that they need it"


def own_model(place: Place, command: str) -> str:
    """Play the model of one's own, and load it over OSC while the other one plays."""
    told = show(place, command)
    with concert(place), place.running("livehost run --bank samples/") as run:
        run.wait_for("^Ready after ")
        name = b"mine\0\0\0\0"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as osc:
            osc.sendto(b"/livehost/model/load\0\0\0\0,s\0\0" + name, ("127.0.0.1", 17770))
        run.wait_for("^The model mine is in place")
        run.end()
    return f"{told}; loaded by /livehost/model/load, too"


def bench(place: Place, command: str) -> str:
    """Run the quick bench, everything that it needs installed."""
    place.install("[test,studio]")
    said = place.type(command)
    return f"ran: {said.strip().splitlines()[-1]}"


def left_out(why: str) -> Callable[[Place, str], str]:
    """Leave a command out, and say why."""
    return lambda _place, _command: f"NOT RUN: {why}"


def option(place: Place, written: str) -> str:
    """Make sure that some command takes it; where that is `run`, and it stands there with a value, try it."""
    names = _ASKED.findall(written)
    for name in names:
        if not any(re.search(rf"(?<![\w-]){name}(?![\w-])", text) for text in place.help.values()):
            raise Failed(f"no command has an option {name}")
    playable = all(re.search(rf"(?<![\w-]){name}(?![\w-])", place.help["run"]) for name in names)
    if not playable or "|" in written or written in names:
        return "is an option"
    with concert(place):
        place.type(f"livehost run --bank samples/ --seconds 1 {written}")
    return "ran with livehost run"


def at_rest(place: Place, command: str) -> str:
    """Ask a service that is installed, on a computer whose systemd runs for nobody here, or has not started it."""
    place.type(command, 3)
    return "ran: it does not run here, exit 3"


ROWS: tuple[tuple[str, Callable[[Place, str], str]], ...] = (
    (r"pip install \. && livehost demo", installed),
    (r"apt-get .*", done_by_ci),
    (r"python -m tests\.mutants .*", left_out("for developers, in the checkout; takes an hour")),
    (r"pip install '\.\[studio\]'", studio),
    (r"livehost run .* --model mine", own_model),
    (r"livehost run .*--player (bank,)?performance.*", improvised),
    (r"livehost run .*", show),
    (r"livehost service status", at_rest),
    (r"livehost osc .*", spoken),
    (r"livehost soundcheck", checked),
    (r"livehost doctor( .*)?", examined),
    (r"livehost train .*", training),
    (r"livehost bench --quick", bench),
    (r"livehost bench", left_out("takes 25 minutes; --quick is run")),
    (r"livehost bench --peers --report .*", left_out("what the README's figures were made with; takes longer still")),
    (r"livehost .*", to_end),
    (r"-.*", option),
)


def treatment(command: str) -> Callable[[Place, str], str]:
    """Find what is done with a command."""
    for pattern, how in ROWS:
        if re.fullmatch(pattern, command.split("   #", maxsplit=1)[0]):
            return how
    raise Failed(f"nobody knows how to treat `{command}`: add a row to ROWS")


# -- all of it


def readme() -> str:
    """Read it."""
    return (CHECKOUT / "README.md").read_text("utf-8")


def prepare(place: Place) -> None:
    """Build the wheel, install it, and make the folders that the README speaks of."""
    for folder in ("home", "session"):
        (place.root / folder).mkdir()
    subprocess.run([sys.executable, "-m", "venv", place.root / "venv"], check=True)
    place.type(f"pip wheel -q --no-deps -w '{place.root}' '{CHECKOUT}'")
    (place.wheel,) = place.root.glob("*.whl")
    place.install("")
    where = place.type("python -c 'import livehost; print(livehost.__file__)'").strip()
    if not Path(where).is_relative_to(place.root):
        raise Failed(f"livehost is imported from {where}, not from the wheel")
    takes = place.session / "my-recordings", place.session / "my-other-recordings"
    for folder in takes:
        folder.mkdir()
    names = ("run", "demo", "devices", "settings", "addresses", "bench", "soundcheck", "doctor", "bank build",
             "bank info", "bank map", "train bank", "export bank", "evaluate bank", "train performance",
             "export performance", "evaluate performance", "generate performance",
             "evaluate stage", "plot attention", "grow")  # fmt: skip
    demos = [f"livehost demo ../made/{seed} --seconds 12 --seed {seed} --driver offline" for seed in range(1, 8)]
    place.type(demos[0])  # the first one compiles, for all
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting = [pool.submit(place.type, demo) for demo in demos[1:]]
        for seed in range(1, 5):
            piece = (
                f"livehost generate performance --seconds 20 --density 8 --seed {seed} --out my-midi/piece-{seed}.mid"
            )
            waiting.append(pool.submit(place.type, piece))
        place.help = dict(zip(names, pool.map(lambda name: place.type(f"livehost {name} -h"), names), strict=True))
        for future in waiting:
            future.result()
    for seed in range(1, 8):
        shutil.copy(place.root / "made" / str(seed) / "take.wav", takes[seed > 5] / f"take-{seed}.wav")
    shutil.copytree(place.root / "made" / "1" / "bank", place.session / "samples")
    (place.session / "stage.toml").write_text(block(readme(), "toml"), "utf-8")


def main() -> int:
    """Type them all; 1 where one fails."""
    found = list(dict.fromkeys(commands(readme())))
    if sys.argv[1:] == ["--list"]:
        for command in found:
            print(f"{treatment(command).__name__:12} {command}")
        return 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="livehost-readme-") as root:
        place = Place(Path(root))
        prepare(place)
        print(f"{place.wheel.name} is installed, with no torch ({time.monotonic() - began:.0f} s)", flush=True)
        for command in found:
            since = time.monotonic()
            try:
                told = treatment(command)(place, command)
            except (Failed, subprocess.TimeoutExpired) as error:
                print(f"FAILED  {command}\n{error}", flush=True)
                return 1
            print(f"{time.monotonic() - since:6.1f} s  {command}\n          {told}", flush=True)
    print(f"{len(found)} commands and options of the README, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
