"""Asked as on stage: what was chosen is heard, and nothing of what comes later is known."""

import numpy as np
import pytest
import torch

from livehost.inference.tokens import HEARD, ITEM_SIZE, PLAYED, Tokeniser, bank_statistics, item_vectors
from livehost.studio.bank_transformer import closed_loop
from livehost.studio.bank_transformer.closed_loop import play
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters
from livehost.studio.bank_transformer.normalisation import standardisation
from livehost.studio.bank_transformer.stage_cases import MODES, reciprocal_ranks, stage_cases
from livehost.studio.bank_transformer.validation import Validation, score, validation_table
from livehost.studio.bank_transformer.vectors import LENGTH
from tests.studio.conftest import recording

SMALL = Hyperparameters(width=16, layers=2, heads=2, feed_forward=24, window=24, embedding=8)
NOW, FOLLOW = ITEM_SIZE + 3, ITEM_SIZE + 7


@pytest.fixture
def model():
    torch.manual_seed(0)
    return BankTransformer(SMALL).eval()


def cases(count=20, **fields):
    piece = recording("one", count, split="valid", **fields)
    return piece, stage_cases([piece], *standardisation([piece]))


def test_the_truth_of_each_mode():
    _, found = cases()
    truth = {case.mode.name: case.truth.tolist() for case in found[: len(MODES)]}
    following = [*range(1, 20), -1]
    assert truth == {"mirror": list(range(20))} | dict.fromkeys(("0 ms", "12 ms", "30 ms", "100 ms"), following)
    assert [c.mode.name for c in found[-4:]] == ["0 ms", "12 ms", "30 ms", "100 ms"]  # two parts
    # heard 0.125 s after each of the machine's: what it has next begins before the next stroke does
    assert found[-3].truth.tolist() == following


def test_questions_say_how_much_was_heard_and_whether_it_is_for_now():
    _, found = cases()
    for case in found[: len(MODES)]:
        assert (case.peeks[:, NOW] == float(case.mode.now)).all()
        assert (case.peeks[:, FOLLOW] == 2 * case.mode.follow - 1).all()
        assert (case.heard[:, NOW] == 0).all()
    rows = {case.mode.name: 10.0 ** (0.5 * case.peeks[3, LENGTH] - 0.5) * 375 for case in found[:4]}
    assert {name: round(float(n)) for name, n in rows.items()} == {"0 ms": 18, "12 ms": 4, "30 ms": 10, "100 ms": 20}


def test_tokens_are_those_of_a_session():
    piece, found = cases()
    stream, case = piece.renderings[0], found[1]
    mean, scale = standardisation([piece])
    tokeniser = Tokeniser(mean, scale, *bank_statistics(stream.items, mean, scale))
    np.testing.assert_array_equal(case.items, item_vectors(stream.items, mean, scale))
    for step in range(4):
        gaps = (-1.0, -1.0) if step == 0 else (0.262, 0.25)
        played = tokeniser.step(stream.items[0], PLAYED, 0.0, *gaps)
        np.testing.assert_allclose(case.played[step, ITEM_SIZE:], played[ITEM_SIZE:], atol=1e-5)
        heard = tokeniser.step(stream.features[step], HEARD, 0.25, -1.0 if step == 0 else 0.25, 0.0)
        np.testing.assert_allclose(case.heard[step], heard, atol=1e-5)


def test_played_side_by_side_equals_one_after_the_other(model, monkeypatch):
    """With the choices as they were, whole sequences with peeks give the same ranks."""
    _, found = cases()
    kept = []
    ask = closed_loop.Cache.ask

    def spy(self, tokens, commit):
        kept.append(tokens[:, :commit].clone())
        return ask(self, tokens, commit)

    monkeypatch.setattr(closed_loop.Cache, "ask", spy)
    with torch.no_grad():
        ranks = play(model, found)
        committed = torch.cat(kept, 1)
        for row in (0, 1, 4, len(found) - 1):
            case = found[row]
            steps = len(case.truth)
            before = 2 * torch.arange(steps)[None]
            query = model(committed[row : row + 1], torch.from_numpy(case.peeks)[None], before)[0, -steps:]
            scores = (query @ model.embed(torch.from_numpy(case.items)).T).numpy()
            # the last step is not followed by another: its answer is never committed
            np.testing.assert_allclose(ranks[row], reciprocal_ranks(scores, case.truth), rtol=0.05)
            played = committed[row, 0::2] if case.mode.now else committed[row, 1::2]
            distance = (played[:, None, :ITEM_SIZE] - torch.from_numpy(case.items)).abs().amax(2)
            assert float(distance.amin(1).max()) == 0.0


def test_what_comes_later_changes_no_rank_before(model):
    mean, scale = standardisation([recording("one", 20)])
    one, two = (recording("one", 20, split="valid") for _ in range(2))
    for stream in two.streams:
        stream.features[12:] += 1.0
        stream.rows[stream.first[12] :] += 1.0
    with torch.no_grad():
        ranks = [play(model, stage_cases([piece], mean, scale)) for piece in (one, two)]
    for a, b in zip(*ranks, strict=True):
        np.testing.assert_array_equal(a[:12], b[:12])
    assert any((a[12:] != b[12:])[:-1].any() for a, b in zip(*ranks, strict=True))


def test_ties_stand_in_the_middle():
    scores = np.array([[3.0, 1, 1, 1], [0, 0, 0, 0], [1, 2, 3, 4]])
    np.testing.assert_allclose(reciprocal_ranks(scores, np.array([2, 0, -1])), [1 / 3, 1 / 2.5, np.nan])


def test_a_validation_is_a_table_one_number_and_groups(model):
    pieces = [recording(name, 40, split="valid", domain=d) for name, d in (("a", "piano"), ("b", "loops"))]
    validation = Validation(pieces, *standardisation(pieces))
    table = validation.measure(model)
    assert list(table)[:5] == [f"loops {mode.name}" for mode in MODES]
    row = table["piano 12 ms"]
    assert row["gain"] == pytest.approx(row["mrr"] / row["nearest"])
    assert score(table) == pytest.approx(np.exp(np.mean([np.log(r["gain"]) for r in table.values()])))
    assert validation.measure(model) == table
    assert validation_table(table, table).row_count == 10
    sums, steps = validation.groups(model)
    assert len(sums) == len(steps) == 6  # 40 steps of two pieces, in stretches of 16
    assert steps.sum() == sum(r["steps"] for r in table.values())
    assert sums.sum() == pytest.approx(sum(r["steps"] * r["mrr"] for r in table.values()))
    probe = validation.probe()
    assert probe["probe"].shape[1] == SMALL.token_size
    assert len(probe["probe"]) <= 640


def test_nothing_held_out_is_nothing():
    validation = Validation([], *standardisation([recording("a")]))
    assert (validation.measure(BankTransformer(SMALL)), validation.probe(), len(validation)) == ({}, {}, 0)
    assert score({}) == 0.0
