import math

import pytest

from livehost.bench import budgets
from livehost.bench.budgets import Budget, judge
from livehost.bench.suite import SUITES, CannotRun, Figure, find

_BAD = {
    "not TOML": ("this = is [not", "is not valid TOML"),
    "unknown suite": ('[mixing]\nx = { unit = "ms", max = 1 }', "name a suite 'mixing'; there are: endurance,"),
    "wrong unit": (
        '[features]\nframe = { unit = "fortnights", max = 1 }',
        "features.frame is in 'fortnights'; units are ns,",
    ),
    "no bound": ('[features]\nframe = { unit = "ms" }', "features.frame wants a unit, and max or min"),
    "no unit": ("[features]\nframe = { max = 1 }", "features.frame wants a unit, and max or min"),
    "no table": ("[features]\nframe = 3", "features.frame wants a unit"),
    "no suite": ("features = 3", "features wants tables of figures"),
    "unknown field": ('[features]\nframe = { unit = "ms", max = 1, maximum = 2 }', "no field 'maximum'"),
    "text bound": ('[features]\nframe = { unit = "ms", max = "1" }', "max cannot be '1'"),
    "bound that is no number": ('[features]\nframe = { unit = "ms", max = nan }', "max cannot be nan"),
    "unit that is no text": ('[features]\nframe = { unit = ["ms"], max = 1 }', "unit cannot be ['ms']"),
    "date bound": ('[features]\nframe = { unit = "ms", max = 1979-05-27 }', "max cannot be datetime.date(1979, 5, 27)"),
    "deep": ("[" + "a." * 40 + "a]", "nests deeper than 16 levels"),
    "true bound": ('[features]\nframe = { unit = "ms", max = true }', "max cannot be True"),
}


@pytest.mark.parametrize("case", _BAD)
def test_a_bad_file_is_one_sentence(case, tmp_path) -> None:
    text, said = _BAD[case]
    path = tmp_path / "budgets.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CannotRun) as caught:
        budgets.load(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_missing_file_is_one_sentence(tmp_path) -> None:
    with pytest.raises(CannotRun, match="cannot be read: No such file"):
        budgets.load(tmp_path / "none.toml")


def test_our_own_budgets_can_be_read() -> None:
    ours = budgets.load(budgets.default_path())
    assert ours["callback", "128 voices, 64 frames"] == Budget("%", most=10)
    assert ours["features", "frame"].text() == "≤ 60 µs"
    assert {suite for suite, _ in ours} <= {s.name for s in SUITES}


@pytest.mark.parametrize(
    ("value", "kind", "fit", "state"),
    [
        (60.0, "compute", True, "ok"),
        (60.1, "compute", True, "broken"),
        (60.1, "compute", False, "broken"),
        (60.1, "tail", True, "broken"),
        (60.1, "tail", False, "warning"),
        (math.nan, "compute", True, "not measured"),
        (math.inf, "ratio", True, "broken"),
    ],
)
def test_verdicts(value, kind, fit, state) -> None:
    assert judge("features", Figure("frame", value, "µs", kind), Budget("µs", most=60), fit=fit).state == state


def test_a_broken_budget_says_wanted_measured_and_by_how_much() -> None:
    verdict = judge("features", Figure("frame", 90.0, "µs", "compute"), Budget("µs", most=60), fit=True)
    assert verdict.sentence == "features.frame: wanted ≤ 60 µs, measured 90 µs (50% over)."
    verdict = judge("features", Figure("peer", 15.0, "×", "ratio"), Budget("×", least=30), fit=True)
    assert verdict.sentence == "features.peer: wanted ≥ 30 ×, measured 15 × (50% under)."
    verdict = judge("rt-safety", Figure("faults", 3, "count", "count"), Budget("count", most=0), fit=True)
    assert verdict.sentence == "rt-safety.faults: wanted ≤ 0 count, measured 3 (3 over).".replace("3 (", "3 count (")


def test_a_budget_in_another_unit_than_its_figure_is_refused() -> None:
    with pytest.raises(CannotRun, match=r"features\.frame is in ms; it is measured in µs"):
        judge("features", Figure("frame", 1.0, "µs", "compute"), Budget("ms", most=1), fit=True)


def test_an_unknown_suite_is_refused_with_all_names() -> None:
    with pytest.raises(CannotRun, match="no suite 'mixing'; there are: endurance, feedback"):
        find("mixing")
