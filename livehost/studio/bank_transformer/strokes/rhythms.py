"""Other rhythms for the sounds of a recording: composed bars and tunes, at any tempo, played by an unsteady hand.

There is no end of rhythms, and each costs nothing to render: a sound is cut where the next one begins, as the stage
would have cut it.
"""

from dataclasses import replace

import numpy as np

from livehost.dsp.segment import summarize_cuts
from livehost.studio.audio_data.grammar import compose
from livehost.studio.audio_data.harmony import song
from livehost.studio.audio_data.recording import Stream
from livehost.studio.bank_transformer.vectors import hop_samples

#: How long a rhythm is, seconds, and how often it is a tune rather than a beat.
SECONDS, TUNES = 45.0, 0.4
#: Onsets closer than this are one stroke, seconds.
TOGETHER_S = 0.025
#: How often only some of the voices of a beat are played, and how likely each is then.
SOME, KEPT = 0.6, 0.4
#: Slow drift of the tempo (deviation of its logarithm over a rhythm), how often it gets faster or slower all along, by
#: so much at most a minute (logarithm), and how far each stroke is off (deviation, seconds).
DRIFT, TREND, MOST_TREND, OFF_S = (0.0, 0.06), 0.25, 0.5, (0.0, 0.015)
#: Rests: how often one begins after a stroke, and how long it is at most, seconds.
REST, LONGEST_REST_S = 0.01, 4.0


def draw_rhythm(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw a rhythm.

    Returns
    -------
    seconds : float64 [n]
        Onsets, ascending, `TOGETHER_S` apart at least.
    kind : int64 [n]
        Strokes of one kind sound alike.
    """
    if random.random() < TUNES:
        voices = list(song(random, SECONDS).voices.values())
        notes = voices[int(random.integers(len(voices)))]
        seconds, kind = notes[:, 0], notes[:, 2].astype(np.int64)
    else:
        strokes = compose(random, SECONDS).strokes
        seconds, kind = strokes[:, 0], strokes[:, 1].astype(np.int64)
        if random.random() < SOME:
            voices_there = np.unique(kind)
            kept = random.random(len(voices_there)) < KEPT
            kept[int(random.integers(len(kept)))] = True
            some = np.isin(kind, voices_there[kept])
            seconds, kind = seconds[some], kind[some]
    seconds = _by_hand(seconds, random)
    order = np.argsort(seconds, kind="stable")
    seconds, kind = seconds[order], kind[order]
    kept_so_far, apart = -np.inf, np.zeros(len(seconds), bool)
    for k, second in enumerate(seconds.tolist()):
        if second - kept_so_far >= TOGETHER_S:
            apart[k], kept_so_far = True, second
    return seconds[apart], kind[apart]


def _by_hand(seconds: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Move strokes as somebody would who is not a clock."""
    if not len(seconds):
        return seconds
    gaps = np.diff(seconds, prepend=0.0)
    walk = np.cumsum(random.normal(0.0, 1.0, len(gaps))) / np.sqrt(len(gaps)) * random.uniform(*DRIFT)
    trend = random.uniform(-MOST_TREND, MOST_TREND) if random.random() < TREND else 0.0
    moved = gaps * np.exp(walk + trend * seconds / 60.0)
    rests = (random.random(len(gaps)) < REST) * random.uniform(0.5, LONGEST_REST_S, len(gaps))
    return np.asarray(np.cumsum(moved + rests) + random.normal(0.0, random.uniform(*OFF_S), len(gaps)))


def with_rhythm(stream: Stream, rate: float, random: np.random.Generator, least: int) -> Stream:
    """Play the sounds of a stream in another rhythm; as it was where that has fewer than `least` strokes."""
    seconds, kind = draw_rhythm(random)
    if len(seconds) < least:
        return stream
    # each kind has a few sounds that follow each other in the music
    sounds = {one: int(random.integers(len(stream))) for one in np.unique(kind).tolist()}
    event = np.array([sounds[one] for one in kind.tolist()]) + random.integers(0, 3, len(kind))
    event %= len(stream)
    hop = hop_samples()
    onset = np.round((seconds - seconds[0]) * rate).astype(np.int64)
    gap = np.append(np.diff(onset), round(rate)).astype(np.int64)
    there = stream.first[event + 1] - stream.first[event]
    rows = np.minimum(there, np.maximum(gap // hop, 1))
    cut = rows < there
    own = stream.seconds[event].astype(np.float64)
    length = np.where(cut, gap / rate, np.minimum(own, gap / rate)).astype(np.float32)
    features = stream.features[event].copy()
    if cut.any():
        features[cut] = summarize_cuts(stream.rows, stream.first[event[cut]], rows[cut], rate, hop)
    first = np.concatenate([[0], np.cumsum(rows)]).astype(np.int64)
    at = np.repeat(stream.first[event] - first[:-1], rows) + np.arange(first[-1])
    known = stream.take(event)
    return replace(known, features=features, onset=onset, seconds=length, rows=stream.rows[at], first=first)
