"""Which banks the engine keeps alive."""

import numpy as np
import pytest

from livehost.bank.layout import ITEM
from livehost.engine.state import EngineState
from livehost.settings import Settings


@pytest.fixture
def engine():
    return EngineState(Settings(), 1000.0)


@pytest.fixture
def banks():
    """Two banks that lie side by side in memory: blocks of 8 samples."""
    memory, items = np.zeros(16, np.float32), np.zeros(1, ITEM)
    return [(memory[:8], items), (memory[8:], items)]


def held(engine, banks):
    return [any(kept is block for kept, _ in engine._banks) for block, _ in banks]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("sample", [0, 7])
def test_a_bank_is_let_go_when_no_voice_reads_from_it(engine, banks, which, sample):
    for bank in banks:
        engine.hold(*bank)
    engine.voices["samples"][3] = banks[which][0].ctypes.data + 4 * sample
    engine.voices["active"][3] = 1
    for k, (block, _) in enumerate(banks):
        assert engine.release(block) is (k != which)
        assert held(engine, banks)[k] is (k == which)
    engine.voices["active"][3] = 0
    assert engine.release(banks[which][0])
    assert held(engine, banks) == [False, False]


def test_a_bank_that_is_held_twice_is_let_go_once(engine, banks):
    engine.hold(*banks[0])
    engine.hold(*banks[0])
    assert len(engine._banks) == 1
    assert engine.release(banks[0][0])
    assert engine._banks == []


@pytest.mark.parametrize("part", [0, 1])
def test_the_first_bank_of_a_part_is_kept_and_told(engine, banks, part):
    block, items = banks[1]
    engine.use_bank(block, items, part)
    assert held(engine, banks) == [False, True]
    told = engine.state[["block", "items", "count"]][0]
    assert [int(told[name][part]) for name in ("block", "items", "count")] == [block.ctypes.data, items.ctypes.data, 1]
    assert [int(told[name][1 - part]) for name in ("block", "items", "count")] == [0, 0, 0]
