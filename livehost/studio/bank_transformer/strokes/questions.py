"""Draws sequences as the stage would know them, and asks after every heard sound for the time to the next stroke."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livehost.inference.tokens import HEARD, PLAYED
from livehost.studio.audio_data.recording import Recording
from livehost.studio.bank_transformer.augment import NONE, Strength
from livehost.studio.bank_transformer.follow import follow_of
from livehost.studio.bank_transformer.lines import aligned_line
from livehost.studio.bank_transformer.material import Scene, sounds_of
from livehost.studio.bank_transformer.next_stroke import stroke_gaps
from livehost.studio.bank_transformer.peeks import draw_peeks
from livehost.studio.bank_transformer.roles import BOTH
from livehost.studio.bank_transformer.sampling import LEAST_EVENTS, crop, hop_s
from livehost.studio.bank_transformer.strokes.rhythms import with_rhythm
from livehost.studio.bank_transformer.vectors import hop_samples, make_vectors

#: Committed tokens of a sequence at most, and how often nothing is answered in it.
LONGEST, UNANSWERED = 256, 0.4
#: Share of the strokes that are answered in the others, and when, seconds.
ANSWERED, DELAY_S = (0.3, 1.0), (0.004, 0.15)


@dataclass(eq=False)
class Questions:
    """One sequence, and what is asked in it.

    Attributes
    ----------
    tokens, peeks : float32 [n, TOKEN_SIZE], [p, TOKEN_SIZE]
    before : int64 [p]
        Committed tokens that each peek sees.
    asked : int64 [q]
        Queries (tokens, then peeks) after which it is asked.
    seconds : float64 [q]
        Time from the onset of each asked sound to the next heard onset.
    elapsed : float64 [q]
        How much of it is over.
    last : float64 [q]
        Time from the onset before to this one; NaN for the first.
    """

    tokens: np.ndarray
    peeks: np.ndarray
    before: np.ndarray
    asked: np.ndarray
    seconds: np.ndarray
    elapsed: np.ndarray
    last: np.ndarray


def draw_questions(
    recordings: Sequence[Recording],
    mean: np.ndarray,
    scale: np.ndarray,
    random: np.random.Generator,
    strength: Strength = NONE,
    composed: float = 0.0,
) -> Questions:
    """Draw a sequence of one of some recordings, each as likely as the root of its events.

    Parameters
    ----------
    recordings : sequence of Recording
        With at least `LEAST_EVENTS` events each.
    mean, scale : float32 [SEGMENT_SIZE]
        Of the network's features.
    random : numpy.random.Generator
    strength : Strength
        Of the augmentation.
    composed : float
        How often the sounds are played in a rhythm of `rhythms`.
    """
    weights = np.sqrt([len(recording) for recording in recordings])
    number = int(random.choice(len(recordings), p=weights / weights.sum()))
    recording = recordings[number]
    stream = recording.renderings[int(random.integers(len(recording.renderings)))]
    if random.random() < composed:
        stream = with_rhythm(stream, recording.rate, random, LEAST_EVENTS)
    share = 0.0 if random.random() < UNANSWERED else float(random.uniform(*ANSWERED))
    roles = np.where(random.random(len(stream)) < share, BOTH, HEARD)
    delay = float(np.exp(random.uniform(*np.log(DELAY_S))))
    line = crop(aligned_line(roles, stream, recording.rate, delay_s=delay), LONGEST, random)
    scene = Scene(number, stream, sounds_of(stream, random), line, recording.rate, same=True)
    peeks = draw_peeks(line, stream, hop_s(recording.rate), random)
    items = np.unique(line.event)
    played = np.where(line.source == PLAYED, np.searchsorted(items, line.event), -1)
    mine = played >= 0
    played[mine] = random.integers(len(items), size=int(mine.sum()))  # it need not have chosen well
    follow = follow_of(len(line), random)
    vectors = make_vectors(scene, peeks, items, played, follow, mean, scale, strength, random)
    gap = stroke_gaps(line, peeks, stream, recording.rate)
    asked = np.flatnonzero(np.isfinite(gap))
    heard = np.minimum(line.event, len(stream) - 1)  # a played one is not asked about
    event = np.concatenate([heard, peeks.event])[asked]
    elapsed = np.concatenate([stream.seconds[heard], peeks.rows * hop_samples() / recording.rate])[asked]
    before = np.diff(stream.onset, prepend=stream.onset[:1]) / recording.rate
    last = np.where(event > 0, before[event], np.nan)
    tempo = vectors.tempo
    return Questions(
        vectors.tokens, vectors.peeks, peeks.before, asked, gap[asked] * tempo, elapsed.astype(np.float64) * tempo,
        last * tempo,
    )  # fmt: skip


def enough(recordings: Sequence[Recording]) -> list[Recording]:
    """Keep recordings with enough events to ask about."""
    return [recording for recording in recordings if len(recording) >= LEAST_EVENTS and not recording.augmented]
