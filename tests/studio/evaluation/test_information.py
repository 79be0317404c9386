import numpy as np
import pytest

from livehost.studio.evaluation.information import (
    balanced_bits,
    entropy,
    information_of_table,
    longest_run,
    mutual_information,
    table_of,
)


def test_entropy_of_counts():
    assert entropy([1, 1, 1, 1]) == 2.0
    assert entropy([3, 0]) == 0.0


def test_a_table_of_words_and_numbers():
    assert table_of(["a", "b", "a"], [5, 5, 9]).tolist() == [[1, 1], [1, 0]]


def test_what_says_all_and_what_says_nothing():
    classes = np.arange(300) % 3
    told = mutual_information(classes, 10 - classes)
    assert told.bits == pytest.approx(np.log2(3), abs=0.02)
    assert told.most == pytest.approx(np.log2(3))
    random = np.random.default_rng(0)
    nothing = mutual_information(classes, random.integers(8, size=300))
    assert nothing.bits < 0.05
    assert 0 < nothing.chance < 0.08
    assert nothing.samples == 300


def test_the_bias_of_few_samples_is_taken_off():
    random = np.random.default_rng(1)
    tables = [table_of(random.integers(3, size=60), random.integers(8, size=60)) for _ in range(200)]
    plain = np.mean([information_of_table(t, corrected=False) for t in tables])
    assert plain == pytest.approx(14 / (120 * np.log(2)), abs=0.03)
    assert abs(np.mean([information_of_table(t) for t in tables])) < 0.4 * plain


def test_no_samples_are_no_number_and_unequal_series_are_refused():
    assert np.isnan(mutual_information([], []).bits)
    with pytest.raises(ValueError, match="one length"):
        mutual_information([1], [1, 2])


def test_every_class_counts_alike():
    assert balanced_bits([[90, 0], [0, 10]]) == pytest.approx(1.0)
    assert balanced_bits([[90, 0], [0, 10], [0, 0]]) == pytest.approx(1.0)
    assert balanced_bits([[50, 50], [5, 5]]) == pytest.approx(0.0)


def test_the_longest_run():
    assert longest_run([]) == 0
    assert longest_run([4]) == 1
    assert longest_run([1, 1, 2, 2, 2, 1]) == 3
