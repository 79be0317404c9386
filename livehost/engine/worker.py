"""The worker: one native loop that hears, decides and commands, woken by the callback after every block.

For each hop of sound: look for an onset, ask the timing when to play, send the armed choice out; only then analyse
the frame, close segments, feed the player and arm the next choice. So an onset never waits for features or for a
model.
"""

import numpy as np
from numba import carray

from livehost.dsp.features import SLICES
from livehost.dsp.onset import ONSET_IO
from livehost.dsp.onset import STATE as ONSET_STATE
from livehost.dsp.segment import SEGMENT_SLICES
from livehost.engine.worker_record import WORKER
from livehost.events import BY_NAME, HEADER, NOW
from livehost.players.abi import ASK_AGAIN, CHOICES, PLAYER, PLAYER_IO, STAND_IN
from livehost.players.timing import TIMING_IO
from livehost.rt.atomics import load_acquire
from livehost.rt.denormals import flush_denormals, restore_denormals
from livehost.rt.native import STEP, call1, call2, entry, f32, f64, kernel, pointer
from livehost.rt.platform import gettid, monotonic_ns
from livehost.rt.ring import ring_claim, ring_peek, ring_publish, ring_release, tape_address, tape_written
from livehost.rt.semaphore import wait
from livehost.settings import TABLE, parameter_index

_PARAMETERS = 64
(
    _GATE, _ENABLED, _SENSITIVITY, _REFRACTORY, _SEGMENT, _ROOM_MIN, _ROOM_MAX, _ROOM_DB,
    _NAME, _MODE, _RESPOND, _DELAY, _DENSITY, _TEMPERATURE, _TOP_K, _TOP_P, _REPEAT, _FOLLOW,
    _GAIN, _DYNAMICS, _CHOKE, _PHRASE_GAP, _FADE_IN, _LATE, _VOICES,
) = (
    parameter_index("worker", key)
    for key in (
        "input.gate_db", "listen.enabled", "listen.sensitivity", "listen.refractory_ms", "listen.segment_ms",
        "listen.room_min_ms", "listen.room_max_ms", "listen.room_db", "player.name", "player.mode",
        "player.respond", "player.answer_delay_ms", "player.density", "player.temperature", "player.top_k",
        "player.top_p", "player.repeat", "player.follow", "player.gain_db", "player.dynamics", "player.choke",
        "player.phrase_gap_ms", "engine.fade_in_ms", "player.late_ms", "player.voices",
    )
)  # fmt: skip
_OFF, _BY_MODEL = (TABLE["player.name"].choices.index(name) for name in ("off", "bank"))
_CODES = {name: record.code for name, record in BY_NAME.items()}
_SET, _PANIC, _RESET, _STEER, _ALLOW, _PLAYER = (
    _CODES[n] for n in ("set", "panic", "reset", "steer", "allow", "player")
)
_SWAP, _SWAPPED = _CODES["swap"], _CODES["swapped"]
_VOICE, _ONSET, _MASKED, _SEGMENT_CODE, _NEXT, _PHRASE, _FEATURE = (
    _CODES[n] for n in ("voice", "onset", "masked", "segment", "next", "phrase", "feature")
)
_SET_T, _STEER_T, _ALLOW_T, _PLAYER_T, _SWAP_T, _SWAPPED_T = (
    BY_NAME[n].dtype for n in ("set", "steer", "allow", "player", "swap", "swapped")
)
_VOICE_T, _ONSET_T, _SEGMENT_T, _NEXT_T, _PHRASE_T, _FEATURE_T = (
    BY_NAME[n].dtype for n in ("voice", "onset", "segment", "next", "phrase", "feature")
)
_RMS, _CENTROID, _FLATNESS, _F0 = (SLICES[n].start for n in ("rms", "centroid", "flatness", "f0"))
_MFCC, _CHROMA = SLICES["mfcc"].start, SLICES["chroma"].start
_SEGMENT_LEVEL, _SEGMENT_CENTROID, _SEGMENT_PITCH, _SEGMENT_VOICED = (
    SEGMENT_SLICES[n].start for n in ("rms_mean", "centroid_mean", "pitch_mean", "voiced")
)
_PROVISIONAL_MS = 50.0  # a sounding segment is shown to the player this long after its onset
_QUIET_MS = 60.0  # a segment whose level stays under the gate this long is over
_MEMORY = 0.9  # how slowly the musician's usual loudness is learnt
_SOFTEST, _LOUDEST = -24.0, 9.0  # how far an answer follows, dB
_LAYER_SHARE = 0.5  # a choice sounds together with a better one where it is at least half as likely
_LAYER_FADE_MS = 15.0  # and comes in behind it


@kernel
def _ask(w, io, parameters, urgent):
    """Fill in a player's arguments that come from live settings and from the clock. RT: worker."""
    io.frame, io.urgent, io.wait = w.frame, urgent, w.virtual
    io.plain = 0 if parameters[_NAME] == _BY_MODEL else 1
    io.late = np.int64(parameters[_LATE] * w.rate * 0.001)
    # a whole block at a time is what a worker in time is behind
    io.behind = 0 if w.virtual != 0 else max(tape_written(w.listen) - w.frame - w.block, 0)
    io.plan, io.events = w.plan + 1, w.events
    io.temperature, io.top_k = parameters[_TEMPERATURE], np.int64(parameters[_TOP_K])
    io.top_p, io.repeat, io.follow = parameters[_TOP_P], parameters[_REPEAT], parameters[_FOLLOW]


@kernel
def _change_player(w, player, io, record):
    """Let another player answer from here on; its bank, where it has its own, goes to the audio thread.

    Voices that were sent out before are played from the bank that they were meant for. RT: worker
    """
    p = carray(pointer(record), (1,), _PLAYER_T)[0]
    new = carray(pointer(p.table), (1,), PLAYER)[0]
    player.state, player.hear, player.played, player.arm = new.state, new.hear, new.played, new.arm
    player.reset, player.steer, player.allow = new.reset, new.steer, new.allow
    io.count, w.used, w.arm_due = 0, 0, 1
    if p.block != 0:
        address = ring_claim(w.commands)
        if address == 0:
            w.refused += 1
        else:
            c = carray(pointer(address), (1,), _SWAP_T)[0]
            c.frame, c.kind, c.block, c.items, c.count = NOW, _SWAP, p.block, p.items, p.count
            ring_publish(w.commands)
    address = ring_claim(w.events)
    if address != 0:
        r = carray(pointer(address), (1,), _SWAPPED_T)[0]
        r.frame, r.kind, r.items = w.frame, _SWAPPED, p.count
        ring_publish(w.events)


@kernel
def _obey(w, player, io, parameters):
    """Carry out what Python has asked for. RT: worker."""
    while True:
        record = ring_peek(w.control)
        if record == 0:
            return
        kind = carray(pointer(record), (1,), HEADER)[0].kind
        if kind == _SET:
            c = carray(pointer(record), (1,), _SET_T)[0]
            parameters[c.parameter] = c.value
            w.arm_due = 1
        elif kind == _PANIC:
            call1(w.timing_reset, w.timing)
            w.open = 0
        elif kind == _RESET:
            call2(player.reset, player.state, w.player_io)
            call1(w.timing_forget, w.timing)
            w.arm_due = 1
        elif kind == _STEER:
            io.verdict = carray(pointer(record), (1,), _STEER_T)[0].verdict
            call2(player.steer, player.state, w.player_io)
            w.arm_due = 1
        elif kind == _ALLOW:
            a = carray(pointer(record), (1,), _ALLOW_T)[0]
            io.item, io.allowed = a.index, a.allowed
            call2(player.allow, player.state, w.player_io)
            w.arm_due = 1
        elif kind == _PLAYER:
            _change_player(w, player, io, record)
        ring_release(w.control)


@kernel
def _arm(w, player, io, parameters, urgent):
    """Have the player decide what comes next, and tell of it. RT: worker."""
    if w.asked_ns == 0:
        w.asked_ns = monotonic_ns()
    _ask(w, io, parameters, urgent)
    code = call2(player.arm, player.state, w.player_io)
    if code == ASK_AGAIN:
        w.arm_due = 1
        return
    spent = np.int64(0) if w.virtual != 0 else monotonic_ns() - w.asked_ns
    w.decide_ms = np.float64(spent) * 1e-6
    w.used, w.asked_ns, w.arm_due = 0, 0, 0
    if code == STAND_IN:
        w.arm_due = 1
    w.plan += 1
    address = ring_claim(w.events)
    if address != 0:
        r = carray(pointer(address), (1,), _NEXT_T)[0]
        r.frame, r.kind, r.decision, r.decide_ms = w.frame, _NEXT, w.plan, np.float32(w.decide_ms)
        r.count, r.fallback = np.int32(io.count), np.int32(io.fallback)
        for k in range(CHOICES):
            r.index[k] = np.int32(io.index[k]) if k < io.count else np.int32(-1)
            r.probability[k] = np.float32(io.probability[k]) if k < io.count else np.float32(0.0)
        ring_publish(w.events)


@kernel
def _layers(w, io, parameters):
    """Count the armed choices that sound together: those that are nearly as likely as the first. RT: worker."""
    count = 1
    while (
        count < parameters[_VOICES]
        and w.used + count < io.count
        and io.probability[w.used + count] >= _LAYER_SHARE * io.probability[w.used]
    ):
        count += 1
    return count


@kernel
def _play(w, player, io, parameters, start, onset_frame, reason, level_db, layer, layers):
    """Send the best armed choice that is not used up to the audio thread. RT: worker."""
    if w.used >= io.count:
        return
    choice = w.used
    gain = parameters[_GAIN] - 10.0 * np.log10(np.float64(layers))
    if not np.isnan(level_db):
        gain += parameters[_DYNAMICS] * min(max(level_db - w.usual_db, _SOFTEST), _LOUDEST)
    address = ring_claim(w.commands)
    if address == 0:
        w.refused += 1
        return
    c = carray(pointer(address), (1,), _VOICE_T)[0]
    w.decisions += 1
    c.frame, c.kind, c.decision = start, _VOICE, w.decisions
    c.onset_frame, c.index, c.reason = onset_frame, np.int32(io.index[choice]), np.int32(reason)
    c.fallback, c.probability = np.int32(io.fallback), np.float32(io.probability[choice])
    c.gain_db, c.pan, c.rate = np.float32(gain), np.float32(0.0), np.float32(1.0)
    c.decide_ms, c.choke = np.float32(w.decide_ms), np.int32(1 + layer) if parameters[_CHOKE] != 0.0 else np.int32(0)
    c.offset, c.frames = 0, 0
    fade_ms = parameters[_FADE_IN] if layer == 0 else max(parameters[_FADE_IN], _LAYER_FADE_MS)
    c.fade_in, c.fade_out = np.int32(fade_ms * w.rate * 0.001), np.int32(0)
    ring_publish(w.commands)
    io.frame, io.played, io.layer = w.frame, io.index[choice], layer
    io.start = start if start >= 0 else w.frame
    call2(player.played, player.state, w.player_io)
    w.used += 1
    w.arm_due = 1


@kernel
def _time(w, player, io, timing, parameters):
    """Ask when to play, and play. RT: worker."""
    timing.now = w.frame
    timing.mode = np.int64(parameters[_MODE])
    timing.respond = 1 if parameters[_RESPOND] != 0.0 and parameters[_NAME] != _OFF else 0
    timing.density, timing.slack_frames = parameters[_DENSITY], w.slack
    timing.delay_frames = np.int64(round(parameters[_DELAY] * w.rate * 0.001))
    timing.phrase_gap_frames = np.int64(parameters[_PHRASE_GAP] * w.rate * 0.001)
    call2(w.timing_step, w.timing, w.timing_io)
    for k in range(timing.count):
        start = timing.start_frame[k]
        if start <= w.frame and timing.delay_frames == 0:
            start = NOW  # as soon as possible: at the head of the next block, and not late
        if w.used >= io.count:
            _arm(w, player, io, parameters, 1)
        layers = _layers(w, io, parameters)
        for layer in range(layers):
            _play(
                w, player, io, parameters, start, timing.play_onset_frame[k], timing.reason[k],
                timing.play_level_db[k], layer, layers,
            )  # fmt: skip
    if timing.phrase_over != 0:
        address = ring_claim(w.events)
        if address != 0:
            r = carray(pointer(address), (1,), _PHRASE_T)[0]
            r.frame, r.kind = w.frame, _PHRASE
            r.onset_frame, r.onsets = timing.phrase_onset_frame, timing.phrase_onsets
            ring_publish(w.events)


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
    onset.played = tape_address(w.listen, 1, w.frame)
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
        _obey(w, player, io, parameters)
        heard = _listen(w, onset, timing, parameters)
        w.frame += w.onset_hop
        if heard != 0:
            if np.isnan(w.usual_db):  # the first onset of the evening
                w.usual_db = timing.level_db
            w.usual_db += (1.0 - _MEMORY) * (timing.level_db - w.usual_db)
        _time(w, player, io, timing, parameters)
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
            _arm(w, player, io, parameters, 0)
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
