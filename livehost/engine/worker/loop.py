"""The worker: one native loop that hears, decides and commands, woken by the callback after every block.

For each hop of sound: look for an onset, ask the timing when to play, send the armed choice out; only then analyse
the frame, close segments, feed the player and arm the next choice. So an onset never waits for features or for a
model.
"""

import numpy as np
from numba import carray

from livehost.dsp.features import SLICES
from livehost.dsp.onset.detector import ONSET_IO
from livehost.dsp.onset.detector import STATE as ONSET_STATE
from livehost.dsp.segment import SEGMENT_SLICES
from livehost.engine.player_abi import PLAYER, PLAYER_IO
from livehost.engine.worker.commands import obey, obey_gate
from livehost.engine.worker.dispatch import arm, play_in_time
from livehost.engine.worker.record import WORKER
from livehost.events import BY_NAME
from livehost.players.timing import TIMING_IO
from livehost.rt.atomics import load_acquire
from livehost.rt.denormals import flush_denormals, restore_denormals
from livehost.rt.gate import gate_open, gate_rings
from livehost.rt.native import STEP, call1, call2, entry, f32, f64, kernel, pointer
from livehost.rt.platform import gettid
from livehost.rt.ring import ring_claim, ring_publish, tape_address, tape_written
from livehost.rt.semaphore import wait
from livehost.settings import TABLE, parameter_index

_PARAMETERS = 64
_GATE, _ENABLED, _SENSITIVITY, _REFRACTORY, _SEGMENT, _ROOM_MIN, _ROOM_MAX, _ROOM_DB, _AFTER_PANIC = (
    parameter_index("worker", key)
    for key in (
        "input.gate_db", "listen.enabled", "listen.sensitivity", "listen.refractory_ms", "listen.segment_ms",
        "listen.room_min_ms", "listen.room_max_ms", "listen.room_db", "player.after_panic",
    )
)  # fmt: skip
_BY_ONSET = TABLE["player.after_panic"].choices.index("onset")
_ONSET, _MASKED, _SEGMENT_CODE, _FEATURE = (BY_NAME[n].code for n in ("onset", "masked", "segment", "feature"))
_ONSET_T, _SEGMENT_T, _FEATURE_T = (BY_NAME[n].dtype for n in ("onset", "segment", "feature"))
_RMS, _CENTROID, _FLATNESS, _F0 = (SLICES[n].start for n in ("rms", "centroid", "flatness", "f0"))
_MFCC, _CHROMA = SLICES["mfcc"].start, SLICES["chroma"].start
_SEGMENT_LEVEL, _SEGMENT_CENTROID, _SEGMENT_PITCH, _SEGMENT_VOICED = (
    SEGMENT_SLICES[n].start for n in ("rms_mean", "centroid_mean", "pitch_mean", "voiced")
)
_PROVISIONAL_MS = 50.0  # a sounding segment is shown to the player this long after its onset
_QUIET_MS = 60.0  # a segment whose level stays under the gate this long is over
_MEMORY = 0.9  # how slowly the musician's usual loudness is learnt


@kernel
def _hertz(pitch):
    """MIDI pitch to Hz. RT: worker."""
    return np.float32(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


@kernel
def _hear(w, player, io, provisional):
    """Give the segment so far to the player; a closed one is told of. RT: worker."""
    call1(w.segment_close, w.segment)
    summary = f32(w.summary, w.summary_size)
    io.frame, io.features, io.frames = w.frame, w.summary, w.frame - w.segment_onset
    io.gap, io.level_db, io.provisional = w.segment_gap, np.float64(summary[_SEGMENT_LEVEL]), provisional
    call2(player.hear, player.state, w.player_io)
    w.shown = 1
    w.arm_due = 1
    if provisional == 0:
        w.open = 0
        address = ring_claim(w.events)
        if address != 0:
            r = carray(pointer(address), (1,), _SEGMENT_T)[0]
            r.frame, r.kind, r.onset_frame = w.frame, _SEGMENT_CODE, w.segment_onset
            r.frames, r.gap = io.frames, io.gap
            r.level_db, r.centroid = summary[_SEGMENT_LEVEL], _hertz(summary[_SEGMENT_CENTROID])
            r.f0 = _hertz(summary[_SEGMENT_PITCH]) if summary[_SEGMENT_VOICED] > 0.5 else np.float32(0.0)
            ring_publish(w.events)


@kernel
def _listen(w, onset, timing, parameters):
    """Look for an onset in the newest hop, and tell of it; 1 where there was one. RT: worker."""
    state = carray(pointer(w.onset), (1,), ONSET_STATE)[0]
    state.sensitivity, state.gate_db = parameters[_SENSITIVITY], parameters[_GATE]
    state.refractory_ms, state.room_db = parameters[_REFRACTORY], parameters[_ROOM_DB]
    state.room_min_ms, state.room_max_ms = parameters[_ROOM_MIN], parameters[_ROOM_MAX]
    onset.heard = tape_address(w.listen, 0, w.frame)
    onset.left, onset.right = tape_address(w.listen, 1, w.frame), tape_address(w.listen, 2, w.frame)
    onset.frame = w.frame
    found = call2(w.onset_step, w.onset, w.onset_io)
    if parameters[_ENABLED] == 0.0:
        found = 0
    timing.onset = 1 if found == 1 else 0
    if found == 0:
        return 0
    w.strength = max(w.strength, np.float64(onset.strength))
    timing.onset_frame, timing.level_db = onset.onset_frame, np.float64(onset.level_db)
    address = ring_claim(w.events)
    if address != 0:
        r = carray(pointer(address), (1,), _ONSET_T)[0]
        r.frame, r.kind = w.frame + w.onset_hop, _ONSET if found == 1 else _MASKED
        r.onset_frame, r.strength, r.level_db = onset.onset_frame, onset.strength, onset.level_db
        ring_publish(w.events)
    return 1 if found == 1 else 0


@kernel
def _analyse(w):
    """Compute the features of the frame that ends here, and stream them. RT: worker."""
    call2(w.analyze, w.analyzer, tape_address(w.listen, 0, w.frame - w.hop))
    if w.open != 0:
        call2(w.segment_add, w.segment, w.vector)
    if w.frame - w.told < w.telling:
        return
    w.told = w.frame
    vector = f32(w.vector, w.vector_size)
    address = ring_claim(w.events)
    if address != 0:
        r = carray(pointer(address), (1,), _FEATURE_T)[0]
        r.frame, r.kind, r.onset = w.frame, _FEATURE, np.float32(w.strength)
        r.rms_db, r.centroid, r.flatness, r.f0 = vector[_RMS], vector[_CENTROID], vector[_FLATNESS], vector[_F0]
        for k in range(13):
            r.mfcc[k] = vector[_MFCC + k]
        for k in range(12):
            r.chroma[k] = vector[_CHROMA + k]
        ring_publish(w.events)
    w.strength = 0.0


@kernel
def _open(w, onset_frame):
    """Begin a segment at an onset. RT: worker."""
    w.segment_gap = onset_frame - w.segment_onset if w.segment_onset >= 0 else 0
    w.segment_onset, w.open, w.shown, w.quiet = onset_frame, 1, 0, 0
    call1(w.segment_reset, w.segment)


@kernel
def _follow(w, player, io, parameters):
    """Show the player a segment that sounds, and close one that is over. RT: worker."""
    level = np.float64(f32(w.vector, w.vector_size)[_RMS])
    w.quiet = w.quiet + w.hop if level < parameters[_GATE] else 0
    length = w.frame - w.segment_onset
    over = length >= parameters[_SEGMENT] * w.rate * 0.001 or w.quiet >= _QUIET_MS * w.rate * 0.001
    if over:
        _hear(w, player, io, 0)
    elif w.shown == 0 and length >= _PROVISIONAL_MS * w.rate * 0.001:
        _hear(w, player, io, 1)


@kernel
def _resume(w):
    """Play again after a panic, as the musician does; a stop holds until somebody says otherwise. RT: worker."""
    if w.gate_seen & 1 != 0 and gate_rings(w.gate) == 0:
        gate_open(w.gate, w.gate_seen)
        obey_gate(w)


@kernel
def _skip(w, written):
    """Go to the present after a stall longer than the tape. RT: worker."""
    w.overruns += 1
    w.frame = (written // w.hop) * w.hop
    w.open = 0
    call1(w.onset_reset, w.onset)
    call1(w.analyzer_reset, w.analyzer)


@entry(STEP)
def worker_step(address):
    """Work off all sound that has arrived. RT: worker."""
    arithmetic = flush_denormals()
    w = carray(pointer(address), (1,), WORKER)[0]
    player = carray(pointer(w.player), (1,), PLAYER)[0]
    io = carray(pointer(w.player_io), (1,), PLAYER_IO)[0]
    onset = carray(pointer(w.onset_io), (1,), ONSET_IO)[0]
    timing = carray(pointer(w.timing_io), (1,), TIMING_IO)[0]
    parameters = f64(w.parameters, _PARAMETERS)
    written = tape_written(w.listen)
    if written - w.frame > w.tape_frames // 2:
        _skip(w, written)
    while w.frame + w.onset_hop <= written:
        obey(w, player, io)
        heard = _listen(w, onset, timing, parameters)
        if heard != 0 and parameters[_AFTER_PANIC] == _BY_ONSET:
            _resume(w)
        w.frame += w.onset_hop
        if heard != 0:
            if np.isnan(w.usual_db):  # the first onset of the evening
                w.usual_db = timing.level_db
            w.usual_db += (1.0 - _MEMORY) * (timing.level_db - w.usual_db)
        play_in_time(w, player, io, timing, parameters)
        whole = w.frame % w.hop == 0
        if whole:
            _analyse(w)
        if heard != 0:
            if w.open != 0:
                _hear(w, player, io, 0)
            _open(w, onset.onset_frame)
        elif whole and w.open != 0:
            _follow(w, player, io, parameters)
        if w.arm_due != 0:
            arm(w, player, io, parameters, 0)
        written = max(written, tape_written(w.listen))
    restore_denormals(arithmetic)
    return 0


@entry(STEP)
def worker_loop(address):
    """Work until told to stop. RT: worker."""
    w = carray(pointer(address), (1,), WORKER)[0]
    w.tid = gettid()
    while load_acquire(w.stop) == 0:
        wait(w.wake)
        call1(w.step, address)
    return 0
