"""Which steps of attention a session keeps."""

from livehost.session_folder.looks import Looks


def _heard(frame: int, onset: int, part: int = 0) -> dict:
    return {"frame": frame, "part": part, "frames": [0, onset], "index": [3, -1], "source": [1, 0]}


def _played(frame: int, onset: int, part: int = 0) -> dict:
    return {"frame": frame, "part": part, "frames": [0, onset], "index": [-1, 7], "source": [0, 1]}


def _kept(*steps: dict) -> list[int]:
    looks = Looks()
    return [k["frame"] for k in [looks.take(step) for step in steps] if k] + [k["frame"] for k in looks.rest()]


def test_of_many_looks_at_a_sound_the_last_one_is_kept():
    assert _kept(*(_heard(frame, 5) for frame in (10, 20, 30, 40)), _heard(60, 55)) == [40, 60]


def test_the_look_that_a_sound_was_chosen_by_is_kept():
    assert _kept(_heard(10, 5), _heard(20, 5), _played(20, 25), _heard(20, 5), _heard(40, 5), _heard(60, 55)) == [
        20, 40, 60,
    ]  # fmt: skip


def test_what_was_played_is_kept_only_where_more_was_chosen_by_it():
    assert _kept(_played(10, 15), _played(20, 25), _heard(30, 28), _heard(40, 28)) == [10, 40]


def test_parts_do_not_mix():
    assert _kept(_heard(10, 5), _heard(12, 5, part=1), _played(14, 15), _heard(20, 5, part=1)) == [10, 14, 20]
