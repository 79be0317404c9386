"""The parts that the tests of the stage are made of."""

import math
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from livehost.bank.load import open_bank
from livehost.errors import LivehostError
from livehost.studio.evaluation.groups import group_places
from livehost.studio.stage_evaluation import answers, figures, kits, loudness, material, renders, sensitivity, taken
from livehost.studio.stage_evaluation.session import RATE, Session
from livehost.studio.stage_evaluation.strokes import correlation
from tests.conftest import burst, clicks


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("bd_808.flac", "kick"), ("drum_bass_soft.flac", "kick"), ("elec_hollow_kick.flac", "kick"),
        ("sn_dub.flac", "snare"), ("drums/Snare 3.wav", "snare"), ("hat_bdu.flac", "hat"),
        ("drum_cymbal_open.flac", "hat"), ("drum_tom_hi_soft.flac", "tom"), ("elec_bell.flac", ""),
        ("tabla_tun1.flac", ""), ("phantom.wav", "tom"),
    ],
)  # fmt: skip
def test_classes_by_name(name, kind):
    assert kits.class_of(name) == kind


def test_groups_of_places():
    random = np.random.default_rng(0)
    centres = 20 * np.eye(4)
    which = np.arange(40) % 4
    found = group_places(centres[which] + random.normal(0, 0.1, (40, 4)), 4)
    assert len({(a, b) for a, b in zip(which, found, strict=True)}) == 4
    assert set(group_places(np.zeros((5, 3)))) == {0}


def test_strokes_stand_where_they_are_said_to():
    made = material.strokes([clicks([0], 4800, 1.0), burst(200, 0.1, level=1.0)], 20, 0.1, (0.0, -20.0))
    assert np.bincount(2 * made.kind + made.level).tolist() == [5, 5, 5, 5]
    assert np.diff(made.frames).tolist() == [4800] * 19
    levels = loudness.stroke_level_db(made.sound, made.frames)
    for kind in range(2):
        loud, soft = (levels[(made.kind == kind) & (made.level == level)].mean() for level in range(2))
        assert loud - soft == pytest.approx(20, abs=0.5)


def test_a_kit_is_not_in_its_bank(tmp_path):
    for name in ("bd_1", "bd_2", "sn_1", "hat_1", "bell"):
        soundfile.write(tmp_path / f"{name}.wav", burst(200, 0.4), RATE)
    (kit,) = kits.kits_of(tmp_path, tmp_path / "made", 1)
    assert len(kit.sounds) == 3
    assert max(len(s) for s in kit.sounds) <= 0.24 * RATE
    names = sorted(path.name for path in kit.bank.iterdir())
    assert "bell.wav" in names
    assert "sn_1.wav" not in names
    assert len(names) == 2
    (tmp_path / "sn_1.wav").unlink()
    with pytest.raises(LivehostError, match="has no snare"):
        kits.kits_of(tmp_path, tmp_path / "made", 1)


def test_takes_of_a_folder(tmp_path):
    soundfile.write(tmp_path / "long.wav", np.tile(burst(300, 0.5), 6), RATE)
    soundfile.write(tmp_path / "short.wav", burst(300, 0.2), RATE)
    (take,) = material.takes_of(tmp_path, 2.0, 5)
    assert (take.name, len(take.sound)) == ("long", 2 * RATE)
    (tmp_path / "long.wav").unlink()
    with pytest.raises(LivehostError, match="no take of 1 s"):
        material.takes_of(tmp_path, 2.0, 5)


def session(*events, seconds=1.0):
    silence = np.zeros(int(seconds * RATE), np.float32)
    return Session(list(events), silence, silence)


def sample(onset, index, decision=1, reason="answer"):
    return {"kind": "sample", "onset_frame": onset, "index": index, "reason": reason, "gain_db": 0.0,
            "frame": onset + 500, "decision": decision}  # fmt: skip


def test_answers_belong_to_the_stroke_that_they_sound_with():
    told = session(sample(1010, 4), sample(1010, 5), sample(20_000, 6), sample(30_000, 7, reason="manual"))
    found = answers.answers_of(told, np.array([1000, 10_000, 20_100]))
    assert found.stroke.tolist() == [0, 2]
    assert found.item.tolist() == [4, 6]
    assert answers.all_items(told).tolist() == [4, 5, 6, 7]


def test_the_plan_that_stood_armed_when_an_onset_was_heard():
    told = session(
        {"kind": "next", "count": 1, "index": [7, -1, -1]},
        {"kind": "next", "count": 2, "index": [4, 1, -1]},
        {"kind": "onset", "onset_frame": 900},
        {"kind": "next", "count": 1, "index": [2, -1, -1]},
    )
    assert answers.armed_by(told) == {900: [4, 1]}


def test_the_same_choices_are_counted_where_both_answered():
    def of(strokes, items):
        return SimpleNamespace(stroke=np.array(strokes), item=np.array(items))

    assert sensitivity.same_share(of([0, 1, 2], [5, 6, 7]), of([0, 2, 3], [5, 1, 1])) == (1, 2)


def test_other_sounds_begin_where_the_first_did():
    take = clicks([9600, 24_000], RATE)
    other = sensitivity.other_sounds(take, np.array([9600, 24_000]))
    quiet, loud = (np.abs(other[a : a + 480]).max() for a in (9000, 9600))
    assert loud > 20 * quiet


def test_the_gain_of_a_voice_is_read_from_the_sound():
    item = burst(440, 0.4)
    played = np.zeros(RATE, np.float32)
    played[1000 : 1000 + len(item)] = 0.25 * item
    assert loudness.heard_gain_db(played, item, 1000) == pytest.approx(20 * math.log10(0.25), abs=0.01)
    assert math.isnan(loudness.heard_gain_db(played, item[:1000], 1000))
    assert math.isnan(loudness.heard_gain_db(np.zeros(RATE, np.float32), item, 1000))


def test_rests_do_not_count_for_loudness():
    tone = (0.1 * np.sin(2 * np.pi * 997 * np.arange(RATE) / RATE)).astype(np.float32)
    whole = loudness.integrated_db(tone)
    assert whole == pytest.approx(-23.0, abs=0.3)
    assert loudness.integrated_db(np.concatenate([tone, np.zeros(3 * RATE, np.float32)])) == pytest.approx(
        whole, abs=0.1
    )
    assert math.isnan(loudness.integrated_db(np.zeros(RATE, np.float32)))


def test_the_limiters_share_is_of_tenths():
    def meter(frame, db):
        return {"kind": "meter", "frame": frame, "reduction_db": db}

    told = session(meter(1600, 0.0), meter(3200, 2.0), meter(4800, 0.0), meter(6400, 0.5), meter(9600, 0.0))
    assert renders.limited_share(told) == 50.0


def test_correlation_of_what_is_known():
    assert correlation(np.array([1.0, 2, 3, np.nan]), np.array([2.0, 4, 6, 1])) == pytest.approx(1.0)
    assert math.isnan(correlation(np.array([1.0, 2, 3]), np.array([2.0, 2, 2])))


def test_slices_stand_where_their_sounds_begin(tmp_path):
    frames = np.arange(8) * 12_000 + 3000
    soundfile.write(tmp_path / "take.wav", clicks(frames.tolist(), 100_000), RATE, "FLOAT")
    bank = open_bank(tmp_path, RATE, slice_onsets=True, cache_dir=tmp_path / "cache")
    found = taken.slice_onsets(bank, tmp_path / "take.wav")
    assert len(found) == 8
    assert np.abs(found - frames).max() < 0.004 * RATE


def test_what_a_figure_wants():
    def made(value, **more):
        return figures.Figure("a", "b", "bank", value, **more)

    assert made(1.0).reached
    assert made(1.0).wanted == ""
    assert made(0.5, least=0.4).reached
    assert made(0.5, least=0.4).wanted == "≥ 0.4"
    assert not made(0.5, most=0.4).reached
    assert not made(math.nan, least=0.0).reached
    assert math.isnan(figures.mean([math.nan]))
    assert figures.median([1.0, math.nan, 3.0]) == 2.0
    assert math.isnan(figures.share(0, 0))


def test_a_roll_and_a_drone():
    made = material.roll(20, 1.0)
    assert len(made.frames) == 20
    assert np.abs(np.diff(made.frames) - RATE / 20).max() <= 0.0041 * RATE
    held = material.drone(2.0)
    level = loudness.stroke_level_db(held, np.array([RATE, 2 * RATE]))
    assert np.abs(level + 14).max() < 3
