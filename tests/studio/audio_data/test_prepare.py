import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

import livehost
from livehost.errors import LivehostError
from livehost.studio.audio_data.plan import held_out, plan, split_of, split_sounds
from livehost.studio.audio_data.prepare import prepare
from livehost.studio.audio_data.recording import load_recordings, rows_path
from livehost.studio.audio_data.render import Part
from livehost.studio.audio_data.scan import licence, walk
from livehost.studio.audio_data.segments import RATE
from tests.studio.audio_data.conftest import take, write_midi


@pytest.fixture(autouse=True)
def two_variants(monkeypatch):
    monkeypatch.setattr("livehost.studio.audio_data.render_jobs.VARIANTS", 2)


def notes(count, shift=0):
    return np.array([(0.2 + 0.2 * k, 0.2, 40 + shift + 7 * (k % 5), 90) for k in range(count)], np.float64)


def test_short_sounds_are_shots_and_others_are_loops(folder):
    found = walk([folder / "loops", folder / "shots"])
    assert [s.name for s in found.sounds] == ["loops/beat_0.wav", "loops/beat_1.wav", "loops/beat_2.wav"]
    assert {shot.name: shot.role for _, shot in found.shots} == {
        "kick_1": "kick", "kick_2": "kick", "snare_1": "snare", "snare_2": "snare", "hat_1": "hat", "hat_2": "hat",
        "bell": "bell",
    }  # fmt: skip
    assert found.skipped == []
    # a folder of folders is the same
    assert {s.name for s in walk([folder]).sounds} == {s.name for s in found.sounds}


def test_a_long_sound_among_one_shots_is_no_music(folder):
    soundfile.write(folder / "shots" / "drum_roll.wav", take(np.arange(0.1, 2.5, 0.1), 3.0), RATE)
    found = walk([folder / "shots"])
    assert found.sounds == []
    assert found.skipped == [("shots/drum_roll.wav", "is no one-shot, in a folder of one-shots")]


def test_all_performances_of_a_piece_are_one_piece(tmp_path):
    for name in ("Bach/fugue/A", "Bach/fugue/B", "Bach/fugue_no_repeat/C", "Bach/prelude/A"):
        write_midi(tmp_path / f"{name}.mid", [Part(notes(3))])
    write_midi(tmp_path / "loose.mid", [Part(notes(3))])
    pieces = {s.name.partition("/")[2]: s.piece.partition("/")[2] for s in walk([tmp_path]).midi}
    assert pieces == {
        "Bach/fugue/A.mid": "Bach/fugue", "Bach/fugue/B.mid": "Bach/fugue", "Bach/fugue_no_repeat/C.mid": "Bach/fugue",
        "Bach/prelude/A.mid": "Bach/prelude", "loose.mid": "loose",
    }  # fmt: skip


def test_splits_are_by_name_alone():
    sides = [split_of(f"piece {k}") for k in range(2000)]
    assert [round(sides.count(s) / 20) for s in ("train", "valid", "test")] == pytest.approx([80, 10, 10], abs=3)
    few = split_sounds([f"{k}.wav" for k in range(13)])
    assert [list(few.values()).count(s) for s in ("train", "valid", "test")] == [7, 1, 5]
    assert split_sounds(["a.wav"]) == {"a.wav": "train"}


def test_one_shots_held_out_are_in_no_kit_of_train(folder):
    train, rest = held_out([shot for _, shot in walk([folder / "shots"]).shots])
    assert {s.name for s in train}.isdisjoint(s.name for s in rest)
    assert {s.role for s in rest} == {"kick", "snare", "hat"}


def test_licences_stand_in_the_folder_or_in_the_table_above(tmp_path):
    own, other = tmp_path / "midi", tmp_path / "beats"
    own.mkdir(), other.mkdir()
    (own / "LICENSE.md").write_text(
        "# Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International\n\nText.\n"
    )
    (tmp_path / "README.md").write_text("| what | licence |\n| `beats/` | 13 | CC0 |\n| `midi/` | piano | MIT |\n")
    assert licence("midi", [own, tmp_path]) == "CC BY-NC-SA 4.0"
    assert licence("beats", [other, tmp_path]) == "CC0"
    assert licence("none", [other, tmp_path]) == "unknown"


def test_a_folder_becomes_recordings_and_stays_what_it_is(folder, tmp_path):
    said = []
    first = prepare([folder / "loops"], tmp_path / "cache", hours=0, workers=1, progress=lambda *p: said.append(p))
    assert [p[:2] for p in said] == [(1, 3), (2, 3), (3, 3)]
    recordings = load_recordings(tmp_path / "cache")
    assert sorted({r.split for r in recordings}) == ["test", "train"]
    assert {r.domain for r in recordings} == {"loops"}
    assert len(recordings) == len(first.paths)
    assert first.data[0]["name"] == "loops"
    assert first.data[0]["recordings"] == len(recordings)
    assert sum(row["recordings"] for row in first.counts["loops"].values()) == len(recordings)
    # once more: nothing is made again but what was lost, and that is the same
    lost, kept = first.paths[0], first.paths[-1]
    rows = rows_path(lost)
    rows_before = rows.read_bytes()
    before, stamp = lost.read_bytes(), kept.stat().st_mtime_ns
    rows.unlink()  # a recording without its rows is as good as lost
    again = prepare([folder / "loops"], tmp_path / "cache", hours=0, workers=1)
    assert again.paths == first.paths
    assert again.counts == first.counts
    assert kept.stat().st_mtime_ns == stamp
    assert rows.read_bytes() == rows_before
    with np.load(lost) as file:
        soundless = {k: file[k] for k in file.files}
    lost.write_bytes(before)
    with np.load(lost) as file:
        assert all(np.array_equal(file[k], soundless[k]) for k in file.files)
    assert not list((tmp_path / "cache").rglob("*.part"))


def test_midi_one_shots_and_loops_together(folder, tmp_path, no_fluidsynth):
    for k in range(3):
        write_midi(folder / "midi" / f"{k}.mid", [Part(notes(40, k))])
    prepared = prepare([folder / n for n in ("midi", "shots", "loops")], tmp_path / "cache", hours=0.06, workers=1)
    assert {"piano", "percussion", "composed", "loops"} == set(prepared.counts)
    names = {row["name"]: row["licence"] for row in prepared.data}
    assert names["soundfont FluidR3_GM.sf2"] == "MIT"
    assert names["soundfont TimGM6mb.sf2"] == "GPL-2.0"
    assert {row["name"]: row["plays in"] for row in prepared.data if "plays in" in row} == {
        "soundfont FluidR3_GM.sf2": "train", "soundfont MuseScore_General.sf3": "train",
        "soundfont TimGM6mb.sf2": "valid and test",
    }  # fmt: skip
    assert names["midi"] == "unknown"
    assert "composed of shots" in names
    by_piece = {}
    for r in load_recordings(tmp_path / "cache"):
        by_piece.setdefault(r.name.split(" · ")[0], set()).add(r.split)
    assert all(len(splits) == 1 for splits in by_piece.values())


def test_more_hours_are_more_of_the_same(folder):
    found = walk([folder / "loops", folder / "shots"])
    few, many = ({job.digest for job in plan(found, hours, 0)} for hours in (0.1, 0.3))
    assert few < many
    assert {job.digest for job in plan(found, 0.1, 1)}.isdisjoint(few)


def test_what_cannot_be_used_is_left_out_and_named(folder, tmp_path):
    loops = folder / "loops"
    (loops / "broken.wav").write_bytes(b"RIFF nothing")
    (loops / "empty.wav").write_bytes(b"")
    soundfile.write(loops / "silent.wav", np.zeros(RATE), RATE)
    soundfile.write(loops / "long.wav", take([0.1, 2.0], 5.0), RATE)
    prepared = prepare([loops], tmp_path / "cache", hours=0, workers=1)
    why = dict(prepared.skipped)
    assert "broken" in why["loops/broken.wav"]
    assert "empty" in why["loops/empty.wav"]
    assert "silent" in why["loops/silent.wav"]
    assert "too few onsets" in why["loops/long.wav"]
    assert len(prepared.paths) > 3


def test_sentences(folder, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    (tmp_path / "none").mkdir()
    with pytest.raises(LivehostError, match="no sound and no MIDI"):
        prepare([tmp_path / "none"], cache, hours=0)
    with pytest.raises(LivehostError, match="not there"):
        prepare([tmp_path / "nowhere"], cache)
    with pytest.raises(LivehostError, match="a file: give the folder"):
        prepare([folder / "shots" / "bell.wav"], cache)
    with pytest.raises(LivehostError, match="only single sounds"):
        prepare([folder / "shots"], cache, hours=0, workers=1)
    write_midi(tmp_path / "midi" / "a.mid", [Part(notes(4))])
    with pytest.raises(LivehostError, match="only with hours above 0"):
        prepare([tmp_path / "midi"], cache, hours=0, workers=1)
    (tmp_path / "bad").mkdir()
    soundfile.write(tmp_path / "bad" / "a.wav", np.zeros(RATE), RATE)
    with pytest.raises(LivehostError, match=r"bad/a\.wav is silent"):
        prepare([tmp_path / "bad"], cache, hours=0)
    (tmp_path / "full").write_text("")
    with pytest.raises(LivehostError, match="cannot be made"):
        prepare([folder / "loops"], tmp_path / "full", hours=0, workers=1)


@pytest.mark.parametrize(("place", "name"), [(np, "savez"), (Path, "write_text")])
def test_a_disk_that_is_full_is_not_the_files_fault(folder, tmp_path, monkeypatch, place, name):
    def full(file, *_, **__):
        if isinstance(file, Path):
            file.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place, name, full)
    with pytest.raises(LivehostError, match="No space left"):
        prepare([folder / "loops"], tmp_path / "cache", hours=0, workers=1)
    monkeypatch.undo()
    assert not list((tmp_path / "cache").rglob(".*"))  # nothing unfinished
    assert prepare([folder / "loops"], tmp_path / "cache", hours=0, workers=1).skipped == []
    assert json.loads((tmp_path / "cache" / "index.json").read_text())["paths"]


KILLED = """
import sys
from livehost.studio.audio_data.prepare import prepare
if __name__ == "__main__":
    prepare([sys.argv[1]], sys.argv[2], hours=0, workers=2, progress=lambda *p: print("made", flush=True))
"""


def children(pid):
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_run_that_is_killed_leaves_no_process_behind_and_goes_on(folder, tmp_path):
    (tmp_path / "run.py").write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": str(Path(livehost.__file__).parents[1])}
    command = [sys.executable, str(tmp_path / "run.py"), str(folder / "loops"), str(tmp_path / "cache")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as run:
        assert run.stdout.readline() == b"made\n"
        workers = children(run.pid)
        assert len(workers) >= 2
        run.kill()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*.npz")}
    assert before
    prepared = prepare([folder / "loops"], tmp_path / "cache", hours=0, workers=1)
    assert set(before) <= set(prepared.paths)
