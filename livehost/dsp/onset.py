"""Onset detection in two stages, as fast as an attack allows, deaf to the machine's own echo.

A time-domain trigger compares the energy of each band, every 0.7 ms, with the largest of the last 45 ms: beats, decays
and noise do not exceed their own recent past, an attack does. It arms a spectral check of the newest 5 ms against
those before the attack. What the speakers have just played is filtered by the same bands; a candidate that its
delayed rise explains is an echo (`livehost.dsp.echo`).
"""

from typing import Any

import numpy as np
from numba import carray
from numpy.typing import ArrayLike, NDArray

from livehost.dsp import fft, onset_bands, onset_flux, onset_rise
from livehost.dsp.canceller import CANCEL_IO, CANCELLER, EchoCanceller, cancel_reset, cancel_step
from livehost.dsp.echo import DELAYS, expect, learn
from livehost.dsp.onset_bands import AT_REST, BANDS, ENERGY, LANES, MEMORY, split
from livehost.dsp.onset_flux import new_energy
from livehost.dsp.onset_rise import RING, SCALE, SCALES, attack_start, compare, rise_db
from livehost.errors import LivehostError
from livehost.rt.native import STEP, STEP2, call1, call2, entry, f32, i64, pointer, run1, run2

#: What a step is given and gives back.
ONSET_IO = np.dtype(
    [
        ("heard", "i8"),  # address of `hop_samples` float32: the microphone
        ("played", "i8"),  # address of as many: what was just sent to the output, mono, same frames
        ("frame", "i8"),  # position of the first of them
        ("onset_frame", "i8"),  # out: where the attack starts
        ("strength", "f4"),  # out: 0 to 1
        ("level_db", "f4"),  # out: RMS of the attack so far, dBFS
    ],
    align=True,
)

#: Live settings: field, default, lowest, highest, unit, help.
SETTINGS = (
    ("sensitivity", 0.5, 0.0, 1.0, "", "how small an attack is heard"),
    ("gate_db", -70.0, -120.0, 0.0, "dBFS", "quieter attacks are ignored"),
    ("refractory_ms", 45.0, 5.0, 1000.0, "ms", "shortest time between two onsets"),
    ("novelty", 0.03, 0.0, 1.0, "", "part of the spectrum that must be new"),
    ("room_min_ms", 1.0, 0.0, 250.0, "ms", "earliest echo of what is played"),
    ("room_max_ms", 60.0, 0.0, 250.0, "ms", "latest echo of what is played; 0 switches masking off"),
    ("room_db", -6.0, -90.0, 20.0, "dB", "loudest echo expected, against what is played"),
    ("room_cancel", 1.0, 0.0, 1.0, "", "1: subtract what is played from what is heard; 0: only mask it"),
    ("room_margin_db", 6.0, 0.0, 30.0, "dB", "how far above its expected echo an attack must be"),
)

STATE = np.dtype(
    [(name, "f8") for name, *_ in SETTINGS]
    + [
        ("rate", "f8"),
        ("tick_ms", "f8"),
        ("hop", "i8"),
        ("tick_hops", "i8"),  # hops in a tick
        ("hop_in_tick", "i8"),
        ("tick", "i8"),
        ("last_onset", "i8"),  # frames at which the last ones were reported
        ("last_echo", "i8"),
        ("last_played", "i8"),  # tick of our own last attack
        ("history_mask", "i8"),
        ("memory", "i8"),  # addresses from here on
        ("hop_heard", "i8"),
        ("hop_played", "i8"),
        ("hop_cleaned", "i8"),
        ("canceller", "i8"),
        ("cancel_io", "i8"),
        ("cancel_step", "i8"),
        ("cancel_reset", "i8"),
        ("transform", "i8"),
        ("history", "i8"),
        ("smooth", "i8"),
        ("reference", "i8"),
        ("scales", "i8"),
        ("coupling", "i8"),
        ("attacks", "i8"),  # int64 [RING]: 1 where we played an attack
        ("plan", "i8"),
        ("magnitudes", "i8"),
    ],
    align=True,
)

#: One row of `detect`.
ONSET = np.dtype([("frame", "i8"), ("reported_frame", "i8"), ("strength", "f4"), ("level_db", "f4")])

_LONG_AGO = -(1 << 62)


@entry(STEP)
def onset_reset(state_address):
    """Forget all sound heard, and the room; settings stay. RT: worker."""
    s = carray(pointer(state_address), (1,), STATE)[0]
    scales, memory = carray(pointer(s.scales), (SCALES,), SCALE), f32(s.memory, MEMORY)
    history, smooth = f32(s.history, s.history_mask + 1), f32(s.smooth, SCALES * LANES)
    coupling, attacks = f32(s.coupling, DELAYS * BANDS), i64(s.attacks, RING)
    memory[AT_REST:] = 0.0
    history[:] = 0.0
    smooth[:] = 0.0
    coupling[:] = 10.0 ** (0.1 * s.room_db)
    attacks[:] = 0
    for index in range(SCALES):
        energy, rise = f32(scales[index].energy, RING * LANES), f32(scales[index].rise, RING * LANES)
        energy[:] = 0.0
        rise[:] = 0.0
        scales[index].step = 0
    call1(s.cancel_reset, s.canceller)
    s.hop_in_tick, s.tick = 0, 0
    s.last_onset, s.last_echo, s.last_played = _LONG_AGO, _LONG_AGO, _LONG_AGO
    return 0


@entry(STEP2)
def onset_step(state_address, io_address):
    """Take the next hop; return 1 for a confirmed onset, 2 for one that is our own echo, else 0. RT: worker."""
    s = carray(pointer(state_address), (1,), STATE)[0]
    io = carray(pointer(io_address), (1,), ONSET_IO)[0]
    hop, mask = s.hop, s.history_mask
    heard_in, played_in = f32(io.heard, hop), f32(io.played, hop)
    heard, played, history = f32(s.hop_heard, hop), f32(s.hop_played, hop), f32(s.history, mask + 1)
    cleaned, memory = f32(s.hop_cleaned, hop), f32(s.memory, MEMORY)
    # Alternating specks keep the filters out of the denormal range where flush-to-zero is not set.
    speck = np.float32(1e-15) if (s.hop_in_tick + s.tick) & 1 else np.float32(-1e-15)
    for i in range(hop):
        x, y = heard_in[i], played_in[i]
        x = x if abs(x) < 1e6 else np.float32(0.0)
        heard[i] = x + speck
        played[i] = (y if abs(y) < 1e6 else np.float32(0.0)) + speck
    canceller = carray(pointer(s.canceller), (1,), CANCELLER)[0]
    canceller.enabled = s.room_cancel if s.room_max_ms > 0.0 else 0.0
    call2(s.cancel_step, s.canceller, s.cancel_io)
    for i in range(hop):
        history[(io.frame + i) & mask] = cleaned[i]
    split(cleaned, played, hop, memory)
    s.hop_in_tick += 1
    if s.hop_in_tick < s.tick_hops:
        return 0
    s.hop_in_tick = 0
    s.tick += 1

    scales, smooth = carray(pointer(s.scales), (SCALES,), SCALE), f32(s.smooth, SCALES * LANES)
    reference, coupling = f32(s.reference, LANES), f32(s.coupling, DELAYS * BANDS)
    attacks = i64(s.attacks, RING)
    newest, frames_per_ms = io.frame + hop, s.rate / 1000.0
    since_onset_ms = (newest - s.last_onset) / frames_per_ms
    gate, loudest = 10.0 ** (0.1 * s.gate_db), 10.0 ** (0.1 * s.room_db)
    first = int(s.room_min_ms / s.tick_ms)
    last = min(int(s.room_max_ms / s.tick_ms) + 2, DELAYS) if s.room_max_ms > 0.0 else 0
    found = 0
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
        if index == 0:
            ours = rise_db(energy, row, reference, BANDS, gate, scale.small_db, scale.large_db)
            fresh = ours > scale.threshold_db and (s.tick - s.last_played) * s.tick_ms > 20.0
            attacks[s.tick & (RING - 1)] = 1 if fresh else 0
            s.last_played = s.tick if fresh else s.last_played
            past = s.tick - last - 4
            if past > 0 and attacks[past & (RING - 1)] == 1:
                learn(coupling, energy, rise, past, first, last, loudest)
        if found == 1 or total < gate or since_onset_ms < max(s.refractory_ms, scale.quiet_ms):
            continue
        floor, threshold = max(0.01 * gate, 1e-5 * total), scale.threshold_db * 3.0 ** (1.0 - 2.0 * s.sensitivity)
        amount = rise_db(energy, row, reference, 0, floor, scale.small_db, scale.large_db)
        if amount < threshold:
            continue
        expect(
            coupling,
            rise,
            scale.step,
            scale.step_ticks,
            first,
            last,
            10.0 ** (0.1 * s.room_margin_db),
            loudest,
            reference,
        )
        unexplained = rise_db(energy, row, reference, 0, floor, scale.small_db, scale.large_db)
        start = attack_start(history, mask, newest, int((8.0 if index == 0 else 30.0) * frames_per_ms))
        plan = carray(pointer(s.plan), (1,), fft.PLAN)[0]
        novelty = new_energy(
            history, mask, newest, start - 16, plan, s.plan, s.transform, f32(s.magnitudes, plan.size + 2)
        )
        if novelty < s.novelty:
            continue
        found = 1 if unexplained >= threshold else 2
        io.onset_frame = start
        io.strength = 1.0 - np.exp(-amount / 40.0)
        io.level_db = 10.0 * np.log10(total)
    for lane in range(LANES):
        memory[ENERGY + lane] = 0.0
    if found == 1:
        s.last_onset = newest
    if found == 2:
        if (newest - s.last_echo) / frames_per_ms < s.refractory_ms:
            return 0
        s.last_echo = newest
    return found


_reset, _step = run1(onset_reset), run2(onset_step)


class OnsetDetector:
    """State of an onset detector; see the module.

    Parameters
    ----------
    rate : float
        Sample rate in Hz, 8,000 to 192,000.
    hop_samples : int, default 32
        Samples that each step takes, 1 to 64.
    **settings : float
        Any of `SETTINGS`.

    Attributes
    ----------
    address : int
        Of the record, for `onset_step`.
    state : numpy record
        `STATE`; the fields of `SETTINGS` may be written at any time.

    Raises
    ------
    LivehostError
        A rate, hop or setting out of range, or an unknown setting.
    """

    def __init__(self, rate: float, hop_samples: int = 32, **settings: float) -> None:
        if not 8000 <= rate <= 192000:
            raise LivehostError(f"Onset detection works at 8,000 to 192,000 Hz, not at {rate:g} Hz.", 2)
        if not 1 <= hop_samples <= 64:
            raise LivehostError(f"Onset detection takes 1 to 64 samples a hop, not {hop_samples}.", 2)
        self.rate, self.hop_samples = float(rate), int(hop_samples)
        self._record = np.zeros(1, STATE)
        self.state = self._record[0]
        self.address = int(self._record.ctypes.data)
        hop_ms = 1000 * hop_samples / rate
        tick_hops = int(np.ceil(0.55 / hop_ms))
        flux_size = onset_flux.frame_samples(rate)
        self._fft = onset_flux.design(flux_size)
        self.canceller = EchoCanceller(rate, hop_samples)
        self.scales = onset_rise.design(hop_ms * tick_hops)
        history = 1 << int(np.ceil(np.log2(0.1 * rate + 2 * hop_samples)))
        self.coupling = np.zeros(DELAYS * BANDS, np.float32)
        self._rings = np.zeros((SCALES, 2, RING * LANES), np.float32)
        for scale, (energy, rise) in zip(self.scales, self._rings, strict=True):
            scale["energy"], scale["rise"] = energy.ctypes.data, rise.ctypes.data
        self._arrays: dict[str, NDArray[Any]] = {
            "memory": onset_bands.design(rate),
            "hop_heard": np.zeros(hop_samples, np.float32),
            "hop_played": np.zeros(hop_samples, np.float32),
            "hop_cleaned": np.zeros(hop_samples, np.float32),
            "cancel_io": np.zeros(1, CANCEL_IO),
            "history": np.zeros(history, np.float32),
            "smooth": np.zeros(SCALES * LANES, np.float32),
            "reference": np.zeros(LANES, np.float32),
            "scales": self.scales,
            "coupling": self.coupling,
            "attacks": np.zeros(RING, np.int64),
            "plan": self._fft.plan,
            "magnitudes": onset_flux.scratch(flux_size),
        }
        fixed = {
            "rate": rate,
            "hop": hop_samples,
            "tick_hops": tick_hops,
            "tick_ms": hop_ms * tick_hops,
            "history_mask": history - 1,
            "canceller": self.canceller.address,
            "cancel_step": cancel_step.address,
            "cancel_reset": cancel_reset.address,
            "transform": fft.transform.address,
        }
        for name, value in fixed.items():
            self.state[name] = value
        for name, array in self._arrays.items():
            self.state[name] = array.ctypes.data
        io = self._arrays["cancel_io"][0]
        for name in ("heard", "played", "cleaned"):
            io[name] = self._arrays[f"hop_{name}"].ctypes.data
        self.set(**{name: default for name, default, *_ in SETTINGS} | settings)
        self.reset()

    def set(self, **settings: float) -> None:
        """Change settings; raises LivehostError for an unknown name or a value out of range."""
        table = {name: (lowest, highest, unit) for name, _, lowest, highest, unit, _ in SETTINGS}
        for name, value in settings.items():
            if name not in table:
                raise LivehostError(f"Onset detection has no setting “{name}”; it has {', '.join(table)}.", 2)
            lowest, highest, unit = table[name]
            if not lowest <= value <= highest:
                raise LivehostError(
                    f"{name} goes from {lowest:g} to {highest:g} {unit}, not {value:g}.".replace(" ,", ","), 2
                )
            self.state[name] = value

    def reset(self) -> None:
        """Forget all sound heard."""
        _reset(self.address)


def detect(
    samples: ArrayLike, rate: float, played: ArrayLike | None = None, *, hop_samples: int = 32, **settings: float
) -> NDArray[Any]:
    """Find the onsets of a recording with the very steps that run on stage.

    Parameters
    ----------
    samples : float [frames]
        Mono.
    rate : float
        Hz.
    played : float [frames], optional
        What the speakers played meanwhile.
    hop_samples : int
        Samples a step.
    **settings : float
        See `SETTINGS`.

    Returns
    -------
    ONSET array [onsets]
        `frame` where the attack starts, `reported_frame` when that was known, `strength` 0 to 1, `level_db` dBFS.

    Raises
    ------
    LivehostError
        A wrong shape, rate or setting.

    RT: never
    """
    x = np.ascontiguousarray(samples, np.float32)
    y = np.zeros_like(x) if played is None else np.ascontiguousarray(played, np.float32)
    if x.ndim != 1 or y.shape != x.shape:
        raise LivehostError(f"Onset detection wants mono sound of one length, not shapes {x.shape} and {y.shape}.")
    detector = OnsetDetector(rate, hop_samples, **settings)
    hops = -(-x.size // hop_samples)
    x, y = (np.concatenate([a, np.zeros(hops * hop_samples - a.size, np.float32)]) for a in (x, y))
    io = np.zeros(1, ONSET_IO)
    record, address, found = io[0], io.ctypes.data, []
    for hop in range(hops):
        frame = hop * hop_samples
        record["heard"], record["played"], record["frame"] = x.ctypes.data + 4 * frame, y.ctypes.data + 4 * frame, frame
        if _step(detector.address, address) == 1:
            found.append((record["onset_frame"], frame + hop_samples, record["strength"], record["level_db"]))
    return np.array(found, ONSET)
