"""Cases: what is heard, the bank as it measures its items, and which item is right at each moment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from livehost.bank.measure import CUT_ROWS, HOP_SAMPLES
from livehost.dsp.segment import summarize_cuts
from livehost.dsp.tables import LEVEL_SLOTS
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.bank_transformer.evaluation.cases import LEAST_ITEMS, TOGETHER_MS

#: Of a longer recording the first events are asked about, and are the bank.
MOST_EVENTS = 200
#: What a bank is made of: slices of the recording, its sounds played alone, slices of another rendering of the same
#: music, slices of the other part.
BANKS = ("slices", "alone", "crossed", "answer")


@dataclass(eq=False)
class StageCase:
    """One recording with one bank.

    Attributes
    ----------
    recording, domain, bank : str
        What it comes from, and which of `BANKS`.
    heard : Stream
        What the musician plays.
    features : np.ndarray
        Float32 [items, SEGMENT_SIZE], as a bank has them: under the item's gain.
    frames : np.ndarray
        Int64 [items], how long each sounds.
    same : np.ndarray
        Int64 [events], the item that is the sound of each event; −1 for none.
    after : np.ndarray
        Int64 [events], the item that is right for an answer that sounds with the event and was chosen before it was
        heard; −1 for none.
    following : np.ndarray
        Int64 [events], the item that is right for an answer that sounds with the event and was chosen while it
        sounded; −1 for none.
    rate : float
        Frames a second.
    cuts : np.ndarray, optional
        Float32 [items, cuts, SEGMENT_SIZE], how each item begins (`Bank.cuts`); None where that is not known.
    """

    recording: str
    domain: str
    bank: str
    heard: Stream
    features: np.ndarray
    frames: np.ndarray
    same: np.ndarray
    after: np.ndarray
    following: np.ndarray
    rate: float
    cuts: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.heard)


def stage_cases(recordings: Iterable[Recording], most: int = MOST_EVENTS) -> Iterator[StageCase]:
    """Make the cases of recordings, each by its tasks.

    Yields
    ------
    StageCase
        Recordings of fewer than `LEAST_ITEMS` events give none.
    """
    for recording in recordings:
        streams, tasks = recording.renderings, recording.tasks
        if "continue" in tasks and len(streams[0]) >= LEAST_ITEMS:
            yield _aligned(recording, "slices", streams[0], streams[0], most)
            if streams[0].isolated is not None:
                yield _aligned(recording, "alone", streams[0], streams[0], most)
        if "crossed" in tasks and len(streams) > 1 and min(map(len, streams)) >= LEAST_ITEMS:
            yield _aligned(recording, "crossed", streams[1], streams[0], most)
        if "answer" in tasks and recording.parts and min(map(len, recording.parts)) >= LEAST_ITEMS:
            yield _answer(recording, *recording.parts, most)


def bank_features(stream: Stream, *, alone: bool, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the features of a bank's items, as they sound, and their lengths in frames."""
    items, gain_db, seconds = (
        stream.isolated
        if alone and stream.isolated is not None
        else (stream.items, stream.item_gain_db, stream.item_seconds)
    )
    features = np.array(items, np.float32)
    features[:, LEVEL_SLOTS] += np.asarray(gain_db, np.float32)[:, None]
    return features, np.maximum(np.round(np.asarray(seconds, np.float64) * rate), 1).astype(np.int64)


def bank_cuts(stream: Stream, rate: float) -> np.ndarray:
    """Give how the slices of a stream begin, as a bank has it, float32 [items, cuts, SEGMENT_SIZE]."""
    counts = np.minimum(CUT_ROWS, np.diff(stream.first)[:, None])
    first = np.repeat(stream.first[:-1], len(CUT_ROWS))
    cuts = summarize_cuts(stream.rows, first, counts.ravel(), rate, HOP_SAMPLES).reshape(*counts.shape, -1)
    cuts[..., LEVEL_SLOTS] += np.asarray(stream.item_gain_db, np.float32)[:, None, None]
    return cuts


def _aligned(recording: Recording, bank: str, heard: Stream, machine: Stream, most: int) -> StageCase:
    """Event i of what is heard is item i of the bank."""
    count = min(len(heard), len(machine), most)
    heard, machine = heard.take(slice(count)), machine.take(slice(count))
    features, frames = bank_features(machine, alone=bank == "alone", rate=recording.rate)
    event = np.arange(count)
    following = np.append(event[1:], -1)
    return StageCase(
        recording.name, recording.domain, bank, heard, features, frames, event, event, following, recording.rate,
        None if bank == "alone" else bank_cuts(machine, recording.rate),
    )  # fmt: skip


def _answer(recording: Recording, heard: Stream, machine: Stream, most: int) -> StageCase:
    """Seek the event of the machine's part that comes with a stroke, or after it and before the next."""
    heard = heard.take(slice(most))
    together = TOGETHER_MS * 1e-3 * recording.rate
    ends = np.append(heard.onset[1:], heard.onset[-1] + round(recording.rate)) - together
    machine = machine.take(machine.onset < ends[-1])
    features, frames = bank_features(machine, alone=False, rate=recording.rate)
    event = np.searchsorted(machine.onset, heard.onset - together)
    onset = np.append(machine.onset, np.iinfo(np.int64).max)[event]
    right = np.where(onset < ends, event, -1).astype(np.int64)
    nothing = np.full(len(heard), -1, np.int64)
    return StageCase(
        recording.name, recording.domain, "answer", heard, features, frames, nothing, right, right, recording.rate,
        bank_cuts(machine, recording.rate),
    )  # fmt: skip
