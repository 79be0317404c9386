"""Each feature as a function of a whole array, run by the same compiled code as the stage.

Every function here takes ``(samples, rate, *, frame_samples=1024, hop_samples=128)``; they are made from the table
`FEATURES`, so none can differ from what the worker computes.
"""

from collections.abc import Callable

import numpy as np

from livehost.dsp.features import Analyzer
from livehost.dsp.tables import FEATURES, SLICES

_DOC = """Return {help}. RT: never.

Parameters
----------
samples : array_like, shape [n]
    Mono samples, 1 at full scale. NaN and Inf are heard as 0.
rate : float
    Sample rate in Hz, 4,000 to 400,000.
frame_samples : int, default 1024
    Samples of a frame; a power of two, 256 or more.
hop_samples : int, default 128
    Samples between frames, 1 to `frame_samples`.

Returns
-------
ndarray of float32, shape {shape}
    In {unit}. Row i describes the frame that ends at sample (i + 1) · hop_samples; silence comes before the first.

Raises
------
LivehostError
    Where the samples are not mono, or rate, frame or hop are outside these ranges.

Notes
-----
{source}
"""
_TABLE = {feature.name: feature for feature in FEATURES}


def _wrap(name: str, source: str, feature_name: str | None = None) -> Callable[..., np.ndarray]:
    """Make the function of one feature."""
    feature = _TABLE[feature_name or name]
    place: slice | int = SLICES[feature.name] if feature.size > 1 else SLICES[feature.name].start

    def extract(samples: np.ndarray, rate: float, *, frame_samples: int = 1024, hop_samples: int = 128) -> np.ndarray:
        return np.ascontiguousarray(Analyzer(rate, frame_samples, hop_samples).extract(samples)[:, place])

    shape = "[n // hop_samples]" if feature.size == 1 else f"[n // hop_samples, {feature.size}]"
    extract.__doc__ = _DOC.format(help=feature.help, unit=feature.unit, shape=shape, source=source)
    extract.__name__ = extract.__qualname__ = name
    return extract


_PEETERS = "Peeters, “A large set of audio features for sound description”, IRCAM, 2004; on the magnitudes of the bins."
_SLOPE = "Least-squares line through the frames of about 21 ms (`livehost.dsp.delta`), as `librosa.feature.delta`."

rms = _wrap("rms", "Rectangular frame.")
loudness = _wrap("loudness", "ITU-R BS.1770-5, K-weighting of one channel, over the frame instead of 400 ms.")
peak = _wrap("peak", "Of the newest hop only.")
zero_crossings = _wrap("zero_crossings", "0 counts as positive; `librosa.feature.zero_crossing_rate` times the rate.")
spectral_centroid = _wrap("spectral_centroid", _PEETERS, "centroid")
spectral_spread = _wrap("spectral_spread", _PEETERS, "spread")
spectral_skewness = _wrap("spectral_skewness", _PEETERS, "skewness")
spectral_rolloff = _wrap("spectral_rolloff", _PEETERS, "rolloff")
spectral_flatness = _wrap("spectral_flatness", "Dubnov, IEEE Signal Processing Letters 11 (8), 2004.", "flatness")
spectral_entropy = _wrap("spectral_entropy", "Shannon's entropy of the normalised powers.", "entropy")
spectral_flux = _wrap("spectral_flux", "Böck and Widmer, DAFx 2013, without the maximum filter; per ms of hop.", "flux")
mel_spectrum = _wrap("mel_spectrum", "Slaney, Auditory Toolbox, 1998; triangles of unit peak on powers.", "mel")
mfcc = _wrap("mfcc", "Davis and Mermelstein, IEEE ASSP 28 (4), 1980, on dB.")
chroma = _wrap("chroma", "Ellis, “Chroma feature analysis and synthesis”, 2007 (`livehost.dsp.chroma`).")
f0 = _wrap("f0", "McLeod and Wyvill, ICMC 2005 (`livehost.dsp.pitch`).")
f0_confidence = _wrap("f0_confidence", "Height of McLeod's function at the period.")
rms_delta = _wrap("rms_delta", _SLOPE)
centroid_delta = _wrap("centroid_delta", _SLOPE)
mfcc_delta = _wrap("mfcc_delta", _SLOPE)
