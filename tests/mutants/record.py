"""Run tests and write down which functions each of them ran: `python -P record.py RESULT ROOT [pytest's arguments]`.

A script, so that nothing of the tree that is tested is imported by it. The result is JSON: `imported`, the files of the
tree that the run imported; `shared`, the functions ("file::qualified name") that ran outside of tests or for fixtures
of several; `tests`, for each test function (all of its parameters together) the seconds but for compiling, whether all
passed, the functions that ran, and whether it started Python processes, of which nothing is known.
"""

import json
import sys
import threading
import time
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from numba.core import event


class Recorder(event.Listener):
    """Pytest plugin: one set of code objects for each test, and one for what several tests share.

    Numba's own work is not followed, since it would take four times as long, and not counted, since it is done once.
    """

    def __init__(self, root: Path) -> None:
        self._root = f"{root}/"
        self._shared: dict[int, CodeType] = {}
        self._now = self._shared
        self._tests: dict[str, dict[str, Any]] = {}
        self._current: dict[str, Any] | None = None
        self._compiling = threading.local()
        threading.settrace(self._trace)
        sys.settrace(self._trace)
        sys.addaudithook(self._audit)
        event.register("numba:compiler_lock", self)

    def _trace(self, frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        self._now[id(code)] = code  # the code object is kept, so that its id stays its own
        if code.co_name == "start" and code.co_filename.endswith("multiprocessing/process.py") and self._current:
            self._current["spawns"] = True

    def on_start(self, event: Any) -> None:
        depth = getattr(self._compiling, "depth", 0)
        if not depth:
            self._compiling.since = time.monotonic()
            sys.settrace(None)
        self._compiling.depth = depth + 1

    def on_end(self, event: Any) -> None:
        self._compiling.depth -= 1
        if not self._compiling.depth:
            sys.settrace(self._trace)
            if self._current is not None:
                self._current["seconds"] -= time.monotonic() - self._compiling.since

    def _audit(self, event: str, arguments: tuple) -> None:
        if self._current is None:
            return
        if event in ("os.fork", "os.forkpty"):
            self._current["spawns"] = True
        elif event == "subprocess.Popen":
            words = " ".join(map(str, [arguments[0], *_words(arguments[1])]))
            self._current["spawns"] |= "python" in words or "livehost" in words

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        name = item.nodeid.split("[")[0]
        new = {"seconds": 0.0, "passed": True, "spawns": False, "codes": {}}
        self._current = self._tests.setdefault(name, new)
        self._now = self._current["codes"]
        try:
            return (yield)
        finally:
            self._current, self._now = None, self._shared

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        kept = self._now
        if fixturedef.scope != "function":
            self._now = self._shared
        try:
            return (yield)
        finally:
            self._now = kept

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = self._tests[report.nodeid.split("[")[0]]
        test["seconds"] += report.duration
        test["passed"] &= report.outcome != "failed"

    def pytest_sessionfinish(self) -> None:
        event.unregister("numba:compiler_lock", self)
        sys.settrace(None)
        threading.settrace(None)  # type: ignore[arg-type]

    def result(self) -> dict[str, Any]:
        files = {getattr(m, "__file__", None) or "" for m in list(sys.modules.values())}
        return {
            "imported": sorted(f.removeprefix(self._root) for f in files if f.startswith(self._root)),
            "shared": self._names(self._shared),
            "tests": {
                name: {
                    "seconds": round(max(test["seconds"], 0.0), 3),
                    "passed": test["passed"],
                    "spawns": test["spawns"],
                    "ran": self._names(test["codes"]),
                }
                for name, test in self._tests.items()
            },
        }

    def _names(self, codes: dict[int, CodeType]) -> list[str]:
        inside = [c for c in list(codes.values()) if c.co_filename.startswith(self._root)]
        return sorted({f"{c.co_filename.removeprefix(self._root)}::{c.co_qualname}" for c in inside})


def _words(arguments: Any) -> list[Any]:
    return [arguments] if isinstance(arguments, str | bytes) else list(arguments)


def main() -> int:
    result, root, *arguments = sys.argv[1:]
    recorder = Recorder(Path(root))
    code = pytest.main(arguments, plugins=[recorder])
    Path(result).write_text(json.dumps(recorder.result()), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
