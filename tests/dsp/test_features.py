import librosa
import numpy as np
import pytest

from livehost.dsp import arrays
from livehost.dsp.delta import half_width
from livehost.dsp.features import FEATURE_SIZE, FEATURES, SLICES, Analyzer, analyze, growing_windows
from livehost.dsp.fft import hann
from livehost.errors import LivehostError
from livehost.rt.native import run2

from .oracle import RATES, mixture, noise, tone


def test_the_table_covers_the_vector():
    places = [i for feature in FEATURES for i in range(FEATURE_SIZE)[SLICES[feature.name]]]
    assert places == list(range(FEATURE_SIZE))
    assert FEATURE_SIZE == 93
    assert all(feature.unit and feature.help for feature in FEATURES)


def test_stepping_equals_extracting_to_the_bit():
    x = mixture(48_000)
    rows = Analyzer(48_000).extract(x)
    analyzer, step = Analyzer(48_000), run2(analyze)
    for i, row in enumerate(rows):
        assert step(analyzer.address, x.ctypes.data + 4 * 128 * i) == 0
        assert np.array_equal(analyzer.vector, row)


def test_what_came_before_a_whole_frame_of_silence_is_forgotten():
    x = mixture(48_000)
    later = Analyzer(48_000).extract(np.concatenate([np.zeros(128 * 60, np.float32), x]))
    rows = Analyzer(48_000).extract(x)
    whole = np.r_[: SLICES["flux"].start, SLICES["mel"].start : SLICES["chroma"].start]
    assert np.array_equal(later[60 + 7 :, whole], rows[7:, whole])


def test_frames_grow_after_a_reset_and_hold_nothing_of_before():
    x = mixture(48_000)[:4_096]
    rows = Analyzer(48_000).extract(x)
    for row in (0, 1, 3, 6):
        heard = 128 * (row + 1)
        alone = x[:heard].astype(np.float64)
        assert rows[row, SLICES["rms"].start] == pytest.approx(10 * np.log10(np.mean(alone**2)), abs=1e-3)
        window = growing_windows(1024, 8)[row, 1024 - heard :]
        assert window[0] == 1.0
        spectrum = np.abs(np.fft.rfft(alone * window, 1024))
        centroid = np.sum(spectrum * np.arange(513)) / np.sum(spectrum) * 48_000 / 1024
        assert rows[row, SLICES["centroid"].start] == pytest.approx(centroid, rel=1e-3)


@pytest.mark.parametrize(("frame", "lengths"), [(256, 2), (1024, 8), (2048, 64), (1024, 1)])
def test_the_last_window_is_that_of_a_whole_frame(frame, lengths):
    windows = growing_windows(frame, lengths)
    assert windows.shape == (lengths, frame)
    assert np.array_equal(windows[-1], hann(frame))
    assert [np.count_nonzero(row) for row in windows[:-1]] == [
        pytest.approx(frame * (k + 1) // lengths, abs=1) for k in range(lengths - 1)
    ]


def test_extracting_twice_is_the_same():
    x, analyzer = mixture(44_100), Analyzer(44_100)
    first = analyzer.extract(x)
    analyzer.extract(noise(5_000))
    assert np.array_equal(analyzer.extract(x), first)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_broken_samples_are_heard_as_0(broken):
    x = mixture(48_000)
    x[3_000:3_100:7] = 0
    expected = Analyzer(48_000).extract(x)
    x[3_000:3_100:7] = broken
    assert np.array_equal(Analyzer(48_000).extract(x), expected)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(
    "x",
    [
        np.zeros(4_096),
        np.full(4_096, np.nan),
        np.full(4_096, 1e38),
        np.full(4_096, 1e-42),
        np.ones(4_096),
        np.tile([1e30, -1e30], 2_048),
        np.eye(1, 4_096, 2_000)[0],
    ],
    ids=["silence", "nan", "huge", "denormal", "dc", "huge and alternating", "click"],
)
def test_every_number_is_finite(rate, x):
    assert np.isfinite(Analyzer(rate).extract(x)).all()


def test_what_was_broken_is_soon_forgotten():
    x = np.concatenate([np.full(256, 1e38), np.zeros(48_000)]).astype(np.float32)
    last, silence = Analyzer(48_000).extract(x)[-1], Analyzer(48_000).extract(np.zeros(1024))[-1]
    assert np.array_equal(last, silence)


def test_silence_is_the_documented_vector():
    analyzer = Analyzer(48_000)
    row = analyzer.vector.copy()
    assert np.array_equal(analyzer.extract(np.zeros(1024)), np.tile(row, (8, 1)))
    analyzer.extract(noise(1024))
    analyzer.reset()
    assert np.array_equal(analyzer.vector, row)
    expected = np.zeros(FEATURE_SIZE, np.float32)
    for name in ("rms", "loudness", "peak", "mel"):
        expected[SLICES[name]] = -100
    expected[SLICES["mfcc"].start] = -100 * np.sqrt(40)
    expected[SLICES["flatness"]] = expected[SLICES["entropy"]] = 1
    np.testing.assert_allclose(row, expected, atol=1e-3)


@pytest.mark.parametrize(("frame", "hop"), [(256, 1), (256, 256), (512, 100), (1024, 128), (8192, 1000)])
def test_any_frame_and_hop(frame, hop):
    x = mixture(48_000, 0.5)[: max(4 * frame, 600 * hop)]
    rows = Analyzer(48_000, frame, hop).extract(x)
    assert rows.shape == (x.size // hop, FEATURE_SIZE)
    assert np.isfinite(rows).all()
    assert rows[-1, SLICES["rms"].start] == pytest.approx(
        10 * np.log10(np.mean(x[: rows.shape[0] * hop][-frame:].astype(float) ** 2)), abs=1e-4
    )


def test_less_than_a_hop_gives_no_row():
    assert Analyzer(48_000).extract(np.zeros(127)).shape == (0, FEATURE_SIZE)


@pytest.mark.parametrize(("rate", "hop"), [(48_000, 128), (48_000, 64), (44_100, 512)])
def test_deltas_are_librosas(rate, hop):
    x = mixture(rate, 0.5)
    n = half_width(rate, hop)
    hop_ms = 1000 * hop / rate
    for delta, feature in (
        (arrays.rms_delta, arrays.rms),
        (arrays.centroid_delta, arrays.spectral_centroid),
        (arrays.mfcc_delta, arrays.mfcc),
    ):
        values = feature(x, rate, hop_samples=hop).astype(float)
        expected = librosa.feature.delta(values, width=2 * n + 1, axis=0, mode="nearest") / hop_ms
        ours = delta(x, rate, hop_samples=hop)
        scale = np.abs(expected).max()
        np.testing.assert_allclose(ours[2 * n :], expected[n:-n], atol=1e-5 * scale)


def test_half_width_spans_about_21_ms():
    assert [half_width(48_000, hop) for hop in (64, 128, 256, 2048)] == [8, 4, 2, 1]


@pytest.mark.parametrize("name", [f.name for f in FEATURES])
def test_each_feature_has_a_function_of_arrays(name):
    function = (
        {"f0": arrays.f0, "mel": arrays.mel_spectrum}.get(name)
        or getattr(arrays, name, None)
        or getattr(arrays, f"spectral_{name}")
    )
    x = tone(500, 8_000, 0.1)
    column = Analyzer(8_000, 256, 64).extract(x)[:, SLICES[name]]
    ours = function(x, 8_000, frame_samples=256, hop_samples=64)
    assert np.array_equal(ours.reshape(column.shape), column)
    assert "numpydoc" not in function.__doc__
    assert "Returns\n-------" in function.__doc__


def test_twice_the_rate_hears_the_same():
    x = mixture(96_000, 0.4)
    # a half-band low-pass of the mixture is not needed: all but −34 dB of it lies below 24 kHz
    twice, once = Analyzer(96_000, 2048, 256).extract(x)[100], Analyzer(48_000).extract(x[::2])[100]
    for name, tolerance in (("rms", 0.1), ("loudness", 0.1), ("f0", 1.0), ("chroma", 0.02), ("f0_confidence", 0.02)):
        np.testing.assert_allclose(twice[SLICES[name]], once[SLICES[name]], atol=tolerance, err_msg=name)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1_000,), "sample rate of 4,000 to 400,000 Hz, not 1000"),
        ((float("nan"),), "sample rate of 4,000 to 400,000 Hz, not nan"),
        ((48_000, 1_000), "power of two of at least 256 samples, not 1000"),
        ((48_000, 128), "power of two of at least 256 samples, not 128"),
        ((48_000, 1024, 0), r"1 to 1024 samples \(the frame\), not 0"),
        ((48_000, 1024, 1025), "not 1025"),
    ],
)
def test_what_does_not_fit_is_said(arguments, message):
    with pytest.raises(LivehostError, match=message):
        Analyzer(*arguments)


def test_two_channels_are_refused():
    with pytest.raises(LivehostError, match=r"one dimension, not shape \(2, 512\)"):
        arrays.rms(np.zeros((2, 512)), 48_000)
