"""The native steps of the echo canceller; see `livehost.dsp.onset.canceller`."""

import numpy as np

from livehost.dsp.fft import PLAN
from livehost.dsp.onset.canceller_state import CANCEL_IO, CANCELLER
from livehost.dsp.onset.kalman import FILTER, SPECTRA, WAYS, copy_filter, make_way_causal, reset_filter, split_ways
from livehost.rt.native import STEP, STEP2, array_at, call1, call2, entry, f32, fast_kernel, record_at

_FILTERS, _FILTER_BYTES = 2, FILTER.itemsize
_TURNS = 8  # a block is learnt from in so many turns, so that no hop takes long
_SLEW = np.float32(0.06)  # of the way to their target that taps go in a hop
_TRUST, _DISTRUST = 2e-3, 1e-3  # of the way to its target that the gain goes in a sample
_MEAN = 0.05  # of a block, in the energies heard and cleaned
_LATELY, _BETTER = 0.3, 0.8  # of a block, in the errors; what the quick one's error must be of the steady one's
_MATTERS = 0.003  # a partition with less of the strongest one's energy is not worth its time
_SILENT = 1e-6  # of full scale


@fast_kernel
def _convolve(taps_address, line_address, total, count, out):
    """Filter `count` samples and add them; the line begins with the first's partner at the first tap. RT: worker."""
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
        out[i] += a
        out[i + 1] += b
        out[i + 2] += c
        out[i + 3] += d
    for i in range(count - count % 4, count):
        a, x0 = np.float32(0.0), f32(line_address + 4 * i, total)
        for j in range(taps_end):
            a += taps[j] * x0[j]
        out[i] += a


@fast_kernel
def _tell_apart(s, spectra, filters, line, begin):
    """Have two ways from the first block on in which the right output plays something of its own. RT: worker."""
    alone, equal = s.alone, s.equal
    for i in range(2 * spectra.block):
        left, right = line[begin + i], line[2 * s.ring + begin + i]
        alone = alone if abs(right) <= _SILENT else 0
        equal = equal if abs(right - left) <= _SILENT else 0
    if alone == 0 and equal == 0:
        spectra.ways = 2
        if s.equal != 0 and s.alone == 0:
            _split(s, spectra, filters)
    s.alone, s.equal = alone, equal


@fast_kernel
def _split(s, spectra, filters):
    """Make two ways of the one that was learnt for both outputs together. RT: worker."""
    for index in range(_FILTERS):
        split_ways(spectra, filters[index], _doubt_at_first(s, spectra))
    size, total = 2 * spectra.partitions * (spectra.block + 1), spectra.partitions * spectra.block
    of_both, taps, target = f32(spectra.spectra, 2 * size), f32(s.taps, 2 * total), f32(s.target, 2 * total)
    for i in range(size):
        of_both[size + i] = of_both[i]
    for i in range(total):
        taps[i] *= np.float32(0.5)
        target[i] *= np.float32(0.5)
        taps[total + i], target[total + i] = taps[i], target[i]


@fast_kernel
def _doubt_at_first(s, spectra):
    """Give the expected energy of a weight of which nothing is known. RT: worker."""
    return np.float32(10.0 ** (0.1 * s.start_db) / spectra.partitions)


@fast_kernel
def _hear_block(s, spectra, filters):
    """Take the spectra of the block that has just been played; the steady filter learns. RT: worker."""
    plan = record_at(spectra.plan, PLAN)
    block, bins, partitions = spectra.block, spectra.block + 1, spectra.partitions
    source, real, imag = f32(plan.source, 2 * block), f32(plan.real, bins), f32(plan.imag, bins)
    line = f32(s.line, WAYS * 2 * s.ring)
    begin = ((s.position - 1) & (s.ring - 1)) + s.ring - 2 * block + 1
    loudest = np.float32(0.0)
    for way in range(WAYS):
        for i in range(2 * block):
            loudest = max(loudest, abs(line[way * 2 * s.ring + begin + i]))
    s.silence = 0 if loudest > _SILENT else s.silence + 1
    if s.silence > partitions:
        return
    if spectra.ways == 1:
        _tell_apart(s, spectra, filters, line, begin)
    spectra.newest = (spectra.newest + 1) % partitions
    for way in range(spectra.ways):
        for i in range(2 * block):
            source[i] = line[way * 2 * s.ring + begin + i]
        call1(spectra.transform, spectra.plan)
        x = spectra.spectra + 8 * bins * (way * partitions + spectra.newest)
        xr, xi = f32(x, bins), f32(x + 4 * bins, bins)
        for k in range(bins):
            xr[k], xi[k] = real[k], imag[k]
    spectra.heard = s.taken + 4 * block * ((s.position // block - 1) & 1)
    heard, heard_energy = f32(spectra.heard, block), 0.0
    for i in range(block):
        heard_energy += heard[i] * heard[i]
    _learn_from_block(s, spectra, 0)
    s.heard_energy += _MEAN * (heard_energy - s.heard_energy)
    s.cleaned_energy += _MEAN * (filters[0].energy - s.cleaned_energy)
    s.trust = 1.0 if s.cleaned_energy < s.heard_energy else 0.0


@fast_kernel
def _learn_from_block(s, spectra, index):
    """Have one of the filters learn from the last whole block. RT: worker."""
    address = s.filters + index * _FILTER_BYTES
    call2(spectra.take_error, s.spectra, address)
    call2(spectra.correct, s.spectra, address)


@fast_kernel
def _compare(s, spectra, filters):
    """Let the quick filter learn from the same block, and take over what it knows where that is more. RT: worker."""
    bins = spectra.block + 1
    steady, quick = filters[0], filters[1]
    _learn_from_block(s, spectra, 1)
    rest = f32(steady.rest, bins)
    er, ei = f32(steady.error, bins), f32(steady.error + 4 * bins, bins)
    qr, qi = f32(quick.error, bins), f32(quick.error + 4 * bins, bins)
    a, b = np.float32(0.0), np.float32(0.0)
    for k in range(bins):
        weight = np.float32(1.0) / (rest[k] + np.float32(1e-9))
        a += weight * (er[k] * er[k] + ei[k] * ei[k])
        b += weight * (qr[k] * qr[k] + qi[k] * qi[k])
    s.steady_error += _LATELY * (a / bins - s.steady_error)
    s.quick_error += _LATELY * (b / bins - s.quick_error)
    for way in range(spectra.ways):
        make_way_causal(spectra, quick, way, quick.turn)
    quick.turn = (quick.turn + 1) % spectra.partitions
    if s.quick_error < _BETTER * s.steady_error:
        copy_filter(spectra, quick, steady)
        s.steady_error = s.quick_error
        s.changes += 1


@fast_kernel
def _aim(s, spectra, filters):
    """Make one partition of the steady filter causal; its response becomes the target of the taps. RT: worker."""
    block, partitions, f = spectra.block, spectra.partitions, filters[0]
    source = f32(record_at(spectra.plan, PLAN).source, block)
    power, end = f32(s.power, partitions), block * (partitions - f.turn)
    power[f.turn] = 0.0
    for way in range(spectra.ways):
        make_way_causal(spectra, f, way, f.turn)
        target = f32(s.target + 4 * way * partitions * block, partitions * block)
        for i in range(block):
            power[f.turn] += source[i] * source[i]
            target[end - 1 - i] = source[i]
    f.turn = (f.turn + 1) % partitions
    most = np.float32(0.0)
    for p in range(partitions):
        most = max(most, power[p])
    s.first, s.last = partitions, 0
    for p in range(partitions):
        if power[p] > _MATTERS * most:
            s.first, s.last = min(s.first, p), p + 1


@entry(STEP)
def cancel_learn(address):
    """Do one of the turns of a block: the first when it is complete. RT: worker."""
    s = record_at(address, CANCELLER)
    spectra, filters = record_at(s.spectra, SPECTRA), array_at(s.filters, _FILTERS, FILTER)
    turn = _TURNS * s.filled // spectra.block
    if turn == 0:
        _hear_block(s, spectra, filters)
    elif s.silence <= spectra.partitions:
        if turn == _TURNS // 2:
            if s.position > spectra.block:
                _compare(s, spectra, filters)
        else:
            _aim(s, spectra, filters)
    return 0


@entry(STEP2)
def cancel_step(address, io_address):
    """Take the next hop of what is heard and played; write what is heard without what was played. RT: worker."""
    s = record_at(address, CANCELLER)
    io = record_at(io_address, CANCEL_IO)
    spectra = record_at(s.spectra, SPECTRA)
    block, partitions = spectra.block, spectra.partitions
    total, hop, mask = partitions * block, s.hop, s.ring - 1
    heard, left, right, cleaned = f32(io.heard, hop), f32(io.left, hop), f32(io.right, hop), f32(io.cleaned, hop)
    line, taken = f32(s.line, WAYS * 2 * s.ring), f32(s.taken, 2 * block)
    for i in range(hop):
        here = s.position & mask
        line[here] = line[here + s.ring] = left[i]
        line[2 * s.ring + here] = line[3 * s.ring + here] = right[i]
        taken[s.position & (2 * block - 1)] = heard[i]
        s.position += 1
        s.filled = s.position & (block - 1)
        if s.filled & (block // _TURNS - 1) == 0 and s.enabled != 0.0:
            call1(s.learn, address)
    if s.enabled == 0.0 or s.silence > partitions or s.last <= s.first:
        for i in range(hop):
            cleaned[i] = heard[i]
        return 0
    # Taps and line run from the oldest sample to the newest; partition 0 is the newest.
    begin, count = block * (partitions - s.last), block * (s.last - s.first)
    oldest = ((s.position - 1) & mask) + s.ring - hop + 2 - total + begin
    for i in range(hop):
        cleaned[i] = np.float32(0.0)
    for way in range(spectra.ways):
        at = 4 * (way * total + begin)
        taps, target = f32(s.taps + at, count), f32(s.target + at, count)
        for j in range(np.uint64(count)):
            taps[j] += _SLEW * (target[j] - taps[j])
        _convolve(s.taps + at, s.line + 4 * (way * 2 * s.ring + oldest), count, hop, cleaned)
    for i in range(hop):
        s.gain += (_TRUST if s.trust > s.gain else _DISTRUST) * (s.trust - s.gain)
        cleaned[i] = heard[i] - np.float32(s.gain) * cleaned[i]
    return 0


@entry(STEP)
def cancel_reset(address):
    """Forget the room. RT: worker."""
    s = record_at(address, CANCELLER)
    spectra, filters = record_at(s.spectra, SPECTRA), array_at(s.filters, _FILTERS, FILTER)
    bins, partitions, total = spectra.block + 1, spectra.partitions, spectra.partitions * spectra.block
    f32(s.line, WAYS * 2 * s.ring)[:] = 0.0
    f32(s.taken, 2 * spectra.block)[:] = 0.0
    f32(s.taps, WAYS * total)[:] = 0.0
    f32(s.target, WAYS * total)[:] = 0.0
    f32(s.power, partitions)[:] = 0.0
    f32(spectra.spectra, WAYS * 2 * bins * partitions)[:] = 0.0
    for index in range(_FILTERS):
        reset_filter(spectra, filters[index], _doubt_at_first(s, spectra))
    s.trust, s.gain, s.heard_energy, s.cleaned_energy = 0.0, 0.0, 0.0, 0.0
    s.steady_error, s.quick_error, s.changes = 0.0, 0.0, 0
    s.position, s.filled, s.first, s.last = 0, 0, 0, 0
    s.silence = partitions + 1
    spectra.newest, spectra.ways, s.alone, s.equal = 0, 1, 1, 1
    return 0
