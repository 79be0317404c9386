import numpy as np
import pytest

from livehost.bank.layout import GUARD_SAMPLES, padded
from livehost.bank.synthetic import make_synthetic_bank


@pytest.mark.parametrize(("items", "frames"), [(1, 64), (5, 100), (130, 48)])
def test_it_is_laid_out_as_a_bank(items, frames):
    bank = make_synthetic_bank(items, frames, 1000)
    assert len(bank) == len(bank.names) == len(bank.features) == items
    assert len(bank.sources) == len(bank.source_names) == -(-items // 4)
    assert bank.block.size == GUARD_SAMPLES + items * padded(frames)
    assert not bank.block[:GUARD_SAMPLES].any()
    for index in {0, 1, items // 2, items - 1} & set(range(items)):
        sound, end = bank.samples(index), int(bank.items["offset"][index]) + frames
        assert sound.shape == (frames, 1)
        assert sound.any()
        assert not bank.block[end : end + GUARD_SAMPLES].any()
    assert bank.seconds == items * frames / 1000


def test_every_fourth_item_ends_a_recording():
    items = make_synthetic_bank(10, 64, 1000).items
    assert items["successor"].tolist() == [1, 2, 3, -1, 5, 6, 7, -1, 9, -1]
    assert items["source"].tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]
    assert make_synthetic_bank(8, 64, 1000).items["successor"][-1] == -1


def test_its_sounds_die_away():
    bank = make_synthetic_bank(64, 4096, 1000)
    power = np.mean([bank.samples(k)[:, 0] ** 2 for k in range(64)], axis=0)
    first, last = power[:64].mean(), power[-64:].mean()
    assert first == pytest.approx(0.04, rel=0.2)
    assert last / first == pytest.approx(np.exp(-16), rel=0.3)


def test_the_same_seed_is_the_same_bank_and_another_one_is_not():
    one, same, other = (make_synthetic_bank(9, 64, 1000, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.block, same.block)
    np.testing.assert_array_equal(one.features, same.features)
    assert one.hash == same.hash != other.hash
    assert (one.features != other.features).any()
