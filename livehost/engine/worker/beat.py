"""Follows the musician's beat: every onset and every note that is heard goes to the tracker; the beat is told."""

import numpy as np

from livehost.dsp.beat.given import free_beat, give_beat
from livehost.dsp.beat.grid import bar_of, beat_passes, position_frame
from livehost.dsp.beat.state import BEAT, BEAT_IO
from livehost.dsp.beat.told import tell_beat
from livehost.engine.player_abi import PLAYER_IO
from livehost.engine.worker.dispatch import io_address
from livehost.events import BY_NAME
from livehost.rt.native import call1, call2, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish
from livehost.settings import PARTS

_HEARD_BEAT, _HEARD_BEAT_T = BY_NAME["heard_beat"].code, BY_NAME["heard_beat"].dtype
_GIVEN_BEAT_T, _CARD_LATENCY_T = BY_NAME["given_beat"].dtype, BY_NAME["card_latency"].dtype


@kernel
def follow_beat(w, parameters, heard, onset_frame, level_db):
    """Take in a hop, with an onset or without one. RT: worker."""
    io = record_at(w.beat_io, BEAT_IO)
    io.now, io.onset, io.onset_frame, io.level_db = w.frame, heard, onset_frame, level_db
    io.quantum = np.int64(parameters.tempo_quantum)
    call2(w.beat_step, w.beat, w.beat_io)
    if heard != 0 and io.locked != 0:
        tell_beat(w.beat_told, io.number, io.frame, io.period, io.confidence, io.downbeat)
    if beat_passes(w.beat, w.frame) != 0:
        _tell_passing(w, io)


@kernel
def _tell_passing(w, io):
    """Tell of the beat that passes. RT: worker."""
    address = ring_claim(w.events)
    if address == 0:
        return
    b, r = record_at(w.beat, BEAT), record_at(address, _HEARD_BEAT_T)
    position = np.float64(b.told)
    bar, beat = bar_of(w.beat, position, io.quantum)
    r.frame, r.kind, r.number = position_frame(w.beat, position), _HEARD_BEAT, b.told
    r.bar, r.beat = np.int32(bar), np.int32(beat)
    r.bpm, r.swing = np.float32(60.0 * w.rate / b.grid_period), np.float32(b.grid_swing)
    r.confidence = np.float32(1.0 if b.given != 0 or b.begun != 0 else io.confidence)
    ring_publish(w.events)


@kernel
def use_given_beat(w, record):
    """Play by a beat that a source of tempo gives, or by the musician's again. RT: worker."""
    g = record_at(record, _GIVEN_BEAT_T)
    if g.period > 0.0:
        give_beat(w.beat, g.number, g.beat_frame, g.period, g.downbeat)
    else:
        free_beat(w.beat)


@kernel
def use_latency(w, record):
    """Tell the players how long the way through the sound card is. RT: worker."""
    frames = record_at(record, _CARD_LATENCY_T).frames
    for part in range(PARTS):
        record_at(io_address(w, part), PLAYER_IO).latency = frames


@kernel
def forget_beat(w):
    """Forget every beat, as at the beginning. RT: worker."""
    call1(w.beat_reset, w.beat)
    tell_beat(w.beat_told, 0, 0.0, 0.0, 0.0, 0)
