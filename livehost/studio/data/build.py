"""What all kinds of material have in common: from sounds and note times to recordings."""

from dataclasses import dataclass

import numpy as np

from livehost.studio.data.align import align
from livehost.studio.data.recording import Recording, Stream
from livehost.studio.data.segments import RATE, segment

#: A stream with fewer segments is not learnt from.
FEWEST = 8


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


def whole(
    label: Label, sound: np.ndarray | Stream, parts: tuple[np.ndarray, np.ndarray] | None = None, **fields: bool
) -> list[Recording]:
    """Return a recording to continue, and to answer where parts are given; none where it is too short."""
    stream = sound if isinstance(sound, Stream) else segment(sound)
    if len(stream) < FEWEST:
        return []
    cut = None if parts is None else (segment(parts[0]), segment(parts[1]))
    if cut is not None and min(map(len, cut)) < FEWEST:
        cut = None
    tasks = ("continue",) if cut is None else ("continue", "answer")
    return [Recording(label.name, label.domain, label.split, (stream,), cut, tasks, label.source, rate=RATE, **fields)]


def crossed(
    label: Label, what: str, first: Stream, second: Stream, seconds: np.ndarray, **fields: bool
) -> list[Recording]:
    """Return two renderings of the same music, aligned; none where too few events are in both."""
    pair = align((first, second), seconds, RATE)
    if len(pair[0]) < FEWEST:
        return []
    name = f"{label.name} · {what}"
    return [Recording(name, label.domain, label.split, pair, None, ("crossed",), label.source, rate=RATE, **fields)]
