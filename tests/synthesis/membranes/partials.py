"""Partials of a sound, found to a fraction of a cent."""

import numpy as np
from scipy.optimize import minimize_scalar


def partial_hz(sound, rate, near_hz, within_hz):
    """Frequency of the strongest partial near one: where the windowed spectrum, known at any frequency, is highest."""
    windowed = sound * np.blackman(len(sound))
    t = np.arange(len(sound)) / rate

    def level(f):
        return -abs(windowed @ np.exp(-2j * np.pi * f * t))

    coarse = near_hz + np.linspace(-within_hz, within_hz, 41)
    best = coarse[np.argmin([level(f) for f in coarse])]
    step = within_hz / 20
    return minimize_scalar(level, bounds=(best - step, best + step), method="bounded", options={"xatol": 1e-6}).x


def cents(found_hz, wanted_hz):
    return 1200 * np.log2(found_hz / wanted_hz)
