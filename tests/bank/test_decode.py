import numpy as np
import pytest
import soundfile

from livehost.bank.decode import UnusableSound, decode, to_stereo

FORMATS = [
    ("a.wav", "PCM_U8", 8_000),
    ("a.wav", "PCM_16", 22_050),
    ("a.wav", "PCM_24", 44_100),
    ("a.wav", "FLOAT", 96_000),
    ("a.wav", "DOUBLE", 192_000),
    ("a.WAV", "ULAW", 11_025),
    ("a.aif", "PCM_16", 48_000),
    ("a.aiff", "FLOAT", 88_200),
    ("a.flac", "PCM_24", 176_400),
    ("a.ogg", "VORBIS", 32_000),
    ("a.mp3", "MPEG_LAYER_III", 44_100),
]


def sine(hz, rate, seconds, channels=1):
    t = np.arange(round(seconds * rate)) / rate
    return np.repeat(0.5 * np.sin(2 * np.pi * hz * t)[:, None], channels, axis=1).astype(np.float32)


@pytest.mark.parametrize(("name", "subtype", "rate"), FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_formats_rates_and_depths(tmp_path, name, subtype, rate, channels):
    path = tmp_path / name
    container = "AIFF" if name == "a.aif" else None
    soundfile.write(path, sine(500, rate, 0.5, channels), rate, subtype=subtype, format=container)
    decoded = decode(path, 48_000)
    assert (decoded.rate, decoded.channels) == (rate, channels)
    assert decoded.samples.dtype == np.float32
    assert decoded.samples.shape[1] == channels
    assert len(decoded.samples) == pytest.approx(24_000, abs=2500 if name.endswith("mp3") else 2)
    middle = decoded.samples[8000:16000, 0].astype(np.float64)  # 8,000 frames: exactly 500 Hz / 6 Hz bins
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(8000)))
    assert spectrum.argmax() == pytest.approx(500 / 6, abs=0.5)
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.03)


def test_at_its_own_rate_nothing_changes(tmp_path):
    sound = np.random.default_rng(0).uniform(-1, 1, (200_000, 2)).astype(np.float32)
    soundfile.write(tmp_path / "a.wav", sound, 48_000, subtype="FLOAT")
    assert np.array_equal(decode(tmp_path / "a.wav", 48_000).samples, sound)


def test_resampled_in_blocks_as_in_one(tmp_path):
    soxr = pytest.importorskip("soxr")
    sound = np.random.default_rng(0).uniform(-1, 1, (200_000, 2)).astype(np.float32)
    soundfile.write(tmp_path / "a.wav", sound, 44_100, subtype="FLOAT")
    assert np.array_equal(decode(tmp_path / "a.wav", 48_000).samples, soxr.resample(sound, 44_100, 48_000, "HQ"))


def test_many_channels_become_two(tmp_path):
    block = np.arange(1, 6, dtype=np.float32)[None] / 10
    assert to_stereo(block)[0] == pytest.approx([(0.1 + 0.3 + 0.5) / 3, (0.2 + 0.4) / 2])
    soundfile.write(tmp_path / "a.wav", np.repeat(block, 1000, axis=0), 48_000, subtype="FLOAT")
    assert decode(tmp_path / "a.wav", 48_000).samples.shape == (1000, 2)


def write_bytes(path, content):
    path.write_bytes(content)


def cut_flac(path):
    soundfile.write(path, np.random.default_rng(0).uniform(-1, 1, 50_000), 48_000)
    path.write_bytes(path.read_bytes()[:30_000])


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.wav", lambda p: write_bytes(p, b""), "is empty"),
        ("a.wav", lambda p: write_bytes(p, b"RIFF????WAVEgarbage" * 9), "is broken or no sound file"),
        ("a.mp3", lambda p: write_bytes(p, bytes(5000)), "is broken or no sound file"),
        ("a.wav", lambda p: soundfile.write(p, np.zeros((0, 1)), 48_000), "0 frames"),
        ("a.wav", lambda p: soundfile.write(p, np.full(99, np.nan), 48_000, subtype="FLOAT"), "NaN"),
        ("a.wav", lambda p: soundfile.write(p, np.r_[np.zeros(99), np.inf], 48_000, subtype="FLOAT"), "Inf"),
        ("a.flac", cut_flac, "broken|cut off"),
        ("a.wav", lambda p: soundfile.write(p, np.ones(9), 10), "claims a rate of 10 Hz"),
    ],
)
def test_unusable(tmp_path, name, make, words):
    make(tmp_path / name)
    with pytest.raises(UnusableSound, match=words):
        decode(tmp_path / name, 48_000)


@pytest.mark.parametrize(("kind", "missed"), [("wav", True), ("flac", True), ("ogg", False), ("mp3", False)])
def test_frames_that_do_not_come_are_missed_where_their_number_is_known(tmp_path, monkeypatch, kind, missed):
    class Longer(soundfile.SoundFile):
        frames = property(lambda self: self._info.frames + 5)

    soundfile.write(tmp_path / f"a.{kind}", np.full(4800, 0.1), 48_000)
    heard = len(decode(tmp_path / f"a.{kind}", 48_000).samples)
    monkeypatch.setattr(soundfile, "SoundFile", Longer)
    if missed:
        with pytest.raises(UnusableSound, match=f"^is cut off: {heard} of {heard + 5} frames can be read$"):
            decode(tmp_path / f"a.{kind}", 48_000)
    else:
        assert len(decode(tmp_path / f"a.{kind}", 48_000).samples) == heard
