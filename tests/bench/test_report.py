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
        Figure("peer", 139.0, "×", "ratio", better="higher", note="2,019 µs against 14"),
        *(Figure(f"{n} items", n / 1000, "ms", "compute", x=n, curve="decision") for n in (10, 100, 1000)),
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
    assert {"index.html", "margins.png", "peers.png", "features-growth.png", "features-00.png"} <= names
    assert all((page.parent / n).read_bytes().startswith(b"\x89PNG") for n in names if n.endswith(".png"))
