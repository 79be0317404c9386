"""Follows the musician's beat: every onset and every note that is heard goes to the tracker; the beat is told."""

from livehost.dsp.beat.state import BEAT_IO
from livehost.dsp.beat.told import tell_beat
from livehost.rt.native import call1, call2, kernel, record_at


@kernel
def follow_beat(w, heard, onset_frame, level_db):
    """Take in a hop, with an onset or without one. RT: worker."""
    io = record_at(w.beat_io, BEAT_IO)
    io.now, io.onset, io.onset_frame, io.level_db = w.frame, heard, onset_frame, level_db
    call2(w.beat_step, w.beat, w.beat_io)
    if heard != 0 and io.locked != 0:
        tell_beat(w.beat_told, io.number, io.frame, io.period, io.confidence, io.downbeat)


@kernel
def forget_beat(w):
    """Forget every beat, as at the beginning. RT: worker."""
    call1(w.beat_reset, w.beat)
    tell_beat(w.beat_told, 0, 0.0, 0.0, 0.0, 0)
