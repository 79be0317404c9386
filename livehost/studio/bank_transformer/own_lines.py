"""What the machine played in a training sequence: the truth, anything, or what the model itself would have played.

On stage its own choices stand in the context, and they are not the recording's. A model that only ever saw the truth
there takes what it played for where the music is.
"""

import numpy as np

from livehost.inference.tokens import PLAYED
from livehost.studio.bank_transformer.lines import Line
from livehost.studio.bank_transformer.peeks import Peeks

#: Kind → chance.
KINDS = {"true": 0.25, "random": 0.4, "self": 0.35}
#: Of random lines: this share goes on with the successor of what was played, this often.
RUNS, GOES_ON = 0.5, 0.7


def draw_kind(random: np.random.Generator) -> str:
    """Draw one of `KINDS`."""
    return str(random.choice(list(KINDS), p=list(KINDS.values())))


def random_items(count: int, successor: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Draw a line of items, int64 [count]: any, in some lines with runs of successors.

    Parameters
    ----------
    count : int
    successor : int64 [items]
        Item that follows each, −1 for none.
    random : numpy.random.Generator
    """
    drawn = random.integers(len(successor), size=count)
    if random.random() < RUNS:
        goes_on = random.random(count) < GOES_ON
        for k in range(1, count):
            if goes_on[k] and successor[drawn[k - 1]] >= 0:
                drawn[k] = successor[drawn[k - 1]]
    return drawn


def asked(line: Line, peeks: Peeks, random: np.random.Generator) -> np.ndarray:
    """Say which query chose each played token: a peek just before it, or the token before it.

    Returns
    -------
    int64 [n]
        Place among tokens, then peeks; −1 where nothing was asked, or nothing was played.
    """
    count = len(line)
    places = np.arange(count)
    chosen = places - 1
    if len(peeks.before):
        first = np.searchsorted(peeks.before, places, side="left")
        number = np.searchsorted(peeks.before, places, side="right") - first
        peek = first + (random.random(count) * number).astype(np.int64)
        peeked = (number > 0) & ((random.random(count) < 0.75) | (chosen < 0))
        chosen = np.where(peeked, count + peek, chosen)
    return np.where(line.source == PLAYED, chosen, -1)
