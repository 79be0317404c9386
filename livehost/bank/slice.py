"""Where a sound begins, where it ends, and where a long one is cut.

Every cut is faded over `FADE_MS`, and slices overlap by just that: the fade-out of one is the complement of the fade-in
of the next, so slices that are played one after the other, each at its time, add up to the recording again.
"""

from dataclasses import dataclass

import numpy as np

from livehost.bank.decode import BLOCK_FRAMES, UnusableSound

#: Peak below which a file counts as silent (dBFS).
SILENT_DB = -80.0
#: Leading and trailing frames this far below the peak are trimmed, and so is everything below the floor (dBFS).
TRIM_DB = -60.0
TRIM_FLOOR_DB = -90.0
#: Kept before the first frame that is heard, and faded in where something was cut.
FADE_MS = 1.0
#: Kept after the last.
TAIL_MS = 10.0
#: The attack is where a sound first comes within this of its peak in the first `ONSET_WITHIN_MS`.
ONSET_DB = -30.0
ONSET_WITHIN_MS = 1000.0
#: Shorter than this is no sound.
SHORTEST_MS = 1.0
#: Sounds longer than this are sliced; onsets closer than this belong to one slice.
SLICE_LONGER_MS = 1000.0
SLICE_AT_LEAST_MS = 60.0


@dataclass(frozen=True)
class Cut:
    """Half-open range of frames, its attack (frames from its start), and whether either end is faded."""

    start: int
    stop: int
    onset: int
    fade_in: bool
    fade_out: bool


def linear(db: float) -> float:
    """Amplitude of a level in dB."""
    return float(10.0 ** (db / 20.0))


def trim(samples: np.ndarray, rate: int) -> Cut:
    """Find where the sound in a file begins and ends.

    Silence is where the signal stays where it started (or where it ends), so a converter's offset does not matter.

    Parameters
    ----------
    samples : numpy.ndarray
        Float32 [frames, channels].
    rate : int
        Hz.

    Returns
    -------
    Cut

    Raises
    ------
    UnusableSound
        If the file is silent, constant, or too short to be a sound.
    """
    if len(samples) * 1000.0 < SHORTEST_MS * rate:
        raise UnusableSound(f"is too short ({len(samples)} frame{'s' if len(samples) > 1 else ''})")
    # channel by channel: along the first axis of two columns numpy is ten times slower
    high, low = (np.array([pick(channel) for channel in samples.T]) for pick in (np.max, np.min))
    peak = float((high - low).max()) / 2
    if peak < linear(SILENT_DB):
        constant = float(np.abs(high + low).max()) / 2
        raise UnusableSound("holds only a constant (DC), no sound" if constant >= linear(SILENT_DB) else "is silent")
    threshold = max(peak * linear(TRIM_DB), linear(TRIM_FLOOR_DB))
    fade = round(FADE_MS * rate / 1000)
    first = _first_away(samples, threshold)
    last = len(samples) - _first_away(samples[::-1], threshold)
    start = max(0, first - fade)
    stop = min(len(samples), last + round(TAIL_MS * rate / 1000))
    return Cut(start, stop, attack(samples[start:stop], rate), start > 0, stop < len(samples))


def attack(samples: np.ndarray, rate: int) -> int:
    """Find the attack of a trimmed sound: where it first comes within 30 dB of its peak in the first second.

    Parameters
    ----------
    samples : numpy.ndarray
        Float32 [frames, channels].
    rate : int
        Hz.

    Returns
    -------
    int
        Frames from the start.
    """
    beginning = samples[: max(1, round(ONSET_WITHIN_MS * rate / 1000))]
    level = np.abs(beginning - beginning[0]).max(axis=1)
    if np.abs(beginning[0]).max() > level.max() / 4:
        return 0  # starts at full height: the distance from there says nothing
    return int(np.argmax(level >= level.max() * linear(ONSET_DB)))


def slices(whole: Cut, onsets: np.ndarray, rate: int) -> list[Cut]:
    """Cut a trimmed sound at its onsets.

    Parameters
    ----------
    whole : Cut
        From `trim`.
    onsets : numpy.ndarray
        Int64, frames from the start of the file, ascending.
    rate : int
        Hz.

    Returns
    -------
    list of Cut
        In order; `[whole]` where there is nothing to cut. Neighbours overlap by `FADE_MS`.
    """
    fade = round(FADE_MS * rate / 1000)
    apart = round(SLICE_AT_LEAST_MS * rate / 1000)
    starts = [whole.start]
    for onset in onsets:
        start = int(onset) - fade
        if start - starts[-1] >= apart and whole.stop - start >= apart:
            starts.append(start)
    stops = [start + fade for start in starts[1:]] + [whole.stop]
    return [
        Cut(
            start,
            stop,
            whole.onset if i == 0 else fade,
            whole.fade_in if i == 0 else True,
            whole.fade_out if i == len(starts) - 1 else True,
        )
        for i, (start, stop) in enumerate(zip(starts, stops, strict=True))
    ]


def take(samples: np.ndarray, cut: Cut, rate: int) -> np.ndarray:
    """Copy one cut out of a sound, faded.

    Parameters
    ----------
    samples : numpy.ndarray
        Float32 [frames, channels].
    cut : Cut
        What to take.
    rate : int
        Hz.

    Returns
    -------
    numpy.ndarray
        Float32 [cut.stop - cut.start, channels]; a view where nothing is faded.
    """
    taken = samples[cut.start : cut.stop]
    if not (cut.fade_in or cut.fade_out):
        return taken
    taken = taken.copy()
    fade = min(round(FADE_MS * rate / 1000), len(taken))
    ramp = ((np.arange(fade, dtype=np.float32) + np.float32(0.5)) / np.float32(fade))[:, None]
    if cut.fade_in:
        taken[:fade] *= ramp
    if cut.fade_out:
        taken[len(taken) - fade :] *= 1 - ramp
    return taken


def _first_away(samples: np.ndarray, threshold: float) -> int:
    """Index of the first frame that is more than `threshold` away from the very first; the length if none is."""
    for begin in range(0, len(samples), BLOCK_FRAMES):
        away = np.abs(samples[begin : begin + BLOCK_FRAMES] - samples[0]).max(axis=1) > threshold
        if away.any():
            return begin + int(np.argmax(away))
    return len(samples)
