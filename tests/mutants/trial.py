"""Put one mutant into a copy of its own and see whether the tests that reach it notice."""

import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .imports import Imports
from .process import End, Processes
from .reach import Plan
from .sample import Mutant
from .tree import Place

#: A run may take so many times what it took unmutated, and so many seconds more to start, and to compile anew.
PATIENCE, START_S, COMPILE_S = 5.0, 60.0, 240.0
#: Exit codes of pytest that are no verdict: an interrupt from outside does not reach it, a wrong option is ours.
_NOTHING_RAN = 5
_BLAMED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Tester:
    """What all trials share: the unchanged copy, its files and imports, and the longest run of one wave in seconds."""

    base: Place
    files: list[str]
    imports: Imports
    processes: Processes
    limit_s: float

    def test(self, mutant: Mutant, plan: Plan) -> dict[str, Any]:
        """Test a mutant.

        Returns
        -------
        dict
            outcome ("caught", "timeout", "survived", or "unreached" where no test reaches it), by (the test that
            caught it, or how the run ended), tests (how many test functions were to run), left_out (how many reach it,
            and are beyond the budget), seconds.
        """
        began = time.monotonic()
        outcome, by = "survived" if plan.waves else "unreached", ""
        with tempfile.TemporaryDirectory(prefix="mutant-", ignore_cleanup_errors=True) as folder:
            if plan.waves:
                place, compile_s = self._planted(mutant, Path(folder))
            for tests, seconds in plan.waves:
                limit_s = min(self.limit_s, START_S + compile_s + PATIENCE * seconds)
                end = self.processes.run(["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests], place, limit_s)
                if end.code != 0:
                    outcome, by = _verdict(end)
                    break
                compile_s = 0.0
        return {
            "outcome": outcome,
            "by": by,
            "tests": sum(len(tests) for tests, _ in plan.waves),
            "left_out": plan.left_out,
            "seconds": round(time.monotonic() - began, 1),
        }

    def _planted(self, mutant: Mutant, folder: Path) -> tuple[Place, float]:
        """Give a copy with the mutant in it, and the seconds that it may take to compile what is made of it."""
        place = Place(folder).make(self.base.tree, self.files)
        (place.tree / mutant.path).write_text(mutant.text, encoding="utf-8")
        left = place.take_compiled(self.base, self.files, self.imports.dependents(mutant.path))
        return place, COMPILE_S if left else 0.0


def _verdict(end: End) -> tuple[str, str]:
    if end.code is None:
        return "timeout", f"not done after {end.seconds:.0f} s"
    if end.code == _NOTHING_RAN:
        raise RuntimeError(f"pytest found no test that it was asked to run: {end.last_line()}")
    blamed = _BLAMED.search(end.output)
    return "caught", blamed[1] if blamed else end.last_line()
