"""Stage rows on small made-up music, answered by the players' own decision code without a network."""

import io

import numpy as np
import pytest
from rich.console import Console

from livehost.dsp.tables import FEATURE_SIZE, LEVEL_SLOTS, SEGMENT_SIZE
from livehost.studio.audio_data.recording import Isolated, Recording, Stream
from livehost.studio.bank_transformer.evaluation.stage.behaviour import FOLLOWS, Behaviour, behaviour, classes
from livehost.studio.bank_transformer.evaluation.stage.cases import stage_cases
from livehost.studio.bank_transformer.evaluation.stage.loop import (
    SPARE_MS,
    Mode,
    Played,
    peek_rows,
    play,
    schedule,
    with_other_sounds,
)
from livehost.studio.bank_transformer.evaluation.stage.methods import BASELINES, SuccessorMethod, bank_of
from livehost.studio.bank_transformer.evaluation.stage.results import MODES, ask, tabulate
from livehost.studio.bank_transformer.evaluation.stage.table import behaviour_table, stage_tables

RATE = 48_000


def music(count=24, apart_s=0.25, seconds=0.2, alone=False, seed=0):
    """A stream of sounds that lie far apart, each with rows."""
    random = np.random.default_rng(seed)
    features = random.normal(0, 1, (count, SEGMENT_SIZE)).astype(np.float32)
    rows = int(seconds * RATE / 128)
    isolated = None
    if alone:
        isolated = Isolated(features + 5, np.full(count, 2.0, np.float32), np.full(count, 0.1, np.float32))
    return Stream(
        features,
        (4800 + np.round(apart_s * RATE) * np.arange(count)).astype(np.int64),
        np.full(count, seconds, np.float32),
        random.normal(0, 1, (count * rows, FEATURE_SIZE)).astype(np.float16),
        rows * np.arange(count + 1),
        features.copy(),
        np.full(count, -6.0, np.float32),
        np.full(count, seconds, np.float32),
        isolated,
    )


def piece(*streams, tasks=("continue",), parts=None, name="piece"):
    return Recording(name, "own", "test", streams, parts, tasks)


class Oracle:
    """Answers with what it is told to, and notes what it is asked and told."""

    def __init__(self, items):
        self.given = list(items)
        self.reset()

    def reset(self):
        self.items, self.told = list(self.given), []

    def hear(self, features, *, frame=0, frames=4800, onset=None, provisional=False):
        self.told.append(("peek" if provisional else "hear", onset, frames, frame))

    def played(self, index, *, frame=0):
        self.told.append(("played", index, frame))

    def choose(self, *, now=False, **how):
        self.told.append(("choose", now))
        return [(self.items.pop(0), 1.0), (99, 0.0)]


def test_the_banks_that_a_recording_gives():
    stream = music(alone=True)
    one, alone = stage_cases([piece(stream)])
    assert (one.bank, alone.bank) == ("slices", "alone")
    np.testing.assert_allclose(one.features[:, LEVEL_SLOTS], stream.items[:, LEVEL_SLOTS] - 6, rtol=1e-5)
    np.testing.assert_allclose(alone.features[:, LEVEL_SLOTS], stream.features[:, LEVEL_SLOTS] + 7, rtol=1e-5)
    assert (alone.frames == 4800).all()
    assert one.following.tolist() == [*range(1, 24), -1]
    crossed = list(stage_cases([piece(music(), music(seed=1), tasks=("crossed",))]))
    assert [case.bank for case in crossed] == ["crossed"]
    np.testing.assert_array_equal(crossed[0].heard.features, music(seed=1).features)
    assert list(stage_cases([piece(music(5))])) == []
    (short,) = stage_cases([piece(music())], most=10)
    assert len(short) == len(short.features) == 10


def test_the_other_parts_event_is_right_where_it_comes_before_the_next_stroke():
    heard, machine = music(10, 0.5), music(10, 0.5, seed=2)
    machine.onset[:] += 2400
    machine.onset[4:] += 24_000  # nothing with stroke 4
    (case,) = stage_cases([piece(heard, tasks=("answer",), parts=(heard, machine))])
    assert case.after.tolist() == [0, 1, 2, 3, -1, 4, 5, 6, 7, 8]
    assert case.following is case.after
    assert (case.same == -1).all()


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (2, 1), (5, 3), (8, 6), (9, 9), (26, 18), (40, 36)])
def test_the_last_peek_that_is_made_unasked(rows, shown):
    assert peek_rows(rows) == shown


def test_an_armed_answer_knows_the_last_peek_before_its_stroke():
    (case,) = stage_cases([piece(music(8, apart_s=0.1, seconds=0.1))])
    oracle = Oracle([0] * 8)
    found = play(oracle, case, Mode(0.0))
    assert found.truth.tolist() == list(range(8))
    # the first is armed by nothing; the second by a peek of the first, which is closed after the answer
    first = case.heard.onset[0]
    assert oracle.told[:6] == [
        ("choose", False), ("played", 0, first), ("peek", first, 36 * 128, first + 4800), ("choose", False),
        ("played", 0, first + 4800), ("hear", first, 4800, first + 4800),
    ]  # fmt: skip


def test_an_answer_that_waits_hears_its_stroke():
    (case,) = stage_cases([piece(music(8))])
    oracle = Oracle([1, 2, 3, 0, 0, 0, 0, 0])
    found = play(oracle, case, Mode(30.0))
    first, delay = case.heard.onset[0], round(0.03 * RATE)
    known = first + delay - round(SPARE_MS * 48)
    rows = (known - first) // 128
    assert oracle.told[:4] == [
        ("peek", first, rows * 128, known), ("choose", True), ("played", 1, first + delay),
        ("hear", first, 9600, first + 9600),
    ]  # fmt: skip
    assert found.truth.tolist() == [1, 2, 3, 4, 5, 6, 7, -1]
    assert found.place[:4].tolist() == [0, 0, 0, -1]
    assert found.top1.tolist() == [1, 1, 1, 0, 0, 0, 0]
    assert found.reciprocal.sum() == 3
    assert play(Oracle(range(8)), case, Mode(30.0, follow=1.0)).top1.all()


def test_an_answer_behind_the_next_stroke_hears_that_one():
    (case,) = stage_cases([piece(music(8, apart_s=0.06, seconds=0.06))])
    steps = [step for step in schedule(case, Mode(100.0)) if step.answer]
    assert [step.sounding for step in steps] == [1, 2, 3, 4, 5, 6, 7, -1]
    found = play(Oracle([0] * 8), case, Mode(100.0))
    assert found.event.tolist() == [1, 2, 3, 4, 5, 6, 7, 7]
    assert found.truth.tolist() == [2, 3, 4, 5, 6, 7, -1, -1]


def test_a_stroke_that_is_over_is_not_asked_about_as_if_it_sounded():
    (case,) = stage_cases([piece(music(8, seconds=0.05))])
    oracle = Oracle([0] * 8)
    play(oracle, case, Mode(100.0))
    assert [entry[0] for entry in oracle.told[:3]] == ["hear", "choose", "played"]
    assert oracle.told[1] == ("choose", False)


def test_ranks_of_what_was_given():
    found = Played(np.array([1, 2, 3]), np.array([1, -1, 4]), np.array([3, -1, -1]), np.arange(3))
    assert found.reciprocal.tolist() == [0.25, 0.0]
    assert found.top1.tolist() == [0.0, 0.0]


def test_the_successor_knows_what_followed():
    (case,) = stage_cases([piece(music(8))])
    method = SuccessorMethod(case)
    assert len(method.choose()) == 8
    for event in (0, 3, 5, 0):
        method.hear(case.features[event])
    assert method.choose()[0][0] == 3
    method.hear(case.features[3], provisional=True)
    assert method.choose(now=True)[0][0] == 5
    assert method.choose(now=True, follow=1.0)[0][0] == 3


def test_nobody_knows_which_item_followed_which():
    (case,) = stage_cases([piece(music(8))])
    bank = bank_of(case)
    assert (bank.items["successor"] == -1).all()
    assert len(bank) == 8


def test_nearest_mirrors_what_it_hears_whole():
    stream = music(12)
    case = next(iter(stage_cases([piece(stream)])))
    nearest = BASELINES["nearest"](case)
    nearest.hear(case.features[5])
    assert nearest.choose(follow=0.5)[0][0] == 5


def rows(model=None):
    recordings = [piece(music(16, alone=True, seed=k), name=f"piece {k}") for k in range(2)]
    methods = dict(BASELINES) | ({"model": model} if model else {})
    return tabulate(ask(stage_cases(recordings), methods))


def test_rows_of_the_baselines():
    found = rows()
    assert [(row.bank, row.mode) for row in found[:5]] == [("slices", mode.name) for mode in MODES]
    assert {row.bank for row in found} == {"slices", "alone"}
    assert found[0].recordings == 2
    assert found[0].asked == 32
    assert found[1].asked == 30
    assert found[0].items == 16
    assert all(np.isnan(row.ratio) for row in found)
    assert {"nearest", "successor"} <= set(found[0].mrr)


def test_a_model_that_knows_everything():
    found = rows(lambda case: Oracle([*range(1, len(case)), 0]))
    respond = next(row for row in found if row.mode == "12 ms")
    assert respond.mrr["model"] == respond.top1["model"] == 1.0
    assert respond.ratio > 1.2
    assert respond.reached
    assert respond.ratio_low <= respond.ratio <= respond.ratio_high
    assert respond.plain()["reached"] is True
    console = Console(file=io.StringIO(), width=200)
    (table,) = stage_tables(found, console)
    console.print(table)
    assert "× best" in console.file.getvalue()
    assert len(stage_tables(found, Console(file=io.StringIO(), width=90))) == 2


def test_other_sounds_at_the_same_onsets():
    (case,) = stage_cases([piece(music(10))])
    other = with_other_sounds(case)
    np.testing.assert_array_equal(other.heard.onset, case.heard.onset)
    assert not np.array_equal(other.heard.features, case.heard.features)
    assert sorted(other.heard.features[:, 0]) == sorted(case.heard.features[:, 0])
    assert len(other.heard.first) == 11


def test_behaviour_of_the_nearest_and_of_one_who_hears_nothing():
    cases = list(stage_cases([piece(music(40))]))
    (found,) = behaviour(cases, BASELINES["nearest"])
    assert found.domain == "own"
    assert set(found.bits) == set(FOLLOWS)
    assert found.rises
    (deaf,) = behaviour(cases, lambda case: Oracle([3] * len(case)))
    assert all(bits < 0.3 for bits in deaf.bits.values())
    assert deaf.same == 1.0
    assert (deaf.run, deaf.distinct) == (40, 1 / 40)
    assert deaf.plain()["run"] == 40
    console = Console(file=io.StringIO(), width=160)
    console.print(behaviour_table([found, deaf]))
    assert "longest" in console.file.getvalue()


def test_bits_that_fall_are_told():
    row = Behaviour("own", 1, dict.fromkeys(FOLLOWS, 0.5) | {1.0: 0.4}, 2.0, 0.1, 0.5, 2)
    assert not row.rises


def test_items_are_sorted_into_groups():
    (case,) = stage_cases([piece(music(40))])
    assert 2 <= len(set(classes(case))) <= 8
