"""Which tests reach a mutant: found by one recorded run of each test file, made when it is first asked for.

Python code is followed function by function (`record`). Machine code and what runs at import are not: these count as
reached by every test of a file whose run imported their module. A test that starts Python processes counts as reaching
everything. So no test that could notice is taken for one that cannot. The nearest test files come first: most mutants
are caught by them, and then the others need not even be recorded.
"""

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, repeat
from pathlib import Path, PurePosixPath
from typing import Any

from .imports import Imports
from .process import Processes
from .sample import Mutant
from .tree import Place

RECORD = Path(__file__).with_name("record.py")
#: Longest run of one test file, seconds, compiling included.
RECORDING_S = 480.0
#: Text of tests that start Python processes, so that they may reach what they do not import.
_STARTS_PROCESSES = re.compile(r'sys\.executable|\bmultiprocessing\b|livehost\.bench|"(livehost|python3?)"')
#: Test files that run in one process, wave after wave: few at first.
_WAVES = (1, 3, 10)
#: A budget of which no more than this is left, seconds, is spent.
_CRUMBS_S = 1.0


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
    processes : Processes
        That run the tests.
    say : callable
        Told of each run that is recorded.
    """

    def __init__(
        self, folder: Path, base: Place, imports: Imports, processes: Processes, say: Callable[[str], None]
    ) -> None:
        self._folder, self._base, self._imports, self._processes, self._say = folder, base, imports, processes, say
        tests = [f for f in imports.files if f.startswith("tests/") and PurePosixPath(f).name.startswith("test_")]
        closures = {test: imports.closure(test) for test in tests}
        # what tests this command puts in faults of its own
        self._closures = {t: c for t, c in closures.items() if not any(f.startswith("tests/mutants/") for f in c)}
        self._start_processes = {t for t, closure in self._closures.items() if self._starts_processes(closure)}
        self._runs: dict[str, dict[str, Any]] = {}
        self._locks = {test: threading.Lock() for test in self._closures}

    def _starts_processes(self, closure: Iterable[str]) -> bool:
        texts = ((self._base.tree / f).read_text(encoding="utf-8") for f in closure if f.startswith("tests/"))
        return any(map(_STARTS_PROCESSES.search, texts))

    def nearest(self, path: str) -> list[str]:
        """List the test files that may reach a file, the nearest first."""
        found = [t for t, closure in self._closures.items() if path in closure or t in self._start_processes]
        far = len(self._closures) + len(self._imports.files)
        return sorted(found, key=lambda t: (_strangeness(t, path), self._closures[t].get(path, far), t))

    def run_of(self, test: str) -> dict[str, Any]:
        """Give the recorded run of a test file; recorded now where there is none that still counts."""
        with self._locks[test]:
            if test not in self._runs:
                self._runs[test] = self._kept(test) or self._record(test)
            return self._runs[test]

    def _file(self, test: str) -> Path:
        return self._folder / (test.replace("/", "-") + ".json")

    def _kept(self, test: str) -> dict[str, Any]:
        try:
            found = json.loads(self._file(test).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if found["digest"] == self._imports.digest(self._closures[test]) else {}

    def _record(self, test: str) -> dict[str, Any]:
        raw = self._base.tmp / self._file(test).name
        raw.unlink(missing_ok=True)
        arguments = [str(raw), str(self._base.tree), "-q", "-p", "no:cacheprovider", test]
        end = self._processes.run(["-P", str(RECORD), *arguments], self._base, RECORDING_S)
        found = {"imported": [], "shared": [], "tests": {}}
        if raw.exists():  # neither too late nor killed
            found = json.loads(raw.read_text(encoding="utf-8"))
            found["digest"] = self._imports.digest(self._closures[test])
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file(test).write_text(json.dumps(found), encoding="utf-8")
        failed = [name for name, t in found["tests"].items() if not t["passed"]]
        not_used = f"; not used, for they fail unmutated: {', '.join(failed)}" if failed else ""
        none = "" if found["tests"] else f" ({end.last_line()})"
        self._say(f"  recorded {test}: {len(found['tests'])} tests in {end.seconds:.0f} s{none}{not_used}")
        return found


class Waves:
    """The tests for a mutant, the nearest first, until their seconds would be more than the budget.

    Iterating gives test functions that are to run in one process, and the seconds that they take unmutated.

    Attributes
    ----------
    left_out : int
        Test functions that reach the mutant and were beyond the budget, so far.
    not_looked_at : int
        Test files that may reach it, and were not looked at since the budget was spent.
    """

    def __init__(self, reach: Reach, mutant: Mutant, budget_s: float) -> None:
        self._reach, self._mutant, self._budget_s = reach, mutant, budget_s
        self.left_out = self.not_looked_at = 0

    def __iter__(self) -> Iterator[tuple[list[str], float]]:
        files = self._files()
        for size in chain(_WAVES, repeat(_WAVES[-1])):
            part = list(islice(files, size))
            if not part:
                return
            yield [name for tests in part for name in tests], sum(sum(tests.values()) for tests in part)

    def _files(self) -> Iterator[dict[str, float]]:
        """Seconds of the test functions to run, by test file."""
        left_s, first = self._budget_s, True
        nearest = self._reach.nearest(self._mutant.path)
        for k, test in enumerate(nearest):
            if left_s < _CRUMBS_S:
                self.not_looked_at = len(nearest) - k
                return
            taken = {}
            for name, seconds in _reaching(self._mutant, self._reach.run_of(test)).items():
                if seconds <= left_s or first:
                    taken[name] = seconds
                    left_s, first = left_s - seconds, False
                else:
                    self.left_out += 1
            if taken:
                yield taken


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
