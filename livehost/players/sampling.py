"""From costs to choices: softmax with temperature, top-p, and several draws without replacement.

All work in place on the first `count` entries of arrays that stand in the player's record: `SAMPLING_FIELDS`.
"""

import numpy as np

from livehost.players.chooser import CHOICES
from livehost.players.memory.state import PROPOSED
from livehost.players.play_history import HARD, REMEMBERED
from livehost.players.rng import advance, unit
from livehost.rt.native import kernel

#: Largest top_k.
MOST = 256
#: Items that are proposed because they begin like what sounds, at most.
ALIKE = 32
#: Candidates: top_k, as many more as penalties may push away, what the session's memory and likeness propose, and a
#: successor.
CANDIDATES = MOST + REMEMBERED + PROPOSED + ALIKE + 2

#: What a player that samples keeps in its record.
SAMPLING_FIELDS = (
    ("distance", "f4", (CANDIDATES,)),
    ("index", "i8", (CANDIDATES,)),
    ("cost", "f8", (CANDIDATES,)),
    ("probability", "f8", (CANDIDATES,)),
    ("key", "f8", (CANDIDATES,)),
    ("order", "i8", (CHOICES,)),
    ("seed", "u8"),
    ("random", "u8"),
)


@kernel
def sort_by_cost(cost, index, count):
    """Sort ascending by cost, equal ones by index, in place (Shell, 1959). RT: worker."""
    gap = count // 2
    while gap > 0:
        for i in range(gap, count):
            c, k = cost[i], index[i]
            j = i
            while j >= gap and (cost[j - gap] > c or (cost[j - gap] == c and index[j - gap] > k)):
                cost[j], index[j] = cost[j - gap], index[j - gap]
                j -= gap
            cost[j], index[j] = c, k
        gap //= 2


@kernel
def softmax(cost, probability, count, temperature, top_p):
    """Turn ascending costs into probabilities ∝ exp(−cost / temperature), cut to the likeliest that make up `top_p`.

    At temperature 0 the first has probability 1. Entries after the cut have 0. RT: worker
    """
    total = 0.0
    for i in range(count):
        p = 0.0
        if i == 0:
            p = 1.0
        elif temperature > 0.0:
            p = np.exp((cost[0] - cost[i]) / temperature)
        probability[i] = p
        total += p
    kept, limit = 0.0, top_p * total
    for i in range(count):
        p = probability[i]
        if i > 0 and kept >= limit:
            p = 0.0
        probability[i] = p
        kept += p
    for i in range(count):
        probability[i] /= kept


@kernel
def draw(probability, key, count, temperature, wanted, order, random):
    """Draw up to `wanted` different entries, likelier ones sooner (Gumbel-top-k: Kool, van Hoof and Welling, 2019).

    At temperature 0 nothing is random: entries come by probability, equal ones in their order. Entries of probability 0
    come last, in their order.

    Parameters
    ----------
    probability : float64 [count]
    key : float64 [count], scratch
    order : int64 [wanted], out
        Entries drawn.
    random : uint64
        State of the random numbers.

    Returns
    -------
    (int64, uint64)
        How many were drawn, and the new state.

    RT: worker
    """
    for i in range(count):
        random = advance(random)
        p = probability[i]
        if p <= 0.0:
            key[i] = -1e9 - i
        elif temperature <= 0.0:
            key[i] = p
        else:
            key[i] = np.log(p) - np.log(-np.log(unit(random)))
    drawn = min(wanted, count)
    for k in range(drawn):
        best = 0
        for i in range(1, count):
            if key[i] > key[best]:
                best = i
        order[k] = best
        key[best] = -np.inf
    return drawn, random


@kernel
def weigh(state, count, wanted, temperature, top_p):
    """Sort candidates by cost, keep at most `wanted` and none that is barred while another is left, and weigh them.

    Gives how many are left. RT: worker
    """
    sort_by_cost(state.cost, state.index, count)
    count = min(count, wanted)
    while count > 1 and state.cost[count - 1] >= 0.5 * HARD:
        count -= 1
    softmax(state.cost, state.probability, count, temperature, top_p)
    return count


@kernel
def sample_choices(state, io, temperature, count):
    """Draw from the candidates what is to be armed: `index`, `probability` and `count` of `io`. RT: worker."""
    drawn, state.random = draw(state.probability, state.key, count, temperature, CHOICES, state.order, state.random)
    for k in range(drawn):
        io.index[k] = state.index[state.order[k]]
        io.probability[k] = state.probability[state.order[k]]
    io.count = drawn
