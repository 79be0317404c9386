import numpy as np
import pytest

from livehost.dsp.onset import echo
from livehost.dsp.onset.bands import BANDS, LANES, OUTPUTS
from livehost.dsp.onset.detector import ONSET_IO, OnsetDetector, detect, onset_step
from livehost.dsp.onset.rise import RING
from livehost.rt.native import run2
from livehost.synthesis.feedback_room import Rehearsal, compare, impulse_response, rehearse
from livehost.synthesis.takes import blip, kick, make_take, pluck, snare, tom
from tests.kernels import by_hand

RATE = 48_000
BANKS = {
    "percussive": [maker(np.random.default_rng(seed), RATE) for seed, maker in enumerate((kick, snare, tom, snare))],
    "tonal": [maker(np.random.default_rng(seed), RATE) for seed, maker in enumerate((pluck, blip, pluck, pluck))],
}


def rehearsals(bank, delay_ms, kinds=("drums", "mixed"), machine_db=0.0, t60_ms=0.0, **settings):
    """Own and lost voices over several takes."""
    results = []
    for kind in kinds:
        take, truth = make_take(7, RATE, 8, kind, level_db=-8, noise_db=-70)
        alone = detect(take, RATE)["frame"]
        room = impulse_response(RATE, delay_ms, -12, t60_ms)
        found, _ = rehearse(take, RATE, BANKS[bank], room, machine_db=machine_db, **settings)
        results.append(compare(found["frame"], alone, truth, RATE))
    return results


def share(results: list[Rehearsal]) -> tuple[float, float]:
    own = sum(r.own * r.voices for r in results) / sum(r.voices for r in results)
    lost = sum(r.lost * r.heard_alone for r in results) / sum(r.heard_alone for r in results)
    return own, lost


@pytest.mark.parametrize("delay_ms", [5, 10, 20, 40])
@pytest.mark.parametrize("bank", BANKS)
def test_it_does_not_answer_itself(bank, delay_ms):
    own, lost = share(rehearsals(bank, delay_ms))
    assert own <= 0.05
    assert lost <= 0.10


def test_nor_in_a_room_with_a_tail():
    own, lost = share(rehearsals("percussive", 12, t60_ms=250))
    assert own <= 0.05
    assert lost <= 0.10


def test_a_musician_who_plays_softer_than_the_machine_is_still_heard():
    own, lost = share([r for bank in BANKS for r in rehearsals(bank, 20, machine_db=8)])
    assert own <= 0.05
    assert lost <= 0.10


def test_without_masking_it_does_answer_itself():
    own, _ = share(rehearsals("percussive", 20, kinds=("drums",), room_max_ms=0.0, refractory_ms=15))
    assert own > 0.2


def test_headphones_cost_few_onsets():
    take, truth = make_take(9, RATE, 10, "mixed", level_db=-8, noise_db=-70)
    found, _ = rehearse(take, RATE, BANKS["percussive"], None)
    assert compare(found["frame"], detect(take, RATE)["frame"], truth, RATE).lost <= 0.05


def play(events, delay_ms, gain_db, frames=2 * RATE, output=0, **settings):
    """Step over what one output plays and its echo: [(frame, what the step returned)], and the detector."""
    sound, played = BANKS["percussive"][1], np.zeros(frames, np.float32)
    for frame in events:
        played[frame : frame + sound.size] += 0.5 * sound[: frames - frame]
    delay = int(delay_ms * RATE / 1000)
    heard = np.zeros_like(played)
    heard[delay:] = np.float32(10 ** (gain_db / 20)) * played[: frames - delay]
    detector, io = OnsetDetector(RATE, **settings), np.zeros(1, ONSET_IO)
    step, told, silence = run2(onset_step), [], np.zeros_like(played)
    sides = (played, silence) if output == 0 else (silence, played)
    for frame in range(0, frames, 32):
        io[0] = (*(a.ctypes.data + 4 * frame for a in (heard, *sides)), frame, 0, 0, 0)
        result = step(detector.address, io.ctypes.data)
        if result:
            told.append((int(io["onset_frame"][0]) - delay, result, float(io["level_db"][0])))
    return told, detector


def test_an_echo_is_told_as_one():
    told, _ = play([RATE // 2], 15, -12, room_cancel=0.0)
    assert [(result, abs(frame - RATE // 2) < 50) for frame, result, _ in told] == [(2, True)]
    assert told[0][2] == pytest.approx(-28, abs=8)


def test_what_is_louder_than_any_echo_expected_is_an_onset():
    told, _ = play([RATE // 2], 15, 3, room_cancel=0.0, room_margin_db=3.0)
    assert [result for _, result, _ in told].count(1) == 1


@pytest.mark.parametrize("output", [0, 1])
def test_the_coupling_of_an_output_is_learnt_at_its_delay_and_falls_elsewhere(output):
    events = range(RATE // 4, 7 * RATE, RATE // 4)
    _, detector = play(events, 20, -12, frames=7 * RATE, output=output, room_cancel=0.0)
    of_all = detector.coupling.reshape(OUTPUTS, -1, BANDS)
    coupling = of_all[output]
    np.testing.assert_array_equal(of_all[1 - output], of_all[1 - output, 0, 0])  # of the other nothing was learnt
    delay = round(20 / detector.state["tick_ms"])
    middle = slice(4, 12)
    direct = 10 * np.log10(coupling[delay, middle])
    assert np.abs(direct + 12).max() < 4
    assert 10 * np.log10(coupling[delay - 8, middle]).max() < -20


def test_in_a_silent_room_the_coupling_falls_until_nothing_is_masked():
    events = range(RATE // 4, 5 * RATE, RATE // 4)
    _, detector = play(events, 20, -120, frames=5 * RATE)
    assert 10 * np.log10(detector.coupling.reshape(-1, BANDS)[10:80, 4:12].max()) < -50


learn, follow_leak = by_hand(echo.learn), by_hand(echo.follow_leak)
START, FIRST, LAST, BAND = 510, 2, 6, 3  # the ring of ticks goes round in between


def couplings(energy, rise, output, heard=0.0, new=0.0):
    """Couplings of a band at all delays after one attack of an output, from 1 on."""
    energies, rises = np.zeros((2, RING, LANES), np.float32)
    lane = (1 + output) * BANDS + BAND
    energies[(START + 1) % RING, lane], rises[(START + 2) % RING, lane] = energy, rise
    energies[(START + 4) % RING, BAND], rises[(START + 4) % RING, BAND] = heard, new
    coupling = np.ones(OUTPUTS * echo.DELAYS * BANDS, np.float32)
    learn(coupling, energies.ravel(), rises.ravel(), START, FIRST, LAST, 1.0)
    table = coupling.reshape(OUTPUTS, echo.DELAYS, BANDS)
    others = np.delete(table, BAND, axis=2)
    assert (others == 1).all()
    assert (table[1 - output] == 1).all()
    return table[output, :, BAND]


@pytest.mark.parametrize("output", [0, 1])
@pytest.mark.parametrize(
    ("energy", "rise", "falls"),
    [
        (6.0, 5.01, True),  # energy is six times its reference
        (6.0, 4.99, False),
        (6.0, 6.0, True),
        (1e-10, 1e-10, False),  # as good as silent
        (2e-9, 2e-9, True),
        (0.0, 0.0, False),
    ],
)
def test_only_an_attack_of_ours_teaches_the_coupling(energy, rise, falls, output):
    found = couplings(energy, rise, output)
    np.testing.assert_allclose(found[FIRST:LAST], 0.4 if falls else 1.0, rtol=1e-6)
    assert (found[:FIRST] == 1).all()
    assert (found[LAST:] == 1).all()


@pytest.mark.parametrize("output", [0, 1])
def test_a_coupling_falls_no_lower_than_what_was_heard(output):
    found = couplings(2.0, 2.0, output, heard=1.2)
    np.testing.assert_allclose(found[FIRST:LAST], [0.6, 0.6, 0.6, 0.6], rtol=1e-6)


@pytest.mark.parametrize("step", [40, RING, RING + 3])
def test_due_is_the_loudest_of_ours_between_the_first_and_the_last_delay(step):
    first, last = 2, 5
    for output in range(OUTPUTS):
        for back in range(8):
            energy, due = np.zeros((RING, LANES), np.float32), np.full(BANDS, 9, np.float32)
            energy[(step - back) % RING, (1 + output) * BANDS + BAND] = 0.5
            follow_leak(np.ones(BANDS, np.float32), due, energy.ravel(), step, first, last)
            assert due.tolist() == [0.5 * (band == BAND and first <= back <= last) for band in range(BANDS)]


@pytest.mark.parametrize(("heard", "settles"), [(100.0, 1.0), (0.0, 1e-9), (0.01, 0.01)])
def test_a_leak_moves_to_what_is_heard_of_what_is_due_and_no_further_than_all_or_nothing(heard, settles):
    energy, leak, due = (
        np.zeros((RING, LANES), np.float32),
        np.full(BANDS, echo.LEAK, np.float32),
        np.zeros(BANDS, "f4"),
    )
    energy[:, BANDS : 2 * BANDS], energy[:, :BANDS] = 1.0, heard
    for step in range(3000):
        follow_leak(leak, due, energy.ravel(), step, 0, 1)
    np.testing.assert_allclose(leak, settles, rtol=0.05)


def test_where_nothing_of_ours_is_due_the_leak_stays():
    energy, leak = np.ones((RING, LANES), np.float32), np.full(BANDS, echo.LEAK, np.float32)
    energy[:, BANDS:] = 0
    follow_leak(leak, np.zeros(BANDS, np.float32), energy.ravel(), 7, 0, 1)
    assert (leak == np.float32(echo.LEAK)).all()
