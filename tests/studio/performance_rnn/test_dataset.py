"""Folders of MIDI files to material."""

import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.studio.performance_rnn import dataset
from livehost.studio.performance_rnn.dataset import licence_of, read_material, split_pieces
from livehost.studio.performance_rnn.midi import write_performance
from tests.studio.performance_rnn.conftest import made_up


def test_material(folder, tmp_path):
    material = read_material([folder], tmp_path / "cache")
    assert len(material.performances) == 6
    assert {p.split for p in material.performances} == {"train", "valid", "test"}
    assert material.performances[0].piece == "piece 0"
    first = material.performances[0]
    assert first.right.tolist() == (first.notes["pitch"] >= 66).tolist()
    assert material.data == [
        {"name": "midi", "licence": "CC BY-NC-SA 4.0", "hours": 0.02, "recordings": len(material.of("train"))}
    ]


def test_what_was_read_is_kept(folder, tmp_path, monkeypatch):
    before = read_material([folder], tmp_path / "cache")
    monkeypatch.setattr(dataset, "read_performance", lambda path: pytest.fail(f"read {path}"))
    after = read_material([folder], tmp_path / "cache")
    assert all((a.notes == b.notes).all() for a, b in zip(before.performances, after.performances, strict=True))


def test_a_broken_cache_is_made_again(folder, tmp_path):
    read_material([folder], tmp_path / "cache")
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(b"nothing")
    assert len(read_material([folder], tmp_path / "cache").performances) == 6


def test_broken_and_short_files_are_named(folder):
    (folder / "broken.mid").write_bytes(b"no")
    write_performance(made_up(count=3)[0], folder / "short.mid")
    material = read_material([folder])
    assert len(material.performances) == 6
    assert [name for name, _ in material.skipped] == ["broken", "short"]
    assert "broken or no MIDI file" in material.skipped[0][1]


def test_performances_of_a_piece_stay_on_one_side(folder):
    for k in range(6):
        write_performance(made_up(k + 10)[0], folder / f"piece {k}" / "another.mid")
    sides = {}
    for p in read_material([folder]).performances:
        sides.setdefault(p.piece, set()).add(p.split)
    assert [len(s) for s in sides.values()] == [1] * 6


@pytest.mark.parametrize(("count", "wanted"), [(1, (1, 0, 0)), (2, (1, 1, 0)), (3, (1, 1, 1)), (100, (85, 7, 8))])
def test_splits(count, wanted):
    splits = list(split_pieces(f"p{k}" for k in range(count)).values())
    assert tuple(splits.count(name) for name in ("train", "valid", "test")) == wanted


def test_nothing_to_learn_from(tmp_path):
    with pytest.raises(LivehostError, match="no folder"):
        read_material([tmp_path / "no"])
    with pytest.raises(LivehostError, match="no MIDI file"):
        read_material([tmp_path])
    (tmp_path / "x.mid").write_bytes(b"")
    with pytest.raises(LivehostError, match="x is broken or no MIDI file"):
        read_material([tmp_path])


def test_licences(tmp_path):
    assert licence_of(tmp_path) == "own"
    (tmp_path / "COPYING").write_text("Some terms of mine\nand more")
    assert licence_of(tmp_path) == "Some terms of mine"
    (tmp_path / "LICENCE.txt").write_text("")
    assert licence_of(tmp_path) == "LICENCE.txt"


def test_notes_of_the_cache_are_those_of_the_file(folder, tmp_path):
    plain, kept = read_material([folder]), read_material([folder], tmp_path / "cache")
    for a, b in zip(plain.performances, kept.performances, strict=True):
        np.testing.assert_array_equal(a.notes, b.notes)
