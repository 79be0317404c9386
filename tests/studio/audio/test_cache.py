"""Folders of sounds become clips and mels on disk: any rate, long files, bad files, killed at any moment."""

import json

import numpy as np
import pytest
import soundfile

from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.studio.audio import cache as module
from livehost.studio.audio.cache import read_sounds
from livehost.studio.audio.split import split_sources
from tests.studio.audio.conftest import CONTRACT, ping

LONGEST_S = 0.5


def read(folders, cache, contract=CONTRACT):
    return read_sounds(folders, contract, cache, LONGEST_S)


def test_clips_are_mono_at_one_rate_and_peak(bank, tmp_path):
    material = read([bank], tmp_path)
    assert len(material.clips) == 12
    assert material.skipped == []
    for clip in material.clips:
        sound = clip.audio()
        assert np.abs(sound).max() == pytest.approx(10 ** (-1 / 20), rel=1e-4)
        np.testing.assert_allclose(clip.mel, CONTRACT.analyse(sound), atol=0.05)
    lengths = [len(clip.audio()) / 8000 for clip in material.clips]
    np.testing.assert_allclose(lengths, [0.15 + 0.05 * (k % 4) for k in range(12)], atol=0.02)
    assert material.data == [{"name": "bank", "licence": "unknown", "hours": 0.001, "recordings": 10}]


def test_it_is_read_once_and_again_from_the_disk(bank, tmp_path, monkeypatch):
    first = read([bank], tmp_path)
    monkeypatch.setattr(module, "cut_file", lambda *_: pytest.fail("it was read again"))
    again = read([bank], tmp_path)
    for one, two in zip(first.clips, again.clips, strict=True):
        np.testing.assert_array_equal(one.mel, two.mel)
        assert (one.name, one.split, one.gain_db) == (two.name, two.split, two.gain_db)


def test_another_contract_only_makes_mels_anew(bank, tmp_path, monkeypatch):
    read([bank], tmp_path)
    monkeypatch.setattr(module, "cut_file", lambda *_: pytest.fail("it was read again"))
    other = MelContract(rate=8000, fft_samples=256, hop_samples=64, bands=12, low_hz=50.0, high_hz=4000.0)
    assert read([bank], tmp_path, other).clips[0].mel.shape[0] == 12


@pytest.mark.parametrize("left", ["audio/*.npy", "audio/*.json", "mels/*.npy"])
@pytest.mark.parametrize("how", ["gone", "cut off"])
def test_what_is_half_there_is_made_again(bank, tmp_path, left, how):
    whole = read([bank], tmp_path)
    for path in list(tmp_path.glob(left))[:5]:
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:100])
    for one, two in zip(whole.clips, read([bank], tmp_path).clips, strict=True):
        np.testing.assert_array_equal(one.mel, two.mel)
        np.testing.assert_array_equal(one.audio(), two.audio())


def test_a_long_file_is_cut_at_its_onsets_and_stays_on_one_side(bank, tmp_path):
    folder = tmp_path / "long"
    folder.mkdir()
    take = np.concatenate([ping(300 + 40 * k, 0.8) for k in range(10)])
    soundfile.write(folder / "take.wav", take, 8000)
    material = read([folder, bank], tmp_path / "cache")
    mine = [clip for clip in material.clips if clip.name.startswith("take.wav #")]
    assert len(mine) == 10
    assert len({clip.split for clip in mine}) == len({clip.source for clip in mine}) == 1
    assert max(len(clip.audio()) for clip in mine) == LONGEST_S * 8000
    assert all(abs(clip.audio()[-1]) < 1e-4 for clip in mine)  # faded out where it is cut


def test_what_sounds_on_goes_on_in_the_next_clip(tmp_path):
    folder = tmp_path / "drone"
    folder.mkdir()
    t = np.arange(8000 * 3) / 8000
    soundfile.write(folder / "drone.wav", 0.5 * np.sin(2 * np.pi * 220 * t), 8000)
    assert len(read([folder], tmp_path / "cache").clips) == 6


def test_bad_files_are_left_out_and_told(bank, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    good = (bank / "ping 0.wav").read_bytes()
    (folder / "good.wav").write_bytes(good)
    (folder / "same.wav").write_bytes(good)
    (folder / "empty.wav").write_bytes(b"")
    (folder / "text.wav").write_bytes(b"no sound at all")
    soundfile.write(folder / "silent.wav", np.zeros(4000), 8000)
    soundfile.write(folder / "short.wav", ping(300)[:80], 8000)
    soundfile.write(folder / "nan.wav", np.full(4000, np.nan, np.float32), 8000, subtype="FLOAT")
    material = read([folder], tmp_path / "cache")
    assert [clip.name for clip in material.clips] == ["good.wav"]
    said = dict(material.skipped)
    assert said["same.wav"] == "is a copy of another one"
    assert said["silent.wav"] == "is silent"
    assert said["short.wav"] == "is shorter than 20 ms"
    assert "NaN" in said["nan.wav"]
    assert set(said) == {"same.wav", "silent.wav", "short.wav", "nan.wav", "empty.wav", "text.wav"}
    assert read([folder], tmp_path / "cache").skipped == material.skipped


def test_folders_with_nothing_are_refused(tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(LivehostError, match="is empty"):
        read([tmp_path / "none"], tmp_path / "cache")
    with pytest.raises(LivehostError, match="There is no"):
        read([tmp_path / "missing"], tmp_path / "cache")
    (tmp_path / "silent").mkdir()
    soundfile.write(tmp_path / "silent" / "s.wav", np.zeros(4000), 8000)
    with pytest.raises(LivehostError, match=r"There is nothing to learn from in .*: s.wav is silent\.$"):
        read([tmp_path / "silent"], tmp_path / "cache")


def test_a_cache_that_cannot_be_written_is_a_sentence(bank, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match=r"^The cache .*file cannot be written: "):
        read([bank], tmp_path / "file")


def test_a_full_disk_is_a_sentence(bank, disk):
    said = "the disk is full" if disk.mounted else disk.words
    with disk.full(leaving=4096), pytest.raises(LivehostError, match=rf"^The cache .* cannot be written: {said}\.$"):
        read([bank], disk.folder / "cache")


def test_what_is_kept_says_which_file_it_was(bank, tmp_path):
    read([bank], tmp_path)
    assert {json.loads(path.read_text())["file"] for path in tmp_path.glob("audio/*.json")} == {
        f"ping {k}.wav" for k in range(12)
    }


@pytest.mark.parametrize(
    ("count", "sides"), [(1, (1, 0, 0)), (2, (1, 1, 0)), (3, (1, 1, 1)), (10, (8, 1, 1)), (100, (80, 10, 10))]
)
def test_splits(count, sides):
    found = list(split_sources(f"{k:03d}" for k in range(count)).values())
    assert tuple(found.count(side) for side in ("train", "valid", "test")) == sides


def test_a_split_is_the_same_whatever_the_order():
    names = [f"{k:03d}" for k in range(20)]
    assert split_sources(names) == split_sources(names[::-1] + names)
