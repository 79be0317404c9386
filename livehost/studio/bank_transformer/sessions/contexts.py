"""The moments of a session at which answers were chosen, as the model saw them: tokens, and a peek for each question.

What was heard is measured from the recording. Without one, tokens hold what the log says (length, level, pitch,
colour), and are average otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.bank.layout import Bank
from livehost.dsp.segment import summarize_cuts
from livehost.dsp.tables import LEVEL_SLOTS, SEGMENT_SIZE, SEGMENT_SLICES
from livehost.inference.tokens import HEARD, PLAYED, TOKEN_SIZE, Tokeniser, bank_statistics
from livehost.studio.audio_data.recording import Stream
from livehost.studio.audio_data.segments import RATE
from livehost.studio.bank_transformer.sessions.folder import SessionFiles
from livehost.studio.bank_transformer.sessions.verdicts import Answer
from livehost.studio.bank_transformer.vectors import LONGEST_S, gaps_from, hop_samples

#: Committed tokens of a chunk, and how many before it are told with it.
CHUNK, BEFORE = 192, 64
#: An answer is sent out so long before it sounds, seconds.
_SENT_S = 0.002
_PLACES = {name: SEGMENT_SLICES[name].start for name in ("rms_mean", "log_duration", "pitch_mean", "voiced")}
_COLOURS = [SEGMENT_SLICES[name].start for name in ("centroid_mean", "start_centroid")]


@dataclass(eq=False)
class HeardSounds:
    """What was heard, sound by sound.

    Attributes
    ----------
    onset : float64 [n]
        Seconds.
    seconds : float64 [n]
    features : float32 [n, SEGMENT_SIZE]
    stream : Stream or None
        With the rows of frames, where there is a recording.
    """

    onset: np.ndarray
    seconds: np.ndarray
    features: np.ndarray
    stream: Stream | None = None

    def cuts(self, event: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Sum up the first rows of sounds: features float32 [n, SEGMENT_SIZE], and the rows that were there."""
        if self.stream is None:
            features = self.features[event].copy()
            features[:, _PLACES["log_duration"]] = np.log10(np.maximum(rows, 1) * hop_samples() / RATE)
            return features, np.maximum(rows, 1)
        first = self.stream.first
        there = np.clip(rows, 1, first[event + 1] - first[event])
        return summarize_cuts(self.stream.rows, first[event], there, RATE, hop_samples()), there


def heard_of_stream(stream: Stream) -> HeardSounds:
    """Take what was heard from a recording."""
    return HeardSounds(stream.onset / RATE, stream.seconds.astype(np.float64), stream.features, stream)


def heard_of_log(files: SessionFiles, mean: np.ndarray) -> HeardSounds:
    """Take what was heard from the log.

    Parameters
    ----------
    files : SessionFiles
    mean : float32 [SEGMENT_SIZE]
        Of the training data, for what the log does not say.
    """
    rows: list[dict[str, Any]] = list(files.of("segment"))
    onset = np.array([row["onset_frame"] for row in rows], np.float64) / files.rate
    seconds = np.array([row["frames"] for row in rows], np.float64) / files.rate
    features = np.tile(np.asarray(mean, np.float32), (len(rows), 1))
    for row, said in zip(features, rows, strict=True):
        if (level := said["level_db"]) is not None:
            row[LEVEL_SLOTS] += level - mean[_PLACES["rms_mean"]]
        row[_PLACES["log_duration"]] = np.log10(max(said["frames"] / files.rate, 1e-3))
        row[_PLACES["voiced"]] = float(bool(said["f0"]))
        row[_PLACES["pitch_mean"]] = _semitones(said["f0"]) if said["f0"] else 60.0
        if said["centroid"]:
            row[_COLOURS] = _semitones(said["centroid"])
    return HeardSounds(onset, seconds, features)


def _semitones(hz: float) -> float:
    return float(69.0 + 12.0 * np.log2(max(hz, 20.0) / 440.0))


@dataclass(eq=False)
class Contexts:
    """Questions in their contexts, in chunks of a session.

    Attributes
    ----------
    tokens : float32 [B, N, TOKEN_SIZE]
        Committed, padded at the end.
    peeks : float32 [B, P, TOKEN_SIZE]
    before : int64 [B, P]
        Committed tokens that each peek sees.
    asked : int64 [B, P]
        Which query of a chunk (tokens, then peeks) asked for each answer.
    answer : int64 [B, P]
        Which of the answers; −1 for padding.
    """

    tokens: np.ndarray
    peeks: np.ndarray
    before: np.ndarray
    asked: np.ndarray
    answer: np.ndarray


def contexts_of(
    heard: HeardSounds,
    answers: Sequence[Answer],
    bank: Bank,
    rate: float,
    mean: np.ndarray,
    scale: np.ndarray,
    follow: float,
) -> Contexts:
    """Put together what the model knew at each answer.

    Parameters
    ----------
    heard : HeardSounds
    answers : sequence of Answer
        In their order, one at least.
    bank : Bank
        That the answers are items of.
    rate : float
        Of the answers' frames, Hz.
    mean, scale : float32 [SEGMENT_SIZE]
        Of the training data.
    follow : float
        `player.follow`.
    """
    items = np.array([answer.index for answer in answers], np.int64)
    played_at = np.array([answer.frame for answer in answers], np.float64) / rate
    seconds = np.minimum(bank.items["frames"][items] / rate, LONGEST_S)
    at = np.concatenate([heard.onset, played_at])
    known = np.concatenate([heard.onset + heard.seconds, played_at - _SENT_S])
    order = np.argsort(known, kind="stable")
    source = np.where(order < len(heard.onset), HEARD, PLAYED)
    features = np.concatenate([heard.features, np.asarray(bank.features, np.float32)[items]])[order]
    lengths = np.concatenate([np.minimum(heard.seconds, LONGEST_S), seconds])[order]
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    own = place[len(heard.onset) :]

    # what sounded when each answer was chosen, and how much of it was heard
    onset = np.array([answer.onset_frame for answer in answers], np.float64) / rate
    heard_s = np.array([answer.heard_ms for answer in answers]) * 1e-3
    event = np.searchsorted(heard.onset, onset + 0.5e-3, side="right") - 1
    near = np.abs(heard.onset[np.maximum(event, 0)] - onset) < 6e-3 if len(heard.onset) else np.zeros(len(items), bool)
    peeked = (heard_s > 0) & (event >= 0) & near
    rows = np.round(heard_s * RATE / hop_samples()).astype(np.int64)
    # it saw what was committed by then; an answer is not among what it was chosen by
    chosen_at = np.where(peeked, onset + heard_s, played_at - _SENT_S)
    before = np.minimum(np.searchsorted(known[order], chosen_at, side="right"), own)
    which = np.flatnonzero(peeked)
    cuts, rows_there = (
        heard.cuts(event[which], rows[which])
        if len(which)
        else (np.zeros((0, SEGMENT_SIZE), np.float32), np.zeros(0, np.int64))
    )

    # tokens and peeks in one order, so that each peek is seen beside what is usual by then
    both = np.argsort(np.concatenate([np.arange(len(order)), before[which] - 0.5]), kind="stable")
    is_peek = both >= len(order)
    all_at = np.concatenate([at[order], onset[which]])[both]
    who = np.concatenate([source, np.full(len(which), HEARD)])[both]
    gaps = [gaps_from(all_at, ~is_peek & (who == one)) for one in (HEARD, PLAYED)]
    made = Tokeniser(mean, scale, *bank_statistics(bank.features, mean, scale)).rows(
        np.concatenate([features, cuts])[both], who,
        np.concatenate([lengths, rows_there * hop_samples() / RATE])[both], *gaps,
        closed=~is_peek, commit=~is_peek, now=is_peek, follow=follow,
    )  # fmt: skip
    peeks = np.zeros((len(items), TOKEN_SIZE), np.float32)
    peeks[which[np.argsort(before[which], kind="stable")]] = made[is_peek]
    return _chunks(made[~is_peek], peeks, before, peeked)


def _chunks(tokens: np.ndarray, peeks: np.ndarray, before: np.ndarray, peeked: np.ndarray) -> Contexts:
    """Cut a session into chunks; every question stands in the one in which it has most of its context."""
    # what is asked after the first k tokens stands in the chunk that holds token k − 1
    chunk = np.maximum(before - 1, 0) // CHUNK
    kept = np.flatnonzero(peeked | (before > 0))  # with nothing before it nothing can be asked
    chunks = np.unique(chunk[kept])
    rows = [kept[chunk[kept] == one] for one in chunks]
    longest, most = min(len(tokens), CHUNK + BEFORE), max((len(row) for row in rows), default=0)
    found = Contexts(
        np.zeros((len(rows), longest, TOKEN_SIZE), np.float32), np.zeros((len(rows), most, TOKEN_SIZE), np.float32),
        np.zeros((len(rows), most), np.int64), np.zeros((len(rows), most), np.int64),
        np.full((len(rows), most), -1, np.int64),
    )  # fmt: skip
    for number, (one, row) in enumerate(zip(chunks.tolist(), rows, strict=True)):
        first = max(one * CHUNK - BEFORE, 0)
        part, count = tokens[first : (one + 1) * CHUNK], len(row)
        found.tokens[number, : len(part)] = part
        found.peeks[number, :count] = peeks[row]
        found.before[number, :count] = before[row] - first
        found.asked[number, :count] = np.where(peeked[row], longest + np.arange(count), before[row] - first - 1)
        found.answer[number, :count] = row
    return found
