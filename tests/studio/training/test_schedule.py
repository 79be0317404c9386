import pytest

from livehost.studio.training.schedule import Budget, Pace


def test_what_is_left_of_minutes_is_the_rest_and_the_last_validation():
    budget = Budget(2.0, None, step=10, seconds=90.0)
    pace = Pace(budget, 4)
    assert pace.left_s() == 30.0
    pace.validated(5.0)
    pace.stepped(0.5)
    assert pace.left_s() == 35.0
    budget.seconds = 200.0
    assert pace.left_s() == 5.0


def test_what_is_left_of_steps_is_as_many_steps_and_validations_as_are_due():
    budget = Budget(30.0, 100, step=50)
    pace = Pace(budget, 4)
    pace.stepped(0.5)
    assert pace.left_s() == 25.0
    pace.validated(3.0)
    assert pace.left_s() == 25.0 + 2 * 3.0
    budget.step = 100
    assert pace.left_s() == 3.0


def test_the_newest_steps_count_most():
    pace = Pace(Budget(30.0, 10), 1)
    for seconds in (1.0, 2.0, 2.0):
        pace.stepped(seconds)
    assert pace.left_s() == pytest.approx(10 * (1.0 + 0.05 + 0.0475))
