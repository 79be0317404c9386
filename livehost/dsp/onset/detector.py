"""Onset detection in two stages, as fast as an attack allows, deaf to the machine's own echo.

A time-domain trigger compares the energy of each band, every 0.7 ms, with the largest of the last 22 ms: beats, decays
and noise do not exceed their own recent past, an attack does. It arms a spectral check of the newest 5 ms against
those before the attack. What the speakers have just played is subtracted first (`livehost.dsp.onset.canceller`), and a
candidate that the rest of its echo explains is not an onset (`livehost.dsp.onset.echo`).
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from livehost.dsp import fft
from livehost.dsp.onset import bands as onset_bands
from livehost.dsp.onset import flux as onset_flux
from livehost.dsp.onset import rise as onset_rise
from livehost.dsp.onset.bands import BANDS, LANES, OUTPUTS
from livehost.dsp.onset.canceller import CANCEL_IO, EchoCanceller, cancel_reset, cancel_step
from livehost.dsp.onset.echo import DELAYS
from livehost.dsp.onset.rise import RING, SCALES
from livehost.dsp.onset.state import ONSET, ONSET_IO, SCAN, SETTINGS, STATE
from livehost.dsp.onset.step import onset_reset, onset_scan, onset_step
from livehost.errors import LivehostError
from livehost.rt.native import run1

__all__ = [
    "ONSET",
    "ONSET_IO",
    "SETTINGS",
    "STATE",
    "OnsetDetector",
    "detect",
    "onset_reset",
    "onset_scan",
    "onset_step",
]


_DC_HZ = 15.0


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
        self.coupling = np.zeros(OUTPUTS * DELAYS * BANDS, np.float32)
        self._rings = np.zeros((SCALES, 2, RING * LANES), np.float32)
        self._since = np.zeros((SCALES, RING), np.int64)
        for scale, (energy, rise), since in zip(self.scales, self._rings, self._since, strict=True):
            scale["energy"], scale["rise"], scale["since"] = (a.ctypes.data for a in (energy, rise, since))
        self._arrays: dict[str, NDArray[Any]] = {
            "memory": onset_bands.design(rate),
            "hop_heard": np.zeros(hop_samples, np.float32),
            "hop_left": np.zeros(hop_samples, np.float32),
            "hop_right": np.zeros(hop_samples, np.float32),
            "hop_cleaned": np.zeros(hop_samples, np.float32),
            "cancel_io": np.zeros(1, CANCEL_IO),
            "history": np.zeros(history, np.float32),
            "smooth": np.zeros(SCALES * LANES, np.float32),
            "reference": np.zeros(LANES, np.float32),
            "scales": self.scales,
            "coupling": self.coupling,
            "leak": np.zeros(BANDS, np.float32),
            "due": np.zeros(BANDS, np.float32),
            "attacks": np.zeros(RING, np.int64),
            "plan": self._fft.plan,
            "magnitudes": onset_flux.scratch(flux_size),
        }
        fixed = {
            "rate": rate,
            "hop": hop_samples,
            "tick_hops": tick_hops,
            "tick_ms": hop_ms * tick_hops,
            "dc_step": 1 - np.exp(-2 * np.pi * _DC_HZ / rate),
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
        for name in ("heard", "left", "right", "cleaned"):
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
        run1(onset_reset)(self.address)


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
    played : float [frames] or [frames, 2], optional
        What the speakers played meanwhile: one, or left and right.
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
    y = np.zeros((x.size, OUTPUTS), np.float32) if played is None else np.asarray(played, np.float32)
    y = np.stack([y, np.zeros_like(y)], axis=1) if y.ndim == 1 else y
    if x.ndim != 1 or y.shape != (x.size, OUTPUTS):
        raise LivehostError(
            "Onset detection wants mono sound, and what was played as long, mono or stereo, "
            f"not shapes {x.shape} and {y.shape}."
        )
    detector = OnsetDetector(rate, hop_samples, **settings)
    hops = -(-x.size // hop_samples)
    x, left, right = (
        np.concatenate([a, np.zeros(hops * hop_samples - a.size, np.float32)]) for a in (x, y[:, 0], y[:, 1])
    )
    # No two onsets are nearer than the refractory time.
    found = np.zeros(int(x.size / (0.001 * rate * detector.state["refractory_ms"])) + 2, ONSET)
    io, scan = np.zeros(1, ONSET_IO), np.zeros(1, SCAN)
    scan[0] = (
        onset_step.address,
        detector.address,
        io.ctypes.data,
        x.ctypes.data,
        left.ctypes.data,
        right.ctypes.data,
        hops,
        found.ctypes.data,
        found.size,
    )
    return found[: run1(onset_scan)(scan.ctypes.data)].copy()
