"""Voices: what sounds, from where in the bank, under which envelope.

Everything is a function of a voice's age in frames (an integer), so a render is the same to the bit however it is cut
into blocks.
"""

import numpy as np

from livehost.bank.layout import ITEM
from livehost.events import BY_NAME
from livehost.rt.native import array_at, f32, kernel, record_at
from livehost.rt.ring import ring_claim, ring_publish

#: Slots beyond the polyphony, where stolen voices fade out.
RESERVE = 32

VOICE = np.dtype(
    [
        ("active", "i8"),
        ("samples", "i8"),  # address of the item's first sample
        ("channels", "i8"),
        ("item_frames", "i8"),
        ("start", "i8"),  # frame at which it began
        ("age", "i8"),  # frames since
        ("frames", "i8"),  # age at which it is over
        ("fade_from", "i8"),  # age at which it begins to fade out
        ("fade_in", "i8"),
        ("fade_out", "i8"),
        ("offset", "f8"),
        ("rate", "f8"),
        ("left", "f4"),
        ("right", "f4"),
        ("choke", "i8"),
        ("part", "i8"),
        ("decision", "i8"),
        ("onset_frame", "i8"),  # of the onset that it answers, −1 for none
        ("index", "i8"),
        ("ending", "i8"),
        ("swell_from", "i8"),  # age at which its gain begins to change …
        ("swell_until", "i8"),  # … and has changed; 0 for no change
        ("swell", "f4"),  # factor by then
    ],
    align=True,
)

_PLAYED_OUT, _FADED, CHOKED, STOLEN, PANICKED = range(5)
FADED = _FADED
_END, _SAMPLE, _COMMAND = BY_NAME["end"].dtype, BY_NAME["sample"].dtype, BY_NAME["voice"].dtype
_END_CODE, _SAMPLE_CODE = BY_NAME["end"].code, BY_NAME["sample"].code
_PROBE = 64  # frames that decide which voice is quietest


@kernel
def _envelope(v, age):
    """Gain of a voice at an age, 0 … 1. RT: callback."""
    gain = np.float32(1.0)
    if age < v.fade_in:
        gain = np.float32(age + 1) / np.float32(v.fade_in + 1)
    if age >= v.fade_from:
        left = np.float32(v.fade_out - (age - v.fade_from)) / np.float32(v.fade_out + 1)
        gain *= max(left, np.float32(0.0))
    if age < v.swell_until:
        gain *= _swell(v, age)
    return gain


@kernel
def _swell(v, age):
    """Factor of a gain that changes, at an age before it has changed. RT: callback."""
    done = np.float32(max(age - v.swell_from, 0)) / np.float32(v.swell_until - v.swell_from)
    return np.float32(1.0) + done * (v.swell - np.float32(1.0))


@kernel
def voice_settle(v):
    """Keep a gain that has changed. RT: callback."""
    if v.swell_until != 0 and v.age >= v.swell_until:
        v.left *= v.swell
        v.right *= v.swell
        v.swell_until = 0


@kernel
def voice_swell(v, gain_db, length):
    """Change the gain of a voice over `length` frames from now on. RT: callback."""
    if v.swell_until != 0:  # from where it stands
        now = _swell(v, v.age)
        v.left *= now
        v.right *= now
        gain = v.swell / now
    else:
        gain = np.float32(1.0)
    v.swell = gain * np.float32(10.0 ** (gain_db / 20.0))
    v.swell_from, v.swell_until = v.age, v.age + length


@kernel
def _hermite(a, b, c, d, t):
    """Catmull-Rom interpolation between b and c. RT: callback."""
    half = np.float32(0.5)
    k1 = half * (c - a)
    k2 = a - np.float32(2.5) * b + np.float32(2.0) * c - half * d
    k3 = half * (d - a) + np.float32(1.5) * (b - c)
    return ((k3 * t + k2) * t + k1) * t + b


@kernel
def voice_mix(v, left, right, begin, count):
    """Add `count` frames of one voice to the stereo mix from place `begin` on. RT: callback."""
    stereo = v.channels == 2
    stride = v.channels
    samples = f32(v.samples - 32, v.item_frames * stride + 16)  # 8 guard samples before, 8 after
    other = np.intp(1) if stereo else np.intp(0)
    plain = v.age >= v.fade_in and v.age + count <= v.fade_from and v.swell_until == 0
    if v.rate == 1.0:
        at = (np.int64(v.offset) + v.age) * stride + 8
        if plain:
            if stereo:
                for i in range(count):
                    left[begin + i] += samples[at + 2 * i] * v.left
                    right[begin + i] += samples[at + 2 * i + 1] * v.right
            else:
                for i in range(count):
                    left[begin + i] += samples[at + i] * v.left
                    right[begin + i] += samples[at + i] * v.right
        else:
            for i in range(count):
                gain = _envelope(v, v.age + i)
                left[begin + i] += samples[at + stride * i] * (v.left * gain)
                right[begin + i] += samples[at + stride * i + other] * (v.right * gain)
        return
    for i in range(count):
        position = v.offset + (v.age + i) * v.rate
        whole = np.int64(position)
        t = np.float32(position - whole)
        at = whole * stride + 8
        one = _hermite(samples[at - stride], samples[at], samples[at + stride], samples[at + 2 * stride], t)
        two = one
        if stereo:
            two = _hermite(samples[at - 1], samples[at + 1], samples[at + 3], samples[at + 5], t)
        gain = np.float32(1.0) if plain else _envelope(v, v.age + i)
        left[begin + i] += one * (v.left * gain)
        right[begin + i] += two * (v.right * gain)


@kernel
def voice_fade(v, length, ending):
    """Begin to fade a voice out now, unless it is already fading faster. RT: callback."""
    if v.active == 0 or v.age + length >= v.frames:
        return
    if v.age >= v.fade_from:  # go on from the gain where it stands
        gain = _envelope(v, v.age)
        length = np.int64(length * gain) + 1
        v.fade_out = np.int64(length / max(gain, np.float32(1e-3)))
        v.fade_from = v.age - (v.fade_out - length)
    else:
        v.fade_from = v.age
        v.fade_out = length
    v.frames = v.age + length
    v.ending = ending


@kernel
def voice_end(v, slot, frame, events):
    """Free a voice and tell of it. RT: callback."""
    v.active = 0
    address = ring_claim(events)
    if address != 0:
        e = record_at(address, _END)
        e.frame, e.kind = frame, _END_CODE
        e.decision, e.index, e.part = v.decision, np.int32(v.index), v.part
        e.voice, e.ending = np.int32(slot), np.int32(v.ending)
        ring_publish(events)


@kernel
def _loudness(v):
    """Energy of the next few frames of a voice, as it would sound. RT: callback."""
    energy = np.float32(0.0)
    samples = f32(v.samples, v.item_frames * v.channels)
    first = np.int64(v.offset + v.age * v.rate)
    for i in range(_PROBE):
        if first + i < v.item_frames:
            x = samples[(first + i) * v.channels]
            energy += x * x
    gain = _envelope(v, v.age) * (v.left + v.right)
    return energy * gain * gain


@kernel
def _victim(voices, total, oldest):
    """Find the voice that gives way: the quietest (or oldest) that is not yet fading. RT: callback."""
    best, least = np.int64(-1), np.float64(0.0)
    for k in range(total):
        v = voices[k]
        if v.active != 0 and v.age < v.fade_from:
            measure = np.float64(v.start) if oldest else np.float64(_loudness(v))
            if best < 0 or measure < least:
                best, least = np.int64(k), measure
    return best


@kernel
def _free_slot(voices, total):
    """Find a free slot; else end the voice that is nearest to its end. RT: callback."""
    nearest, left = np.int64(0), np.int64(1) << 62
    for k in range(total):
        if voices[k].active == 0:
            return np.int64(k)
        if voices[k].frames - voices[k].age < left:
            nearest, left = np.int64(k), voices[k].frames - voices[k].age
    return nearest


@kernel
def voice_start(voices, total, polyphony, command, items, block, frame, rate, fade_out, oldest, events):
    """Start the voice that a command asks for, at `frame`; 1 where it sounds. RT: callback."""
    c = record_at(command, _COMMAND)
    item = array_at(items, c.index + 1, ITEM)[c.index]
    speed = np.float64(c.rate) if c.rate > 0 else 1.0
    offset = max(c.offset, 0)
    length = np.int64((item.frames - offset) / speed)
    if c.frames > 0:
        length = min(length, c.frames)
    if length <= 0:
        return 0
    sounding = 0
    for k in range(total):
        v = voices[k]
        if v.active != 0 and v.age < v.fade_from:
            sounding += 1
            if c.choke != 0 and v.choke == c.choke:
                voice_fade(v, fade_out, CHOKED)
                sounding -= 1
    if sounding >= polyphony:
        k = _victim(voices, total, oldest)
        if k >= 0:
            voice_fade(voices[k], fade_out, STOLEN)
    slot = _free_slot(voices, total)
    v = voices[slot]
    if v.active != 0:
        v.ending = STOLEN
        voice_end(v, slot, frame, events)
    gain = np.float32(10.0 ** (c.gain_db / 20.0)) * item.gain
    pan = min(max(c.pan, np.float32(-1.0)), np.float32(1.0))
    v.active = 1
    v.samples = block + item.offset * 4
    v.channels, v.item_frames = np.int64(item.channels), item.frames
    v.start, v.age, v.frames = frame, 0, length
    tail = np.int64(c.fade_out) if c.fade_out > 0 else fade_out
    v.fade_out = min(tail, length)
    v.fade_from = length - v.fade_out
    v.fade_in = np.int64(c.fade_in)
    v.offset, v.rate = np.float64(offset), speed
    v.left = gain * min(np.float32(1.0), np.float32(1.0) - pan)
    v.right = gain * min(np.float32(1.0), np.float32(1.0) + pan)
    v.choke, v.decision, v.index, v.ending = np.int64(c.choke), c.decision, np.int64(c.index), _PLAYED_OUT
    v.part, v.onset_frame, v.swell_until = c.part, c.onset_frame, 0
    address = ring_claim(events)
    if address != 0:
        e = record_at(address, _SAMPLE)
        e.frame, e.kind, e.part = frame, _SAMPLE_CODE, c.part
        e.decision, e.onset_frame, e.index, e.reason = c.decision, c.onset_frame, c.index, c.reason
        e.fallback, e.probability, e.heard_ms = c.fallback, c.probability, c.heard_ms
        e.gain_db, e.pan, e.noted = c.gain_db, pan, c.noted
        e.rate, e.decide_ms, e.voice, e.frames = np.float32(speed), c.decide_ms, np.int32(slot), length
        e.late = np.int32(frame - c.frame) if c.frame >= 0 else np.int32(0)
        e.onset_to_sound_ms = np.float32(np.nan)
        if c.onset_frame >= 0:
            e.onset_to_sound_ms = np.float32((frame - c.onset_frame) * 1000.0 / rate)
        ring_publish(events)
    return 1
