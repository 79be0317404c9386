"""Which note, on which channel, stands for which sound."""

import math

import pytest

from livehost.bridge.midi.drums import drum_note
from livehost.bridge.midi.folders import Folder, folder_of, parse_folders
from livehost.bridge.midi.notes import NoteChooser, NoteMap
from livehost.errors import LivehostError
from livehost.settings import Settings

NAN = math.nan


def notes(roots, names=(), part=0, **values):
    settings = Settings({f"midi.{key}": value for key, value in values.items()})
    made = NoteMap(settings, part, roots, names)
    return [made.of(k) for k in range(len(roots))]


def test_sounds_without_a_pitch_get_notes_that_no_pitched_sound_has_each_its_own():
    roots = [36.0, NAN, 38.4, NAN, 37.0, NAN]
    assert notes(roots) == [(0, 36), (0, 39), (0, 38), (0, 40), (0, 37), (0, 41)]
    many = notes([60.0, 61.0] + [NAN] * 126)
    assert sorted(note for _, note in many) == list(range(128))
    assert many[92:94] == [(0, 0), (0, 1)]  # from 36 to 127, then from 0 on


def test_where_there_are_more_sounds_than_notes_those_without_a_pitch_share_theirs():
    found = [note for _, note in notes([60.0] + [NAN] * 254)]
    assert found.count(60) == 1
    assert found[1:128] == found[128:]
    assert len(notes([float(k) for k in range(128)] + [NAN, NAN])) == 130


def test_by_index():
    assert notes([60.0, NAN, *[NAN] * 127], note="index")[:2] == [(0, 0), (0, 1)]
    assert notes([NAN] * 130, note="index")[128:] == [(0, 0), (0, 1)]


def test_folders_have_channels_and_ways_of_their_own():
    names = ["drums/kick.wav", "drums/snare.wav", "drums/what.wav", "voices/a.wav", "b.wav", "voices/c.wav"]
    found = notes([50.0, NAN, NAN, 60.0, NAN, NAN], names, channel=3, folders="drums=10:drums, voices=2")
    assert found == [(9, 36), (9, 38), (9, 35), (1, 60), (2, 36), (1, 36)]
    assert notes([50.0, NAN], names, folders="drums=10") == [(9, 50), (9, 36)]
    assert notes([50.0, NAN], names, folders="drums=10:index", note="pitch") == [(9, 0), (9, 1)]


def test_drums_without_a_folder_of_their_own():
    names = ["kick 1.wav", "Kick 2.wav", "rubber.wav", "hats/open.wav"]
    assert notes([NAN] * 4, names, note="drums") == [(0, 36), (0, 36), (0, 35), (0, 46)]


def test_a_change_of_a_setting_is_followed_and_speed_moves_pitched_sounds_alone():
    settings = Settings()
    chooser = NoteChooser(settings, [[60.0, NAN], [48.0]], [["drums/kick.wav"]])
    assert [chooser.of(0, 2.0), chooser.of(1, 2.0), chooser.of(0, 0.5, part=1)] == [(0, 72), (0, 36), (1, 36)]
    settings.set("midi.folders", "drums=10")
    settings.set("part1.midi_channel", 5)
    assert [chooser.of(0), chooser.of(1), chooser.of(0, part=1)] == [(9, 60), (0, 36), (4, 48)]
    assert chooser.channel(1) == 4
    chooser.use(0, [72.0], ["other.wav"])
    assert chooser.of(0) == (0, 72)
    assert chooser.of(7, part=1) == (4, 7)  # an item that is no more


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("kick.wav", 36), ("BD 01.wav", 36), ("bass drum.wav", 36), ("drums/kicks/01.wav", 36), ("snare_rim.wav", 37),
        ("sd.wav", 38), ("Snares/a.wav", 38), ("clap.wav", 39), ("hat-closed.wav", 42), ("hats/open 2.wav", 46),
        ("hh_pedal.wav", 44), ("floor tom.wav", 43), ("tom-02.wav", 47), ("hi tom.wav", 50), ("crash.wav", 49),
        ("ride bell.wav", 53), ("ride.wav", 51), ("cowbell.wav", 56), ("conga low.wav", 64), ("triangle.wav", 81),
        ("kicks/snare.wav", 38), ("voice.wav", None), ("catch.wav", None), ("", None), ("tomorrow.wav", None),
    ],
)  # fmt: skip
def test_general_midi_drums_by_name(name, note):
    assert drum_note(name) == note


def test_folders_are_read_and_the_innermost_counts():
    folders = parse_folders("Kit=10, kit/Snares/=11:drums,,")
    assert folders == (Folder("kit", 10), Folder("kit/snares", 11, "drums"))
    assert folder_of("kit/snares/a.wav", folders) == folders[1]
    assert folder_of("KIT/b.wav", folders) == folders[0]
    assert folder_of("kitchen/b.wav", folders) is None
    assert folder_of("kit", folders) is None
    assert parse_folders("") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("drums", "not 'drums'"), ("drums=", "not 'drums='"), ("=3", "not '=3'"), ("a=ten", "not 'a=ten'"),
        ("a=3:loud", "NOTES is one of pitch, index, drums"), ("a=0", "there is no MIDI channel 0"),
        ("a=1,b=17", "there is no MIDI channel 17, in 'b=17'"), ("a=²", "not 'a=²'"), ("a=-1", "not 'a=-1'"),
    ],
)  # fmt: skip
def test_folders_that_cannot_be_read_are_one_sentence(text, sentence):
    with pytest.raises(LivehostError) as refused:
        parse_folders(text)
    assert sentence in str(refused.value)
    assert refused.value.exit_code == 2
    assert notes([60.0], folders=text) == [(0, 60)]  # what was told of plays on without
