"""What the performance player does with what it hears, with what is asked of it, and when its model is late."""

import numpy as np
import pytest

from livehost.bench.performance_rig import RATE, PlayerRig, faults
from livehost.dsp.tables import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.errors import LivehostError
from livehost.events import BY_NAME
from livehost.inference.recurrent_state import UNDO
from livehost.performance.condition import DENSITY, HAS_DENSITY, HAS_HISTOGRAM
from livehost.players.modes import ANSWER, CALL
from livehost.players.performance.context import PerformanceContext, load_context, save_context
from livehost.players.performance.out import REACT_MS
from livehost.players.performance.state import HEARD, LOG, OWN
from livehost.record import RECORD_BYTES


def told(rig):
    """Events and sources that the model was told of, oldest first."""
    context = rig.player.context()
    return list(zip(context.events.tolist(), context.sources.tolist(), strict=True))


def condition(rig):
    return rig.player.stepper.memory.inputs["condition"]


def heard(rig):
    return [event for event, source in told(rig) if source == HEARD and not 256 <= event < 356]


def test_a_log_reaches_as_far_back_as_steps_can_be_taken_back():
    assert LOG == UNDO


@pytest.fixture
def rig(plain):
    made = []

    def make(**settings):
        made.append(PlayerRig(plain, **settings))
        return made[-1]

    yield make
    for one in made:
        one.player.close()


def test_it_thinks_so_far_ahead_and_puts_out_just_in_time(rig):
    r = rig(lookahead_ms=300.0)
    r.hops(200)
    state = r.player._state[0]
    ahead = state["origin"] + state["step"] * 480 - r.frame
    assert 300 <= ahead * 1000 / RATE <= 300 + 1100
    assert len(r.notes) > 10
    planned = state["plan"]["frame"][int(state["put_out"]) % 2048] if state["planned"] > state["put_out"] else r.frame
    assert planned >= r.frame  # what is left is for later


def test_notes_that_are_heard_stand_in_the_stream_in_their_order(rig):
    r = rig(mode=ANSWER)
    r.hops(10)
    for pitch in (60, 64):
        r.hear(pitch, 90)
        r.hops(20)
        r.hear(pitch, 0)
        r.hops(20)
    assert heard(r) == [356 + 90 // 4, 60, 128 + 60, 64, 128 + 64]  # the velocity once: it is the same


def test_what_is_heard_changes_what_comes_after_and_nothing_before(rig):
    one, other = rig(seed=5), rig(seed=5)
    for r in (one, other):
        r.hops(100)
    at = one.frame
    one.hear(60, 100)
    for r in (one, other):
        r.hops(200)
    apart = [a for a, b in zip(one.notes, other.notes, strict=False) if a != b]
    assert apart
    assert apart[0][0] >= at + REACT_MS * RATE / 1000


def test_at_follow_0_it_hears_nothing(rig):
    one, other = rig(seed=5, follow=0.0), rig(seed=5, follow=0.0)
    one.hops(50)
    one.hear(60, 100)
    one.hops(100)
    other.hops(150)
    assert not heard(one)
    assert not condition(one).any()
    # what had been planned was thought of anew all the same, by the same numbers
    assert [n[1:] for n in one.notes[:5]] == [n[1:] for n in other.notes[:5]]


def test_pitch_classes_and_density_follow_the_musician(rig):
    r = rig(mode=ANSWER, follow=1.0)
    for _ in range(20):
        r.hear(67, 90)
        r.hops(10)
        r.hear(67, 0)
        r.hops(10)
    assert condition(r)[:12].argmax() == 7
    assert condition(r)[7] == pytest.approx(1.0)
    assert condition(r)[HAS_HISTOGRAM] == condition(r)[HAS_DENSITY] == 1
    assert condition(r)[DENSITY] == pytest.approx(5 / 30, abs=0.04)  # 20 notes in 4 s
    half = rig(mode=ANSWER, follow=0.5)
    half.hear(67, 90)
    half.hops(10)
    assert condition(half)[7] == pytest.approx(0.5 + 0.5 / 12, abs=1e-5)
    assert condition(half)[:12].sum() == pytest.approx(1.0)


def test_what_is_asked_for_is_told_and_held(rig):
    r = rig(pitch_00=1.0, pitch_04=0.5, pitch_11=0.5, note_density=12.0)
    r.hops(20)
    assert condition(r)[[0, 4, 11]].tolist() == [0.5, 0.25, 0.25]
    assert condition(r)[DENSITY] == pytest.approx(0.4)
    r.set(hold=1.0, pitch_00=0.0, note_density=3.0)
    r.hops(50)
    assert condition(r)[0] == 0.5
    r.set(hold=0.0)
    r.hops(50)
    assert condition(r)[[0, 4, 11]].tolist() == [0.0, 0.5, 0.5]
    assert condition(r)[DENSITY] == pytest.approx(0.1)


def test_it_answers_while_the_musician_plays_and_a_little_longer(rig):
    r = rig(mode=ANSWER, phrase_gap_ms=500.0)
    r.hops(100)
    assert not r.notes
    r.hear(60, 90)
    r.hops(150)  # it is held
    r.hear(60, 0)
    end = r.frame + 0.5 * RATE
    r.hops(300)
    begun = [frame for frame, _, velocity in r.notes if velocity]
    assert len(begun) > 5
    assert max(begun) <= end + 0.1 * RATE
    assert not any(faults(r.notes, 6 * RATE, 12).values())


def test_called_it_replies_for_as_long_as_the_phrase_was(rig):
    r = rig(mode=CALL, phrase_gap_ms=300.0)
    r.hops(10)
    for _ in range(4):
        r.hear(60, 90)
        r.hops(20)
        r.hear(60, 0)
        r.hops(5)
    assert not r.notes
    over = r.frame
    r.hops(400)
    begun = [frame for frame, _, velocity in r.notes if velocity]
    assert len(begun) > 3
    assert over < min(begun)
    assert max(begun) < over + (0.3 + 1.0 + 0.2) * RATE
    phrases = [np.frombuffer(x, BY_NAME["phrase"].dtype)[0] for x in r.ring.drain()]
    assert [(p["kind"], p["onsets"]) for p in phrases if p["kind"] == BY_NAME["phrase"].code] == [
        (BY_NAME["phrase"].code, 4)
    ]


def test_limits(rig):
    r = rig(max_note_s=0.1, polyphony=2, velocity_low=50, velocity_high=60, note_temperature=1.5)
    r.hops(1000)
    r.panic(8)
    assert len(r.notes) > 100
    assert not any(faults(r.notes, 0.1 * RATE + 480, 2).values())
    assert {v for _, _, v in r.notes if v} <= set(range(50, 61))


def test_a_line_that_is_late_says_so_and_goes_on(rig):
    r = rig(virtual=False, lookahead_ms=50.0)
    r.hops(300)  # one step of the model in 10 ms is too few
    kinds = [np.frombuffer(x, BY_NAME["late_plan"].dtype)[0] for x in r.ring.drain()]
    late = [k for k in kinds if k["kind"] == BY_NAME["late_plan"].code]
    assert len(late) == r.player["late"] > 0
    assert all(k["frames"] > 0 and k["skipped"] > 0 for k in late)
    assert len(r.notes) > 5
    frames = [frame for frame, _, _ in r.notes]
    assert frames == sorted(frames)


def test_a_sound_of_clear_pitch_is_a_note(rig):
    r = rig(mode=ANSWER)
    r.hops(10)
    summary = np.zeros(SEGMENT_SIZE, np.float32)
    summary[SEGMENT_SLICES["pitch_mean"].start], summary[SEGMENT_SLICES["voiced"].start] = 62.2, 0.9
    for frames, provisional in ((480, 1), (2400, 1), (4800, 1), (9600, 0)):
        r.io["features"], r.io["frames"], r.io["provisional"] = summary.ctypes.data, frames, provisional
        r.io["segment_onset"], r.io["segment_level_db"] = 4800, -20.0
        r.call("hear_segment")
        r.hops(10)
    assert heard(r) == [356 + 72 // 4, 62, 128 + 62]


def test_a_sound_of_no_pitch_counts_by_its_chroma(rig):
    r = rig(mode=ANSWER, follow=1.0)
    r.hops(10)
    summary = np.zeros(SEGMENT_SIZE, np.float32)
    summary[SEGMENT_SLICES["chroma_mean"].start + 9] = 1.0
    r.io["features"], r.io["frames"], r.io["provisional"] = summary.ctypes.data, 4800, 0
    r.io["segment_onset"] = r.frame
    r.call("hear_segment")
    r.hops(30)
    assert not heard(r)
    assert condition(r)[9] == pytest.approx(1.0)
    assert condition(r)[DENSITY] > 0


@pytest.mark.parametrize("which", ["plain", "attentive"])
def test_a_context_goes_on_where_it_was(which, request, tmp_path):
    export = request.getfixturevalue(which)
    r = PlayerRig(export)
    r.hops(150)
    kept = r.player.context()
    save_context(tmp_path / "c.npz", kept)
    again = load_context(tmp_path / "c.npz")
    np.testing.assert_array_equal(again.events, kept.events)
    one, other = r.new_player(), None
    one.feed(again)
    for name, array in kept.state.items():
        np.testing.assert_array_equal(one.stepper.memory.inputs[name], array)
    other = r.new_player()
    other.feed(again.without_state())
    assert other["told"] == min(len(kept), 256)
    assert np.abs(other.stepper.memory.inputs["hidden"] - kept.state["hidden"]).max() < 0.5
    for player in (one, other):
        held = kept.sounding(OWN)
        queue = player._state[0]["queue"]["event"][: player["queued"]]
        assert sorted(queue.tolist()) == sorted(128 + pitch for pitch in held)
        player.close()


def test_contexts_that_cannot_be_read(tmp_path):
    path = tmp_path / "c.npz"
    with pytest.raises(LivehostError, match="There is no context c"):
        load_context(path)
    path.write_bytes(b"rubbish")
    with pytest.raises(LivehostError, match="cannot be read"):
        load_context(path)
    np.savez(path, rate=1)
    with pytest.raises(LivehostError, match="of another player"):
        load_context(path)
    good = PerformanceContext(np.array([60, 188]), np.array([0, 0]), "", 0, {})
    for bad in (
        PerformanceContext(np.array([388, 1]), good.sources, "", 0, {}),
        PerformanceContext(good.events, np.array([0, 2]), "", 0, {}),
        PerformanceContext(good.events, np.array([0]), "", 0, {}),
    ):
        save_context(path, bad)
        with pytest.raises(LivehostError, match="no event"):
            load_context(path)
    save_context(path, PerformanceContext(good.events, good.sources, "m", 2, {"hidden": np.array([np.nan], "f4")}))
    with pytest.raises(LivehostError, match="NaN"):
        load_context(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LivehostError, match="cannot be read"):
        load_context(path)


def test_a_model_that_fails_again_and_again_is_given_up(rig):
    r = rig()
    r.hops(20)
    r.player.stepper.memory.inputs["hidden"][:] = np.nan
    r.hops(5)  # all is forgotten, and it begins anew
    assert r.player["failures"] == 0
    assert len(told(r)) > 0
    r.set(note_density=np.nan, follow=np.nan)
    with pytest.raises(RuntimeError, match="the player has failed"):
        r.hops(50)
    assert RECORD_BYTES
