"""Where a block goes while a bank is built."""

import hashlib

import numpy as np
import pytest

from livehost.bank.layout import GUARD_SAMPLES, padded
from livehost.bank.sink import Sink

SIZES = (1, GUARD_SAMPLES - 1, GUARD_SAMPLES, GUARD_SAMPLES + 1, 100)


def expected():
    """Items of these sizes, with zeros before, between and behind them, and where each begins."""
    parts, offsets, at = [np.zeros(GUARD_SAMPLES)], [], GUARD_SAMPLES
    for value, size in enumerate(SIZES, 1):
        offsets.append(at)
        parts += [np.full(size, value), np.zeros(padded(size) - size)]
        at += padded(size)
    return np.concatenate(parts).astype("f4"), offsets


def fill(sink):
    return [sink.append(np.full((size, 1), value, np.float32)) for value, size in enumerate(SIZES, 1)]


def test_items_lie_in_the_file_with_their_guards(tmp_path):
    sink, (block, offsets) = Sink(tmp_path), expected()
    assert fill(sink) == offsets
    sink.flush()
    sink.flush()  # there is nothing more to wait for
    written = (sink.folder / "block.f32").read_bytes()
    assert written == block.tobytes()
    assert (sink.samples, sink.trouble) == (block.size, "")
    assert sink.digest == hashlib.sha256(written).hexdigest()
    sink.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("after", [0, 1, 3, 5])
def test_what_the_disk_does_not_take_stays_in_memory_as_it_would_lie_there(tmp_path, after):
    sink, (block, offsets) = Sink(tmp_path), expected()
    found = []
    for value, size in enumerate(SIZES, 1):
        if value - 1 == after:
            sink.fall_back(OSError(28, "No space left on device"))
        found.append(sink.append(np.full(size, value, np.float32)))
    if after == len(SIZES):
        sink.fall_back(OSError(28, "No space left on device"))
    assert found == offsets
    np.testing.assert_array_equal(sink.block(), block)
    assert sink.folder is None
    assert "No space left on device" in sink.trouble
    assert list(tmp_path.iterdir()) == []
