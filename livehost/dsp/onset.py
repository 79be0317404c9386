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

from livehost.dsp import onset_bands, onset_flux
from livehost.dsp.onset_bands import BANDS, ENERGY_OFFSET, LANES, ROWS, split
from livehost.dsp.onset_flux import new_energy
from livehost.errors import LivehostError
from livehost.rt.native import STEP, STEP2, entry, f32, fast_kernel, i64, kernel, pointer, run1, run2

#: Ticks (of about 0.7 ms) that energies are remembered.
RING = 512

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
    ("refractory_ms", 50.0, 5.0, 1000.0, "ms", "shortest time between two onsets"),
    ("room_min_ms", 1.0, 0.0, 200.0, "ms", "earliest echo of what is played"),
    ("room_max_ms", 60.0, 0.0, 200.0, "ms", "latest echo of what is played; 0 switches masking off"),
    ("room_db", -6.0, -90.0, 20.0, "dB", "loudest echo expected, against what is played"),
    ("room_margin_db", 6.0, 0.0, 30.0, "dB", "how far above its expected echo an attack must be"),
)

STATE = np.dtype(
    [(name, "f8") for name, *_ in SETTINGS]
    + [
        ("rate", "f8"),
        ("hop", "i8"),
        ("tick_hops", "i8"),  # hops in a tick
        ("lag_ticks", "i8"),
        ("window_ticks", "i8"),
        ("tick_ms", "f8"),
        ("hop_in_tick", "i8"),
        ("tick", "i8"),
        ("started", "i8"),
        ("last_onset", "i8"),
        ("last_echo", "i8"),
        ("history_mask", "i8"),
        ("flux_size", "i8"),
        ("memory", "i8"),  # addresses
        ("weight", "i8"),
        ("hop_heard", "i8"),
        ("hop_played", "i8"),
        ("history", "i8"),
        ("energy", "i8"),
        ("rise", "i8"),
        ("reference", "i8"),
        ("window", "i8"),
        ("twiddles", "i8"),
        ("reversal", "i8"),
        ("work", "i8"),
    ],
    align=True,
)

#: One row of `detect`.
ONSET = np.dtype([("frame", "i8"), ("reported_frame", "i8"), ("strength", "f4"), ("level_db", "f4")])

_LONG_AGO = -(1 << 62)


@fast_kernel
def _reference(energy, tick, lag, window, reference):
    """Take each lane's largest energy between `window` and `lag` ticks ago. RT: worker."""
    for lane in range(LANES):
        reference[lane] = 0.0
    for back in range(lag, window):
        row = ((tick - back) & (RING - 1)) * LANES
        for lane in range(LANES):
            reference[lane] = max(reference[lane], energy[row + lane])


@kernel
def _rise_db(energy, reference, floor):
    """Sum over the bands how far each exceeds its reference: at most 15 dB a band, what exceeds 3 dB. RT: worker."""
    total = 0.0
    for band in range(BANDS):
        past = max(reference[band], floor)
        if energy[band] > 2.0 * past:
            total += min(10.0 * np.log10(energy[band] / past), 18.0) - 3.0
    return total


@kernel
def _attack_start(history, mask, newest, span):
    """Find the sample, within the last `span`, at which the attack leaves what was before it. RT: worker."""
    before = 0.0
    for i in range(2 * span, span, -1):
        before = max(before, abs(history[(newest - i) & mask] - history[(newest - i - 1) & mask]))
    peak = 0.0
    for i in range(span, 0, -1):
        peak = max(peak, abs(history[(newest - i) & mask] - history[(newest - i - 1) & mask]))
    threshold = max(1.3 * before, 0.1 * peak)
    for i in range(span, 0, -1):
        if abs(history[(newest - i) & mask] - history[(newest - i - 1) & mask]) > threshold:
            return newest - i
    return newest - span // 2


@entry(STEP)
def onset_reset(state_address):
    """Forget all sound heard; settings stay. RT: worker."""
    s = carray(pointer(state_address), (1,), STATE)[0]
    memory = f32(s.memory, ROWS * LANES)
    for i in range(4 * LANES, ROWS * LANES):
        memory[i] = 0.0
    energy = f32(s.energy, RING * LANES)
    for i in range(RING * LANES):
        energy[i] = 0.0
    rise = f32(s.rise, RING * BANDS)
    for i in range(RING * BANDS):
        rise[i] = 0.0
    history = f32(s.history, s.history_mask + 1)
    for i in range(s.history_mask + 1):
        history[i] = 0.0
    s.hop_in_tick = 0
    s.tick = 0
    s.started = 0
    s.last_onset = _LONG_AGO
    s.last_echo = _LONG_AGO
    return 0


@entry(STEP2)
def onset_step(state_address, io_address):
    """Take the next hop; return 1 for a confirmed onset, 2 for one that is our own echo, else 0. RT: worker."""
    s = carray(pointer(state_address), (1,), STATE)[0]
    io = carray(pointer(io_address), (1,), ONSET_IO)[0]
    hop, mask = s.hop, s.history_mask
    heard_in, played_in = f32(io.heard, hop), f32(io.played, hop)
    heard, played = f32(s.hop_heard, hop), f32(s.hop_played, hop)
    history = f32(s.history, mask + 1)
    # Alternating specks keep the filters out of the denormal range where flush-to-zero is not set.
    speck = np.float32(1e-15) if (s.hop_in_tick + s.tick) & 1 else np.float32(-1e-15)
    for i in range(hop):
        x, y = heard_in[i], played_in[i]
        x = x if abs(x) < 1e6 else np.float32(0.0)
        heard[i] = x + speck
        played[i] = (y if abs(y) < 1e6 else np.float32(0.0)) + speck
        history[(io.frame + i) & mask] = x
    memory = f32(s.memory, ROWS * LANES)
    split(heard, played, hop, memory)
    s.hop_in_tick += 1
    if s.hop_in_tick < s.tick_hops:
        return 0
    s.hop_in_tick = 0
    s.tick += 1

    energy, rise, reference = f32(s.energy, RING * LANES), f32(s.rise, RING * BANDS), f32(s.reference, LANES)
    row = (s.tick & (RING - 1)) * LANES
    for lane in range(LANES):
        energy[row + lane] = memory[ENERGY_OFFSET + lane] / (hop * s.tick_hops)
        memory[ENERGY_OFFSET + lane] = 0.0
    _reference(energy, s.tick, s.lag_ticks, s.window_ticks, reference)
    rise_row = (s.tick & (RING - 1)) * BANDS
    for band in range(BANDS):
        rise[rise_row + band] = max(energy[row + BANDS + band] - reference[BANDS + band], np.float32(0.0))

    newest = io.frame + hop
    ticks_ms = s.rate / 1000.0
    if newest - s.last_onset < s.refractory_ms * ticks_ms:
        return 0
    total = 0.0
    for band in range(BANDS):
        total += energy[row + band]
    if total < 10.0 ** (0.1 * s.gate_db):
        return 0
    now = energy[row : row + LANES]
    floor = max(10.0 ** (0.1 * s.gate_db - 2.0), total * 1e-5)
    threshold = 4.0 + 16.0 * (1.0 - s.sensitivity)
    amount = _rise_db(now, reference, floor)
    if amount < threshold:
        return 0
    start = _attack_start(history, mask, newest, s.lag_ticks * s.tick_hops * hop)
    fresh = new_energy(
        history,
        mask,
        newest,
        start - 16,
        s.flux_size,
        f32(s.window, s.flux_size),
        f32(s.twiddles, s.flux_size),
        i64(s.reversal, s.flux_size),
        f32(s.work, 3 * s.flux_size),
    )
    if fresh < 0.15:
        return 0
    io.onset_frame = start
    io.strength = 1.0 - np.exp(-amount / 30.0)
    io.level_db = 10.0 * np.log10(total)

    # Our own echo: raise each reference to the loudest rise that we played a room's delay ago.
    coupling = 10.0 ** (0.1 * (s.room_db + s.room_margin_db))
    first = int(s.room_min_ms / s.tick_ms)
    last = min(int(s.room_max_ms / s.tick_ms) + 2, RING - 1)
    for back in range(first, last):
        row2 = ((s.tick - back) & (RING - 1)) * BANDS
        for band in range(BANDS):
            reference[band] = max(reference[band], coupling * rise[row2 + band])
    if _rise_db(now, reference, floor) < threshold:
        if newest - s.last_echo < s.refractory_ms * ticks_ms:
            return 0
        s.last_echo = newest
        return 2
    s.last_onset = newest
    return 1


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
        tick_hops = max(1, round(0.6 / hop_ms))
        tick_ms = hop_ms * tick_hops
        flux_size = onset_flux.frame_samples(rate)
        history = 1 << int(np.ceil(np.log2(0.1 * rate + 2 * hop_samples)))
        memory, weight = onset_bands.design(rate)
        window, twiddles, reversal = onset_flux.design(flux_size)
        self.arrays: dict[str, NDArray[Any]] = {
            "memory": memory,
            "weight": weight,
            "hop_heard": np.zeros(hop_samples, np.float32),
            "hop_played": np.zeros(hop_samples, np.float32),
            "history": np.zeros(history, np.float32),
            "energy": np.zeros(RING * LANES, np.float32),
            "rise": np.zeros(RING * BANDS, np.float32),
            "reference": np.zeros(LANES, np.float32),
            "window": window,
            "twiddles": twiddles,
            "reversal": reversal,
            "work": np.zeros(3 * flux_size, np.float32),
        }
        fixed = {
            "rate": rate,
            "hop": hop_samples,
            "tick_hops": tick_hops,
            "tick_ms": tick_ms,
            "lag_ticks": max(1, round(5 / tick_ms)),
            "window_ticks": max(2, round(45 / tick_ms)),
            "history_mask": history - 1,
            "flux_size": flux_size,
        }
        for name, value in fixed.items():
            self.state[name] = value
        for name, array in self.arrays.items():
            self.state[name] = array.ctypes.data
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
