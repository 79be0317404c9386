"""Keys that are no characters."""

import pytest

from livehost.view.escapes import Escapes


@pytest.mark.parametrize(
    ("pieces", "typed"),
    [
        (["a\x1b[Ab"], "ab"), (["\x1b", "[", "1", ";", "5D", "q"], "q"), (["\x1bOP", "x"], "x"),
        (["\x1b\x1b[A "], " "), (["\x1bx", "y"], "y"), (["\x1b[200~"], ""), (["plain"], "plain"),
    ],
)  # fmt: skip
def test_sequences_are_left_out_however_they_are_cut(pieces, typed):
    escapes = Escapes(lambda: 0.0)
    assert "".join("".join(escapes.take(piece)) for piece in pieces) == typed


def test_escape_alone_swallows_nothing_later():
    now = [0.0]
    escapes = Escapes(lambda: now[0])
    assert list(escapes.take("\x1b")) == []
    now[0] = 0.6
    assert list(escapes.take(" ")) == [" "]
