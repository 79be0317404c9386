"""A third kind of player, which plays notes: its own folder, a row of the table of players, and its settings."""

import json

import pytest

from livehost.bridge.midi.out import MidiOut
from livehost.settings import Settings
from tests.bridge.midi.test_out import Studio
from tests.foundations.conftest import STROKES

DELAY = 960  # 20 ms
LENGTH, LOWEST = 4800, 60


def read(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def of(events, kind):
    return [e for e in events if e["kind"] == kind]


def test_it_touches_two_files_outside_its_folder(toys):
    own = {name for name in toys.touched["player"] if name.startswith("players/toy/")}
    assert toys.touched["player"] - own == {"players/__init__.py", "settings.py"}


@pytest.fixture(scope="module")
def played(toys, take, bank_dir, tmp_path_factory):
    """What a command line leaves behind: its events, and what it printed."""
    log = tmp_path_factory.mktemp("played") / "e.jsonl"
    said = toys.livehost(
        "run", "--driver", "offline", "--input", str(take), "--player", "toy", "--bank", str(bank_dir),
        "--events", str(log), "--no-ui",
    )  # fmt: skip
    return read(log), said


def test_it_answers_each_onset_with_a_note_at_its_exact_frame(played):
    events, said = played
    onsets = [e["onset_frame"] for e in of(events, "onset")]
    assert len(onsets) == len(STROKES)
    notes = [(e["frame"], e["pitch"], e["velocity"], e["onset_frame"], e["frames"]) for e in of(events, "note")]
    began = [(onset + DELAY, LOWEST, 100, onset, LENGTH) for onset in onsets]
    ended = [(onset + DELAY + LENGTH, LOWEST, 0, onset, LENGTH) for onset in onsets]
    assert notes == sorted(began + ended)
    assert [e["part"] for e in of(events, "note")] == [0] * 8
    assert not of(events, "sample")
    assert events[0]["parts"][0]["player"] == "toy"
    assert said.count("  note     60 velocity 100\n") == len(STROKES)


def test_its_notes_go_to_midi(played):
    events, _ = played
    studio = Studio()
    midi = MidiOut(Settings({"midi.out": "synth"}), [[], []], opener=studio.open, watch_s=60)
    for event in events[1:]:
        midi.event(event)
    midi.close()
    assert studio.messages[:8] == [(0x90, LOWEST, 100), (0x80, LOWEST, 0)] * 4
    assert of(events, "note")[0]["channel"] == 1


def test_it_hears_notes_and_has_its_own_settings(toys, take, bank_dir, tmp_path):
    log = tmp_path / "e.jsonl"
    toys.session(
        {
            "bank.dir": str(bank_dir), "audio.input": str(take), "listen.enabled": False, "log.events": str(log),
            "player.name": "toy", "part1.name": "toy", "part1.toy_delay_ms": 5.0,
        },
        (6400, "/livehost/midi/in/note", "ii", 50, 90),
        (9600, "/livehost/model/toy_delay_ms", "f", 10.0),
        (12_800, "/livehost/midi/in/note", "ii", 51, 80),
        (16_000, "/livehost/part/1/player", "s", "off"),
        (19_200, "/livehost/midi/in/note", "ii", 52, 70),
        (22_400, "/livehost/model/player", "s", "toy"),
    )  # fmt: skip
    events = read(log)
    assert [(e["frame"], e["pitch"], e["velocity"], e["part"]) for e in of(events, "heard_note")] == [
        (6400, 50, 90, -1), (12_800, 51, 80, -1), (19_200, 52, 70, -1)
    ]  # fmt: skip
    assert sorted((e["frame"], e["pitch"], e["part"]) for e in of(events, "note") if e["velocity"]) == [
        (6400 + 240, 62, 1), (6400 + 960, 62, 0), (12_800 + 240, 63, 1), (12_800 + 480, 63, 0), (19_200 + 480, 64, 0)
    ]  # fmt: skip
