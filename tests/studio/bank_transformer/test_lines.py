"""The order of tokens, and what comes next."""

import numpy as np

from livehost.inference.tokens import HEARD, PLAYED
from livehost.studio.bank_transformer.lines import NOBODY, OWN, aligned_line, answer_line, apart_line
from livehost.studio.bank_transformer.peeks import draw_peeks, draw_rows, usual_rows
from livehost.studio.bank_transformer.roles import BOTH
from tests.studio.conftest import stream

ROLES = np.array([HEARD, BOTH, PLAYED, BOTH])


def zeros(count, start=0):
    return stream(np.zeros((count, 120)), start)


def test_an_answer_stands_before_the_stroke_that_it_answers():
    line = aligned_line(ROLES, zeros(4), 48_000, delay_s=0.03)
    assert line.source.tolist() == [HEARD, PLAYED, HEARD, PLAYED, PLAYED, HEARD]
    assert line.event.tolist() == [0, 1, 1, 2, 3, 3]
    assert line.following.tolist() == [1, 2, 2, OWN, NOBODY, NOBODY]
    assert line.opened.tolist() == [0, 1, 1, 3, 4, 4]
    assert line.stroke.tolist() == [0, 1, 1, 1, 3, 3]
    np.testing.assert_allclose(line.at, [0, 0.28, 0.25, 0.5, 0.78, 0.75])


def test_a_late_answer_stands_behind_it_and_one_may_be_what_comes_next():
    line = aligned_line(ROLES, zeros(4), 48_000, late=True, ahead=1)
    assert line.source.tolist() == [HEARD, HEARD, PLAYED, PLAYED, HEARD, PLAYED]
    assert line.event.tolist() == [0, 1, 2, 2, 3, 3]
    assert line.opened.tolist() == [0, 1, 2, 3, 4, 5]


def test_in_two_parts_heard_tokens_come_when_they_have_ended():
    # heard begin at 6, 18, 30 thousand, and last 12 thousand frames; played at 0, 12, 24 thousand
    line = answer_line(zeros(3, start=6_000), zeros(3), 48_000)
    assert line.source.tolist() == [PLAYED, PLAYED, HEARD, PLAYED, HEARD, HEARD]
    assert line.event.tolist() == [0, 1, 0, 2, 1, 2]
    assert line.following.tolist() == [1, 2, 2, NOBODY, NOBODY, NOBODY]
    assert line.opened[line.source == HEARD].tolist() == [1, 3, 5]


def test_what_is_heard_until_the_answer_begins_goes_in_before_it():
    heard, machine = zeros(2), zeros(2, start=12_000)  # the first ends where the machine begins
    assert answer_line(heard, machine, 48_000).source.tolist() == [HEARD, PLAYED, HEARD, PLAYED]


def test_apart_the_machine_goes_its_own_way():
    line = apart_line(aligned_line(ROLES, zeros(4), 48_000), 8, 10)
    assert line.event[line.source == PLAYED].tolist() == [8, 9, 0]
    assert set(line.following.tolist()) == {OWN}


def test_a_stretch_counts_from_its_own_beginning():
    line = aligned_line(np.full(5, BOTH), zeros(5), 48_000).take(slice(3, 8))
    assert line.source.tolist() == [HEARD, PLAYED, HEARD, PLAYED, HEARD]
    assert line.opened.tolist() == [0, 1, 1, 3, 3]


def test_cuts_are_those_of_the_stage_or_any():
    assert usual_rows(30).tolist() == [1, 3, 6, 9, 18, 27]
    rows = draw_rows(np.full(4000, 188), np.random.default_rng(0))
    assert (rows.min(), rows.max() <= 188) == (1, True)
    assert 0.35 < np.isin(rows, (1, 3, 6, 9)).mean() < 0.6
    assert (draw_rows(np.ones(50, np.int64), np.random.default_rng(0)) == 1).all()


def test_an_answer_for_now_is_asked_for_before_it_stands_in_the_line():
    line = aligned_line(np.full(30, BOTH), zeros(30), 48_000, delay_s=0.02)
    peeks = draw_peeks(line, zeros(30), 128 / 48_000, np.random.default_rng(0))
    assert set(peeks.now.tolist()) == {True, False}
    assert (np.diff(peeks.before) >= 0).all()
    for event, before, now, following in zip(peeks.event, peeks.before, peeks.now, peeks.following, strict=True):
        assert before == 2 * event + (0 if now else 1)
        assert following == (event + 1 if event < 29 else NOBODY)


def test_peeks_of_two_parts_ask_for_what_the_machine_has_next():
    heard, machine = zeros(20, start=6_000), zeros(20)
    line = answer_line(heard, machine, 48_000)
    peeks = draw_peeks(line, heard, 128 / 48_000, np.random.default_rng(1))
    known_at = machine.onset / 48_000
    for before, now, at, rows, following in zip(
        peeks.before, peeks.now, peeks.at, peeks.rows, peeks.following, strict=True
    ):
        time = at - 0.03 if now else at + rows * 128 / 48_000
        assert following == (NOBODY if (known_at <= time).all() else int((known_at <= time).sum()))
        assert (line.known[:before] <= max(time, at - 0.03) + 1e-9).all()
