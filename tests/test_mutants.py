"""The developers' command that puts faults into copies of the source: the draw, the tests, and a whole small run."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.mutants.imports import Imports
from tests.mutants.operators import spans
from tests.mutants.process import End
from tests.mutants.reach import Waves
from tests.mutants.results import Results
from tests.mutants.sample import Mutant, draw
from tests.mutants.session import Session, Wanted
from tests.mutants.tree import Place
from tests.mutants.trial import Trials, verdict_of


def test_a_draw_is_the_same_for_a_seed(tmp_path):
    (tmp_path / "one.py").write_text("a = 1 + 2 * 3 - 4\n")
    (tmp_path / "two.py").write_text("b = c < d and e\n")

    def drawn(count, seed):
        return [m.diff() for m in draw(tmp_path, ["one.py", "two.py"], count, seed)]

    assert drawn(4, 1) == drawn(4, 1) == drawn(7, 1)[:4]
    assert len(set(drawn(4, 1))) == 4
    assert drawn(4, 1) != drawn(4, 2)
    assert len(drawn(None, 1)) == len(drawn(100, 1)) == 9  # places; one mutant at each


TOY = {
    "pyproject.toml": "[tool.pytest.ini_options]\n",
    "toy/__init__.py": "",
    "toy/alone.py": "LONELY = True and False\n",
    "toy/same.py": "def same(a, b):\n    return a == b\n",
    "toy/spin.py": "def spin(a, b):\n    while a is b:\n        pass\n",
    "toy/both.py": "def both(a, b):\n    return a and b\n",
    "tests/__init__.py": "",
    "tests/test_toy.py": """
import pytest
from toy.both import both
from toy.same import same
from toy.spin import spin

@pytest.mark.parametrize("a", [0, 1])
def test_both(a):
    assert both(a, 0) == 0

def test_same():
    same(1, 2)

def test_spin():
    spin(1, 2)

def test_fails_anyhow():
    assert both(1, 1) == same(1, 1) == 3
""",
}
REPORT = """\
# Mutants: toy, seed 1

4 of 4 are done.

| package | mutants | caught | timeout | survived | unreached | caught |
|---|---:|---:|---:|---:|---:|---:|
| toy | 4 | 1 | 1 | 1 | 1 | 50.0 % |
| all | 4 | 1 | 1 | 1 | 1 | 50.0 % |

A timeout counts as caught; a mutant that no test reaches has survived.

## Survivors: 2

### toy/alone.py:1 (boolean)

No test reaches it.

```diff
--- a/toy/alone.py
+++ b/toy/alone.py
@@ -1 +1 @@
-LONELY = True and False
+LONELY = True or False
```

### toy/same.py:2 (comparison)

1 test functions ran.

```diff
--- a/toy/same.py
+++ b/toy/same.py
@@ -1,2 +1,2 @@
 def same(a, b):
-    return a == b
+    return a != b
```
"""


@pytest.fixture
def toy(tmp_path):
    """A small checkout with tests that notice some faults."""
    root = tmp_path / "checkout"
    for name, text in TOY.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return Place.found(root, tmp_path / "nothing")


def contents(root: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_run_from_the_draw_to_the_report_and_another_that_goes_on(toy, tmp_path):
    before, said = contents(toy.tree), []
    results, wanted = tmp_path / "results", Wanted(("toy",), jobs=2, limit_s=10.0)
    session = Session(toy, results, wanted, said.append)
    assert session.run()
    assert {m.path: session.results.get(m.key)["by"] for m in session.mutants if m.path == "toy/both.py"} == {
        "toy/both.py": "tests/test_toy.py::test_both[1]"
    }
    assert session.report_file.read_text() == REPORT
    assert contents(toy.tree) == before
    assert "not used, for they fail unmutated: tests/test_toy.py::test_fails_anyhow" in "".join(said)

    path = results / "results.jsonl"
    kept = [line for line in path.read_text().splitlines(keepends=True) if "toy/both.py" not in line]
    path.write_text("".join(kept))  # as if stopped before that one
    again = Session(toy, results, wanted, said.append)
    said.clear()
    assert again.run()
    assert said[0] == "4 mutants with seed 1, 1 of them to test."
    assert len(said) == 2  # nothing was recorded again
    assert path.read_text().splitlines(keepends=True)[:3] == kept
    assert again.report_file.read_text() == REPORT


def test_a_run_that_is_stopped_reports_what_is_done(toy, tmp_path):
    def say(line):
        if line.startswith("1/2"):
            raise KeyboardInterrupt

    session = Session(toy, tmp_path / "results", Wanted(("toy/both.py", "toy/same.py"), limit_s=30.0), say)
    with pytest.raises(KeyboardInterrupt):
        session.run()
    assert "\n1 of 2 are done.\n" in session.report_file.read_text()


def test_results_are_never_kept_in_the_tree(toy):
    with pytest.raises(SystemExit, match="elsewhere"):
        Session(toy, toy.tree / "results", Wanted(("toy",)), print)


def test_results_of_another_tree_do_not_count_nor_does_half_a_line(tmp_path):
    path = tmp_path / "results.jsonl"
    Results(path, "old").add("a", {"outcome": "caught"})
    Results(path, "new").add("b", {"outcome": "survived"})
    with path.open("a") as file:
        file.write('{"tree": "new", "ke')
    results = Results(path, "new")
    assert "a" not in results
    assert results.get("b")["outcome"] == "survived"
    results.add("c", {"outcome": "caught"})
    assert [json.loads(line)["key"] for line in path.read_text().splitlines() if line.endswith("}")] == ["a", "b", "c"]


class Runs:
    """Recorded runs that are given: seconds of the test functions by test file, the nearest first."""

    def __init__(self, **runs):
        self.runs, self.asked = runs, []

    def nearest(self, path):
        return list(self.runs)

    def run_of(self, test):
        self.asked.append(test)
        tests = {n: {"seconds": s, "passed": True, "spawns": True, "ran": []} for n, s in self.runs[test].items()}
        return {"imported": [], "shared": [], "tests": tests}


MUTANT = Mutant("toy/both.py", spans("a + b")[0], "-", "a + b")


def test_waves_begin_with_the_nearest_and_lose_none():
    reach = Runs(**{f"file{k}": {f"a{k}": 1.0, f"b{k}": 0.5} for k in range(20)})
    waves = list(Waves(reach, MUTANT, 1000.0))
    assert waves[0] == (["a0", "b0"], 1.5)
    assert [len(tests) for tests, _ in waves] == [2, 6, 20, 12]
    assert [name for tests, _ in waves for name in tests] == [f"{x}{k}" for k in range(20) for x in "ab"]


def test_what_is_not_asked_for_is_not_recorded():
    reach = Runs(one={"a": 1.0}, two={"b": 1.0})
    next(iter(Waves(reach, MUTANT, 10.0)))
    assert reach.asked == ["one"]


def test_a_budget_is_kept_but_for_the_first_test():
    waves = Waves(Runs(one={"a": 20.0, "b": 1.0}, two={"c": 1.0}, three={}), MUTANT, 10.0)
    assert list(waves) == [(["a"], 20.0)]
    assert (waves.left_out, waves.not_looked_at) == (1, 2)
    waves = Waves(Runs(one={"a": 4.0, "b": 7.0}, two={"c": 5.5}, three={"d": 1.0}), MUTANT, 10.0)
    assert list(waves) == [(["a"], 4.0), (["c"], 5.5)]
    assert (waves.left_out, waves.not_looked_at) == (1, 1)


def test_who_reaches_a_mutant():
    def reaching(scope, **run):
        span = replace(MUTANT.span, scope=scope)
        test = {"seconds": 1.0, "passed": True, "spawns": False, "ran": [], **run.pop("test", {})}
        reach = Runs(one={})
        reach.run_of = lambda _: {"imported": [], "shared": [], "tests": {"t": test}, **run}
        return bool(list(Waves(reach, replace(MUTANT, span=span), 10.0)))

    assert not reaching("f", imported=["toy/both.py"])
    assert reaching("f", test={"ran": ["toy/both.py::f"]})
    assert not reaching("f", test={"ran": ["toy/other.py::f", "toy/both.py::g"]})
    assert reaching("f", shared=["toy/both.py::f"])
    assert reaching("f", test={"spawns": True})
    assert not reaching("f", test={"ran": ["toy/both.py::f"], "passed": False})
    assert reaching("", imported=["toy/both.py"])  # machine code, or what runs at import
    assert not reaching("", test={"ran": ["toy/both.py::f"]})


@pytest.mark.parametrize(
    ("end", "verdict"),
    [
        (End(0, "3 passed", 1.0), ("survived", "")),
        (End(5, "1 skipped", 1.0), ("survived", "")),
        (
            End(1, "F\nFAILED tests/test_a.py::test_b[1] - assert 1 == 2\n1 failed", 1.0),
            ("caught", "tests/test_a.py::test_b[1]"),
        ),
        (End(2, "ERROR tests/test_a.py - NameError\n1 error", 1.0), ("caught", "tests/test_a.py")),
        (End(4, "ImportError while loading conftest\nE   NameError: x", 1.0), ("caught", "E   NameError: x")),
        (End(-11, "Fatal Python error", 1.0), ("caught", "a crash (SIGSEGV)")),
        (End(None, "", 61.2), ("timeout", "not done after 61 s")),
    ],
)
def test_verdicts(end, verdict):
    assert verdict_of(end) == verdict


def failing(name: str) -> End:
    return End(1, f"FAILED {name}[0] - assert 0\n", 1.0)


@pytest.mark.parametrize(
    ("ends", "ran", "verdict"),
    [
        ([End(0, "", 1.0)], ["a b c"], ("survived", "")),
        ([failing("b"), failing("b")], ["a b c", "b"], ("caught", "b[0]")),
        ([failing("b"), End(0, "", 1.0), End(0, "", 1.0)], ["a b c", "b", "c"], ("survived", "")),
        ([failing("b"), End(0, "", 1.0), failing("c"), failing("c")], ["a b c", "b", "c", "c"], ("caught", "c[0]")),
        ([failing("c"), End(0, "", 1.0)], ["a b c", "c"], ("survived", "")),
        ([End(None, "", 9.0)], ["a b c"], ("timeout", "not done after 9 s")),
    ],
)
def test_a_test_that_fails_by_chance_catches_nothing(ends, ran, verdict):
    asked = []

    def test(tests, place, limit_s):
        asked.append(" ".join(tests))
        return ends.pop(0)

    trials = Trials(None, [], None, SimpleNamespace(test=test), 9.0)
    assert trials.verdict(["a", "b", "c"], None, 9.0) == verdict
    assert asked == ran


def test_imports_wherever_they_stand(tmp_path):
    files = {
        "p/__init__.py": "from p.d import Y\n",
        "p/a.py": "def f():\n    from . import b\n",
        "p/b.py": "import p.c\n",
        "p/c.py": "X = 1\n",
        "p/d.py": "Y = 1\n",
        "tests/conftest.py": "from p.c import X\n",
        "tests/q/test_d.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    imports = Imports(tmp_path, files)
    assert imports.closure("p/a.py") == {"p/a.py": 0, "p/__init__.py": 1, "p/b.py": 1, "p/d.py": 2, "p/c.py": 2}
    assert imports.dependents("p/b.py") == {"p/a.py", "p/b.py"}
    assert imports.dependents("p/d.py") == {"p/__init__.py", "p/d.py"}  # nothing is taken from the package
    assert imports.dependents("p/__init__.py") == set(files)
    assert "p/c.py" in imports.closure("tests/q/test_d.py")


def test_machine_code_is_taken_over_but_from_what_changed(tmp_path):
    source = {
        "k/__init__.py": "",
        "k/a.py": "import numba\n@numba.njit(cache=True)\ndef one():\n    return 1\n",
        "k/b.py": "import numba\nfrom k.a import one\n@numba.njit(cache=True)\ndef two():\n    return one() + 1\n",
        "k/c.py": "import numba\n@numba.njit(cache=True)\ndef five():\n    return 5\n",
        "run.py": "from k.b import two\nfrom k.c import five\nprint(two(), five(), five.stats.cache_hits)\n",
    }
    for name, text in source.items():
        (tmp_path / "root" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / name).write_text(text)

    def said(place):
        command = ["python", "run.py"]
        return subprocess.run(
            command, cwd=place.tree, env=place.environment(), capture_output=True, text=True, check=True
        ).stdout

    base = Place(tmp_path / "base").make(tmp_path / "root", source)
    assert said(base) == "2 5 Counter()\n"
    mutant = Place(tmp_path / "mutant").make(tmp_path / "root", source)
    (mutant.tree / "k/a.py").write_text(source["k/a.py"].replace("1", "3"))
    mutant.take_compiled(base, source, Imports(tmp_path / "root", source).dependents("k/a.py"))
    # `two` has `one` in it, and its own file is the same
    assert said(mutant) == "4 5 Counter({(): 1})\n"
