"""Tokens of a training sequence: features as heard and as the bank has them, varied, and made into vectors."""

from dataclasses import dataclass

import numpy as np

from livehost.dsp.segment import SEGMENT_SIZE, SEGMENT_SLICES, summarize_cuts
from livehost.inference.tokens import HEARD, ITEM_SIZE, PLAYED, Tokeniser, bank_statistics, item_vectors
from livehost.players.nearest.space import column_weights
from livehost.settings import TABLE
from livehost.studio.audio_data.recording import Stream
from livehost.studio.bank_transformer.augment import NONE, Strength, retime, transpose, vary
from livehost.studio.bank_transformer.lines import Line
from livehost.studio.bank_transformer.material import Scene
from livehost.studio.bank_transformer.peeks import Peeks

#: How often heard and bank stand in one room, where they are one rendering.
SAME_ROOM = 0.6
#: In how many sequences strokes close early, and how many of theirs do, at this least share of their rows.
CLOSES_EARLY, EARLY_ONES, LEAST_SHARE = 0.3, 0.3, 0.3
#: No token counts as longer, seconds.
LONGEST_S = 0.5
#: Column of a token that says its length.
LENGTH = ITEM_SIZE + 4


@dataclass(eq=False)
class Vectors:
    """A sequence as the model gets it.

    Attributes
    ----------
    tokens, peeks : float32 [n, TOKEN_SIZE], [p, TOKEN_SIZE]
    items : float32 [m, ITEM_SIZE]
    length : float32 [m]
    tempo : float
        How many times longer everything lasts than in the scene.
    """

    tokens: np.ndarray
    peeks: np.ndarray
    items: np.ndarray
    length: np.ndarray
    tempo: float = 1.0


def make_vectors(
    scene: Scene,
    peeks: Peeks,
    items: np.ndarray,
    played: np.ndarray,
    follow: np.ndarray,
    mean: np.ndarray,
    scale: np.ndarray,
    strength: Strength,
    random: np.random.Generator,
) -> Vectors:
    """Vary the sound of a scene, and make vectors of it.

    Parameters
    ----------
    scene : Scene
    peeks : Peeks
        Ordered by `before`.
    items : int64 [m]
        The bank: events of the machine's stream.
    played : int64 [n]
        The item of each token of the line, −1 for what was heard.
    follow : float64 [n + 1]
        At each token, and after the last.
    mean, scale : float32 [SEGMENT_SIZE]
        Of the training data.
    strength : Strength
    random : numpy.random.Generator
    """
    line, tempo = scene.line, float(np.exp(random.normal(0, strength.time)))
    heard = line.source == HEARD
    closed, seconds = closed_sounds(scene.heard, line.event[heard], scene.rate, random)
    first = scene.heard.first
    cuts = summarize_cuts(scene.heard.rows, first[peeks.event], peeks.rows, scene.rate, hop_samples())
    bank = scene.sounds.features[items]
    keys = random.integers(-strength.transpose, strength.transpose + 1, 2) if strength.transpose else (0, 0)
    key, other_key = keys[0], keys[1] if scene.strangers else keys[0]
    bank = retime(transpose(bank, other_key), tempo)
    ears = np.concatenate([retime(transpose(closed, key), tempo), transpose(cuts, key)])
    if strength != NONE and scene.same and random.random() < SAME_ROOM:
        both = vary(np.concatenate([bank, ears]), mean, scale, strength, random)
        bank, ears = both[: len(bank)], both[len(bank) :]
    elif strength != NONE:
        bank, ears = (vary(part, mean, scale, strength, random) for part in (bank, ears))
    bank_seconds = np.minimum(scene.sounds.seconds[items] * tempo, LONGEST_S)
    features = np.empty((len(line), SEGMENT_SIZE), np.float32)
    features[heard] = ears[: len(closed)]
    features[~heard] = bank[played[~heard]]
    lengths = np.empty(len(line))
    lengths[heard], lengths[~heard] = np.minimum(seconds * tempo, LONGEST_S), bank_seconds[played[~heard]]
    order = np.argsort(np.concatenate([np.arange(len(line)), peeks.before - 0.5]), kind="stable")
    is_peek = order >= len(line)
    at = np.concatenate([line.at, peeks.at])[order] * tempo
    source = np.concatenate([line.source, np.full(len(peeks.event), HEARD)])[order]
    gaps = [gaps_from(at, ~is_peek & (source == who)) for who in (HEARD, PLAYED)]
    statistics = bank_statistics(bank, mean, scale)
    tokens = Tokeniser(mean, scale, *statistics).rows(
        np.concatenate([features, ears[len(closed) :]])[order], source,
        np.concatenate([lengths, peeks.rows * hop_samples() / scene.rate])[order], *gaps,
        closed=~is_peek, commit=~is_peek, now=np.concatenate([np.zeros(len(line), bool), peeks.now])[order],
        follow=np.concatenate([follow[: len(line)], follow[peeks.before]])[order],
    )  # fmt: skip
    length = Tokeniser(mean, scale, *statistics).rows(bank, PLAYED, bank_seconds)[:, LENGTH]
    length = np.ascontiguousarray(length)
    return Vectors(tokens[~is_peek], tokens[is_peek], item_vectors(bank, mean, scale), length, tempo)


def hop_samples() -> int:
    """Give the samples between frame rows."""
    return int(TABLE["listen.hop_samples"].default)


def gaps_from(at: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Give the time since the newest of some tokens before each, seconds; below 0 where there is none.

    Parameters
    ----------
    at : float64 [n]
        Onsets in the order of the tokens; one that is earlier than the newest has a gap of 0.
    last : bool [n]
        Which tokens count.
    """
    newest = np.maximum.accumulate(np.where(last, np.arange(len(at)), -1))
    newest = np.concatenate([[-1], newest[:-1]])
    return np.where(newest >= 0, np.maximum(at - at[newest], 0.0), -1.0)


def closed_sounds(
    stream: Stream, event: np.ndarray, rate: float, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Give the features and seconds of sounds that are over; in some sequences some close early.

    Returns
    -------
    features : float32 [n, SEGMENT_SIZE]
    seconds : float64 [n]
    """
    features, seconds = stream.features[event].copy(), stream.seconds[event].astype(np.float64)
    if random.random() < CLOSES_EARLY:
        rows = stream.first[event + 1] - stream.first[event]
        early = np.flatnonzero((random.random(len(event)) < EARLY_ONES) & (rows > 1))
        kept = np.ceil(rows[early] * random.uniform(LEAST_SHARE, 1.0, len(early))).astype(np.int64)
        hop = hop_samples()
        features[early] = summarize_cuts(stream.rows, stream.first[event[early]], kept, rate, hop)
        seconds[early] = kept * hop / rate
    return features, seconds


def nearest_items(line: Line, stroke: np.ndarray, vectors: Vectors) -> np.ndarray:
    """Find the item that is most like each sound as a whole, by the weights of the nearest player.

    Both count: what a sound is, and what it is among those of its own kind.

    Parameters
    ----------
    line : Line
    stroke : int64 [q]
        Events of the heard stream, −1 for none.
    vectors : Vectors

    Returns
    -------
    int64 [q]
        −1 where the sound is not heard to its end in this stretch.
    """
    weights = np.tile(column_weights(SEGMENT_SLICES, SEGMENT_SIZE), 2).astype(np.float32)
    items = vectors.items * weights
    heard = np.flatnonzero(line.source == HEARD)
    if not len(heard):
        return np.full(len(stroke), -1)
    sounds = vectors.tokens[heard, :ITEM_SIZE] * weights
    distance = (items**2).sum(1) - 2.0 * sounds @ items.T
    found = np.full(max(int(line.event[heard].max()), int(stroke.max())) + 2, -1)
    found[line.event[heard]] = distance.argmin(1)
    return found[stroke]
