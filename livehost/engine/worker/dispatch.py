"""The worker's plan: what stands armed, and what of it is sent to the audio thread, and when."""

import numpy as np
from numba import carray

from livehost.engine.player_abi import ASK_AGAIN, CHOICES, STAND_IN
from livehost.events import BY_NAME, NOW
from livehost.rt.native import call2, kernel, pointer
from livehost.rt.platform import monotonic_ns
from livehost.rt.ring import ring_claim, ring_publish, tape_written
from livehost.settings import TABLE, parameter_index

(
    _NAME, _MODE, _RESPOND, _DELAY, _DENSITY, _TEMPERATURE, _TOP_K, _TOP_P, _REPEAT, _FOLLOW,
    _GAIN, _DYNAMICS, _CHOKE, _PHRASE_GAP, _FADE_IN, _LATE, _VOICES,
) = (
    parameter_index("worker", key)
    for key in (
        "player.name", "player.mode", "player.respond", "player.answer_delay_ms", "player.density",
        "player.temperature", "player.top_k", "player.top_p", "player.repeat", "player.follow", "player.gain_db",
        "player.dynamics", "player.choke", "player.phrase_gap_ms", "engine.fade_in_ms", "player.late_ms",
        "player.voices",
    )
)  # fmt: skip
_OFF, _BY_MODEL = (TABLE["player.name"].choices.index(name) for name in ("off", "bank"))
_VOICE, _NEXT, _PHRASE = (BY_NAME[n].code for n in ("voice", "next", "phrase"))
_VOICE_T, _NEXT_T, _PHRASE_T = (BY_NAME[n].dtype for n in ("voice", "next", "phrase"))
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
def arm(w, player, io, parameters, urgent):
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
    c.frame, c.kind, c.gate, c.decision = start, _VOICE, w.gate_seen, w.decisions
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
def play_in_time(w, player, io, timing, parameters):
    """Ask when to play, and play. RT: worker."""
    timing.now = w.frame
    timing.mode = np.int64(parameters[_MODE])
    playing = parameters[_RESPOND] != 0.0 and parameters[_NAME] != _OFF and w.gate_seen & 1 == 0
    timing.respond = 1 if playing else 0
    timing.density, timing.slack_frames = parameters[_DENSITY], w.slack
    timing.delay_frames = np.int64(round(parameters[_DELAY] * w.rate * 0.001))
    timing.phrase_gap_frames = np.int64(parameters[_PHRASE_GAP] * w.rate * 0.001)
    call2(w.timing_step, w.timing, w.timing_io)
    for k in range(timing.count):
        start = timing.start_frame[k]
        if start <= w.frame and timing.delay_frames == 0:
            start = NOW  # as soon as possible: at the head of the next block, and not late
        if w.used >= io.count:
            arm(w, player, io, parameters, 1)
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
