import numpy as np
import pytest

from livehost.dsp.onset.canceller import CANCEL_IO, EchoCanceller, cancel_step
from livehost.rt.native import run2

RATE = 16_000


def run(heard, left, right=None, hop=32, canceller=None):
    canceller, io = canceller or EchoCanceller(RATE, hop), np.zeros(1, CANCEL_IO)
    right = np.zeros_like(left) if right is None else right
    heard, left, right = (a.astype(np.float32) for a in (heard, left, right))
    cleaned, step = np.zeros_like(heard), run2(cancel_step)
    for frame in range(0, heard.size - hop + 1, hop):
        io[0] = tuple(a.ctypes.data + 4 * frame for a in (heard, left, right, cleaned))
        step(canceller.address, io.ctypes.data)
    return cleaned, canceller


def noise(seed, seconds, count=1):
    drawn = 0.1 * np.random.default_rng(seed).standard_normal((count, seconds * RATE))
    return drawn[0] if count == 1 else drawn


def delayed(sound, frames, gain=0.25):
    return gain * np.concatenate([np.zeros(frames), sound])[: sound.size]


def level_db(sound):
    return 10 * np.log10(np.mean(sound**2))


def taps(canceller):
    """Of each way, by delay."""
    return canceller.arrays["taps"].reshape(2, -1)[:, ::-1]


@pytest.mark.parametrize("delay", [0, 80, 333, 900])
@pytest.mark.parametrize("sides", ["left", "both alike"])
def test_it_finds_the_delay_and_takes_the_echo_away(delay, sides):
    played = noise(0, 6)
    heard = delayed(played, delay)
    cleaned, canceller = run(heard, played, None if sides == "left" else played)
    found = taps(canceller)
    assert np.abs(found[0]).argmax() == delay
    assert found[0, delay] == pytest.approx(0.25, abs=0.02)
    assert not found[1].any()  # one way is enough
    assert level_db(cleaned[-RATE:]) < level_db(heard[-RATE:]) - 20


@pytest.mark.parametrize(
    ("gains", "delays"), [((0.25, 0.18), (80, 333)), ((0.25, 0.0), (160, 0)), ((0.0, 0.3), (0, 40))]
)
def test_each_output_has_a_way_of_its_own(gains, delays):
    left, right = noise(1, 8, 2)
    heard = sum(delayed(a, d, g) for a, d, g in zip((left, right), delays, gains, strict=True))
    cleaned, canceller = run(heard, left, right)
    for found, delay, gain in zip(taps(canceller), delays, gains, strict=True):
        if gain:
            assert np.abs(found).argmax() == delay
        assert found[delay] == pytest.approx(gain, abs=0.02)
    assert level_db(cleaned[-RATE:]) < level_db(heard[-RATE:]) - 20


@pytest.mark.parametrize("correlation", [0.1, 0.7])
def test_wide_sounds_that_share_much_are_told_apart(correlation):
    one, other = noise(2, 10, 2)
    left, right = one, correlation * one + np.sqrt(1 - correlation**2) * other
    heard = delayed(left, 320)  # the microphone is near to one loudspeaker
    cleaned, canceller = run(heard, left, right)
    assert level_db(cleaned[-RATE:]) < level_db(heard[-RATE:]) - 20
    assert np.abs(taps(canceller)[1]).max() < 0.03


def test_when_the_right_output_begins_to_differ_what_was_learnt_of_both_is_kept():
    both, own = noise(3, 6, 2)
    heard = delayed(both, 100, 0.2) + delayed(both, 150, 0.1)
    _, canceller = run(heard, both, both)
    right = noise(4, 2)
    left = own[: right.size]
    then = delayed(left, 100, 0.2) + delayed(right, 150, 0.1)
    cleaned, _ = run(then, left, right, canceller=canceller)
    assert level_db(cleaned[: RATE // 2]) < level_db(then[: RATE // 2])  # never worse than no canceller at all
    assert level_db(cleaned[-RATE // 2 :]) < level_db(then[-RATE // 2 :]) - 15
    assert [np.abs(way).argmax() for way in taps(canceller)] == [100, 150]


def test_one_way_becomes_two_halves_where_the_outputs_begin_to_differ():
    both = noise(6, 7)
    heard = delayed(both, 100, 0.3)
    _, canceller = run(heard[: 6 * RATE], both[: 6 * RATE], both[: 6 * RATE])
    whole = taps(canceller)[0].copy()
    rest, differs = both[6 * RATE :][:3200], 1e-5 * noise(7, 1)[:3200]
    run(delayed(rest, 100, 0.3), rest + differs, rest - differs, canceller=canceller)
    for way in taps(canceller):
        assert way[100] == pytest.approx(whole[100] / 2, rel=0.1)


def test_the_two_halves_are_halves_from_the_first_hop_on():
    both, hop = noise(6, 7), 32
    heard = delayed(both, 100, 0.3)
    _, canceller = run(heard[: 6 * RATE], both[: 6 * RATE], both[: 6 * RATE])
    whole = taps(canceller)[0][100]
    halves = []
    for at in range(6 * RATE, 6 * RATE + 20 * hop, hop):
        sound = both[at : at + hop]
        run(heard[at : at + hop], sound + 1e-5, sound - 1e-5, canceller=canceller)
        halves += [way[100] for way in taps(canceller)] if taps(canceller)[1].any() else []
    assert len(halves) >= 20
    np.testing.assert_allclose(halves, whole / 2, rtol=0.05)


@pytest.mark.parametrize("hop", [29, 30, 31, 36])
def test_hops_of_any_length_are_cleaned_to_the_last_sample(hop):
    played = noise(0, 6)
    heard = delayed(played, 333)
    cleaned, _ = run(heard, played, hop=hop)
    rows = (cleaned[: cleaned.size // hop * hop]).reshape(-1, hop)[-RATE // hop :]
    assert max(level_db(column) for column in rows.T) < level_db(heard[-RATE:]) - 20


@pytest.mark.parametrize(("first", "then"), [(300, 340), (340, 300), (80, 700)])
def test_a_loudspeaker_that_is_moved_is_learnt_anew_within_two_seconds(first, then):
    strokes = 3 * np.exp(-np.arange(10 * RATE) % (0.31 * RATE) / (0.05 * RATE))
    played, musician = noise(5, 10, 2) * [strokes, np.full(strokes.size, 0.03)]
    half = played.size // 2
    echo = np.append(delayed(played, first)[:half], delayed(played, then)[half:])
    _, canceller = run((musician + echo)[:half], played[:half])
    before = int(canceller.state["changes"])
    cleaned, _ = run((musician + echo)[half:], played[half:], canceller=canceller)
    assert canceller.state["changes"] > before  # the steady filter alone takes twice as long
    left, settled = cleaned - musician[half:], slice(2 * RATE, 3 * RATE)
    assert level_db(left[settled]) < level_db(echo[half:][settled]) - 20
    assert np.abs(taps(canceller)[0]).argmax() == then


def test_a_musician_who_never_stops_does_not_lead_it_astray():
    played, musician = noise(1, 10, 2)
    echo = delayed(played, 200)
    cleaned, _ = run(musician + echo, played)
    left = cleaned - musician.astype(np.float32)
    assert level_db(left[-RATE:]) < level_db(echo[-RATE:]) - 8


def test_nothing_played_changes_nothing():
    heard = noise(2, 1).astype(np.float32)
    cleaned, _ = run(heard, np.zeros(RATE))
    np.testing.assert_array_equal(cleaned, heard)


@pytest.mark.parametrize("wide", [False, True])
def test_headphones_change_almost_nothing(wide):
    heard, left, right = noise(3, 6, 3)
    cleaned, _ = run(heard, left, right if wide else None)
    taken = cleaned - heard.astype(np.float32)
    assert np.mean(taken**2) < 10**-1.2 * np.mean(heard**2)


@pytest.mark.parametrize("hop", [1, 30, 64])
def test_the_size_of_a_hop_does_not_matter_to_what_is_learnt(hop):
    left, right = noise(4, 2, 2)
    heard = delayed(left, 100) + delayed(right, 50)
    _, canceller = run(heard, left, right, hop)
    _, expected = run(heard, left, right)
    block = int(expected._spectra["block"][0])
    learnt = 1 + (2 * RATE // hop * hop) // block * block
    assert learnt > RATE
    np.testing.assert_allclose(canceller.arrays["target"], expected.arrays["target"], atol=1e-5)


def test_reset_forgets_the_room():
    left, right = noise(5, 1, 2)
    cleaned, canceller = run(left, left, right)
    canceller.reset()
    assert not canceller.arrays["power"].any()  # of no partition anything is known
    fresh = EchoCanceller(RATE)
    for name, array in canceller.arrays.items():
        if name != "scratch":
            np.testing.assert_array_equal(array, fresh.arrays[name], err_msg=name)
    assert level_db(cleaned[-1000:]) < level_db(left[-1000:])


def test_what_either_filter_leaves_is_measured_by_what_is_expected_to_be_left():
    """Where nothing of what was played is heard, that is all."""
    heard, played = noise(3, 4, 2)
    _, canceller = run(heard, played)
    assert 0.7 < canceller.state["steady_error"] < canceller.state["quick_error"] < 1.1
    assert canceller.state["changes"] == 0
