"""Whether the same command gives the same bytes: twice, and with blocks of changing length."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from livehost.bench.material import RATE, demo_bank, write_take
from livehost.bench.suite import CannotRun, Context, Figure
from livehost.synthesis.performer import perform

_MODES, _QUICK_MODES = ("duo", "answer", "continue", "call"), ("duo",)
#: What is compared with the first run: name, more options.
_AGAIN = (("again", ()), ("ragged blocks", ("--set", "audio.ragged=true")))


def play(folder: Path, take: Path, mode: str, *more: str) -> tuple[bytes, bytes]:
    """Run the command; give the bytes of its sound and of its events.

    Raises
    ------
    CannotRun
        Where it fails.
    """
    sound, events = folder / "out.wav", folder / "events.jsonl"
    for path in (sound, events):
        path.unlink(missing_ok=True)
    command: list[str | Path] = [
        sys.executable, "-m", "livehost", "run", "--driver", "offline", "--bank", str(demo_bank()), "--input", take,
        "--output", str(sound), "--events", str(events), "--seed", "1", "--set", f"player.mode={mode}", *more,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotRun(f"livehost run ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    return sound.read_bytes(), played_events(events.read_bytes())


def played_events(log: bytes) -> bytes:
    """Leave of a log what was heard and played: not the header, which names the command, nor sentences for the desk.

    These also tell that a first start compiles.
    """
    return b"\n".join(line for line in log.splitlines() if json.loads(line)["kind"] not in ("session", "log"))


def difference(a: bytes, b: bytes) -> int:
    """Count the bytes that differ, with the difference in length."""
    return sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b)) if a != b else 0


def run(context: Context) -> Iterator[Figure]:
    """Play a performer's take in every mode, and again."""
    take = write_take(context.scratch / "take.wav", perform(6.0 if context.quick else 40.0, RATE, 4)[0])
    for mode in _QUICK_MODES if context.quick else _MODES:
        context.say(f"{mode} …")
        first = play(context.scratch, take, mode)
        for name, more in _AGAIN:
            other = play(context.scratch, take, mode, *more)
            for what, a, b in zip(("sound", "events"), first, other, strict=True):
                note = f"of {len(a):,}"
                yield Figure(f"{mode}, {name}: {what}", difference(a, b), "bytes", "exact", note=note)
