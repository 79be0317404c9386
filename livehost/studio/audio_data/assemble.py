"""What all kinds of material have in common: from sounds and note times to recordings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livehost.studio.audio_data.align import align
from livehost.studio.audio_data.bank_items import with_isolated, with_items
from livehost.studio.audio_data.instruments import Voice
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.audio_data.segments import RATE, segment

#: A stream with fewer segments is not learnt from.
FEWEST = 8
#: How many pieces have their events' sounds alone too.
ISOLATED_SHARE = 0.25


@dataclass(frozen=True)
class Label:
    """Where recordings come from and to which side of the split they belong."""

    name: str
    domain: str
    split: str
    source: str

    @property
    def learning(self) -> bool:
        """Whether variants may be made."""
        return self.split == "train"


def listen(sound: np.ndarray, voices: Sequence[Voice] | None = None) -> Stream:
    """Cut sound into segments, and measure each as a bank would.

    Parameters
    ----------
    sound : ndarray of float32, shape [frames]
        Mono, at `RATE`.
    voices : sequence of Voice, optional
        Who plays it: each event's sound is then played alone too.
    """
    stream = with_items(sound, segment(sound))
    return stream if voices is None else with_isolated(stream, voices)


def whole(
    label: Label, stream: Stream, parts: tuple[Stream, Stream] | None = None, *, augmented: bool = False
) -> list[Recording]:
    """Return a recording to continue, and to answer where parts are given; none where it is too short."""
    if len(stream) < FEWEST:
        return []
    if parts is not None and min(map(len, parts)) < FEWEST:
        parts = None
    tasks = ("continue",) if parts is None else ("continue", "answer")
    return [
        Recording(label.name, label.domain, label.split, (stream,), parts, tasks, label.source, augmented, rate=RATE)
    ]


def crossed(
    label: Label, what: str, first: Stream, second: Stream, seconds: np.ndarray, *, augmented: bool = False
) -> list[Recording]:
    """Return two renderings of the same music, aligned; none where too few events are in both.

    Parameters
    ----------
    label : Label
        Of the music.
    what : str
        What the pair is, for its name.
    first, second : Stream
        Two renderings.
    seconds : ndarray of float64
        Onsets of all notes, in seconds.
    augmented : bool
        Whether it is a variant.
    """
    pair = align((first, second), seconds, RATE)
    if len(pair[0]) < FEWEST:
        return []
    name = f"{label.name} · {what}"
    return [Recording(name, label.domain, label.split, pair, None, ("crossed",), label.source, augmented, rate=RATE)]
