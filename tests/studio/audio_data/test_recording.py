import numpy as np
import pytest

from livehost.dsp.segment import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.studio.audio_data.recording import (
    INDEX,
    Recording,
    Stream,
    load_recording,
    load_recordings,
    save_recording,
)


def stream(n, seed=0):
    rng = np.random.default_rng(seed)
    return Stream(
        rng.standard_normal((n, SEGMENT_SIZE)).astype("f4"), np.sort(rng.integers(0, 1e6, n)), np.full(n, 0.2, "f4")
    )


def same(a, b):
    return all(np.array_equal(getattr(a, f), getattr(b, f)) for f in ("features", "onset", "seconds"))


def test_what_is_written_is_read(tmp_path):
    recording = Recording(
        "Bach · ä", "piano", "valid", (stream(9), stream(9, 1)), (stream(5, 2), stream(7, 3)),
        ("continue", "answer"), "midi", True,
    )  # fmt: skip
    save_recording(tmp_path / "a.npz", recording)
    again = load_recording(tmp_path / "a.npz")
    assert all(same(a, b) for a, b in zip(recording.streams, again.streams, strict=True))
    for name in ("name", "domain", "split", "tasks", "source", "augmented", "rate", "schema"):
        assert getattr(again, name) == getattr(recording, name)
    assert [len(p) for p in again.parts] == [5, 7]
    assert len(again) == 9
    assert [p.name for p in tmp_path.iterdir()] == ["a.npz"]


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
