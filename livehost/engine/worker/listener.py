"""Listens: looks for onsets, computes features, opens and closes segments, and tells of all of it."""

import numpy as np

from livehost.dsp.onset.state import STATE as ONSET_STATE
from livehost.dsp.tables import SEGMENT_SLICES, SLICES
from livehost.engine.worker.dispatch import hear_players
from livehost.events import BY_NAME
from livehost.rt.audio_ring import audio_address
from livehost.rt.native import call1, call2, f32, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish

_ONSET, _MASKED, _SEGMENT, _FEATURE = (BY_NAME[n].code for n in ("onset", "masked", "segment", "feature"))
_ONSET_T, _SEGMENT_T, _FEATURE_T = (BY_NAME[n].dtype for n in ("onset", "segment", "feature"))
_RMS, _CENTROID, _FLATNESS, _F0 = (SLICES[n].start for n in ("rms", "centroid", "flatness", "f0"))
_MFCC, _CHROMA = SLICES["mfcc"].start, SLICES["chroma"].start
_SEGMENT_LEVEL, _SEGMENT_CENTROID, _SEGMENT_PITCH, _SEGMENT_VOICED = (
    SEGMENT_SLICES[n].start for n in ("rms_mean", "centroid_mean", "pitch_mean", "voiced")
)
_PROVISIONAL_MS = 50.0  # a sounding segment is shown to the players this long after its onset
_QUIET_MS = 60.0  # a segment whose level stays under the gate this long is over
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
def learn_level(w, level_db):
    """Take an onset's level into the musician's average. RT: worker."""
    if np.isnan(w.average_level_db):  # the first onset of the session
        w.average_level_db = level_db
    w.average_level_db += (1.0 - _MEMORY) * (level_db - w.average_level_db)


@kernel
def analyse(w):
    """Compute the features of the frame that ends here, and stream them. RT: worker."""
    call2(w.analyze, w.analyzer, audio_address(w.listen, 0, w.frame - w.hop))
    if w.open != 0:
        call2(w.segment_add, w.segment, w.vector)
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
def _show(w, provisional):
    """Give the segment so far to the players; a closed one is told of. RT: worker."""
    call1(w.segment_close, w.segment)
    summary, frames = f32(w.summary, w.summary_size), w.frame - w.segment_onset
    hear_players(w, frames, np.float64(summary[_SEGMENT_LEVEL]), provisional)
    w.shown = 1
    if provisional == 0:
        w.open = 0
        address = ring_claim(w.events)
        if address != 0:
            r = record_at(address, _SEGMENT_T)
            r.frame, r.kind, r.onset_frame = w.frame, _SEGMENT, w.segment_onset
            r.frames, r.gap = frames, w.segment_gap
            r.level_db, r.centroid = summary[_SEGMENT_LEVEL], _hertz(summary[_SEGMENT_CENTROID])
            r.f0 = _hertz(summary[_SEGMENT_PITCH]) if summary[_SEGMENT_VOICED] > 0.5 else np.float32(0.0)
            ring_publish(w.events)


@kernel
def follow_segment(w, parameters, heard, onset_frame, whole):
    """Open a segment at an onset, which closes the one before; show one that sounds, and close one that is over.

    RT: worker
    """
    provisional = -1
    if heard != 0:
        if w.open != 0:
            provisional = 0
    elif whole and w.open != 0:
        level = np.float64(f32(w.vector, w.vector_size)[_RMS])
        w.quiet = w.quiet + w.hop if level < parameters.input_gate_db else 0
        length = w.frame - w.segment_onset
        over = length >= parameters.listen_segment_ms * w.rate * 0.001 or w.quiet >= _QUIET_MS * w.rate * 0.001
        if over:
            provisional = 0
        elif w.shown == 0 and length >= _PROVISIONAL_MS * w.rate * 0.001:
            provisional = 1
    if provisional >= 0:
        _show(w, provisional)
    if heard != 0:
        w.segment_gap = onset_frame - w.segment_onset if w.segment_onset >= 0 else 0
        w.segment_onset, w.open, w.shown, w.quiet = onset_frame, 1, 0, 0
        call1(w.segment_reset, w.segment)


@kernel
def skip(w, written):
    """Go to the present after a stall longer than the audio ring. RT: worker."""
    w.overruns += 1
    w.frame = (written // w.hop) * w.hop
    w.open = 0
    call1(w.onset_reset, w.onset)
    call1(w.analyzer_reset, w.analyzer)
