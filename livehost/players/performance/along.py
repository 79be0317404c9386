"""Notes that strike along: placed where a stroke of the musician's is expected, withdrawn where it does not come."""

import numpy as np

from livehost.dsp.beat.strokes import expect_stroke
from livehost.players.modes import strikes_along
from livehost.players.performance.place import step_before
from livehost.players.performance.state import PITCHES, frame_of
from livehost.players.rng import advance, unit
from livehost.players.tell import tell_expected
from livehost.players.timing.unison import NEAR_MS, STRUCK_FROM, WAIT_MS
from livehost.rt.native import kernel

#: How far from its own time a note is moved to a stroke, s.
MOVED_S = 0.3
#: What is expected anew when a note goes out moves it by no more, ms.
ANEW_MS = 30.0
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@kernel
def find_stroke(s, io, p):
    """Place the next note where a stroke is expected, if it is to strike along with that one. RT: worker."""
    if not strikes_along(p.mode) or p.unison <= 0.0 or s.sure == 0:
        return False
    expect_stroke(io.beat, io.frame, 0, -1, s.expected)
    heard = frame_of(s, s.step) + io.latency
    if s.expected.probability < STRUCK_FROM or not heard <= s.expected.frame <= heard + MOVED_S * s.rate:
        return False
    place = (np.uint64(s.strokes) + np.uint64(1)) * _SPREAD
    if unit(advance(advance(s.seed ^ place))) >= p.unison:
        return False
    s.place_frame, s.along = s.expected.frame - io.latency, 1
    s.place_step = max(step_before(s, s.place_frame), s.step)
    return True


@kernel
def struck_along(s, io, frame, decision):
    """Begin a note that strikes along; gives the frame at which it is to start, as it is expected now. RT: worker."""
    if s.struck != 0:
        if frame == s.struck_planned:
            return s.struck_began  # with the note before it
        _settle(s, io, -1)
    s.struck_planned = frame
    expect_stroke(io.beat, io.frame, 0, -1, s.expected)
    anew = s.expected.frame - io.latency
    if s.expected.probability > 0.0 and abs(anew - frame) < ANEW_MS * 0.001 * s.rate:
        frame = max(anew, io.frame + io.lead)
    s.struck, s.struck_began, s.struck_frame = 1, frame, frame + io.latency
    s.struck_decision, s.struck_probability = decision, s.expected.probability
    return frame


@kernel
def _settle(s, io, onset_frame):
    """Tell what became of a note that struck along; without a stroke it ends. RT: worker."""
    s.struck = 0
    if onset_frame < 0:
        for pitch in range(PITCHES):
            if s.on[pitch] != 0 and s.began[pitch] == s.struck_began:
                s.to_end[pitch] = 1
    withdrawn = 1 if onset_frame < 0 else 0
    tell_expected(io, s.struck_frame, s.struck_probability, onset_frame, s.struck_decision, withdrawn)


@kernel
def follow_struck(s, io):
    """See whether the stroke has come that a note struck along with. RT: worker."""
    if s.struck == 0:
        return
    if s.stroke >= 0 and abs(s.stroke - s.struck_frame) <= NEAR_MS * 0.001 * s.rate:
        _settle(s, io, s.stroke)
    elif io.frame > s.struck_frame + WAIT_MS * 0.001 * s.rate:
        _settle(s, io, -1)
