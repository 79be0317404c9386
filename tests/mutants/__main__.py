"""`python -m tests.mutants`: which small faults would no test notice?"""

import argparse
import os
import sys
from pathlib import Path

import platformdirs
from rich.console import Console

import livehost

from .sample import DEFAULT_PATHS
from .session import Session, Wanted
from .tree import Place

#: Importing livehost also says where its compiled code is.
ROOT = Path(livehost.__file__).resolve().parents[1]


def parsed(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutants",
        description="Put small faults into the source, one at a time and each in a copy of its own, run the tests that"
        " reach it, and report those that none of them notices. Called again, it goes on where it stopped.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", default=list(DEFAULT_PATHS), help="files or folders")
    parser.add_argument("--sample", type=int, metavar="N", help="so many, drawn by chance (else one at every place)")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (1)")
    parser.add_argument("--jobs", type=int, default=1, help="mutants at a time (1)")
    parser.add_argument("--budget", type=float, default=120.0, metavar="S", help="seconds of tests for a mutant (120)")
    parser.add_argument("--limit", type=float, default=480.0, metavar="S", help="longest run of a process, s (480)")
    default = Path(platformdirs.user_cache_dir("livehost-mutants"))
    parser.add_argument("--results", type=Path, default=default, metavar="FOLDER", help=f"({default})")
    return parser.parse_args(arguments)


def main() -> int:
    given, console = parsed(), Console(highlight=False, soft_wrap=True)
    wanted = Wanted(tuple(given.paths), given.sample, given.seed, given.jobs, given.budget, given.limit)
    root = Place.found(ROOT, Path(os.environ["NUMBA_CACHE_DIR"]))
    session = Session(root, given.results, wanted, lambda line: console.print(line, markup=False))
    try:
        complete = session.run()
    except KeyboardInterrupt:
        console.print("Stopped; the same command goes on from here.")
        complete = False
    console.print(session.report(), markup=False)
    console.print(f"Results and report are in {given.results}.", markup=False)
    return 0 if complete else 130


if __name__ == "__main__":
    sys.exit(main())
