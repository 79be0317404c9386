"""How a chooser uses the memory of a session: what it is told, and its share of a choice.

A chooser's record has a field ``session``, the address of a `MEMORY`, 0 for none. Both sides are log-probabilities, but
for a constant that falls away among the candidates: cost = (1 − m) · cost + m · (−log p_memory), m = `player.memory`,
over the chooser's own candidates and what the memory proposes. At m = 0 nothing is asked, and nothing changes.
"""

from livehost.players.memory.query import memory_logp
from livehost.players.memory.state import SOUNDING_AT, memory_at
from livehost.rt.native import call2, kernel


@kernel
def session_hear(state, place, provisional):
    """Tell the memory of a heard segment, by the address of its place; a provisional one still sounds. RT: worker."""
    if state.session != 0:
        memory = memory_at(state.session)
        call2(memory.hear if provisional == 0 else memory.peek, state.session, place)


@kernel
def session_played(state, item, layer):
    """Tell the memory of an item that was put out; what sounds together with another one is passed over. RT: worker."""
    if state.session != 0 and layer == 0:
        call2(memory_at(state.session).played, state.session, item)


@kernel
def session_forget(state):
    """Have the memory forget. RT: worker."""
    if state.session != 0:
        call2(memory_at(state.session).forget, state.session, 0)


@kernel
def memory_share(state, io, p):
    """Give the memory's share of a choice, 0 … 1: `player.memory`.

    The memory says what comes next. What is to sound with the sound that is heard now (`now`) and mirrors it (`follow`
    above 0.5) is not to be what comes next, and leaves it as much less. RT: worker
    """
    if state.session == 0 or not p.memory > 0.0:
        return 0.0
    return min(p.memory, 1.0) * (min(2.0 - 2.0 * p.follow, 1.0) if io.now != 0 else 1.0)


@kernel
def add_proposed(state, share, follow, count):
    """Ask the memory, and put what it proposes behind the candidates in `index` that it is not among.

    `follow` says which line counts: at 0.5 and above the heard one alone, at 0 the own one. Gives the new count.

    RT: worker
    """
    if share <= 0.0:
        return count
    memory = memory_at(state.session)
    memory.heard_share = min(2.0 * follow, 1.0)
    proposed = call2(memory.scores, state.session, state.session + SOUNDING_AT if memory.sounding != 0 else 0)
    own = count
    for k in range(proposed):
        new = True
        for i in range(own):
            new = new and state.index[i] != memory.item[k]
        if new:
            state.index[count] = memory.item[k]
            count += 1
    return count


@kernel
def blended(state, share, item, cost):
    """Give the cost of an item with the memory's share in it, after `add_proposed`. RT: worker."""
    if share <= 0.0:
        return cost
    return (1.0 - share) * cost - share * memory_logp(memory_at(state.session), item)
