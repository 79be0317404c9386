import numpy as np
import pytest

from livehost.bank.info import COLUMNS, bank_info, note_name, remarks, summary
from livehost.bank.layout import GUARD_SAMPLES, padded
from livehost.bank.synthetic import make_synthetic_bank


@pytest.mark.parametrize(
    ("pitch", "name"),
    [(60, "C4"), (69, "A4"), (69.05, "A4"), (69.2, "A4 +20"), (60.6, "C♯4 -40"), (0, "C-1"), (np.nan, "–")],
)
def test_note_names(pitch, name):
    assert note_name(pitch) == name


def test_rows_have_a_value_for_every_column():
    bank = make_synthetic_bank(5, 24_000, 48_000)
    bank.items["gain"][1] = 0.5
    rows = bank_info(bank)
    assert [[column.show(row[column.name]) for column in COLUMNS] for row in rows[:2]] == [
        ["0", "000000.wav#1", "0.50", "mono", "0.0", "–", "-20.0", "+0.0", "1"],
        ["1", "000000.wav#2", "0.50", "mono", "0.0", "–", "-20.0", "-6.0", "2"],
    ]
    assert [row["successor"] for row in rows] == [1, 2, 3, -1, -1]
    assert summary(bank) == (
        "5 sounds from 2 files, 2.5 s at 48000 Hz, 0.5 MB, 3 with a successor, 0 with a pitch, 0 files skipped"
    )


def test_synthetic_banks_are_laid_out_like_real_ones():
    bank = make_synthetic_bank(70, 100, 48_000)
    assert (bank.items["offset"] % 16 == 0).all()
    assert bank.block.size == GUARD_SAMPLES + 70 * padded(100)
    ends = bank.items["offset"] + 100
    assert not bank.block[ends[:, None] + np.arange(GUARD_SAMPLES)[None, : padded(100) - 100]].any()
    assert all(bank.samples(i).any() for i in range(70))
    assert np.array_equal(bank.features, make_synthetic_bank(70, 100, 48_000).features)


def test_padding_leaves_a_guard_and_whole_cache_lines():
    assert [padded(n) for n in (1, 16, 17, 32)] == [32, 32, 48, 48]


def test_companions_are_counted():
    bank = make_synthetic_bank(5, 24_000, 48_000)
    bank.companions = 3
    assert summary(bank).endswith("0 files skipped, 3 companions beside them")


def test_remarks_name_everything_that_was_left_out():
    bank = make_synthetic_bank(1, 24_000, 48_000)
    bank.notes, bank.skipped = ["A note."], [("a.wav", "is silent"), ("b.wav", "is empty (0 bytes)")]
    assert remarks(bank) == [
        "A note.", "Left out of the bank: a.wav (is silent).", "Left out of the bank: b.wav (is empty (0 bytes)).",
    ]  # fmt: skip
