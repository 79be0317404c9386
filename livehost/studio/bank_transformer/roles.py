"""Random roles for training: each event of a recording is heard, played by the machine, or both.

A model that only ever hears one source continues it. Roles drawn at random make it answer, echo, and take turns.
"""

import numpy as np

from livehost.inference.tokens import HEARD, PLAYED

#: An event that the machine doubles: its item first, then what was heard.
BOTH = 2
LONGEST_PHRASE = 12


def _all(role: int, count: int) -> np.ndarray:
    return np.full(count, role, np.int64)


def _scattered(count: int, random: np.random.Generator) -> np.ndarray:
    return np.where(random.random(count) < random.uniform(0.15, 0.85), HEARD, PLAYED)


def _phrases(count: int, random: np.random.Generator) -> np.ndarray:
    role = int(random.integers(2))
    roles = np.empty(count, np.int64)
    at = 0
    while at < count:
        length = int(random.integers(1, LONGEST_PHRASE + 1))
        roles[at : at + length] = role
        at, role = at + length, 1 - role
    return roles


#: Patterns: chance, and how roles of a number of events are made.
PATTERNS = {
    "heard": (0.3, lambda count, _: _all(HEARD, count)),
    "played": (0.15, lambda count, _: _all(PLAYED, count)),
    "scattered": (0.15, _scattered),
    "phrases": (0.15, _phrases),
    "both": (0.25, lambda count, _: _all(BOTH, count)),
}


def draw_roles(count: int, random: np.random.Generator) -> np.ndarray:
    """Draw the roles (`HEARD`, `PLAYED`, `BOTH`) of a number of events, int64 [count]."""
    names = list(PATTERNS)
    chances = np.array([PATTERNS[name][0] for name in names])
    return roles(names[int(random.choice(len(names), p=chances / chances.sum()))], count, random)


def roles(pattern: str, count: int, random: np.random.Generator) -> np.ndarray:
    """Make the roles of one of `PATTERNS`, int64 [count]."""
    made: np.ndarray = PATTERNS[pattern][1](count, random)
    return made
