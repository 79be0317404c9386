"""A word that several processes share."""

import os
import subprocess
import sys

import pytest

from livehost.rt import broadcast
from livehost.rt.broadcast import Broadcast, runtime_folder


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEHOST_RUNTIME", str(tmp_path / "run"))
    return tmp_path / "run"


def test_a_call_of_one_is_seen_by_all_and_says_whose_it_is():
    first, second = Broadcast(), Broadcast()
    assert first.trouble == second.trouble == ""
    before = second.word
    first.call()
    assert first.word == second.word != before
    assert second.word & 0xFFFFFF == first.me == os.getpid() & 0xFFFFFF


def test_a_call_of_another_process_is_seen():
    here = Broadcast()
    before = here.word
    code = "from livehost.rt.broadcast import Broadcast; b = Broadcast(); b.call(); print(b.me)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert here.word != before
    assert here.word & 0xFFFFFF == int(told) != here.me


def test_nobody_else_may_write_to_it(folder):
    Broadcast()
    assert folder.stat().st_mode & 0o77 == 0
    assert (folder / "panic").stat().st_mode & 0o77 == 0


@pytest.mark.parametrize("what", ["link", "file", "folder", "else"])
def test_where_it_cannot_be_shared_it_is_its_own_and_says_so(folder, tmp_path, what, monkeypatch):
    if what == "link":
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere")
    elif what == "file":
        folder.write_text("")
    elif what == "folder":
        (folder / "panic").mkdir(parents=True)
    else:
        folder.mkdir()
        monkeypatch.setattr(broadcast.os, "getuid", lambda: 4711)
    alone = Broadcast()
    assert alone.trouble.startswith("Other livehosts of this user are not reached by its panic, nor it by theirs (")
    before = alone.word
    alone.call()
    assert alone.word != before


def test_the_place_does_not_depend_on_how_a_process_was_started(monkeypatch):
    monkeypatch.delenv("LIVEHOST_RUNTIME")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    one = runtime_folder()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert runtime_folder() == one


def test_what_is_rendered_offline_is_nobody_elses(folder):
    alone, shared = Broadcast(shared=False), Broadcast()
    before = alone.word
    shared.call()
    assert (alone.word, alone.trouble) == (before, "")
    alone.call()
    assert alone.word != before
    assert shared.word & 0xFFFFFF == shared.me
