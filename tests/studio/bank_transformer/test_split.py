from dataclasses import replace

import pytest

from livehost.errors import LivehostError
from livehost.studio.bank_transformer.split import piece, split_recordings
from tests.studio.conftest import recording


def names(recordings):
    return {r.name for r in recordings}


def test_the_split_by_name_is_kept_where_both_sides_have_something():
    given = [recording("a"), recording("b", split="valid"), recording("c", split="test")]
    train, valid = split_recordings(given)
    assert (names(train), names(valid)) == ({"a"}, {"b"})
    train, valid = split_recordings(given, all_held_out=True)
    assert (names(train), names(valid)) == ({"a"}, {"b", "c"})
    assert {r.split for r in valid} == {"valid"}


@pytest.mark.parametrize("split", ["train", "valid"])
def test_a_side_that_is_empty_gets_whole_pieces(split):
    own = [recording(f"take{k}{more}", split=split) for k in "abcde" for more in ("", " 2", " · harp", " 2 · harp")]
    own += [replace(own[0], augmented=True)]
    train, valid = split_recordings(own)
    assert len({piece(r) for r in valid}) == 1
    assert not {piece(r) for r in valid} & {piece(r) for r in train}
    assert {r.split for r in train} == {"train"}
    assert len(train) + len([r for r in own if piece(r) == piece(valid[0]) and not r.augmented]) >= 20
    assert not any(r.augmented for r in valid)


def test_of_a_single_piece_nothing_is_held_out():
    train, valid = split_recordings([recording("take"), recording("take 2")])
    assert (len(train), valid) == (2, [])


def test_nothing_is_one_sentence():
    with pytest.raises(LivehostError, match="nothing to learn from"):
        split_recordings([])
