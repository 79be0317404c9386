"""Stage cases: recordings asked as on stage, for validation while training and for the verdict on training further.

At every stroke the machine answers: it was armed before the stroke, or hears so much of it as its answer's delay
leaves. What it plays is its own choice, and stands in its context from then on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.dsp.segment import summarize_cuts
from livehost.inference.tokens import HEARD, PLAYED, TOKEN_SIZE, Tokeniser, bank_statistics, item_vectors
from livehost.players.nearest.player import NearestChooser
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.bank_transformer.augment import LEVELS
from livehost.studio.bank_transformer.lines import TOGETHER_MS
from livehost.studio.bank_transformer.material import bank_of
from livehost.studio.bank_transformer.peeks import usual_rows
from livehost.studio.bank_transformer.sampling import LEAST_EVENTS
from livehost.studio.bank_transformer.vectors import LENGTH, gaps_from, hop_samples

#: What a decision and a block take from the delay of an answer, seconds.
SPARE_S = 0.002
#: Events of a recording that are asked about, at most.
MOST_EVENTS = 64


@dataclass(frozen=True)
class Mode:
    """How answers are asked for.

    Attributes
    ----------
    name : str
    delay_s : float
        From a stroke to its answer, which is asked for as late as it can be; 0: before the stroke.
    follow : float
    """

    name: str
    delay_s: float
    follow: float = 0.5

    @property
    def now(self) -> bool:
        """Whether the answer sounds with the stroke that is heard."""
        return self.delay_s > 0


MODES = (Mode("0 ms", 0.0), Mode("12 ms", 0.012), Mode("30 ms", 0.03), Mode("100 ms", 0.1), Mode("mirror", 0.03, 1.0))


@dataclass(eq=False)
class StageCase:
    """One recording, bank and mode, of E steps: a question, the answer that is played, the stroke when it is over.

    Attributes
    ----------
    piece, domain, mode : str
    items : float32 [m, ITEM_SIZE]
    length : float32 [m]
        Of the items, as tokens say it.
    peeks, heard, played : float32 [E, TOKEN_SIZE]
        Tokens; of the played ones the item's columns and the length are left to whoever chooses.
    truth : int64 [E]
        The right item; −1 where there is none.
    nearest : float64 [E]
        Reciprocal rank that the nearest item to what is known gets.
    """

    piece: str
    domain: str
    mode: Mode
    items: np.ndarray
    length: np.ndarray
    peeks: np.ndarray
    heard: np.ndarray
    played: np.ndarray
    truth: np.ndarray
    nearest: np.ndarray


def reciprocal_ranks(scores: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Give 1 / rank of the right items, ties in the middle, float64 [n]; NaN where nothing is right."""
    true = scores[np.arange(len(scores)), np.maximum(truth, 0)][:, None]
    above, tied = (scores > true).sum(1), (scores == true).sum(1)
    return np.where(truth >= 0, 1.0 / (above + 0.5 * (tied + 1.0)), np.nan)


def stage_cases(
    recordings: Iterable[Recording], mean: np.ndarray, scale: np.ndarray, modes: Sequence[Mode] = MODES
) -> list[StageCase]:
    """Make the cases of recordings, each by its tasks; those with few events give none."""
    found = []
    for recording in recordings:
        for heard, machine, alone, aligned in _pairs(recording):
            bank, gain_db, seconds = bank_of(machine, alone=alone)
            bank[:, LEVELS] += gain_db[:, None]
            truth = np.arange(len(heard) + 1) if aligned else _next_of_part(heard, machine, recording.rate)
            found += [
                _case(recording, heard, bank, seconds, truth, aligned, mode, mean, scale)
                for mode in modes
                if aligned or mode.follow <= 0.5
            ]
    return found


def _pairs(recording: Recording) -> Iterable[tuple[Stream, Stream, bool, bool]]:
    """Give who is heard, whose sounds are the bank, whether these were played alone, and whether events are shared."""
    streams, tasks = recording.renderings, recording.tasks
    if len(streams[0]) >= LEAST_EVENTS:
        if "continue" in tasks:
            yield streams[0], streams[0], False, True
            if streams[0].isolated is not None:
                yield streams[0], streams[0], True, True
        if "crossed" in tasks and len(streams) > 1:
            yield streams[1], streams[0], False, True
    if "answer" in tasks and recording.parts and min(map(len, recording.parts)) >= LEAST_EVENTS:
        yield (*recording.parts, False, False)


def _next_of_part(heard: Stream, machine: Stream, rate: float) -> np.ndarray:
    """Give the machine's event that sounds with each stroke or follows it before the next stroke; −1 for none."""
    together = TOGETHER_MS * 1e-3 * rate
    event = np.searchsorted(machine.onset, heard.onset - together)
    ends = np.append(heard.onset[1:], heard.onset[-1:] + rate) - together
    onset = np.append(machine.onset, np.iinfo(np.int64).max)[event]
    return np.where(onset < ends, event, -1)


def _case(
    recording: Recording,
    heard: Stream,
    bank: np.ndarray,
    seconds: np.ndarray,
    truth: np.ndarray,
    aligned: bool,
    mode: Mode,
    mean: np.ndarray,
    scale: np.ndarray,
) -> StageCase:
    """Make one case. Where the answer is armed before, step s asks at the end of stroke s for that to stroke s + 1."""
    count = min(len(heard), MOST_EVENTS)
    rows = np.diff(heard.first[: count + 1])
    hop_s = hop_samples() / recording.rate
    if mode.now:
        rows = np.minimum(rows, max(int((mode.delay_s - SPARE_S) / hop_s), 1))
    else:
        rows = np.array([usual_rows(int(n))[-1] for n in rows])
    onset = heard.onset[:count] / recording.rate
    answer_at = onset + mode.delay_s if mode.now else np.append(onset[1:], onset[-1:] + 0.5)
    cuts = summarize_cuts(heard.rows, heard.first[:count], rows, recording.rate, hop_samples())
    # in the order in which they become known: question, then answer and stroke, the earlier end first
    after = np.array([[0, 1, 2]] if mode.now else [[0, 2, 1]]).repeat(count, 0)
    at = np.stack([onset, answer_at, onset], 1)
    source, peek = np.array([HEARD, PLAYED, HEARD]), np.array([True, False, False])
    flat = np.concatenate([after[k] + 3 * k for k in range(count)])
    features = np.stack([cuts, bank[np.zeros(count, np.int64)], heard.features[:count]], 1).reshape(3 * count, -1)
    lengths = np.stack([rows * hop_s, np.zeros(count), heard.seconds[:count]], 1).ravel()
    kinds, peeked = np.tile(source, count)[flat], np.tile(peek, count)[flat]
    gaps = [gaps_from(at.ravel()[flat], ~peeked & (kinds == who)) for who in (HEARD, PLAYED)]
    statistics = bank_statistics(bank, mean, scale)
    made = np.empty((3 * count, TOKEN_SIZE), np.float32)
    made[flat] = Tokeniser(mean, scale, *statistics).rows(
        features[flat], kinds, lengths[flat], *gaps,
        closed=~peeked, commit=~peeked, now=peeked & mode.now, follow=mode.follow,
    )  # fmt: skip
    tokens = made.reshape(count, 3, TOKEN_SIZE)
    shift = 0 if not aligned and mode.now else 1 if mode.follow <= 0.5 else 0
    right = np.append(truth, [-1, -1])[np.arange(count) + shift]
    right = np.where(right < len(bank), right, -1)
    length = Tokeniser(mean, scale, *statistics).rows(bank, PLAYED, seconds)[:, LENGTH]
    known = heard.features[:count] if not mode.now else cuts
    return StageCase(
        recording.name, recording.domain, mode, item_vectors(bank, mean, scale), length,
        tokens[:, 0], tokens[:, 2], tokens[:, 1], right, _nearest(bank, heard.features[:count], known, right),
    )  # fmt: skip


def _nearest(bank: np.ndarray, heard: np.ndarray, known: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Let the nearest player place what is known, and rank the items by their distance."""
    successor: Any = np.full(len(bank), -1, np.int64)
    chooser = NearestChooser(_Bank(bank, {"successor": successor}))
    scores = np.empty((len(known), len(bank)))
    for step, (over, cut) in enumerate(zip(heard, known, strict=True)):
        chooser.hear(cut, provisional=True)
        scores[step] = -((chooser.space.matrix - chooser.heard_place) ** 2).sum(1)
        chooser.hear(over)
    return reciprocal_ranks(scores, truth)


@dataclass
class _Bank:
    features: np.ndarray
    items: dict[str, np.ndarray]
