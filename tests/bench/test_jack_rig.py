"""What the suites on JACK compute from what they recorded."""

import numpy as np
import pytest

from livehost.bench.jack_rig import (
    BLOCK,
    RATE,
    Session,
    answers_to,
    attacks,
    click_bank,
    drum_bank,
    hits,
    unbroken_hits,
)
from livehost.bench.pd_receiver import patch
from livehost.bench.probe import Take
from livehost.bench.suites.loopback import count_self
from livehost.bench.suites.osc import distances
from livehost.bench.suites.soak import per_second, round_of, shares


def test_hits_begin_where_they_say():
    sound, frames = hits(20, 3)
    np.testing.assert_array_equal(attacks(sound), frames)
    assert np.diff(frames).min() >= 0.18 * RATE


def test_unbroken_hits_never_rest():
    onsets = attacks(unbroken_hits(12.0, 60, 90))
    assert onsets[0] == 0
    assert 0.06 * RATE <= np.diff(onsets).min() <= np.diff(onsets).max() <= 0.09 * RATE
    assert 12.0 * RATE - onsets[-1] <= 0.09 * RATE


def test_an_answer_belongs_to_the_onset_before_it():
    truth = np.array([1000, 20_000, 40_000])
    found = np.array([500, 1200, 25_000, 40_240])
    assert answers_to(truth, found).tolist() == [200, 240]
    assert answers_to(truth, found, longest_ms=200).tolist() == [200, 5000, 240]
    assert answers_to(truth, np.zeros(0, int)).tolist() == []
    assert attacks(np.zeros(100, np.float32)).tolist() == []


def test_the_time_code_names_frames_and_shows_lost_blocks():
    blocks = np.array([0, 0, 7, 8, 10, 11, 0])  # 9 was played, and never heard
    session = Session([], blocks)
    assert session.position(2 * BLOCK + 5, first_block=7) == 5
    assert session.position(4 * BLOCK, first_block=7) == 3 * BLOCK
    assert session.position(0, first_block=7) == -1
    assert session.position(99 * BLOCK, first_block=7) == -1
    assert session.missed(7, 5) == 1
    assert session.missed(10, 2) == 0


def test_voices_that_answer_nobody_are_answers_to_itself():
    truth = np.array([1000, 30_000, 60_000])
    events = [
        {"kind": "sample", "reason": reason, "onset_frame": frame}
        for frame, reason in ((1010, "answer"), (3000, "answer"), (30_005, "answer"), (60_000, "manual"))
    ]
    assert count_self(Session(events, np.arange(1, 2001)), 1, 100_000, truth) == (3, 1, 1)


def test_a_take_knows_jacks_frames_and_lost_cycles():
    cycles = np.array([640, 704, 896, 960])
    take = Take(np.zeros((1, 256)), cycles, np.zeros((0, 4), np.int64), 0, 64)
    assert take.lost_blocks == 2
    assert take.frame(np.array([0, 65, 130])).tolist() == [640, 705, 898]


def test_distances_to_the_nearest_arrival():
    sounds = np.array([1000, 20_000, 90_000])
    assert distances(sounds, np.array([900, 20_400])).tolist() == [-100, 400]
    assert distances(sounds, np.zeros(0, np.int64)).tolist() == []


def test_shares_are_taken_from_the_slices_around():
    def row(load, blocks):
        return {"load": load, "seconds": 2.0, "blocks": blocks}

    rounds = [{"rows": [row("none", 1500), row("spin", 1400), row("none", 1300), row("gc", 650), row("none", 1300)]}]
    assert shares(rounds, "spin") == [100.0]
    assert shares(rounds, "gc") == [50.0]
    assert per_second(rounds, "spin") == 700
    loads = round_of(15, 5)
    assert [load.split("=")[0] for load in loads] == ["none", "spin", "none", "sort", "none", "gc", "none"]
    assert loads[0] == "none=5"
    assert loads[1] == "spin=15"


def test_a_patch_is_connected_from_the_socket_to_the_socket():
    lines = patch(9000, "/livehost/event/sample", 9001).splitlines()
    objects = [line for line in lines if line.startswith(("#X obj", "#X msg"))]
    pairs = [tuple(map(int, line.rstrip(";").split()[2:6:2])) for line in lines if line.startswith("#X connect")]
    chain = [0]
    while following := [b for a, b in pairs if a == chain[-1]]:
        chain.append(following[0])
    words = [objects[k].rstrip(";").split(" ", 4)[4] for k in chain]
    assert words == [
        "netreceive -u -b 9000", "oscparse", "list trim", "route livehost", "route event", "route sample",
        "oscformat pd", "list prepend send", "list trim", "netsend -u -b",
    ]  # fmt: skip


@pytest.mark.parametrize(("make", "count"), [(click_bank, 4), (drum_bank, 16)])
def test_banks_are_files_that_begin_at_once(make, count, tmp_path):
    import soundfile

    files = sorted(make(tmp_path / "bank").iterdir())
    assert len(files) == count
    for path in files:
        sound, rate = soundfile.read(path)
        assert rate == RATE
        assert np.abs(sound[:480]).max() > 0.02
