"""A partitioned-block Kalman filter in the frequency domain, for one or two references at once.

After Enzner and Vary, "Frequency-domain adaptive Kalman filter for acoustic echo control", Signal Processing 2006;
partitions after Kuech, Mabande and Enzner, "State-space architecture of the partitioned-block-based acoustic echo
controller", ICASSP 2014; two references after Malik and Enzner, "Recursive Bayesian control of multichannel acoustic
echo cancellation", IEEE Signal Processing Letters 2011. Each weight is moved as far as its error can be believed: by
how little is known of it, and by how much else is heard in its bin.

Two ways are told apart only by what the references do not share. The errors of their weights are therefore kept with
their covariance: where both references are the same, only the sum of the ways is corrected, and what was known of
their difference stays.
"""

import numpy as np

from livehost.dsp.fft import PLAN
from livehost.rt.native import STEP2, call1, entry, f32, fast_kernel, record_at

#: References at most, each with its way.
WAYS = 2

#: What several filters of the same references share: their spectra, and room to work in.
SPECTRA = np.dtype(
    [
        ("block", "i8"),
        ("partitions", "i8"),
        ("ways", "i8"),  # 1: the second reference says nothing that the first one does not
        ("newest", "i8"),  # partition whose spectrum is the latest
        ("transform", "i8"),  # addresses from here on
        ("take_error", "i8"),
        ("correct", "i8"),
        ("plan", "i8"),
        ("heard", "i8"),  # float32 [block]: the latest block at the microphone
        ("spectra", "i8"),  # float32 [WAYS, partitions, 2, bins]
        ("scratch", "i8"),  # float32 [2, bins]
    ],
    align=True,
)

#: What one filter knows.
FILTER = np.dtype(
    [
        ("drift", "f8"),  # how much the energy of each weight is thought to change from block to block, at least
        ("energy", "f8"),  # of the latest block without its echo
        ("turn", "i8"),  # partition that is made causal next
        ("weights", "i8"),  # float32 [WAYS, partitions, 2, bins]
        ("doubt", "i8"),  # float32 [4, partitions, bins]: expected squared errors of the weights of both ways, and the
        # real and the imaginary part of the covariance of the first one's with the second one's
        ("rest", "i8"),  # float32 [bins]: power of what else is heard
        ("error", "i8"),  # float32 [2, bins]: spectrum of the latest block without its echo
    ],
    align=True,
)

_KEEP = 0.9995  # of a weight, from block to block: the room may change within some ten seconds
_LEAST = 1e-9  # power of what else is heard


@fast_kernel
def inverse(s, spectrum):
    """Fill `plan.source` with a spectrum's real signal, by the Hartley transform, its own inverse. RT: worker."""
    plan = record_at(s.plan, PLAN)
    size, bins = plan.size, plan.size // 2 + 1
    source, real, imag = f32(plan.source, size), f32(plan.real, bins), f32(plan.imag, bins)
    scale = np.float32(1.0 / size)
    for k in range(bins):
        re, im = spectrum[k] * scale, spectrum[bins + k] * scale
        source[k] = re - im
        if 0 < k < bins - 1:
            source[size - k] = re + im
    call1(s.transform, s.plan)
    for k in range(bins):
        source[k] = real[k] - imag[k]
        if 0 < k < bins - 1:
            source[size - k] = real[k] + imag[k]


@entry(STEP2)
def take_error(spectra_address, filter_address):
    """Take the echo that a filter expects from the block that is heard: its `error` and `energy`. RT: worker."""
    s, f = record_at(spectra_address, SPECTRA), record_at(filter_address, FILTER)
    plan = record_at(s.plan, PLAN)
    block, bins, partitions = s.block, s.block + 1, s.partitions
    source, real, imag = f32(plan.source, 2 * block), f32(plan.real, bins), f32(plan.imag, bins)
    error, heard = f32(f.error, 2 * bins), f32(s.heard, block)
    er, ei = f32(f.error, bins), f32(f.error + 4 * bins, bins)
    for k in range(bins):
        er[k], ei[k] = np.float32(0.0), np.float32(0.0)
    for way in range(s.ways):
        for p in range(partitions):
            x = s.spectra + 8 * bins * (way * partitions + (s.newest - p) % partitions)
            w = f.weights + 8 * bins * (way * partitions + p)
            xr, xi, wr, wi = f32(x, bins), f32(x + 4 * bins, bins), f32(w, bins), f32(w + 4 * bins, bins)
            for k in range(bins):
                er[k] += xr[k] * wr[k] - xi[k] * wi[k]
                ei[k] += xr[k] * wi[k] + xi[k] * wr[k]
    inverse(s, error)
    energy = 0.0
    for i in range(block):
        left = heard[i] - source[block + i]
        energy += left * left
        source[i], source[block + i] = np.float32(0.0), left
    call1(s.transform, s.plan)
    for k in range(bins):
        er[k], ei[k] = real[k], imag[k]
    f.energy = energy
    return 0


@fast_kernel
def _hear_rest(s, f):
    """Follow the power of what else is heard; begin the expected power of the error with it. RT: worker."""
    bins = s.block + 1
    rest, expected = f32(f.rest, bins), f32(s.scratch, bins)
    er, ei = f32(f.error, bins), f32(f.error + 4 * bins, bins)
    for k in range(bins):
        rest[k] += np.float32(0.3) * (er[k] * er[k] + ei[k] * ei[k] - rest[k])
        expected[k] = np.float32(2.0) * rest[k] + np.float32(_LEAST)


@fast_kernel
def _correct_one(s, f):
    """Move the weights of the only way. RT: worker."""
    bins, partitions = s.block + 1, s.partitions
    _hear_rest(s, f)
    expected, er, ei = f32(s.scratch, bins), f32(f.error, bins), f32(f.error + 4 * bins, bins)
    for p in range(partitions):
        x = s.spectra + 8 * bins * ((s.newest - p) % partitions)
        xr, xi, doubt = f32(x, bins), f32(x + 4 * bins, bins), f32(f.doubt + 4 * bins * p, bins)
        for k in range(bins):
            expected[k] += doubt[k] * (xr[k] * xr[k] + xi[k] * xi[k])
    keep, lose, drift = np.float32(_KEEP * _KEEP), np.float32(1.0 - _KEEP * _KEEP), np.float32(f.drift)
    for p in range(partitions):
        x, w = s.spectra + 8 * bins * ((s.newest - p) % partitions), f.weights + 8 * bins * p
        xr, xi, wr, wi = f32(x, bins), f32(x + 4 * bins, bins), f32(w, bins), f32(w + 4 * bins, bins)
        doubt = f32(f.doubt + 4 * bins * p, bins)
        for k in range(bins):
            step = doubt[k] / expected[k]
            wr[k] += step * (xr[k] * er[k] + xi[k] * ei[k])
            wi[k] += step * (xr[k] * ei[k] - xi[k] * er[k])
            left = np.float32(1.0) - np.float32(0.5) * step * (xr[k] * xr[k] + xi[k] * xi[k])
            doubt[k] = keep * left * doubt[k] + lose * (wr[k] * wr[k] + wi[k] * wi[k]) + drift


@fast_kernel
def _correct_both(s, f):
    """Move the weights of both ways by what they share and by what tells them apart. RT: worker."""
    bins, partitions = s.block + 1, s.partitions
    half, size = 8 * bins * partitions, 4 * bins * partitions
    _hear_rest(s, f)
    expected, er, ei = f32(s.scratch, bins), f32(f.error, bins), f32(f.error + 4 * bins, bins)
    two = np.float32(2.0)
    for p in range(partitions):
        x, u = s.spectra + 8 * bins * ((s.newest - p) % partitions), f.doubt + 4 * bins * p
        lr, li, rr, ri = f32(x, bins), f32(x + 4 * bins, bins), f32(x + half, bins), f32(x + half + 4 * bins, bins)
        first, second, re, im = f32(u, bins), f32(u + size, bins), f32(u + 2 * size, bins), f32(u + 3 * size, bins)
        for k in range(bins):
            expected[k] += first[k] * (lr[k] * lr[k] + li[k] * li[k]) + second[k] * (rr[k] * rr[k] + ri[k] * ri[k])
            expected[k] += two * re[k] * (lr[k] * rr[k] + li[k] * ri[k])
            expected[k] -= two * im[k] * (li[k] * rr[k] - lr[k] * ri[k])
    keep, lose, drift = np.float32(_KEEP * _KEEP), np.float32(1.0 - _KEEP * _KEEP), np.float32(f.drift)
    for p in range(partitions):
        x, u, w = s.spectra + 8 * bins * ((s.newest - p) % partitions), f.doubt + 4 * bins * p, f.weights + 8 * bins * p
        lr, li, rr, ri = f32(x, bins), f32(x + 4 * bins, bins), f32(x + half, bins), f32(x + half + 4 * bins, bins)
        first, second, re, im = f32(u, bins), f32(u + size, bins), f32(u + 2 * size, bins), f32(u + 3 * size, bins)
        wr, wi, vr, vi = f32(w, bins), f32(w + 4 * bins, bins), f32(w + half, bins), f32(w + half + 4 * bins, bins)
        for k in range(bins):
            # covariance of the error of each weight with the error that is heard
            gr = first[k] * lr[k] + re[k] * rr[k] + im[k] * ri[k]
            gi = im[k] * rr[k] - first[k] * li[k] - re[k] * ri[k]
            hr = second[k] * rr[k] + re[k] * lr[k] - im[k] * li[k]
            hi = -second[k] * ri[k] - re[k] * li[k] - im[k] * lr[k]
            each = np.float32(1.0) / expected[k]
            wr[k] += each * (gr * er[k] - gi * ei[k])
            wi[k] += each * (gr * ei[k] + gi * er[k])
            vr[k] += each * (hr * er[k] - hi * ei[k])
            vi[k] += each * (hr * ei[k] + hi * er[k])
            less = np.float32(0.5) * each
            first[k] = keep * (first[k] - less * (gr * gr + gi * gi)) + lose * (wr[k] * wr[k] + wi[k] * wi[k]) + drift
            second[k] = keep * (second[k] - less * (hr * hr + hi * hi)) + lose * (vr[k] * vr[k] + vi[k] * vi[k]) + drift
            re[k] = keep * (re[k] - less * (gr * hr + gi * hi))
            im[k] = keep * (im[k] - less * (gi * hr - gr * hi))


@entry(STEP2)
def correct(spectra_address, filter_address):
    """Move a filter's weights by what its `error` says, each bin as far as it can be believed. RT: worker."""
    s, f = record_at(spectra_address, SPECTRA), record_at(filter_address, FILTER)
    if s.ways == 1:
        _correct_one(s, f)
    else:
        _correct_both(s, f)
    return 0


@fast_kernel
def make_way_causal(s, f, way, partition):
    """Take from the weights of a partition what would come before its sound; its response is left in `plan.source`.

    RT: worker
    """
    plan = record_at(s.plan, PLAN)
    block, bins = s.block, s.block + 1
    source, real, imag = f32(plan.source, 2 * block), f32(plan.real, bins), f32(plan.imag, bins)
    own = f32(f.weights + 8 * bins * (way * s.partitions + partition), 2 * bins)
    inverse(s, own)
    for i in range(block):
        source[block + i] = np.float32(0.0)
    call1(s.transform, s.plan)
    for k in range(bins):
        own[k], own[bins + k] = real[k], imag[k]


@fast_kernel
def copy_filter(s, source, target):
    """Have one filter know what another one does. RT: worker."""
    size = s.partitions * (s.block + 1)
    for a, b, count in (
        (source.weights, target.weights, WAYS * 2 * size),
        (source.doubt, target.doubt, 4 * size),
        (source.rest, target.rest, s.block + 1),
    ):
        here, there = f32(a, count), f32(b, count)
        for k in range(count):
            there[k] = here[k]


@fast_kernel
def split_ways(s, f, doubt_at_first):
    """Make two ways of one that was learnt for their sum, half of it for each. RT: worker.

    Their difference is as unknown as at first.
    """
    size = s.partitions * (s.block + 1)
    weights, doubt = f32(f.weights, 4 * size), f32(f.doubt, 4 * size)
    for i in range(2 * size):
        weights[i] *= np.float32(0.5)
        weights[2 * size + i] = weights[i]
    apart = np.float32(2.0 * doubt_at_first)
    for i in range(size):
        together = doubt[i]
        doubt[i] = doubt[size + i] = np.float32(0.25) * (together + apart)
        doubt[2 * size + i] = np.float32(0.25) * (together - apart)


@fast_kernel
def reset_filter(s, f, doubt_at_first):
    """Forget all ways. RT: worker."""
    bins, size = s.block + 1, s.partitions * (s.block + 1)
    f32(f.weights, WAYS * 2 * size)[:] = 0.0
    doubt = f32(f.doubt, 4 * size)
    doubt[: 2 * size] = doubt_at_first
    doubt[2 * size :] = 0.0
    f32(f.rest, bins)[:] = 0.0
    f32(f.error, 2 * bins)[:] = 0.0
    f.turn = 0
