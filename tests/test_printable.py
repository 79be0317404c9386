import pytest

from livehost.printable import few, one_line, printable, shortly


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("naïve · 鼓 – 𝄞.wav", "naïve · 鼓 – 𝄞.wav"),
        ("caf\udce9", "caf�"),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("\x9b31m", "�31m"),
        ("a\nb\tc\r\x00\x7f", "a�b�c���"),
        ("\u202egnp.wav\u2069", "�gnp.wav�"),
        ("two\u2028lines", "two�lines"),
        ("alone \ud800", "alone �"),
    ],
)
def test_what_a_terminal_obeys_is_replaced(text, shown):
    assert printable(text) == shown
    assert printable(shown) == shown
    shown.encode("utf-8")


def test_line_breaks_may_stay():
    assert printable("a\n\tb\x1b", keep="\n\t") == "a\n\tb�"


def test_a_sentence_is_one_line():
    assert one_line(" It failed:\r\n  deep in\tthere \n\x1b]0;title\x07") == "It failed: deep in there �]0;title�"
    assert one_line("a  b.wav") == "a  b.wav"


def test_a_long_value_is_cut():
    assert shortly("many") == "'many'"
    assert shortly("a" * 1_000_000) == "'" + 57 * "a" + " …"


def test_many_texts_are_cut_and_counted():
    assert few(["a", "b"]) == "a, b"
    assert few([]) == ""
    assert few(list("abcde"), " ", 3) == "a b c and 2 more"
    assert few(list("abc"), " ", 3) == "a b c"
