import re

import numpy as np

from livehost.bench.budgets import Budget, Verdict
from livehost.bench.host import Fitness
from livehost.bench.report import write_report
from livehost.bench.results import Results, SuiteResult
from livehost.bench.suite import Figure


def test_the_page_needs_nothing_but_itself(tmp_path) -> None:
    rng = np.random.default_rng(0)
    figures = [
        Figure("frame <b>", 14.0, "µs", "compute", samples=rng.lognormal(3, 0.1, 200)),
        Figure("peer", 139.0, "×", "ratio", better="higher", peer="librosa", note="2,019 µs against 14"),
        *(Figure(f"{n} items", n / 1000, "ms", "compute", x=n, curve="nearest by items") for n in (10, 100, 1000)),
        Figure("none", float("nan"), "×", "ratio", note="not installed"),
        Figure("late", 0, "frames", "exact"),
    ]
    verdicts = [Verdict("broken", "frame is <late>"), *[Verdict("ok")] * 5, Verdict("ok")]
    results = Results(
        True, Fitness(1, 2, 30_000, "", 1), [SuiteResult("features", figures, verdicts, "could not go on")]
    )
    limits = {("features", "frame <b>"): Budget("µs", most=12), ("features", "late"): Budget("frames", most=0)}
    page = write_report(tmp_path / "report", results, limits)
    text = page.read_text("utf-8")
    assert "<b>" not in text
    assert "frame is &lt;late&gt;" in text
    assert "UNFIT" in text
    assert "could not go on" in text
    assert not re.search(r'(?:src|href)="(?!data:)', text)
    names = {p.name for p in page.parent.iterdir()}
    assert {"index.html", "margins.png", "peers.png", "features-growth-0.png", "features-00.png"} <= names
    assert all((page.parent / n).read_bytes().startswith(b"\x89PNG") for n in names if n.endswith(".png"))


def test_the_summary_has_a_row_for_each_headline_that_was_measured(tmp_path) -> None:
    figures = [
        Figure("step", 0.18, "ms", "compute", samples=[0.18, 0.2, 4.0]),
        Figure("native, beside the peers", 0.2, "ms", "compute"),
        Figure("step, torch, eager", 0.9, "ms", "compute"),
        Figure("Python's own call p99, GIL held elsewhere", float("nan"), "ms", "tail"),
    ]
    results = Results(False, Fitness(1, 2, 3, "", 1), [SuiteResult("model", figures, [Verdict("ok")] * 4)])
    page = write_report(tmp_path, results, {("model", "step"): Budget("ms", most=1)})
    text = (page.parent / "summary.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| one step")]
    assert rows == ["| one step of the model, cached, native | ≤ 1 ms | 0.18 ms | 3.92 ms | `model` |"]
    assert "Python's own call" not in text
    assert "`livehost bench --peers --report bench/reports/latest` on " in text
    picture = (page.parent / "latency.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 200_000
