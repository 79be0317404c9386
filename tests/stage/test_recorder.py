"""Recordings that begin and end while it plays."""

import threading
import time

import numpy as np
import pytest
import soundfile

from livehost import disk as disk_module
from livehost.errors import LivehostError
from livehost.stage import audio_file
from livehost.stage.recorder import Recorder, recordings_folder
from livehost.stage.wav import WavFile
from tests.audio_rings import ScriptedRing, noise
from tests.stage.test_audio_file import RATE, as_24_bits, read
from tests.test_service import until


@pytest.fixture
def tape():
    return ScriptedRing(1 << 15, 5)


@pytest.fixture
def quick(monkeypatch):
    """Waits that a test has time for."""
    monkeypatch.setattr(audio_file, "_RETRY_S", 0.01)
    monkeypatch.setattr(disk_module, "STALL_S", 0.05)
    monkeypatch.setattr(disk_module, "CLOSE_S", 0.2)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("background", [False, True])
def test_a_recording_is_what_came_between_start_and_stop(tmp_path, tape, background):
    recorder = Recorder(tape, RATE, [], tmp_path / "music" / "livehost")
    if background:
        recorder.start()
    tape.put(noise(1000, 5))
    recorder.drain()
    assert (recorder.recording, recorder.paths, recorder.services) == (False, [], [])
    assert list(recorder.facts().values()) == [0, 0.0, "", 0]
    said = recorder.record()
    heard, played = tmp_path / "music/livehost/heard.wav", tmp_path / "music/livehost/played.wav"
    assert said == f"Recording {heard} and {played}."
    assert (recorder.recording, recorder.paths) == (True, [heard, played])
    assert [service.name for service in recorder.services] == background * [
        "recording heard.wav",
        "recording played.wav",
    ]
    sound = tape.put(noise(20_000, 5, 3))
    facts = {"recording": 1, "record_seconds": 2.5, "record_path": str(played), "record_overflows": 0}
    assert recorder.facts() == facts
    assert recorder.stop() == f"Recorded {heard} and {played}: 2.5 s."
    assert (recorder.recording, recorder.paths) == (False, [])
    tape.put(noise(1000, 5))
    assert recorder.facts() == facts | {"recording": 0}
    if background:
        until(lambda: not recorder.services)
    else:
        recorder.drain()
    np.testing.assert_array_equal(read(heard), as_24_bits(tmp_path, sound[:, 2:]))
    np.testing.assert_array_equal(read(played), as_24_bits(tmp_path, sound[:, :2]))
    recorder.close()
    assert (recorder.problems(), recorder.report(), recorder.lost) == ({}, [], 0)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("livehost recording")]


def test_an_older_take_is_never_overwritten_and_both_files_get_one_number(tmp_path, tape):
    (tmp_path / "heard.wav").write_text("old")
    (tmp_path / "played-2.wav").write_text("old")
    recorder = Recorder(tape, RATE, [], tmp_path)
    for number in (3, 4):
        recorder.record()
        assert [path.name for path in recorder.paths] == [f"heard-{number}.wav", f"played-{number}.wav"]
        tape.put(noise(100, 5))
        recorder.stop()
    recorder.close()
    assert (tmp_path / "heard.wav").read_text() == (tmp_path / "played-2.wav").read_text() == "old"
    assert soundfile.info(tmp_path / "heard-4.wav").frames == soundfile.info(tmp_path / "played-3.wav").frames == 100


def test_what_cannot_be_is_one_sentence_and_leaves_nothing_behind(tmp_path, tape):
    recorder = Recorder(tape, RATE, [], tmp_path / "takes")
    with pytest.raises(LivehostError, match=r"^Nothing is being recorded\.$"):
        recorder.stop()
    (tmp_path / "file").touch()
    with pytest.raises(LivehostError, match=r"^The folder .*file cannot be made: File exists\.$"):
        recorder.record(tmp_path / "file")
    recorder.record()
    with pytest.raises(LivehostError, match=r"^livehost records already, .*heard\.wav and .*played\.wav; stop "):
        recorder.record(tmp_path / "other")
    assert names(tmp_path) == ["file", "takes"]
    assert recorder.recording
    recorder.close()
    with pytest.raises(LivehostError, match="ends just now") as refused:
        recorder.record()
    assert refused.value.exit_code == 2
    with pytest.raises(LivehostError, match="Nothing is being recorded"):
        recorder.stop()


def test_a_disk_without_room_for_a_recording(disk, tape):
    recorder = Recorder(tape, RATE, [], disk.folder)
    with disk.full(), pytest.raises(LivehostError, match=f"Nothing can be recorded into .*: {disk.words}"):
        recorder.record()
    assert names(disk.folder) == []
    assert not recorder.recording
    recorder.record()
    recorder.close()


def test_outputs_are_written_from_the_start_to_the_end(tmp_path, tape):
    recorder = Recorder(tape, RATE, [(tmp_path / "a.wav", (0, 1)), (tmp_path / "b.flac", (4,))], tmp_path)
    first = tape.put(noise(3000, 5))
    recorder.start()
    assert len(recorder.services) == 2
    recorder.record(tmp_path / "take")
    second = tape.put(noise(3000, 5, 9))
    recorder.close()
    both = as_24_bits(tmp_path, np.concatenate([first, second]))
    np.testing.assert_array_equal(read(tmp_path / "a.wav"), both[:, :2])
    np.testing.assert_allclose(read(tmp_path / "b.flac"), both[:, 4:], rtol=0, atol=2.0**-23)  # rounded
    np.testing.assert_array_equal(read(tmp_path / "take" / "heard.wav"), both[3000:, 2:])


def test_65_channels_wrap_around_the_tape_without_loss(tmp_path):
    tape = ScriptedRing(1 << 15, 65)
    recorder = Recorder(tape, 48_000, [], tmp_path)
    recorder.record()
    parts = []
    for seed in range(15):
        parts.append(tape.put(noise(4800, 65, seed)))
        recorder.drain()
    recorder.close()
    assert recorder.lost == 0
    np.testing.assert_array_equal(read(tmp_path / "heard.wav"), as_24_bits(tmp_path, np.concatenate(parts)[:, 2:]))


def test_a_full_disk_is_a_problem_until_there_is_room_and_the_loss_is_counted(disk, tape, quick):
    recorder = Recorder(tape, RATE, [], disk.folder)
    recorder.start()
    recorder.record()
    with disk.full(leaving=8192):
        first = tape.put(noise(10_000, 5))
        sentences = {
            str(path): f"Writing to {path} fails ({disk.words}); it goes on as soon as it can."
            for path in recorder.paths
        }
        until(lambda: recorder.problems() == sentences)
    until(lambda: not recorder.problems())
    assert recorder.lost == 0
    with disk.full(leaving=4096):
        tape.put(noise(20_000, 5))
        until(lambda: len(recorder.problems()) == 2)
        second = tape.put(noise(30_000, 5, 1))
        recorder.stop()
    until(lambda: not recorder.services)
    assert recorder.problems() == {}
    heard, played = read(disk.folder / "heard.wav"), read(disk.folder / "played.wav")
    assert len(heard) == len(played) == 60_000
    assert recorder.lost == sum((~part.any(axis=1)).sum() for part in (heard, played)) > 0
    np.testing.assert_array_equal(heard[:10_000], as_24_bits(disk.folder, first)[:, 2:])
    np.testing.assert_array_equal(played[-20_000:], as_24_bits(disk.folder, second)[-20_000:, :2])
    assert [text.split(" is not whole: ")[0] for text in recorder.report()] == [
        str(disk.folder / "heard.wav"),
        str(disk.folder / "played.wav"),
    ]
    recorder.record()  # what was lost is still told of at the end
    recorder.close()
    assert len(recorder.report()) == 2


def test_a_disk_that_hangs_holds_up_neither_the_other_file_nor_the_end(tmp_path, tape, quick, monkeypatch):
    release, write = threading.Event(), WavFile.write

    def hangs(self, samples):
        if samples.shape[1] == 3:
            release.wait(30)
        write(self, samples)

    monkeypatch.setattr(WavFile, "write", hangs)
    recorder = Recorder(tape, RATE, [(tmp_path / "out.wav", (0, 1))], tmp_path)
    recorder.start()
    recorder.record()
    tape.put(noise(4000, 5))
    heard = tmp_path / "heard.wav"
    until(lambda: recorder.problems() == {str(heard): f"The disk of {heard} does not answer."})
    tape.put(noise(4000, 5))
    began = time.monotonic()
    recorder.close()
    assert time.monotonic() - began < 5
    assert recorder.report() == [f"{heard} is not whole: 1.0 s of 1.0 s are missing (the disk does not answer)."]
    assert recorder.lost == 8000
    assert soundfile.info(tmp_path / "out.wav").frames == soundfile.info(tmp_path / "played.wav").frames == 8000
    release.set()
    until(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("livehost recording")])


def test_stopping_does_not_wait_for_the_disk(tmp_path, tape, quick, monkeypatch):
    release, write = threading.Event(), WavFile.write
    monkeypatch.setattr(WavFile, "write", lambda self, samples: (release.wait(30), write(self, samples)))
    recorder = Recorder(tape, RATE, [], tmp_path)
    recorder.start()
    recorder.record()
    tape.put(noise(4000, 5))
    until(lambda: len(recorder.problems()) == 2)
    recorder.stop()
    recorder.record()  # the next one may begin at once
    assert [path.name for path in recorder.paths] == ["heard-2.wav", "played-2.wav"]
    release.set()
    until(lambda: len(recorder.services) == 2)
    recorder.close()
    assert soundfile.info(tmp_path / "heard.wav").frames == 4000
    assert recorder.report() == []


# SystemExit: what ends a thread without a word
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_dies_is_started_again_and_nothing_is_missing(tmp_path, tape, monkeypatch):
    deaths, write = [1], WavFile.write

    def dies(self, samples):
        if deaths:
            deaths.pop()
            raise SystemExit
        write(self, samples)

    monkeypatch.setattr(WavFile, "write", dies)
    recorder = Recorder(tape, RATE, [(tmp_path / "a.wav", (0, 1))], tmp_path)
    recorder.start()
    sound = tape.put(noise(4000, 5))
    (service,) = recorder.services
    until(lambda: service.problem() == "The thread of recording a.wav died and was started again.")
    until(lambda: soundfile.info(tmp_path / "a.wav").frames == 4000)
    recorder.close()
    np.testing.assert_array_equal(read(tmp_path / "a.wav"), as_24_bits(tmp_path, sound)[:, :2])


def test_where_recordings_go(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_MUSIC_DIR", str(tmp_path / "Musik"))
    assert recordings_folder("takes").name == "takes"
    assert recordings_folder("").parts[-2:] == ("Musik", "livehost")


def test_a_recording_begins_with_what_was_before_as_far_as_the_ring_still_has_it(tmp_path, tape):
    recorder = Recorder(tape, RATE, [], tmp_path, preroll_s=0.5)
    before = tape.put(noise(10_000, 5))
    recorder.record()
    after = tape.put(noise(2000, 5, 3))
    recorder.stop()
    recorder.drain()
    whole = np.concatenate([before, after])[-round(0.5 * RATE) - 2000 :]
    np.testing.assert_array_equal(read(tmp_path / "heard.wav"), as_24_bits(tmp_path, whole[:, 2:]))
    assert recorder.facts()["record_seconds"] == len(whole) / RATE
    long = Recorder(tape, RATE, [], tmp_path / "long", preroll_s=1e6)
    oldest = tape.oldest
    long.record()
    assert long.facts()["record_seconds"] == (tape.written - oldest) / RATE
    for each in (recorder, long):
        each.close()


def test_an_exact_file_has_the_samples_as_they_are(tmp_path, tape):
    recorder = Recorder(tape, RATE, [], tmp_path, exact=[(tmp_path / "a.wav", (1, 4))])
    sound = tape.put(noise(3000, 5))
    recorder.drain()
    recorder.close()
    assert soundfile.info(tmp_path / "a.wav").subtype == "FLOAT"
    np.testing.assert_array_equal(read(tmp_path / "a.wav"), sound[:, (1, 4)])


def test_what_a_recording_lacks_is_told_with_its_frames(tmp_path, tape):
    told = []
    recorder = Recorder(tape, RATE, [(tmp_path / "a.wav", (0, 1))], tmp_path, on_gap=lambda *gap: told.append(gap))
    tape.put(noise(100, 5))
    recorder.drain()
    first = tape.written
    while tape.oldest <= first + 500:
        tape.put(noise(1000, 5))
    lost = tape.oldest - first
    recorder.drain()
    assert told == [(tmp_path / "a.wav", first, lost, "the disk is too slow")]
    assert recorder.lost == lost
    recorder.close()
