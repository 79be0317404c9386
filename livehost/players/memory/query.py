"""What came next where it was like now: the lines of a memory are asked.

Sounds are continuous and no two strokes measure the same, so a context is found by symbols and weighed by distances.
The newest sounds' codes lead along the suffix links (`line`) to earlier places; each of them is then compared with now,
sound by sound backwards. With s(k) = exp(−d²(k) / tolerance²) for the k-th newest sounds, it weighs
Σ_k BASE^k · s(0) ⋯ s(k). Where sounds are either the same or different that is back-off over the lengths of contexts,
`BASE` times as much for each further sound; where they are nearly the same it fades evenly. What followed there is
found again in the bank, and all of it stands against `ESCAPE` and `DOUBT`, which the whole bank shares: a context that
was never met says nothing. What was heard is looked for in the heard line and in the sources of the bank alike.
"""

import numpy as np

from livehost.players.memory.codebook import NEAR, rank_codes
from livehost.players.memory.line import (
    MOMENT,
    ORDERS,
    PLACE_AT,
    head_address,
    moment_address,
    moment_at,
    oldest,
    same_context,
)
from livehost.players.memory.state import (
    BANK_LINE,
    CHAINS,
    HEARD_LINE,
    PLAYED_LINE,
    PROPOSED,
    VISITS,
    line_of,
)
from livehost.players.top_rows import DIMENSIONS, keep, squared_distance
from livehost.rt.native import f32, f64, i64, kernel, record_at, u8

#: Sounds of a context that are compared at most, and what one more counts against one less.
DEPTH, BASE = 8, 4.0
#: Contexts less alike than this are not compared further.
LEAST = 1e-3
#: Where no context is the very same: tolerance² in units of the squared distance from the best one, at least.
SLACK = 0.3
#: What stands for all that was never met, against a context of one sound that is the very same.
ESCAPE = 1.0
#: Share of all that was found which stands for it beside that: whoever repeats a bar may leave it at any sound.
DOUBT = 0.03
#: Tolerance of a sound that still sounds, of which only the beginning is known, in units of that of closed ones.
UNSURE = 6.0
#: What a context of it alone counts, with no sound before it that is alike.
PEEK_ALONE = 0.02
_ORDERS = len(ORDERS)


@kernel
def _place(line, n, provisional):
    """Get the address of the place of sound n; the one after the last is `provisional`. RT: worker."""
    return provisional if n == line.count else moment_address(line, n) + PLACE_AT


@kernel
def _distance(state, line, n, context, at, provisional):
    """Measure how far sound n of a line lies from sound `at` of the context's line, squared. RT: worker."""
    now = f32(_place(context, at, provisional), DIMENSIONS)
    return np.float64(squared_distance(f32(moment_address(line, n) + PLACE_AT, DIMENSIONS), now, state.columns))


@kernel
def _weigh(state, line, n, context, newest, provisional, nearest):
    """Weigh the context that sound n of a line ends against that of now; the best one's newest is `nearest` away.

    RT: worker
    """
    first, begin, total, alike = oldest(line), oldest(context), 0.0, 1.0
    base = 1.0 if provisional == 0 else PEEK_ALONE
    unsure = UNSURE if provisional != 0 else 1.0
    tolerance = state.tolerance * state.tolerance
    at_least = SLACK * nearest
    for k in range(DEPTH):
        if n - k < first or newest - k < begin:
            break
        d = _distance(state, line, n - k, context, newest - k, provisional)
        alike *= np.exp(-d / max(unsure * unsure * tolerance, at_least))
        unsure = 1.0
        if not alike >= LEAST:
            break
        total += base * alike
        base = BASE * max(base, 1.0)
    return total


@kernel
def _find_places(state, which, context, provisional, count, nearest):
    """Find sounds of a line where it was like now, at the end of the context: `match`, `match_line`.

    Gives the new count, and how far the newest sound lies from the nearest of them, squared. RT: worker
    """
    line = line_of(state, which)
    newest = context.count if provisional != 0 else context.count - 1
    if newest < oldest(context):
        return count, nearest
    best, second = rank_codes(state, _place(context, newest, provisional))
    for chain in range(CHAINS):
        order, symbol, end, ahead = chain % _ORDERS, best, newest - 1, 0
        if chain >= 2 * _ORDERS:
            if provisional == 0 or newest - 1 < oldest(context):
                break
            symbol, end, ahead = moment_at(context, newest - 1).symbol, newest - 2, 1
        elif chain >= _ORDERS:
            if second == best:
                continue
            symbol = second
        head = head_address(line, order, symbol, context, end)
        link = i64(head, 1)[0] if head != 0 else 0
        for _ in range(VISITS):
            n = link - 1
            if n < oldest(line):
                break
            link = moment_at(line, n).link[order]
            if n + ahead + 1 >= line.count or not same_context(line, order, n, symbol, context, end):
                continue
            following = moment_at(line, n + ahead + 1)
            if following.seen == state.question:
                continue
            following.seen = state.question
            state.match[count], state.match_line[count] = n + ahead, which
            nearest = min(nearest, _distance(state, line, n + ahead, context, newest, provisional))
            count += 1
    return count, nearest


@kernel
def _find_matches(state, which, provisional):
    """Find what followed where it was like now at the end of a line: `match`, `weight`; gives how many. RT: worker."""
    context = line_of(state, which)
    newest = context.count if provisional != 0 else context.count - 1
    found, nearest = _find_places(state, which, context, provisional, 0, np.inf)
    if which == HEARD_LINE:
        found, nearest = _find_places(state, BANK_LINE, context, provisional, found, nearest)
    count = 0
    for i in range(found):
        line, n = line_of(state, state.match_line[i]), state.match[i]
        weight = _weigh(state, line, n, context, newest, provisional, nearest)
        if weight > 0.0:
            state.match[count], state.weight[count] = moment_address(line, n + 1), weight
            count += 1
    return count


@kernel
def _collect(state, matches, share, touched):
    """Give the items of what followed their part of `share`, in `mass`; gives items touched, and what is left of it.

    RT: worker
    """
    mass, asked, allowed = f64(state.mass, state.items), i64(state.asked, state.items), u8(state.allowed, state.items)
    total = 0.0
    for i in range(matches):
        total += state.weight[i]
    total = ESCAPE + (1.0 + DOUBT) * total
    left = share
    for i in range(matches):
        moment = record_at(state.match[i], MOMENT)
        for k in range(NEAR):
            item = moment.item[k]
            if item < 0 or allowed[item] != 1:
                continue
            if asked[item] != state.question:
                asked[item], mass[item] = state.question, 0.0
                state.touched[touched] = item
                touched += 1
            part = share * state.weight[i] / total * np.float64(moment.share[k])
            mass[item] += part
            left -= part
    return touched, left


@kernel
def memory_scores(state, heard_share, provisional, items, logp):
    """Say what comes next: at most `PROPOSED` allowed items, and how likely each is.

    Parameters
    ----------
    heard_share : float64
        0 … 1: how much what followed in the heard line counts; what followed in the own line has the rest.
    provisional : int64
        Address of float32 [DIMENSIONS], the place of a segment that still sounds: the newest of the context. 0: none.
    items : int64 [PROPOSED], out
        The likeliest, in no order.
    logp : float64 [PROPOSED], out
        Natural logarithms of their probabilities.

    Returns
    -------
    (int64, float64)
        How many, and the log-probability of each item that never followed; `memory_logp` gives that of any item.

    RT: worker
    """
    state.question += 1
    touched, left = 0, 0.0
    for which in (HEARD_LINE, PLAYED_LINE):
        share = heard_share if which == HEARD_LINE else 1.0 - heard_share
        if share <= 0.0:
            continue
        matches = _find_matches(state, which, provisional if which == HEARD_LINE else 0)
        touched, more = _collect(state, matches, share, touched)
        left += more
    state.floor = max(left, 1e-9) / state.items
    mass, count, worst = f64(state.mass, state.items), 0, np.float32(np.inf)
    for i in range(touched):
        lightness = np.float32(-mass[state.touched[i]])
        if lightness < worst:
            count, worst = keep(state.lightness, state.best, count, PROPOSED, worst, lightness, state.touched[i])
    for k in range(count):
        items[k] = state.best[k]
        logp[k] = np.log(mass[state.best[k]] + state.floor)
    return count, np.log(state.floor)


@kernel
def memory_logp(state, item):
    """Give the log-probability of any item, after `memory_scores`; -1 is none that ever followed. RT: worker."""
    if item < 0 or i64(state.asked, state.items)[item] != state.question:
        return np.log(state.floor)
    return np.log(f64(state.mass, state.items)[item] + state.floor)
