"""Put one mutant into a copy of its own and see whether the tests that reach it notice."""

import re
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .imports import Imports
from .process import End, Processes
from .reach import Waves
from .sample import Mutant
from .tree import Place

#: A run may take so many times what it took unmutated, and so many seconds more to start, and to compile anew.
PATIENCE, START_S, COMPILE_S = 5.0, 60.0, 240.0
#: Exit codes of pytest: all passed, or all was skipped.
_UNNOTICED = (0, 5)
_BLAMED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Trials:
    """What all trials share: the unchanged copy, its files and imports, and the longest run of one process (s)."""

    base: Place
    files: list[str]
    imports: Imports
    processes: Processes
    limit_s: float

    def test(self, mutant: Mutant, waves: Waves) -> dict[str, Any]:
        """Test a mutant.

        Returns
        -------
        dict
            outcome ("caught", "timeout", "survived", or "unreached" where no test reaches it), by (the test that
            caught it, or how the run ended), tests (how many test functions were to run), seconds, and what was beyond
            the budget: left_out, not_looked_at (see `Waves`).
        """
        began, outcome, by, count = time.monotonic(), "unreached", "", 0
        with tempfile.TemporaryDirectory(prefix="mutant-", ignore_cleanup_errors=True) as folder:
            place = Place(Path(folder)).make(self.base.tree, self.files)
            (place.tree / mutant.path).write_text(mutant.text, encoding="utf-8")
            changed = self.imports.dependents(mutant.path)
            for tests, seconds in waves:
                count += len(tests)
                compile_s = COMPILE_S if place.take_compiled(self.base, self.files, changed) else 0.0
                limit_s = min(self.limit_s, START_S + compile_s + PATIENCE * seconds)
                outcome, by = self.verdict(tests, place, limit_s)
                if outcome != "survived":
                    break
        return {
            "outcome": outcome,
            "by": by,
            "tests": count,
            "left_out": waves.left_out,
            "not_looked_at": waves.not_looked_at,
            "seconds": round(time.monotonic() - began, 1),
        }

    def verdict(self, tests: list[str], place: Place, limit_s: float) -> tuple[str, str]:
        """Run tests until one fails twice in a row: what fails only once fails by chance, and does not count.

        Returns
        -------
        outcome, by : str
            As in `test`.
        """
        while tests:
            outcome, by = verdict_of(self.processes.test(tests, place, limit_s))
            name = by.split("[")[0]
            if name not in tests or verdict_of(self.processes.test([name], place, limit_s))[0] != "survived":
                return outcome, by
            tests = tests[tests.index(name) + 1 :]
        return "survived", ""


def verdict_of(end: End) -> tuple[str, str]:
    """Say what the end of a run of tests means: outcome, and who or what has decided it."""
    if end.code is None:
        return "timeout", f"not done after {end.seconds:.0f} s"
    if end.code in _UNNOTICED:
        return "survived", ""
    if end.code < 0:
        return "caught", f"a crash ({signal.Signals(-end.code).name})"
    blamed = _BLAMED.search(end.output)
    return "caught", blamed[1] if blamed else end.last_line()
