"""Strikes together with expected strokes of the musician's: put out before they are heard, and taken back without."""

import numpy as np

from livehost.dsp.beat.strokes import expect_stroke
from livehost.events import REASONS
from livehost.players.timing.line import line_level
from livehost.players.timing.plays import chance, play
from livehost.rt.native import kernel

_UNISON = REASONS.index("unison")
#: A stroke is told of as expected, and struck along with, where it is so likely.
EXPECTED_FROM, STRUCK_FROM = 0.5, 0.75
#: The stroke that was expected is no farther from its frame than this; so long after it none is waited for, ms.
NEAR_MS, WAIT_MS = 50.0, 60.0
#: How often it is asked what is expected, ms.
ASK_MS = 5.0
#: A strike that could only begin so much too late is left, ms.
LATE_MS = 4.0


@kernel
def _frames(state, ms):
    return np.int64(ms * 0.001 * state.rate)


@kernel
def _settle(state, io, onset_frame):
    """Tell what has become of the stroke that was expected; −1: it did not come. RT: worker."""
    io.outcome, io.outcome_frame, io.outcome_probability = 1, state.expected_frame, state.expected_probability
    io.outcome_onset, io.outcome_struck = onset_frame, state.struck
    io.withdraws = 1 if onset_frame < 0 and state.struck != 0 else 0
    io.strikes_now = 1 if onset_frame >= 0 and state.struck != 0 else 0
    state.expects = state.struck = 0
    state.ask_at = io.now + 1


@kernel
def follow_strokes(state, io):
    """Expect the next stroke, strike along with it or not, and see whether it comes. RT: worker."""
    if state.expects != 0:
        if io.onset != 0 and abs(io.onset_frame - state.expected_frame) <= _frames(state, NEAR_MS):
            _settle(state, io, io.onset_frame)
        elif io.now > state.expected_frame + _frames(state, WAIT_MS):
            _settle(state, io, -1)
        return
    # an onset of this hop is not in the beat yet
    if io.beat == 0 or io.onset != 0 or io.now < state.ask_at:
        return
    state.ask_at = io.now + _frames(state, ASK_MS)
    out = state.foretold
    expect_stroke(io.beat, io.now, io.next_stroke, io.next_stroke_onset, out)
    earliest = io.now + io.lead_frames
    start = out.frame - io.latency
    if out.probability < EXPECTED_FROM or start > earliest + state.lead:
        return
    state.expects, state.expected_frame, state.expected_probability = 1, out.frame, out.probability
    likely = out.probability >= STRUCK_FROM and start >= earliest - _frames(state, LATE_MS)
    if likely and io.respond != 0 and chance(state, io.unison * io.density):
        state.struck = 1
        play(state, io, max(start, earliest), -1, line_level(state), _UNISON)


@kernel
def forget_strokes(state):
    """Expect nothing. RT: worker."""
    state.expects = state.struck = 0
    state.ask_at = 0
