"""Cases: at each step of a recording, which item of its bank comes next; made from recordings.

Three tasks. *continue*: the bank is the recording's own segments. *crossed*: heard in one rendering, the bank is the
same music in another. *answer*: one part is heard, the bank is the other part, whose next event is sought each time.
Tokens stand in the order in which they go in on stage: a played one when it begins, a heard one when it has ended.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from livehost.inference.tokens import HEARD, PLAYED
from livehost.studio.audio_data.recording import TASKS, Recording, Stream

#: Of a bank with fewer items nothing is asked.
LEAST_ITEMS = 8
#: Longer recordings are asked about their first events.
MOST_ITEMS = 2000
#: A musician and a machine that begin within this time begin together.
TOGETHER_MS = 30.0


@dataclass(eq=False)
class Case:
    """One task on one recording.

    Attributes
    ----------
    recording, domain, task : str
        What it comes from and what is asked.
    bank : np.ndarray
        Float32 [items, features], segment features as measured.
    features : np.ndarray
        Float32 [tokens, features] of each token.
    source : np.ndarray
        Int64 [tokens], `HEARD` or `PLAYED`.
    item : np.ndarray
        Int64 [tokens], the item that was played; −1 for what was heard.
    onset : np.ndarray
        Int64 [tokens], frames.
    seconds : np.ndarray
        Float64 [tokens], how long each sounds.
    rate : float
        Frames a second.
    after : np.ndarray
        Int64 [steps], the newest token that is known at each step.
    target : np.ndarray
        Int64 [steps], the item that comes next.
    excluded : np.ndarray
        Int64 [steps], the item that is no candidate: the one just heard (*answer*: just played).
    """

    recording: str
    domain: str
    task: str
    bank: np.ndarray
    features: np.ndarray
    source: np.ndarray
    item: np.ndarray
    onset: np.ndarray
    seconds: np.ndarray
    rate: float
    after: np.ndarray
    target: np.ndarray
    excluded: np.ndarray

    def gaps_from(self, source: int) -> np.ndarray:
        """Give the seconds from the onset of the last token of a source before, float64 [tokens]; −1 for none."""
        own = np.where(self.source == source, np.arange(len(self.onset)), -1)
        before = np.concatenate([[-1], np.maximum.accumulate(own)[:-1]])
        gaps = np.maximum(self.onset - self.onset[np.maximum(before, 0)], 0) / self.rate
        return np.where(before >= 0, gaps, -1.0)


def cases(recordings: Iterable[Recording], tasks: Iterable[str] = TASKS) -> Iterator[Case]:
    """Make all cases of recordings.

    Parameters
    ----------
    recordings : iterable of Recording
        Each is asked what its own `tasks` say.
    tasks : iterable of str
        Of `TASKS`: these only.

    Yields
    ------
    Case
        Recordings of fewer than `LEAST_ITEMS` events give none.
    """
    for recording in recordings:
        wanted, renderings = set(tasks) & set(recording.tasks), recording.renderings
        if "continue" in wanted:
            for stream in renderings:
                yield from _aligned(recording, "continue", stream, stream)
        if "crossed" in wanted and len(renderings) > 1:
            for k, heard in enumerate(renderings):
                yield from _aligned(recording, "crossed", heard, renderings[(k + 1) % len(renderings)])
        if "answer" in wanted and recording.parts is not None:
            yield from _answer(recording, *recording.parts)


def _aligned(recording: Recording, task: str, heard: Stream, other: Stream) -> Iterator[Case]:
    """Event i of one stream is event i of the other: heard i, item i + 1 is sought."""
    count = min(len(heard.onset), len(other.onset), MOST_ITEMS)
    if count < LEAST_ITEMS:
        return
    steps = np.arange(count - 1)
    yield Case(
        recording.name, recording.domain, task,
        bank=np.asarray(other.features[:count], np.float32),
        features=np.asarray(heard.features[:count], np.float32),
        source=np.full(count, HEARD, np.int64),
        item=np.full(count, -1, np.int64),
        onset=np.asarray(heard.onset[:count], np.int64),
        seconds=np.asarray(heard.seconds[:count], np.float64),
        rate=recording.rate, after=steps, target=steps + 1, excluded=steps,
    )  # fmt: skip


def _answer(recording: Recording, heard: Stream, machine: Stream) -> Iterator[Case]:
    """Both parts in the order in which they go in; the machine's next event is sought."""
    count, rate = min(len(machine.onset), MOST_ITEMS), recording.rate
    if count < LEAST_ITEMS or not len(heard.onset):
        return
    played_at = np.asarray(machine.onset[:count], np.float64)
    heard_at = np.asarray(heard.onset, np.float64) + np.asarray(heard.seconds, np.float64) * rate
    # an answer begins when the onset is known that also ends what was heard before: that one goes first
    known_at = np.concatenate([heard_at - TOGETHER_MS * 1e-3 * rate, played_at])
    order = np.argsort(known_at, kind="stable")
    order = order[known_at[order] <= played_at[-1]]
    item = np.concatenate([np.full(len(heard_at), -1), np.arange(count)])[order].astype(np.int64)

    def column(name: str, dtype: Any) -> np.ndarray:
        both = [np.asarray(getattr(stream, name)) for stream in (heard, machine)]
        return np.concatenate([both[0], both[1][:count]])[order].astype(dtype)

    places = np.flatnonzero(item >= 0)
    yield Case(
        recording.name, recording.domain, "answer",
        bank=np.asarray(machine.features[:count], np.float32),
        features=column("features", np.float32),
        source=np.where(item >= 0, PLAYED, HEARD).astype(np.int64),
        item=item, onset=column("onset", np.int64), seconds=column("seconds", np.float64), rate=rate,
        after=places[1:] - 1, target=item[places[1:]], excluded=item[places[:-1]],
    )  # fmt: skip
