import numpy as np
import pytest
from scipy.signal import hilbert

from livehost.dsp.note_spectrum import SpectrumContract, analyse, stretch, synthesise
from livehost.errors import LivehostError

CONTRACT = SpectrumContract(rate=8000, fft_samples=512, hop_samples=128, bins=256, frames=40)


def tone(hz, partials=4):
    """Partials that fall by 6 dB an octave, float64."""
    t = np.arange(CONTRACT.samples) / CONTRACT.rate
    return sum(0.4 / k * np.sin(2 * np.pi * k * hz * t + k) for k in range(1, partials + 1))


def beside_db(sound, hz, partials=4):
    """Energy of a tone's middle that is not in its partials, against what is, in dB."""
    middle = sound[1024:3072]
    power = np.abs(np.fft.rfft(middle * np.blackman(len(middle)), 8 * len(middle))) ** 2
    found = np.fft.rfftfreq(8 * len(middle), 1 / CONTRACT.rate)
    there = (np.abs(found[:, None] - hz * np.arange(1, partials + 1)) < 15).any(axis=1)
    return 10 * np.log10(power[~there].sum() / power[there].sum())


def test_what_was_analysed_comes_back():
    sound = tone(220.7)
    again = synthesise(*analyse(sound, CONTRACT), CONTRACT)
    inside = slice(CONTRACT.fft_samples, -CONTRACT.fft_samples)  # the ends are broad-band: the floor is heard there
    assert again.shape == sound.shape
    assert 10 * np.log10(np.square(sound[inside]).sum() / np.square((again - sound)[inside]).sum()) > 60


@pytest.mark.parametrize("hz", [440.0, 447.3, 1001.0])
def test_all_bins_of_a_tone_tell_its_frequency_and_level(hz):
    level, turn = analyse(0.5 * tone(hz, 1) / 0.4, CONTRACT)
    middle, nearest = turn[:, 10:30], round(hz / CONTRACT.bin_hz)
    for at in (nearest - 1, nearest, nearest + 1):
        told = (at + CONTRACT.half_turn * middle[at]) * CONTRACT.bin_hz
        np.testing.assert_allclose(told, hz, atol=0.02 * CONTRACT.bin_hz)
    assert level[nearest, 20] == pytest.approx(20 * np.log10(0.5), abs=1.5)  # Hann: 1.4 dB less between two bins


def test_locked_phases_give_a_clean_tone_whatever_they_begin_with():
    level, turn = analyse(tone(220.7), CONTRACT)
    turn[:, 0] = turn[:, 1]
    sound = synthesise(level, turn, CONTRACT, np.random.default_rng(0))
    assert beside_db(sound, 220.7) < -40
    powers = [np.abs(np.sum(s[1024:3072] * np.exp(2j * np.pi * 441.4 * np.arange(2048) / 8000))) ** 2
              for s in (sound, tone(220.7))]  # fmt: skip
    assert powers[0] == pytest.approx(powers[1], rel=0.03)


def test_locking_cleans_turns_that_do_not_agree():
    level, turn = analyse(tone(220.7), CONTRACT)
    rough = turn + np.random.default_rng(1).normal(0, 0.05, (len(turn), 1))  # each bin drifts its own way
    locked, free = synthesise(level, rough, CONTRACT, np.random.default_rng(0)), synthesise(level, rough, CONTRACT)
    assert beside_db(locked, 220.7) < beside_db(free, 220.7) - 6


def test_a_tone_that_moves_from_bin_to_bin_stays_even():
    hz = np.linspace(440, 520, CONTRACT.samples)  # five bins
    turned = 2 * np.pi * np.cumsum(hz) / CONTRACT.rate
    level, turn = analyse(0.5 * np.sin(turned), CONTRACT)
    turn[:, 0] = turn[:, 1]
    sound = synthesise(level, turn, CONTRACT, np.random.default_rng(0))
    middle = slice(2 * CONTRACT.fft_samples, -2 * CONTRACT.fft_samples)
    envelope = np.abs(hilbert(sound))[middle]
    assert 20 * np.log10(envelope.max() / envelope.min()) < 0.1


def test_noise_stays_noise_where_phases_are_locked():
    samples = np.random.default_rng(2).standard_normal(CONTRACT.samples)
    sound = synthesise(*analyse(0.1 * samples, CONTRACT), CONTRACT, np.random.default_rng(0))[512:-512]
    assert np.mean(sound**4) / np.mean(sound**2) ** 2 == pytest.approx(3, abs=0.3)
    assert 0.0055 < np.mean(sound**2) < 0.0105  # a little is lost
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    halves = spectrum[: len(spectrum) // 2].mean(), spectrum[len(spectrum) // 2 :].mean()
    assert halves[0] == pytest.approx(halves[1], rel=0.25)


def test_a_stretched_note_has_its_attack_and_its_pitch():
    level, turn = analyse(tone(330.0) * np.exp(-np.arange(CONTRACT.samples) / 3000), CONTRACT)
    long = stretch(level, 100, 8)
    assert long.shape == (256, 100)
    np.testing.assert_array_equal(long[:, :8], level[:, :8])
    np.testing.assert_allclose(long[:, -1], level[:, -1], atol=1e-5)
    peak = round(330 / CONTRACT.bin_hz)
    assert (np.diff(long[peak, 12:90]) < 0).all()
    turns = stretch(turn, 100, 8)
    sound = synthesise(long, turns, CONTRACT, np.random.default_rng(0))
    assert len(sound) == 100 * CONTRACT.hop_samples
    spectrum = np.abs(np.fft.rfft(sound[4096:8192] * np.hanning(4096), 32_768))
    assert np.argmax(spectrum) * 8000 / 32_768 == pytest.approx(330, abs=0.5)
    np.testing.assert_array_equal(stretch(level, 20, 8), level[:, :20])
    short = level[:, :6]  # shorter than its attack would be: its last two frames are stretched
    drawn, ends = stretch(short, 20, 8), np.sort(short[:, 4:], axis=1)
    np.testing.assert_array_equal(drawn[:, :5], short[:, :5])
    np.testing.assert_allclose(drawn[:, -1], short[:, -1], atol=1e-5)
    assert (drawn[:, 4:] >= ends[:, :1] - 1e-4).all()
    assert (drawn[:, 4:] <= ends[:, 1:] + 1e-4).all()
    silent = np.full((256, 40), CONTRACT.floor_db, np.float32)
    for frames in range(41, 400, 7):
        assert (stretch(silent, frames, 8) == CONTRACT.floor_db).all()  # not one frame is heard


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hop_samples": 256}, "an even hop of at most a quarter of it, not 512 and 256 samples"),
        ({"bins": 400}, "A transform of 512 samples has no 400 bins to keep"),
        ({"rate": 3}, "cannot have rate of 3"),
        ({"floor_db": float("nan")}, "cannot have floor db of nan"),
    ],
)
def test_what_nothing_could_be_analysed_with_is_refused(wrong, said):
    with pytest.raises(LivehostError, match=said):
        SpectrumContract.from_table(CONTRACT.to_table() | wrong)
