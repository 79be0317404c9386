"""What a made sound must be: finite, to be heard, neither clipped nor clicking, and no copy of another one.

A click is a jolt that stands alone. The second difference of the samples tells jolts from what is smooth, and a window
of 1 ms that has far more of it than any other within 20 ms is one: a tone that jolts in every period does not click.
Where a sound begins, nothing is before it to compare with, and an attack is meant to be a jolt.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from livehost.bank.slice import attack, linear

#: A sound whose loudest frame is softer than this is silent (dB of the mel, which networks learn at a peak of −1 dBFS).
SILENT_DB = -45.0
#: Shorter than this is no sound, ms.
SHORT_MS = 20.0
#: So many samples of one value, this close to the peak, are clipped.
FLAT_SAMPLES, FLAT_SHARE, FLAT_STEP = 4, 0.95, 1e-6
#: A window, what is compared with on either side (from, to), and where an attack is over, ms.
_WINDOW_MS, _FROM_MS, _TO_MS, _ATTACK_MS = 1.0, 2.0, 20.0, 10.0
#: By so much a click stands out, and so far below the sound's peak a step is not heard, dB. On two banks of 123 and 35
#: recorded sounds one is taken for clicking; of clicks of −14 dB, put anywhere into these, 87 of 130 are found: the
#: others lie in noise or beside a stroke.
CLICK_DB, STEP_DB = 20.0, -40.0


@dataclass(frozen=True)
class Check:
    """One thing that a sound must not be.

    Attributes
    ----------
    name : str
        In the record.
    words : str
        What a person reads: "48 were …".
    fails : callable
        Samples float32 [n], their rate in Hz → whether it is so.
    """

    name: str
    words: str
    fails: Callable[[np.ndarray, int], bool]


def broken(sound: np.ndarray, _rate: int) -> bool:
    """Tell whether samples are no numbers."""
    return not np.isfinite(sound).all()


def short(sound: np.ndarray, rate: int) -> bool:
    """Tell whether a sound is too short to be one."""
    return len(sound) * 1000 < SHORT_MS * rate


def clipped(sound: np.ndarray, _rate: int) -> bool:
    """Tell whether the peaks of a sound are cut off: samples of one value, again and again, where it is loudest."""
    high = np.abs(sound) >= FLAT_SHARE * np.abs(sound).max(initial=0.0)
    same = high[1:] & high[:-1] & (np.abs(np.diff(sound)) <= FLAT_STEP)
    run = np.convolve(same, np.ones(FLAT_SAMPLES - 1), "valid")
    return bool((run >= FLAT_SAMPLES - 1).any() and np.abs(sound).max() > 0)


def clicks(sound: np.ndarray, rate: int) -> bool:
    """Tell whether there is a click behind the attack of a sound, its end among them."""
    window = max(round(_WINDOW_MS * rate / 1000), 4)
    jolts = np.square(np.diff(np.pad(sound.astype(np.float64), (2, 2)), 2))
    count = len(jolts) // window
    first = (attack(sound[:, None], rate) + round(_ATTACK_MS * rate / 1000)) // window
    if count <= first:
        return False
    energy = np.add.reduceat(jolts, np.arange(0, len(jolts), window))
    near, far = round(_FROM_MS / _WINDOW_MS), round(_TO_MS / _WINDOW_MS)
    sides = np.pad(energy, far)
    spans = np.lib.stride_tricks.sliding_window_view(sides, far - near + 1)
    before, behind = (spans[at : at + len(energy)].max(axis=1) for at in (0, far + near))
    loud = energy >= _power(STEP_DB) * float(np.abs(sound).max()) ** 2
    alone = energy > _power(CLICK_DB) * np.maximum(before, behind)
    return bool((loud & alone)[first:].any())


def _power(db: float) -> float:
    return linear(2 * db)


#: In this order; a sound that is near another one is found by `livehost.growing.distinct`.
CHECKS = (
    Check("broken", "no numbers", broken),
    Check("short", f"shorter than {SHORT_MS:g} ms", short),
    Check("clipped", "clipped", clipped),
    Check("clicking", "clicking", clicks),
)
SILENT, NEAR = "silent", "near"
#: What is said of each reason.
WORDS = {check.name: check.words for check in CHECKS} | {SILENT: "silent", NEAR: "too like another sound"}
