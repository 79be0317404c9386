"""Strips: the gain, the place and the mute of a voice, on whatever it plays."""

import numpy as np
import pytest

from livehost.settings import VOICES, Settings, voice_key
from tests.engine.conftest import Rig, ragged

D = 1  # frames of look-ahead at 1,000 Hz


def strip(rig, voice, **values):
    for field, value in values.items():
        rig.engine.strips.set(voice, field, value)


@pytest.mark.parametrize(
    ("values", "left", "right"),
    [
        ({}, 1.0, 1.0),
        ({"gain_db": -20.0}, 0.1, 0.1),
        ({"gain_db": 6.0, "pan": 0.0}, 10 ** (6 / 20), 10 ** (6 / 20)),
        ({"pan": -1.0}, 1.0, 0.0),
        ({"pan": 0.25}, 0.75, 1.0),
        ({"mute": True}, 0.0, 0.0),
        ({"gain_db": 12.0, "pan": 1.0, "mute": True}, 0.0, 0.0),
    ],
)
def test_a_voice_begins_with_the_gain_and_the_place_of_its_strip(rig, values, left, right):
    strip(rig, 0, **values)
    rig.put(1, np.full(400, 0.125))
    rig.voice(10, 1, fade_out=1)
    out = rig.run([64] * 3)
    np.testing.assert_allclose(out[10 + D : 190, 0], 0.125 * left, atol=1e-7)
    np.testing.assert_allclose(out[10 + D : 190, 1], 0.125 * right, atol=1e-7)


def test_a_strip_is_of_its_own_voice_alone(rig):
    strip(rig, 1, mute=True)
    rig.put(1, np.full(400, 0.25))
    rig.put(2, np.full(50, 0.125))
    rig.voice(0, 1)
    rig.voice(0, 2)
    out = rig.run([40])
    assert [e["voice"] for e in rig.events("sample")] == [0, 1]
    np.testing.assert_allclose(out[D:, 0], 0.25, atol=1e-7)


def test_a_change_is_heard_from_the_next_block_on_and_glides(rig):
    rig.put(1, np.full(400, 0.5))
    rig.voice(0, 1, fade_out=1)
    before = rig.run([50])
    strip(rig, 0, gain_db=-20)
    out = rig.run([50] * 4)[:, 0]
    np.testing.assert_allclose(before[D:, 0], 0.5, atol=1e-7)
    assert out[D] < 0.47  # the first frame of the next block, behind the limiter's look-ahead
    steps = np.abs(np.diff(out))
    assert steps.max() < 0.1  # of 0.45 altogether
    assert (np.diff(out) <= 1e-7).all()
    np.testing.assert_allclose(out[100:], 0.05, rtol=1e-5)


def test_a_strip_at_its_default_leaves_every_bit_as_it_is_also_when_it_comes_back_to_it(rig):
    other = Rig(engine__lookahead_ms=1.0, master__ceiling_db=0.0)
    noise = np.random.default_rng(1).uniform(-0.4, 0.4, 400)
    for made in (rig, other):
        made.put(1, noise)
        made.voice(0, 1)
    plain = rig.run([50] * 8)
    other.run([50])
    strip(other, 0, gain_db=-40)
    other.run([10])
    strip(other, 0, gain_db=0)
    back = other.run([40, *[50] * 6])
    np.testing.assert_array_equal(back[-150:], plain[-150:])
    assert (back[:20] != plain[60:80]).any()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_render_does_not_depend_on_how_it_is_cut_into_blocks(seed):
    renders = []
    for cut in (lambda length: [length], lambda length: ragged(length, seed)):
        rig = Rig()
        for k in range(12):
            rig.voice(20 + 31 * k, k % 4, rate=1.0 + 0.1 * (k % 3), decision=k, fade_in=5)
        out = [rig.run(cut(150))]
        strip(rig, 1, gain_db=-12, pan=0.5)
        out.append(rig.run(cut(150)))
        strip(rig, 0, mute=True)
        strip(rig, 1, gain_db=0, pan=0)
        out.append(rig.run(cut(300)))
        renders.append(np.concatenate(out))
    np.testing.assert_array_equal(*renders)


def test_a_session_may_begin_with_strips_that_are_set():
    rig = Rig(**{voice_key(0, "mute").replace(".", "__"): True})
    rig.voice(0, 1)
    assert not rig.run([64]).any()


def test_voices_beyond_the_last_strip_play_as_they_are(rig):
    for voice in range(VOICES):
        strip(rig, voice, mute=True)
    rig.put(1, np.full(400, 2.0**-8))
    for _ in range(VOICES + 2):
        rig.voice(0, 1)
    np.testing.assert_allclose(rig.run([32])[D:, 0], 2 * 2.0**-8, atol=1e-7)


def test_every_voice_has_the_same_settings():
    values = Settings()
    for voice in range(VOICES):
        assert [values[voice_key(voice, name)] for name in ("gain_db", "pan", "mute")] == [0.0, 0.0, False]
