"""A musician's rhythm: the times between onsets as they were played, and a walk that goes on in their manner.

The walk follows remembered phrases, and now and then (or where one ends) jumps to another place that followed the same
time between onsets, or else to the beginning of a phrase: a Markov walk of first order over what was really played.
"""

from livehost.players.rng import advance, unit
from livehost.rt.native import kernel

#: Times between onsets that are remembered.
REMEMBERED = 64
#: Onsets of a phrase that are remembered; of a longer one, the last.
PHRASE = 256
#: How often the walk jumps where it could go straight on.
JUMP = 0.15
#: Two times are the same when they differ by no more than an eighth of the shorter.
SAME = 8

#: Fields of the rhythm in the state of the timing. Entry number e stands at e % REMEMBERED.
RHYTHM_FIELDS = [
    ("learnt", "i8"),  # entries ever learnt
    ("ioi", "i8", (REMEMBERED,)),  # frames from the onset before
    ("level", "f8", (REMEMBERED,)),  # of the onset that ends it, dB
    ("first", "i8", (REMEMBERED,)),  # 1: the first of a phrase, nothing leads to it
    ("place", "i8"),  # entry where the walk stands
    ("place_ioi", "i8"),  # its time: the entry itself may be forgotten meanwhile
    ("scratch", "i8", (PHRASE,)),
]


@kernel
def learn(state, ioi, level_db, first):
    """Remember one time between onsets. RT: worker."""
    at = state.learnt % REMEMBERED
    state.ioi[at], state.level[at], state.first[at] = ioi, level_db, first
    state.learnt += 1


@kernel
def _may_follow(state, e, how):
    """Tell whether the walk may jump to an entry: 0 it followed the same time, 1 it begins a phrase, 2 in any case.

    RT: worker
    """
    if how == 2:
        return True
    first = state.first[e % REMEMBERED] != 0
    if how == 1 or first or e == state.learnt - REMEMBERED:
        return how == 1 and first
    before, here = state.ioi[(e - 1) % REMEMBERED], state.place_ioi
    return abs(before - here) * SAME <= min(before, here)


@kernel
def walk(state):
    """Go one step on; `place` and `place_ioi` tell where to. At least one entry must be learnt. RT: worker."""
    oldest = max(state.learnt - REMEMBERED, 0)
    ahead = state.place + 1
    goes_on = oldest < ahead < state.learnt and state.first[ahead % REMEMBERED] == 0
    state.random = advance(state.random)
    jumps = not goes_on or unit(state.random) < JUMP
    state.random = advance(state.random)
    how = 0
    while jumps and how < 3:
        found = 0
        for e in range(oldest, state.learnt):
            if _may_follow(state, e, how):
                state.scratch[found] = e
                found += 1
        if found > 0:
            ahead = state.scratch[int(unit(state.random) * found)]
        # a line that could go straight on does so rather than begin somewhere else
        jumps = found == 0 and not goes_on
        how += 1
    state.place = ahead
    state.place_ioi = state.ioi[ahead % REMEMBERED]


@kernel
def median(values, scratch, begin, end):
    """Lower median of entries begin … end − 1 of a ring of `PHRASE`, at least one. RT: worker."""
    count = end - begin
    for i in range(count):
        value = values[(begin + i) % PHRASE]
        j = i
        while j > 0 and scratch[j - 1] > value:
            scratch[j] = scratch[j - 1]
            j -= 1
        scratch[j] = value
    return scratch[(count - 1) // 2]
