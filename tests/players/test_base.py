"""What a player does that gives nothing but a `step`: it is told everything, and asked to think once."""

import numpy as np
import pytest

from livehost.engine.player_abi import PLAYER_IO
from livehost.players.base import Player, no_thought, pass_over
from livehost.rt.native import run2


@pytest.mark.parametrize(("function", "think"), [(pass_over, 1), (no_thought, 0)])
def test_its_functions_do_nothing_and_never_fail(function, think):
    io = np.zeros(1, PLAYER_IO)
    io["think"], io["count"], io["refused"], io["pitch"] = 1, 2, 3, 60
    expected = io.copy()
    expected["think"] = think
    assert run2(function)(0, io.ctypes.data) == 0
    assert io == expected


def test_its_table_has_them():
    table = Player().table[0]
    assert table["think"] == no_thought.address
    assert {table[name] for name in ("hear_segment", "hear_note", "command")} == {pass_over.address}
