from dataclasses import replace

import pytest

from livehost.errors import LivehostError
from livehost.studio.bank_transformer.split import piece, split_recordings
from tests.studio.conftest import recording


def names(recordings):
    return {r.name for r in recordings}


def test_the_split_by_name_is_kept_where_both_sides_have_something():
    given = [recording("a"), recording("b", split="valid"), recording("c", split="test")]
    train, valid, judge = split_recordings(given)
    assert (names(train), names(valid), judge) == ({"a"}, {"b"}, [])
    train, valid, judge = split_recordings(given, further=True)
    assert (names(train), names(valid), names(judge)) == ({"a"}, {"b"}, {"c"})
    assert {r.split for r in valid} == {"valid"}
    assert {r.split for r in judge} == {"test"}


@pytest.mark.parametrize("split", ["train", "valid"])
def test_a_side_that_is_empty_gets_whole_pieces(split):
    own = [recording(f"take{k}{more}", split=split) for k in "abcde" for more in ("", " 2", " · harp", " 2 · harp")]
    own += [replace(own[0], augmented=True)]
    train, valid, _ = split_recordings(own)
    assert len({piece(r) for r in valid}) == 1
    assert not {piece(r) for r in valid} & {piece(r) for r in train}
    assert {r.split for r in train} == {"train"}
    assert len(train) + len([r for r in own if piece(r) == piece(valid[0]) and not r.augmented]) >= 20
    assert not any(r.augmented for r in valid)


def test_of_a_single_piece_nothing_is_held_out():
    train, valid, judge = split_recordings([recording("take"), recording("take 2")], further=True)
    assert (len(train), valid, judge) == (2, [], [])


@pytest.mark.parametrize("count", [2, 3, 4, 5, 12])
def test_a_training_further_is_judged_by_pieces_that_neither_taught_nor_chose(count):
    own = [recording(f"take{k}{more}") for k in range(count) for more in ("", " 2")]
    sides = split_recordings(own, further=True)
    pieces = [{piece(r) for r in side} for side in sides]
    assert sum(map(len, pieces)) == len(set.union(*pieces)) == count
    assert all(pieces) == (count > 2)
    assert pieces[0]
    assert pieces[1]
    held_out = [replace(r, split="valid") for r in own[:4]]
    train, valid, judge = split_recordings([*own[4:], *held_out], further=True)
    if count > 2:
        assert [len({piece(r) for r in side}) for side in (train, valid, judge)] == [count - 2, 1, 1]


def test_nothing_is_one_sentence():
    with pytest.raises(LivehostError, match="nothing to learn from"):
        split_recordings([])
