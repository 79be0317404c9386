"""Makes recordings of what the musician played in a session: cut as on stage, and in stretches that teach or judge."""

import numpy as np

from livehost.studio.audio_data.bank_items import with_items
from livehost.studio.audio_data.recording import Recording, Stream
from livehost.studio.audio_data.segments import RATE, segment
from livehost.studio.bank_transformer.sessions.folder import SessionFiles

#: Segments of a stretch, at least and at most; a session of fewer than three is learnt from as a whole.
LEAST, MOST = 16, 48
#: Which side of the split stretches stand on, in turn: what was played tonight is judged by what was played tonight.
SIDES = ("train", "train", "valid", "train", "test")
#: A segment is one that the stage heard where it was told of an onset so near, seconds.
_SAME_S = 0.006


def heard_stream(files: SessionFiles) -> Stream | None:
    """Cut what was heard into segments, with what a bank would know of each; None where nothing was recorded.

    Where there is a log, segments that the stage took for its own sound coming back are left out.
    """
    if files.sound is None or not len(files.sound):
        return None
    stream = segment(files.sound, RATE, **files.listening)
    stream = with_items(files.sound, stream.take(stream.onset < len(files.sound)))
    told = np.sort([int(event["onset_frame"]) for event in files.of("segment")])
    if not len(told):
        return stream
    onset = stream.onset * (files.rate / RATE)
    after = np.clip(np.searchsorted(told, onset), 1, max(len(told) - 1, 1))
    nearest = np.minimum(np.abs(told[after - 1] - onset), np.abs(told[np.minimum(after, len(told) - 1)] - onset))
    return stream.take(nearest <= _SAME_S * files.rate)


def stretches(name: str, stream: Stream) -> list[Recording]:
    """Part a stream into recordings, each of its own piece, on sides of the split in turn.

    Neighbours on one side are one recording.
    """
    size = min(max(len(stream) // len(SIDES), LEAST), MOST)
    count = len(stream) // size
    sides = [SIDES[k % len(SIDES)] for k in range(count)] if count >= len(SIDES) else ["train", "valid", "test"][:count]
    if count < 3:
        sides = ["train"]
    edges = [size * k for k in range(len(sides))] + [len(stream)]
    found: list[Recording] = []
    first = 0
    for k, side in enumerate(sides):
        if k + 1 < len(sides) and sides[k + 1] == side:
            continue
        part = stream.take(slice(first, edges[k + 1]))
        if len(part):
            second = int(part.onset[0]) // RATE
            title = f"{name} {second // 60}:{second % 60:02d}"
            found.append(Recording(title, "own", side, (part,), source=f"session {name}", rate=RATE))
        first = edges[k + 1]
    return found
