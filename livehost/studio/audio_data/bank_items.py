"""What a bank would know of each event's sound: as a slice of the recording, and played alone.

The stage hears a segment in the middle of what rings; a bank measures the same sound out of silence, and knows the gain
that makes it as loud as its other items. A model meets both: it must know one by the other.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from livehost.bank.decode import UnusableSound
from livehost.bank.loudness import level
from livehost.bank.measure import FEATURES_MS, FeatureExtractor
from livehost.bank.slice import take, trim
from livehost.studio.audio_data.align import clusters, match
from livehost.studio.audio_data.instruments import Voice, perform
from livehost.studio.audio_data.recording import Isolated, Stream
from livehost.studio.audio_data.segments import RATE

#: Slices are at most this long for what is said of their loudness.
_LONGEST_S = 2.0
#: A slice that goes on for longer than what was heard of it is measured.
_UNHEARD_S = 0.006
#: Sounds that are played alone stand this far apart, and the notes of each are no longer.
_APART_S, _NOTE_S = 0.75, 0.45
#: So many sets of notes of a recording are played alone, at most.
_MOST_ALONE = 96
#: Velocities and durations of one class sound alike.
_CLASSES = 4
_DURATIONS = np.array([0.1, 0.25])


@lru_cache(maxsize=1)
def _extractor() -> FeatureExtractor:
    return FeatureExtractor(RATE)


def _decibels(gain: float) -> float:
    return float(20 * np.log10(gain))


def with_items(sound: np.ndarray, stream: Stream) -> Stream:
    """Add what a bank would know, had the recording been sliced at its onsets.

    A segment and the slice that begins with it are the same sound from the onset on, and what was heard of it is not
    measured again; only where a segment was over before its slice is (it was quiet, or sustained sound went on), the
    slice is measured.

    Parameters
    ----------
    sound : ndarray of float32, shape [frames]
        Mono, at `RATE`.
    stream : Stream
        Its segments.

    Returns
    -------
    Stream
        The same segments with `items`, `item_gain_db` and `item_seconds`.
    """
    count, longest = len(stream), FEATURES_MS / 1000
    sound = np.pad(sound, (0, round(longest * RATE)))  # the last segment may begin in the silence after it
    ends = np.append(stream.onset[1:], len(sound))[:count]
    gains, seconds = np.zeros(count, np.float32), np.zeros(count, np.float32)
    items = np.array(stream.features, np.float32)
    for row, (start, end) in enumerate(zip(stream.onset, ends, strict=True)):
        piece = sound[start : min(end, start + round(_LONGEST_S * RATE)), None]
        seconds[row] = min((end - start) / RATE, longest)
        if seconds[row] - stream.seconds[row] > _UNHEARD_S:
            items[row] = _extractor().measure(piece[: round(longest * RATE)], 0).features
        gains[row] = _decibels(level(piece, RATE).gain)
    return Stream(stream.features, stream.onset, stream.seconds, stream.rows, stream.first, items, gains, seconds)


def _events(stream: Stream, voices: Sequence[Voice]) -> list[list[tuple[int, np.ndarray]]]:
    """Find the notes of each segment, as (voice, note): those that begin with the event that it is matched to."""
    notes = [(number, note) for number, voice in enumerate(voices) for note in voice.notes]
    found: list[list[tuple[int, np.ndarray]]] = [[] for _ in range(len(stream))]
    if not notes:
        return found
    seconds = np.array([note[0] for _, note in notes])
    events = clusters(seconds)
    owner = np.searchsorted(events, seconds, side="right") - 1
    segments = match(events, stream.onset / RATE)
    for (number, note), event in zip(notes, owner, strict=True):
        if segments[event] >= 0:
            found[segments[event]].append((number, note))
    return found


def _key(notes: Sequence[tuple[int, np.ndarray]]) -> tuple[tuple[int, ...], ...]:
    """Tell which events sound alike when played alone."""
    return tuple(
        sorted(
            (number, int(pitch), int(velocity * _CLASSES // 128), int(np.searchsorted(_DURATIONS, duration)))
            for number, (_, duration, pitch, velocity) in notes
        )
    )


def with_isolated(stream: Stream, voices: Sequence[Voice]) -> Stream:
    """Add what a bank would know of each event's sound, were it played alone.

    Each distinct set of notes, up to `_MOST_ALONE` of the most usual, is played once, all of them in one run, far
    apart. A segment of other notes, or of none, or whose notes make no sound alone, keeps its slice.

    Parameters
    ----------
    stream : Stream
        Segments with their items.
    voices : sequence of Voice
        Who plays them, and what: times as in the sound.

    Returns
    -------
    Stream
        The same segments with `isolated`.
    """
    events = _events(stream, voices)
    keys = [_key(notes) for notes in events]
    usual = Counter(key for key in keys if key).most_common(_MOST_ALONE)
    order = {key: place for place, (key, _) in enumerate(usual)}
    rows: list[list[tuple[float, float, float, float]]] = [[] for _ in voices]
    placed = set()
    for key, notes in zip(keys, events, strict=True):
        if key in order and key not in placed:
            placed.add(key)
            begin = 0.05 + _APART_S * order[key] - min(note[0] for _, note in notes)
            for number, (second, duration, pitch, velocity) in notes:
                rows[number].append((begin + second, min(duration, _NOTE_S), pitch, velocity))
    alone = [
        Voice(np.array(played, np.float64).reshape(-1, 4), voice.instrument, voice.volume_db)
        for played, voice in zip(rows, voices, strict=True)
    ]
    sound = perform(alone)
    known = {key: measured for key, place in order.items() if (measured := _alone(sound, place)) is not None}
    isolated = Isolated(*(np.array(values) for values in (stream.items, stream.item_gain_db, stream.item_seconds)))
    for row, key in enumerate(keys):
        if key in known:
            isolated.items[row], isolated.item_gain_db[row], isolated.item_seconds[row] = known[key]
    fields = (stream.items, stream.item_gain_db, stream.item_seconds, isolated)
    return Stream(stream.features, stream.onset, stream.seconds, stream.rows, stream.first, *fields)


def _alone(sound: np.ndarray, place: int) -> tuple[np.ndarray, float, float] | None:
    """Measure one of the sounds that stand apart; None where it is silent."""
    start = round(_APART_S * place * RATE)
    piece = sound[start : start + round(_APART_S * RATE), None]
    try:
        cut = trim(piece, RATE)
    except UnusableSound:
        return None
    measured = _extractor().measure(take(piece, cut, RATE), cut.onset)
    seconds = min((cut.stop - cut.start - cut.onset) / RATE, FEATURES_MS / 1000)
    return measured.features, _decibels(measured.level.gain), seconds
