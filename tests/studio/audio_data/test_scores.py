"""Scores: what their files say about rights, their notes, and how they are played."""

import importlib.util
import zipfile

import numpy as np
import pytest

from livehost.bank.decode import UnusableSound
from livehost.errors import LivehostError
from livehost.studio.audio_data import scores
from livehost.studio.audio_data.assemble import Label
from livehost.studio.audio_data.ensembles import complete, cut_score, ensemble, keyboard
from livehost.studio.audio_data.humanise import accompany, draw_clock, draw_pedal, on_piano, play_part
from livehost.studio.audio_data.plan import plan
from livehost.studio.audio_data.prepare import prepare
from livehost.studio.audio_data.recording import load_recordings
from livehost.studio.audio_data.rights import claims, terms
from livehost.studio.audio_data.scan import Found
from livehost.studio.audio_data.scores import COLLECTIONS, Score, Work, corpus, read_score, survey

TUNE = """X:{number}
T:{title}
M:4/4
L:1/8
K:G
|: GABc d2 ef | g2 fe dcBA | GABc d2 ef | g2 f2 g4 :|
"""
NOTE = "<note>{chord}<pitch><step>{step}</step><octave>4</octave></pitch><duration>{length}</duration>{tie}</note>"


def music_xml(bars=4, said=""):
    """Two parts in 4/4: quarters above, a tied whole note below."""

    def measure(number, content):
        head = "<attributes><divisions>2</divisions><time><beats>4</beats><beat-type>4</beat-type></time></attributes>"
        return f'<measure number="{number}">{head if number == 1 else ""}{content}</measure>'

    upper = "".join(NOTE.format(step=step, length=2, chord="", tie="") for step in "CEGE")
    ties = {1: '<tie type="start"/>', 2: '<tie type="stop"/>'}
    above = "".join(measure(k + 1, upper) for k in range(bars))
    below = "".join(measure(k + 1, NOTE.format(step="C", length=8, chord="", tie=ties[1 + k % 2])) for k in range(bars))
    parts = '<score-part id="{0}"><part-name>{0}</part-name></score-part>'
    names = parts.format("A") + parts.format("B")
    return (
        f'<?xml version="1.0"?><score-partwise version="3.1"><identification>{said}</identification>'
        f'<part-list>{names}</part-list><part id="A">{above}</part><part id="B">{below}</part></score-partwise>'
    )


@pytest.fixture
def works(tmp_path):
    """A corpus of a few files, some of them not free."""
    folder = tmp_path / "corpus"
    for name in ("mozart/k1", "bach", "monteverdi", "ryansMammoth", "oneills1850", "trecento"):
        (folder / name).mkdir(parents=True)
    free = "<rights>Released to Public Domain in 1998</rights>"
    (folder / "mozart/k1/movement1.xml").write_text(music_xml(8, free))
    with zipfile.ZipFile(folder / "mozart/k1/movement2.mxl", "w") as packed:
        packed.writestr("META-INF/container.xml", "<container/>")
        packed.writestr("score.xml", music_xml(8))
    (folder / "bach/bwv7.1.xml").write_text(music_xml(8, "<rights>© 2004 Somebody</rights>"))
    (folder / "monteverdi/madrigal.5.1.xml").write_text(music_xml(8))
    (folder / "monteverdi/madrigal.5.2.xml").write_text(music_xml(8, "<rights>EDIZIONI 2003</rights>"))
    (folder / "monteverdi/madrigal.3.1.xml").write_text(music_xml(8))
    (folder / "monteverdi/broken.mxl").write_text("nothing")
    (folder / "trecento/a.xml").write_text(music_xml(8))
    (folder / "ryansMammoth/CuckooReel.abc").write_text(TUNE.format(number=1, title="The Cuckoo's Nest -- REEL"))
    tunes = [TUNE.format(number=k, title=title) for k, title in enumerate(("Cuckoos Nest", "Another"))]
    (folder / "oneills1850/0001-0050.abc").write_text("\n".join(tunes))
    return folder


def test_only_what_is_free_for_any_use_is_taken(works):
    taken, left_out = survey(works)
    assert [work.name for work in taken] == [
        "monteverdi/madrigal.3.1", "mozart/k1/movement1", "mozart/k1/movement2",
        "oneills1850/0001-0050 1 Cuckoos Nest", "oneills1850/0001-0050 2 Another",
        "ryansMammoth/CuckooReel 1 The Cuckoo's Nest -- REEL",
    ]  # fmt: skip
    by_name = {work.name: work for work in taken}
    assert by_name["mozart/k1/movement1"].rights == "Released to Public Domain in 1998"
    assert "no restriction" in by_name["mozart/k1/movement2"].rights
    # movements are one piece, and so is a tune in two collections
    assert len({work.piece for work in taken}) == 4
    assert len({work.piece for work in taken if "uckoo" in work.name}) == 1
    why = dict(left_out)
    assert set(why) == {"bach/bwv7.1", "monteverdi/madrigal.5.1", "monteverdi/madrigal.5.2", "monteverdi/broken.mxl"}
    assert "© 2004 Somebody" in why["bach/bwv7.1"]
    assert "EDIZIONI" in why["monteverdi/madrigal.5.1"]  # one edition binds all of a series
    assert "trecento" not in COLLECTIONS


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ([], True),
        (["Public Domain"], True),
        (["Copyright 2022 Somebody: released as CC0/Public Domain"], True),
        (["Copyright © 1998 by Somebody", "and assigned to the public domain."], True),
        (["Copyright ©"], False),
        (["© 2014, Creative Commons License (CC-BY)"], False),
        (["Out of Copyright (1915). Engraving Copyright 2017, most uses allowed for free (CC-SA-BY)."], False),
        (["P.D. (Canada, EU); The edition CC-BY-SA Somebody"], False),
        (["Public domain for non-commercial use"], False),
        (["All Rights Reserved"], False),
        (["PDF © 2004 Somebody - used by permission"], False),
    ],
)
def test_rights(said, free):
    assert bool(terms(said)) is free


def test_claims_are_read_from_every_kind_of_file():
    assert claims("<score-partwise><rights>Copyright\n 2003</rights><words>dolce</words>") == ["Copyright 2003"]
    assert claims("!!!COM: X\n!!!YEM: Rights to all derivative formats reserved.\n4c") == [
        "!!!YEM: Rights to all derivative formats reserved."
    ]
    assert claims("% Copyright (C) 1999 Somebody\nX:1\nT:The Book of Rights\nK:G\nabc") == [
        "% Copyright (C) 1999 Somebody"
    ]
    assert claims("X:1\nT:Rights of Man\nZ:Transcribed by Somebody\nK:G\nabc") == []


def test_notes_are_read_with_ties_and_metre(works):
    by_name = {work.name: work for work in survey(works)[0]}
    for name in ("mozart/k1/movement1", "mozart/k1/movement2"):
        score = read_score(by_name[name])
        assert score.bar == 4.0
        low, high = sorted(score.parts, key=len)
        np.testing.assert_array_equal(low[:, :3], [(8.0 * k, 8.0, 60) for k in range(4)])
        np.testing.assert_array_equal(high[:5, 2], [60, 64, 67, 64, 60])
        np.testing.assert_array_equal(high[:4, 0], [0, 1, 2, 3])
        assert high[0, 3] > high[2, 3] > high[1, 3]  # the bar, its half, a beat
    tune = read_score(by_name["oneills1850/0001-0050 2 Another"])
    assert len(tune.parts) == 1
    assert tune.parts[0][0, 2] == 67
    (works / "mozart/k1/movement1.xml").write_text("<score-partwise>")
    with pytest.raises(UnusableSound, match="music21"):
        read_score(by_name["mozart/k1/movement1"])
    (works / "mozart/k1/movement1.xml").write_text(music_xml(2))
    with pytest.raises(UnusableSound, match="too few notes"):
        read_score(by_name["mozart/k1/movement1"])


def test_what_is_missing_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LivehostError, match="pip install music21"):
        corpus()
    with pytest.raises(LivehostError, match="pip install music21"):
        prepare([tmp_path], tmp_path / "cache", hours=1, scores="music21")
    with pytest.raises(LivehostError, match="no scores “imslp”"):
        prepare([tmp_path], tmp_path / "cache", scores="imslp")


def score(parts=2, bars=24, seed=0):
    rng = np.random.default_rng(seed)
    made = []
    for part in range(parts):
        onsets = np.arange(0, 4 * bars, 1.0 if part else 2.0)
        pitches = rng.choice((48, 50, 52, 55, 57), len(onsets)) + 12 * part
        weight = np.where(onsets % 4 == 0, 1.0, 0.4)
        made.append(np.column_stack([onsets, np.full(len(onsets), 1.0 if part else 2.0), pitches, weight]))
    return Score(tuple(made), 4.0)


def test_a_score_is_played_by_somebody():
    music = score()
    staccato = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        clock = draw_clock(music, rng)
        assert (np.diff(clock.seconds) > 0).all()
        played = play_part(music.parts[1], music, clock, rng)
        assert len(played) == len(music.parts[1])
        assert (np.diff(played[:, 0]) >= 0).all()
        assert (played[:, 0] >= 0).all()
        assert played[:, 1].min() >= 0.03
        assert ((played[:, 3] >= 12) & (played[:, 3] <= 127)).all()
        assert 1.0 < len(played) / played[-1, 0] < 8.0
        at = clock.at(np.sort(music.parts[1][:, 0]))
        assert 0.0005 < np.std(played[:, 0] - at) < 0.03
        heavy = music.parts[1][:, 3] == 1.0
        assert played[heavy, 3].mean() > played[~heavy, 3].mean() - 3
        staccato += bool((played[:, 1] < 0.14).mean() > 0.5)
        pedal = draw_pedal(music, clock, rng)
        assert (np.diff(pedal[:, 0]) >= 0).all()
    assert 2 <= staccato <= 14
    part = on_piano(music, np.random.default_rng(3))
    assert len(part.notes) <= sum(map(len, music.parts))
    for pitch in np.unique(part.notes[:, 2]):
        assert np.diff(part.notes[part.notes[:, 2] == pitch, 0]).min(initial=1.0) > 0.03


def test_an_accompaniment_is_of_the_key_and_in_the_bars():
    tune = score(parts=2).parts[1]  # pitches of C major without F and B
    kinds = set()
    for seed in range(12):
        other = accompany(tune, 4.0, np.random.default_rng(seed))
        assert set(other[:, 2] % 12) <= {0, 2, 4, 5, 7, 9, 11}
        assert other[:, 2].max() < 60
        assert other[-1, 0] < tune[-1, 0] + 4
        kinds.add(len(other))
    assert len(kinds) > 2
    assert len(accompany(tune, 3.0, np.random.default_rng(0)))


def test_excerpts_begin_with_a_bar():
    music = score(bars=400)
    cut = cut_score(music, 20.0, np.random.default_rng(2))
    assert all(part[0, 0] == 0.0 for part in cut.parts)
    assert max(part[-1, 0] for part in cut.parts) < 71
    assert len(complete(score(parts=1), np.random.default_rng(0), always=True).parts) == 2
    assert len(complete(music, np.random.default_rng(0), always=True).parts) == 2


@pytest.mark.parametrize("split", ["train", "test"])
def test_scores_become_recordings(no_fluidsynth, split):
    label = Label("x", "parts", split, "music21: Somebody")
    for play, domain in ((ensemble, "parts"), (keyboard, "piano")):
        of = Label("x", domain, split, "music21: Somebody")
        found = play(score(4), of, np.random.default_rng(5), 10.0)
        assert [r.tasks for r in found] == [("continue", "answer"), ("crossed",)]
        assert {(r.domain, r.split, r.source) for r in found} == {(domain, split, label.source)}
        assert len({len(s) for s in found[1].renderings}) == 1
        for stream in (s for r in found for s in r.streams):
            assert stream.first[-1] == len(stream.rows) >= len(stream)
            assert np.isfinite(stream.items).all()


def test_some_parts_are_heard_alone(no_fluidsynth):
    label = Label("x", "parts", "train", "music21: Somebody")
    alone = [ensemble(score(3), label, np.random.default_rng(k), 6.0)[0].renderings[0].isolated for k in range(12)]
    assert 1 <= sum(isolated is not None for isolated in alone) <= 8


def found_works(count, tunes):
    def work(k, tune):
        return Work(f"{'t' if tune else 'w'}{k}", f"p{k}", "music21: Somebody", "free", None, f"{k}", k if tune else -1)

    return Found(works=[work(k, False) for k in range(count)] + [work(k, True) for k in range(tunes)])


def test_works_and_tunes_take_turns_and_more_hours_are_more_of_the_same():
    jobs = {hours: plan(found_works(10, 30), hours, 0) for hours in (0.5, 1.0)}
    few, many = ({job.digest for job in jobs[hours]} for hours in jobs)
    assert few < many
    scored = [job for job in jobs[1.0] if job.work is not None]
    assert {job.kind for job in scored} == {"score", "parts"}
    assert 0.5 < np.mean([job.work.tune < 0 for job in scored]) < 0.7
    sides = {}
    for job in scored:
        sides.setdefault(job.work.piece, set()).add(job.split)
    assert all(len(split) == 1 for split in sides.values())
    assert all(job.work.tune >= 0 for job in plan(found_works(0, 3), 0.3, 0) if job.work is not None)
    assert {job.digest for job in plan(found_works(10, 30), 0.5, 0, ["A.sf2"])}.isdisjoint(few)


def test_a_corpus_becomes_a_cache_whose_table_names_works_and_rights(no_fluidsynth, works, tmp_path, monkeypatch):
    monkeypatch.setattr("livehost.studio.audio_data.prepare.corpus", lambda: works)
    (tmp_path / "none").mkdir()
    prepared = prepare([tmp_path / "none"], tmp_path / "cache", hours=0.06, workers=1, scores="music21")
    rows = {row["name"]: row for row in prepared.data}
    mozart = rows["music21: W. A. Mozart (1756–1791)"]
    assert set(mozart["works"]) <= {"mozart/k1/movement1", "mozart/k1/movement2"}
    assert "no restriction" in mozart["licence"] or "Public Domain" in mozart["licence"]
    assert {"piano", "parts"} <= set(prepared.counts)
    by_work = {}
    for recording in load_recordings(tmp_path / "cache"):
        if recording.source.startswith("music21"):
            by_work.setdefault(recording.name.split(" (")[0].rsplit("/", 1)[0], set()).add(recording.split)
    assert all(len(splits) == 1 for splits in by_work.values())
    assert scores.MUSIC21 == "music21"
