"""What comes back of what is played, and what counts as an answer to oneself."""

import numpy as np
import pytest

from livehost.bench.rooms import OUTPUTS, ROOMS, Returns, Room, Way, add_returns, alike
from livehost.bench.suite import CannotRun
from livehost.bench.suites.feedback import Tally, louder, tally
from livehost.rt.native import STEP, entry, f32, i64, run1
from livehost.synthesis.performer import perform
from livehost.synthesis.takes import make_take
from livehost.synthesis.wide import CORRELATION, SECONDS, wide_sounds, write_wide_bank

RATE, BLOCK = 48_000, 64


@entry(STEP)
def _add(address):
    a = i64(address, 6)
    add_returns(a[0], f32(a[1], a[2]), a[2], a[3], a[4], a[5])
    return 0


def come_back(played, responses, already=0):
    """Block by block, as a room does it."""
    returns, heard = Returns(responses, BLOCK, already), np.zeros(played.shape[1], np.float32)
    for at in range(0, heard.size, BLOCK):
        count = min(BLOCK, heard.size - at)
        arguments = np.array(
            [returns.address, heard.ctypes.data + 4 * at, count, played.ctypes.data, heard.size, at], np.int64
        )
        run1(_add)(arguments.ctypes.data)
    return heard


def convolved(played, response):
    return sum(np.convolve(side, way)[: side.size] for side, way in zip(played, response, strict=True))


@pytest.mark.parametrize("already", [0, BLOCK])
def test_it_is_a_convolution_of_each_output_with_its_own_response(already):
    rng = np.random.default_rng(0)
    played = rng.standard_normal((OUTPUTS, 1000)).astype(np.float32)
    response = np.zeros((OUTPUTS, 300), np.float32)
    response[0, [64, 65, 299]], response[1, 200] = (0.5, -0.25, 0.1), 1.0
    expected = convolved(played, np.roll(response, -already, axis=1))
    np.testing.assert_allclose(come_back(played, {0: response}, already), expected, atol=1e-5)


def test_what_is_moved_holds_from_its_block_on():
    played = np.random.default_rng(1).standard_normal((OUTPUTS, 1280)).astype(np.float32)
    first, then = np.zeros((OUTPUTS, 101), np.float32), np.zeros((OUTPUTS, 81), np.float32)
    first[0, 100], then[1, 80] = 1.0, 0.5
    heard = come_back(played, {640: then, 0: first})
    np.testing.assert_allclose(heard[:640], convolved(played, first)[:640], atol=1e-6)
    np.testing.assert_allclose(heard[640:], convolved(played, then)[640:], atol=1e-6)
    assert not come_back(played, {}).any()


def test_nothing_comes_back_before_it_was_played():
    response = np.zeros((OUTPUTS, 100), np.float32)
    response[0, 63] = 0.1
    with pytest.raises(CannotRun, match="sooner than a block"):
        Returns({0: response}, BLOCK)


def test_a_room_gives_each_loudspeaker_its_response():
    room = Room("", ((Way(1.0, -6.0206), None), (None, Way(2.0, -20.0))))
    responses = room.responses(1000.0, 500)
    assert list(responses) == [0, 250]
    np.testing.assert_allclose(responses[0], [[0, 0.5], [0, 0]], atol=1e-4)
    np.testing.assert_allclose(responses[250], [[0, 0, 0], [0, 0, 0.1]], atol=1e-6)
    both = alike(3.0, -12.0).responses(1000.0, 500)[0]
    np.testing.assert_allclose(both.sum(axis=0), [0, 0, 0, 10 ** (-12 / 20)], atol=1e-3)


def test_the_machine_is_made_so_much_louder_as_far_as_it_goes():
    music = np.array([0.1, -0.2])
    assert louder(music, np.array([[0.05], [-0.1]]), 3.0) == pytest.approx(9.02, abs=0.01)
    assert louder(music, np.array([[0.001], [0.0]]), 8.0) == 12.0


def test_wide_sounds_have_the_lengths_and_correlations_that_they_say():
    sounds = dict(wide_sounds(RATE, 10, 2))
    lengths = sorted(sound.shape[0] / RATE for sound in sounds.values())
    correlations = sorted(np.sum(s[:, 0] * s[:, 1]) / np.sqrt((s**2).sum(axis=0).prod()) for s in sounds.values())
    assert (lengths[0], lengths[-1]) == pytest.approx(SECONDS, abs=0.001)
    np.testing.assert_allclose(correlations, np.linspace(*CORRELATION, 10), atol=0.001)
    assert {name.partition("-")[0] for name in sounds} == {"chorus", "wash", "chimes", "crash", "ping_pong"}
    assert all(np.abs(sound).max() == 0.5 for sound in sounds.values())


@pytest.fixture(scope="module")
def sessions(tmp_path_factory):
    """Each of the rooms, with a bank of wide sounds; with one way for both loudspeakers a third was to itself."""
    bank = write_wide_bank(tmp_path_factory.mktemp("wide"), RATE)
    takes = [make_take(1, RATE, 12.0, "drums", level_db=-13.0, noise_db=-70.0), perform(12.0, RATE, 1)]
    sums = {room: Tally() for room in ROOMS}
    for take in takes:
        for room, found in tally(take, bank, ROOMS):
            if room is not None:
                sums[room].add(found)
    return sums


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_it_does_not_answer_itself_with_two_loudspeakers(room, sessions):
    found = sessions[room]
    assert found.voices > 60
    assert found.own_percent <= (5.0 if room.louder_db is None else 10.0)
    assert found.lost_percent <= (10.0 if room.louder_db is None else 15.0)
