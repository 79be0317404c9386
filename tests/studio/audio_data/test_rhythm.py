import numpy as np
import pytest

from livehost.dsp.segment import SEGMENT_SIZE, SEGMENT_SLICES
from livehost.studio.audio_data.assemble import Label
from livehost.studio.audio_data.grammar import LOW, ROLES, compose
from livehost.studio.audio_data.kits import GM_KITS, GM_NOTES, Kit, OneShot, draw_gm_kit, draw_kit, role_of, strokes
from livehost.studio.audio_data.patterns import pattern, taken_apart
from livehost.studio.audio_data.segments import RATE
from livehost.studio.audio_data.styles import STYLES
from tests.studio.audio_data.conftest import take


@pytest.mark.parametrize("name", STYLES)
def test_every_bar_of_a_style_is_as_long_as_its_steps(name):
    style = STYLES[name]
    assert {len(bar) for bars in style.bars.values() for bar in bars} == {style.beats * style.steps}
    assert set(style.bars) <= set(ROLES)
    rhythm = compose(np.random.default_rng(0), 20.0, name)
    assert style.bpm[0] <= rhythm.bpm <= style.bpm[1]
    assert 12 < rhythm.seconds < 30
    assert len(rhythm.strokes) >= 16
    assert (np.diff(rhythm.strokes[:, 0]) >= 0).all()
    assert rhythm.strokes[:, 0].min() >= 0
    assert rhythm.strokes[:, 0].max() < rhythm.seconds + 0.2
    assert ((rhythm.strokes[:, 2] > 0) & (rhythm.strokes[:, 2] <= 1)).all()


def test_a_seed_composes_the_same_again_and_another_something_else():
    first, again, other = (compose(np.random.default_rng(seed), 20.0) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.strokes, again.strokes)
    assert first.strokes.shape != other.strokes.shape or not np.array_equal(first.strokes, other.strokes)


def test_roles_by_name_else_by_ear():
    none = np.zeros(SEGMENT_SIZE, np.float32)
    told = {
        "bd_808": "kick", "BassDrum": "kick", "sn_dub": "snare", "elec_hi_snare": "snare", "hat_zap": "hat",
        "drum_cymbal_open": "open", "drum_cymbal_closed": "hat", "drum_tom_lo_hard": "low tom", "perc_snap": "clap",
        "drum_splash_soft": "crash", "elec_tick": "click", "cowbell": "bell",
    }  # fmt: skip
    assert {name: role_of(name, none) for name in told} == told
    heard = none.copy()
    heard[SEGMENT_SLICES["centroid_mean"].start], heard[SEGMENT_SLICES["log_duration"].start] = 60, -1
    assert role_of("07", heard) == "kick"
    heard[SEGMENT_SLICES["centroid_mean"].start] = 110
    assert role_of("07", heard) == "hat"


def test_a_kit_puts_each_stroke_in_its_place_and_a_hat_chokes_the_open_one():
    rhythm = compose(np.random.default_rng(1), 4.0, "rock")
    click = np.array([1.0], np.float32)
    kit = Kit(dict.fromkeys(ROLES, click), dict.fromkeys(ROLES, 1.0))
    kicks = rhythm.strokes[rhythm.strokes[:, 1] == ROLES.index("kick")]
    sound = kit.play(strokes(rhythm, ("kick",)))
    np.testing.assert_array_equal(np.flatnonzero(sound), np.unique(np.round(kicks[:, 0] * RATE).astype(int)))
    long = Kit(dict.fromkeys(ROLES, np.ones(10 * RATE, np.float32)), dict.fromkeys(ROLES, 1.0))
    hats = rhythm.strokes[np.isin(rhythm.strokes[:, 1], [ROLES.index("hat"), ROLES.index("open")])]
    assert np.diff(hats[:, 0]).max() < 2
    choked = long.play(strokes(rhythm, ("hat", "open")))
    assert choked.max() <= 2.0  # never many at once, however long they ring


def test_a_missing_role_is_played_by_its_neighbour():
    shots = [OneShot("a", "kick", np.full(4, 0.1, "f4")), OneShot("b", "snare", np.full(4, 0.2, "f4"))]
    kit = draw_kit(np.random.default_rng(0), shots)
    assert set(kit.sounds) == set(ROLES)
    assert kit.sounds["clap"].max() == pytest.approx(0.2)


def test_kits_held_out_are_not_those_of_train(no_fluidsynth):
    drawn = [
        {draw_gm_kit(np.random.default_rng(k), held_out=held).program for k in range(60)} for held in (False, True)
    ]
    assert drawn == [set(GM_KITS["train"]), set(GM_KITS["held out"])]
    assert set(GM_NOTES) == set(ROLES)
    notes = draw_gm_kit(np.random.default_rng(0)).notes
    assert all(notes[role] in GM_NOTES[role] for role in ROLES)


def test_players_share_no_voice():
    for seed in range(8):
        sides = taken_apart(np.random.default_rng(seed), compose(np.random.default_rng(seed), 20.0))
        assert sides is not None
        assert set(sides[0]).isdisjoint(sides[1])
        assert set(sides[0]) | set(sides[1]) == set(ROLES)
    assert set(LOW) < set(ROLES)


def test_a_pattern_is_played_whole_apart_and_on_other_kits(no_fluidsynth):
    shots = [OneShot(f"{r}{k}", r, take([0.0], 0.2, seed=11 * i + k)) for i, r in enumerate(ROLES) for k in range(2)]
    label = Label("rhythm 1", "percussion", "test", "x")
    found = pattern(label, np.random.default_rng(2), 12.0, shots)
    assert [r.tasks for r in found] == [("continue", "answer"), ("crossed",)]
    assert found[0].name.startswith("rhythm 1 ")
    assert found[0].name.endswith(" bpm")
    again = pattern(label, np.random.default_rng(2), 12.0, shots)
    for a, b in zip(found, again, strict=True):
        assert a.name == b.name
        np.testing.assert_array_equal(a.renderings[0].features, b.renderings[0].features)
