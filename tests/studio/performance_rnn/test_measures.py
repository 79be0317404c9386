"""What is measured: n-grams, answers, control."""

import numpy as np
import pytest

from livehost.performance import vocabulary as v
from livehost.performance.notes import make_notes
from livehost.studio.performance_rnn.evaluation.answer import Case, ask_to_follow, cases, listening
from livehost.studio.performance_rnn.evaluation.control import Control
from livehost.studio.performance_rnn.evaluation.likelihood import measure
from livehost.studio.performance_rnn.evaluation.ngram import NGram
from livehost.studio.performance_rnn.improvise import Line


def test_an_n_gram_is_a_distribution():
    rng = np.random.default_rng(0)
    lines = [rng.integers(0, 6, 300) for _ in range(3)]
    for order in (1, 2, 4):
        ngram = NGram(order, lines)
        for before in (lines[0][:3], np.array([300, 301, 302])):
            p = [np.exp(-ngram.nats(np.append(before, e))[-1]) for e in range(v.SIZE)]
            assert sum(p) == pytest.approx(1.0)


def test_an_n_gram_foretells_what_repeats():
    line = np.tile([1, 2, 3, 1, 2, 4], 50)
    nats = [NGram(order, [line]).nats(line)[6:].mean() for order in (1, 2, 4)]
    assert nats[0] > nats[1] > nats[2]
    assert nats[2] < 0.1
    assert nats[0] == pytest.approx(-(np.log([1 / 3, 1 / 3, 1 / 6]) * [2, 2, 2]).sum() / 6, abs=0.03)


def test_an_n_gram_of_nothing_knows_nothing():
    assert NGram(4, []).nats(np.array([5, 6])) == pytest.approx(np.log([v.SIZE] * 2))


def test_nats_by_class_and_second():
    lines = [np.array([60, v.shift_of(50), 188, v.shift_of(50)])]
    row = measure("half a bit", lambda line: np.full(len(line) - 1, np.log(2)), lines)
    assert row.nats == pytest.approx(np.log(2))
    assert row.bits_per_second == pytest.approx(3.0)
    assert row.classes["note-off"] == pytest.approx(np.log(2))
    assert row.classes["velocity"] == 0.0


class Parrot:
    """Strikes next, surely, what was heard last."""

    name = "parrot"

    def run(self, events, sources, conditions):
        logits, last = np.zeros((len(events), v.SIZE)), 0
        for k, (event, source) in enumerate(zip(events, sources, strict=True)):
            last = event if source and event < v.NOTE_OFF else last
            logits[k, last] = 5.0
        return logits


def test_who_listens_is_worse_off_with_another_hand():
    heard = make_notes([(0.5 * k, 0.5 * k + 0.1, 60 + k, 66) for k in range(8)])
    own = make_notes([(0.5 * k + 0.2, 0.5 * k + 0.3, 60 + k, 66) for k in range(8)])
    other = heard.copy()
    other["pitch"] += 20
    found = listening(Parrot(), [Case(own, heard, other)])
    assert found.notes_other - found.notes == pytest.approx(5.0, abs=0.1)
    assert found.nats_other > found.nats


def test_cases_are_of_different_pieces(performances):
    made = cases(performances, 4, seconds=5.0)
    assert len(made) == 4
    for k, case in enumerate(made):
        assert (case.other == made[(k + 1) % 4].heard).all()
        assert case.heard["start_s"].max() < 5.0
    assert not cases(performances[:1], 4)


def test_following_asks_for_what_was_heard():
    heard = make_notes([(0.5 * k, 0.5 * k + 0.1, 60, 66) for k in range(8)])
    line = Line([], 1000, now=400)
    assert ask_to_follow(heard, 1.0)(line)[[0, 12, 13, 14]].tolist() == pytest.approx([1.0, 2 / 30, 1.0, 1.0])
    assert ask_to_follow(heard, 0.5)(line)[:2].tolist() == pytest.approx([0.5 + 0.5 / 12, 0.5 / 12])
    assert not ask_to_follow(heard, 0.0)(line).any()
    line.now = 2000
    assert not ask_to_follow(heard, 1.0)(line).any()


def test_correlations():
    found = Control([([1.0], [1.0], 0.5), ([1.0], [1.0], 1.0)], [(1.0, 2.0), (2.0, 9.0), (3.0, 1.0)])
    assert found.correlation == pytest.approx(0.75)
    assert found.rank_correlation == pytest.approx(-0.5)
