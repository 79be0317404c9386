"""What `livehost grow` takes, and what contradicts itself."""

from pathlib import Path

import pytest

from livehost.cli.grow import grow
from livehost.errors import LivehostError


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Which sounds, and where to"),
        ({"samples": Path("a")}, "Which sounds, and where to"),
        ({"samples": Path("a"), "into": "127.0.0.1:9000"}, "grows its own bank: .*, and no folder"),
        ({"into": "127.0.0.1:9000", "spread": 0.2}, "grows its own bank: .*, not --spread"),
        ({"into": "127.0.0.1:9000", "originals": True}, "grows its own bank: .*, not --originals"),
        *(({"into": target}, "--into takes HOST:PORT") for target in ("9000", ":9000", "x:", "x:port", "x:70000")),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(typed, said):
    with pytest.raises(LivehostError, match=said) as refused:
        grow(**typed)
    assert refused.value.exit_code == 2
