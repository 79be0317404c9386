"""The next stroke of the musician: where in the bar they strike, learnt online, and what a model says of it.

A beat has `PLACES` at which strokes are counted. Four tables hold how likely a stroke is at each: one repeats with
every beat, one with two, one with the bar, one with two bars. What each foretold so far decides how far it is believed,
so that a steady pulse is known after two beats and a pattern of two bars after four. A stroke that was due and did not
come makes it less likely that the musician still plays, and nothing is unlearnt while they rest.
"""

import math

import numpy as np

from livehost.dsp.beat.grid import beat_position, beat_sure, position_frame
from livehost.dsp.beat.intervals import BINS, LONGEST_S, bin_of, edge
from livehost.dsp.beat.state import BEAT, LONGEST_TABLE, PLACES, TABLES
from livehost.rt.native import f32, kernel, record_at

#: A stroke is expected to within this, ms; the probability that is told is that it comes no farther away.
NEAR_MS = 20.0
#: What a place is likely to have before anything is known: on the beat, on its half, on quarters, on thirds, elsewhere.
ON_BEAT, ON_HALF, ON_QUARTER, ON_THIRD, ELSEWHERE = 0.5, 0.25, 0.1, 0.04, 0.01
#: Share of the newest time in what a place is believed to have; more at first.
LEARN = 0.2
#: How fast it is forgotten which table foretold well, and how sure any of them may be.
TRUST_LEFT, LEAST, MOST = 0.985, 0.004, 0.985
#: How likely the musician is to stop at each stroke.
STOPS = 0.03
#: How much later than expected an onset may be reported, beyond its own lateness, ms.
REPORT_MS = 30.0
#: How far ahead a stroke is looked for, beats, and how unlikely it has to be that there was none before.
AHEAD, SURVIVES = 4, 0.02
#: Spread of strokes about their places: at first, least and most, ms; share of the newest.
SPREAD_MS, LEAST_MS, MOST_MS, SPREAD_STEP, OFF_STEP = 10.0, 2.0, 40.0, 0.06, 0.12


@kernel
def forget_strokes(s, rate):
    """Forget where the musician strikes. RT: worker."""
    for k in range(TABLES * LONGEST_TABLE):
        s.chance[k] = -1.0
    for t in range(TABLES):
        s.trust[t], s.share[t] = 0.0, 1.0 / TABLES
    for k in range(PLACES):
        s.off[k] = 0.0
    s.spread, s.passed, s.place, s.struck, s.alive = SPREAD_MS * 0.001 * rate, 0, -1, -1, 1.0


@kernel
def _at_first(place):
    """Give how likely a stroke is where nothing is known. RT: worker."""
    k = place % PLACES
    if k == 0:
        return ON_BEAT
    if k == PLACES // 2:
        return ON_HALF
    if k % (PLACES // 4) == 0:
        return ON_QUARTER
    return ON_THIRD if k % (PLACES // 3) == 0 else ELSEWHERE


@kernel
def _entry(s, t, place):
    """Give where a table has a place. RT: worker."""
    beats = np.int64(1) if t == 0 else np.int64(2) if t == 1 else s.quantum if t == 2 else 2 * s.quantum
    return t * LONGEST_TABLE + place % (beats * PLACES)


@kernel
def chance_at(s, place):
    """Give how likely a stroke is at a place: what the tables say, each by its share. RT: worker."""
    total, below = 0.0, _at_first(place)
    for t in range(TABLES):
        own = np.float64(s.chance[_entry(s, t, place)])
        if own >= 0.0:
            below = own
        total += s.share[t] * below
    return min(max(total, LEAST), MOST)


@kernel
def _count(s, place, struck, weight):
    """Learn that there was a stroke at a place (1.0), or none (0.0). RT: worker."""
    below, most = _at_first(place), -1e30
    for t in range(TABLES):
        k = _entry(s, t, place)
        own = np.float64(s.chance[k])
        known = own >= 0.0
        if known:
            below = own
        p = min(max(below, LEAST), MOST)
        s.trust[t] = TRUST_LEFT * s.trust[t] + weight * np.log(p if struck > 0.5 else 1.0 - p)
        most = max(most, s.trust[t])
        # the first time counts half, whatever the shorter table says
        s.chance[k] = np.float32(below + weight * (LEARN if known else 0.5) * (struck - below))
    total = 0.0
    for t in range(TABLES):
        s.share[t] = np.exp(s.trust[t] - most)
        total += s.share[t]
    for t in range(TABLES):
        s.share[t] /= total
    s.passed += 1


@kernel
def _look_at(address, s, place, rate):
    """Make a place the next one that is to be counted. RT: worker."""
    s.place = place
    s.over = position_frame(address, place / PLACES) + REPORT_MS * 0.001 * rate


@kernel
def _miss(s):
    """Pass the next place without a stroke. RT: worker."""
    p = chance_at(s, s.place)
    _count(s, s.place, 0.0, s.alive)
    s.alive = s.alive * (1.0 - p) / (s.alive * (1.0 - p) + 1.0 - s.alive)


@kernel
def pass_places(address, now):
    """Count the places that are over, without a stroke. RT: worker."""
    b = record_at(address, BEAT)
    s = b.strokes
    if s.place < 0 or now < s.over:
        return
    if beat_sure(address, now) == 0:
        s.place = -1
        return
    while s.place >= 0 and s.over <= now:
        if s.alive > 1e-6:
            _miss(s)
            _look_at(address, s, s.place + 1, b.rate)
        else:  # the musician rests: nothing changes until the next stroke, however long that takes
            s.place = -1


@kernel
def hear_stroke(address, frame, quantum):
    """Count a stroke of the musician's. RT: worker."""
    b = record_at(address, BEAT)
    s = b.strokes
    if beat_sure(address, frame) == 0:
        s.place = -1
        return
    if quantum != s.quantum:
        s.quantum = quantum
        forget_strokes(s, b.rate)
    place = np.int64(np.round(beat_position(address, frame) * PLACES))
    if place == s.struck:
        return
    if 0 <= s.place < place:
        for _ in range(min(place - s.place, 2 * PLACES)):
            _miss(s)
            s.place += 1
    k = place % PLACES
    apart = frame - position_frame(address, place / PLACES)
    longest = MOST_MS * 0.001 * b.rate
    apart = min(max(np.float64(apart), -longest), longest)
    from_off = apart - s.off[k]
    s.off[k] += OFF_STEP * from_off
    variance = s.spread * s.spread
    s.spread = np.sqrt(max(variance + SPREAD_STEP * (from_off * from_off - variance), (LEAST_MS * 0.001 * b.rate) ** 2))
    _count(s, place, 1.0, 1.0)
    s.struck, s.alive = place, 1.0 - STOPS
    _look_at(address, s, place + 1, b.rate)


@kernel
def _within(near, spread):
    """Give the probability that what is spread normally is no farther away than `near`. RT: worker."""
    return math.erf(near / (spread * math.sqrt(2.0)))


@kernel
def _by_head(head, onset, now, rate, out):
    """Expect the next stroke where a model alone says so: within the likeliest span of twice `NEAR_MS`. RT: worker."""
    chances = f32(head, BINS)
    gone = (now - onset) / rate
    near = NEAR_MS * 0.001
    first = bin_of(max(gone, 0.0))
    total, best, most = 0.0, -1, 0.0
    for k in range(first, BINS):
        p = np.float64(chances[k])
        if k == BINS - 1:
            total += p
            continue
        low, high = edge(k), edge(k + 1)
        left = (high - max(low, gone)) / (high - low) if gone > low else 1.0
        p *= left
        total += p
        density = p / max(left * (high - low), 2.0 * near)
        if density > most:
            best, most = k, density
    if best < 0 or total <= 0.0:
        return
    low, high = max(edge(best), gone), edge(best + 1)
    out.frame = onset + np.int64(np.round(0.5 * (low + high) * rate))
    out.probability = min(most * 2.0 * near / total, 1.0)
    out.spread = (high - low) * rate / math.sqrt(12.0)


@kernel
def expect_stroke(beat_address, now, head_address, head_onset, out_record):
    """Expect the musician's next stroke.

    Where there is a beat to play by, what is known of its places decides, multiplied by what a model says of the time
    from `head_onset` on (`head_address`: float32 [BINS] of `livehost.dsp.beat.intervals`, 0 where there is no model),
    as long as that onset is the newest. Without a beat the model alone decides; without either, nothing is expected.
    `out_record` is an `EXPECTED` record. RT: worker
    """
    b, out = record_at(beat_address, BEAT), out_record
    s = b.strokes
    out.frame, out.probability, out.spread = -1, 0.0, 0.0
    head = head_address if head_address != 0 and b.last_onset <= head_onset <= now else 0
    if beat_sure(beat_address, now) == 0:
        if head != 0:
            _by_head(head, head_onset, now, b.rate, out)
        return
    if s.place < 0:
        return
    chances = f32(head, BINS) if head != 0 else f32(beat_address, 0)
    survives, total, most, at = 1.0, 0.0, 0.0, np.int64(-1)
    place = s.place
    last = place + AHEAD * PLACES
    while place < last and survives > SURVIVES:
        frame = position_frame(beat_address, place / PLACES) + np.int64(s.off[place % PLACES])
        if frame > now:
            p = chance_at(s, place)
            likely = survives * p
            survives *= 1.0 - p
            if head != 0:
                likely *= BINS * np.float64(chances[bin_of((frame - head_onset) / b.rate)])
            total += likely
            if likely > most:
                most, at = likely, frame
        place += 1
    if at < 0:
        return
    if head != 0:  # what comes later than was looked at
        later = 0.0
        seconds = (position_frame(beat_address, last / PLACES) - head_onset) / b.rate
        for k in range(min(bin_of(min(seconds, LONGEST_S)), BINS - 1), BINS):
            later += np.float64(chances[k])
        survives *= BINS * later
    out.frame, out.spread = at, s.spread
    out.probability = s.alive * most / (total + survives) * _within(NEAR_MS * 0.001 * b.rate, s.spread)
