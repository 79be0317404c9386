"""Voices to the number: interpolation, envelopes, sides, who gives way, and that a mix is the sum of its voices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livehost import events
from livehost.engine.voices import RESERVE
from tests.engine.conftest import Rig, ragged

D = 1  # frames of look-ahead at 1,000 Hz


def ramps(frames):
    """Stereo whose sides cannot be taken for one another; Catmull-Rom interpolates straight lines exactly."""
    return np.stack([frames / 100, 0.5 - frames / 200], 1)


@pytest.mark.parametrize("offset", [0, 10])
@pytest.mark.parametrize("rate", [0.5, 0.75, 1.5, 2.0])
def test_a_resampled_sound_keeps_its_sides(rig, rate, offset):
    rig.put(1, ramps(np.arange(60)))
    rig.voice(0, 1, rate=rate, offset=offset, fade_out=1)
    out = rig.run(ragged(200))[D:]
    length = int((60 - offset) / rate)
    position = offset + np.arange(length) * rate
    inside = (position >= 1) & (position < 58)  # there are neighbours to interpolate with
    np.testing.assert_allclose(out[:length][inside], ramps(position)[inside], atol=1e-6)
    assert not out[length:].any()
    assert [(e["frame"], e["ending"]) for e in rig.events("end")] == [(length, "played out")]


@pytest.mark.parametrize("rate", [1.0, 0.5, 2.0])
@pytest.mark.parametrize(
    ("pan", "left", "right"), [(-1, 1, 0), (-0.5, 1, 0.5), (0, 1, 1), (0.5, 0.5, 1), (1, 0, 1), (9, 0, 1), (-9, 1, 0)]
)
def test_pan_takes_from_the_other_side_alone(rig, pan, left, right, rate):
    rig.voice(0, 1, offset=100, pan=pan, rate=rate, gain_db=20 * np.log10(0.5), fade_in=5, fade_out=1)
    out = rig.run([60])[D:]
    gain = np.minimum((np.arange(59) + 1) / 6, 1)[:, None]
    np.testing.assert_allclose(out, 0.25 * gain * [[left, right]], atol=1e-6)


@pytest.mark.parametrize("rate", [1.0, 0.5])
@pytest.mark.parametrize(
    ("fade_in", "fade_out", "gains"),
    [
        (3, 4, [0.25, 0.5, 0.75, 1, 1, 1, 0.8, 0.6, 0.4, 0.2]),
        (0, 1, [1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]),
        (1, 99, [0.5 * 10 / 11, *(np.arange(9, 0, -1) / 11)]),  # no longer than the voice itself
        (9, 1, [*(np.arange(1, 10) / 10), 0.5]),
    ],
)
def test_the_envelope_to_the_frame(rig, rate, fade_in, fade_out, gains):
    rig.put(1, np.tile([[0.5, -0.25]], (100, 1)))
    rig.voice(0, 1, offset=20, frames=10, rate=rate, fade_in=fade_in, fade_out=fade_out)
    out = rig.run([3, 1, 10])[D:]
    expected = np.zeros((13, 2))
    expected[:10] = np.array(gains)[:, None] * [[0.5, -0.25]]
    np.testing.assert_allclose(out, expected, atol=1e-6)


def test_an_offset_at_the_end_plays_nothing_and_one_before_the_beginning_all(rig):
    for offset in (50, 51, 10**12):
        rig.voice(0, 2, offset=offset, rate=0.5, decision=1)
    rig.voice(0, 2, offset=49, decision=2, fade_out=1)
    rig.voice(0, 2, offset=-7, decision=3)
    rig.voice(0, 2, frames=999, decision=4)
    rig.run([64])
    assert [(e["decision"], e["frames"]) for e in rig.events("sample")] == [(2, 1), (3, 50), (4, 50)]


@pytest.mark.parametrize("rate", [0.0, -2.0])
def test_a_rate_that_is_none_is_the_sound_as_it_is(rig, rate):
    rig.voice(0, 2, rate=rate, fade_out=1)
    out = rig.run([64])[D:]
    np.testing.assert_allclose(out[:49], [[0.25, -0.25]] * 49, atol=1e-6)
    assert [(e["rate"], e["frames"]) for e in rig.events("sample")] == [(1.0, 50)]


@pytest.mark.parametrize(
    ("fade", "end", "how"),
    [
        (10, 355, "faded"),  # at half its height it takes half as long
        (60, 400, "played out"),  # its own end is nearer
    ],
)
def test_a_voice_that_fades_already_goes_on_from_where_it_stands(rig, fade, end, how):
    rig.voice(0, 1, fade_out=100, decision=1)
    rig.control("stop", 350, decision=1, fade=fade)
    out = rig.run(ragged(450))[D:, 0]
    assert [(e["frame"], e["ending"]) for e in rig.events("end")] == [(end, how)]
    assert out[end - 1] > 0
    assert not out[end:].any()
    steps = np.diff(out[300 : end + 1])
    assert (steps < 0).all()
    assert np.abs(steps).max() < 0.5 / 9


def test_a_fade_that_ends_with_the_voice_changes_nothing(rig):
    rig.voice(0, 1, fade_out=1, decision=1)
    rig.control("stop", 350, decision=1, fade=50)
    out = rig.run([450])[D:, 0]
    assert (out[:399] == 0.5).all()
    assert [(e["frame"], e["ending"]) for e in rig.events("end")] == [(400, "played out")]


@pytest.mark.parametrize(
    ("first", "second", "gone"),
    [
        ({"gain_db": -14.0}, {}, 0),  # 0.4 against 0.5, though the sound itself is four times as loud
        ({"gain_db": -10.0}, {}, 1),
        ({"pan": 1.0, "gain_db": -7.0}, {}, 0),  # on one side alone
        ({"pan": -1.0, "gain_db": -7.0}, {}, 0),
        ({}, {"fade_in": 100}, 1),
        ({}, {"offset": 335}, 1),  # only one frame more
    ],
)
def test_the_quietest_is_who_sounds_least_just_now(first, second, gone):
    rig = Rig(engine__voices=2, engine__fade_out_ms=5.0)
    rig.put(1, np.where(np.arange(400) < 340, 0.5, 0))
    rig.voice(0, 3, decision=0, **first)
    rig.voice(4, 1, decision=1, **second)
    rig.voice(8, 0, decision=2)
    rig.run([64])
    assert [(e["decision"], e["ending"], e["frame"]) for e in rig.events("end")] == [(gone, "stolen", 13)]


def test_who_fades_already_counts_no_more_and_is_not_taken_again():
    rig = Rig(engine__voices=2, engine__fade_out_ms=20.0)
    for decision, frame in ((0, 0), (1, 1)):
        rig.voice(frame, 1, decision=decision, gain_db=-6.0 * decision)
    rig.control("stop", 10, decision=1, fade=50)
    rig.voice(20, 1, decision=2)  # there is room
    rig.voice(30, 1, decision=3, gain_db=-1.0)
    rig.run([64, 64])
    assert [(e["decision"], e["ending"], e["frame"]) for e in rig.events("end")] == [
        (0, "stolen", 50), (1, "faded", 60),
    ]  # fmt: skip


def test_a_choked_voice_leaves_its_place():
    rig = Rig(engine__voices=2, engine__fade_out_ms=20.0)
    rig.voice(0, 1, decision=0, choke=3)
    rig.voice(0, 1, decision=1, choke=4)
    rig.voice(10, 1, decision=2, choke=3)
    rig.voice(11, 1, decision=3, choke=0)
    rig.voice(12, 1, decision=4, choke=0)  # 0 is no group
    rig.run([64])
    assert [(e["decision"], e["ending"], e["frame"]) for e in rig.events("end")] == [
        (0, "choked", 30), (1, "stolen", 31), (2, "stolen", 32),
    ]  # fmt: skip


def test_where_no_slot_is_free_the_voice_nearest_to_its_end_gives_way_at_once():
    rig = Rig(engine__voices=1, engine__fade_out_ms=1000.0)
    for k in range(1 + RESERVE):
        rig.voice(0, 1, decision=k, frames=70 if k == 7 else 100 + k)
    rig.voice(40, 1, decision=99)
    rig.run([64])
    started = {e["decision"]: e["voice"] for e in rig.events("sample")}
    assert started[99] == started[7] == 7
    rig = Rig(engine__voices=1, engine__fade_out_ms=1000.0)
    for k in range(2 + RESERVE):
        rig.voice(k, 1, decision=k, frames=70 if k == 7 else 100 + k)
    rig.run([64])
    assert [(e["decision"], e["ending"], e["frame"]) for e in rig.events("end")] == [(7, "stolen", 33)]


# -- a gain that changes

SWELL = 5  # frames at 1,000 Hz


def louder(rig, frame, **fields):
    """Send another gain as the worker does, behind the voices that it is for."""
    assert rig.engine.commands.push(events.new("voice_gain", frame, **fields))


def swelled(changes, total=120, **voice):
    """The gain of a voice frame by frame, with changes of its gain in dB at frames."""
    gain, target, until, step = 1.0, 1.0, -1, 0.0
    out = []
    for frame in range(total):
        for at, db in changes:
            if at == frame:
                target = target * 10 ** (db / 20)
                until, step = frame + SWELL, (target - gain) / SWELL
        out.append(gain)
        gain = gain + step if frame + 1 < until else target
    return np.array(out)


@pytest.mark.parametrize("rate", [1.0, 0.5])
@pytest.mark.parametrize("changes", [[(20, 6.0)], [(20, -40.0)], [(20, 6.0), (60, -12.0)], [(20, 6.0), (22, -12.0)]])
def test_a_gain_changes_in_5_ms_to_the_frame(rig, rate, changes):
    rig.put(1, np.full(400, 0.1))
    rig.voice(0, 1, rate=rate, offset=20, fade_out=1, onset_frame=7, part=0)
    for frame, gain_db in changes:
        louder(rig, frame, part=0, onset_frame=7, gain_db=gain_db)
    out = rig.run([120])[D:, 0]
    np.testing.assert_allclose(out, 0.1 * swelled(changes)[: len(out)], rtol=2e-5)


@pytest.mark.parametrize("seed", range(4))
def test_a_gain_changes_alike_however_its_blocks_are_cut(seed):
    def render(lengths):
        rig = Rig(engine__lookahead_ms=1.0, master__ceiling_db=0.0)
        rig.put(1, np.tile([[0.1, -0.2]], (200, 1)))
        rig.voice(3, 1, fade_in=12, fade_out=30, frames=150, onset_frame=7)
        rig.voice(30, 0, rate=0.7, fade_in=4, onset_frame=7)
        for frame, gain_db in ((8, 5.0), (10, -9.0), (60, 7.0), (130, -20.0), (152, 20.0)):
            louder(rig, frame, onset_frame=7, gain_db=gain_db)
        return rig.run(lengths)

    np.testing.assert_array_equal(render(ragged(220, seed)), render([220]))
    np.testing.assert_array_equal(render(ragged(220, seed, longest=4)), render([220]))


def test_a_gain_is_for_the_voices_that_answer_an_onset_of_a_part(rig):
    rig.engine.use_bank(rig.block, rig.items, 1)
    rig.put(1, np.full(400, 0.1))
    for part, onset in ((0, 7), (0, 8), (1, 7)):
        rig.voice(0, 1, onset_frame=onset, part=part, pan=-1.0 if (part, onset) == (0, 7) else 1.0)
    louder(rig, 10, part=0, onset_frame=7, gain_db=-6.0)
    out = rig.run([40])[D:]
    np.testing.assert_allclose(out[20:, 0], 0.1 * 10 ** (-6 / 20), rtol=1e-5)
    np.testing.assert_allclose(out[20:, 1], 0.2, rtol=1e-5)


def test_a_gain_comes_on_top_of_what_a_voice_has_and_is_kept_when_it_fades(rig):
    rig.put(1, np.full(400, 0.1))
    rig.voice(0, 1, gain_db=-6.0, onset_frame=7, decision=3)
    louder(rig, 10, onset_frame=7, gain_db=-6.0)
    rig.control("stop", 50, decision=3, fade=9)
    out = rig.run([80])[D:, 0]
    gain = 0.1 * 10 ** (-12 / 20)
    np.testing.assert_allclose(out[20:50], gain, rtol=1e-5)
    np.testing.assert_allclose(out[50:59], gain * np.arange(9, 0, -1) / 10, rtol=1e-5)
    assert not out[60:].any()


def test_a_gain_at_the_frame_where_a_voice_starts_is_its_own_and_one_before_is_none(rig):
    rig.put(1, np.full(400, 0.1))
    rig.voice(20, 1, onset_frame=7)
    louder(rig, 19, onset_frame=7, gain_db=20.0)
    louder(rig, 20, onset_frame=7, gain_db=-6.0)
    out = rig.run([80])[D:, 0]
    assert not out[:20].any()
    np.testing.assert_allclose(out[20:26], 0.1 * swelled([(0, -6.0)])[:6], rtol=2e-5)
    np.testing.assert_allclose(out[26:], 0.1 * 10 ** (-6 / 20), rtol=1e-5)


def test_the_quietest_voice_is_found_by_the_gain_that_it_has_now():
    rig = Rig(engine__voices=2, engine__fade_out_ms=5.0)
    rig.voice(0, 1, decision=0, onset_frame=7)
    rig.voice(1, 1, decision=1, gain_db=-3.0, onset_frame=8)
    louder(rig, 10, onset_frame=7, gain_db=-12.0)
    rig.voice(30, 0, decision=2)
    rig.run([64])
    assert [(e["decision"], e["ending"]) for e in rig.events("end")] == [(0, "stolen")]


VOICE = st.fixed_dictionaries(
    {
        "frame": st.integers(0, 60), "index": st.integers(0, 2), "rate": st.sampled_from([1.0, 0.6, 1.7]),
        "gain_db": st.sampled_from([0.0, -6.0, -20.0]), "pan": st.sampled_from([-1.0, -0.3, 0.0, 1.0]),
        "offset": st.integers(0, 20), "frames": st.integers(0, 90), "fade_in": st.integers(0, 20),
        "fade_out": st.integers(1, 30),
    }
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(voices=st.lists(VOICE, min_size=2, max_size=8), cut=st.integers(0, 8), seed=st.integers(0, 99))
def test_a_mix_is_the_sum_of_its_voices_whenever_they_are_cut_into_blocks(voices, cut, seed):
    def render(some):
        rig = Rig(master__limiter=False)
        for voice in some:
            rig.voice(**voice)
        return rig.run(ragged(200, seed))

    np.testing.assert_allclose(render(voices), render(voices[:cut]) + render(voices[cut:]), atol=2e-6)
    louder = [{**voice, "gain_db": voice["gain_db"] + 20 * np.log10(2)} for voice in voices]
    np.testing.assert_allclose(render(louder), 2 * render(voices), atol=4e-6)
