"""The beat to play by: the tracker's own, one that livehost begins, or one that a source of tempo gives."""

import numpy as np

from livehost.dsp.beat.distribution import prime_distribution
from livehost.dsp.beat.line import begin_line, felt_swing, line_at, lines_of
from livehost.dsp.beat.state import BEAT, LINES, MOST_BEATS
from livehost.dsp.beat.strokes import forget_strokes
from livehost.rt.native import kernel, record_at

#: Sure enough to play by, and no longer; a beat of livehost's own is contradicted by so little confidence …
PLAY_SURE, PLAY_UNSURE, CONTRADICTED = 0.3, 0.15, 0.1
#: … after so many onsets.
ONSETS = 5
#: A beat that is given goes on where it is moved by less than this, beats.
SAME_BEAT = 0.14
#: Shortest and longest beat that is given or begun, s.
SHORTEST_S, LONGEST_S = 60.0 / 999.0, 60.0 / 20.0


@kernel
def play_own_beat(address, b):
    """Play by the tracker's own beat, where none is given. RT: worker."""
    if b.given != 0 or b.locked == 0:
        return
    line = line_at(lines_of(address), b.best)
    b.grid_number, b.grid_frame, b.grid_period, b.grid_swing = b.number, line.frame, line.period, felt_swing(b.swing)
    confidence = b.confidence * (1.0 - b.strays)
    if b.begun != 0 and b.onsets >= ONSETS and confidence < CONTRADICTED:
        b.begun = 0
    if b.begun != 0 or confidence >= PLAY_SURE:
        b.sure = 1
    elif confidence < PLAY_UNSURE:
        b.sure = 0


@kernel
def begin_beat(address, frame, period):
    """Begin a beat of livehost's own: a bar at `frame`, beats of `period` frames, until the musician contradicts it.

    RT: worker
    """
    b = record_at(address, BEAT)
    if not SHORTEST_S * b.rate <= period <= LONGEST_S * b.rate:
        return
    for k in range(LINES):
        begin_line(line_at(lines_of(address), k), np.float64(frame), np.float64(period))
    b.locked, b.best, b.doubt, b.strays, b.swing = 1, 0, 0, 0.0, 0.5
    b.number, b.begun, b.sure, b.onsets = 0, 1, 1, 0
    prime_distribution(b, frame, period)
    for k in range(MOST_BEATS):
        b.accents[k] = 1.0
    if b.given == 0:
        b.downbeat = 0
        forget_strokes(b.strokes, b.rate)
        play_own_beat(address, b)


@kernel
def give_beat(address, number, frame, period, downbeat):
    """Play by a beat that is given from outside, until it is taken back.

    Its number, its frame and the length of a beat, frames; and the number of a beat that begins a bar, modulo the beats
    of a bar. To be called again whenever these change. RT: worker
    """
    b = record_at(address, BEAT)
    if not SHORTEST_S * b.rate <= period <= LONGEST_S * b.rate:
        return
    if b.given == 0 or abs(number - b.grid_number - (frame - b.grid_frame) / b.grid_period) > SAME_BEAT:
        forget_strokes(b.strokes, b.rate)
    b.given, b.sure, b.downbeat = 1, 1, downbeat
    b.grid_number, b.grid_frame, b.grid_period, b.grid_swing = number, frame, period, felt_swing(b.swing)


@kernel
def free_beat(address):
    """Play by the musician's own beat again, where it is sure. RT: worker."""
    b = record_at(address, BEAT)
    if b.given == 0:
        return
    b.given, b.sure, b.downbeat = 0, 0, 0
    forget_strokes(b.strokes, b.rate)
    play_own_beat(address, b)
