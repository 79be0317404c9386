"""What all kinds of material have in common: from sounds and note times to recordings."""

from dataclasses import dataclass

import numpy as np

from livehost.studio.audio_data.align import align
from livehost.studio.audio_data.bank_items import as_items
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.audio_data.segments import RATE, segment

#: A stream with fewer segments is not learnt from.
FEWEST = 8
#: How often, in train, a rendering is what a bank would know of it, and how often a recording meets its own slices.
AS_ITEMS, OWN_SLICES = 0.4, 0.5


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
    label: Label,
    sound: np.ndarray | Stream,
    parts: tuple[np.ndarray, np.ndarray] | None = None,
    *,
    augmented: bool = False,
) -> list[Recording]:
    """Return a recording to continue, and to answer where parts are given; none where it is too short."""
    stream = sound if isinstance(sound, Stream) else segment(sound)
    if len(stream) < FEWEST:
        return []
    cut = None if parts is None else (segment(parts[0]), segment(parts[1]))
    if cut is not None and min(map(len, cut)) < FEWEST:
        cut = None
    tasks = ("continue",) if cut is None else ("continue", "answer")
    return [Recording(label.name, label.domain, label.split, (stream,), cut, tasks, label.source, augmented, rate=RATE)]


def crossed(
    label: Label,
    what: str,
    first: Stream,
    other: np.ndarray,
    seconds: np.ndarray,
    rng: np.random.Generator,
    *,
    augmented: bool = False,
) -> list[Recording]:
    """Return two renderings of the same music, aligned; none where too few events are in both.

    Parameters
    ----------
    label : Label
        Of the music.
    what : str
        What the pair is, for its name.
    first : Stream
        One rendering.
    other : ndarray of float32, shape [frames]
        Sound of another.
    seconds : ndarray of float64
        Onsets of all notes, in seconds.
    rng : numpy Generator
        Where all chance comes from.
    augmented : bool
        Whether it is a variant.
    """
    second = segment(other)
    if label.learning and rng.random() < AS_ITEMS:
        second = as_items(other, second)
    return _pair(label, what, align((first, second), seconds, RATE), augmented=augmented)


def own_slices(label: Label, sound: np.ndarray, stream: Stream, rng: np.random.Generator) -> list[Recording]:
    """Return, for half of train, a recording beside what a bank cut from it knows."""
    if not label.learning or rng.random() >= OWN_SLICES:
        return []
    return _pair(label, "its own slices", (stream, as_items(sound, stream)), augmented=True)


def _pair(label: Label, what: str, pair: tuple[Stream, ...], *, augmented: bool) -> list[Recording]:
    if len(pair[0]) < FEWEST:
        return []
    name = f"{label.name} · {what}"
    return [Recording(name, label.domain, label.split, pair, None, ("crossed",), label.source, augmented, rate=RATE)]
