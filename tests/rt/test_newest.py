"""The newest values of another thread: whole, and never waited for."""

import threading

import numpy as np
import pytest

from livehost.rt.atomics import store_release
from livehost.rt.native import STEP2, entry, kernel, run2
from livehost.rt.newest import Newest, next_slot, show_slot


@kernel
def _show(address, value):
    slot = next_slot(address, 3)
    for k in range(3):
        store_release(slot + 8 * k, value + k)
    show_slot(address)


@entry(STEP2)
def show_one(address, value):
    _show(address, value)
    return 0


@entry(STEP2)
def show_many(address, count):
    for value in range(count):
        _show(address, value)
    return 0


def test_nothing_is_shown_at_first():
    assert Newest(3).read() == (0, [0, 0, 0])


@pytest.mark.parametrize("native", [True, False])
def test_what_was_shown_last_is_read(native):
    newest = Newest(3)
    for k, value in enumerate((5, -7, 2**62), 1):
        if native:
            run2(show_one)(newest.address, value)
        else:
            newest.write(value, value + 1, value + 2)
        assert newest.read() == (k, [value, value + 1, value + 2])


def test_what_is_read_belongs_together():
    newest = Newest(3)
    thread = threading.Thread(target=run2(show_many), args=(newest.address, 3_000_000))
    thread.start()
    seen = []
    while thread.is_alive():
        seen.append(newest.read())
    thread.join()
    values = np.array([v for count, v in seen if count])
    assert (values[:, 1:] - values[:, :1] == [1, 2]).all()
    counts = [count for count, _ in seen]
    assert counts == sorted(counts)
    assert newest.read() == (3_000_000, [2_999_999, 3_000_000, 3_000_001])
