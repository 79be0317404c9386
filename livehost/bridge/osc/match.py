"""OSC address patterns (``* ? [] {}``), matched without regular expressions: no pattern from the network takes long."""

from collections.abc import Callable, Iterable
from functools import lru_cache

_WILD = frozenset("*?[]{}")
#: Longest pattern that is looked at.
MAX_PATTERN = 256

#: Takes a part of an address and a place in it, and gives the places at which matching may go on.
_Step = Callable[[str, int], Iterable[int]]


def is_pattern(address: str) -> bool:
    """Whether an address is a pattern."""
    return not _WILD.isdisjoint(address)


def matches(pattern: str, address: str) -> bool:
    """Whether a pattern matches an address, by the rules of OSC 1.0: wildcards do not cross ``/``.

    A pattern that is no pattern (an open bracket) matches nothing.
    """
    if len(pattern) > MAX_PATTERN:
        return False
    wanted, parts = pattern.split("/"), address.split("/")
    return len(wanted) == len(parts) and all(map(_part, wanted, parts))


def _part(pattern: str, text: str) -> bool:
    if not is_pattern(pattern):
        return pattern == text
    steps = _steps(pattern)
    places = {0} if steps is not None else set()
    for step in steps or ():
        places = {after for place in places for after in step(text, place)}
    return len(text) in places


@lru_cache(maxsize=256)
def _steps(pattern: str) -> tuple[_Step, ...] | None:
    steps: list[_Step] = []
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        close = pattern.find({"[": "]", "{": "}"}.get(sign, ""), at) if sign in "[{" else at
        if close < 0 or sign in "]}":
            return None
        inside = pattern[at + 1 : close]
        if sign == "*":
            steps.append(lambda text, place: range(place, len(text) + 1))
        elif sign == "?":
            steps.append(lambda text, place: (place + 1,) if place < len(text) else ())
        elif sign == "[":
            steps.append(_one_of(inside))
        elif sign == "{":
            steps.append(_word_of(tuple(inside.split(","))))
        else:
            steps.append(_word_of((sign,)))
        at = close + 1
    return tuple(steps)


def _word_of(words: tuple[str, ...]) -> _Step:
    return lambda text, place: [place + len(w) for w in words if text.startswith(w, place)]


def _one_of(inside: str) -> _Step:
    allow = not inside.startswith("!")
    inside = inside.removeprefix("!")
    allowed: set[str] = set()
    at = 0
    while at < len(inside):
        first, last = ord(inside[at]), ord(inside[at])
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            last = min(ord(inside[at + 2]), first + 128)
            at += 2
        allowed.update(map(chr, range(first, last + 1)))
        at += 1
    return lambda text, place: (place + 1,) if place < len(text) and (text[place] in allowed) == allow else ()
