"""Our WAV files: libsndfile's bytes, a header that is right at every moment, no end at 4 GiB."""

import struct

import numpy as np
import pytest
import soundfile

from livehost.stage.wav import WavFile, header, pcm24
from tests.audio_rings import noise


def new(path, channels, **more):
    return WavFile(path.open("xb", buffering=0), channels, 8000, **more)


def data_of(path):
    """The bytes behind the header of a file that libsndfile wrote."""
    data = path.read_bytes()
    at = data.index(b"data") + 8
    return data[at : at + struct.unpack("<I", data[at - 4 : at])[0]]


def test_24_bits_are_those_of_libsndfile(tmp_path):
    rng = np.random.default_rng(5)
    steps = np.arange(-(2**23), 2**23, 9973) / 2**23
    tiny = rng.uniform(-4, 4, 20_000) * 2.0**-31  # where rounding and cutting off differ
    edges = [0.0, -0.0, 1.0, -1.0, 1.5, -1.5, 1e6, -1e6, np.inf, -np.inf, 2.0**-23, 2.0**-24, 1e-40]
    near = [np.nextafter(np.float32(edge), np.float32(side)) for edge in (1, -1) for side in (0, 2, -2)]
    parts = (rng.uniform(-1.2, 1.2, 100_000), steps, steps + 2.0**-24, steps - 2.0**-25, tiny, edges, near)
    samples = np.concatenate(parts).astype(np.float32)
    samples = samples[: len(samples) // 2 * 2].reshape(-1, 2)
    soundfile.write(tmp_path / "theirs.wav", samples, 8000, "PCM_24")
    assert pcm24(samples) == data_of(tmp_path / "theirs.wav")
    assert pcm24(np.asfortranarray(samples)) == pcm24(samples)  # as it comes from a tape


@pytest.mark.parametrize(
    ("sample", "whole"), [(1.0, 2**23 - 1), (7.0, 2**23 - 1), (-1.0, -(2**23)), (-7.0, -(2**23)), (0.5, 2**22)]
)
def test_what_exceeds_full_scale_is_clipped_and_does_not_wrap(sample, whole):
    assert pcm24(np.array([[sample]], np.float32)) == whole.to_bytes(3, "little", signed=True)


@pytest.mark.parametrize("channels", [1, 2, 63])
def test_the_header_is_right_after_every_write(tmp_path, channels):
    path = tmp_path / "a.wav"
    file = new(path, channels)
    sound = noise(1000, channels)
    for start, stop in ((0, 1), (1, 2), (2, 999), (999, 1000)):
        file.write(sound[start:stop])
        data = path.read_bytes()
        riff, size = struct.unpack("<4xI", data[:8])[0], struct.unpack("<I", data[76:80])[0]
        assert (data[:4], data[8:16], data[72:76]) == (b"RIFF", b"WAVEJUNK", b"data")
        assert (riff, size) == (len(data) - 8, 3 * channels * stop)
        assert len(data) % 2 == 0
        assert soundfile.info(path).frames == file.frames == stop
    file.close()
    got, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == 8000
    np.testing.assert_allclose(got, sound, rtol=0, atol=2.0**-23)


def test_beyond_the_limit_it_becomes_rf64_where_it_stands(tmp_path):
    path, sound = tmp_path / "a.wav", noise(200)
    file = new(path, 2, limit=72 + 100 * 6)
    kinds = []
    for start in range(0, 200, 50):
        file.write(sound[start : start + 50])
        info = soundfile.info(path)
        kinds.append(info.format)
        assert info.frames == start + 50
    file.close()
    assert kinds == ["WAV", "WAV", "RF64", "RF64"]
    np.testing.assert_allclose(soundfile.read(path)[0], sound, rtol=0, atol=2.0**-23)
    riff = path.stat().st_size - 8
    ds64 = struct.pack("<4sIQQQI", b"ds64", 28, riff, 200 * 6, 200, 0)
    assert path.read_bytes()[:48] == b"RF64\xff\xff\xff\xffWAVE" + ds64
    assert path.read_bytes()[72:80] == b"data\xff\xff\xff\xff"


def test_the_limit_is_where_32_bits_end():
    fits = (2**32 - 1 - 72) // 6
    assert header(2, 48_000, fits)[:4] == b"RIFF"
    assert header(2, 48_000, fits + 1)[:4] == b"RF64"


def test_more_than_4_gib_can_be_read(tmp_path):
    path, sound = tmp_path / "a.wav", noise(100)
    file = new(path, 2)
    file.skip(720_000_000)  # a hole: it takes no room
    file.write(sound)
    file.close()
    assert path.stat().st_size == 80 + 6 * 720_000_100
    with soundfile.SoundFile(path) as got:
        assert got.frames == 720_000_100
        got.seek(720_000_000 - 1)
        end = got.read(dtype="float32")
    assert not end[0].any()
    np.testing.assert_allclose(end[1:], sound, rtol=0, atol=2.0**-23)


def test_a_gap_is_silence_of_its_length(tmp_path):
    path, sound = tmp_path / "a.wav", noise(21, 1)
    file = new(path, 1)
    file.write(sound[:7])
    file.skip(5)
    assert soundfile.info(path).frames == 12
    file.write(sound[12:])
    file.close()
    got = soundfile.read(path, dtype="float32", always_2d=True)[0]
    assert not got[7:12].any()
    got[7:12] = sound[7:12]
    np.testing.assert_allclose(got, sound, rtol=0, atol=2.0**-23)


def test_what_does_not_fit_is_not_half_written(disk):
    path, sound = disk.folder / "a.wav", noise(10_000, 5)
    file = new(path, 5)
    file.write(sound[:100])
    with disk.full(leaving=8192):
        with pytest.raises(OSError, match=disk.words):
            file.write(sound[100:5000])
        there = file.frames
        assert 100 < there < 1000
        end = 80 + 15 * there
        assert path.stat().st_size == end + end % 2
        assert soundfile.info(path).frames == there
        with pytest.raises(OSError, match=disk.words):
            file.write(sound[there:5000])
        assert file.frames - there in (0, 2)  # into the bytes that had been taken back
    file.write(sound[file.frames :])
    file.close()
    np.testing.assert_allclose(soundfile.read(path)[0], sound, rtol=0, atol=2.0**-23)


@pytest.mark.parametrize("channels", [1, 3, 5, 7])
def test_silence_behind_what_did_not_fit_is_silent_to_the_last_byte(disk, channels):
    path, sound = disk.folder / "a.wav", noise(10_000, channels)
    file = new(path, channels)
    with disk.full(leaving=8192), pytest.raises(OSError, match=disk.words):
        file.write(sound)
    there = file.frames
    file.skip(100)
    file.close()
    got = soundfile.read(path, always_2d=True)[0]
    assert got[:there].all()
    assert len(got) == there + 100
    assert not got[there:].any()


def test_an_exact_file_keeps_every_bit_and_says_so_beyond_4_gib_too(tmp_path):
    path = tmp_path / "exact.wav"
    samples = np.array([[1.5, -2.0], [1e-9, np.float32(1 / 3)], [0.0, -0.0]], np.float32)
    file = WavFile(path.open("wb", buffering=0), 2, 48_000, limit=72 + 40, exact=True)
    for piece in (samples, samples):
        file.write(piece)
        info = soundfile.info(path)
        assert (info.subtype, info.frames) == ("FLOAT", file.frames)
    assert info.format == "RF64"
    file.close()
    found = soundfile.read(path, dtype="float32")[0]
    assert found.tobytes() == np.concatenate([samples, samples]).tobytes()


def test_an_exact_file_of_many_hours_takes_no_room_for_its_silence(tmp_path):
    path = tmp_path / "long.wav"
    file = WavFile(path.open("wb", buffering=0), 3, 48_000, exact=True)
    hours = 3 * 3600 * 48_000
    file.skip(hours)
    file.write(np.full((5, 3), 0.25, np.float32))
    file.close()
    info = soundfile.info(path)
    assert (info.format, info.frames, path.stat().st_size) == ("RF64", hours + 5, 80 + 12 * (hours + 5))
    assert path.stat().st_blocks * 512 < 1 << 20
    with soundfile.SoundFile(path) as sound:
        sound.seek(hours)
        assert sound.read(dtype="float32").tolist() == [[0.25] * 3] * 5


def chunks(data: bytes) -> dict[bytes, bytes]:
    """Read the chunks of a RIFF file by their names."""
    at, found = 12, {}
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        found[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(data) == struct.unpack_from("<I", data, 4)[0] + 8
    return found


@pytest.mark.parametrize("frames", [1000, 1001])
def test_marks_stand_behind_the_samples_and_the_sound_is_as_it_was(tmp_path, frames):
    path, sound = tmp_path / "a.wav", noise(frames, 1)
    file = WavFile(path.open("wb", buffering=0), 1, 48_000)
    file.mark(250, "the sound card was away for 1.500 s")
    file.write(sound)
    file.mark(900, "even")
    file.close()
    found = chunks(path.read_bytes())
    assert struct.unpack_from("<I", found[b"cue "])[0] == 2
    assert [struct.unpack_from("<II4sIII", found[b"cue "], 4 + 24 * k)[1] for k in range(2)] == [250, 900]
    assert b"the sound card was away for 1.500 s\0" in found[b"LIST"]
    assert b"even\0" in found[b"LIST"]
    assert pcm24(soundfile.read(path, dtype="float32", always_2d=True)[0]) == pcm24(sound)


def test_a_file_without_marks_ends_with_its_samples(tmp_path):
    path = tmp_path / "a.wav"
    file = WavFile(path.open("wb", buffering=0), 1, 48_000)
    file.write(noise(10, 1))
    file.close()
    assert list(chunks(path.read_bytes())) == [b"JUNK", b"fmt ", b"data"]
