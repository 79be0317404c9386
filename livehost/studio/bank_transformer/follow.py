"""Which item is the right answer: by `follow`, and by whether the answer sounds with what is heard now.

| now | follow 1: mirror | 0.5: respond | 0: own line |
|---|---|---|---|
| yes | the very sound | what comes next | the successor of what the machine played last |
| no | what comes next | what comes next | the same |

In between, one of the two neighbours is right by chance. Where heard and bank are strangers nothing comes next: then a
response mirrors, mostly, and goes on with the own line otherwise.
"""

import numpy as np

from livehost.studio.bank_transformer.lines import OWN

#: Chances of how `follow` is drawn for a stretch: respond, mirror, own line; uniform otherwise.
RESPOND, MIRROR, OWN_LINE = 0.45, 0.2, 0.1
#: How often it changes in the middle of a sequence.
CHANGES = 0.3
#: How often a response to a stranger's music mirrors it.
MIRRORS_STRANGER = 0.7


def draw_follow(random: np.random.Generator) -> float:
    """Draw a value of `follow`."""
    chance = random.random()
    for share, value in ((RESPOND, 0.5), (MIRROR, 1.0), (OWN_LINE, 0.0)):
        if chance < share:
            return value
        chance -= share
    return float(random.random())


def follow_of(count: int, random: np.random.Generator) -> np.ndarray:
    """Draw `follow` for each place of a sequence, float64 [count + 1]: the last is for what comes after all tokens."""
    follow = np.full(count + 1, draw_follow(random))
    if random.random() < CHANGES:
        follow[int(random.integers(count + 1)) :] = draw_follow(random)
    return follow


def draw_targets(
    follow: np.ndarray,
    now: np.ndarray,
    following: np.ndarray,
    mirror: np.ndarray,
    last_played: np.ndarray,
    random: np.random.Generator,
    *,
    strangers: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw the right answer of each query.

    Parameters
    ----------
    follow : float64 [q]
    now : bool [q]
    following : int64 [q]
        Item that comes next; −1 for none, `OWN` where only the own line goes on.
    mirror : int64 [q]
        Item that is what is heard now, −1 for none.
    last_played : int64 [q]
        Place of the token that the machine played last, −1 for none.
    random : numpy.random.Generator
    strangers : bool
        Whether the bank has nothing to do with what is heard.

    Returns
    -------
    target : int64 [q]
        Items; −1 where nothing is right, or the own line is.
    own : int64 [q]
        Where the own line is right: the place of the token whose successor is the target; −1 elsewhere.
    """
    chance = random.random(len(follow))
    mirrors = chance < 2.0 * follow - 1.0
    owns = chance < 1.0 - 2.0 * follow
    if strangers:
        mirrors |= ~owns & (random.random(len(follow)) < MIRRORS_STRANGER)
        mirrors &= mirror >= 0
    else:
        mirrors &= now & (mirror >= 0)
        owns &= last_played >= 0
    owns = ~mirrors & (owns | (following == OWN))
    target = np.where(mirrors, mirror, np.where(owns, -1, following))
    return np.where(target == OWN, -1, target), np.where(owns, last_played, -1)
