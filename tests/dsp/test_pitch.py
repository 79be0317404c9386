import numpy as np
import pytest
import scipy.signal

from livehost.dsp import arrays
from livehost.dsp.features import Analyzer
from livehost.dsp.pitch import decimation, find_peaks, low_pass, similarity
from livehost.dsp.tables import SLICES
from tests.kernels import by_hand

from .oracle import RATES, noise, tone


def voiced(x, rate, **kwargs):
    """f0 and confidence once the histories are full."""
    hop = kwargs.setdefault("hop_samples", 256)
    settled = Analyzer(rate, **kwargs).extract(x)[int(0.12 * rate / hop) :]
    return settled[:, SLICES["f0"].start], settled[:, SLICES["f0_confidence"].start]


@pytest.mark.parametrize("rate", RATES)
def test_sines_of_40_to_2000_hz_within_half_a_percent(rate):
    for hz in np.geomspace(40, 2000, 20):
        f0, confidence = voiced(tone(hz, rate, 0.2), rate)
        np.testing.assert_allclose(f0, hz, rtol=0.005, err_msg=f"{hz} Hz at {rate}")
        assert confidence.min() > 0.95


@pytest.mark.parametrize("rate", RATES)
def test_harmonic_sounds_of_40_to_2000_hz_within_half_a_percent(rate):
    for hz in np.geomspace(40, 2000, 12):
        orders = np.arange(1, 1 + min(8, int(0.45 * rate / hz)))
        x = sum(tone(k * hz, rate, 0.2, 0.3 / k, phase=k * k) for k in orders)
        f0, confidence = voiced(x, rate)
        np.testing.assert_allclose(f0, hz, rtol=0.005, err_msg=f"{hz} Hz at {rate}")
        assert confidence.min() > 0.9


def test_a_missing_fundamental_is_heard():
    x = sum(tone(k * 150.0, 48_000, 0.2, 0.1) for k in (3, 4, 5, 6))
    f0, _ = voiced(x, 48_000)
    np.testing.assert_allclose(f0, 150, rtol=0.005)


def test_a_decaying_string_in_noise():
    n = np.arange(14_400)
    x = sum(0.2 / k * np.sin(2 * np.pi * 196 * k * n / 48_000) * np.exp(-n * k / 9_600) for k in range(1, 9))
    f0, confidence = voiced(x + noise(n.size, level=0.003), 48_000)
    np.testing.assert_allclose(f0[:30], 196, rtol=0.01)
    assert confidence[:30].min() > 0.85


def test_level_does_not_matter():
    loud, quiet = (voiced(tone(220, 48_000, 0.2, level), 48_000)[0] for level in (1.0, 1e-3))
    np.testing.assert_allclose(quiet, loud, rtol=1e-4)


@pytest.mark.parametrize("rate", RATES)
def test_noise_is_unvoiced(rate):
    f0, confidence = voiced(noise(rate // 2, seed=rate), rate)
    assert np.count_nonzero(f0) == 0
    assert confidence.mean() < 0.45


@pytest.mark.parametrize("x", [np.zeros(9_600), np.full(48_000, 0.5)[:24_000], noise(9_600, level=1e-5)])
def test_silence_dc_and_dither_are_unvoiced(x):
    f0, confidence = voiced(x, 48_000)
    assert f0[-20:].max() == 0
    assert confidence[-20:].max() < 0.7


@pytest.mark.parametrize("hz", [2500, 4200, 9000, 15_000])
def test_a_tone_above_the_range_is_unvoiced_and_not_an_octave_low(hz):
    f0, _ = voiced(tone(hz, 48_000, 0.2), 48_000)
    assert np.count_nonzero(f0) == 0


def test_any_hop_and_frame():
    for frame, hop in ((256, 100), (2048, 2048), (512, 7)):
        f0, _ = voiced(tone(330, 48_000, 0.3), 48_000, frame_samples=frame, hop_samples=hop)
        np.testing.assert_allclose(f0, 330, rtol=0.002)


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000, 192_000])
def test_the_low_pass_keeps_the_range_and_stops_what_would_fold(rate):
    step = decimation(rate)
    hz, gain = scipy.signal.freqz(low_pass(step), worN=4096, fs=rate)
    gain_db = 20 * np.log10(np.abs(gain) + 1e-9)
    assert np.abs(gain_db[hz < 0.25 * rate / step]).max() < 0.2
    # what folds onto the range of f0 comes from above the slow rate less 2 kHz
    assert gain_db[hz > rate / step - 2000 * 1.03].max() < -60


def test_array_function_is_the_stream():
    x = tone(440, 48_000, 0.1)
    rows = Analyzer(48_000).extract(x)
    assert np.array_equal(arrays.f0(x, 48_000), rows[:, SLICES["f0"].start])


@pytest.mark.parametrize(("size", "last"), [(16, 3), (64, 7), (129, 31)])
def test_similarity_is_mcleods_formula_at_every_lag(size, last):
    x, out = noise(size, seed=size), np.zeros(last + 1, np.float32)
    power = by_hand(similarity)(x.ctypes.data, size, out, last)
    pairs = [(x[: size - lag].astype(float), x[lag:].astype(float)) for lag in range(last + 1)]
    expected = [2 * (a @ b) / (a @ a + b @ b) for a, b in pairs]
    np.testing.assert_allclose(out, expected, atol=1e-5)
    assert out[0] == 1
    assert power == pytest.approx(np.mean(x.astype(float) ** 2), rel=1e-5)


@pytest.mark.parametrize(
    ("heights", "peaks"),
    [
        ([1, 0.5, -0.5, 0.2, 0.6, 0.2, -0.1, 0.1, 0.9, 0.1, 0], [4, 8]),
        ([1, 0.5, -0.5, 0.2, 0.6, 0.2, 0.1, 0.4, 0.9, 0.4, 0], [8]),  # of a region only the best
        ([1, 0.5, -0.5, 0.4, 0.9, 0.4, 0.1, 0.2, 0.6, 0.2, 0], [4]),
        ([1, 0.5, 0.2, 0.6, 0.2, 0.0, 0.1, 0.4, 0.9, 0.4, 0], [8]),  # before the first dip there is none
        ([1, 0.5, 0.2, 0.6, 0.2, 0.1, 0.1, 0.4, 0.9, 0.4, 0.2], []),
    ],
)
def test_the_best_peak_of_each_positive_region_after_the_first_dip(heights, peaks):
    y, places, found = np.array(heights, np.float32), np.zeros(11, np.float32), np.zeros(11, np.float32)
    count = by_hand(find_peaks)(y, len(y) - 1, places, found)
    np.testing.assert_allclose(places[:count], peaks, atol=0.15)
    np.testing.assert_allclose(found[:count], y[peaks], atol=0.02)
