"""pyAudioAnalysis, where it computes the same thing: power, crossings, centroid and spread.

Its rolloff and entropy are defined otherwise, its MFCC takes magnitudes, its chroma loses bins, and it normalises each
clip.
"""

import warnings

import numpy as np
import pytest

from livehost.dsp import arrays

from .oracle import RATES, frames, magnitudes, mixture

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    peer = pytest.importorskip("pyAudioAnalysis.ShortTermFeatures", exc_type=ImportError)


@pytest.mark.parametrize("rate", RATES)
def test_equals_py_audio_analysis(rate):
    x = mixture(rate)
    rows = frames(x)[8:]
    power = [peer.energy(row) for row in rows]
    np.testing.assert_allclose(10 ** (arrays.rms(x, rate)[8:] / 10), power, rtol=1e-5)
    crossings = [peer.zero_crossing_rate(row) * 1023 / 1024 * rate for row in rows]
    np.testing.assert_allclose(arrays.zero_crossings(x, rate)[8:], crossings, rtol=1e-5)
    arrays_centroid, arrays_spread = arrays.spectral_centroid(x, rate), arrays.spectral_spread(x, rate)
    # it counts bins from 1, so it gets all but DC, and its moments are ours but for the weight of DC
    for i, m in enumerate(magnitudes(x).T[8:], start=8):
        centroid, spread = np.array(peer.spectral_centroid_spread(m[1:], rate)) * rate / 2
        share = m[1:].sum() / m.sum()
        assert arrays_centroid[i] == pytest.approx(share * centroid, rel=1e-5)
        assert arrays_spread[i] == pytest.approx(
            np.sqrt(share * (spread**2 + centroid**2) - (share * centroid) ** 2), rel=1e-5
        )
