"""Tempo and phase as a distribution: a hidden Markov model whose states are the places in a beat, for every tempo.

A *bar pointer* (Whiteley, Cemgil and Godsill, ISMIR 2006; Krebs, Böck and Widmer, ISMIR 2015), filtered forward: the
place in the beat moves on with time, the tempo changes only where a beat begins, and each onset makes the places likely
at which onsets stand. Places are stored so that moving on costs nothing: only what enters a beat is computed.
"""

import numpy as np

from livehost.dsp.beat.state import LONGEST, SHORTEST, STATES, TEMPI, TICKS_S
from livehost.rt.native import f32, i64, kernel

#: Where onsets stand in a beat, how often in a short one and how much oftener in a long one, and how long a part of a
#: beat has to be for that, ms: nobody plays the quarters of a quick beat all the time.
GRID = (
    (0.0, 1.0, 0.0, 0.0), (0.5, 0.4, 0.4, 200.0), (0.25, 0.15, 0.4, 115.0), (0.75, 0.2, 0.4, 115.0),
    (1 / 3, 0.1, 0.1, 150.0), (2 / 3, 0.15, 0.15, 150.0),
)  # fmt: skip
#: How widely onsets are spread about their places, ms.
SPREAD_MS = 22.0
#: How well an onset fits where none stands.
STRAY = 0.07
#: How a tempo changes from beat to beat: exp(−`STEADY` · |ratio − 1|).
STEADY = 60.0
#: Tempo that is likely before anything was heard, beats a minute, and its spread in octaves.
USUAL_BPM, USUAL_OCTAVES = 112.0, 0.4
#: What is left of a beat's probability where there was no onset at it, and how long after it that is told, ticks.
MISSED, MISSED_AFTER = 0.72, 5
#: What the places of a beat cost by themselves, exp(−`PASSED` · how often): a quicker one would have had more onsets.
PASSED = 0.2
#: Without an onset for so long the musician rests, and nothing is held against any beat, ticks.
REST_TICKS = 150
#: Share that begins anew with each onset: whatever was thought, another beat is found.
ANEW = 2e-3
#: Accent of an onset as loud as usual, and how much a dB counts.
ACCENT, ACCENT_DB = 0.75, 0.03
#: Probability of a beat that is told.
PRIMED = 0.9
_TINY = np.float32(1e-30)


def bpm_of(ticks: np.ndarray | float) -> np.ndarray | float:
    """Beats a minute of a beat of so many ticks."""
    return 60.0 * TICKS_S / ticks


def tables() -> dict[str, np.ndarray]:
    """Make the tables of the distribution: `first`, `fit`, `change` and `prior` of `BEAT`, and `p` as it begins."""
    lengths = np.arange(SHORTEST, LONGEST + 1)
    first = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    fit = np.zeros(STATES, np.float32)
    passed = np.zeros(TEMPI)
    for k, (start, length) in enumerate(zip(first, lengths, strict=True)):
        phase = np.arange(length) / length
        total = np.full(length, STRAY)
        for place, least, more, ms in GRID:
            part_ms = min(place, 1.0 - place) * length * 1000 / TICKS_S
            often = least + more / (1.0 + np.exp((ms - part_ms) / (0.15 * ms))) if place else least
            passed[k] += often
            apart = np.abs((phase - place + 0.5) % 1.0 - 0.5) * length * 1000 / TICKS_S
            total += often * np.exp(-0.5 * (apart / SPREAD_MS) ** 2)
        fit[start : start + length] = total
    ratio = lengths[None, :] / lengths[:, None]
    change = np.exp(-STEADY * np.abs(ratio - 1.0))
    prior = np.exp(-0.5 * (np.log2(bpm_of(lengths) / USUAL_BPM) / USUAL_OCTAVES) ** 2)
    prior /= prior.sum()
    p = np.concatenate([np.full(length, weight / length) for length, weight in zip(lengths, prior, strict=True)])
    return {
        "first": first,
        "fit": fit,
        "change": (np.exp(-PASSED * passed)[:, None] * change / change.sum(1, keepdims=True)).astype(np.float32),
        "prior": prior.astype(np.float32),
        "p": p.astype(np.float32),
        "entering": np.zeros(2 * TEMPI, np.float32),
    }


@kernel
def reset_distribution(b):
    """Forget every beat. RT: worker."""
    p, prior, first = f32(b.p, STATES), f32(b.prior, TEMPI), i64(b.first, TEMPI)
    for k in range(TEMPI):
        length = SHORTEST + k
        for j in range(length):
            p[first[k] + j] = prior[k] / np.float32(length)


@kernel
def prime_distribution(b, frame, period):
    """Believe in a beat at a frame and in beats of a length, frames. RT: worker."""
    p, first = f32(b.p, STATES), i64(b.first, TEMPI)
    length = np.int64(np.round(period / b.tick_frames))
    if not SHORTEST <= length <= LONGEST:
        return
    at = np.int64(np.round(frame / b.tick_frames))
    for k in range(STATES):
        p[k] *= np.float32(1.0 - PRIMED)
    start = first[length - SHORTEST]
    for d in range(-2, 3):
        p[start + (d - at) % length] += np.float32(0.2 * PRIMED)


@kernel
def _enter_beats(b):
    """Let the tempo change where a beat begins at this tick. RT: worker."""
    p, first = f32(b.p, STATES), i64(b.first, TEMPI)
    before, after = f32(b.entering, TEMPI), f32(b.entering + 4 * TEMPI, TEMPI)
    change = f32(b.change, TEMPI * TEMPI)
    for k in range(TEMPI):
        length = SHORTEST + k
        before[k] = p[first[k] + (length - b.tick % length) % length]
        after[k] = np.float32(0.0)
    for k in range(TEMPI):
        weight = before[k]
        if weight > _TINY:
            for other in range(TEMPI):
                after[other] += weight * change[k * TEMPI + other]
    for k in range(TEMPI):
        length = SHORTEST + k
        p[first[k] + (length - b.tick % length) % length] = max(after[k], _TINY)


@kernel
def _miss_beats(b):
    """Hold it against what had a beat a while ago that there was no onset. RT: worker."""
    p, first = f32(b.p, STATES), i64(b.first, TEMPI)
    if b.tick - b.last_onset_tick <= 2 * MISSED_AFTER:
        return
    for k in range(TEMPI):
        length = SHORTEST + k
        p[first[k] + (length + MISSED_AFTER - b.tick % length) % length] *= np.float32(MISSED)


@kernel
def rests(b):
    """Tell whether the musician rests: the beat goes on as it was. RT: worker."""
    return b.onsets == 0 or b.tick - b.last_onset_tick >= REST_TICKS


@kernel
def tick(b):
    """Move on by a tick. RT: worker."""
    b.tick += 1
    if not rests(b):
        _enter_beats(b)
        _miss_beats(b)


@kernel
def take_onset(b, onset_tick, accent):
    """Make likely what has a beat, or a part of one, where there was an onset; `accent` 0 … 1. RT: worker."""
    p, fit, first, prior = f32(b.p, STATES), f32(b.fit, STATES), i64(b.first, TEMPI), f32(b.prior, TEMPI)
    total = 0.0
    strong, weak = np.float32(accent), np.float32(1.0 - accent)
    for k in range(TEMPI):
        length, start = SHORTEST + k, first[k]
        phase = onset_tick % length
        for j in range(length):
            value = p[start + j] * (weak + strong * fit[start + phase])
            p[start + j] = value
            total += np.float64(value)
            phase += 1
            if phase == length:
                phase = 0
    scale = np.float32((1.0 - ANEW) / total)
    for k in range(TEMPI):
        length, start = SHORTEST + k, first[k]
        anew = np.float32(ANEW) * prior[k] / np.float32(length)
        for j in range(length):
            p[start + j] = p[start + j] * scale + anew


@kernel
def _mass_near(masses, length):
    """Sum the probability of the tempi about a length of a beat, ticks. RT: worker."""
    total = 0.0
    reach = max(1, length // 40)
    for other in range(max(length - reach, SHORTEST), min(length + reach, LONGEST) + 1):
        total += np.float64(masses[other - SHORTEST])
    return total


@kernel
def read_distribution(b, onset_tick):
    """Find the likeliest beat: write `ticks`, `phase` at an onset and `confidence`. RT: worker."""
    p, first = f32(b.p, STATES), i64(b.first, TEMPI)
    best, best_mass = 0, -1.0
    masses = f32(b.entering, TEMPI)
    for k in range(TEMPI):
        mass = 0.0
        for j in range(SHORTEST + k):
            mass += np.float64(p[first[k] + j])
        masses[k] = np.float32(mass)
    for k in range(TEMPI):
        near = _mass_near(masses, SHORTEST + k)
        if near > best_mass:
            best, best_mass = k, near
    # of these, the likeliest phase: the sum over a window of a twelfth of a beat to both sides
    length, start = SHORTEST + best, first[best]
    reach = max(length // 12, 1)
    window = 0.0
    for d in range(-reach, reach + 1):
        window += np.float64(p[start + (length + d) % length])
    at, most, whole, opposite = 0, -1.0, 0.0, 0.0
    for j in range(length):
        if window > most:
            at, most = j, window
        whole += np.float64(p[start + j])
        window += np.float64(p[start + (j + 1 + reach) % length]) - np.float64(p[start + (length + j - reach) % length])
    for d in range(-reach, reach + 1):  # half a beat on stands on the same grid
        opposite += np.float64(p[start + (at + length // 2 + d) % length])
    b.ticks = length
    b.phase = np.float64((at + onset_tick) % length)
    # half and double the tempo stand on the same grid
    related = _mass_near(masses, 2 * length) + _mass_near(masses, length // 2)
    b.confidence = min((best_mass + related) * (most + opposite) / max(whole, 1e-30), 1.0)
