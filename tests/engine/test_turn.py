"""Whose turn it is to call an engine: never two streams, and never one that was given up."""

import numpy as np
import pytest

from livehost.engine.drivers.null import Clock
from livehost.engine.input_log import BACK, ENTRY, GATE
from livehost.engine.turn import Turn, port_callback
from livehost.record import RECORD_BYTES
from tests.engine.conftest import Rig
from tests.stage.fake_card import call
from tests.waiting import until


def test_who_has_not_the_turn_gets_silence_and_touches_nothing(rig):
    turn = Turn(rig.engine.address)
    first, second = turn.port(2), turn.port(2)
    rig.voice(0, 1)
    for port in (first, second):
        assert not call(port, np.zeros((32, 1)), 32, 2).any()
    assert rig.engine["frame"] == 0
    turn.give(first)
    assert call(first, np.zeros((32, 1)), 32, 2)[1:].any()
    assert not call(second, np.zeros((32, 1)), 32, 2).any()
    turn.give(second)
    assert not call(first, np.zeros((32, 1)), 32, 2).any()
    assert call(second, np.zeros((32, 1)), 32, 2).all()
    assert turn.give(None)
    assert not call(second, np.zeros((32, 1)), 32, 2).any()
    assert (rig.engine["frame"], first.asked, second.asked) == (64, 3, 4)


def test_a_thread_in_the_middle_of_the_engine_keeps_all_others_out(rig):
    turn = Turn(rig.engine.address)
    port = turn.port(2)
    turn.give(port)
    turn._memory["busy"] = 1
    assert not call(port, np.zeros((32, 1)), 32, 2).any()
    assert rig.engine["frame"] == 0
    assert not turn.give(None)


def test_two_streams_at_once_are_one_clock():
    rig = Rig(rate=48_000.0)
    turn = Turn(rig.engine.address)
    ports = [turn.port(2), turn.port(2)]
    clocks = [Clock(port_callback.address, port.address, 48_000.0, 16, 1, 2) for port in ports]
    for clock in clocks:
        clock.start()
    for k in range(200):
        turn.give(ports[k % 2])
    until(lambda: all(port.asked > 1000 for port in ports), "both streams call")
    for clock in clocks:
        clock.stop()
    asked = sum(port.asked for port in ports)
    assert rig.engine["frame"] == 16 * rig.engine["blocks"]
    assert 0 < rig.engine["blocks"] < asked


@pytest.mark.parametrize("silent", [True, False])
def test_after_a_loss_sound_comes_back_slowly_from_the_frame_at_which_it_stood(silent):
    rig = Rig(rate=1000.0, input__monitor=False)
    d = rig.lookahead
    rig.voice(0, 1)
    rig.voice(150, 1, fade_in=0)
    rig.run([64])
    rig.events("sample")
    rig.engine.come_back(silent=silent)
    out = rig.run([64] * 4)[:, 0]
    ramp = np.minimum(np.arange(256) / 50, 1.0)
    frames = rig.engine["frame"]
    assert frames == 320
    silenced = rig.events("silenced")
    if silent:  # what sounded, and what waited to
        assert [(e["frame"], e["voices"], e["dropped"], e["how"]) for e in silenced] == [(64, 1, 1, "loss")]
        assert not out[2 + d :].any()
        assert not rig.engine.gate.is_shut
    else:
        assert silenced == []
        np.testing.assert_allclose(out[:80], 0.5 * ramp[:80], atol=1e-6)


def test_what_is_heard_after_a_loss_is_no_attack_and_what_is_recorded_is_as_it_came():
    rig = Rig(rate=1000.0)
    rig.run([64])
    rig.engine.come_back(silent=False)
    rig.run([64], heard=np.full((128, 1), 0.5))
    np.testing.assert_allclose(
        rig.engine.listen.read(64, 128)[:, 0], 0.5 * np.minimum(np.arange(64) / 50, 1), atol=1e-6
    )
    assert (rig.engine.record.read(64, 128)[:, 2] == 0.5).all()


def test_a_panic_while_the_card_was_away_stays():
    rig = Rig(rate=1000.0)
    rig.voice(0, 1)
    rig.run([64])
    word = rig.engine.gate.shut(10)
    rig.engine.come_back(silent=True)
    rig.run([64])
    assert rig.engine.gate.word == word
    assert [e["voices"] for e in rig.events("silenced")] == [1]
    assert rig.events("resumed") == []


def test_a_loss_is_an_input_of_the_session_and_plays_again_as_it_was():
    heard = np.full((320, 1), 0.25)

    def play(rig, *, lost):
        rig.voice(0, 1)
        out = [rig.run([64] * 2, heard=heard)]
        if lost:
            rig.engine.come_back(silent=True)
        out.append(rig.run([64] * 3, heard=heard))
        return np.concatenate(out), rig.engine.listen.read(0, 320)

    first, again, other = (Rig(rate=1000.0) for _ in range(3))
    first.engine.input_log.record()
    sound, listened = play(first, lost=True)
    slots = [slot[: ENTRY.itemsize] for slot in first.engine.input_log.drain()]
    entries = np.frombuffer(b"".join(slots), ENTRY)
    later = entries[(entries["frame"] > 0) & np.isin(entries["kind"], (BACK, GATE))]
    assert [(e["frame"], e["kind"]) for e in later] == [(128, BACK), (128, GATE)]
    again.engine.input_log.replay(entries, np.zeros((1, RECORD_BYTES), np.uint8), exact=True)
    for one, two in zip((sound, listened), play(again, lost=False), strict=True):
        np.testing.assert_array_equal(one, two)
    assert again.engine.input_log.missed == 0
    assert [(e["frame"], e["how"]) for e in again.events("silenced")] == [(128, "loss")]
    assert (play(other, lost=False)[0] != sound).any()
