"""Subtracting from the microphone what the speakers play, before anything looks for onsets in it.

A partitioned-block Kalman filter in the frequency domain learns the way from speaker to microphone (Enzner and Vary,
"Frequency-domain adaptive Kalman filter for acoustic echo control", Signal Processing 2006; partitions after Kuech,
Mabande and Enzner, ICASSP 2014). It weighs each bin by what it already knows and by how much else is heard there, so a
musician who plays all the time slows it down and does not lead it astray. It learns a block (some 10 ms) at a time;
its taps are applied in the time domain, so that no sample waits.
"""

import numpy as np
from numba import carray
from numpy.typing import NDArray

from livehost.dsp.fft import PLAN, RealFFT, transform
from livehost.rt.native import STEP, STEP2, call1, entry, f32, fast_kernel, pointer, run1

#: What a step is given: addresses of `hop` float32.
CANCEL_IO = np.dtype([("heard", "i8"), ("played", "i8"), ("cleaned", "i8")], align=True)

CANCELLER = np.dtype(
    [
        ("enabled", "f8"),
        ("start_db", "f8"),  # energy of the room's response that is thought likely at first
        ("trust", "f8"),  # 0 or 1: whether the estimate helps
        ("gain", "f8"),  # part of the estimate that is subtracted; follows trust
        ("heard_energy", "f8"),  # leaky sums over blocks
        ("cleaned_energy", "f8"),
        ("hop", "i8"),
        ("block", "i8"),
        ("partitions", "i8"),
        ("ring", "i8"),  # samples of played that are remembered, a power of two
        ("position", "i8"),  # samples so far
        ("newest", "i8"),  # partition whose spectrum is the latest
        ("turn", "i8"),  # partition that is made causal next
        ("filled", "i8"),  # samples taken of this block
        ("silence", "i8"),  # blocks since anything was played
        ("first", "i8"),  # the partitions that matter
        ("last", "i8"),
        ("transform", "i8"),  # addresses from here on
        ("learn", "i8"),
        ("plan", "i8"),
        ("line", "i8"),  # float32 [2 * ring]: played, twice
        ("taken", "i8"),  # float32 [block]: heard
        ("taps", "i8"),  # float32 [partitions * block], newest sample last
        ("target", "i8"),  # what the taps move to
        ("spectra", "i8"),  # float32 [partitions, 2, bins]
        ("weights", "i8"),  # float32 [partitions, 2, bins]
        ("doubt", "i8"),  # float32 [partitions, bins]: expected squared error of the weights
        ("rest", "i8"),  # float32 [bins]: what else is heard
        ("error", "i8"),  # float32 [2, bins]
        ("power", "i8"),  # float32 [partitions]: energy of the taps
    ],
    align=True,
)

_SPAN_MS, _BLOCK_MS = 64.0, 10.7
_KEEP = 0.9995  # of a weight, from block to block: the room may change within some ten seconds
_SLEW = np.float32(0.06)  # of the way to their target that taps go in a hop
_TRUST, _DISTRUST = 5e-5, 1e-3  # of the way to its target that the gain goes in a sample
_MATTERS = 0.003  # a partition with less of the strongest one's energy is not worth its time
_SILENT = 1e-6  # of full scale


@fast_kernel
def _convolve(taps_address, line_address, total, count, out):
    """Filter `count` samples; `line_address` is of the first one's partner at the first tap. RT: worker."""
    taps, taps_end = f32(taps_address, total), np.uint64(total)
    for i in range(0, count - 3, 4):
        base = line_address + 4 * i
        x0, x1, x2, x3 = f32(base, total), f32(base + 4, total), f32(base + 8, total), f32(base + 12, total)
        a, b, c, d = np.float32(0.0), np.float32(0.0), np.float32(0.0), np.float32(0.0)
        for j in range(taps_end):
            a += taps[j] * x0[j]
            b += taps[j] * x1[j]
            c += taps[j] * x2[j]
            d += taps[j] * x3[j]
        out[i], out[i + 1], out[i + 2], out[i + 3] = a, b, c, d
    for i in range(count - count % 4, count):
        a, x0 = np.float32(0.0), f32(line_address + 4 * i, total)
        for j in range(taps_end):
            a += taps[j] * x0[j]
        out[i] = a


@fast_kernel
def _inverse(plan, plan_address, transform_address, spectrum):
    """Fill `plan.source` with a spectrum's real signal, by the Hartley transform, its own inverse. RT: worker."""
    size, bins = plan.size, plan.size // 2 + 1
    source, real, imag = f32(plan.source, size), f32(plan.real, bins), f32(plan.imag, bins)
    scale = np.float32(1.0 / size)
    for k in range(bins):
        re, im = spectrum[k] * scale, spectrum[bins + k] * scale
        source[k] = re - im
        if 0 < k < bins - 1:
            source[size - k] = re + im
    call1(transform_address, plan_address)
    for k in range(bins):
        source[k] = real[k] - imag[k]
        if 0 < k < bins - 1:
            source[size - k] = real[k] + imag[k]


@fast_kernel
def _correct(spectra, weights, doubt, newest, partitions, bins, rest, gain, real, imag):
    """Move the weights by what their error (`real`, `imag`) says, each bin as far as it can be believed. RT: worker."""
    for k in range(bins):
        rest[k] += np.float32(0.3) * (real[k] * real[k] + imag[k] * imag[k] - rest[k])
        gain[k] = np.float32(2.0) * rest[k] + np.float32(1e-9)
    for p in range(partitions):
        x, u = 2 * bins * ((newest - p) % partitions), bins * p
        for k in range(bins):
            gain[k] += doubt[u + k] * (spectra[x + k] * spectra[x + k] + spectra[x + bins + k] * spectra[x + bins + k])
    keep, lose = np.float32(_KEEP * _KEEP), np.float32(1.0 - _KEEP * _KEEP)
    for p in range(partitions):
        x, w, u = 2 * bins * ((newest - p) % partitions), 2 * bins * p, bins * p
        for k in range(bins):
            step = doubt[u + k] / gain[k]
            xr, xi = spectra[x + k], spectra[x + bins + k]
            wr = weights[w + k] + step * (xr * real[k] + xi * imag[k])
            wi = weights[w + bins + k] + step * (xr * imag[k] - xi * real[k])
            weights[w + k], weights[w + bins + k] = wr, wi
            left = np.float32(1.0) - np.float32(0.5) * step * (xr * xr + xi * xi)
            doubt[u + k] = keep * left * doubt[u + k] + lose * (wr * wr + wi * wi)


@entry(STEP)
def cancel_learn(address):
    """Learn from the block that has just been taken. RT: worker."""
    s = carray(pointer(address), (1,), CANCELLER)[0]
    plan = carray(pointer(s.plan), (1,), PLAN)[0]
    block, bins, partitions = s.block, s.block + 1, s.partitions
    source, real, imag = f32(plan.source, 2 * block), f32(plan.real, bins), f32(plan.imag, bins)
    line, taken, target = f32(s.line, 2 * s.ring), f32(s.taken, block), f32(s.target, partitions * block)
    spectra, weights = f32(s.spectra, partitions * 2 * bins), f32(s.weights, partitions * 2 * bins)
    doubt, rest, error = f32(s.doubt, partitions * bins), f32(s.rest, bins), f32(s.error, 2 * bins)
    power = f32(s.power, partitions)
    begin = ((s.position - 1) & (s.ring - 1)) + s.ring - 2 * block + 1
    loudest = np.float32(0.0)
    for i in range(2 * block):
        source[i] = line[begin + i]
        loudest = max(loudest, abs(source[i]))
    s.silence = 0 if loudest > _SILENT else s.silence + 1
    if s.silence > partitions:
        return 0
    call1(s.transform, s.plan)
    s.newest = (s.newest + 1) % partitions
    for k in range(bins):
        spectra[2 * bins * s.newest + k], spectra[2 * bins * s.newest + bins + k] = real[k], imag[k]
        error[k], error[bins + k] = np.float32(0.0), np.float32(0.0)
    for p in range(partitions):
        x, w = 2 * bins * ((s.newest - p) % partitions), 2 * bins * p
        for k in range(bins):
            xr, xi, wr, wi = spectra[x + k], spectra[x + bins + k], weights[w + k], weights[w + bins + k]
            error[k] += xr * wr - xi * wi
            error[bins + k] += xr * wi + xi * wr
    _inverse(plan, s.plan, s.transform, error)
    heard_energy, cleaned_energy = 0.0, 0.0
    for i in range(block):
        left = taken[i] - source[block + i]
        heard_energy += taken[i] * taken[i]
        cleaned_energy += left * left
        source[i], source[block + i] = np.float32(0.0), left
    call1(s.transform, s.plan)
    _correct(spectra, weights, doubt, s.newest, partitions, bins, rest, error, real, imag)
    s.heard_energy += 0.05 * (heard_energy - s.heard_energy)
    s.cleaned_energy += 0.05 * (cleaned_energy - s.cleaned_energy)
    s.trust = 1.0 if s.cleaned_energy < s.heard_energy else 0.0

    # One partition a block is made causal again; its impulse response becomes the target of the taps.
    own, end = f32(s.weights + 8 * bins * s.turn, 2 * bins), block * (partitions - s.turn)
    _inverse(plan, s.plan, s.transform, own)
    power[s.turn] = 0.0
    for i in range(block):
        power[s.turn] += source[i] * source[i]
        target[end - 1 - i] = source[i]
        source[block + i] = np.float32(0.0)
    call1(s.transform, s.plan)
    for k in range(bins):
        own[k], own[bins + k] = real[k], imag[k]
    s.turn = (s.turn + 1) % partitions
    most = np.float32(0.0)
    for p in range(partitions):
        most = max(most, power[p])
    s.first, s.last = partitions, 0
    for p in range(partitions):
        if power[p] > _MATTERS * most:
            s.first, s.last = min(s.first, p), p + 1
    return 0


@entry(STEP2)
def cancel_step(address, io_address):
    """Take the next hop of what is heard and played; write what is heard without what was played. RT: worker."""
    s = carray(pointer(address), (1,), CANCELLER)[0]
    io = carray(pointer(io_address), (1,), CANCEL_IO)[0]
    total, hop, mask = s.partitions * s.block, s.hop, s.ring - 1
    heard, played, cleaned = f32(io.heard, hop), f32(io.played, hop), f32(io.cleaned, hop)
    line, taken = f32(s.line, 2 * s.ring), f32(s.taken, s.block)
    for i in range(hop):
        here = s.position & mask
        line[here] = line[here + s.ring] = played[i]
        taken[s.filled] = heard[i]
        s.position += 1
        s.filled += 1
        if s.filled == s.block:
            s.filled = 0
            if s.enabled != 0.0:
                call1(s.learn, address)
    if s.enabled == 0.0 or s.silence > s.partitions or s.last <= s.first:
        for i in range(hop):
            cleaned[i] = heard[i]
        return 0
    # Taps and line run from the oldest sample to the newest; partition 0 is the newest.
    begin, count = s.block * (s.partitions - s.last), s.block * (s.last - s.first)
    taps, target = f32(s.taps + 4 * begin, count), f32(s.target + 4 * begin, count)
    for j in range(np.uint64(count)):
        taps[j] += _SLEW * (target[j] - taps[j])
    oldest = ((s.position - 1) & mask) + s.ring - hop + 2 - total + begin
    _convolve(s.taps + 4 * begin, s.line + 4 * oldest, count, hop, cleaned)
    for i in range(hop):
        s.gain += (_TRUST if s.trust > s.gain else _DISTRUST) * (s.trust - s.gain)
        cleaned[i] = heard[i] - np.float32(s.gain) * cleaned[i]
    return 0


@entry(STEP)
def cancel_reset(address):
    """Forget the room. RT: worker."""
    s = carray(pointer(address), (1,), CANCELLER)[0]
    bins, total = s.block + 1, s.partitions * s.block
    f32(s.line, 2 * s.ring)[:] = 0.0
    f32(s.taken, s.block)[:] = 0.0
    f32(s.taps, total)[:] = 0.0
    f32(s.target, total)[:] = 0.0
    f32(s.spectra, 2 * bins * s.partitions)[:] = 0.0
    f32(s.weights, 2 * bins * s.partitions)[:] = 0.0
    f32(s.rest, bins)[:] = 0.0
    f32(s.power, s.partitions)[:] = 0.0
    f32(s.error, 2 * bins)[:] = 0.0
    f32(s.doubt, bins * s.partitions)[:] = 10.0 ** (0.1 * s.start_db) / s.partitions
    s.trust, s.gain, s.heard_energy, s.cleaned_energy = 0.0, 0.0, 0.0, 0.0
    s.position, s.newest, s.turn, s.filled, s.first, s.last = 0, 0, 0, 0, 0, 0
    s.silence = s.partitions + 1
    return 0


class EchoCanceller:
    """State of an echo canceller; see the module.

    Parameters
    ----------
    rate : float
        Hz.
    hop_samples : int
        Samples a step.
    start_db : float
        Energy of the room's response that is thought likely at first.

    Attributes
    ----------
    address : int
        Of the record, for `cancel_step`.
    """

    def __init__(self, rate: float, hop_samples: int = 32, start_db: float = -6.0) -> None:
        block = 1 << max(4, round(float(np.log2(_BLOCK_MS * rate / 1000))))
        partitions = int(np.ceil(_SPAN_MS * rate / 1000 / block))
        ring = 1 << int(np.ceil(np.log2(partitions * block + 2 * block + hop_samples)))
        bins, total = block + 1, partitions * block
        self._fft = RealFFT(2 * block)
        self._record = np.zeros(1, CANCELLER)
        self.state = self._record[0]
        self.address = int(self._record.ctypes.data)
        self.arrays: dict[str, NDArray[np.float32]] = {
            name: np.zeros(size, np.float32)
            for name, size in (
                ("line", 2 * ring),
                ("taken", block),
                ("taps", total),
                ("target", total),
                ("spectra", 2 * bins * partitions),
                ("weights", 2 * bins * partitions),
                ("doubt", bins * partitions),
                ("rest", bins),
                ("error", 2 * bins),
                ("power", partitions),
            )
        }
        fixed = {
            "enabled": 1.0,
            "start_db": start_db,
            "hop": hop_samples,
            "block": block,
            "partitions": partitions,
            "ring": ring,
            "transform": transform.address,
            "learn": cancel_learn.address,
            "plan": self._fft.address,
        }
        for name, value in fixed.items():
            self.state[name] = value
        for name, array in self.arrays.items():
            self.state[name] = array.ctypes.data
        self.reset()

    def reset(self) -> None:
        """Forget the room."""
        run1(cancel_reset)(self.address)
