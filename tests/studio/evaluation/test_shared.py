"""What every family's evaluation shares: intervals, tables, JSON."""

import doctest
import io
import json
import math

import numpy as np
import pytest
from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.evaluation import bootstrap
from livehost.studio.evaluation.bootstrap import bootstrap_interval
from livehost.studio.evaluation.json_file import plain, write_json
from livehost.studio.evaluation.table import Column, fitting_tables


def mean_of(values):
    return lambda drawn: drawn @ values / drawn.sum(1)


def test_an_interval_holds_the_statistic_and_repeats():
    values = np.random.default_rng(1).normal(5, 1, 40)
    low, high = bootstrap_interval(mean_of(values), 40)
    assert (low, high) == bootstrap_interval(mean_of(values), 40)
    assert low < values.mean() < high
    # 1.96 standard errors to each side, give or take
    assert high - low == pytest.approx(2 * 1.96 * values.std() / math.sqrt(40), rel=0.15)
    assert bootstrap_interval(mean_of(np.full(5, 3.0)), 5) == (3.0, 3.0)


def test_one_group_has_no_interval():
    assert all(math.isnan(end) for end in bootstrap_interval(mean_of(np.ones(1)), 1))


def test_the_example_is_true():
    assert doctest.testmod(bootstrap).failed == 0


def test_what_is_not_finite_is_null_in_json(tmp_path):
    content = plain({"a": math.nan, "b": {"c": math.inf, "d": 1 / 3}, "e": "text", "f": 3})
    write_json(tmp_path / "new" / "e.json", content)
    assert json.loads((tmp_path / "new" / "e.json").read_text()) == {
        "a": None, "b": {"c": None, "d": 0.333333}, "e": "text", "f": 3
    }  # fmt: skip
    with pytest.raises(LivehostError, match=r"^/dev/null/e\.json cannot be written: "):
        write_json(tmp_path.__class__("/dev/null/e.json"), content)


@pytest.mark.parametrize(("width", "count"), [(80, 1), (30, 2)])
def test_a_table_that_is_too_wide_becomes_two(width, count):
    names = [Column("name", lambda row: row[0], left=True)]
    halves = [[Column(f"a long heading {k}", lambda row: f"{row[1]}")] for k in (1, 2)]
    console = Console(file=io.StringIO(), width=width)
    tables = fitting_tables([("one", 1), ("two", 2)], names, *halves, console)
    assert len(tables) == count
    for table in tables:
        console.print(table)
    assert max(map(len, console.file.getvalue().splitlines())) <= width
