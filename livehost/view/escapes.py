"""What a terminal sends for keys that are no characters: sequences that begin with Escape, which are left out."""

from collections.abc import Callable, Iterator

_ESCAPE = "\x1b"
#: An Escape that nothing follows for so long was the key itself, s.
_ALONE_S = 0.5
#: What follows an Escape where a sequence of more characters begins (CSI, SS3).
_LONG, _SHORT = "[", "O"


class Escapes:
    r"""Leaves escape sequences out of characters that come in pieces: an arrow key is no letter.

    Parameters
    ----------
    clock : callable
        Monotonic seconds.

    Examples
    --------
    >>> "".join(Escapes(lambda: 0.0).take("a\x1b[1;5Db\x1bOPc"))
    'abc'
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._within, self._at = "", 0.0

    def take(self, characters: str) -> Iterator[str]:
        """Give those that are keys of their own."""
        if self._within and self._clock() - self._at > _ALONE_S:
            self._within = ""
        for character in characters:
            self._at = self._clock()
            if character == _ESCAPE:
                self._within = _ESCAPE
            elif self._within == _ESCAPE:
                self._within = character if character in (_LONG, _SHORT) else ""
            elif self._within == _LONG:  # parameters, then a final byte
                self._within = "" if "@" <= character <= "~" else _LONG
            elif self._within == _SHORT:
                self._within = ""
            else:
                yield character
