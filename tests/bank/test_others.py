import sys

import pytest
import soundfile

from livehost.bank.load import open_bank
from livehost.bank.others import companions, strangers
from livehost.cli import main as cli
from tests.bank.conftest import RATE, hit


@pytest.mark.parametrize(
    ("others", "sentence"),
    [
        ({}, ""),
        ({".txt": 3, ".asd": 2}, ""),
        (
            {".m4a": 3, ".wma": 1, ".txt": 5},
            "4 files are no sound that livehost reads: 3 .m4a, 1 .wma; convert them to WAV or FLAC.",
        ),
        ({"": 1}, "1 file is no sound that livehost reads: 1 without an ending; convert it to WAV or FLAC."),
        (
            {f".{k}": 9 - k for k in range(7)},
            "42 files are no sound that livehost reads: 9 .0, 8 .1, 7 .2, 6 .3, 5 .4, 7 more; "
            "convert them to WAV or FLAC.",
        ),
        (
            {".\x1b[31mred and much longer": 1000},
            "1,000 files are no sound that livehost reads: 1,000 .�[31mred an…; convert them to WAV or FLAC.",
        ),
    ],
)
def test_what_is_said_of_files_that_are_no_sound(others, sentence):
    assert strangers(others) == sentence


def test_companions_are_only_counted():
    assert companions({".txt": 3, ".asd": 2, ".m4a": 7}) == 5


def test_a_bank_tells_of_them_built_and_from_the_cache(folder, cache):
    for name in ("a.m4a", "b.m4a", "notes.txt", "Bell.wav.asd"):
        (folder / name).touch()
    for _ in range(2):
        bank = open_bank(folder, RATE, cache_dir=cache)
        assert bank.notes == ["2 files are no sound that livehost reads: 2 .m4a; convert them to WAV or FLAC."]
        assert bank.companions == 2
    (folder / "c.m4a").touch()  # no sound has changed
    assert open_bank(folder, RATE, cache_dir=cache).notes[0].startswith("3 files")


def test_info_names_what_is_broken_built_and_from_the_cache(folder, cache, monkeypatch, capfd):
    (folder / "broken.wav").write_bytes(b"RIFF and no more")
    (folder / "b\x1b[31m.wav").write_bytes(b"")
    (folder / "song.m4a").touch()
    (folder / "[").mkdir()
    soundfile.write(folder / "[/b] :smile:.wav", hit(300.0), RATE)
    monkeypatch.setenv("LIVEHOST_CACHE", str(cache))
    monkeypatch.setattr(sys, "argv", ["livehost", "bank", "info", str(folder)])
    told = []
    for _ in range(2):
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code == 0
        told.append(capfd.readouterr().out.splitlines())
    for lines in told:
        assert lines[-4:-1] == [
            "1 file is no sound that livehost reads: 1 .m4a; convert it to WAV or FLAC.",
            "Left out of the bank: b�[31m.wav (is empty (0 bytes)).",
            "Left out of the bank: broken.wav (is broken or no sound file (Format not recognised)).",
        ]
        assert lines[-1].startswith("4 sounds from 4 files")
        assert any("[/b] :smile:.wav" in line for line in lines)
