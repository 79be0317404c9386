"""Sound files that follow a tape, through all that a disk does."""

import struct

import numpy as np
import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.stage.audio_file import AudioFileWriter, open_writer
from tests.audio_rings import ScriptedRing, noise

RATE = 8000


def tape_file(tape, channels, path):
    return AudioFileWriter(tape, channels, open_writer(path, len(channels), RATE), path, RATE, tape.written)


def close(file):
    file.begin_close()
    file.drain()
    assert file.finished.is_set()


def as_24_bits(folder, samples):
    """What libsndfile makes of samples, read again."""
    soundfile.write(folder / "reference.wav", samples, RATE, "PCM_24")
    return soundfile.read(folder / "reference.wav", dtype="float32", always_2d=True)[0]


def read(path):
    return soundfile.read(path, dtype="float32", always_2d=True)[0]


def test_what_is_on_the_tape_is_in_the_file(tmp_path):
    tape = ScriptedRing(4096, 3)
    file = tape_file(tape, (2, 0), tmp_path / "a.wav")
    parts = []
    for frames in (1, 1000, 1047, 3000):
        parts.append(tape.put(noise(frames, 3, frames)))
        file.drain()
    close(file)
    assert soundfile.info(tmp_path / "a.wav").samplerate == RATE
    np.testing.assert_array_equal(read(tmp_path / "a.wav"), as_24_bits(tmp_path, np.concatenate(parts)[:, [2, 0]]))
    assert (file.lost, file.problem, file.report(), file.whole) == (0, "", "", True)


def test_it_begins_and_ends_at_its_frames(tmp_path):
    tape = ScriptedRing(4096, 1)
    tape.put(noise(500, 1))
    file = tape_file(tape, (0,), tmp_path / "a.wav")
    sound = tape.put(noise(500, 1, 7))
    file.end(800)
    file.end(900)  # the first word counts
    assert not file.finished.is_set()
    file.drain()
    assert file.finished.is_set()
    tape.put(noise(500, 1))
    file.drain()
    np.testing.assert_array_equal(read(tmp_path / "a.wav"), as_24_bits(tmp_path, sound[:300]))


def test_two_files_of_the_same_sound_are_the_same_bytes(tmp_path):
    for name in ("a.wav", "b.wav"):
        tape = ScriptedRing(4096, 2)
        file = tape_file(tape, (0, 1), tmp_path / name)
        tape.put(noise(1500))
        close(file)
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_what_was_overtaken_becomes_silence_of_the_same_length_and_is_told_of(tmp_path):
    tape = ScriptedRing(1024, 1)
    file = tape_file(tape, (0,), tmp_path / "a.wav")
    for _ in range(3):
        tape.put(noise(1000, 1))
    file.drain()
    assert file.problem == f"{file.path} loses sound (the disk is too slow)."
    close(file)
    got = read(tmp_path / "a.wav")
    assert len(got) == 3000
    assert file.lost == 3000 - 768
    assert not got[: file.lost].any()
    assert got[file.lost :].all()
    assert file.report() == f"{file.path} is not whole: 0.3 s of 0.4 s are missing (the disk is too slow)."
    assert not file.whole


def test_what_is_overwritten_while_it_is_read_is_no_sound(tmp_path, monkeypatch):
    tape = ScriptedRing(1024, 1)
    file = tape_file(tape, (0,), tmp_path / "a.wav")
    first = tape.put(noise(500, 1))
    copy, late = tape.read, [noise(800, 1, 3)]

    def overtaken(*arguments):
        samples = copy(*arguments)
        if late:
            tape.put(late.pop())
        return samples

    monkeypatch.setattr(tape, "read", overtaken)
    file.drain()
    close(file)
    got = read(tmp_path / "a.wav")
    assert len(got) == 1300
    assert file.lost == 1300 - 768
    assert not got[: file.lost].any()
    assert got[file.lost :].all()
    assert first.all()


@pytest.mark.parametrize("name", ["a.flac", "a.aiff", "a.rf64", "a.ogg"])
def test_other_formats(tmp_path, name):
    tape = ScriptedRing(1024, 2)
    file = tape_file(tape, (0, 1), tmp_path / name)
    tape.put(noise(2000))
    close(file)
    assert soundfile.info(tmp_path / name).frames == 2000
    assert file.lost == 2000 - 768
    if name != "a.ogg":  # whose silence is not exact beside a sound
        assert not read(tmp_path / name)[: file.lost].any()


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.doc", "no sound format"), ("none/a.wav", "cannot be written: No such file"), (".wav/", "it is no file")],
)
def test_a_file_that_cannot_be_is_one_sentence(tmp_path, name, words):
    (tmp_path / ".wav").mkdir()
    with pytest.raises(LivehostError, match=words):
        open_writer(tmp_path / name, 2, 48_000)


def test_more_channels_than_a_format_has_is_one_sentence(tmp_path):
    with pytest.raises(LivehostError, match=r"a\.flac cannot be written: [^:]*\.$"):
        open_writer(tmp_path / "a.flac", 63, 48_000)


def test_on_a_full_disk_it_goes_on_where_it_belongs_as_soon_as_there_is_room(disk):
    path, tape = disk.folder / "a.wav", ScriptedRing(1 << 14, 2)
    keeps = tape.frames // 4 * 3
    file = tape_file(tape, (0, 1), path)
    parts = [tape.put(noise(1000, 2, 1))]
    file.drain()
    with disk.full(leaving=8192):
        parts.append(tape.put(noise(8000, 2, 2)))
        file.drain()
        there = soundfile.info(path).frames
        assert 1000 < there < 1000 + (8192 + 4096) // 6
        assert file.problem == f"Writing to {path} fails ({disk.words}); it goes on as soon as it can."
        parts.append(tape.put(noise(12_000, 2, 3)))
        file.drain()
        parts.append(tape.put(noise(2000, 2, 4)))
        file.drain()
        header = path.read_bytes()[:80]  # right all the while
        assert struct.unpack("<I", header[76:])[0] == 6 * soundfile.info(path).frames <= path.stat().st_size - 80
        oldest = 23_000 - keeps
    file.drain()
    parts.append(tape.put(noise(500, 2, 5)))
    close(file)
    sound = as_24_bits(disk.folder, np.concatenate(parts))
    got = read(path)
    silent = ~got.any(axis=1)
    assert len(got) == len(sound) == 23_500
    np.testing.assert_array_equal(got[~silent], sound[~silent])
    assert silent.sum() == file.lost
    assert silent[there:].argmin() == silent.sum()  # one gap, right behind what there was room for
    assert 0 <= oldest - there - file.lost <= 2  # the room that was left by the piece that was taken back
    assert file.report() == (f"{path} is not whole: {file.lost / RATE:.1f} s of 2.9 s are missing ({disk.words}).")


def test_a_disk_that_is_full_for_a_while_loses_nothing_that_the_tape_still_has(disk):
    path, tape = disk.folder / "a.wav", ScriptedRing(1 << 14, 2)
    file = tape_file(tape, (0, 1), path)
    with disk.full(leaving=4096):
        sound = tape.put(noise(10_000))
        file.drain()
        assert file.problem
    file.drain()
    assert (file.problem, file.lost) == ("", 0)
    close(file)
    assert file.whole
    np.testing.assert_array_equal(read(path), as_24_bits(disk.folder, sound))


def test_a_disk_that_is_full_to_the_end_leaves_a_sound_file_and_a_sentence(disk):
    path, tape = disk.folder / "a.wav", ScriptedRing(1 << 14, 2)
    file = tape_file(tape, (0, 1), path)
    sound = tape.put(noise(8000))
    with disk.full(leaving=12_288):
        close(file)
    got = read(path)
    there = 8000 - file.lost
    assert 0 < there <= len(got)
    assert not got[there:].any()
    np.testing.assert_array_equal(got[:there], as_24_bits(disk.folder, sound)[:there])
    assert file.report() == f"{path} is not whole: {file.lost / RATE:.1f} s of 1.0 s are missing ({disk.words})."


@pytest.mark.parametrize("name", ["a.flac", "a.aiff"])
def test_what_libsndfile_writes_ends_on_a_full_disk_and_says_so(disk, name):
    path, tape = disk.folder / name, ScriptedRing(1 << 15, 2)
    file = tape_file(tape, (0, 1), path)
    with disk.full(leaving=8192):
        for seed in range(4):
            tape.put(noise(20_000, 2, seed))
            file.drain()
        ended = f"Recording to {path} has ended early (is the disk full?); what was written is kept."
        assert file.problem == ended
    file.drain()
    assert file.problem == ended
    close(file)
    assert file.lost > 60_000
    assert file.report().endswith(f"{file.lost / RATE:.1f} s of 10.0 s are missing (is the disk full?).")
