import os
import re
import sys

import pytest

from livehost.bank.scan import natural_key, scan
from livehost.errors import LivehostError


def touch(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(folder):
    return [listed.name for listed in scan(folder).files]


def test_natural_order_case_and_folders(tmp_path):
    touch(tmp_path, "a10.wav", "a2.WAV", "A1.wav", "b/1.wav", "a-b.wav", "b2/x.flac", "b10/x.flac", "007.mp3", "7.mp3")
    assert names(tmp_path) == [
        *("007.mp3", "7.mp3"),
        *("A1.wav", "a2.WAV", "a10.wav", "a-b.wav"),
        *("b/1.wav", "b2/x.flac", "b10/x.flac"),
    ]


def test_natural_key_tells_any_two_names_apart():
    assert natural_key("a01.wav") != natural_key("a1.wav") != natural_key("A1.wav")
    assert natural_key("²5.wav") != natural_key("25.wav")  # a superscript is no digit here


def test_hidden_files_and_other_files_are_passed_over(tmp_path):
    touch(tmp_path, ".DS_Store", "._x.wav", ".git/y.wav", "__MACOSX/z.wav", "notes.txt", "good.aif")
    listing = scan(tmp_path)
    assert [listed.name for listed in listing.files] == ["good.aif"]
    assert listing.skipped == ()
    assert listing.others == {".txt": 1}


def test_other_files_are_counted_by_ending(tmp_path):
    touch(tmp_path, "a.m4a", "b.M4A", "c/d.wma", "e", "f.txt", ".hidden.m4a", "g.wav")
    assert scan(tmp_path).others == {".m4a": 2, ".wma": 1, "": 1, ".txt": 1}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: None, "There is no bank folder"),
        (lambda p: p.write_bytes(b"x"), "is a file, but a bank is a folder"),
        (lambda p: p.mkdir(), "is empty: put sounds into it (WAV"),
        (lambda p: touch(p, "a.txt", "b.jpg"), "holds 2 files, but no sound"),
        (
            lambda p: touch(p, "a.m4a", "b.jpg"),
            "holds no sound (WAV, AIFF, FLAC, Ogg or MP3): 1 file is no sound that livehost reads: 1 .m4a; convert it",
        ),
    ],
)
def test_no_bank(tmp_path, make, words):
    make(tmp_path / "bank")
    with pytest.raises(LivehostError, match=re.escape(words)):
        scan(tmp_path / "bank")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as on POSIX")
def test_links_loops_and_pipes(tmp_path):
    bank = tmp_path / "bank"
    touch(tmp_path, "elsewhere/far.wav")
    touch(bank, "near.wav")
    (bank / "loop").symlink_to(bank)
    (bank / "other").symlink_to(tmp_path / "elsewhere")
    (bank / "broken.wav").symlink_to(tmp_path / "nothing.wav")
    (bank / "self.wav").symlink_to(bank / "self.wav")
    os.mkfifo(bank / "pipe.wav")
    listing = scan(bank)
    assert [listed.name for listed in listing.files] == ["near.wav", "other/far.wav"]
    reasons = dict(listing.skipped)
    assert "nowhere" in reasons["broken.wav"]
    assert "not a regular file" in reasons["pipe.wav"]
    assert set(reasons) == {"broken.wav", "pipe.wav", "self.wav"}


def test_a_folder_that_is_a_loop_of_links(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(LivehostError, match="cannot be opened"):
        scan(tmp_path / "a")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_names_that_are_not_utf8_and_very_long_ones(tmp_path):
    long = "l" * 251 + ".wav"
    touch(tmp_path, long, os.fsdecode(b"caf\xe9.wav"))
    found = names(tmp_path)
    assert os.fsencode(found[0]) == b"caf\xe9.wav"
    assert found[1] == long


def test_unreadable_folder_inside_is_named(tmp_path, monkeypatch):
    touch(tmp_path, "a.wav", "closed/b.wav")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert scan(tmp_path).skipped == (("closed", "may not be read: permission denied"),)


def test_a_folder_with_two_names_is_listed_once_under_the_first(tmp_path):
    bank, elsewhere = tmp_path / "bank", tmp_path / "elsewhere"
    touch(elsewhere, "kick.wav")
    touch(bank, "m/hat.wav")
    for name in ("z", "b", "k"):
        (bank / name).symlink_to(elsewhere)
    assert names(bank) == ["b/kick.wav", "m/hat.wav"]
