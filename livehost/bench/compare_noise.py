"""Whether `--compare` cries wolf: one base, then the same revision again and again; none may be called slower.

``python -m livehost.bench.compare_noise [--repeats 10] [--keep FOLDER] [SUITE …]`` runs ``livehost bench --quick`` so
often, and prints one line a run. Exit status 0: no false alarm. `tests/bench/test_planted.py` plants what must be
caught.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_ALARM = "is worse than the base"
_SAID = {0: "within budget", 1: "a budget broken, or slower", 2: "something could not run"}


def bench(*arguments: str | Path) -> tuple[int, list[str], float]:
    """Run the bench; exit code, what it called slower, seconds."""
    command = [sys.executable, "-m", "livehost", "bench", "--quick", *map(str, arguments)]
    began = time.monotonic()
    wide = {**os.environ, "COLUMNS": "1000"}  # a sentence a line
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=wide)
    alarms = [line.strip() for line in done.stdout.splitlines() if _ALARM in line]
    return done.returncode, alarms, time.monotonic() - began


def repeat(folder: Path, repeats: int, suites: Sequence[str]) -> int:
    """Make a base, then compare with it.

    Returns
    -------
    int
        Runs in which something was called slower.
    """
    base = folder / "base.json"
    code, _, seconds = bench(*suites, "--json", base)
    print(f"base: {_SAID.get(code, code)}, {seconds:.0f} s", flush=True)  # noqa: T201
    false = 0
    for k in range(repeats):
        code, alarms, seconds = bench(*suites, "--compare", base, "--json", folder / f"run-{k + 1}.json")
        false += bool(alarms)
        told = "; ".join(alarms) if alarms else "nothing slower"
        print(f"{k + 1} of {repeats}: {told}; {_SAID.get(code, code)}, {seconds:.0f} s", flush=True)  # noqa: T201
    print(f"{false} false alarms in {repeats} runs.")  # noqa: T201
    return false


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m livehost.bench.compare_noise", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--keep", type=Path, help="folder for the JSON file of each run")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        return 1 if repeat(folder, chosen.repeats, chosen.suites) else 0


if __name__ == "__main__":
    sys.exit(main())
