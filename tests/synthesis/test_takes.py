import numpy as np
import pytest

from livehost.errors import LivehostError
from livehost.synthesis.feedback_room import compare, impulse_response, rehearse
from livehost.synthesis.takes import KINDS, make_take, match, place, reverberate, score

RATE = 16_000


@pytest.mark.parametrize("kind", KINDS)
def test_truth_is_exact(kind):
    take, onsets = make_take(1, RATE, 3, kind)
    first = onsets[0]
    assert not take[:first].any()
    assert take[first : first + RATE // 50].any()
    shortest_s = KINDS[kind][1][0]
    assert np.diff(onsets).min() >= int(shortest_s * RATE) - 1
    assert take.dtype == np.float32
    assert take.size == 3 * RATE


def test_same_seed_same_take():
    one, two, other = (make_take(seed, RATE, 2, "mixed", noise_db=-60, reverb=0.3) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one[0], two[0])
    np.testing.assert_array_equal(one[1], two[1])
    assert not np.array_equal(one[0], other[0])


def test_levels_are_as_asked():
    take, onsets = make_take(2, RATE, 3, "drums", level_db=-40)
    assert np.abs(take).max() == pytest.approx(0.01)
    noisy, _ = make_take(2, RATE, 3, "drums", level_db=-40, noise_db=-50)
    noise = noisy[: onsets[0]]
    assert 10 * np.log10(np.mean(noise**2)) == pytest.approx(-50, abs=1)


def test_a_room_leaves_the_direct_sound_where_it_is():
    click = np.zeros(RATE, np.float32)
    click[100] = 1
    wet = reverberate(click, RATE, 0.25, np.random.default_rng(0))
    assert np.abs(wet[:100]).max() < 1e-6
    assert wet[100] == pytest.approx(1, abs=1e-6)
    assert np.sum(wet[101:] ** 2) == pytest.approx(0.25, rel=0.05)


def test_place_mixes_and_cuts():
    sound = np.array([1, 2, 3], np.float32)
    np.testing.assert_array_equal(place([sound, sound], [1, 3], [1.0, 2.0], 5), [0, 1, 2, 5, 4])


def test_an_unknown_kind_is_refused():
    with pytest.raises(LivehostError, match="no kind of take called “noise”"):
        make_take(1, kind="noise")


def test_match_pairs_one_to_one_in_order():
    assert match([10, 20, 21, 50], [12, 22, 30], 5) == [(0, 0), (1, 1)]
    assert match([10], [10, 11], 5) == [(0, 0)]
    assert match([], [1], 5) == []


def test_score_counts():
    result = score(
        [1000, 2010, 2500, 9000], [1000, 2000, 3000], 1000, tolerance_ms=25, reported=[1002, 2014, 2600, 9001]
    )
    assert (result.hits, result.extra, result.missed) == (2, 2, 1)
    assert result.precision == 0.5
    assert result.recall == pytest.approx(2 / 3)
    assert result.f1 == pytest.approx(4 / 7)
    assert result.median_delay_ms == 8


def test_the_score_of_nothing_is_zero():
    result = score([], [5], RATE)
    assert (result.f1, result.precision, result.recall) == (0, 0, 0)
    assert np.isnan(result.median_delay_ms)


def test_a_room_delays_and_attenuates():
    response = impulse_response(RATE, 10, -20)
    assert response.size == 161
    assert np.flatnonzero(response).tolist() == [160]
    assert response[160] == pytest.approx(0.1)
    tail = impulse_response(RATE, 10, -20, t60_ms=200)[161:]
    assert np.sum(tail**2) == pytest.approx(0.01, rel=1e-3)


def test_each_voice_follows_its_onset():
    take, _ = make_take(3, 48_000, 2, "drums")
    found, played = rehearse(take, 48_000, [np.ones(48, np.float32)], None, answer_ms=(2, 2), machine_db=-6)
    starts = np.flatnonzero(np.diff(played, prepend=0) > 0)
    np.testing.assert_array_equal(starts, found["reported_frame"] + 96)
    assert played.max() == pytest.approx(np.abs(take).max() * 10 ** (-6 / 20))


def test_compare_counts_own_and_lost():
    result = compare([1000, 2000, 5000], [1000, 3000], [1000, 3000, 4000], 1000)
    assert result.own == pytest.approx(2 / 3)
    assert result.lost == 0.5
    assert (result.voices, result.heard_alone) == (3, 2)
