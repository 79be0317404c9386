"""Listens: looks for onsets, computes features, opens and closes segments, and tells of all of it."""

import numpy as np

from livehost.dsp.onset.state import STATE as ONSET_STATE
from livehost.dsp.segmenter import SEGMENTER_IO, segmenter_at
from livehost.dsp.tables import SEGMENT_SLICES, SLICES
from livehost.engine.player_abi import PLAYER_IO
from livehost.engine.worker.dispatch import hear_players, io_address
from livehost.events import BY_NAME
from livehost.rt.audio_ring import audio_address
from livehost.rt.native import call1, call2, f32, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish
from livehost.settings import PARTS

_ONSET, _MASKED, _SEGMENT, _FEATURE = (BY_NAME[n].code for n in ("onset", "masked", "segment", "feature"))
_ONSET_T, _SEGMENT_T, _FEATURE_T = (BY_NAME[n].dtype for n in ("onset", "segment", "feature"))
_RMS, _CENTROID, _FLATNESS, _F0 = (SLICES[n].start for n in ("rms", "centroid", "flatness", "f0"))
_MFCC, _CHROMA = SLICES["mfcc"].start, SLICES["chroma"].start
_SEGMENT_CENTROID, _SEGMENT_PITCH, _SEGMENT_VOICED = (
    SEGMENT_SLICES[n].start for n in ("centroid_mean", "pitch_mean", "voiced")
)
_ROOM_MS = 150.0  # how much longer than its echoes livehost's own sound is remembered
_ECHO_DB = 3.0  # what is no louder than the loudest echo of its own, and this, may be one
_MEMORY = 0.9  # how slowly the musician's average level is learnt


@kernel
def _hertz(pitch):
    """MIDI pitch to Hz. RT: worker."""
    return np.float32(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


@kernel
def listen(w, onset, parameters):
    """Look for an onset in the newest hop, and tell of it; 1 where there was one. RT: worker."""
    state = record_at(w.onset, ONSET_STATE)
    state.sensitivity, state.gate_db = parameters.listen_sensitivity, parameters.input_gate_db
    state.refractory_ms, state.room_db = parameters.listen_refractory_ms, parameters.listen_room_db
    state.room_min_ms, state.room_max_ms = parameters.listen_room_min_ms, parameters.listen_room_max_ms
    onset.heard = audio_address(w.listen, 0, w.frame)
    onset.left, onset.right = audio_address(w.listen, 1, w.frame), audio_address(w.listen, 2, w.frame)
    onset.frame = w.frame
    found = call2(w.onset_step, w.onset, w.onset_io)
    if found == 0 or parameters.listen_enabled == 0.0:
        return 0
    w.strength = max(w.strength, np.float64(onset.strength))
    address = ring_claim(w.events)
    if address != 0:
        r = record_at(address, _ONSET_T)
        r.frame, r.kind = w.frame + w.onset_hop, _ONSET if found == 1 else _MASKED
        r.onset_frame, r.strength, r.level_db = onset.onset_frame, onset.strength, onset.level_db
        ring_publish(w.events)
    return 1 if found == 1 else 0


@kernel
def _learn_level(w, level_db, loudness_db):
    """Take what a segment was like into the musician's averages. RT: worker."""
    if np.isnan(w.average_level_db):  # the first of the session
        w.average_level_db, w.average_loudness_db = level_db, loudness_db
    w.average_level_db += (1.0 - _MEMORY) * (level_db - w.average_level_db)
    w.average_loudness_db += (1.0 - _MEMORY) * (loudness_db - w.average_loudness_db)


@kernel
def analyse(w):
    """Compute the features of the frame that ends here, and stream them. RT: worker."""
    call2(w.analyze, w.analyzer, audio_address(w.listen, 0, w.frame - w.hop))
    if w.frame - w.feature_frame < w.feature_period:
        return
    w.feature_frame = w.frame
    vector = f32(w.vector, w.vector_size)
    address = ring_claim(w.events)
    if address != 0:
        r = record_at(address, _FEATURE_T)
        r.frame, r.kind, r.onset = w.frame, _FEATURE, np.float32(w.strength)
        r.rms_db, r.centroid, r.flatness, r.f0 = vector[_RMS], vector[_CENTROID], vector[_FLATNESS], vector[_F0]
        for k in range(13):
            r.mfcc[k] = vector[_MFCC + k]
        for k in range(12):
            r.chroma[k] = vector[_CHROMA + k]
        ring_publish(w.events)
    w.strength = 0.0


@kernel
def _follow_own_sound(w, parameters):
    """Follow the level of livehost's own sound, held as long as a room may give it back. RT: worker."""
    loudest = 0.0
    for channel in range(1, 3):
        samples, square = f32(audio_address(w.listen, channel, w.frame - w.onset_hop), w.onset_hop), 0.0
        for i in range(w.onset_hop):
            square += np.float64(samples[i]) * np.float64(samples[i])
        loudest = max(loudest, square)
    level = 10.0 * np.log10(loudest / w.onset_hop + 1e-12)
    held = (parameters.listen_room_max_ms + _ROOM_MS) * w.rate * 0.001
    if level >= w.own_db or w.frame - w.own_held > held:
        w.own_db, w.own_held = level, w.frame


@kernel
def _may_sustain(w, parameters):
    """Tell whether sound that goes on is the musician's: it is louder than any echo of livehost's own. RT: worker."""
    if parameters.listen_enabled == 0.0:
        return 0
    if parameters.listen_room_max_ms == 0.0 or w.own_db < parameters.input_gate_db:
        return 1
    level = 10.0 * np.log10(segmenter_at(w.segmenter).power + 1e-12)
    return 1 if level > w.own_db + parameters.listen_room_db + _ECHO_DB else 0


@kernel
def _wants_a_look(w):
    """Tell which players want to be shown what sounds now, a bit for each part. RT: worker."""
    wanted = np.int64(0)
    for part in range(PARTS):
        io = record_at(io_address(w, part), PLAYER_IO)
        if 0 <= io.look_at <= w.frame:
            io.look_at = -1
            wanted |= np.int64(1) << part
    return wanted


@kernel
def _tell_segment(w, io):
    """Tell of a segment that is over. RT: worker."""
    address = ring_claim(w.events)
    if address != 0:
        summary = f32(w.closed_summary, w.summary_size)
        r = record_at(address, _SEGMENT_T)
        r.frame, r.kind, r.onset_frame = w.frame, _SEGMENT, io.closed_onset
        r.frames, r.gap = io.closed_frames, io.closed_gap
        r.level_db, r.centroid = np.float32(io.closed_level_db), _hertz(summary[_SEGMENT_CENTROID])
        r.f0 = _hertz(summary[_SEGMENT_PITCH]) if summary[_SEGMENT_VOICED] > 0.5 else np.float32(0.0)
        ring_publish(w.events)


@kernel
def _tell_sustained(w, level_db):
    """Tell of sound that goes on and counts as an onset. RT: worker."""
    address = ring_claim(w.events)
    if address != 0:
        r = record_at(address, _ONSET_T)
        r.frame, r.kind, r.onset_frame = w.frame, _ONSET, segmenter_at(w.segmenter).onset
        r.strength, r.level_db = np.float32(0.0), np.float32(level_db)
        ring_publish(w.events)


@kernel
def follow_segments(w, parameters, heard, onset_frame):
    """Open a segment at an onset; give the players what is over, and what still sounds.

    RT: worker
    """
    _follow_own_sound(w, parameters)
    io = record_at(w.segmenter_io, SEGMENTER_IO)
    io.samples, io.count = audio_address(w.listen, 0, w.frame - w.onset_hop), w.onset_hop
    io.now, io.onset, io.onset_frame = w.frame, heard, onset_frame
    io.gate_db, io.longest = parameters.input_gate_db, np.int64(parameters.listen_segment_ms * w.rate * 0.001)
    io.sustain, io.look = _may_sustain(w, parameters), _wants_a_look(w)
    call2(w.segmenter_step, w.segmenter, w.segmenter_io)
    if io.closed != 0:
        if io.closed_level_db > parameters.input_gate_db:
            _learn_level(w, io.closed_level_db, io.closed_loudness_db)
        hear_players(
            w, w.closed_summary, io.closed_onset, io.closed_frames, io.closed_gap, io.closed_level_db,
            io.closed_loudness_db, 0, -1,
        )  # fmt: skip
        _tell_segment(w, io)
    if io.peek != 0:
        hear_players(
            w, w.peek_summary, io.peek_onset, io.peek_frames, io.peek_gap, io.peek_level_db, io.peek_loudness_db, 1,
            -1 if io.peek == 1 else io.look,
        )  # fmt: skip
    if io.opened != 0:
        w.sustained = 1
        _tell_sustained(w, 10.0 * np.log10(segmenter_at(w.segmenter).power + 1e-12))


@kernel
def skip(w, written):
    """Go to the present after a stall longer than the audio ring. RT: worker."""
    w.overruns += 1
    w.frame = (written // w.hop) * w.hop
    w.sustained = 0
    call1(w.segmenter_reset, w.segmenter)
    call1(w.onset_reset, w.onset)
    call1(w.analyzer_reset, w.analyzer)
