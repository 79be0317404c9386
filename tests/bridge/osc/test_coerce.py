import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livehost.bridge.osc.coerce import Refused, coerce, fires, told
from livehost.bridge.osc.schema import Address, Arg

WHOLE = Arg("i", "steps", low=-8, high=8)
INDEX = Arg("i", "index", low=0, strict=True)
WORD = Arg("s", "mode", choices=("answer", "continue", "call"))


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (2.4, 2), (2.5, 3), (2.6, 3), (2.999, 3), (-2.4, -2), (-2.5, -2), (-2.6, -3), (0.4, 0), (-0.4, 0),
        (7.6, 8), (8.4, 8), (99, 8), (-8.6, -8), (-99.0, -8), (True, 1),
    ],
)  # fmt: skip
def test_a_whole_number_is_the_nearest_one_within_the_range(value, held):
    assert coerce("/x", WHOLE, value) == held
    assert type(coerce("/x", WHOLE, value)) is int


@given(st.floats(-8, 8))
def test_nothing_is_further_than_half_and_what_is_whole_stays(value):
    held = coerce("/x", WHOLE, value)
    assert abs(held - value) <= 0.5 + 1e-9
    assert coerce("/x", WHOLE, held) == held


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_keeps_seven_digits(value):
    held = coerce("/x", Arg("f", "gain_db"), value)
    assert held == pytest.approx(value, rel=5.1e-7, abs=0)
    assert coerce("/x", Arg("f", "gain_db"), held) == held == told(held)


@pytest.mark.parametrize(("value", "held"), [(0, 0), (0.0, 0), (2.6, 3), (-0.0, 0)])
def test_what_there_is_is_taken(value, held):
    assert coerce("/x", INDEX, value) == held


@pytest.mark.parametrize("value", [-0.1, -1])
def test_what_there_is_not_has_no_nearest_one(value):
    with pytest.raises(Refused, match="/x has no index") as caught:
        coerce("/x", INDEX, value)
    assert caught.value.code == "range"


@pytest.mark.parametrize(("value", "held"), [("call", "call"), (0, "answer"), (2.9, "call"), (1, "continue")])
def test_a_word_may_be_picked_by_its_place(value, held):
    assert coerce("/x", WORD, value) == held


@pytest.mark.parametrize("value", [3, -1, -1.5, math.nan, math.inf, "Call", b"call", ""])
def test_a_word_that_is_none_is_refused(value):
    with pytest.raises(Refused, match="/x wants one of answer, continue, call, not ") as caught:
        coerce("/x", WORD, value)
    assert caught.value.code == "type"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "1", b"1"])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(Refused, match="/x wants a number, not ") as caught:
        coerce("/x", WHOLE, value)
    assert caught.value.code == "type"


def test_what_is_missing_is_the_default_or_asked_for():
    assert coerce("/x", Arg("i", "port", default=0), None) == 0
    with pytest.raises(Refused, match="/x wants its index"):
        coerce("/x", INDEX, None)


@pytest.mark.parametrize(
    ("args", "does"),
    [((), True), ((1,), True), ((0,), False), ((0.0,), False), ((False,), False), ((-0.5,), True), ((True,), True),
     (("",), True), ((0, 1), False), ((None,), True)],
)  # fmt: skip
def test_a_button_fires_on_nothing_and_on_all_but_zero(args, does):
    assert fires(Address("/x", "trigger", ""), args) == does


@pytest.mark.parametrize(("value", "sent"), [(True, 1), (False, 0), (0.1234567891, 0.1234568), (3, 3), ("a", "a")])
def test_what_is_told_can_be_sent(value, sent):
    assert told(value) == sent
    assert type(told(value)) is type(sent)
