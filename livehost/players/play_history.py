"""What a player remembers of its own doing: what it played lately, and how much it is drawn to what was approved.

All work on the player's record, which holds `HISTORY_FIELDS`.
"""

import numpy as np

from livehost.rt.native import kernel

#: Played items that are remembered.
REMEMBERED = 16
#: How strongly `repeat` pushes away, in units of cost (for the nearest player, of `Space.spacing`).
PENALTY = 2.0
#: Cost of an item that may only come when nothing else is left; the longer ago it was played, the cheaper.
HARD = 1e6
#: What one approval adds to the pull of what is liked, the most that it may be, and what is left of it after each play.
PREFERENCE_STEP, PREFERENCE_MOST, PREFERENCE_DECAY = 0.3, 0.6, 0.9

#: What a player that remembers keeps in its record.
HISTORY_FIELDS = (
    ("memory", "i8", (REMEMBERED,)),  # ring of played items
    ("plays", "i8"),
    ("excluded", "i8"),  # item that must not come next, -1 for none
    ("preference_strength", "f8"),
)


@kernel
def forget_plays(state):
    """Forget what was played and approved. RT: worker."""
    state.plays, state.excluded, state.preference_strength = 0, -1, 0.0


@kernel
def remember(state, item):
    """Remember an item that was sent out. RT: worker."""
    state.memory[state.plays % REMEMBERED] = item
    state.plays += 1
    state.excluded = -1
    state.preference_strength *= PREFERENCE_DECAY


@kernel
def last_played(state):
    """Item played last, -1 for none. RT: worker."""
    if state.plays == 0:
        return -1
    return state.memory[(state.plays - 1) % REMEMBERED]


@kernel
def penalty(state, item, repeat):
    """Give what an item costs for having been played lately.

    The play before the last one j times over weighs w = repeat^(1 + j): 0 at `repeat` 0; 1, out of the question, for
    all that is remembered at `repeat` 1. Its cost is −`PENALTY`·log(1 − w). It fades fast, so that a choice that went
    the other way by a hair does not turn all that come after it.

    RT: worker
    """
    cost = 0.0
    if item == state.excluded:
        cost = 2.0 * HARD
    for j in range(min(state.plays, REMEMBERED)):
        if state.memory[(state.plays - 1 - j) % REMEMBERED] == item:
            weight = 0.0
            if repeat > 0.0:
                weight = repeat ** (1.0 + j)
            if weight > 0.9999:
                cost += HARD * (1.0 - j / (2.0 * REMEMBERED))
            else:
                cost -= PENALTY * np.log(1.0 - weight)
    return cost


@kernel
def approve(state, preference, place, columns):
    """Draw `preference` half of the way to an approved item's place (all of it for the first), and pull more strongly.

    Both are float32 [columns]. RT: worker
    """
    first = state.preference_strength == 0.0
    for j in range(columns):
        preference[j] = place[j] if first else np.float32(0.5) * (preference[j] + place[j])
    state.preference_strength = min(state.preference_strength + PREFERENCE_STEP, PREFERENCE_MOST)
