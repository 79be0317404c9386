import numpy as np
import pytest

from livehost.dsp.onset.bands import BANDS, OUTPUTS
from livehost.dsp.onset.detector import ONSET_IO, OnsetDetector, detect, onset_step
from livehost.rt.native import run2
from livehost.synthesis.feedback_room import Rehearsal, compare, impulse_response, rehearse
from livehost.synthesis.takes import blip, kick, make_take, pluck, snare, tom

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
