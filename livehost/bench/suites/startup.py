"""Seconds from the command to ready: warm, and the first time ever; and what the stage does not import."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import soundfile

from livehost.bench.material import RATE
from livehost.bench.suite import CannotRun, Context, Figure

_SOUNDS = 150
#: What belongs to the studio or to tests, and must not be imported for a show. (scipy is numba's own doing.)
_HEAVY = ("torch", "librosa", "sklearn", "pandas", "onnx", "matplotlib.pyplot")
_COLD_LIMIT_S = 300.0


def write_bank(folder: Path, sounds: int) -> Path:
    """Write a bank of short decaying noises, each of another colour."""
    rng = np.random.default_rng(1)
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(sounds):
        frames = int(rng.uniform(0.2, 1.5) * RATE)
        noise = np.convolve(rng.normal(0, 0.2, frames), np.ones(1 + k % 24) / (1 + k % 24), "same")
        sound = noise * np.exp(-np.arange(frames) * 6 / frames)
        soundfile.write(folder / f"{k:03d}.wav", sound.astype(np.float32), RATE, "PCM_16")
    return folder


def ready_s(bank: Path, environment: Mapping[str, str] | None = None) -> float:
    """Measure the time from the start of the process to its word that it is ready, s.

    Raises
    ------
    CannotRun
        Where it ends, or does not come that far in five minutes.
    """
    command = [
        sys.executable, "-u", "-m", "livehost", "run", "--bank", str(bank), "--driver", "null", "--seconds", "0.2",
        "--no-ui", "--set", "osc.in_port=0",
    ]  # fmt: skip
    began = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(environment or os.environ)
    ) as process:
        lines, taken = [], None
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith("Ready after"):
                taken = time.monotonic() - began
            if time.monotonic() - began > _COLD_LIMIT_S:
                process.kill()
        process.wait()
    if taken is None:
        raise CannotRun(f"livehost did not become ready: {''.join(lines).strip()[-200:]}")
    return taken


def run(context: Context) -> Iterator[Figure]:
    """Warm starts; then, not in a quick run, one with nothing compiled and nothing cached."""
    bank = write_bank(context.scratch / "bank", _SOUNDS)
    context.say(f"warm starts with {_SOUNDS} sounds …")
    found = imported(bank, context.scratch / "list.txt")  # the first start of all, which builds the bank
    times = [ready_s(bank) for _ in range(2 if context.quick else 6)]
    note = f"{_SOUNDS} cached sounds, from the command to the word"
    yield Figure("warm start", min(times), "s", "compute", samples=times, rounds=times, noise=0.3, note=note)
    yield Figure("heavy imports", len(found), "count", "count", note=", ".join(found) or f"none of {', '.join(_HEAVY)}")
    if not context.quick:
        context.say("a first start: nothing compiled, nothing cached …")
        empty = {key: str(context.scratch / "empty" / key) for key in ("XDG_CACHE_HOME", "LIVEHOST_CACHE")}
        cold = ready_s(bank, {**{k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}, **empty})
        yield Figure("first start ever", cold, "s", "compute", noise=0.5, note="compiles, and builds the bank")


def imported(bank: Path, listing: Path) -> list[str]:
    """Name the heavy packages that a session imports."""
    code = (
        "import sys\nfrom livehost.cli import main as cli\n"
        f"sys.argv = ['livehost', 'run', '--bank', {str(bank)!r}, '--driver', 'offline', '--seconds', '1']\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        f"open({str(listing)!r}, 'w').write(' '.join(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if not listing.exists():
        raise CannotRun(f"livehost did not run: {done.stderr.strip()[-200:]}")
    modules = set(listing.read_text("utf-8").split())
    return [name for name in _HEAVY if name in modules]
