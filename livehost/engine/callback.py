"""The audio callback: the one piece of compiled code that every driver calls.

It captures, carries out commands at their exact frame, mixes, limits, meters and times itself. It never allocates,
waits, or enters the interpreter. A block is cut into pieces at the frames where something happens (a command, a tick
of the meter), so the render does not depend on where the driver cuts its blocks.
"""

import numpy as np
from numba import carray, types

from livehost.engine.limiter import LIMITER, limiter_delay, limiter_needs
from livehost.engine.pending import (
    BANK,
    BY_HAND,
    PLAYER,
    QUEUE,
    pending_drop_voices,
    pending_due,
    pending_put,
    pending_record,
    pending_remove,
)
from livehost.engine.state import ENGINE, MAX_BLOCK
from livehost.engine.voices import FADED, PANICKED, VOICE, voice_end, voice_fade, voice_mix, voice_start
from livehost.events import BY_NAME, HEADER
from livehost.rt.broadcast import broadcast_from, broadcast_word
from livehost.rt.denormals import flush_denormals, restore_denormals
from livehost.rt.gate import LET_RING, gate_fade, gate_panics, gate_shut, gate_word
from livehost.rt.native import address_of, entry, f32, f64, i64, kernel, pointer
from livehost.rt.platform import C_ULONG, gettid, monotonic_ns
from livehost.rt.ring import ring_claim, ring_peek, ring_publish, ring_release, tape_publish, tape_put
from livehost.rt.semaphore import wake
from livehost.settings import parameter_index
from livehost.stage.stats import BINS, BINS_PER_OCTAVE

#: PortAudio's PaStreamCallback.
CALLBACK = types.int32(types.voidptr, types.voidptr, C_ULONG, types.voidptr, C_ULONG, types.voidptr)

_VOICE, _STOP, _SWAP = (BY_NAME[n].code for n in ("voice", "stop", "swap"))
_METER, _SILENCED, _RESUMED = (BY_NAME[n].code for n in ("meter", "silenced", "resumed"))
_VOICE_T, _STOP_T, _SWAP_T = (BY_NAME[n].dtype for n in ("voice", "stop", "swap"))
_METER_T, _SILENCED_T, _RESUMED_T = (BY_NAME[n].dtype for n in ("meter", "silenced", "resumed"))
_GAIN, _LIMIT, _CEILING, _MUTE, _BYPASS, _MONITOR, _INPUT, _FADE, _STEAL = (
    parameter_index("audio", key)
    for key in (
        "master.gain_db", "master.limiter", "master.ceiling_db", "master.mute", "master.bypass",
        "input.monitor", "input.gain_db", "engine.fade_out_ms", "engine.steal",
    )
)  # fmt: skip
_INPUT_XRUN, _OUTPUT_XRUN = 0x1 | 0x2, 0x4 | 0x8  # PortAudio's under- and overflow flags
_FLOOR = 1e-10
_UNDER = 0.9999  # under the ceiling, also after rounding to 24 bits


@kernel
def _enqueue(e, queue, ring, sender):
    """Move all commands of a ring among the pending ones, but voices from before a panic. RT: callback."""
    while True:
        record = ring_peek(ring)
        if record == 0:
            return
        c = carray(pointer(record), (1,), _VOICE_T)[0]
        if c.kind == _VOICE and (c.gate & 1 != 0 or c.gate < e.gate_seen):
            e.withheld += 1
        elif pending_put(queue, record, BANK if c.kind == _SWAP else sender) == 0:
            e.refused += 1
        ring_release(ring)


@kernel
def _obey_gate(e, queue, voices, frame):
    """Carry out a panic or a stop, or the start behind it, from this frame on. RT: callback."""
    shared = broadcast_word(e.broadcast)
    if shared != e.broadcast_seen:
        e.broadcast_seen = shared
        if broadcast_from(shared) != e.me:
            gate_shut(e.gate, e.panic_fade)
    word = gate_word(e.gate)
    if word == e.gate_seen:
        return
    if word & 1 != 0 or word - e.gate_seen > 1:  # shut, if only for a moment
        panics = gate_panics(e.gate)
        _silence(e, queue, voices, LET_RING if panics == e.panics_seen else gate_fade(e.gate), word, frame)
        e.panics_seen = panics
    if word & 1 == 0:
        address = ring_claim(e.events)
        if address != 0:
            r = carray(pointer(address), (1,), _RESUMED_T)[0]
            r.frame, r.kind = frame, _RESUMED
            ring_publish(e.events)
    e.gate_seen = word


@kernel
def _silence(e, queue, voices, fade, word, frame):
    """Fade every voice (or let it ring), drop every voice that waits, and tell of it. RT: callback."""
    faded = 0
    for k in range(e.slots):
        if voices[k].active != 0 and fade != LET_RING:
            voice_fade(voices[k], max(fade, 1), PANICKED)
            faded += 1
    dropped = pending_drop_voices(queue, word)
    if fade != LET_RING:
        e.panic_frame = frame
    address = ring_claim(e.events)
    if address != 0:
        r = carray(pointer(address), (1,), _SILENCED_T)[0]
        r.frame, r.kind, r.voices, r.dropped = frame, _SILENCED, faded, dropped
        r.how = 1 if fade == LET_RING else 0
        ring_publish(e.events)


@kernel
def _start(e, voices, parameters, record, frame, fade):
    """Start the voice of a command. RT: callback."""
    c = carray(pointer(record), (1,), _VOICE_T)[0]
    if not 0 <= c.index < e.count:
        e.refused += 1
        return
    behind = frame - c.frame if c.frame >= 0 else 0
    if behind > 0:
        e.late += 1
        e.latest = max(e.latest, behind)
    oldest = parameters[_STEAL] != 0.0
    voice_start(voices, e.slots, e.polyphony, record, e.items, e.block, frame, e.rate, fade, oldest, e.events)


@kernel
def _carry_out(e, voices, parameters, record, frame):
    """Carry out one command at `frame`. RT: callback."""
    header = carray(pointer(record), (1,), HEADER)[0]
    if header.kind == _VOICE:
        _start(e, voices, parameters, record, frame, max(np.int64(parameters[_FADE] * e.rate * 0.001), 1))
    elif header.kind == _STOP:
        c = carray(pointer(record), (1,), _STOP_T)[0]
        for k in range(e.slots):
            if voices[k].active != 0 and voices[k].decision == c.decision:
                voice_fade(voices[k], max(c.fade, 1), FADED)
    elif header.kind == _SWAP:
        c = carray(pointer(record), (1,), _SWAP_T)[0]
        e.block, e.items, e.count = c.block, c.items, c.count


@kernel
def _decibel(value):
    """Amplitude to dBFS, floored at −200. RT: callback."""
    return np.float32(20.0 * np.log10(value + _FLOOR))


@kernel
def _tick(e, voices, limiter, frame):
    """Report the levels since the last tick. RT: callback."""
    address = ring_claim(e.events)
    if address != 0:
        r = carray(pointer(address), (1,), _METER_T)[0]
        r.frame, r.kind = frame, _METER
        r.in_peak_db, r.out_peak_db = _decibel(e.in_peak), _decibel(e.out_peak)
        r.in_rms_db = _decibel(np.sqrt(e.in_power / e.meter_frames))
        r.out_rms_db = _decibel(np.sqrt(e.out_power / e.meter_frames))
        r.reduction_db = -_decibel(limiter.lowest)
        sounding = 0
        for k in range(e.slots):
            sounding += voices[k].active
        r.active = np.int32(sounding)
        ring_publish(e.events)
    e.in_peak = e.in_power = e.out_peak = e.out_power = 0.0
    limiter.lowest = 1.0


@kernel
def _sum_voices(e, voices, left, right, begin, count, frame):
    """Mix all voices into a piece of the block. RT: callback."""
    for i in range(begin, begin + count):
        left[i] = np.float32(0.0)
        right[i] = np.float32(0.0)
    for k in range(e.slots):
        v = voices[k]
        if v.active != 0:
            length = min(count, v.frames - v.age)
            # the envelope's corners divide the piece, so that the plain middle goes the fast way
            done = np.int64(0)
            while done < length:
                until = length
                if v.age < v.fade_in:
                    until = min(length, done + v.fade_in - v.age)
                elif v.age < v.fade_from:
                    until = min(length, done + v.fade_from - v.age)
                voice_mix(v, left, right, begin + done, until - done)
                v.age += until - done
                done = until
            if v.age >= v.frames:
                voice_end(v, k, frame + length, e.events)


@kernel
def _within(value, bound):
    """Keep a sample within ± `bound`. RT: callback."""
    return min(max(value, -bound), bound)


@kernel
def _piece(e, parameters, left, right, heard, out, begin, count, frame):
    """Gains, limiter, meters, tapes and output of a piece whose voices are mixed. RT: callback."""
    bypass = parameters[_BYPASS] != 0.0
    master = 0.0 if parameters[_MUTE] != 0.0 else 10.0 ** (parameters[_GAIN] / 20.0)
    voice = 0.0 if bypass else 1.0
    monitor = 1.0 if bypass or parameters[_MONITOR] != 0.0 else 0.0
    gain_in = 10.0 ** (parameters[_INPUT] / 20.0)
    limit = 10.0 ** (parameters[_CEILING] / 20.0) * _UNDER
    limiting = parameters[_LIMIT] != 0.0
    per_channel = 0
    for c in range(e.inputs):
        per_channel += (e.listened >> c) & 1
    share = 1.0 / max(per_channel, 1)
    for i in range(begin, begin + count):
        at = frame + i - begin
        e.input_gain += (gain_in - e.input_gain) * e.smoothing
        e.voice_gain += (voice - e.voice_gain) * e.smoothing
        e.monitor_gain += (monitor - e.monitor_gain) * e.smoothing
        e.master_gain += (master - e.master_gain) * e.smoothing
        e.ceiling += (limit - e.ceiling) * e.smoothing
        sound = 0.0
        for c in range(e.inputs):
            x = np.float64(heard[i * e.inputs + c]) if i * e.inputs + c < heard.size else 0.0
            if not abs(x) < 1e6:  # also where x is nan
                x = 0.0
                e.not_finite += 1
            tape_put(e.record, 2 + c, at, np.float32(x))
            if (e.listened >> c) & 1:
                sound += x
        sound *= share * e.input_gain
        tape_put(e.listen, 0, at, np.float32(sound))
        voice_l, voice_r = np.float64(left[i]) * e.voice_gain, np.float64(right[i]) * e.voice_gain
        if not abs(voice_l) + abs(voice_r) < 1e6:
            voice_l = voice_r = 0.0
            e.not_finite += 1
        through = sound * e.monitor_gain * e.master_gain
        own_l, own_r = voice_l * e.master_gain, voice_r * e.master_gain
        ceiling = min(e.ceiling, limit) if limiting else 1e9
        own_l_then = limiter_delay(e.limiter, 0, np.float32(own_l))
        own_r_then = limiter_delay(e.limiter, 1, np.float32(own_r))
        through_then = limiter_delay(e.limiter, 2, np.float32(through))
        gain = limiter_needs(e.limiter, max(abs(own_l + through), abs(own_r + through)), ceiling)
        # the look-ahead sees to it; the bound is the belt to those braces, when the ceiling itself moves
        bound = limit if limiting else 1e9
        l_out = _within((own_l_then + through_then) * gain, bound)
        r_out = _within((own_r_then + through_then) * gain, bound)
        own_l_out, own_r_out = _within(own_l_then * gain, bound), _within(own_r_then * gain, bound)
        if e.left == e.right:
            own_l_out, own_r_out = 0.5 * (own_l_out + own_r_out), 0.0
        tape_put(e.listen, 1, at, np.float32(own_l_out))
        tape_put(e.listen, 2, at, np.float32(own_r_out))
        tape_put(e.record, 0, at, np.float32(l_out))
        tape_put(e.record, 1, at, np.float32(r_out))
        e.in_peak, e.in_power = max(e.in_peak, abs(sound)), e.in_power + sound * sound
        e.out_peak = max(e.out_peak, abs(l_out), abs(r_out))
        e.out_power += 0.5 * (l_out * l_out + r_out * r_out)
        if out.size != 0:
            for c in range(e.outputs):
                out[i * e.outputs + c] = np.float32(0.0)
            if e.silent == 0:
                if e.left == e.right:
                    out[i * e.outputs + e.left] = np.float32(0.5 * (l_out + r_out))
                else:
                    out[i * e.outputs + e.left] = np.float32(l_out)
                    out[i * e.outputs + e.right] = np.float32(r_out)


@kernel
def _clock(e, began):
    """Account for the time that this block took. RT: callback."""
    spent = monotonic_ns() - began
    e.busy_ns += spent
    e.longest_ns = max(e.longest_ns, spent)
    place = np.int64(np.log2(np.float64(max(spent, 1))) * BINS_PER_OCTAVE)
    i64(e.histogram, BINS)[min(place, BINS - 1)] += 1


@entry(CALLBACK)
def callback(inp, out, frames, time_info, flags, user):  # noqa: ARG001  PortAudio's signature
    """Render one block: PortAudio's callback, and every other driver's. RT: callback."""
    began = monotonic_ns()
    arithmetic = flush_denormals()
    e = carray(user, (1,), ENGINE)[0]
    if e.tid == 0:
        e.tid = gettid()
    if flags & _INPUT_XRUN:
        e.input_xruns += 1
    if flags & _OUTPUT_XRUN:
        e.output_xruns += 1
    voices = carray(pointer(e.voices), (e.slots,), VOICE)
    parameters = f64(e.parameters, 64)
    limiter = carray(pointer(e.limiter), (1,), LIMITER)[0]
    left, right = f32(e.mix, MAX_BLOCK), f32(e.mix + 4 * MAX_BLOCK, MAX_BLOCK)
    count = min(np.int64(frames), MAX_BLOCK)
    begin = e.frame
    there = count if address_of(inp) != 0 else 0
    heard = f32(address_of(inp), there * e.inputs)
    if e.source != 0:
        there = min(max(e.source_frames - begin, 0), count)
        heard = f32(e.source + begin * e.inputs * 4, there * e.inputs)
    sound_out = f32(address_of(out), count * e.outputs if address_of(out) != 0 else 0)
    queue = carray(pointer(e.pending), (1,), QUEUE)[0]
    _enqueue(e, queue, e.control, BY_HAND)
    _enqueue(e, queue, e.commands, PLAYER)
    _obey_gate(e, queue, voices, begin)
    at = np.int64(0)
    while at < count:
        frame = begin + at
        done = 0
        while pending_due(queue, done) <= frame:
            _carry_out(e, voices, parameters, pending_record(queue, done), frame)
            done += 1
        if done > 0:
            pending_remove(queue, done)
        until = min(count, pending_due(queue, 0) - begin)
        until = min(until, (frame // e.meter_frames + 1) * e.meter_frames - begin)
        _sum_voices(e, voices, left, right, at, until - at, frame)
        _piece(e, parameters, left, right, heard, sound_out, at, until - at, frame)
        at = until
        if (begin + at) % e.meter_frames == 0:
            _tick(e, voices, limiter, begin + at)
    e.frame = begin + count
    e.blocks += 1
    tape_publish(e.listen, e.frame)
    tape_publish(e.record, e.frame)
    wake(e.wake)
    _clock(e, began)
    restore_denormals(arithmetic)
    return 0
