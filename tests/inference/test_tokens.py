"""Tokens against the formulas, written out in numpy."""

import numpy as np
import pytest

from livehost.dsp.tables import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.inference.tokens import (
    ASIDE,
    HEARD,
    ITEM_SIZE,
    PLAYED,
    TOKEN_FORMAT,
    TOKEN_SIZE,
    Tokeniser,
    bank_statistics,
    item_vectors,
)

RNG = np.random.default_rng(1)
MEAN, SCALE = RNG.normal(0, 3, SEGMENT_SIZE).astype("f4"), RNG.uniform(0.5, 4, SEGMENT_SIZE).astype("f4")
BANK = (RNG.normal(0, 5, (40, SEGMENT_SIZE)) + MEAN).astype("f4")


def standard(x):
    z = (np.asarray(x, np.float64) - MEAN.astype(np.float64)) / SCALE.astype(np.float64)
    return np.where(np.isfinite(z), z, 0.0).clip(-4, 4)


def logarithm(seconds):
    return np.clip((np.log10(np.maximum(seconds, 0.01)) + 0.5) / 0.5, -4, 4)


def reference(features, sources, seconds, gaps_heard, gaps_played, closed, now, follow, commit, bank):
    """Tokens as the contract between stage and studio words them."""
    bank_mean, bank_std = standard(bank).mean(0), standard(bank).std(0)
    n, total, square = 0.0, np.zeros(SEGMENT_SIZE), np.zeros(SEGMENT_SIZE)
    rows = []
    for k, source in enumerate(sources):
        z = standard(features[k])
        if source == HEARD:
            decay = 1 - 1 / 256
            seen = decay * n + 1, decay * total + z, decay * square + z**2
            mean = seen[1] / (seen[0] + 2)
            std = np.sqrt(np.maximum((seen[2] + 2) / (seen[0] + 2) - mean**2, 0))
            if commit[k]:
                n, total, square = seen
        else:
            mean, std = bank_mean, bank_std
        relative = ((z - mean) / np.maximum(std, 0.1)).clip(-4, 4)
        gaps = [logarithm(gap) if gap >= 0 else 0.0 for gap in (gaps_heard[k], gaps_played[k])]
        who = [source == HEARD, source == PLAYED, closed[k], now[k]]
        rows.append(np.concatenate([z, relative, who, [logarithm(seconds[k])], gaps, [2 * follow[k] - 1]]))
    return np.array(rows)


def sequence(count, seed=2):
    """Columns of a made-up sequence, in the order of the arguments of `Tokeniser.rows`."""
    rng = np.random.default_rng(seed)
    features = (rng.normal(0, 6, (count, SEGMENT_SIZE)) + MEAN).astype("f4")
    gaps = rng.uniform(0, 3, (2, count))
    gaps[:, 0] = -1
    gaps[1, 1:5] = -1
    flags = {name: rng.random(count) < 0.5 for name in ("closed", "now", "commit")}
    positional = (features, rng.integers(0, 2, count), rng.uniform(0.001, 60, count), *gaps)
    return positional, {**flags, "follow": rng.uniform(0, 1, count)}


@pytest.fixture
def tokeniser():
    return Tokeniser(MEAN, SCALE, *bank_statistics(BANK, MEAN, SCALE))


def test_tokens_are_the_formulas_to_float32(tokeniser):
    columns, told = sequence(700)
    tokens = tokeniser.rows(*columns, **told)
    assert tokens.shape == (700, TOKEN_SIZE)
    assert tokens.dtype == np.float32
    np.testing.assert_allclose(tokens, reference(*columns, **told, bank=BANK), rtol=0, atol=2e-6)
    assert np.abs(tokens).max() == 4


def test_the_format_has_a_number_and_its_columns_names():
    assert TOKEN_FORMAT == 2
    assert TOKEN_SIZE == ITEM_SIZE + len(ASIDE) == 2 * SEGMENT_SIZE + 8
    assert ASIDE == ("heard", "played", "closed", "now", "length", "gap_heard", "gap_played", "follow")


#: What each column beside the features says: arguments, value.
COLUMNS = [
    ("heard", {"source": HEARD}, 1), ("heard", {"source": PLAYED}, 0),
    ("played", {"source": HEARD}, 0), ("played", {"source": PLAYED}, 1),
    ("closed", {"closed": True}, 1), ("closed", {"closed": False}, 0), ("closed", {}, 1),
    ("now", {"now": True}, 1), ("now", {"now": False}, 0), ("now", {}, 0),
    ("length", {"seconds": 0.1}, -1), ("length", {"seconds": 1.0}, 1), ("length", {"seconds": 0.0027}, -3),
    ("length", {"seconds": 1e9}, 4), ("length", {"seconds": 0.0}, -3),
    ("gap_heard", {"gap_heard": 1.0}, 1), ("gap_heard", {"gap_heard": 0.0}, -3), ("gap_heard", {"gap_heard": -1.0}, 0),
    ("gap_heard", {"gap_played": 1.0}, 0), ("gap_heard", {}, 0),
    ("gap_played", {"gap_played": 0.1}, -1), ("gap_played", {"gap_played": -1.0}, 0),
    ("gap_played", {"gap_heard": 0.1}, 0), ("gap_played", {}, 0),
    ("follow", {"follow": 0.0}, -1), ("follow", {"follow": 0.25}, -0.5), ("follow", {"follow": 1.0}, 1),
    ("follow", {}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("column", "given", "value"), COLUMNS)
def test_each_column_beside_the_features_says_one_thing(tokeniser, column, given, value):
    plain = {"source": HEARD, "seconds": 10**-0.5}
    token = tokeniser.step(BANK[0], **{**plain, **given})
    assert token[ITEM_SIZE + ASIDE.index(column)] == pytest.approx(value, abs=1e-6)
    tokeniser.reset()
    other = tokeniser.step(BANK[0], **plain)
    moved = {ASIDE[k] for k in np.flatnonzero(token[ITEM_SIZE:] != other[ITEM_SIZE:])}
    mine = {"source": {"heard", "played"}, "seconds": {"length"}}
    assert moved <= set().union(*(mine.get(name, {name}) for name in given))
    if given.get("source") != PLAYED:
        np.testing.assert_array_equal(token[:ITEM_SIZE], other[:ITEM_SIZE])


def test_step_by_step_is_the_sequence_to_the_bit(tokeniser):
    columns, told = sequence(30)
    whole = tokeniser.rows(*columns, **told)
    tokeniser.reset()
    for k, row in enumerate(zip(*columns, strict=True)):
        token = tokeniser.step(*row, **{name: values[k] for name, values in told.items()})
        np.testing.assert_array_equal(token, whole[k])
        np.testing.assert_array_equal(tokeniser.vector, token)


def test_one_number_counts_for_all_rows(tokeniser):
    (features, *_), _ = sequence(9)
    tokens = tokeniser.rows(features, PLAYED, 0.25, 0.5, closed=True, follow=1.0)
    each = tokeniser.rows(
        features, [PLAYED] * 9, [0.25] * 9, [0.5] * 9, [-1.0] * 9, closed=[True] * 9, follow=[1.0] * 9
    )
    np.testing.assert_array_equal(tokens, each)


def test_a_peek_is_what_the_closed_one_is_and_leaves_no_trace(tokeniser):
    (features, *_), _ = sequence(3)
    tokeniser.step(features[0], HEARD, 0.5)
    looked = tokeniser.step(features[1], HEARD, 0.5, 0.4, commit=False)
    tokeniser.step(features[2], HEARD, 0.5, 0.4, commit=False)
    np.testing.assert_array_equal(tokeniser.step(features[1], HEARD, 0.5, 0.4), looked)
    later = tokeniser.step(features[2], HEARD, 0.5)
    tokeniser.reset()
    tokeniser.step(features[0], HEARD, 0.5)
    assert (tokeniser.step(features[2], HEARD, 0.5) != later).any()  # and a committed one does


def test_what_is_played_leaves_what_was_heard_alone(tokeniser):
    (features, *_), _ = sequence(3)
    tokeniser.step(features[0], HEARD, 0.5)
    tokeniser.step(features[1], PLAYED, 0.5)
    after = tokeniser.step(features[2], HEARD, 0.5)
    tokeniser.reset()
    tokeniser.step(features[0], HEARD, 0.5)
    np.testing.assert_array_equal(tokeniser.step(features[2], HEARD, 0.5), after)


def test_tokens_go_where_they_are_sent(tokeniser):
    elsewhere = np.zeros(TOKEN_SIZE, "f4")
    tokeniser.output(elsewhere)
    token = tokeniser.step(BANK[0], HEARD, 0.5)
    np.testing.assert_array_equal(elsewhere, token)
    assert np.abs(token).max() > 0


def test_an_item_is_what_it_is_as_a_played_token(tokeniser):
    tokens = tokeniser.rows(BANK, PLAYED, 1.0, 0.5)
    items = item_vectors(BANK, MEAN, SCALE)
    assert items.shape == (40, ITEM_SIZE)
    np.testing.assert_array_equal(items, tokens[:, :ITEM_SIZE])
    np.testing.assert_allclose(
        items[:, SEGMENT_SIZE:].mean(0)[np.abs(items[:, SEGMENT_SIZE:]).max(0) < 4], 0, atol=1e-5
    )


def test_what_is_not_finite_counts_as_the_mean(tokeniser):
    features = np.full((1, SEGMENT_SIZE), np.nan, "f4")
    features[0, :3] = np.inf, -np.inf, MEAN[2] + SCALE[2]
    token = tokeniser.rows(features, HEARD, np.nan, np.inf, np.nan)[0]
    assert np.isfinite(token).all()
    np.testing.assert_allclose(token[:4], [0, 0, 1, 0], atol=1e-6)
    np.testing.assert_array_equal(token[-4:], [-3, 4, 0, 0])


def test_a_bank_of_one_item_lies_in_its_own_middle():
    items = item_vectors(BANK[:1], MEAN, SCALE)
    np.testing.assert_allclose(items[0, SEGMENT_SIZE:], 0, atol=4e-6)  # the bank's mean is rounded to float32


def test_other_lengths_are_refused(tokeniser):
    with pytest.raises(LivehostError, match=f"{SEGMENT_SIZE} features, not 7"):
        item_vectors(np.zeros((2, 7)), MEAN, SCALE)
    with pytest.raises(LivehostError, match=f"mean has {SEGMENT_SIZE} values"):
        Tokeniser(MEAN[:3], SCALE, MEAN, SCALE)
    with pytest.raises(ValueError, match="broadcast"):
        tokeniser.rows(BANK, HEARD, [1.0, 2.0])
