"""How busy the musician is, and how much room that leaves.

Strokes a second, smoothed over a breath, are held against what is usual of this musician: so much less of a line plays.
"""

import numpy as np

from livehost.dsp.beat.grid import beat_position
from livehost.rt.native import kernel

#: Over how long strokes are averaged: now, and as a rule, s.
NOW_S, USUAL_S = 0.8, 20.0
#: Who plays less than this is not busy, strokes a second.
CALM = 1.0
#: How much of a line is left out, at `space` 1, where the musician plays as usual.
THINNED = 0.65
#: The line of its own has no more notes than this, 1/s.
MOST_NOTES = 4.0

#: Fields of it, in the state of whoever makes room.
ROOM_FIELDS = [
    ("busy", "f8"),  # strokes a second at `busy_frame`
    ("usual", "f8"),  # the same, as a rule
    ("busy_frame", "i8"),
    ("busy_since", "i8"),  # frame of the first stroke
    ("room_beat", "f8"),  # beat, or half second, that it was told at last
]


@kernel
def _fade(state, frame, rate):
    """Bring the averages up to a frame. RT: worker."""
    seconds = max(frame - state.busy_frame, 0) / rate
    if seconds > 0.0:
        state.busy *= np.exp(-seconds / NOW_S)
        state.usual *= np.exp(-seconds / USUAL_S)
        state.busy_frame = frame


@kernel
def count_stroke(state, frame, rate):
    """Count a stroke of the musician. RT: worker."""
    _fade(state, frame, rate)
    if state.usual == 0.0:
        state.busy_since = frame
    state.busy += 1.0 / NOW_S
    state.usual += 1.0 / USUAL_S


@kernel
def busy_now(state, frame, rate):
    """Give the strokes a second of the musician. RT: worker."""
    _fade(state, frame, rate)
    return state.busy


@kernel
def share_now(state, frame, rate, space):
    """Give how much of its line a player that makes room plays, 0 … 1. RT: worker."""
    busy = busy_now(state, frame, rate)
    heard = 1.0 - np.exp(-max(frame - state.busy_since, 0) / (rate * USUAL_S))  # of the time that is averaged over
    usual = state.usual / max(heard, NOW_S / USUAL_S)
    return 1.0 - space * min(THINNED * busy / max(usual, CALM), 1.0)


@kernel
def room_is_due(state, beat_address, frame):
    """Tell whether it is time to tell of the room: once a beat, or each half second without one. RT: worker."""
    beat = np.floor(beat_position(beat_address, frame)) if state.sure != 0 else np.floor(2.0 * frame / state.rate)
    due = beat != state.room_beat
    state.room_beat = beat
    return due


@kernel
def forget_room(state):
    """Forget how busy the musician was. RT: worker."""
    state.busy = state.usual = 0.0
    state.room_beat = -1.0
