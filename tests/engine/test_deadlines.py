"""When an answer goes out, by what it was chosen, and how loud it becomes: worker and audio thread in lockstep."""

from itertools import pairwise

import numpy as np
import pytest

from livehost import events
from livehost.bank.layout import ITEM
from livehost.engine.drivers.offline import OfflineDriver
from livehost.engine.state import EngineState
from livehost.engine.worker.state import WorkerState
from livehost.players.item_player import ItemPlayer
from livehost.players.timing import Timing
from livehost.settings import PARTS, TABLE, Settings
from tests.conftest import clicks
from tests.engine.mirror import ITEMS, Mirror

RATE, HOP, ROW, MS = 48_000, 32, 128, 48
#: A decision takes so long, in frames.
DECISION = int(0.8 * MS)


class Rig:
    """An item player in part 0 that answers with how much it heard, offline."""

    def __init__(self, sound, loudness=-20.0, item=None, **settings):
        plain = {
            "player.mode": "answer",
            "audio.driver": "offline",
            "engine.lookahead_ms": 1.0,
            "player.dynamics": 0.0,
            "player.choke": False,
        }
        values = Settings({**plain, **{key.replace("__", "."): value for key, value in settings.items()}})
        self.driver, self.engine = OfflineDriver(values), EngineState(values, RATE)
        self.engine.use_source(np.asarray(sound, np.float32)[:, None])
        items = np.zeros(ITEMS, ITEM)
        item = np.full(9600, 0.1, "f4") if item is None else np.asarray(item, "f4")
        self.block = np.pad(item, 16)
        items["offset"], items["frames"], items["channels"], items["gain"], items["successor"] = 16, len(item), 1, 1, -1
        self.items = items
        self.engine.use_bank(self.block, items)
        loudness = np.full(ITEMS, loudness, np.float32)
        self.player = ItemPlayer(Mirror(), Timing(RATE), RATE, loudness)
        self.worker = WorkerState(values, self.engine, [self.player.table] + [None] * (PARTS - 1), virtual=True)
        self.driver.start(self.engine, self.worker)
        self.frames = len(sound)

    def run(self, frames=None):
        """Events of the audio thread and of the worker, in two lists."""
        self.driver.run(self.frames if frames is None else frames)
        rings = (self.engine.events, self.worker.events)
        return tuple([events.to_dict(slot) for slot in ring.drain()] for ring in rings)


def of(told, kind):
    return [e for e in told if e["kind"] == kind]


def hiss(onsets, length, seconds=0.3, level=0.2):
    """Noise that begins at exact frames and stays as loud as it is."""
    rng, out = np.random.default_rng(0), np.zeros(length, np.float32)
    for onset in onsets:
        size = min(int(seconds * RATE), length - onset)
        out[onset : onset + size] = level * rng.standard_normal(size)
    return np.clip(out, -1, 1)


def goes_out(start, told_at, block):
    """Frame of the step that puts out what starts then: the last hop that leaves a decision and a block."""
    last = start - block - DECISION
    return max(last // HOP * HOP, told_at)


def rows_known(onset, told_at, frame):
    """Rows of which an answer that goes out at a frame knows: all that were heard by then."""
    return (frame - onset) // ROW if frame > told_at else 0


@pytest.mark.parametrize("block", [16, 64, 256])
@pytest.mark.parametrize("delay_ms", [0.0, 3.0, 5.5, 12.0, 30.0, 100.0, 2000.0])
def test_an_answer_is_on_its_frame_and_knows_all_that_was_heard_by_its_deadline(delay_ms, block):
    sound = hiss([9_600], 130_000, seconds=0.4)
    rig = Rig(sound, audio__block=block, player__answer_delay_ms=delay_ms)
    audio, worker = rig.run()
    (onset, *_) = of(worker, "onset")
    sample = of(audio, "sample")[0]
    told_at, first = onset["frame"], onset["onset_frame"]
    assert sample["onset_frame"] == first
    if delay_ms == 0:
        assert sample["frame"] == told_at + block
        assert sample["index"] == 0  # armed before anything was heard of it
        return
    start = first + round(delay_ms * MS)
    out_at = goes_out(start, told_at, block)
    if out_at == told_at:  # there is no time to listen
        assert sample["index"] == 0
        assert sample["frame"] == max(start, sample["frame"])
    else:
        assert (sample["frame"], sample["late"]) == (start, 0)
        known = rows_known(first, told_at, out_at)
        # what is over is known as a whole, and is shown no more
        assert sample["index"] == (known if known * ROW < 0.4 * RATE else 0)
    if delay_ms in (12.0, 30.0) and block <= 64:
        assert sample["index"] * ROW / MS >= delay_ms - 1 - block / MS - 2 * HOP / MS - ROW / MS


def test_the_default_knows_its_stroke():
    rig = Rig(hiss([9_600], 30_000))
    audio, worker = rig.run()
    first = of(worker, "onset")[0]["onset_frame"]
    (sample,) = of(audio, "sample")
    assert Settings()["player.answer_delay_ms"] == 12.0
    assert sample["onset_to_sound_ms"] == 12.0
    # 12 ms less a block of 1.3, a decision of 0.8 and a hop: nine milliseconds were heard, in rows of 2.7
    assert sample["index"] == (sample["frame"] - 64 - DECISION - first) // HOP * HOP // ROW == 3


@pytest.mark.parametrize("late", range(0, 32, 5))
def test_5_and_a_half_milliseconds_are_enough_to_know_the_stroke(late):
    rig = Rig(hiss([9_600 + late], 30_000), player__answer_delay_ms=5.5)
    (sample,) = of(rig.run()[0], "sample")
    assert (sample["onset_to_sound_ms"], sample["index"]) == (5.5, 1)


def test_each_stroke_of_a_roll_has_its_own_answer_in_its_own_time():
    onsets = [9_600 + 4_000 * k for k in range(8)]
    rig = Rig(hiss(onsets, 60_000, seconds=0.05), player__answer_delay_ms=30.0)
    audio, worker = rig.run()
    heard, samples = of(worker, "onset"), of(audio, "sample")
    assert len(heard) >= 6
    assert [s["frame"] - s["onset_frame"] for s in samples] == [1440] * len(heard)
    assert [s["onset_frame"] for s in samples] == [e["onset_frame"] for e in heard]
    for sample, event in zip(samples, heard, strict=True):
        known = rows_known(event["onset_frame"], event["frame"], goes_out(sample["frame"], event["frame"], 64))
        assert sample["index"] == known > 6


def answers(block, ragged, delay_ms, **settings):
    sound = hiss([9_600, 21_111, 30_001, 40_007], 60_000, seconds=0.12) * np.repeat([0.5, 1.0], 30_000)
    rig = Rig(
        sound, audio__block=block, audio__ragged=ragged, player__answer_delay_ms=delay_ms, player__dynamics=1.0,
        **settings,
    )  # fmt: skip
    told = [(e["frame"], e["onset_frame"], e["index"], round(e["gain_db"], 6)) for e in of(rig.run()[0], "sample")]
    assert rig.engine["late"] == 0
    return told, rig.engine.record.read(0, 60_000)[:, :2]


@pytest.mark.parametrize("block", [16, 64, 1024])
@pytest.mark.parametrize("delay_ms", [0.0, 60.0])
def test_a_render_is_the_same_however_its_blocks_are_cut(block, delay_ms):
    equal, ragged = (answers(block, cut, delay_ms) for cut in (False, True))
    assert len(equal[0]) == 4
    assert equal[0] == ragged[0]
    np.testing.assert_array_equal(*(sound for _, sound in (equal, ragged)))
    assert np.abs(equal[1]).max() > 0.01


def test_answers_start_on_the_same_frames_in_blocks_of_any_length():
    starts = {block: [frame for frame, *_ in answers(block, False, 60.0)[0]] for block in (16, 64, 1024)}
    assert starts[16] == starts[64] == starts[1024]


@pytest.mark.parametrize("how", ["panic", "stop", "respond off", "off"])
def test_what_waits_is_dropped_where_nothing_may_play(how):
    rig = Rig(hiss([9_600], 60_000, seconds=0.1), player__answer_delay_ms=200.0)
    rig.run(12_000)
    if how in ("panic", "stop"):
        rig.engine.gate.shut(480 if how == "panic" else -1)
    elif how == "respond off":
        rig.worker.set_part(0, "respond", 0.0)
    else:
        rig.worker.set_part(0, "name", TABLE["player.name"].number("off"))
    rig.run(1_000)
    if how == "respond off":
        rig.worker.set_part(0, "respond", 1.0)
    audio, _ = rig.run(40_000)
    assert of(audio, "sample") == []


def test_a_stroke_that_grows_makes_its_answer_grow_within_50_ms():
    onset, length = 9_600, 60_000
    sound = hiss([onset], length, seconds=0.4, level=0.02)
    sound[onset + 1_000 :] *= 8
    rig = Rig(sound, player__answer_delay_ms=0.0, player__balance_db=0.0, player__dynamics=1.0)
    audio, _ = rig.run()
    (sample,) = of(audio, "sample")
    own = rig.engine.record.read(0, length)[:, 0]
    at = sample["frame"] + rig.engine.limiter.lookahead_frames
    begin, end = (np.abs(own[at + ms * MS : at + (ms + 10) * MS]).mean() for ms in (5, 80))
    loudness = 20 * np.log10(0.16)  # of white noise, roughly K-weighted as it is loud
    assert 20 * np.log10(end / 0.1) - (loudness + 20) == pytest.approx(0, abs=4)
    assert end > 3 * begin
    later = own[at + 100 * MS : at + 150 * MS]
    assert np.ptp(later) < 1e-6  # and stays as it is then
    steps = np.abs(np.diff(own[at + 5 * MS : at + 150 * MS]))
    assert steps.max() < 0.1 * end  # it swells, and does not jump


def test_what_was_heard_before_the_answer_starts_is_not_followed_twice():
    onset, length = 9_600, 60_000
    rig = Rig(hiss([onset], length, seconds=0.4), player__answer_delay_ms=110.0, player__dynamics=1.0)
    audio, _ = rig.run()
    (sample,) = of(audio, "sample")
    own = rig.engine.record.read(0, length)[:, 0]
    at = sample["frame"] + rig.engine.limiter.lookahead_frames
    assert np.ptp(own[at + 10 * MS : at + 150 * MS]) < 1e-6


@pytest.mark.parametrize("gap", [260, 480])
def test_two_strokes_a_few_milliseconds_apart_never_break_the_order_of_things(gap):
    sound = clicks([9_600, 9_600 + gap], 40_000)
    audio, worker = Rig(sound, listen__refractory_ms=5.0).run()
    heard, samples = of(worker, "onset"), of(audio, "sample")
    assert [s["onset_frame"] for s in samples] == [e["onset_frame"] for e in heard]
    assert [s["frame"] - s["onset_frame"] for s in samples] == [576] * len(heard)
    segments = of(worker, "segment")
    assert [e["onset_frame"] for e in segments] == [e["onset_frame"] for e in heard]
    for one, two in pairwise(segments):
        assert one["frames"] <= max(two["onset_frame"] - one["onset_frame"], ROW)


def test_a_drone_is_answered_again_and_again_by_its_own_loudness():
    t = np.arange(10 * RATE) / RATE
    drone = (0.1 * np.sin(2 * np.pi * 220 * t) * np.minimum(t, 1)).astype("f4")
    rig = Rig(drone, listen__room_max_ms=0.0, player__balance_db=0.0, player__dynamics=1.0)
    audio, worker = rig.run()
    heard, samples = of(worker, "onset"), of(audio, "sample")
    assert len(heard) >= 3
    assert [s["onset_frame"] for s in samples] == [e["onset_frame"] for e in heard][: len(samples)]
    assert [s["frame"] - s["onset_frame"] for s in samples] == [576] * len(samples)
    assert {e["onset_frame"] for e in of(worker, "segment")} <= {e["onset_frame"] for e in heard}
    assert all(s["index"] >= 3 for s in samples)  # chosen by what sounds
    # the drone has a level of −23; at full height each answer is as loud, less what a stroke would fall by
    assert [s["gain_db"] for s in samples[2:]] == pytest.approx([-3.75] * (len(samples) - 2), abs=1.0)


@pytest.mark.parametrize(("room_max_ms", "enabled"), [(200.0, True), (0.0, True), (200.0, False)])
def test_what_may_be_an_echo_of_its_own_sound_opens_nothing_until_it_has_rung_out(room_max_ms, enabled):
    t = np.arange(6 * RATE) / RATE
    item = 0.3 * np.sin(2 * np.pi * 330 * t[: 2 * RATE])
    drone = 0.02 * np.sin(2 * np.pi * 220 * t) * np.clip(t - 0.6, 0, 1)
    sound = (clicks([9_600], len(t)) + drone).astype("f4")
    rig = Rig(
        sound, item=item, listen__room_max_ms=room_max_ms, player__balance_db=0.0, player__density=1.0,
        player__gain_db=0.0,
    )  # fmt: skip
    rig.run(40_000)
    rig.worker.set_part(0, "density", 0.0)
    rig.worker.set("listen_enabled", float(enabled))
    audio, worker = rig.run(len(t) - 40_000)
    swelled = [e["onset_frame"] for e in of(worker, "onset") if e["strength"] == 0.0]
    if not enabled:
        assert swelled == []
        return
    (ended,) = [e["frame"] for e in of(audio, "end")]
    if room_max_ms == 0.0:
        assert swelled[0] < ended - RATE // 2
    else:
        # its fade-out of 10 ms is softer than what was there before
        assert swelled[0] >= ended + (room_max_ms + 150 - 20) * MS
        assert swelled[0] < ended + (room_max_ms + 1_000) * MS
