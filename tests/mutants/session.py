"""One run of the command: draw, test what is not tested yet, report."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .base import unchanged
from .imports import Imports
from .process import Processes
from .reach import Reach, Waves
from .report import report
from .results import Results
from .sample import Mutant, draw, sources
from .tree import Place, tracked
from .trial import Trials


@dataclass(frozen=True)
class Wanted:
    """What the user asks for; `sample` None for a mutant at every place, times in seconds."""

    paths: tuple[str, ...]
    sample: int | None = None
    seed: int = 1
    jobs: int = 1
    budget_s: float = 120.0
    limit_s: float = 480.0


class Session:
    """Mutants of a tree, as it stands when this is made: later changes of the tree are not seen.

    Parameters
    ----------
    root : Place
        The tree, a git checkout, and what it has compiled; it is only read.
    folder : Path
        Of results, recorded runs and the unchanged copy; made if need be, outside of the tree.
    wanted : Wanted
        What to do.
    say : callable
        Gets lines of progress.
    """

    def __init__(self, root: Place, folder: Path, wanted: Wanted, say: Callable[[str], None]) -> None:
        if folder.resolve().is_relative_to(root.tree.resolve()):
            raise SystemExit(f"Results in {folder} would lie in the tree that is tested; name a folder elsewhere.")
        self._wanted, self._say, self._folder = wanted, say, folder
        files = tracked(root.tree)
        digest = Imports(root.tree, files).digest(files)
        base, imports = unchanged(root, files, digest, folder)
        self.mutants = draw(base.tree, sources(base.tree, files, wanted.paths), wanted.sample, wanted.seed)
        self.results = Results(folder / "results.jsonl", digest)
        self._processes = Processes()
        self._reach = Reach(folder / "reach", base, imports, self._processes, say)
        self._trials = Trials(base, files, imports, self._processes, wanted.limit_s)

    @property
    def report_file(self) -> Path:
        return self._folder / f"report-{self._wanted.seed}.md"

    def run(self) -> bool:
        """Do what is left to do, and write the report, also where the user stops it; True if all is done."""
        try:
            left = [m for m in self.mutants if m.key not in self.results]
            self._say(f"{len(self.mutants)} mutants with seed {self._wanted.seed}, {len(left)} of them to test.")
            self._in_parallel(self._test, left)
        finally:
            self.report_file.write_text(self.report(), encoding="utf-8")
        return all(m.key in self.results for m in self.mutants)

    def report(self) -> str:
        rows = [self.results.get(m.key) for m in self.mutants]
        return report(f"{' '.join(self._wanted.paths)}, seed {self._wanted.seed}", self.mutants, rows)

    def _test(self, mutant: Mutant) -> None:
        result = self._trials.test(mutant, Waves(self._reach, mutant, self._wanted.budget_s))
        at: dict[str, Any] = {"path": mutant.path, "line": mutant.span.line, "kind": mutant.span.kind}
        self.results.add(mutant.key, {**at, **result, "diff": mutant.diff()})
        done = sum(m.key in self.results for m in self.mutants)
        where = f"{mutant.path}:{mutant.span.line} ({mutant.span.kind})"
        by = f" by {result['by']}" if result["by"] else ""
        self._say(f"{done}/{len(self.mutants)} {result['outcome']} {where} in {result['seconds']:.0f} s{by}")

    def _in_parallel(self, do: Callable[[Any], None], things: Iterable[Any]) -> None:
        with ThreadPoolExecutor(self._wanted.jobs) as pool:
            futures = [pool.submit(do, thing) for thing in things]
            try:
                for future in wait(futures, return_when=FIRST_EXCEPTION).done:
                    future.result()
            except BaseException:
                self._processes.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
