import pytest

from livehost.errors import LivehostError
from livehost.inference.checks import difference

WANTED = {"token": (1, 4), "keys": (2, "window", 8)}


@pytest.mark.parametrize(
    "found",
    [
        {"token": (1, 4), "keys": (2, "window", 8)},
        {"token": (None, 4), "keys": (2, "window", "size")},
        {"keys": ("n", "w", "d"), "token": (1, "n")},
    ],
)
def test_a_free_dimension_of_what_is_found_fits_any(found):
    difference("It", "input", WANTED, found)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"token": (1, 4)}, "^It has no input 'keys'; it has token.$"),
        ({}, "^It has no input 'token'; it has none.$"),
        ({"token": (1, 5), "keys": (2, "w", 8)}, r"^It has the input 'token' as \[1, 5\], wanted is \[1, 4\].$"),
        ({"token": (1,), "keys": (2, "w", 8)}, r"as \[1\], wanted is \[1, 4\]"),
        ({"token": (1, 4), "keys": (2, 64, 8)}, "'keys' as .2, 64, 8., wanted is .2, 'window', 8."),
        ({**WANTED, "more": ()}, "^It has an input 'more' that this livehost does not know.$"),
    ],
)
def test_what_differs_is_named(found, words):
    with pytest.raises(LivehostError, match=words):
        difference("It", "input", WANTED, found)
