import numpy as np
import pytest

from livehost.inference.tokens import HEARD, PLAYED
from livehost.studio.bank_transformer.evaluation.cases import LEAST_ITEMS, MOST_ITEMS, cases
from tests.studio.bank_transformer.evaluation.music import RATE, recording, stream


def test_continue_seeks_the_next_of_all_but_the_one_just_heard():
    (case,) = cases([recording(count=10)])
    assert case.task == "continue"
    assert case.target.tolist() == list(range(1, 10))
    assert case.excluded.tolist() == case.after.tolist() == list(range(9))
    assert set(case.source) == {HEARD}
    np.testing.assert_array_equal(case.bank, case.features)
    assert case.gaps_from(HEARD) == pytest.approx([-1.0] + [0.25] * 9)
    assert (case.gaps_from(PLAYED) == -1.0).all()


def test_crossed_hears_one_rendering_and_seeks_in_the_other():
    a, b = stream(np.arange(9)), stream(-np.arange(9))
    one, two = cases([recording(renderings=(a, b), tasks=("crossed",))])
    np.testing.assert_array_equal(one.features, a.features)
    np.testing.assert_array_equal(one.bank, b.features)
    np.testing.assert_array_equal(two.features, b.features)
    assert one.target.tolist() == list(range(1, 9))


def test_only_what_a_recording_serves_is_asked():
    both = recording(renderings=(stream(np.arange(9)), stream(np.arange(9))), tasks=("continue",))
    assert [case.task for case in cases([both])] == ["continue", "continue"]
    assert list(cases([both], ["crossed", "answer"])) == []


def answer(heard, machine):
    return recording(parts=(heard, machine), tasks=("answer",))


def test_answer_takes_heard_segments_in_when_they_end_and_played_ones_when_they_begin():
    heard = stream(np.arange(10), gap_s=0.5, seconds=0.4)
    machine = stream(np.arange(10), gap_s=0.5, seconds=0.1, start_s=0.1)
    (case,) = cases([answer(heard, machine)])
    # p0 at 0.1 s, h0 ends at 0.4 s, p1 at 0.6 s, …: what is heard last is known when the next is chosen
    assert case.item[:6].tolist() == [0, -1, 1, -1, 2, -1]
    assert case.source[:2].tolist() == [PLAYED, HEARD]
    assert case.target.tolist() == list(range(1, 10))
    assert case.excluded.tolist() == list(range(9))
    assert case.after[:3].tolist() == [1, 3, 5]
    assert case.gaps_from(PLAYED)[1] == 0.0  # it began before what was played
    assert case.gaps_from(HEARD)[:4] == pytest.approx([-1.0, -1.0, 0.6, 0.5])


def test_a_segment_that_ends_where_the_answer_begins_goes_first():
    late_ms = 20
    heard = stream(np.arange(10), gap_s=0.5, seconds=0.5)
    machine = stream(np.arange(10), gap_s=0.5, start_s=-late_ms / 1000)
    (case,) = cases([answer(heard, machine)])
    assert case.item[:5].tolist() == [0, -1, 1, -1, 2]


def test_nothing_is_known_that_comes_after_the_answer():
    rng = np.random.default_rng(3)
    heard = stream(rng.normal(size=60), gap_s=0.31, seconds=0.29)
    machine = stream(rng.normal(size=50), gap_s=0.37, start_s=0.2)
    (case,) = cases([answer(heard, machine)])
    ends = case.onset + np.where(case.source == HEARD, case.seconds, 0.0) * RATE
    for step, target in enumerate(case.target):
        known = ends[: case.after[step] + 1]
        assert known.max() <= machine.onset[target] + 0.0301 * RATE
        assert case.item[case.after[step] + 1] == target


def test_short_recordings_are_not_asked_and_long_ones_in_part():
    assert list(cases([recording(count=LEAST_ITEMS - 1)])) == []
    (case,) = cases([recording(count=MOST_ITEMS + 5)])
    assert len(case.bank) == MOST_ITEMS
