"""What is added to the logits of notes, so that the pitch classes that are asked for come."""

import numpy as np

from livehost.performance.condition import HELP, LEAST_SHARE, condition, helped, pitch_help


def test_nothing_is_added_where_nothing_is_asked_for_or_all_alike():
    assert not pitch_help(condition()).any()
    assert not pitch_help(condition(None, 8.0)).any()
    np.testing.assert_allclose(pitch_help(condition(np.ones(12))), 0.0, atol=1e-6)


def test_what_is_asked_for_is_likelier_and_what_is_not_stays_possible():
    found = pitch_help(condition([1, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0]))
    np.testing.assert_allclose(found[[0, 4, 7]], HELP * np.log([3.0, 3.0, 6.0]), rtol=1e-6)
    np.testing.assert_allclose(found[1], HELP * np.log(LEAST_SHARE))


def test_only_the_beginnings_of_notes_are_helped():
    logits = np.zeros((2, 388), np.float32)
    conditions = np.stack([condition([1, *[0] * 11]), condition()])
    found = helped(logits, conditions)
    assert (found[0, 0:128:12] > 0).all()
    assert (found[0, 1:128:12] < 0).all()
    assert not found[0, 128:].any()
    assert not found[1].any()
    assert not logits.any()
