import numpy as np
import pytest

from livehost.dsp.segment import SEGMENT_SIZE
from livehost.dsp.tables import FEATURE_SIZE
from livehost.errors import LivehostError
from livehost.studio.audio_data.recording import (
    INDEX,
    Isolated,
    Recording,
    Stream,
    load_recording,
    load_recordings,
    rows_path,
    save_recording,
)


def stream(n, seed=0, alone=False):
    rng = np.random.default_rng(seed)
    features, items, others = rng.standard_normal((3, n, SEGMENT_SIZE)).astype("f4")
    counts = rng.integers(1, 6, n)
    rows = rng.standard_normal((counts.sum(), FEATURE_SIZE)).astype("f2")
    seconds, gains = np.full(n, 0.2, "f4"), rng.standard_normal(n).astype("f4")
    isolated = Isolated(others, gains + 1, seconds / 2) if alone else None
    first = np.concatenate([[0], np.cumsum(counts)])
    return Stream(features, np.sort(rng.integers(0, 1e6, n)), seconds, rows, first, items, gains, seconds, isolated)


FIELDS = ("features", "onset", "seconds", "rows", "first", "items", "item_gain_db", "item_seconds")


def same(a, b):
    if (a.isolated is None) != (b.isolated is None):
        return False
    alone = a.isolated is None or all(map(np.array_equal, a.isolated, b.isolated))
    return alone and all(np.array_equal(getattr(a, f), getattr(b, f)) for f in FIELDS)


def test_what_is_written_is_read(tmp_path):
    recording = Recording(
        "Bach · ä", "piano", "valid", (stream(9), stream(9, 1, True)), (stream(5, 2, True), stream(7, 3)),
        ("continue", "answer"), "midi", True,
    )  # fmt: skip
    save_recording(tmp_path / "a.npz", recording)
    again = load_recording(tmp_path / "a.npz")
    assert all(same(a, b) for a, b in zip(recording.streams, again.streams, strict=True))
    for name in ("name", "domain", "split", "tasks", "source", "augmented", "rate", "schema"):
        assert getattr(again, name) == getattr(recording, name)
    assert [len(p) for p in again.parts] == [5, 7]
    assert len(again) == 9
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.npz", "a.rows.npy"]
    assert all(isinstance(s.rows, np.memmap) and s.rows.dtype == np.float16 for s in again.streams)


@pytest.mark.parametrize("which", [slice(2, 6), slice(0, 0), [1, 2, 3], [5, 1, 8], np.arange(9) % 2 == 0, slice(None)])
def test_what_is_taken_keeps_its_rows_and_items(which):
    whole = stream(9, 4, True)
    part = whole.take(which)
    chosen = np.arange(9)[which]
    assert len(part) == len(part.first) - 1 == len(chosen)
    assert len(part.rows) == part.first[-1]
    for k, of in enumerate(chosen):
        np.testing.assert_array_equal(
            part.rows[part.first[k] : part.first[k + 1]], whole.rows[whole.first[of] : whole.first[of + 1]]
        )
    for name in ("features", "onset", "seconds", "items", "item_gain_db", "item_seconds"):
        np.testing.assert_array_equal(getattr(part, name), getattr(whole, name)[chosen])
    for mine, of_all in zip(part.isolated, whole.isolated, strict=True):
        np.testing.assert_array_equal(mine, of_all[chosen])
    assert stream(9, 4).take(which).isolated is None


def test_a_stretch_of_a_recording_is_not_read_from_the_disk(tmp_path):
    save_recording(tmp_path / "a.npz", Recording("a", "own", "test", (stream(9),)))
    part = load_recording(tmp_path / "a.npz").renderings[0].take(slice(3, 6))
    assert isinstance(part.rows, np.memmap)


def test_a_stream_of_summaries_alone_is_its_own_items():
    bare = Stream(np.ones((3, SEGMENT_SIZE), "f4"), np.arange(3), np.full(3, 0.1, "f4"))
    assert np.diff(bare.first).tolist() == [1, 1, 1]
    assert bare.rows.shape == (3, FEATURE_SIZE)
    assert bare.items is bare.features
    assert bare.item_seconds is bare.seconds
    assert not bare.item_gain_db.any()


def test_rows_that_are_missing_or_of_another_recording_are_told_of(tmp_path):
    for name, count in (("a", 9), ("b", 40)):
        save_recording(tmp_path / f"{name}.npz", Recording(name, "own", "test", (stream(count),)))
    beside = rows_path(tmp_path / "a.npz")
    beside.write_bytes(rows_path(tmp_path / "b.npz").read_bytes())
    with pytest.raises(LivehostError, match=r"not the \d+ frame rows of a\.npz: prepare"):
        load_recording(tmp_path / "a.npz")
    np.save(beside, np.zeros((3, 2)))
    with pytest.raises(LivehostError, match=r"holds float64 \[3, 2\]"):
        load_recording(tmp_path / "a.npz")
    beside.write_bytes(b"nothing")
    with pytest.raises(LivehostError, match="holds no frame rows"):
        load_recording(tmp_path / "a.npz")
    beside.unlink()
    with pytest.raises(LivehostError, match=r"the frame rows of a\.npz, is missing: prepare the data again"):
        load_recording(tmp_path / "a.npz")


def test_a_cache_is_read_by_name_and_by_split(tmp_path):
    for file, name, split in (("1", "b", "train"), ("2", "a", "test"), ("3", "c", "train")):
        save_recording(tmp_path / "x" / f"{file}.npz", Recording(name, "loops", split, (stream(3),)))
    assert [r.name for r in load_recordings(tmp_path)] == ["a", "b", "c"]
    assert [r.name for r in load_recordings(tmp_path, ["train"])] == ["b", "c"]
    # an index tells which belong together
    (tmp_path / INDEX).write_text('{"paths": ["x/3.npz"]}')
    assert [r.name for r in load_recordings(tmp_path)] == ["c"]
    (tmp_path / INDEX).write_text("[")
    with pytest.raises(LivehostError, match="broken"):
        load_recordings(tmp_path)


def test_sentences(tmp_path):
    with pytest.raises(LivehostError, match="no recordings"):
        load_recordings(tmp_path)
    (tmp_path / "a.npz").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(LivehostError, match="is no recording"):
        load_recordings(tmp_path)
    save_recording(tmp_path / "a.npz", Recording("a", "own", "test", (stream(3),), schema="older"))
    with pytest.raises(LivehostError, match="other features"):
        load_recordings(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises((LivehostError, OSError)):
        save_recording(tmp_path / "file" / "a.npz", Recording("a", "own", "test", (stream(3),)))
