"""Which tests reach a mutant, from one recorded run of each test file that may reach it.

Python code is followed function by function (`record`). Machine code and what runs at import are not: these count as
reached by every test of a file whose run imported their module. A test that starts Python processes counts as reaching
everything. So no test that could notice is taken for one that cannot; those nearest to the mutant come first, and what
lies beyond the budget is left out and said to be.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from .imports import Imports
from .process import Processes
from .sample import Mutant
from .tree import Place

RECORD = Path(__file__).with_name("record.py")
#: Longest run of one test file, seconds, compiling included.
RECORDING_S = 480.0
#: Text of tests that start processes, so that they may reach what they do not import.
_STARTS_PROCESSES = re.compile(r"\b(subprocess|multiprocessing|sys\.executable|livehost\.bench)\b")
#: Test files that run in one process, wave after wave: few at first, since most mutants are caught by the nearest.
_WAVES = (1, 3)


@dataclass(frozen=True)
class Plan:
    """What to run against a mutant: waves of test functions with the seconds that each takes, and how many stay out."""

    waves: tuple[tuple[tuple[str, ...], float], ...]
    left_out: int


class Reach:
    """Recorded runs of test files in an unchanged copy of the tree.

    Parameters
    ----------
    folder : Path
        Where recorded runs are kept; one counts until a file changes that its tests import.
    base : Place
        The unchanged copy.
    imports : Imports
        Of that copy.
    """

    def __init__(self, folder: Path, base: Place, imports: Imports) -> None:
        self._folder, self._base, self._imports = folder, base, imports
        tests = [f for f in imports.files if f.startswith("tests/") and PurePosixPath(f).name.startswith("test_")]
        self._closures = {test: imports.closure(test) for test in tests}
        self._recorded: dict[str, dict[str, Any]] = {}

    def candidates(self, paths: Iterable[str]) -> list[str]:
        """List the test files that may reach one of these files."""
        wanted = set(paths)
        return [t for t, closure in self._closures.items() if wanted & closure.keys() or self._starts(closure)]

    def _starts(self, closure: Iterable[str]) -> bool:
        texts = ((self._base.tree / f).read_text(encoding="utf-8") for f in closure if f.startswith("tests/"))
        return any(map(_STARTS_PROCESSES.search, texts))

    def load(self, test: str) -> bool:
        """Take a recorded run that still counts; False where there is none."""
        digest = self._imports.digest(self._closures[test])
        try:
            found = json.loads(self._file(test).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        if found.pop("digest", "") != digest:
            return False
        self._recorded[test] = found
        return True

    def record(self, test: str, processes: Processes) -> str:
        """Run a test file in the unchanged copy, keep what it reached, and say in a few words how it went."""
        raw = self._base.tmp / (test.replace("/", "-") + ".json")
        raw.unlink(missing_ok=True)
        arguments = [str(raw), str(self._base.tree), "-q", "-p", "no:cacheprovider", test]
        end = processes.run(["-P", str(RECORD), *arguments], self._base, RECORDING_S)
        try:
            found = json.loads(raw.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {"imported": [], "shared": [], "tests": {}}
        self._recorded[test] = found
        if end.code is not None and end.code >= 0:  # neither too late nor killed
            self._file(test).parent.mkdir(parents=True, exist_ok=True)
            kept = {**found, "digest": self._imports.digest(self._closures[test])}
            self._file(test).write_text(json.dumps(kept), encoding="utf-8")
        failed = [name for name, t in found["tests"].items() if not t["passed"]]
        count = f"{len(found['tests'])} tests, {end.seconds:.0f} s"
        if not found["tests"]:
            return f"{count}: {end.last_line()}"
        return count + (f"; not used, for they fail unmutated: {', '.join(failed)}" if failed else "")

    def _file(self, test: str) -> Path:
        return self._folder / (test.replace("/", "-") + ".json")

    def plan(self, mutant: Mutant, budget_s: float) -> Plan:
        """Choose the tests for a mutant, the nearest first, until their seconds would be more than the budget."""
        ranked = []
        for test, run in self._recorded.items():
            reaching = _reaching(mutant, run)
            if reaching:
                seconds = sum(reaching.values())
                away = self._closures[test].get(mutant.path, len(self._closures))
                ranked.append((_strangeness(test, mutant.path), away, seconds, test, reaching))
        chosen: list[dict[str, float]] = []
        spent, left_out = 0.0, 0
        for *_, reaching in sorted(ranked, key=lambda row: row[:4]):
            taken = {}
            for name, seconds in reaching.items():
                if spent + seconds <= budget_s or spent == 0.0:
                    taken[name] = seconds
                    spent += seconds
                else:
                    left_out += 1
            if taken:
                chosen.append(taken)
        waves, at = [], 0
        for size in (*_WAVES, len(chosen)):
            if part := chosen[at : at + size]:
                waves.append((tuple(n for f in part for n in f), sum(s for f in part for s in f.values())))
            at += size
        return Plan(tuple(waves), left_out)


def _reaching(mutant: Mutant, run: dict[str, Any]) -> dict[str, float]:
    """Seconds of each test function of a recorded run that reaches a mutant."""
    function = f"{mutant.path}::{mutant.span.scope}"
    everywhere = function in run["shared"] if mutant.span.scope else mutant.path in run["imported"]
    return {
        name: test["seconds"]
        for name, test in run["tests"].items()
        if test["passed"] and (everywhere or test["spawns"] or function in test["ran"])
    }


def _strangeness(test: str, path: str) -> int:
    """0 for the test file that mirrors a file, 1 for one of the same package, else 2."""
    one, other = PurePosixPath(test), PurePosixPath(path)
    same_package = one.parts[1:-1] == other.parts[1:-1]
    return 2 - same_package - (same_package and one.name.startswith(f"test_{other.stem}"))
