import io
import json
import math

import numpy as np
import pytest
from rich.console import Console

from livehost.studio.bank_transformer.evaluation import MODEL, evaluate, evaluate_cases, tabulate
from livehost.studio.bank_transformer.evaluation.picture import draw
from livehost.studio.bank_transformer.evaluation.table import document, tables
from tests.studio.bank_transformer.evaluation.music import recording, stream


def oracle(case):
    scores = np.zeros((len(case.after), len(case.bank)))
    scores[np.arange(len(case.after)), case.target] = 10.0
    return scores


def blind(case):
    return np.zeros((len(case.after), len(case.bank)))


def avoiding(case):
    """Score what has been below all else, and know nothing more."""
    return -(np.arange(len(case.bank)) < case.target[:, None]).astype(float)


@pytest.fixture(scope="module")
def music():
    rng = np.random.default_rng(0)

    def line():
        return stream(rng.normal(size=30))

    return [
        recording("a", "piano", seed=1),
        recording("b", "piano", seed=2, count=40),
        recording("c", "loops", seed=3),
        recording("a · crossed", "piano", renderings=(line(), line()), tasks=("crossed",)),
        recording("a · hands", "piano", parts=(line(), line()), tasks=("answer",)),
    ]


def test_a_row_for_each_task_and_domain(music):
    rows = evaluate(oracle, music)
    assert [(r.task, r.domain) for r in rows] == [
        ("continue", "piano"), ("continue", "loops"), ("crossed", "piano"), ("answer", "piano"),
    ]  # fmt: skip
    first = rows[0]
    assert (first.recordings, first.steps, first.mrr[MODEL], first.top1, first.top5) == (2, 23 + 39, 1.0, 1.0, 1.0)
    assert first.perplexity == pytest.approx(1.0, abs=0.01)
    assert first.target == 4.0
    best = max(v for k, v in first.mrr.items() if k != MODEL)
    assert first.ratio == pytest.approx(1 / best)
    assert first.ratio_low <= first.ratio <= first.ratio_high
    assert first.reached == (first.ratio >= 4.0)
    assert rows[3].mrr.keys() == {MODEL, "nearest", "own nearest", "recent mean", "successor", "uniform"}


def test_a_blind_model_is_uniform(music):
    for row in evaluate(blind, music):
        assert row.mrr[MODEL] == pytest.approx(row.mrr["uniform"])
        assert row.perplexity == pytest.approx(row.uniform_perplexity)
        assert row.unheard_mrr[MODEL] == pytest.approx(row.unheard_mrr["uniform"])


def test_avoiding_the_past_earns_nothing_among_the_unheard(music):
    row = evaluate(avoiding, music)[0]
    assert row.mrr[MODEL] > 1.5 * row.mrr["uniform"]
    assert row.unheard_mrr[MODEL] == pytest.approx(row.unheard_mrr["uniform"])


def test_resampling_takes_pieces_and_repeats(music):
    several = [recording(f"p{k % 3} · kit {k}", "percussion", seed=k) for k in range(6)]
    one, two = (
        evaluate(lambda case: -np.abs(case.target[:, None] - np.arange(len(case.bank)) - 1.0), several)[0]
        for _ in range(2)
    )
    assert (one.ratio_low, one.ratio_high) == (two.ratio_low, two.ratio_high)
    assert one.recordings == 6
    single = [recording(f"p · kit {k}", "percussion", seed=k) for k in range(3)]
    assert math.isnan(evaluate(oracle, single)[0].ratio_low)


def test_without_a_model_the_baselines_stand_alone(music):
    rows = evaluate(None, music)
    assert MODEL not in rows[0].mrr
    assert math.isnan(rows[0].ratio)
    assert not rows[0].reached


def test_json_has_no_nan(music):
    answered = evaluate_cases(None, music)
    text = json.dumps(document(tabulate(answered), answered, model=None), allow_nan=False)
    content = json.loads(text)
    assert content["rows"][0]["ratio"] is None
    assert [r["recording"] for r in content["recordings"]][:2] == ["a", "b"]


@pytest.mark.parametrize("width", [80, 140])
def test_the_table_fits_and_cuts_nothing(music, width):
    console = Console(width=width, record=True, file=io.StringIO())
    for part in tables(evaluate(oracle, music), console):
        console.print(part)
    text = console.export_text()
    assert "…" not in text
    assert "perplex." in text
    assert "1.000" in text


@pytest.mark.parametrize("model", [None, oracle])
def test_the_picture(music, tmp_path, model):
    answered = evaluate_cases(model, music)
    path = draw(tabulate(answered), answered, tmp_path / "new" / "a.png", "title")
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
