"""What a session remembers, natively: two lines of sounds, heard and played, and what came next where it was like now.

Sounds are continuous and no two strokes measure the same, so a context is found by symbols and weighed by distances.
The newest sounds' codes lead along the suffix links (`line`) to earlier places; each of them is then compared with now,
sound by sound backwards. With s(k) = exp(−d²(k) / tolerance²) for the k-th newest sounds, it weighs
Σ_k BASE^k · s(0) ⋯ s(k). Where sounds are either the same or different that is back-off over the lengths of contexts,
`BASE` times as much for each further sound; where they are nearly the same it fades evenly. What followed there is
found again in the bank, and all of it stands against `ESCAPE` and `DOUBT`, which the whole bank shares: a context that
was never met says nothing.

What a call may take is bounded by constants, however long a session and however large its bank.
"""

import numpy as np

from livehost.players.memory.codebook import CODEBOOK_FIELDS, NEAR, find_near, rank_codes
from livehost.players.memory.line import (
    LINE,
    ORDERS,
    PLACE_AT,
    append,
    head_address,
    line_at,
    moment_address,
    moment_at,
    oldest,
    same_context,
)
from livehost.players.top_rows import DIMENSIONS, ROW_BYTES, keep, squared_distance
from livehost.rt.native import f32, f64, i64, kernel, record_at, u8

#: Items that it proposes at most.
PROPOSED = 64
#: Earlier places that are looked at along one chain of links.
VISITS = 32
#: Sounds of a context that are compared at most, and what one more counts against one less.
DEPTH, BASE = 8, 4.0
#: Contexts less alike than this are not compared further.
LEAST = 1e-3
#: What stands for all that was never met, against a context of one sound that is the very same.
ESCAPE = 1.0
#: Share of all that was found which stands for it beside that: whoever repeats a bar may leave it at any sound.
DOUBT = 0.03
#: Tolerance of a sound that still sounds, of which only the beginning is known, in units of that of closed ones.
UNSURE = 6.0
#: What a context of it alone counts, with no sound before it that is alike.
PEEK_ALONE = 0.02
#: Chains: by the newest sound's code, by its second nearest code, by the sound before it.
_ORDERS = len(ORDERS)
_CHAINS = 3 * _ORDERS
_MATCHES = _CHAINS * VISITS
_TOUCHED = 2 * _MATCHES * NEAR
#: Lines.
HEARD_LINE, PLAYED_LINE = 0, 1
_LINE_BYTES = LINE.itemsize

MEMORY = np.dtype(
    [
        *CODEBOOK_FIELDS,
        ("lines", "i8"),  # LINE [2]
        ("tolerance", "f8"),  # distance at which two sounds count as alike by 1/e
        ("question", "i8"),  # number of the question under way
        ("mass", "i8"),  # float64 [items]: probability of an item beyond the floor …
        ("asked", "i8"),  # int64 [items]: … where this is the question
        ("floor", "f8"),  # probability of all others
        ("match", "i8", (_MATCHES,)),  # what followed an earlier place
        ("weight", "f8", (_MATCHES,)),
        ("touched", "i8", (_TOUCHED,)),
        ("lightness", "f4", (PROPOSED,)),
        ("best", "i8", (PROPOSED,)),
        # addresses of its entries (`entries`), for a chooser
        *((name, "i8") for name in ("hear", "peek", "played", "forget", "scores")),
        ("sounding", "i8"),  # 1: there is a segment that still sounds
        ("sounding_place", "f4", (DIMENSIONS,)),
        # arguments and answers of `scores`
        ("heard_share", "f8"),
        ("count", "i8"),
        ("item", "i8", (PROPOSED,)),
        ("logp", "f8", (PROPOSED,)),
    ],
    align=True,
)
SOUNDING_AT = MEMORY.fields["sounding_place"][1]  # type: ignore[index]


@kernel
def memory_at(address):
    """View the `MEMORY` record at an address. RT: worker."""
    return record_at(address, MEMORY)


@kernel
def _line(state, which):
    return line_at(state.lines + which * _LINE_BYTES)


@kernel
def memory_forget(state):
    """Forget all that was heard and played. RT: worker."""
    state.sounding = 0
    for which in range(2):
        line = _line(state, which)
        line.begin = line.count


@kernel
def memory_hear(state, place):
    """Remember a heard segment that is over.

    Parameters
    ----------
    place : int64
        Address of float32 [DIMENSIONS], where it lies in the bank's space.

    RT: worker
    """
    state.sounding = 0
    symbol, _ = rank_codes(state, place)
    find_near(state, place)
    moment = append(_line(state, HEARD_LINE), place, symbol)
    nearest, total = np.sqrt(np.float64(state.near_distance[0])), 0.0
    for k in range(NEAR):
        share = 0.0
        if state.near_item[k] >= 0:
            share = np.exp(state.sharpness * (nearest - np.sqrt(np.float64(state.near_distance[k]))))
        moment.item[k], moment.share[k] = state.near_item[k], np.float32(share)
        total += share
    for k in range(NEAR):
        moment.share[k] = np.float32(moment.share[k] / max(total, 1e-9))


@kernel
def memory_peek(state, place):
    """Take note of a segment that still sounds, to be remembered when it is over; `place` as above. RT: worker."""
    given = f32(place, DIMENSIONS)
    for j in range(DIMENSIONS):
        state.sounding_place[j] = given[j]
    state.sounding = 1


@kernel
def memory_played(state, item):
    """Remember an item that was put out; one that the bank has not is passed over. RT: worker."""
    if not 0 <= item < state.items:
        return
    line = _line(state, PLAYED_LINE)
    moment = append(line, state.matrix + item * ROW_BYTES, i64(state.code, state.items)[item])
    for k in range(NEAR):
        moment.item[k], moment.share[k] = -1, np.float32(0.0)
    moment.item[0], moment.share[0] = item, np.float32(1.0)


@kernel
def _place(line, n, provisional):
    """Get the address of the place of sound n; the one after the last is `provisional`. RT: worker."""
    return provisional if n == line.count else moment_address(line, n) + PLACE_AT


@kernel
def _weigh(state, line, n, newest, provisional):
    """Weigh the context that sound n ends against that of now. RT: worker."""
    first, total, alike, base = oldest(line), 0.0, 1.0, 1.0 if provisional == 0 else PEEK_ALONE
    tolerance = state.tolerance * (UNSURE if provisional != 0 else 1.0)
    for k in range(DEPTH):
        if n - k < first or newest - k < first:
            break
        now = f32(_place(line, newest - k, provisional), DIMENSIONS)
        d = squared_distance(f32(moment_address(line, n - k) + PLACE_AT, DIMENSIONS), now, state.columns)
        alike *= np.exp(-np.float64(d) / (tolerance * tolerance))
        tolerance = state.tolerance
        if not alike >= LEAST:
            break
        total += base * alike
        base = BASE * max(base, 1.0)
    return total


@kernel
def _find_matches(state, line, provisional):
    """Find what followed where it was like now: `match`, `weight`; gives how many. RT: worker."""
    newest = line.count if provisional != 0 else line.count - 1
    count = 0
    if newest < oldest(line):
        return 0
    best, second = rank_codes(state, _place(line, newest, provisional))
    for chain in range(_CHAINS):
        which, symbol, end, ahead = chain % _ORDERS, best, newest - 1, 0
        if chain >= 2 * _ORDERS:
            if provisional == 0 or newest - 1 < oldest(line):
                break
            symbol, end, ahead = moment_at(line, newest - 1).symbol, newest - 2, 1
        elif chain >= _ORDERS:
            if second == best:
                continue
            symbol = second
        head = head_address(line, which, symbol, end)
        link = i64(head, 1)[0] if head != 0 else 0
        for _ in range(VISITS):
            n = link - 1
            if n < oldest(line):
                break
            link = moment_at(line, n).link[which]
            if n + ahead + 1 >= line.count or not same_context(line, which, n, symbol, end):
                continue
            following = moment_at(line, n + ahead + 1)
            if following.seen == state.question:
                continue
            following.seen = state.question
            weight = _weigh(state, line, n + ahead, newest, provisional)
            if weight > 0.0:
                state.match[count], state.weight[count] = n + ahead + 1, weight
                count += 1
    return count


@kernel
def _collect(state, line, matches, share, touched):
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
        moment = moment_at(line, state.match[i])
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
    for which in range(2):
        share = heard_share if which == HEARD_LINE else 1.0 - heard_share
        if share <= 0.0:
            continue
        line = _line(state, which)
        matches = _find_matches(state, line, provisional if which == HEARD_LINE else 0)
        touched, more = _collect(state, line, matches, share, touched)
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
