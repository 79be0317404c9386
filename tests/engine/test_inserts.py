"""Effects in the callback: on the voice bus and on the master, in place, in order, with their latency accounted for."""

import numpy as np
import pytest

from livehost.engine.inserts import MAX_INSERTS, Insert, InsertChain, insert_entry
from livehost.engine.state import EngineState
from livehost.errors import LivehostError
from livehost.rt.memory import zeros
from livehost.rt.native import f32, f64, record_at
from livehost.settings import Settings
from tests.engine.conftest import Rig, ragged

DELAY = np.dtype([("line", "i8"), ("frames", "i8"), ("at", "i8")], align=True)
#: What a session without an effect costs, frames at 1,000 Hz.
LOOKAHEAD = 1


@insert_entry
def nothing(state, left, right, frames):
    """Leave the sound as it is."""
    return 0


@insert_entry
def gain(state, left, right, frames):
    """Multiply left by the first number at the state, right by the second."""
    factor, a, b = f64(state, 2), f32(left, frames), f32(right, frames)
    for i in range(frames):
        a[i] *= np.float32(factor[0])
        b[i] *= np.float32(factor[1])
    return 0


@insert_entry
def offset(state, left, right, frames):
    """Add the number at the state."""
    a, b = f32(left, frames), f32(right, frames)
    for i in range(frames):
        a[i] += np.float32(f64(state, 1)[0])
        b[i] += np.float32(f64(state, 1)[0])
    return 0


@insert_entry
def delay(state, left, right, frames):
    """Delay both sides by as many frames as the line is long."""
    s = record_at(state, DELAY)
    line, a, b = f32(s.line, 2 * s.frames), f32(left, frames), f32(right, frames)
    for i in range(frames):
        k = (s.at + i) % s.frames
        line[2 * k], a[i] = a[i], line[2 * k]
        line[2 * k + 1], b[i] = b[i], line[2 * k + 1]
    s.at += frames
    return 0


@pytest.fixture
def made():
    """Makes effects, and keeps what they point to."""
    kept = []

    class Make:
        def gain(self, left, right=None):
            kept.append(np.array([left, left if right is None else right]))
            return Insert(gain.address, kept[-1].ctypes.data)

        def offset(self, value):
            kept.append(np.array([value]))
            return Insert(offset.address, kept[-1].ctypes.data)

        def delay(self, frames):
            line, state = zeros(2 * frames, np.float32), zeros(1, DELAY)
            state["line"], state["frames"] = line.ctypes.data, frames
            kept.extend((line, state))
            return Insert(delay.address, state.ctypes.data, frames)

    return Make()


def render(*, bus=(), master=(), cut=None, voices=((10, 1), (37, 0), (60, 2)), heard=None, **settings):
    """Render 640 frames with some voices; sound, events in order, and the rig."""
    rig = Rig(bus=bus, master=master, **{"engine__lookahead_ms": 1.0, "master__ceiling_db": 0.0, **settings})
    for frame, item in voices:
        rig.voice(frame, item, decision=item, gain_db=-6.0)
    out = rig.run(cut or [64] * 10, heard)
    return out, sorted(rig.events(), key=repr), rig


HEARD = np.random.default_rng(0).uniform(-0.2, 0.2, 640).astype(np.float32)
NULL = Insert(nothing.address)


@pytest.mark.parametrize("cut", [None, ragged(640), ragged(640, 1, 7)])
@pytest.mark.parametrize("chains", [{"bus": [NULL]}, {"master": [NULL]}, {"bus": [NULL] * 8, "master": [NULL] * 8}])
def test_an_effect_that_does_nothing_leaves_every_byte_as_it_is(chains, cut):
    plain, told, _ = render(heard=HEARD, input__monitor=True, master__gain_db=-2.0)
    out, events, _ = render(heard=HEARD, input__monitor=True, master__gain_db=-2.0, cut=cut, **chains)
    assert out.tobytes() == plain.tobytes()
    assert events == told
    assert 0.3 < np.abs(out).max() < 1


@pytest.mark.parametrize("factors", [(1e9, 1.0), (-1e9, 1.0), (1.0, 1e9), (1.0, -1e9), (np.nan, 1.0), (1.0, np.inf)])
def test_what_an_effect_makes_beyond_all_bounds_is_silent_on_both_sides_and_counted(made, factors):
    out, _, rig = render(bus=[made.gain(*factors)], voices=((10, 1),))
    assert not out.any()
    assert rig.engine["not_finite"] > 300


def test_a_limiter_that_works_sees_the_floats_that_a_plugin_gives():
    """What an effect on the master gets and gives has 32 bits, and the gain of the limiter is made of that."""
    loud = {"voices": ((10, 3), (37, 3)), "master__gain_db": 5.0, "master__ceiling_db": -3.0}
    plain, _, _ = render(**loud)
    on_bus, _, _ = render(bus=[NULL], **loud)
    on_master, _, _ = render(master=[NULL], **loud)
    assert on_bus.tobytes() == plain.tobytes()
    np.testing.assert_allclose(on_master, plain, rtol=2**-22, atol=0)
    assert np.abs(plain).max() < 0.71


@pytest.mark.parametrize("place", ["bus", "master"])
def test_a_gain_is_exact_in_floats(made, place):
    plain, told, _ = render()
    out, events, _ = render(**{place: [made.gain(0.5, -0.25)]})
    np.testing.assert_array_equal(out, plain * np.array([0.5, -0.25], np.float32))
    assert [e for e in events if e["kind"] != "meter"] == [e for e in told if e["kind"] != "meter"]
    assert out[:, 0].max() > 0.1


def test_the_bus_stands_before_the_gains_and_the_master_behind_them(made):
    quiet = {"master__gain_db": 20 * np.log10(0.5)}
    for place, level in (("bus", 0.25 * 0.5), ("master", 0.25)):
        out, _, _ = render(**{place: [made.offset(0.25)]}, voices=(), **quiet)
        np.testing.assert_allclose(out[LOOKAHEAD:], level, rtol=1e-6)
        assert not out[:LOOKAHEAD].any()
    muted, _, _ = render(master=[made.offset(0.25)], voices=(), heard=HEARD, master__mute=True, input__monitor=True)
    np.testing.assert_allclose(muted[100:], 0.25, rtol=1e-6)  # an effect that hums by itself


def test_effects_follow_one_another_in_their_order(made):
    for place in ("bus", "master"):
        for chain, level in (
            ((made.offset(0.25), made.gain(0.5)), 0.125),
            ((made.gain(0.5), made.offset(0.25)), 0.25),
            ((made.offset(0.5), made.gain(0.5), made.offset(-0.125), made.gain(2.0)), 0.25),
        ):
            out, _, _ = render(**{place: chain}, voices=())
            np.testing.assert_array_equal(out[LOOKAHEAD:], np.float32(level))


@pytest.mark.parametrize("cut", [None, ragged(640, 2)])
@pytest.mark.parametrize(("bus", "master"), [(5, 0), (0, 7), (5, 7), (64, 0), (3, 61), (200, 100)])
def test_the_dry_monitor_waits_for_the_effects(made, bus, master, cut):
    """What is played and what passes through are as far apart as without effects, to the frame."""
    plain, _, _ = render(heard=HEARD, input__monitor=True)
    chains = {place: [made.delay(n)] for place, n in (("bus", bus), ("master", master)) if n}
    out, told, rig = render(heard=HEARD, input__monitor=True, cut=cut, **chains)
    latency = bus + master
    assert rig.engine.insert_latency == latency
    np.testing.assert_array_equal(out[latency:], plain[: 640 - latency])
    assert not out[: latency + LOOKAHEAD].any()
    assert [e["frame"] for e in told if e["kind"] == "sample"] == [10, 37, 60]
    passed, _, _ = render(heard=HEARD, input__monitor=True, voices=(), cut=cut, **chains)
    np.testing.assert_array_equal(passed[latency + LOOKAHEAD :, 0], passed[latency + LOOKAHEAD :, 1])
    # the monitor fades in over the first blocks; behind that, it is what was heard
    np.testing.assert_allclose(
        passed[latency + LOOKAHEAD + 100 :, 0], HEARD[100 : 640 - latency - LOOKAHEAD], rtol=1e-6, atol=1e-7
    )


def test_effects_without_latency_do_not_delay_the_monitor(made):
    plain, _, _ = render(heard=HEARD, input__monitor=True, voices=())
    out, _, _ = render(heard=HEARD, input__monitor=True, voices=(), bus=[made.gain(0.5)], master=[made.gain(3.0)])
    np.testing.assert_array_equal(out, plain)


def test_the_reference_of_the_echo_canceller_is_what_the_effects_give(made):
    """The ring that the worker listens to holds livehost's own sound as it leaves, without the monitor."""
    plain, _, _ = render()
    effects = {"bus": [made.gain(0.5, -0.25), made.delay(3)], "master": [made.delay(4), made.gain(0.5)]}
    out, _, rig = render(**effects)
    own = rig.engine.listen.read(0, 640)[:, 1:]
    np.testing.assert_array_equal(own, out)
    np.testing.assert_array_equal(own[7:], plain[:-7] * np.array([0.25, -0.125], np.float32))
    _, _, rig = render(heard=HEARD, input__monitor=True, **effects)
    np.testing.assert_array_equal(rig.engine.listen.read(0, 640)[:, 1:], own)
    np.testing.assert_array_equal(rig.engine.listen.read(0, 640)[:, 0], HEARD)


@pytest.mark.parametrize("place", ["bus", "master"])
def test_what_is_not_finite_leaves_as_silence_and_is_counted(made, place):
    out, _, rig = render(**{place: [made.gain(np.inf)]})
    assert not out.any()
    assert rig.engine["not_finite"] > 0


def test_more_than_eight_are_refused_in_one_sentence():
    InsertChain([NULL] * MAX_INSERTS)
    with pytest.raises(LivehostError) as refused:
        InsertChain([NULL] * (MAX_INSERTS + 1))
    assert (str(refused.value), refused.value.exit_code) == ("A chain takes 8 effects at most, not 9.", 2)


def test_a_session_reports_the_latency_of_its_effects(made, bank_dir, monkeypatch):
    """From settings to the facts that it tells, with effects on both chains."""
    from livehost.stage import setup
    from livehost.stage.stage import Stage

    def stage():
        made_stage = Stage(
            Settings(
                {"audio.driver": "offline", "player.name": "nearest", "bank.dir": str(bank_dir), "run.seconds": 1.0}
            ),
            lambda _: None,
        )
        made_stage.close()
        return made_stage

    before = stage().monitor.info()["latency_ms"]
    effects = {"bus": [made.delay(480)], "master": [made.delay(240), NULL]}
    monkeypatch.setattr(setup, "EngineState", lambda *a, **k: EngineState(*a, **k, **effects))
    after = stage().monitor.info()["latency_ms"]
    assert (before, after) == (pytest.approx(1000 * (64 + 48) / 48_000), pytest.approx(before + 15.0))
