"""The contract of mel spectrograms: what every model of sounds reads and writes, stored in each of their manifests.

Frame k is centred on the samples k · hop … (k + 1) · hop, with zeros before the sound and behind it, so that n frames
stand for n · hop samples exactly. A band is the power under a triangle of unit peak on Slaney's mel scale, in dB. The
powers of all bins add up to the mean square: a full-scale sine has −3.01 dB, as everywhere in livehost.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from livehost.dsp.contract import Contract
from livehost.dsp.mel import hz_to_mel, mel_to_hz
from livehost.errors import LivehostError

#: The only scale so far: Slaney's mel scale, triangles of unit peak, powers in dB.
SLANEY_POWER_DB = "slaney-power-db"
#: What a contract may say: name → lowest and highest.
_LIMITS: dict[str, tuple[float, float]] = {
    "rate": (4_000, 192_000), "fft_samples": (64, 16_384), "hop_samples": (16, 16_384), "bands": (4, 512),
    "low_hz": (0, 10_000), "high_hz": (100, 96_000), "floor_db": (-160, -20),
}  # fmt: skip
#: How each is called in a sentence.
_WORDS = {
    "rate": "a rate of {} Hz", "fft_samples": "a transform of {} samples", "hop_samples": "a hop of {} samples",
    "bands": "{} bands", "low_hz": "bands from {} Hz", "high_hz": "bands up to {} Hz", "floor_db": "a floor of {} dB",
    "scale": "the scale {}",
}  # fmt: skip
#: Frames that are transformed at once.
_BLOCK = 512


@dataclass(frozen=True, kw_only=True)
class MelContract(Contract):
    """How mel spectrograms are made and read; two models fit together where theirs are equal.

    Parameters
    ----------
    rate : int
        Of the sound, Hz.
    fft_samples : int
        Of a transform and of its window (Hann); even.
    hop_samples : int
        Between frames; even, and at most half a transform.
    bands : int
    low_hz, high_hz : float
        Lower edge of the lowest band, and upper edge of the highest.
    floor_db : float
        Nothing is lower.
    scale : str
        `SLANEY_POWER_DB`.

    Raises
    ------
    LivehostError
        For numbers that nothing could be analysed with.
    """

    rate: int = 44_100
    fft_samples: int = 1024
    hop_samples: int = 256
    bands: int = 80
    low_hz: float = 20.0
    high_hz: float = 20_000.0
    floor_db: float = -90.0
    scale: str = SLANEY_POWER_DB

    def __post_init__(self) -> None:
        for name, (low, high) in _LIMITS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise LivehostError(f"Mel spectrograms cannot have {_WORDS[name].format(f'{value:g}')}.")
        if self.fft_samples % 2 or self.hop_samples % 2 or 2 * self.hop_samples > self.fft_samples:
            raise LivehostError(
                "Mel spectrograms want an even transform and an even hop of at most half of it, "
                f"not {self.fft_samples} and {self.hop_samples} samples."
            )
        if not self.low_hz < self.high_hz <= self.rate / 2:
            raise LivehostError(
                f"Mel bands from {self.low_hz:g} to {self.high_hz:g} Hz do not fit a rate of {self.rate} Hz."
            )
        if self.scale != SLANEY_POWER_DB:
            raise LivehostError(
                f"Mel spectrograms of the scale {self.scale!r} are unknown; {SLANEY_POWER_DB} is known."
            )
        if not filterbank(self).any(axis=1).all():
            raise LivehostError(
                f"{self.bands} mel bands are too narrow for a transform of {self.fft_samples} samples "
                f"at {self.rate} Hz."
            )

    @property
    def frame_s(self) -> float:
        """Seconds from frame to frame."""
        return self.hop_samples / self.rate

    def frames(self, samples: int) -> int:
        """Count the frames of so many samples."""
        return -(-samples // self.hop_samples)

    def differs_from(self, other: "MelContract") -> str:
        """Say what differs from another contract, in words; "" where nothing does.

        Examples
        --------
        >>> MelContract().differs_from(MelContract(high_hz=8000.0))
        'bands up to 20000 Hz instead of bands up to 8000 Hz'
        """
        said = []
        for field in fields(self):
            mine, its = getattr(self, field.name), getattr(other, field.name)
            if mine != its:
                words = [_WORDS[field.name].format(f"{v:g}" if field.name != "scale" else v) for v in (mine, its)]
                said.append(" instead of ".join(words))
        return ", ".join(said)

    def require(self, other: "MelContract", mine: str, its: str) -> None:
        """Refuse to join two models whose contracts differ.

        Parameters
        ----------
        other : MelContract
        mine, its : str
            Names of what has this contract, and the other.

        Raises
        ------
        LivehostError
            Saying what differs.
        """
        if said := self.differs_from(other):
            raise LivehostError(f"{mine} and {its} do not fit together: {mine} has {said}.", 2)

    def analyse(self, samples: np.ndarray) -> np.ndarray:
        """Compute the mel spectrogram of a sound.

        Parameters
        ----------
        samples : numpy.ndarray
            Float [n], mono, at `rate`, 1 at full scale.

        Returns
        -------
        numpy.ndarray
            Float32 [bands, frames], dB.
        """
        count, hop = self.frames(len(samples)), self.hop_samples
        padded = np.zeros((max(count, 1) - 1) * hop + self.fft_samples)
        padded[self.padding : self.padding + len(samples)] = samples
        windows = np.lib.stride_tricks.sliding_window_view(padded, self.fft_samples)[::hop][:count]
        weights = filterbank(self) * power_scale(self)
        mel = np.empty((self.bands, count), np.float32)
        for at in range(0, count, _BLOCK):
            spectrum = np.fft.rfft(windows[at : at + _BLOCK] * hann(self.fft_samples))
            power = weights @ (spectrum.real**2 + spectrum.imag**2).T
            mel[:, at : at + _BLOCK] = 10 * np.log10(np.maximum(power, 10 ** (self.floor_db / 10)))
        return mel


@lru_cache(8)
def hann(size: int) -> np.ndarray:
    """Return the periodic Hann window, float64 [size]; not to be written to."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)


def power_scale(contract: MelContract) -> float:
    """Give what the squares of a spectrum are multiplied by, so that all bins add up to the frame's mean square."""
    return float(2 / (contract.fft_samples * np.sum(hann(contract.fft_samples) ** 2)))


@lru_cache(8)
def filterbank(contract: MelContract) -> np.ndarray:
    """Return the triangles, float64 [bands, bins], unit peak; not to be written to."""
    low, high = hz_to_mel(contract.low_hz), hz_to_mel(contract.high_hz)
    edges = mel_to_hz(np.linspace(low, high, contract.bands + 2))
    hz = np.fft.rfftfreq(contract.fft_samples, 1 / contract.rate)
    rise = (hz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    fall = (edges[2:, None] - hz) / np.diff(edges)[1:, None]
    return np.maximum(0, np.minimum(rise, fall))


#: What livehost's models of sounds have in common. The sounds of a bank are one-shots, struck and plucked, most of them
#: recorded at 44.1 kHz, and at this rate hats and cymbals keep all that is heard. A transform of 23 ms with a hop of
#: 6 ms keeps attacks: resynthesised by Griffin-Lim, 21 sounds of percussion, bass and guitar have an envelope that is
#: 2.5 dB off in the first 60 ms, and 3.5 dB with 2048 samples, a hop of 512 and 128 bands, which are about as many
#: numbers; the distance of their spectra is smaller, too (1.18 against 1.25). 100 bands would be narrower than a bin.
STANDARD = MelContract()
