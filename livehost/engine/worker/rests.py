"""Rests of whole bars: from now on nothing new is played, until so many bars, counted from the next one, are over."""

import numpy as np

from livehost.dsp.beat.grid import beat_sure, next_bar, position_frame
from livehost.dsp.beat.state import BEAT_IO
from livehost.events import BY_NAME
from livehost.rt.native import kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish
from livehost.settings import PARTS

_REST, _REST_T = BY_NAME["rest"].code, BY_NAME["rest"].dtype


@kernel
def begin_rest(w, record):
    """Have a part, or all of them (−1), rest for so many bars, or not any more (0). RT: worker."""
    r = record_at(record, _REST_T)
    quantum = record_at(w.beat_io, BEAT_IO).quantum
    for part in range(PARTS):
        if r.part not in (-1, part):
            continue
        w.rests[part] = 1 if r.bars > 0 else 0
        w.rest_until[part] = w.frame + r.bars * r.bar_frames
        w.rest_position[part] = np.nan
        if beat_sure(w.beat, w.frame) != 0:
            w.rest_position[part] = next_bar(w.beat, w.frame, quantum) + r.bars * quantum
            w.rest_until[part] = position_frame(w.beat, w.rest_position[part])


@kernel
def _follow_beat(w, part):
    """Have a rest end with a bar, wherever the beat has moved that to. RT: worker."""
    if np.isnan(w.rest_position[part]) or beat_sure(w.beat, w.frame) == 0:
        return
    quantum = record_at(w.beat_io, BEAT_IO).quantum
    until = position_frame(w.beat, w.rest_position[part])
    beat = position_frame(w.beat, w.rest_position[part] + 1.0) - until
    if abs(until - w.rest_until[part]) > beat:  # beats are counted anew
        w.rest_position[part] = next_bar(w.beat, w.rest_until[part] - beat // 2, quantum)
        until = position_frame(w.beat, w.rest_position[part])
    w.rest_until[part] = until


@kernel
def rests_for_bars(w, part):
    """Tell whether a part rests for some bars; where that is over, tell of it. RT: worker."""
    if w.rests[part] == 0:
        return False
    _follow_beat(w, part)
    if w.frame < w.rest_until[part]:
        return True
    w.rests[part] = 0
    address = ring_claim(w.events)
    if address != 0:
        r = record_at(address, _REST_T)
        r.frame, r.kind, r.part, r.bars, r.bar_frames = w.frame, _REST, part, 0, 0
        ring_publish(w.events)
    return False
