import numpy as np
import pytest
import soundfile

from livehost.errors import LivehostError
from livehost.rt.ring import Tape
from livehost.tapefile import TapeFile, TapeFiles, free_path


class ScriptedTape(Tape):
    """A tape that Python writes."""

    def put(self, samples):
        n = len(samples)
        places = np.arange(self.written, self.written + n) & (self.frames - 1)
        self._samples.reshape(self.channels, self.frames)[:, places] = samples.T
        self._written[0] += n


def noise(n, channels=2, seed=0):
    return np.random.default_rng(seed).uniform(-0.9, 0.9, (n, channels)).astype("f4")


def test_what_is_on_the_tape_is_in_the_file(tmp_path):
    tape = ScriptedTape(4096, 3)
    file = TapeFile(tape, (2, 0), tmp_path / "a.wav", 8000)
    parts = [noise(n, 3, n) for n in (1, 1000, 1047, 2000)]
    for part in parts:
        tape.put(part)
        file.follow()
    file.close()
    got, rate = soundfile.read(tmp_path / "a.wav", dtype="float32")
    assert rate == 8000
    np.testing.assert_allclose(got, np.concatenate(parts)[:, [2, 0]], atol=2e-7)
    assert (file.lost, file.trouble) == (0, "")


def test_two_files_of_the_same_sound_are_the_same_bytes(tmp_path):
    for name in ("a.wav", "b.wav"):
        tape = ScriptedTape(4096, 2)
        file = TapeFile(tape, (0, 1), tmp_path / name, 8000)
        tape.put(noise(1500))
        file.close()
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_what_was_overtaken_becomes_silence_of_the_same_length(tmp_path):
    tape = ScriptedTape(1024, 1)
    file = TapeFile(tape, (0,), tmp_path / "a.wav", 8000)
    for _ in range(3):
        tape.put(noise(1000, 1))
    file.close()
    got, _ = soundfile.read(tmp_path / "a.wav")
    assert len(got) == 3000
    assert file.lost == 3000 - 512
    assert not got[: file.lost].any()
    assert got[file.lost :].all()


@pytest.mark.parametrize("name", ["a.flac", "a.ogg", "a.aiff"])
def test_other_formats(tmp_path, name):
    tape = ScriptedTape(4096, 2)
    file = TapeFile(tape, (0, 1), tmp_path / name, 48_000)
    tape.put(noise(2000))
    file.close()
    assert soundfile.info(tmp_path / name).frames == 2000


@pytest.mark.parametrize(("name", "words"), [("a.doc", "no sound format"), ("none/a.wav", "cannot be written")])
def test_a_file_that_cannot_be_is_one_sentence(tmp_path, name, words):
    with pytest.raises(LivehostError, match=words):
        TapeFile(ScriptedTape(64, 2), (0, 1), tmp_path / name, 48_000)


def test_a_full_disk_ends_the_file_and_nothing_else(tmp_path, monkeypatch):
    tape = ScriptedTape(4096, 2)
    file = TapeFile(tape, (0, 1), tmp_path / "a.wav", 8000)
    tape.put(noise(100))
    file.follow()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file._file, "write", full)
    tape.put(noise(100))
    files = TapeFiles([file])
    files.follow()
    files.follow()
    files.close()
    assert len(files.troubles) == 1
    assert "No space left" in files.troubles[0]
    assert soundfile.info(tmp_path / "a.wav").frames == 100


def test_an_older_take_is_never_overwritten(tmp_path):
    assert free_path(tmp_path / "heard.wav").name == "heard.wav"
    (tmp_path / "heard.wav").touch()
    (tmp_path / "heard-2.wav").touch()
    assert free_path(tmp_path / "heard.wav").name == "heard-3.wav"
