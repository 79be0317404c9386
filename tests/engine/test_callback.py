import numpy as np
import pytest

from livehost.engine.pending import BY_HAND, PLAYER, QUOTAS, SETTING
from livehost.rt.gate import LET_RING
from livehost.settings import TABLE
from tests.engine.conftest import Rig, ragged

D = 1  # frames of look-ahead at 1,000 Hz


def test_a_voice_starts_at_its_exact_frame_inside_a_block(rig):
    rig.voice(37, 1, fade_out=1)
    out = rig.run([64] * 3)
    assert rig.lookahead == D
    assert np.flatnonzero(out[:, 0])[0] == 37 + D
    assert rig.events("sample")[0]["frame"] == 37


def test_a_ramp_comes_out_as_it_is(rig):
    rig.voice(10, 0, fade_out=1)
    out = rig.run([64] * 3)
    np.testing.assert_allclose(out[10 + D : 109 + D, 0], np.arange(99) / 200, atol=1e-7)
    np.testing.assert_array_equal(out[110 + D :], 0)


def test_stereo_keeps_its_sides_and_pan_moves_it(rig):
    rig.voice(0, 2, fade_out=1)
    rig.voice(100, 2, pan=1.0, fade_out=1)
    out = rig.run([50] * 4)
    np.testing.assert_allclose(out[D : 49 + D], np.tile([0.25, -0.25], (49, 1)), atol=1e-7)
    assert not out[100 + D : 150 + D, 0].any()
    np.testing.assert_allclose(out[100 + D : 149 + D, 1], -0.25, atol=1e-7)


def test_an_early_command_waits_and_a_late_one_starts_at_once_and_is_counted(rig):
    rig.run([64])
    rig.voice(20, 1)
    rig.voice(500, 1)
    rig.run([64] * 2)
    samples = rig.events("sample")
    assert [(e["frame"], e["late"]) for e in samples] == [(64, 44)]
    assert (rig.engine["late"], rig.engine["latest"]) == (1, 44)
    rig.voice(120, 1)
    rig.run([64] * 6)
    assert [(e["frame"], e["late"]) for e in rig.events("sample")] == [(192, 72), (500, 0)]
    rig.voice(574, 1)
    rig.run([64])
    assert [e["late"] for e in rig.events("sample")] == [2]
    assert (rig.engine["late"], rig.engine["latest"]) == (3, 72)


def test_a_setting_takes_another_value_on_its_exact_frame(rig):
    rig.put(1, np.full(400, 0.5))
    rig.voice(0, 1, fade_out=1)
    assert rig.engine.set_at(TABLE["master.gain_db"].field, -20.0, 100)
    assert rig.engine.set_at(TABLE["master.limiter"].field, 0.0, 170)
    out = rig.run([64] * 3)[:, 0]
    np.testing.assert_allclose(out[D : 100 + D], 0.5, atol=1e-7)
    assert (np.diff(out[99 + D : 140]) < 0).all()  # from that frame on
    assert rig.engine.parameters["master_gain_db"] == -20.0
    assert rig.engine.parameters["master_limiter"] == 0.0


def test_settings_that_wait_take_no_place_from_notes_and_outlast_a_panic(rig):
    for k in range(QUOTAS[SETTING] + 3):
        rig.engine.set_at("master_gain_db", -1.0 - k, 1000 + k)
    rig.engine.set_at("master_gain_db", -7.0, 300)
    rig.control("voice", 500, index=1, rate=1.0)
    rig.run([64])
    assert (rig.engine["refused"], rig.engine.pending.held(SETTING)) == (4, QUOTAS[SETTING])
    assert rig.engine.pending.held(BY_HAND) == 1
    rig.engine.gate.shut(1)
    rig.run([64] * 18)
    assert rig.engine.parameters["master_gain_db"] == -1.0 - (1215 - 1000)


def test_as_soon_as_possible_is_the_next_block_and_not_late(rig):
    rig.run([64])
    rig.voice(-1, 1)
    rig.run([64])
    assert [(e["frame"], e["late"]) for e in rig.events("sample")] == [(64, 0)]
    assert rig.engine["late"] == 0


@pytest.mark.parametrize("rate", [1.0, 0.5, 1.37, 2.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_render_does_not_depend_on_how_it_is_cut_into_blocks(rate, seed):
    renders = []
    heard = np.random.default_rng(0).standard_normal(1280).astype("f4") * 0.1
    for cut in (lambda length: [50] * (length // 50) + [length % 50], lambda length: ragged(length, seed)):
        rig = Rig()
        for k in range(12):
            rig.voice(50 + 41 * k, k % 4, rate=rate, decision=k, fade_in=5, gain_db=-3.0 * (k % 3))
        out = [rig.run(cut(200), heard)]
        rig.set("input.monitor", 1)
        out.append(rig.run(cut(100), heard))
        rig.set("master.gain_db", -6)
        out.append(rig.run(cut(400), heard))
        rig.engine.gate.shut(33)
        out.append(rig.run(cut(290), heard))
        rig.set("master.mute", 1)
        out.append(rig.run(cut(290), heard))
        renders.append((np.concatenate(out), sorted(rig.events(), key=lambda e: e["frame"])))
    np.testing.assert_array_equal(renders[0][0], renders[1][0])
    assert renders[0][1] == renders[1][1]


def test_double_speed_reads_every_other_sample(rig):
    rig.voice(0, 0, rate=2.0, fade_out=1)
    out = rig.run([64])
    np.testing.assert_allclose(out[1 + D : 48 + D, 0], np.arange(1, 48) / 100, atol=1e-6)


def test_interpolation_of_a_sine_is_good(rig):
    phase = 2 * np.pi * 20 / 1000
    rig.put(1, 0.5 * np.sin(phase * np.arange(400)))
    rig.voice(0, 1, rate=0.7, fade_out=1)
    out = rig.run([64] * 5)[D:300, 0]
    expected = 0.5 * np.sin(phase * 0.7 * np.arange(300 - D))
    np.testing.assert_allclose(
        out[2:], expected[2:], atol=2e-4
    )  # at its very edge there is nothing to interpolate with


def test_fades_have_no_step(rig):
    rig.voice(0, 1, fade_in=50, fade_out=80)
    out = rig.run([64] * 8)[:, 0]
    assert np.abs(np.diff(out)).max() < 0.5 / 45
    assert out[49 + D] == pytest.approx(0.5, rel=0.03)


def test_a_choke_group_fades_the_one_before():
    rig = Rig(engine__fade_out_ms=10.0)
    rig.voice(0, 1, choke=3, decision=1)
    rig.voice(100, 0, choke=3, decision=2)
    rig.run([64] * 4)
    ends = rig.events("end")
    assert [(e["decision"], e["ending"], e["frame"]) for e in ends if e["decision"] == 1] == [(1, "choked", 110)]


def test_stop_fades_the_voices_of_one_decision(rig):
    rig.voice(0, 1, decision=5)
    rig.voice(0, 1, decision=6)
    rig.control("stop", 100, decision=5, fade=20)
    rig.run([64] * 3)
    assert [(e["decision"], e["ending"], e["frame"]) for e in rig.events("end")] == [(5, "faded", 120)]


@pytest.mark.parametrize(("how", "gone"), [("quietest", 1), ("oldest", 0)])
def test_stealing_takes_the_quietest_or_the_oldest(how, gone):
    rig = Rig(engine__voices=3, engine__steal=how, engine__fade_out_ms=5.0)
    for k, gain in enumerate((0.0, -30.0, -6.0)):
        rig.voice(10 * k, 1, decision=k, gain_db=gain)
    rig.voice(50, 1, decision=3)
    rig.run([64] * 2)
    assert [(e["decision"], e["ending"]) for e in rig.events("end")] == [(gone, "stolen")]


def test_a_flood_of_voices_neither_crashes_nor_forgets_an_end():
    rig = Rig(engine__voices=4)
    for k in range(400):
        rig.voice(k // 8, 1, decision=k)
    rig.run([64] * 10)
    rig.engine.gate.shut(5)
    rig.run([64])
    all_events = rig.events("sample", "end")
    started = [e["decision"] for e in all_events if e["kind"] == "sample"]
    assert sorted(started) == sorted(e["decision"] for e in all_events if e["kind"] == "end")
    assert len(started) == 400


def test_what_somebody_plays_by_hand_takes_no_place_from_the_player():
    rig = Rig(engine__voices=200)
    for k in range(QUOTAS[BY_HAND]):
        if k == 1000:  # the ring itself has an end
            rig.run([5])
        rig.control("voice", 100 + k % 7, index=1, rate=1.0, onset_frame=-1, decision=-1)
    rig.run([5])
    rig.control("voice", 100, index=1)  # one more than may wait
    for k in range(600):
        rig.voice(50 + k % 3, 0, decision=k, frames=2)
    rig.run([10])
    assert rig.engine["refused"] == 1 + 600 - 512
    assert [rig.engine.pending.held(sender) for sender in (PLAYER, BY_HAND)] == [512, 1152]
    rig.run([64] * 3)
    assert [rig.engine.pending.held(sender) for sender in (PLAYER, BY_HAND)] == [0, 0]
    started = [e for e in rig.events("sample") if e["decision"] >= 0]
    assert [(e["frame"], e["decision"]) for e in started] == sorted((50 + k % 3, k) for k in range(512))


def test_an_item_that_is_not_there_is_refused(rig):
    for index in (5, 99, -1):
        rig.voice(0, index)
    assert not rig.run([64]).any()
    assert rig.engine["refused"] == 3
    rig.voice(64, 0)
    rig.voice(64, 4)
    rig.run([64])
    assert [e["index"] for e in rig.events("sample")] == [0, 4]


@pytest.mark.parametrize("key", ["master.mute", "master.bypass"])
def test_mute_and_bypass_silence_the_voices_without_a_click(key):
    rig = Rig(rate=48_000.0)
    for k in range(40):
        rig.voice(k * 390, 1, fade_in=0, fade_out=1, frames=392)
    before = rig.run([64] * 40)
    rig.set(key, 1)
    after = rig.run([64] * 60)
    assert before[-64:].any()
    assert np.abs(after[-640:]).max() < 1e-4


@pytest.mark.parametrize(
    ("key", "value", "before", "after"),
    [
        ("master.mute", 1, 0.5, 0.0), ("master.gain_db", -20, 0.5, 0.05), ("master.bypass", 1, 0.5, 0.0),
        ("input.monitor", 1, 0.0, 0.25),
    ],
)  # fmt: skip
def test_a_switch_and_a_gain_arrive_with_five_milliseconds(rig, key, value, before, after):
    if key == "input.monitor":
        heard = np.full(200, 0.25, np.float32)
    else:
        heard = None
        rig.voice(0, 1, fade_out=1)
    rig.run([50], heard)
    rig.set(key, value)
    out = rig.run([7, 93], heard)[D:]
    expected = after + (before - after) * np.exp(-(np.arange(len(out)) + 1) / 5)  # 5 frames at 1,000 Hz
    np.testing.assert_allclose(out, np.stack([expected, expected], 1), atol=1e-6)


def test_the_gain_of_the_input_arrives_with_five_milliseconds(rig):
    heard = np.full(200, 0.25, np.float32)
    rig.run([50], heard)
    rig.set("input.gain_db", -20)
    rig.run([100], heard)
    expected = 0.25 * (0.1 + 0.9 * np.exp(-(np.arange(100) + 1) / 5))
    np.testing.assert_allclose(rig.engine.listen.read(50, 150)[:, 0], expected, rtol=1e-5)


def test_what_passes_through_obeys_the_gain_of_the_output(rig):
    rig.set("input.monitor", 1)
    rig.set("master.gain_db", -20)
    out = rig.run([300], np.full(300, 0.25, np.float32))
    np.testing.assert_allclose(out[-100:], 0.025, rtol=1e-5)


@pytest.mark.parametrize("how", ["the ceiling comes down", "the limiter is switched on"])
def test_a_ceiling_that_comes_down_is_kept_after_moments_and_neither_jumps_nor_clips(rig, how):
    rig.put(1, np.tile([[0.5, -0.125]], (200, 1)))
    if how == "the limiter is switched on":
        rig.set("master.limiter", 0)
        rig.set("master.ceiling_db", -12)
    rig.voice(0, 1, fade_out=1)
    assert rig.run([100])[-1, 0] == 0.5
    rig.set("master.limiter", 1)
    rig.set("master.ceiling_db", -12)
    out = rig.run([90])
    assert out[80:, 0].max() <= 10 ** (-12 / 20)
    steps = np.diff(out[:, 0], prepend=0.5)
    assert steps.max() <= 1e-6
    assert steps.min() > -0.05  # and not −0.25 at once
    np.testing.assert_allclose(out[:, 1], -0.25 * out[:, 0], rtol=1e-6)  # both sides are turned down, none is cut off


def test_bypass_lets_the_input_through():
    rig = Rig(rate=48_000.0)
    heard = 0.25 * np.ones(48_000, "f4")
    rig.set("master.bypass", 1)
    out = rig.run([64] * 100, heard)
    np.testing.assert_allclose(out[-64:], 0.25, rtol=1e-4)


def test_panic_fades_everything_and_drops_what_waits(rig):
    rig.voice(0, 1, decision=1)
    rig.voice(300, 1, decision=2)
    rig.voice(301, 1, decision=3)
    rig.run([100])
    rig.engine.gate.shut(20)
    out = rig.run([64] * 10)
    told = rig.events("silenced", "end", "sample")
    assert [(e["kind"], e["frame"]) for e in told] == [("sample", 0), ("silenced", 100), ("end", 120)]
    assert (told[1]["voices"], told[1]["dropped"]) == (1, 2)
    assert not out[120 + D - 100 :].any()
    assert np.abs(np.diff(out[:, 0])).max() < 0.5 / 15
    assert rig.engine["panic_frame"] == 100


def test_a_panic_waits_for_nothing_and_holds_until_it_is_over(rig):
    rig.voice(0, 1)
    rig.run([64])
    for k in range(1024):
        rig.control("voice", 5000 + k, index=1)
    for k in range(512):
        rig.voice(5000 + k, 1)
    assert rig.run([64]).all()
    rig.engine.gate.shut(1)
    assert not rig.run([64])[D + 1 :].any()
    rig.voice(-1, 1, gate=rig.engine.gate.word)  # whoever asks
    rig.control("voice", -1, index=1, gate=0)
    assert not rig.run([64] * 100).any()
    assert [e["dropped"] for e in rig.events("silenced")] == [1536]
    assert rig.engine["withheld"] == 2
    assert rig.engine.gate.open(1)
    assert not rig.engine.gate.open(1)
    word = rig.engine.gate.word
    rig.voice(-1, 1, gate=word - 2)  # sent before the panic, on its way ever since
    rig.voice(-1, 0, gate=word)
    assert rig.run([64]).any()
    assert [(e["kind"], e.get("index")) for e in rig.events("resumed", "sample")] == [("resumed", None), ("sample", 0)]
    assert rig.engine["withheld"] == 3


def test_a_panic_that_is_over_within_the_block_has_been_one(rig):
    rig.voice(0, 1, decision=1)
    rig.voice(200, 1, decision=2)
    rig.run([64])
    rig.engine.gate.open(rig.engine.gate.shut(10))
    rig.voice(100, 0, decision=3, gate=2)
    rig.run([64] * 6)
    told = [(e["kind"], e["frame"], e.get("decision")) for e in rig.events("silenced", "resumed", "end", "sample")]
    assert told[:4] == [("sample", 0, 1), ("silenced", 64, None), ("resumed", 64, None), ("end", 74, 1)]
    assert told[4] == ("sample", 100, 3)
    assert all(decision != 2 for *_, decision in told)


def test_a_panic_drops_no_bank_that_is_on_its_way(rig):
    items = rig.items[1:2].copy()
    rig.control("use_bank", 100, block=rig.block.ctypes.data, items=items.ctypes.data, count=1)
    rig.control("voice", 100, index=1)
    rig.engine.gate.shut(10)
    rig.run([64] * 3)
    assert rig.engine.state[0]["count"][0] == 1
    assert [e["dropped"] for e in rig.events("silenced")] == [1]


def test_a_stop_lets_ring_what_sounds(rig):
    rig.voice(0, 1, decision=1, fade_out=1)
    rig.voice(300, 1, decision=2)
    rig.run([64])
    rig.engine.gate.shut(LET_RING)
    out = rig.run([64] * 10)
    assert out[: 399 + D - 64].all()
    assert [(e["voices"], e["dropped"]) for e in rig.events("silenced")] == [(0, 1)]
    assert not rig.events("sample")


def test_a_stop_right_behind_a_panic_does_not_hide_it(rig):
    rig.voice(0, 1)
    rig.run([64])
    rig.engine.gate.shut(10)
    rig.engine.gate.shut(LET_RING)
    assert not rig.run([64] * 3)[11 + D :].any()
    assert [e["how"] for e in rig.events("silenced")] == ["panic"]


def test_one_panic_reaches_all_livehosts_of_a_user():
    first, second = Rig(), Rig()
    second.engine.state[0]["me"] += 1  # as another process has it
    for rig in (first, second):
        rig.voice(0, 1)
        rig.run([64])
    first.engine.gate.shut(10)
    first.engine.broadcast.call()
    for rig in (first, second):
        rig.run([64] * 2)
        assert rig.engine.gate.is_shut
        assert [e["frame"] for e in rig.events("silenced")] == [64]
    first.engine.gate.open(1)  # each is told to go on by itself
    first.run([64])
    second.run([64])
    assert not first.engine.gate.is_shut
    assert second.engine.gate.is_shut


def test_a_bank_is_swapped_from_one_frame_on_while_old_voices_go_on(rig):
    other = np.zeros(132, np.float32)
    other[16:116] = 0.125
    items = rig.items[:1].copy()
    items["offset"] = 16
    rig.voice(0, 1, decision=1, fade_out=1)
    rig.control("use_bank", 50, block=other.ctypes.data, items=items.ctypes.data, count=1)
    rig.voice(60, 0, decision=2, fade_out=1)
    out = rig.run([64] * 2)
    assert out[40, 0] == pytest.approx(0.5)
    assert out[80, 0] == pytest.approx(0.5 + 0.125)


def test_nothing_but_finite_numbers_leaves_or_is_heard(rig):
    rig.voice(0, 4)
    heard = np.zeros(64, "f4")
    heard[[3, 9]] = np.nan, np.inf
    out = rig.run([64], heard)
    assert np.isfinite(out).all()
    assert np.isfinite(rig.engine.listen.read(0, 64)).all()
    assert rig.engine["not_finite"] == 66


def test_the_tapes_hold_what_was_heard_and_played(rig):
    heard = np.linspace(-1, 1, 128).astype("f4")
    rig.voice(10, 2)
    rig.voice(70, 1, pan=1.0)
    out = rig.run([64, 64], heard)
    tape = rig.engine.listen.read(0, 128)
    np.testing.assert_allclose(tape[:, 0], heard, atol=1e-6)
    np.testing.assert_allclose(tape[:, 1:], out, atol=1e-6)
    assert np.ptp(tape[:, 1] - tape[:, 2]) > 0.5
    record = rig.engine.record.read(0, 128)
    np.testing.assert_array_equal(record[:, :2], out)
    np.testing.assert_array_equal(record[:, 2], heard)


def test_what_passes_through_is_not_heard_as_played():
    rig = Rig(master__ceiling_db=0.0, input__monitor=True)
    heard = np.full(640, 0.125, np.float32)
    rig.voice(320, 2, fade_out=1)
    out = rig.run([64] * 10, heard)
    own = out[320 + D : 369 + D] - 0.125
    np.testing.assert_allclose(own, np.tile([0.25, -0.25], (49, 1)), atol=1e-3)
    np.testing.assert_allclose(rig.engine.listen.read(320 + D, 369 + D)[:, 1:], own, atol=1e-3)


def test_the_tape_of_what_is_played_keeps_to_the_ceiling(rig):
    rig.voice(0, 3)
    out = rig.run([64] * 4)
    played = rig.engine.listen.read(0, 256)[:, 1:]
    assert 0.9 < out.max() <= 1.0
    np.testing.assert_allclose(played, out, atol=1e-6)


def test_one_output_channel_gets_both_sides():
    rig = Rig(outputs=1, master__ceiling_db=0.0)
    rig.voice(0, 1, pan=1.0)
    out = rig.run([64])
    assert out[40, 0] == pytest.approx(0.25)
    played = rig.engine.listen.read(0, 64)[:, 1:]
    np.testing.assert_allclose(played[:, 0], out[:, 0], atol=1e-6)  # one loudspeaker, one way to the microphone
    assert not played[:, 1].any()


def test_the_last_of_64_channels_is_heard():
    rig = Rig(inputs=64, master__ceiling_db=0.0)
    rig.engine.state[0]["listened"] = np.uint64(1) << np.uint64(63) | np.uint64(1)
    heard = np.zeros((64, 64), np.float32)
    heard[:, 63], heard[:, 0] = 0.5, 0.25
    rig.run([64], heard)
    np.testing.assert_allclose(rig.engine.listen.read(0, 64)[:, 0], 0.375)


@pytest.mark.parametrize(("listened", "level"), [(0b01, 0.5), (0b10, -0.25), (0b11, 0.125), (0b00, 0.0)])
def test_what_is_heard_is_the_mean_of_the_channels_listened_to(listened, level):
    rig = Rig(inputs=2, master__ceiling_db=0.0)
    rig.engine.state[0]["listened"] = listened
    heard = np.tile(np.array([[0.5, -0.25]], "f4"), (64, 1))
    rig.run([64], heard)
    np.testing.assert_allclose(rig.engine.listen.read(0, 64)[:, 0], level)
    np.testing.assert_array_equal(rig.engine.record.read(0, 64)[:, 2:], heard)


def test_a_file_is_heard_in_place_of_the_device_until_it_ends():
    rig = Rig(inputs=2)
    more = np.linspace(-1, 1, 600, dtype="f4").reshape(300, 2)
    sound = more[:100]  # what lies behind it is not its own
    rig.engine.use_source(sound)
    rig.run(ragged(160), np.ones((160, 2), np.float32))
    np.testing.assert_array_equal(rig.engine.record.read(0, 100)[:, 2:], sound)
    assert not rig.engine.record.read(100, 160)[:, 2:].any()


def test_outputs_other_than_the_pair_are_silent_and_a_silent_device_is_altogether():
    rig = Rig(outputs=4, master__ceiling_db=0.0)
    rig.voice(0, 2, fade_out=1)
    rig.voice(64, 2, fade_out=1)
    loud = rig.run([64])[rig.lookahead :][:40]
    np.testing.assert_allclose(loud, np.tile([0.25, 0, 0, -0.25], (40, 1)), atol=1e-7)
    rig.engine.state[0]["silent"] = 1
    assert not rig.run([64]).any()
    np.testing.assert_allclose(rig.engine.record.read(70, 100)[:, :2], np.tile([0.25, -0.25], (30, 1)), atol=1e-7)


def test_no_input_and_no_output_are_fine(rig):
    assert rig._call(0, 0, 64, 0, 0, rig.engine.address) == 0
    assert rig.engine["frame"] == 64


def test_xruns_that_the_driver_reports_are_counted(rig):
    rig.run([64], flags=0x1)
    rig.run([64], flags=0x4)
    rig.run([64], flags=0x2 | 0x8)
    assert (rig.engine["input_xruns"], rig.engine["output_xruns"]) == (2, 2)


def test_meters_tell_peak_and_rms_at_equal_distances(rig):
    rig.run([50] * 4, np.full(200, 0.5, "f4"))
    meters = rig.events("meter")
    assert [m["frame"] for m in meters] == [33, 66, 99, 132, 165, 198]
    assert meters[1]["in_peak_db"] == pytest.approx(-6.02, abs=0.01)
    assert meters[1]["in_rms_db"] == pytest.approx(-6.02, abs=0.01)


def test_meters_tell_what_leaves_how_far_it_was_held_down_and_how_much_sounds(rig):
    rig.voice(0, 1, pan=1.0, fade_out=1)
    rig.voice(66, 3, frames=70, fade_out=1)
    rig.run([50] * 12)
    meters = rig.events("meter")
    quiet, loud, later = meters[1], meters[3], meters[16]
    assert quiet["out_peak_db"] == pytest.approx(20 * np.log10(0.5), abs=1e-4)
    assert quiet["out_rms_db"] == pytest.approx(20 * np.log10(0.5) - 10 * np.log10(2), abs=1e-4)
    assert quiet["reduction_db"] == pytest.approx(0, abs=1e-6)
    assert quiet["active"] == 1
    # 2.0 on the left, 2.5 on the right, under a ceiling of 0 dB
    assert loud["out_peak_db"] == pytest.approx(20 * np.log10(0.9999), abs=1e-3)
    assert loud["reduction_db"] == pytest.approx(20 * np.log10(2.5 / 0.9999), abs=1e-3)
    assert loud["active"] == 2
    assert later["reduction_db"] < 0.1  # since the meter before, not since the session began


def test_the_histogram_counts_every_block(rig):
    rig.run([64] * 9)
    assert rig.engine.histogram.sum() == 9 == rig.engine["blocks"]
    assert 0 < rig.engine["longest_ns"] <= rig.engine["busy_ns"] <= 9 * rig.engine["longest_ns"]
