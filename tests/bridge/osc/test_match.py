import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livehost.bridge.osc.match import is_pattern, matches


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("/a/*", ["/a/b", "/a/", "/a/bcd"], ["/a", "/a/b/c", "/b/a"]),
        ("/a/?c", ["/a/bc"], ["/a/c", "/a/bbc"]),
        ("/voice/0[1-3]/gain", ["/voice/01/gain", "/voice/03/gain"], ["/voice/04/gain", "/voice/0/gain"]),
        ("/[!a-c]x", ["/dx", "/-x", "/!x"], ["/ax", "/x"]),
        ("/[a-]", ["/a", "/-"], ["/b"]),
        ("/m/{top_k,top_p}", ["/m/top_k", "/m/top_p"], ["/m/top_", "/m/top_kp"]),
        ("/{a,ab}b", ["/ab", "/abb"], ["/a", "/b"]),
        ("/*ab*", ["/ab", "/xaabb"], ["/ba"]),
        ("/[a", [], ["/[a", "/a"]),
        ("/{a", [], ["/{a", "/a"]),
        ("/a]", [], ["/a]"]),
        ("/plain", ["/plain"], ["/plai", "/plain/x"]),
    ],
)
def test_rules(pattern, yes, no):
    assert [matches(pattern, a) for a in yes] == [True] * len(yes)
    assert [matches(pattern, a) for a in no] == [False] * len(no)


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_agrees_with_the_shell(pattern, text):
    assert matches("/" + pattern, "/" + text) == fnmatch.fnmatchcase(text, pattern)


def test_a_hostile_pattern_takes_no_time():
    assert not matches("/" + "*a" * 120 + "b", "/" + "a" * 250)
    assert not matches("/" + "{a,aa}" * 40 + "b", "/" + "a" * 250)
    assert not matches("/" + "*" * 300, "/a")  # longer than any pattern that is looked at


def test_is_pattern():
    assert is_pattern("/a/*")
    assert not is_pattern("/livehost/model/top_k")
