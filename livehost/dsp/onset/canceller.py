"""Subtracting from the microphone what the speakers play, before anything looks for onsets in it.

Two Kalman filters (`livehost.dsp.onset.kalman`) learn the way from each output to the microphone, a block of some 10 ms
at a time. They weigh each bin by what they already know and by how much else is heard there, so a musician who plays
all the time slows them down and does not lead them astray. The steady one takes the room for nearly constant; its taps
are applied in the time domain, so that no sample waits. The quick one believes that the room may change at any time: it
knows every room less well, and a new one first. Where it comes to explain more of what is heard than the steady one
does, a speaker or a microphone has been moved, and the steady one goes on from what the quick one knows (two echo path
models, after Ochiai, Araseki and Ogihara, IEEE Transactions on Communications 1977).

As long as the right output has played nothing, or only what the left one plays, there is but one way.
"""

import numpy as np
from numpy.typing import NDArray

from livehost.dsp.fft import RealFFT, transform
from livehost.dsp.onset.canceller_state import CANCEL_IO, CANCELLER
from livehost.dsp.onset.canceller_step import cancel_learn, cancel_reset, cancel_step
from livehost.dsp.onset.kalman import FILTER, SPECTRA, WAYS, correct, take_error
from livehost.rt.native import run1

__all__ = ["CANCELLER", "CANCEL_IO", "EchoCanceller", "cancel_reset", "cancel_step"]

_SPAN_MS, _BLOCK_MS = 64.0, 10.7
_DRIFT = (1e-6, 1e-4)  # of the energy of a weight in a block, as the steady and the quick filter think


class EchoCanceller:
    """State of an echo canceller; see the module.

    Parameters
    ----------
    rate : float
        Hz.
    hop_samples : int
        Samples a step.
    start_db : float
        Energy of the room's response that is thought likely at first.

    Attributes
    ----------
    address : int
        Of the record, for `cancel_step`.
    """

    def __init__(self, rate: float, hop_samples: int = 32, start_db: float = -6.0) -> None:
        block = 1 << max(4, round(float(np.log2(_BLOCK_MS * rate / 1000))))
        partitions = int(np.ceil(_SPAN_MS * rate / 1000 / block))
        ring = 1 << int(np.ceil(np.log2(partitions * block + 2 * block + hop_samples)))
        bins, total = block + 1, partitions * block
        self._fft = RealFFT(2 * block)
        self._record, self._spectra, self.filters = np.zeros(1, CANCELLER), np.zeros(1, SPECTRA), np.zeros(2, FILTER)
        self.state = self._record[0]
        self.address = int(self._record.ctypes.data)
        self.arrays: dict[str, NDArray[np.float32]] = {
            name: np.zeros(size, np.float32)
            for name, size in (
                ("line", WAYS * 2 * ring),
                ("taken", 2 * block),
                ("taps", WAYS * total),
                ("target", WAYS * total),
                ("power", partitions),
                ("spectra", WAYS * 2 * bins * partitions),
                ("scratch", 2 * bins),
                ("weights", 2 * WAYS * 2 * bins * partitions),
                ("doubt", 2 * 4 * bins * partitions),
                ("rest", 2 * bins),
                ("error", 2 * 2 * bins),
            )
        }
        shared = self._spectra[0]
        shared["block"], shared["partitions"] = block, partitions
        shared["transform"], shared["plan"] = transform.address, self._fft.address
        shared["take_error"], shared["correct"] = take_error.address, correct.address
        shared["spectra"], shared["scratch"] = (self.arrays[name].ctypes.data for name in ("spectra", "scratch"))
        for place, (record, drift) in enumerate(zip(self.filters, _DRIFT, strict=True)):
            record["drift"] = drift
            for name in ("weights", "doubt", "rest", "error"):
                array = self.arrays[name]
                record[name] = array.ctypes.data + place * array.nbytes // 2
        fixed = {
            "enabled": 1.0,
            "start_db": start_db,
            "hop": hop_samples,
            "ring": ring,
            "learn": cancel_learn.address,
            "spectra": self._spectra.ctypes.data,
            "filters": self.filters.ctypes.data,
        }
        for name, value in fixed.items():
            self.state[name] = value
        for name in ("line", "taken", "taps", "target", "power"):
            self.state[name] = self.arrays[name].ctypes.data
        self.reset()

    def reset(self) -> None:
        """Forget the room."""
        run1(cancel_reset)(self.address)
