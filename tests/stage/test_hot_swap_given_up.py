"""A load that took so long that another was asked for: what it made is let go of."""

from types import SimpleNamespace

import pytest

from livehost.errors import LivehostError
from livehost.stage.hot_swap import HotSwap


@pytest.mark.parametrize(("newest", "closed"), [(3, []), (4, ["closed"])])
def test_what_is_not_wanted_any_more_is_closed(newest, closed):
    done, made = [], SimpleNamespace(player=SimpleNamespace(close=lambda: done.append("closed")))
    swap = SimpleNamespace(_jobs=SimpleNamespace(is_newest=lambda job: job == newest))
    if closed:
        with pytest.raises(LivehostError, match="it took so long that something else was asked for"):
            HotSwap._check_wanted(swap, 3, made)
    else:
        HotSwap._check_wanted(swap, 3, made)
    assert done == closed
