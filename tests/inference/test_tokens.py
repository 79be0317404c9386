"""Tokens against the formulas, written out in numpy."""

import numpy as np
import pytest

from livehost.dsp.tables import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.inference.tokens import (
    HEARD,
    ITEM_SIZE,
    PLAYED,
    TOKEN_SIZE,
    Tokeniser,
    bank_statistics,
    item_vectors,
    tokenise,
)

RNG = np.random.default_rng(1)
MEAN, SCALE = RNG.normal(0, 3, SEGMENT_SIZE).astype("f4"), RNG.uniform(0.5, 4, SEGMENT_SIZE).astype("f4")
BANK = (RNG.normal(0, 5, (40, SEGMENT_SIZE)) + MEAN).astype("f4")


def standard(x):
    z = (np.asarray(x, np.float64) - MEAN.astype(np.float64)) / SCALE.astype(np.float64)
    return np.where(np.isfinite(z), z, 0.0).clip(-4, 4)


def logarithm(seconds):
    return np.clip((np.log10(np.maximum(seconds, 0.01)) + 0.5) / 0.5, -4, 4)


def reference(features, sources, seconds, gaps, bank):
    """Tokens as the contract between stage and studio words them."""
    bank_mean, bank_std = standard(bank).mean(0), standard(bank).std(0)
    n, total, square = 0.0, np.zeros(SEGMENT_SIZE), np.zeros(SEGMENT_SIZE)
    rows = []
    for x, source, length, gap in zip(features, sources, seconds, gaps, strict=True):
        z = standard(x)
        if source == HEARD:
            decay = 1 - 1 / 256
            n, total, square = decay * n + 1, decay * total + z, decay * square + z**2
            mean = total / (n + 2)
            std = np.sqrt(np.maximum((square + 2) / (n + 2) - mean**2, 0))
        else:
            mean, std = bank_mean, bank_std
        relative = ((z - mean) / np.maximum(std, 0.1)).clip(-4, 4)
        told = [source == HEARD, source == PLAYED, logarithm(length), logarithm(gap) if gap >= 0 else 0.0]
        rows.append(np.concatenate([z, relative, told]))
    return np.array(rows)


def sequence(count, seed=2):
    rng = np.random.default_rng(seed)
    features = (rng.normal(0, 6, (count, SEGMENT_SIZE)) + MEAN).astype("f4")
    gaps = rng.uniform(0, 3, count)
    gaps[0] = -1
    return features, rng.integers(0, 2, count), rng.uniform(0.001, 60, count), gaps


def test_tokens_are_the_formulas_to_float32():
    columns = sequence(700)
    tokens = tokenise(*columns, MEAN, SCALE, *bank_statistics(BANK, MEAN, SCALE))
    assert tokens.shape == (700, TOKEN_SIZE)
    assert tokens.dtype == np.float32
    np.testing.assert_allclose(tokens, reference(*columns, BANK), rtol=0, atol=2e-6)
    assert np.abs(tokens).max() == 4


def test_step_by_step_is_the_sequence_to_the_bit():
    columns, statistics = sequence(30), bank_statistics(BANK, MEAN, SCALE)
    tokeniser = Tokeniser(MEAN, SCALE, *statistics)
    steps = [tokeniser.step(*row) for row in zip(*columns, strict=True)]
    np.testing.assert_array_equal(steps, tokenise(*columns, MEAN, SCALE, *statistics))
    tokeniser.reset()
    np.testing.assert_array_equal(tokeniser.step(*(c[0] for c in columns)), steps[0])


def test_a_provisional_token_is_what_the_committed_one_is_and_leaves_no_trace():
    features, *_ = sequence(3)
    tokeniser = Tokeniser(MEAN, SCALE, *bank_statistics(BANK, MEAN, SCALE))
    tokeniser.step(features[0], HEARD, 0.5)
    looked = tokeniser.step(features[1], HEARD, 0.5, 0.4, commit=False)
    tokeniser.step(features[2], HEARD, 0.5, 0.4, commit=False)
    np.testing.assert_array_equal(tokeniser.step(features[1], HEARD, 0.5, 0.4), looked)


def test_an_item_is_what_it_is_as_a_played_token():
    statistics = bank_statistics(BANK, MEAN, SCALE)
    tokens = tokenise(BANK, [PLAYED] * 40, [1.0] * 40, [0.5] * 40, MEAN, SCALE, *statistics)
    items = item_vectors(BANK, MEAN, SCALE)
    assert items.shape == (40, ITEM_SIZE)
    np.testing.assert_array_equal(items, tokens[:, :ITEM_SIZE])
    np.testing.assert_allclose(
        items[:, SEGMENT_SIZE:].mean(0)[np.abs(items[:, SEGMENT_SIZE:]).max(0) < 4], 0, atol=1e-5
    )


def test_what_is_not_finite_counts_as_the_mean():
    features = np.full((1, SEGMENT_SIZE), np.nan, "f4")
    features[0, :3] = np.inf, -np.inf, MEAN[2] + SCALE[2]
    token = tokenise(features, [HEARD], [np.nan], [np.inf], MEAN, SCALE, *bank_statistics(BANK, MEAN, SCALE))[0]
    assert np.isfinite(token).all()
    np.testing.assert_allclose(token[:4], [0, 0, 1, 0], atol=1e-6)
    np.testing.assert_array_equal(token[-2:], [-3, 4])


def test_a_bank_of_one_item_lies_in_its_own_middle():
    items = item_vectors(BANK[:1], MEAN, SCALE)
    np.testing.assert_allclose(items[0, SEGMENT_SIZE:], 0, atol=4e-6)  # the bank's mean is rounded to float32


def test_other_lengths_are_refused():
    with pytest.raises(LivehostError, match="120 features, not 7"):
        item_vectors(np.zeros((2, 7)), MEAN, SCALE)
    with pytest.raises(LivehostError, match="mean has 120 values"):
        Tokeniser(MEAN[:3], SCALE, MEAN, SCALE)
