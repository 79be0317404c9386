"""The native steps of the onset detector."""

import numpy as np

from livehost.dsp.fft import PLAN
from livehost.dsp.onset.bands import AT_REST, BANDS, ENERGY, LANES, MEMORY, OUTPUTS, split
from livehost.dsp.onset.canceller import CANCELLER
from livehost.dsp.onset.echo import DELAYS, LEAK, expect, expect_leak, follow_leak, learn
from livehost.dsp.onset.flux import new_energy
from livehost.dsp.onset.rise import RING, SCALE, SCALES, attack_start, compare, rise_db
from livehost.dsp.onset.state import ONSET, ONSET_IO, SCAN, STATE
from livehost.rt.native import STEP, STEP2, array_at, call1, call2, entry, f32, i64, record_at

_LONG_AGO = -(1 << 62)
_CALM_DB, _NOISY_DB = 0.03, 0.1  # sums of rises, on average, without noise and in noise: where one starts
_STEADY = 1  # the scale whose energies are smooth enough to tell what usually leaks
_OURS = 0.3  # of the threshold: what of ours counts as an attack whose echo may be mistaken for one
_ABSURD = 1e6  # no sample is so large; what is not a number is not smaller either


@entry(STEP)
def onset_reset(state_address):
    """Forget all sound heard, and the room; settings stay. RT: worker."""
    s = record_at(state_address, STATE)
    scales, memory = array_at(s.scales, SCALES, SCALE), f32(s.memory, MEMORY)
    history, smooth = f32(s.history, s.history_mask + 1), f32(s.smooth, SCALES * LANES)
    coupling, attacks = f32(s.coupling, OUTPUTS * DELAYS * BANDS), i64(s.attacks, RING)
    memory[AT_REST:] = 0.0
    history[:] = 0.0
    smooth[:] = 0.0
    coupling[:] = 10.0 ** (0.1 * s.room_db)
    attacks[:] = 0
    f32(s.leak, BANDS)[:] = LEAK
    for index in range(SCALES):
        energy, rise = f32(scales[index].energy, RING * LANES), f32(scales[index].rise, RING * LANES)
        energy[:] = 0.0
        rise[:] = 0.0
        i64(scales[index].since, RING)[:] = RING
        scales[index].step = 0
        scales[index].usual_db = _NOISY_DB
    call1(s.cancel_reset, s.canceller)
    s.hop_in_tick, s.tick = 0, 0
    s.last_onset, s.last_echo, s.last_played = _LONG_AGO, _LONG_AGO, _LONG_AGO
    return 0


@entry(STEP2)
def onset_step(state_address, io_address):
    """Take the next hop; return 1 for a confirmed onset, 2 for one that is our own echo, else 0. RT: worker."""
    s = record_at(state_address, STATE)
    io = record_at(io_address, ONSET_IO)
    hop, mask = s.hop, s.history_mask
    heard_in, left_in, right_in = f32(io.heard, hop), f32(io.left, hop), f32(io.right, hop)
    heard, left, right = f32(s.hop_heard, hop), f32(s.hop_left, hop), f32(s.hop_right, hop)
    history = f32(s.history, mask + 1)
    cleaned, memory = f32(s.hop_cleaned, hop), f32(s.memory, MEMORY)
    # Alternating specks keep the filters out of the denormal range where flush-to-zero is not set.
    speck = np.float32(1e-15) if (s.hop_in_tick + s.tick) & 1 else np.float32(-1e-15)
    if s.tick == 0 and s.hop_in_tick == 0:
        s.dc = heard_in[0] if abs(heard_in[0]) < _ABSURD else 0.0
    for i in range(hop):
        x, y, z = heard_in[i], left_in[i], right_in[i]
        x = x if abs(x) < _ABSURD else np.float32(0.0)
        heard[i] = x - np.float32(s.dc) + speck
        s.dc += s.dc_step * (x - s.dc)
        left[i] = (y if abs(y) < _ABSURD else np.float32(0.0)) + speck
        right[i] = (z if abs(z) < _ABSURD else np.float32(0.0)) + speck
    canceller = record_at(s.canceller, CANCELLER)
    canceller.enabled = s.room_cancel if s.room_max_ms > 0.0 else 0.0
    call2(s.cancel_step, s.canceller, s.cancel_io)
    for i in range(hop):
        history[(io.frame + i) & mask] = cleaned[i]
    split(cleaned, left, right, hop, memory)
    s.hop_in_tick += 1
    if s.hop_in_tick < s.tick_hops:
        return 0
    s.hop_in_tick = 0
    s.tick += 1

    scales, smooth = array_at(s.scales, SCALES, SCALE), f32(s.smooth, SCALES * LANES)
    reference, coupling = f32(s.reference, LANES), f32(s.coupling, OUTPUTS * DELAYS * BANDS)
    attacks = i64(s.attacks, RING)
    newest, frames_per_ms = io.frame + hop, s.rate / 1000.0
    since_onset_ms = (newest - s.last_onset) / frames_per_ms
    gate, loudest = 10.0 ** (0.1 * s.gate_db), 10.0 ** (0.1 * s.room_db)
    first = int(s.room_min_ms / s.tick_ms)
    last = min(int(s.room_max_ms / s.tick_ms) + 2, DELAYS) if s.room_max_ms > 0.0 else 0
    margin, found = 10.0 ** (0.1 * s.room_margin_db), 0
    for index in range(SCALES):
        scale = scales[index]
        alpha, base = np.float32(scale.alpha / (hop * s.tick_hops)), index * LANES
        decay = np.float32(1.0 - scale.alpha)
        for lane in range(LANES):
            smooth[base + lane] = decay * smooth[base + lane] + alpha * memory[ENERGY + lane]
        if s.tick % scale.step_ticks != 0:
            continue
        scale.step += 1
        energy, rise = f32(scale.energy, RING * LANES), f32(scale.rise, RING * LANES)
        row = (scale.step & (RING - 1)) * LANES
        total = 0.0
        for lane in range(LANES):
            energy[row + lane] = smooth[base + lane]
            if lane < BANDS:
                total += energy[row + lane]
        compare(energy, rise, scale.step, scale.lag, scale.window, reference)
        ours = 0.0
        for output in range(OUTPUTS):
            lane = (1 + output) * BANDS
            ours = max(ours, rise_db(energy, row, reference, lane, gate, scale.small_db, scale.large_db))
        if index == 0:
            fresh = ours > scale.threshold_db and (s.tick - s.last_played) * s.tick_ms > 20.0
            s.last_played = s.tick if fresh else s.last_played
            attacks[s.tick & (RING - 1)] = 1 if fresh else 0
            past = s.tick - last - 4
            if past > 0 and attacks[past & (RING - 1)] == 1:
                learn(coupling, energy, rise, past, first, last, loudest)
        since, here = i64(scale.since, RING), scale.step & (RING - 1)
        since[here] = 0 if ours > _OURS * scale.threshold_db else since[(here - 1) & (RING - 1)] + 1
        leak, due = f32(s.leak, BANDS), f32(s.due, BANDS)
        if index == _STEADY and last > 0:
            follow_leak(leak, due, energy, scale.step, first // scale.step_ticks, last // scale.step_ticks)
        # Until the past is known, only a loud attack is one: a stream begins with noise out of nothing.
        least = gate if scale.step > scale.window else 1000.0 * gate
        if found == 1 or total < least or since_onset_ms < max(s.refractory_ms, scale.quiet_ms):
            continue
        floor, effort = max(0.01 * gate, 1e-5 * total), 3.0 ** (1.0 - 2.0 * s.sensitivity)
        amount = rise_db(energy, row, reference, 0, floor, scale.small_db, scale.large_db)
        effort *= 1.0 + scale.caution * max(scale.usual_db - _CALM_DB, 0.0)
        if amount < 0.5 * scale.threshold_db:  # an attack is not what is usual
            scale.usual_db += scale.memory * (amount - scale.usual_db)
        if amount < effort * scale.threshold_db:
            continue
        expect(coupling, rise, since, scale.step, scale.step_ticks, first, last, margin, loudest, reference)
        if last > 0:
            expect_leak(leak, due, reference)
        unexplained = rise_db(energy, row, reference, 0, floor, scale.small_db, scale.large_db)
        start = attack_start(history, mask, newest, int((8.0 if index == 0 else 30.0) * frames_per_ms))
        plan = record_at(s.plan, PLAN)
        novelty = new_energy(
            history, mask, newest, start - 16, plan, s.plan, s.transform, f32(s.magnitudes, plan.size + 2)
        )
        if amount * novelty < effort * scale.confirm_db:
            continue
        found = 1 if unexplained >= effort * scale.threshold_db else 2
        # what sounded when the last onset was found is its own
        io.onset_frame = max(start, newest - np.int64(s.back_ms * frames_per_ms), s.last_onset)
        io.strength = 1.0 - np.exp(-amount / 40.0)
        # The attack may have begun with the very last sample, so its level is not that of a hop.
        square = 0.0
        for i in range(io.onset_frame, newest):
            square += history[i & mask] * history[i & mask]
        io.level_db = 10.0 * np.log10(square / (newest - io.onset_frame) + 1e-12)
    for lane in range(LANES):
        memory[ENERGY + lane] = 0.0
    if found == 1:
        s.last_onset = newest
    if found == 2:
        if (newest - s.last_echo) / frames_per_ms < s.refractory_ms:
            return 0
        s.last_echo = newest
    return found


@entry(STEP)
def onset_scan(address):
    """Run a whole recording through the steps; return the number of onsets found. RT: worker."""
    scan = record_at(address, SCAN)
    io, hop = record_at(scan.io, ONSET_IO), record_at(scan.state, STATE).hop
    found, count = array_at(scan.found, scan.capacity, ONSET), 0
    for step in range(scan.hops):
        io.frame = step * hop
        io.heard = scan.heard + 4 * io.frame
        io.left, io.right = scan.left + 4 * io.frame, scan.right + 4 * io.frame
        if call2(scan.step, scan.state, scan.io) == 1 and count < scan.capacity:
            found[count].frame, found[count].reported_frame = io.onset_frame, io.frame + hop
            found[count].strength, found[count].level_db = io.strength, io.level_db
            count += 1
    return count
