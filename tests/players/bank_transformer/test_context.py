"""Contexts on disk: kept whole, read back at another rate, refused where they do not fit."""

import errno

import numpy as np
import pytest

from livehost.dsp.tables import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.players.bank_transformer.context import HISTORY, SOUND, load_context, ring_size, save_context


def sounds(count):
    rng = np.random.default_rng(1)
    made = np.zeros(count, SOUND)
    made["source"], made["onset"] = np.arange(count) % 2, 1000 * np.arange(count)
    made["index"], made["frames"] = np.where(made["source"] == 1, 7, -1), 480
    made["features"] = rng.standard_normal((count, SEGMENT_SIZE))
    return made


def test_what_is_kept_comes_back(tmp_path):
    path, made = tmp_path / "new" / "session.npz", sounds(20)
    save_context(path, made, 48_000, "schema")
    np.testing.assert_array_equal(load_context(path, 48_000, "schema"), made)
    assert [p.name for p in path.parent.iterdir()] == ["session.npz"]
    faster = load_context(path, 96_000, "schema")
    np.testing.assert_array_equal(faster["onset"], 2 * made["onset"])
    assert set(faster["frames"]) == {960}
    save_context(path, sounds(HISTORY + 5), 48_000, "schema")
    assert load_context(path, 48_000, "schema")["onset"].tolist() == [1000 * k for k in range(5, HISTORY + 5)]


def test_no_sounds_are_a_context_too(tmp_path):
    save_context(tmp_path / "none.npz", sounds(0), 48_000, "schema")
    assert len(load_context(tmp_path / "none.npz", 48_000, "schema")) == 0


@pytest.mark.parametrize("keep", [0, 10, 700])
def test_a_file_that_is_cut_off_is_refused(tmp_path, keep):
    path = tmp_path / "session.npz"
    save_context(path, sounds(20), 48_000, "schema")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(LivehostError, match=r"session\.npz cannot be read"):
        load_context(path, 48_000, "schema")


@pytest.mark.parametrize("rate", [0.0, np.nan, -1.0])
def test_a_rate_that_is_none_is_refused(tmp_path, rate):
    save_context(tmp_path / "session.npz", sounds(3), rate, "schema")
    with pytest.raises(LivehostError, match="no sample rate"):
        load_context(tmp_path / "session.npz", 48_000, "schema")


def test_what_is_not_there_or_was_measured_otherwise_is_refused(tmp_path):
    with pytest.raises(LivehostError, match="There is no context session"):
        load_context(tmp_path / "session.npz", 48_000, "schema")
    save_context(tmp_path / "session.npz", sounds(3), 48_000, "older")
    with pytest.raises(LivehostError, match="another version"):
        load_context(tmp_path / "session.npz", 48_000, "schema")
    np.savez(tmp_path / "other.npz", x=np.zeros(3))
    with pytest.raises(LivehostError, match="cannot be read"):
        load_context(tmp_path / "other.npz", 48_000, "schema")


def test_a_full_disk_keeps_the_context_before(tmp_path, monkeypatch):
    def full(file, **_):
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    save_context(tmp_path / "session.npz", sounds(3), 48_000, "schema")
    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(LivehostError, match=r"cannot be written: No space left on device\."):
        save_context(tmp_path / "session.npz", sounds(5), 48_000, "schema")
    assert len(load_context(tmp_path / "session.npz", 48_000, "schema")) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["session.npz"]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match="cannot be written"):
        save_context(tmp_path / "file" / "session.npz", sounds(3), 48_000, "schema")


def test_a_ring_holds_the_history_and_the_window_twice():
    assert [ring_size(window) for window in (8, 256, 512, 513)] == [1024, 1024, 1024, 2048]
