"""One contract of mels: what it measures, what a manifest says of it, and what does not fit."""

import librosa
import numpy as np
import pytest

from livehost.dsp.mel_contract import STANDARD, MelContract, filterbank, power_scale
from livehost.errors import LivehostError
from livehost.toml import read_toml, to_toml

SMALL = MelContract(rate=8000, fft_samples=256, hop_samples=64, bands=20, low_hz=50.0, high_hz=4000.0)


def test_the_triangles_are_slaneys():
    for c in (STANDARD, SMALL):
        oracle = librosa.filters.mel(
            sr=c.rate, n_fft=c.fft_samples, n_mels=c.bands, fmin=c.low_hz, fmax=c.high_hz, norm=None, dtype=np.float64
        )
        np.testing.assert_allclose(filterbank(c), oracle, atol=1e-9)


def test_a_full_scale_sine_has_minus_three_decibels():
    sine = np.sin(2 * np.pi * 1000 * np.arange(STANDARD.rate) / STANDARD.rate)
    middle = STANDARD.analyse(sine)[:, 20:-20].astype(float)
    np.testing.assert_allclose(10 * np.log10((10 ** (middle / 10)).sum(axis=0)), -3.0103, atol=0.01)


def test_it_agrees_with_librosa():
    noise = np.random.default_rng(0).normal(0, 0.1, 64 * 50)
    padded = np.pad(noise, (SMALL.padding, 256))
    power = np.abs(librosa.stft(padded, n_fft=256, hop_length=64, center=False)) ** 2 * power_scale(SMALL)
    oracle = librosa.feature.melspectrogram(
        S=power, sr=8000, n_mels=20, fmin=50.0, fmax=4000.0, norm=None, htk=False
    )[:, :50]  # fmt: skip
    np.testing.assert_allclose(SMALL.analyse(noise), 10 * np.log10(oracle), atol=2e-4)


@pytest.mark.parametrize("frame", [0, 3, 9])
def test_a_frame_is_centred_on_its_hop(frame):
    click = np.zeros(640)
    click[64 * frame + 31] = 1.0
    mel = SMALL.analyse(click)
    assert mel.shape == (20, 10)
    assert set(mel.argmax(axis=1)) == {frame}


def test_frames_stand_for_whole_hops():
    assert [SMALL.analyse(np.zeros(n)).shape[1] for n in (1, 64, 65, 640)] == [1, 1, 2, 10]
    assert SMALL.analyse(np.zeros(64 * 3)).min() == SMALL.floor_db


def test_a_manifest_keeps_it(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text(to_toml({"mel": SMALL.to_table()}))
    assert MelContract.from_table(read_toml(path)["mel"]) == SMALL
    table = SMALL.to_table()
    del table["bands"]
    with pytest.raises(KeyError, match="bands"):
        MelContract.from_table(table)


def test_what_differs_is_said():
    other = MelContract(bands=64, rate=48_000)
    said = STANDARD.differs_from(other)
    assert said == "a rate of 44100 Hz instead of a rate of 48000 Hz, 80 bands instead of 64 bands"
    assert STANDARD.differs_from(MelContract()) == ""
    STANDARD.require(MelContract(), "a", "b")
    with pytest.raises(LivehostError, match=r"^kit and voc do not fit together: kit has a rate of 44100 Hz instead of"):
        STANDARD.require(other, "kit", "voc")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rate": 0}, "a rate of 0 Hz"),
        ({"bands": 0}, "0 bands"),
        ({"hop_samples": 1000}, "at most half of it, not 1024 and 1000"),
        ({"hop_samples": 255}, "an even hop"),
        ({"high_hz": 30_000.0}, "do not fit a rate of 44100 Hz"),
        ({"floor_db": float("nan")}, "a floor of nan dB"),
        ({"bands": 200}, "200 mel bands are too narrow"),
        ({"scale": "htk"}, "of the scale 'htk' are unknown"),
    ],
)
def test_numbers_that_go_with_nothing_are_refused(changes, said):
    with pytest.raises(LivehostError, match=said):
        MelContract(**changes)


def test_unit_scale():
    db = np.array([-90.0, -45.0, 0.0], np.float32)
    np.testing.assert_allclose(STANDARD.to_unit(db), [0, 0.5, 1], atol=1e-6)
    np.testing.assert_allclose(STANDARD.from_unit(STANDARD.to_unit(db)), db, atol=1e-5)
    assert STANDARD.from_unit(np.float32(-0.2)) == -90.0
