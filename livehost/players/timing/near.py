"""How near a stroke of the musician is to what would be played: what doubles it, and how likely one comes."""

import numpy as np

from livehost.dsp.beat.grid import beat_position, position_frame
from livehost.dsp.beat.state import BEAT, PLACES
from livehost.dsp.beat.strokes import chance_at
from livehost.rt.native import kernel, record_at

#: What starts so near to a stroke of the musician's doubles it, ms.
APART_MS = 45.0
#: From so much `space` on it keeps as far as that from strokes; at 0 it plays on, whoever strikes.
FULLY_APART = 0.5


@kernel
def apart_frames(rate, space):
    """Give how far from a stroke a note of its own has to be, frames. RT: worker."""
    return np.int64(APART_MS * 0.001 * rate * min(space / FULLY_APART, 1.0))


@kernel
def stroke_chance(beat, now, frame, apart):
    """Give how likely the musician strikes so near to a frame, frames, at a beat that is sure: 0 … 1. RT: worker."""
    strokes = record_at(beat, BEAT).strokes
    place = np.int64(np.round(beat_position(beat, frame) * PLACES))
    none = 1.0
    for k in range(place - 2, place + 3):
        at = position_frame(beat, k / PLACES) + strokes.off[k % PLACES]
        if at > now and abs(at - frame) < apart:
            none *= 1.0 - chance_at(strokes, k)
    return strokes.alive * (1.0 - none)
