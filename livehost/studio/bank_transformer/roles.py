"""Random roles for training: each event of a recording is heard, played by the machine, or both.

A model that only ever hears one source continues it. Roles drawn at random make it answer, echo, and take turns.
"""

import numpy as np

from livehost.inference.tokens import HEARD, PLAYED

#: An event that the machine answers: what was heard, and what it played to it.
BOTH = 2
LONGEST_PHRASE = 12


def _all(role: int, count: int) -> np.ndarray:
    return np.full(count, role, np.int64)


def _scattered(count: int, random: np.random.Generator) -> np.ndarray:
    return np.where(random.random(count) < random.uniform(0.15, 0.85), HEARD, PLAYED)


def _answered(count: int, random: np.random.Generator) -> np.ndarray:
    return np.where(random.random(count) < random.uniform(0.3, 0.95), BOTH, HEARD)


def _phrases(count: int, random: np.random.Generator) -> np.ndarray:
    here, there = ((HEARD, PLAYED), (PLAYED, HEARD), (BOTH, HEARD), (HEARD, BOTH), (BOTH, PLAYED))[random.integers(5)]
    roles = np.empty(count, np.int64)
    at = 0
    while at < count:
        length = int(random.integers(1, LONGEST_PHRASE + 1))
        roles[at : at + length] = here
        at, here, there = at + length, there, here
    return roles


#: Patterns: chance, and how roles of a number of events are made.
PATTERNS = {
    "heard": (0.12, lambda count, _: _all(HEARD, count)),
    "played": (0.05, lambda count, _: _all(PLAYED, count)),
    "scattered": (0.08, _scattered),
    "phrases": (0.15, _phrases),
    "answered": (0.2, _answered),
    "both": (0.4, lambda count, _: _all(BOTH, count)),
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
