"""Spectra of notes as levels and instantaneous frequencies, and sounds of them: what models of notes read and write.

Levels are those of sines (a full-scale one has 0 dB), frequencies the difference of a bin's phase from one frame to the
next, less what the middle of the bin would turn, in half turns: a pure tone has one constant number in the bins of its
peak, whatever its phase. Source: Engel et al. 2019 (GANSynth); Laroche & Dolson 1999 (phases locked to peaks).

Frames lie as in `livehost.dsp.mel_contract`: frame k is centred on the samples k · hop … (k + 1) · hop, and n frames
stand for n · hop samples. Phases are those in the middle of a frame, so all bins of a peak have the same.
"""

from dataclasses import dataclass

import numpy as np

from livehost.dsp.contract import Contract
from livehost.dsp.mel_contract import hann
from livehost.errors import LivehostError

#: Bins on either side of a tone that its main lobe takes, of the Hann window: of two peaks in it, one is none.
LOBE = 2
#: What a contract may say: name → lowest and highest.
_LIMITS: dict[str, tuple[float, float]] = {
    "rate": (4_000, 192_000), "fft_samples": (256, 32_768), "hop_samples": (64, 8_192), "bins": (16, 16_384),
    "frames": (4, 4_096), "floor_db": (-160, -20),
}  # fmt: skip
_TINY = 1e-12


@dataclass(frozen=True, kw_only=True)
class SpectrumContract(Contract):
    """How spectra of notes are made and read.

    Parameters
    ----------
    rate : int
        Of the sound, Hz.
    fft_samples : int
        Of a transform and of its window (Hann); even.
    hop_samples : int
        Between frames; even, and at most a quarter of a transform: a tone turns by less than half a turn more or less
        than the middle of each bin of its peak.
    bins : int
        That are kept, from 0 Hz on; at most half a transform.
    frames : int
        Of a note.
    floor_db : float
        Nothing is lower.

    Raises
    ------
    LivehostError
        For numbers that nothing could be analysed with.
    """

    rate: int = 44_100
    fft_samples: int = 4096
    hop_samples: int = 1024
    bins: int = 1024
    frames: int = 48
    floor_db: float = -80.0

    def __post_init__(self) -> None:
        for name, (low, high) in _LIMITS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise LivehostError(f"Spectra of notes cannot have {name.replace('_', ' ')} of {value:g}.")
        if self.fft_samples % 2 or self.hop_samples % 2 or 4 * self.hop_samples > self.fft_samples:
            raise LivehostError(
                "Spectra of notes want an even transform and an even hop of at most a quarter of it, "
                f"not {self.fft_samples} and {self.hop_samples} samples."
            )
        if 2 * self.bins > self.fft_samples:
            raise LivehostError(f"A transform of {self.fft_samples} samples has no {self.bins} bins to keep.")

    @property
    def samples(self) -> int:
        """Of a note."""
        return self.frames * self.hop_samples

    @property
    def seconds(self) -> float:
        """Of a note."""
        return self.samples / self.rate

    @property
    def bin_hz(self) -> float:
        """From bin to bin."""
        return self.rate / self.fft_samples

    @property
    def half_turn(self) -> float:
        """Bins by which a tone lies off where it turns by half a turn more in a hop."""
        return self.fft_samples / (2 * self.hop_samples)


def analyse(samples: np.ndarray, contract: SpectrumContract) -> tuple[np.ndarray, np.ndarray]:
    """Compute levels and instantaneous frequencies of a sound.

    Parameters
    ----------
    samples : numpy.ndarray
        Float [n], mono, at the contract's rate, 1 at full scale.
    contract : SpectrumContract

    Returns
    -------
    level_db : numpy.ndarray
        Float32 [bins, frames].
    turn : numpy.ndarray
        Float32 [bins, frames], −1 to 1 half turns beyond the bin's own, from frame to frame; of the first, its phase.
    """
    size, hop = contract.fft_samples, contract.hop_samples
    count = -(-len(samples) // hop)
    padded = np.zeros((max(count, 1) - 1) * hop + size)
    padded[contract.padding : contract.padding + len(samples)] = samples
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)[::hop][:count] * hann(size)
    spectrum = np.fft.rfft(np.fft.ifftshift(windows, axes=1))[:, : contract.bins].T
    amplitude = np.abs(spectrum) * (2 / hann(size).sum())
    level = 20 * np.log10(np.maximum(amplitude, 10 ** (contract.floor_db / 20)))
    turned = np.diff(np.angle(spectrum) / np.pi, axis=1, prepend=0.0) - _own_turn(contract)
    return level.astype(np.float32), (np.mod(turned + 1, 2) - 1).astype(np.float32)


def synthesise(
    level_db: np.ndarray, turn: np.ndarray, contract: SpectrumContract, rng: np.random.Generator | None = None
) -> np.ndarray:
    """Make the sound of levels and instantaneous frequencies.

    Parameters
    ----------
    level_db, turn : numpy.ndarray
        Float [bins, frames], see `analyse`; any number of frames.
    contract : SpectrumContract
    rng : numpy.random.Generator, optional
        None: phases are exactly those that the turns add up to, and what `analyse` gave comes back. With it, they begin
        by chance, and those of all bins are locked to the nearest peak: a tone stays clean where its bins do not quite
        agree, as those that a network has written, and where it moves from bin to bin.

    Returns
    -------
    numpy.ndarray
        Float32 [frames · hop], mono.
    """
    size, hop = contract.fft_samples, contract.hop_samples
    turns = np.asarray(turn, np.float64) + _own_turn(contract)
    amplitude = 10 ** (np.asarray(level_db, np.float64) / 20) * (level_db > contract.floor_db)
    phase = np.cumsum(turns, axis=1) if rng is None else _locked(amplitude, turns, contract, rng)
    spectrum = np.zeros((amplitude.shape[1], size // 2 + 1), complex)
    spectrum[:, : contract.bins] = (amplitude * np.exp(1j * np.pi * phase)).T * (hann(size).sum() / 2)
    frames = np.fft.fftshift(np.fft.irfft(spectrum, size), axes=1) * hann(size)
    total, weight = np.zeros((2, (len(frames) - 1) * hop + size))
    for number, frame in enumerate(frames):
        at = slice(number * hop, number * hop + size)
        total[at] += frame
        weight[at] += hann(size) ** 2
    sound = total / np.maximum(weight, 1e-3)
    return sound[contract.padding : contract.padding + len(frames) * hop].astype(np.float32)


def stretch(spectrum: np.ndarray, frames: int, attack: int) -> np.ndarray:
    """Make a note longer or shorter: its attack stays, what is sustained is stretched; a shorter one is cut.

    Parameters
    ----------
    spectrum : numpy.ndarray
        Float [..., frames]: levels or turns.
    frames : int
        Wanted.
    attack : int
        Frames of the attack; all but the last two at most.

    Returns
    -------
    numpy.ndarray
        Float [..., frames], straight between neighbouring frames.
    """
    last = spectrum.shape[-1] - 1
    if frames <= last + 1:
        return spectrum[..., :frames]
    attack = min(attack, last - 1)  # something is left to be stretched
    places = np.concatenate([np.arange(attack), np.linspace(attack, last, frames - attack)])
    first = np.minimum(places.astype(int), last - 1)
    share = (places - first).astype(spectrum.dtype)
    before = spectrum[..., first]
    stretched: np.ndarray = before + share * (spectrum[..., first + 1] - before)  # the floor stays what it is
    return stretched


def _own_turn(contract: SpectrumContract) -> np.ndarray:
    """Give by how many half turns the middle of each bin turns in a hop, float64 [bins, 1]."""
    return np.arange(contract.bins)[:, None] / contract.half_turn


def _locked(
    amplitude: np.ndarray, turns: np.ndarray, contract: SpectrumContract, rng: np.random.Generator
) -> np.ndarray:
    """Add up turns peak by peak: phases in half turns, float64 [bins, frames]."""
    bins, frames = amplitude.shape
    power = amplitude**2 + _TINY * amplitude.max(initial=1.0) ** 2
    mean = _around(power * turns) / _around(power)
    phases, phase, numbers = np.empty((bins, frames)), np.asarray(rng.uniform(-1, 1, bins)), np.arange(bins)
    for frame in range(frames):
        owner = _owners(power[:, frame], numbers)
        turned = mean[owner, frame]
        phase = np.mod(phase[owner] + turned + 1, 2) - 1
        phases[:, frame] = phase + _side_lobe_turn(numbers - contract.half_turn * turned)
    return phases


def _side_lobe_turn(off: np.ndarray) -> np.ndarray:
    """Give by how many half turns a bin of the Hann window that is so many bins off a tone differs from its peak."""
    lobe = np.floor(np.abs(off))
    return (lobe >= LOBE) & (lobe % 2 == 0)


def _around(values: np.ndarray) -> np.ndarray:
    """Add up each row and its two neighbours."""
    padded = np.pad(values, ((1, 1), (0, 0)))
    total: np.ndarray = padded[:-2] + padded[1:-1] + padded[2:]
    return total


def _owners(power: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Name the peak to which each bin belongs: the nearest."""
    padded = np.pad(power, LOBE, constant_values=-1.0)
    highest = np.lib.stride_tricks.sliding_window_view(padded, 2 * LOBE + 1).max(axis=1)
    peaks = np.flatnonzero(power == highest)
    at = np.searchsorted(peaks, numbers)
    before, behind = peaks[np.maximum(at - 1, 0)], peaks[np.minimum(at, len(peaks) - 1)]
    nearest: np.ndarray = np.where(abs(numbers - before) < abs(behind - numbers), before, behind)
    return nearest
