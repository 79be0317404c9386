"""The audio callback: the one piece of compiled code that every driver calls.

It captures, carries out commands at their exact frame, mixes, limits, meters and times itself. It never allocates,
waits, or enters the interpreter. A block is cut into pieces at the frames where something happens (a command, a tick
of the meter), so the render does not depend on where the driver cuts its blocks.
"""

import numpy as np
from numba import types

from livehost.engine.block_clock import block_clock_tell
from livehost.engine.block_times import BINS, BINS_PER_OCTAVE
from livehost.engine.inserts import CHAIN, run_inserts
from livehost.engine.limiter import LIMITER, limiter_delay, limiter_needs
from livehost.engine.pending import (
    QUEUE,
    pending_drop,
    pending_due,
    pending_record,
    pending_remove,
)
from livehost.engine.state import AUDIO, ENGINE, MAX_BLOCK
from livehost.engine.strips import STRIP, strip_begin, strip_mix, strip_moves
from livehost.engine.take_in import PARAMETERS, begin_block, take_commands, take_gate
from livehost.engine.voices import (
    FADED,
    PANICKED,
    VOICE,
    voice_end,
    voice_fade,
    voice_mix,
    voice_settle,
    voice_start,
    voice_swell,
)
from livehost.events import BY_NAME
from livehost.record import HEADER
from livehost.rt.audio_ring import audio_publish, audio_put
from livehost.rt.denormals import flush_denormals, restore_denormals
from livehost.rt.gate import LET_RING
from livehost.rt.native import address_of, array_at, entry, f32, f64, i64, kernel, record_at
from livehost.rt.platform import C_ULONG, gettid, monotonic_ns
from livehost.rt.ring import ring_claim, ring_publish
from livehost.rt.semaphore import wake
from livehost.settings import PARTS, VOICES

#: PortAudio's PaStreamCallback.
CALLBACK = types.int32(types.voidptr, types.voidptr, C_ULONG, types.voidptr, C_ULONG, types.voidptr)

_VOICE, _VOICE_GAIN, _STOP, _USE_BANK, _PLAY_NOTE, _PARAMETER = (
    BY_NAME[n].code for n in ("voice", "voice_gain", "stop", "use_bank", "play_note", "parameter")
)
_METER, _SILENCED, _RESUMED, _NOTE = (BY_NAME[n].code for n in ("meter", "silenced", "resumed", "note"))
_VOICE_T, _VOICE_GAIN_T, _STOP_T, _USE_BANK_T, _PLAY_NOTE_T, _PARAMETER_T = (
    BY_NAME[n].dtype for n in ("voice", "voice_gain", "stop", "use_bank", "play_note", "parameter")
)
_METER_T, _SILENCED_T, _RESUMED_T, _NOTE_T = (BY_NAME[n].dtype for n in ("meter", "silenced", "resumed", "note"))
_INPUT_XRUN, _OUTPUT_XRUN = 0x1 | 0x2, 0x4 | 0x8  # PortAudio's under- and overflow flags
_FLOOR = 1e-10
_SWELL_MS = 5.0  # in which a voice takes another gain
_LONGEST_LATENCY_S = 2.0
_UNDER = 0.9999  # under the ceiling, also after rounding to 24 bits
#: Ceiling that a limiter comes down from that is switched on while it plays.
_NO_CEILING = 16.0


@kernel
def _handle_gate(e, queue, voices, frame):
    """Carry out a panic or a stop, or the start behind it, from this frame on. RT: callback."""
    word, fade = take_gate(e)
    if word == e.gate_seen:
        return
    if word & 1 != 0 or word - e.gate_seen > 1:  # shut, if only for a moment
        _silence(e, queue, voices, fade, word, frame)
    if word & 1 == 0:
        address = ring_claim(e.events)
        if address != 0:
            r = record_at(address, _RESUMED_T)
            r.frame, r.kind = frame, _RESUMED
            ring_publish(e.events)
    e.gate_seen = word


@kernel
def _silence(e, queue, voices, fade, word, frame):
    """Fade every voice (or let it ring), drop every voice and note that waits, and tell of it. RT: callback."""
    faded = 0
    for k in range(e.slots):
        if voices[k].active != 0 and fade != LET_RING:
            voice_fade(voices[k], max(fade, 1), PANICKED)
            faded += 1
    dropped = pending_drop(queue, word)
    if fade != LET_RING:
        e.panic_frame = frame
    address = ring_claim(e.events)
    if address != 0:
        r = record_at(address, _SILENCED_T)
        r.frame, r.kind, r.voices, r.dropped = frame, _SILENCED, faded, dropped
        r.how = 1 if fade == LET_RING else 2 if frame == e.back_frame else 0
        ring_publish(e.events)


@kernel
def _start(e, voices, parameters, record, frame, fade):
    """Start the voice of a command. RT: callback."""
    c = record_at(record, _VOICE_T)
    part = min(max(c.part, 0), PARTS - 1)
    if not 0 <= c.index < e.count[part]:
        e.refused += 1
        return
    behind = frame - c.frame if c.frame >= 0 else 0
    if behind > 0:
        e.late += 1
        e.latest = max(e.latest, behind)
    oldest = parameters.engine_steal != 0.0
    items, block = e.items[part], e.block[part]
    voice_start(voices, e.slots, e.polyphony, record, items, block, frame, e.rate, fade, oldest, e.events)


@kernel
def _tell_note(e, record, frame):
    """Tell of a note that begins or ends at `frame`. RT: callback."""
    c = record_at(record, _PLAY_NOTE_T)
    address = ring_claim(e.events)
    if address != 0:
        r = record_at(address, _NOTE_T)
        r.frame, r.kind, r.part, r.decision, r.onset_frame = frame, _NOTE, c.part, c.decision, c.onset_frame
        r.frames, r.pitch, r.velocity, r.reason = c.frames, c.pitch, c.velocity, c.reason
        r.fallback, r.probability, r.decide_ms = c.fallback, c.probability, c.decide_ms
        ring_publish(e.events)


@kernel
def _carry_out(e, voices, parameters, record, frame):
    """Carry out one command at `frame`. RT: callback."""
    header = record_at(record, HEADER)
    if header.kind == _VOICE:
        _start(e, voices, parameters, record, frame, max(np.int64(parameters.engine_fade_out_ms * e.rate * 0.001), 1))
    elif header.kind == _PLAY_NOTE:
        _tell_note(e, record, frame)
    elif header.kind == _STOP:
        c = record_at(record, _STOP_T)
        for k in range(e.slots):
            if voices[k].active != 0 and voices[k].decision == c.decision:
                voice_fade(voices[k], max(c.fade, 1), FADED)
    elif header.kind == _VOICE_GAIN:
        c = record_at(record, _VOICE_GAIN_T)
        for k in range(e.slots):
            if voices[k].active != 0 and voices[k].part == c.part and voices[k].onset_frame == c.onset_frame:
                voice_swell(voices[k], c.gain_db, max(np.int64(_SWELL_MS * e.rate * 0.001), 1))
    elif header.kind == _PARAMETER:
        c = record_at(record, _PARAMETER_T)
        if 0 <= c.field < PARAMETERS:
            f64(e.given, PARAMETERS)[c.field] = f64(e.parameters, PARAMETERS)[c.field] = c.value
    elif header.kind == _USE_BANK:
        c = record_at(record, _USE_BANK_T)
        if 0 <= c.part < PARTS:
            e.block[c.part], e.items[c.part], e.count[c.part] = c.block, c.items, c.count


@kernel
def _decibel(value):
    """Amplitude to dBFS, floored at −200. RT: callback."""
    return np.float32(20.0 * np.log10(value + _FLOOR))


@kernel
def _tick(e, voices, limiter, frame):
    """Report the levels since the last tick. RT: callback."""
    address = ring_claim(e.events)
    if address != 0:
        r = record_at(address, _METER_T)
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
    strips = array_at(e.strips, VOICES, STRIP)
    for k in range(e.slots):
        v = voices[k]
        if v.active != 0:
            length = min(count, v.frames - v.age)
            into_left, into_right, moves = left, right, False
            if k < VOICES:
                if v.age == 0:
                    strip_begin(strips[k])
                moves = strip_moves(strips[k])
            if moves:
                into_left, into_right = f32(e.alone, MAX_BLOCK), f32(e.alone + 4 * MAX_BLOCK, MAX_BLOCK)
                for i in range(begin, begin + length):
                    into_left[i] = np.float32(0.0)
                    into_right[i] = np.float32(0.0)
            # the envelope's corners divide the piece, so that the plain middle goes the fast way
            done = np.int64(0)
            while done < length:
                until = length
                if v.age < v.fade_in:
                    until = min(length, done + v.fade_in - v.age)
                elif v.age < v.fade_from:
                    until = min(length, done + v.fade_from - v.age)
                if v.age < v.swell_until:
                    until = min(until, done + v.swell_until - v.age)
                voice_mix(v, into_left, into_right, begin + done, until - done)
                v.age += until - done
                done = until
                voice_settle(v)
            if moves:
                strip_mix(strips[k], into_left, into_right, left, right, begin, length, e.smoothing)
            if v.age >= v.frames:
                voice_end(v, k, frame + length, e.events)


@kernel
def _returned(e, frame):
    """How far sound has come back at a frame after a loss of the sound card, 0 … 1. RT: callback."""
    return min(max(np.float64(frame - e.back_frame) / np.float64(e.back_frames), 0.0), 1.0)


@kernel
def _within(value, bound):
    """Keep a sample within ± `bound`. RT: callback."""
    return min(max(value, -bound), bound)


@kernel
def _read_inputs(e, parameters, heard, begin, count, frame):
    """Take in a piece of the input: record it, and mix the channels that are listened to. RT: callback."""
    wanted = 10.0 ** (parameters.input_gain_db / 20.0)
    channels = 0
    for c in range(e.inputs):
        channels += (e.listened >> c) & 1
    share = 1.0 / max(channels, 1)
    mono = f64(e.heard, MAX_BLOCK)
    returns = frame < e.back_frame + e.back_frames
    gain, peak, power = e.input_gain, e.in_peak, e.in_power
    for i in range(begin, begin + count):
        at = frame + i - begin
        gain += (wanted - gain) * e.smoothing
        sound = 0.0
        for c in range(e.inputs):
            x = np.float64(heard[i * e.inputs + c]) if i * e.inputs + c < heard.size else 0.0
            if not abs(x) < 1e6:  # also where x is nan
                x = 0.0
                e.not_finite += 1
            audio_put(e.record, 2 + c, at, np.float32(x))
            if (e.listened >> c) & 1:
                sound += x
        sound *= share * gain
        if returns:
            sound *= _returned(e, at)
        audio_put(e.listen, 0, at, np.float32(sound))
        peak, power = max(peak, abs(sound)), power + sound * sound
        mono[i] = sound
    e.input_gain, e.in_peak, e.in_power = gain, peak, power


@kernel
def _mix(e, parameters, left, right, begin, count):
    """Give the voice bus its gains, and the dry monitor its own. RT: callback."""
    bypass = parameters.master_bypass != 0.0
    wanted_master = 0.0 if parameters.master_mute != 0.0 else 10.0 ** (parameters.master_gain_db / 20.0)
    wanted_voice = 0.0 if bypass else 1.0
    wanted_monitor = 1.0 if bypass or parameters.input_monitor != 0.0 else 0.0
    mono, through = f64(e.heard, MAX_BLOCK), f64(e.through, MAX_BLOCK)
    own_left, own_right = f64(e.own, MAX_BLOCK), f64(e.own + 8 * MAX_BLOCK, MAX_BLOCK)
    voice, monitor, master = e.voice_gain, e.monitor_gain, e.master_gain
    for i in range(begin, begin + count):
        voice += (wanted_voice - voice) * e.smoothing
        monitor += (wanted_monitor - monitor) * e.smoothing
        master += (wanted_master - master) * e.smoothing
        voice_l, voice_r = np.float64(left[i]) * voice, np.float64(right[i]) * voice
        if not abs(voice_l) + abs(voice_r) < 1e6:
            voice_l = voice_r = 0.0
            e.not_finite += 1
        through[i] = mono[i] * monitor * master
        own_left[i], own_right[i] = voice_l * master, voice_r * master
    e.voice_gain, e.monitor_gain, e.master_gain = voice, monitor, master


@kernel
def _master_inserts(e, left, right, begin, count):
    """Run the master's inserts over livehost's own sound. RT: callback."""
    if record_at(e.master_inserts, CHAIN).count == 0:
        return
    own_left, own_right = f64(e.own, MAX_BLOCK), f64(e.own + 8 * MAX_BLOCK, MAX_BLOCK)
    for i in range(begin, begin + count):
        left[i], right[i] = np.float32(own_left[i]), np.float32(own_right[i])
    run_inserts(e.master_inserts, e.mix + 4 * begin, e.mix + 4 * (MAX_BLOCK + begin), count)
    for i in range(begin, begin + count):
        own_left[i], own_right[i] = np.float64(left[i]), np.float64(right[i])
        if not abs(own_left[i]) + abs(own_right[i]) < 1e6:
            own_left[i] = own_right[i] = 0.0
            e.not_finite += 1


@kernel
def _delay_monitor(e, begin, count, frame):
    """Delay the dry monitor by the latency of the inserts. RT: callback."""
    if e.latency == 0:
        return
    through, line = f64(e.through, MAX_BLOCK), f64(e.dry, e.dry_mask + 1)
    for i in range(begin, begin + count):
        at = frame + i - begin
        line[at & e.dry_mask] = through[i]
        through[i] = line[(at - e.latency) & e.dry_mask]


@kernel
def _limit_and_write(e, parameters, out, begin, count, frame):
    """Limit a piece and write it to output, rings and meters. RT: callback."""
    limiting = parameters.master_limiter != 0.0
    limit = 10.0 ** (parameters.master_ceiling_db / 20.0) * _UNDER if limiting else _NO_CEILING
    through = f64(e.through, MAX_BLOCK)
    own_left, own_right = f64(e.own, MAX_BLOCK), f64(e.own + 8 * MAX_BLOCK, MAX_BLOCK)
    returns = frame < e.back_frame + e.back_frames
    for i in range(begin, begin + count):
        at = frame + i - begin
        e.ceiling += (limit - e.ceiling) * e.smoothing
        own_l, own_r = own_left[i], own_right[i]
        ceiling = e.ceiling if limiting else 1e9
        # the look-ahead sees to it; the bound is the belt to those braces: the ceiling under which this frame came in
        bound = max(limit, limit + (e.ceiling - limit) * e.lookback) if limiting else 1e9
        own_l_then = limiter_delay(e.limiter, 0, np.float32(own_l))
        own_r_then = limiter_delay(e.limiter, 1, np.float32(own_r))
        through_then = limiter_delay(e.limiter, 2, np.float32(through[i]))
        gain = limiter_needs(e.limiter, max(abs(own_l + through[i]), abs(own_r + through[i])), ceiling)
        l_out = _within((own_l_then + through_then) * gain, bound)
        r_out = _within((own_r_then + through_then) * gain, bound)
        own_l_out, own_r_out = _within(own_l_then * gain, bound), _within(own_r_then * gain, bound)
        if returns:
            back = _returned(e, at)
            l_out, r_out, own_l_out, own_r_out = l_out * back, r_out * back, own_l_out * back, own_r_out * back
        if e.left == e.right:
            own_l_out, own_r_out = 0.5 * (own_l_out + own_r_out), 0.0
        audio_put(e.listen, 1, at, np.float32(own_l_out))
        audio_put(e.listen, 2, at, np.float32(own_r_out))
        audio_put(e.record, 0, at, np.float32(l_out))
        audio_put(e.record, 1, at, np.float32(r_out))
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
def _piece(e, voices, parameters, left, right, heard, out, begin, count, frame):
    """Render a piece in which nothing happens: inputs → voices → inserts → mix → inserts → limiter. RT: callback."""
    _read_inputs(e, parameters, heard, begin, count, frame)
    _sum_voices(e, voices, left, right, begin, count, frame)
    run_inserts(e.bus_inserts, e.mix + 4 * begin, e.mix + 4 * (MAX_BLOCK + begin), count)
    _mix(e, parameters, left, right, begin, count)
    _master_inserts(e, left, right, begin, count)
    _delay_monitor(e, begin, count, frame)
    _limit_and_write(e, parameters, out, begin, count, frame)


@kernel
def _clock(e, began):
    """Account for the time that this block took. RT: callback."""
    spent = monotonic_ns() - began
    e.busy_ns += spent
    e.longest_ns = max(e.longest_ns, spent)
    place = np.int64(np.log2(np.float64(max(spent, 1))) * BINS_PER_OCTAVE)
    i64(e.histogram, BINS)[min(place, BINS - 1)] += 1


@kernel
def _latency_ns(time_info):
    """Read how long a frame still takes to the loudspeaker, −1 where the driver does not say. RT: callback."""
    if time_info == 0:
        return -1.0
    times = f64(time_info, 3)  # PaStreamCallbackTimeInfo: input ADC, now, output DAC, s
    seconds = times[2] - times[1]
    return seconds * 1e9 if 0.0 < seconds < _LONGEST_LATENCY_S else -1.0


@entry(CALLBACK)
def callback(inp, out, frames, time_info, flags, user):
    """Render one block: PortAudio's callback, and every other driver's. RT: callback."""
    began = monotonic_ns()
    arithmetic = flush_denormals()
    e = record_at(user, ENGINE)
    if e.tid == 0:
        e.tid = gettid()
    if flags & _INPUT_XRUN:
        e.input_xruns += 1
    if flags & _OUTPUT_XRUN:
        e.output_xruns += 1
    voices = array_at(e.voices, e.slots, VOICE)
    parameters = record_at(e.parameters, AUDIO)
    limiter = record_at(e.limiter, LIMITER)
    left, right = f32(e.mix, MAX_BLOCK), f32(e.mix + 4 * MAX_BLOCK, MAX_BLOCK)
    count = min(np.int64(frames), MAX_BLOCK)
    begin = e.frame
    block_clock_tell(e.clock, begin, count, began, _latency_ns(address_of(time_info)))
    there = count if address_of(inp) != 0 else 0
    heard = f32(address_of(inp), there * e.inputs)
    if e.source != 0:
        there = min(max(e.source_frames - begin, 0), count)
        heard = f32(e.source + begin * e.inputs * 4, there * e.inputs)
    sound_out = f32(address_of(out), count * e.outputs if address_of(out) != 0 else 0)
    queue = record_at(e.pending, QUEUE)
    begin_block(e, begin, count)
    take_commands(e, queue)
    _handle_gate(e, queue, voices, begin)
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
        _piece(e, voices, parameters, left, right, heard, sound_out, at, until - at, frame)
        at = until
        if (begin + at) % e.meter_frames == 0:
            _tick(e, voices, limiter, begin + at)
    e.frame = begin + count
    e.blocks += 1
    audio_publish(e.listen, e.frame)
    audio_publish(e.record, e.frame)
    wake(e.wake)
    _clock(e, began)
    restore_denormals(arithmetic)
    return 0
