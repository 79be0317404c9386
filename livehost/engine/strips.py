"""Strips: gain, place and mute of each of the first voices, whatever it plays; smoothed, so that no change clicks.

A strip that stands at its default costs nothing, and leaves every sample as it is to the bit.
"""

import numpy as np

from livehost import settings
from livehost.rt.memory import zeros
from livehost.rt.native import kernel
from livehost.settings import TABLE, VOICES, Settings

#: Live settings of a voice.
_GIVEN = settings.record("voice")
STRIP = np.dtype(
    [
        ("left", "f8"),  # factors that are wanted, which Python works out, as taken at the start of a block …
        ("right", "f8"),
        ("left_now", "f8"),  # … and those that hold
        ("right_now", "f8"),
    ],
    align=True,
)
_CLOSE = 1e-6


@kernel
def strip_begin(s):
    """Take the wanted gains at once: a voice begins, and nothing sounds yet. RT: callback."""
    s.left_now, s.right_now = s.left, s.right


@kernel
def strip_moves(s):
    """Tell whether a strip changes what its voice plays. RT: callback."""
    return s.left != 1.0 or s.right != 1.0 or s.left_now != 1.0 or s.right_now != 1.0


@kernel
def _towards(now, wanted, smoothing):
    """Give the next value of a gain on its way. RT: callback."""
    now += (wanted - now) * smoothing
    return wanted if abs(wanted - now) < _CLOSE else now


@kernel
def strip_mix(s, left, right, mix_left, mix_right, begin, count, smoothing):
    """Add `count` frames of one voice to the mix, with its strip's gains on their way. RT: callback."""
    wanted_left, wanted_right = s.left, s.right
    now_left, now_right = s.left_now, s.right_now
    for i in range(begin, begin + count):
        now_left = _towards(now_left, wanted_left, smoothing)
        now_right = _towards(now_right, wanted_right, smoothing)
        mix_left[i] += np.float32(left[i] * now_left)
        mix_right[i] += np.float32(right[i] * now_right)
    s.left_now, s.right_now = now_left, now_right


class Strips:
    """The strips of all voices that have one.

    Parameters
    ----------
    values : Settings

    Attributes
    ----------
    address, given_address : int
        Of the first `STRIP`, for native code, and of the first of those whose wanted factors it takes over.
    """

    def __init__(self, values: Settings) -> None:
        self._values = np.zeros(VOICES, _GIVEN)
        self._given, self._strips = zeros(VOICES, STRIP), zeros(VOICES, STRIP)
        self.address: int = self._strips.ctypes.data
        self.given_address: int = self._given.ctypes.data
        for key, setting in TABLE.items():
            if setting.voice >= 0:
                self.set(setting.voice, setting.field, setting.number(values[key]))
        self._strips[:] = self._given

    def set(self, voice: int, field: str, value: float) -> None:
        """Change a live setting of a voice, from the next block on."""
        given, strip = self._values[voice], self._given[voice]
        given[field] = value
        gain = 0.0 if given["mute"] else 10 ** (given["gain_db"] / 20)
        strip["left"], strip["right"] = gain * min(1.0, 1 - given["pan"]), gain * min(1.0, 1 + given["pan"])

    @property
    def arrays(self) -> list[np.ndarray]:
        """Memory that the callback touches, to be locked."""
        return [self._given, self._strips]
