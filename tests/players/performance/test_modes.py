"""How the performance player keeps the musician's time: duo, room, grids, rests, replies, notes that strike along."""

import numpy as np
import pytest

from livehost.bench.performance_rig import RATE, PlayerRig, faults
from livehost.dsp.beat.tracker import BeatTracker
from livehost.engine.player_abi import BEGIN
from livehost.events import BY_NAME, REASONS
from livehost.players.modes import CALL, CONTINUE, DUO
from livehost.settings import TABLE
from tests.dsp.beat.beats import Grid

BEAT = RATE // 2  # 120 beats a minute
QUANTISE = TABLE["player.quantise"].choices


@pytest.fixture
def rig(plain):
    made = []

    def make(**settings):
        settings = {"mode": DUO, "unison": 0.0, **settings}
        beat = BeatTracker(RATE) if settings.pop("beat", True) else None
        made.append(PlayerRig(plain, beat=beat, **settings))
        made[-1].grid = Grid(beat) if beat is not None else None
        return made[-1]

    yield make
    for one in made:
        one.player.close()


def begun(r):
    return np.array([frame for frame, _, velocity in r.notes if velocity], np.int64)


def told(r, kind):
    """All events of a kind that were told since."""
    record = BY_NAME[kind]
    rows = [np.frombuffer(x, record.dtype)[0] for x in r.ring.drain()]
    return [row for row in rows if row["kind"] == record.code]


def pulse(start, count, every=BEAT):
    return [start + every * k for k in range(count)]


def test_duo_begins_with_the_musician_and_ends_bars_after(rig):
    r = rig(beat=False)
    r.hops(200)
    assert not r.notes
    r.hops(400, pulse(r.frame + 100, 8))
    last = r.frame
    assert len(begun(r)) > 5
    r.hops(2000)
    assert begun(r).max() > last
    assert begun(r).max() < last + (8 * 4 * 0.5 + 1) * RATE
    assert not any(faults(r.notes, 6 * RATE, 12).values())


def test_a_line_stands_on_the_sixteenths_of_the_beat(rig):
    r = rig(mode=CONTINUE)
    r.grid.give(0, 123.0, float(BEAT))
    r.hops(800)
    frames = begun(r)
    assert len(frames) > 10
    assert set(((frames - 123) % (BEAT // 4)).tolist()) <= {0}
    assert len(set(((frames - 123) % BEAT).tolist())) > 1


@pytest.mark.parametrize(("quantise", "divisions"), [("1/4", 1), ("1/8t", 3)])
def test_a_line_waits_for_the_grid_that_is_asked_for(rig, quantise, divisions):
    r = rig(mode=CONTINUE, quantise=QUANTISE.index(quantise))
    r.grid.give(0, 0.0, float(BEAT))
    r.hops(800)
    assert len(begun(r)) > 3
    assert set((begun(r) % (BEAT // divisions)).tolist()) <= {0}


def test_what_is_to_be_heard_on_a_place_starts_as_much_earlier_as_the_card_takes(rig):
    r = rig(mode=CONTINUE, hop=64)
    r.io["latency"] = 500
    r.grid.give(0, 0.0, float(BEAT))
    r.hops(3000)
    assert len(begun(r)) > 5
    assert set(((begun(r) + 500) % (BEAT // 4)).tolist()) <= {0}


def test_without_a_beat_a_grid_is_missed_and_told_of_once(rig):
    r = rig(mode=CONTINUE, quantise=QUANTISE.index("1/8"))
    r.hops(200)
    assert len(begun(r)) > 3
    assert len(told(r, "unquantised")) == 1


def test_room_is_made_while_the_musician_is_busy_and_told_of(rig):
    counts = {}
    for space in (0.0, 1.0):
        r = rig(beat=False, space=space, note_density=10.0)
        r.hops(100, pulse(100, 4))
        r.hops(2000, pulse(r.frame, 80, RATE // 4))
        counts[space] = len(set(begun(r).tolist()))
        rows = told(r, "room")
        assert len(rows) == pytest.approx(42, abs=1)
        assert rows[-1]["busy"] == pytest.approx(4.0, abs=0.8)
        assert rows[-1]["share"] == pytest.approx(1.0 - 0.6 * space, abs=0.08)
    assert counts[1.0] < 0.75 * counts[0.0]


def test_a_note_does_not_double_a_stroke(rig):
    r = rig(space=0.5, note_temperature=1.5)
    strokes = pulse(1000, 80)
    r.hops(4000, strokes)
    frames = begun(r)
    late = frames[frames > 12 * BEAT]
    assert len(late) > 20
    apart = np.abs(late[:, None] - np.array(strokes)).min(axis=1)
    assert (apart < 0.04 * RATE).mean() < 0.1


def test_a_rest_is_silent_and_over_when_it_is_told(rig):
    r = rig(mode=CONTINUE)
    r.grid.give(0, 0.0, float(BEAT))
    r.hops(200)
    r.io["may_play"] = 0
    at = r.frame
    r.hops(300)
    until = r.frame
    r.io["may_play"] = 1
    r.hops(200)
    frames = begun(r)
    assert not ((frames > at + 0.05 * RATE) & (frames < until)).any()
    assert (frames > until).any()


def test_a_piece_that_is_opened_plays_without_a_musician(rig):
    r = rig(hop=64)
    r.hops(400)
    assert not r.notes
    r.grid.begin(r.frame + 1000, float(BEAT))
    origin = r.frame + 1000
    r.hops(4000)
    assert len(begun(r)) > 5
    assert set(((begun(r) - origin) % (BEAT // 4)).tolist()) <= {0}


@pytest.mark.parametrize(("give_way", "ends"), [(1.0, True), (0.0, False)])
def test_what_rings_ends_when_the_musician_comes_back(rig, give_way, ends):
    r = rig(mode=CONTINUE, beat=False, phrase_gap_ms=300.0, note_temperature=0.3, **{"yield": give_way})
    r.hops(400)
    state = r.player._state[0]
    for _ in range(400):
        r.hops()
        held = [pitch for pitch in range(128) if state["on"][pitch]]
        planned = state["plan"][int(state["put_out"]) % 2048 : int(state["planned"]) % 2048]
        soon = {int(n["pitch"]) for n in planned if n["velocity"] == 0}
        if ringing := [pitch for pitch in held if pitch not in soon]:
            break
    at = r.frame
    r.hops(20, [at + 1])
    gone = [pitch for frame, pitch, velocity in r.notes if velocity == 0 and frame >= at]
    assert all(pitch in gone for pitch in ringing) == ends


def test_a_reply_begins_on_a_beat(rig):
    r = rig(mode=CALL, phrase_gap_ms=300.0)
    r.grid.give(0, 0.0, float(BEAT))
    r.hops(150, pulse(0, 4, BEAT // 2))
    reply_from = int(r.player["reply_from"])
    r.hops(300)
    assert reply_from % BEAT == 0
    assert begun(r).min() >= reply_from - 480
    assert begun(r).max() <= reply_from + 2 * BEAT + RATE // 10


@pytest.mark.parametrize("times", [[0, 1, 2, 3], [0, 2, 3, 6, 7, 8], [0, 1, 7]])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_reply_is_as_long_as_the_phrase(rig, times, seed):
    r = rig(mode=CALL, phrase_gap_ms=800.0, seed=seed)
    phrase = [2000 + BEAT // 4 * k for k in times]
    r.hops(420, phrase)
    last = r.frame
    r.hops(500)
    notes = begun(r)
    assert notes.min() > phrase[-1]
    assert notes.min() < last + BEAT
    assert 0.79 <= (notes.max() - notes.min()) / (phrase[-1] - phrase[0]) <= 1.01


def test_the_reply_to_one_stroke_is_one_stroke(rig):
    r = rig(mode=CALL, phrase_gap_ms=400.0)
    r.hops(600, [2000])
    assert len(begun(r)) >= 1
    assert np.ptp(begun(r)) == 0


def test_a_piece_that_is_opened_is_called_first(rig):
    r = rig(mode=CALL)
    r.hops(20)
    r.grid.begin(r.frame + 1000, float(BEAT))
    r.command(BEGIN)
    r.hops(600)
    assert len(begun(r)) > 2
    assert begun(r).max() - begun(r).min() <= 4.2 * BEAT


def test_notes_strike_along_and_are_withdrawn_where_no_stroke_comes(rig):
    r = rig(unison=1.0, space=0.0, note_temperature=1.5)
    strokes = pulse(1000, 60)
    r.hops(100 * 30 + 10, strokes)
    along = [o for o in r.outs if o["reason"] == REASONS.index("unison") and o["velocity"] > 0]
    frames = np.array([o["frame"] for o in along])
    late = frames[frames > 12 * BEAT]
    assert len(late) > 5
    before = late[late < strokes[-1] + 0.1 * RATE]
    apart = np.abs(before[:, None] - np.array(strokes)).min(axis=1)
    assert np.median(apart) < 0.01 * RATE
    assert {row["withdrawn"] for row in told(r, "expected") if row["onset_frame"] >= 0} == {0}
    r.hops(600)
    missed = [row for row in told(r, "expected") if row["onset_frame"] < 0]
    assert all(row["withdrawn"] == 1 for row in missed)
    assert len(missed) <= 8
