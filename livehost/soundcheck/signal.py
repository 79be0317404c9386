"""The way from a loudspeaker to the microphone, by a quiet sweep: delay and gain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livehost.soundcheck.levels import Sound, decibels

#: Level of the sweep, dBFS (peak), its ends, Hz, and its length, s.
LEVEL_DB, LOW_HZ, HIGH_HZ, SWEEP_S = -30.0, 80.0, 16_000.0, 1.0
#: Longest way that is looked for, s; sound goes 170 m in it.
LONGEST_S = 0.5
#: What stands so far above the noise of the measured response, and above its own far tail, is no noise.
_CLEAR = 9.0
#: The direct sound is the first that is at least so strong beside the strongest.
_DIRECT = 0.4
_FADE_S = 0.02
#: Where the signal has less energy than this share of what it has elsewhere, noise counts more than it.
_CAUTION = 0.3
#: What belongs to the room after the direct sound, s.
_ROOM_S = 0.1


def sweep(rate: float, level_db: float = LEVEL_DB) -> Sound:
    """Make an exponential sine sweep (Farina, AES 108, 2000), faded at both ends: float32 [frames]."""
    high = min(HIGH_HZ, 0.45 * rate)
    t = np.arange(round(SWEEP_S * rate)) / rate
    growth = np.log(high / LOW_HZ)
    sound = np.sin(2 * np.pi * LOW_HZ * SWEEP_S / growth * (np.exp(t / SWEEP_S * growth) - 1))
    fade = round(_FADE_S * rate)
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    sound[:fade] *= ramp
    sound[-fade:] *= ramp[::-1]
    return (10 ** (level_db / 20) * sound).astype(np.float32)


@dataclass(frozen=True)
class Way:
    """From a loudspeaker to the microphone.

    Attributes
    ----------
    delay_frames : float
        Of the direct sound, with a fraction.
    gain_db : float
        Energy of what comes back against what was sent, with the room's.
    """

    delay_frames: float
    gain_db: float


def measure_way(played: Sound, heard: Sound, rate: float) -> Way | None:
    """Measure the way of a test signal.

    Parameters
    ----------
    played, heard : float32 [frames]
        What one loudspeaker played, and the microphone heard in the same frames, and for `LONGEST_S` after its end.
    rate : float
        Hz.

    Returns
    -------
    Way or None
        None where nothing of it is heard.
    """
    if not np.any(played):
        return None
    response, bare = _response(played, heard, rate)
    size = np.abs(response)
    noise = float(np.median(size)) / 0.6745  # of normal noise: its standard deviation
    peak = int(np.argmax(size))
    if size[peak] <= max(_CLEAR * noise, 1e-7):
        return None
    first = int(np.flatnonzero(size[: peak + 1] >= _DIRECT * size[peak])[0])
    while first < peak and size[first + 1] > size[first]:
        first += 1
    room = response[max(first - round(0.002 * rate), 0) : first + round(_ROOM_S * rate)]
    energy = max((float(np.sum(room**2)) - room.size * noise**2) / bare, float(size[first]) ** 2)
    return Way(first + _between(response, first), decibels(float(np.sqrt(energy))))


def _response(played: Sound, heard: Sound, rate: float) -> tuple[NDArray[np.float64], float]:
    """Divide spectra, where the signal has energy.

    Returns
    -------
    response : float64 [frames]
        From frame 0 on; that of a bare delay has a peak of 1.
    bare : float
        Energy of the response of a bare delay.
    """
    size = 1 << int(np.ceil(np.log2(played.size + round(LONGEST_S * rate))))
    sent, back = np.fft.rfft(played, size), np.fft.rfft(heard - np.mean(heard), size)
    power = np.abs(sent) ** 2
    hz = np.fft.rfftfreq(size, 1 / rate)
    inside = (hz >= LOW_HZ) & (hz <= min(HIGH_HZ, 0.45 * rate))
    weight = np.where(inside, 1.0 / (power + _CAUTION * np.median(power[inside])), 0.0)
    delay = np.fft.irfft(power * weight, size)
    response = np.fft.irfft(back * np.conj(sent) * weight, size) / delay[0]
    return response[: round(LONGEST_S * rate)], float(np.sum(delay**2)) / float(delay[0]) ** 2


def _between(response: NDArray[np.float64], at: int) -> float:
    """Give how far the top of a parabola through three taps lies beside the middle one, −0.5 … 0.5."""
    if not 0 < at < response.size - 1:
        return 0.0
    before, here, after = np.abs(response[at - 1 : at + 2])
    bend = before - 2 * here + after
    return float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5)) if bend < 0 else 0.0
