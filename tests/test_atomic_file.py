import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from livehost.atomic_file import atomic_write, create, open_regular

OPEN = Path("/proc/self/fd")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("lasting", [False, True])
def test_a_file_appears_when_it_is_whole(tmp_path, lasting):
    path = tmp_path / "new" / "folder" / "a.npz"
    with atomic_write(path, lasting=lasting) as new:
        new.write_text("first")
        assert (new.parent, new.suffix) == (path.parent, ".part")  # no pattern such as *.npz finds it
        assert not path.exists()
    with atomic_write(path, lasting=lasting) as new:
        new.write_text("second")
        assert path.read_text() == "first"
    assert path.read_text() == "second"
    assert names(path.parent) == ["a.npz"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), ValueError(), KeyboardInterrupt()])
@pytest.mark.parametrize("written", ["", "half"])
def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, error, written):
    def fail(path):
        with atomic_write(path) as new:
            if written:
                new.write_text(written)
            raise error

    (tmp_path / "a").write_text("old")
    for name in "ab":
        with pytest.raises(type(error)):
            fail(tmp_path / name)
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("place", ["fsync", "replace"])
def test_a_disk_that_is_full_at_the_end(tmp_path, monkeypatch, place):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(os, place, full)
    with pytest.raises(OSError, match="No space left"), atomic_write(tmp_path / "a", lasting=True) as new:
        new.write_text("new")
    monkeypatch.undo()
    assert (tmp_path / "a").read_text() == "old"
    assert names(tmp_path) == ["a"]


def test_what_lasts_is_synced_before_it_moves_and_its_folder_after(tmp_path, monkeypatch):
    done = []
    replace = os.replace
    monkeypatch.setattr(os, "fsync", lambda n: done.append("folder" if stat.S_ISDIR(os.fstat(n).st_mode) else "file"))
    monkeypatch.setattr(os, "replace", lambda *paths: (done.append("moved"), replace(*paths)))
    for lasting in (False, True):
        with atomic_write(tmp_path / "a", lasting=lasting) as new:
            new.write_text("new")
    assert done == ["moved", "file", "moved", *(["folder"] if os.name == "posix" else [])]


def test_a_folder_that_cannot_be_synced_is_no_failure(tmp_path, monkeypatch):
    def fsync(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fsync)
    with atomic_write(tmp_path / "a", lasting=True) as new:
        new.write_text("new")
    assert names(tmp_path) == ["a"]


def test_two_at_once_do_not_meet(tmp_path):
    both = threading.Barrier(2, timeout=10)
    used = []

    def write(text):
        with atomic_write(tmp_path / "a") as new:
            used.append(new)
            both.wait()
            new.write_text(text)
            both.wait()

    threads = [threading.Thread(target=write, args=(letter * 1000,)) for letter in "xy"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(used)) == 2
    assert (tmp_path / "a").read_text() in ("x" * 1000, "y" * 1000)
    assert names(tmp_path) == ["a"]


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"), atomic_write(tmp_path / "file" / "a"):
        pytest.fail("there is nothing to write to")
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="directory"), atomic_write(tmp_path / "a") as new:
        new.write_text("a folder is no file")
    assert names(tmp_path) == ["a", "file"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "far" / "a")
    with atomic_write(tmp_path / "link") as new:
        new.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "far" / "a").read_text() == "new"
    assert names(tmp_path / "far") == ["a"]


PROGRAM = """
import sys
from pathlib import Path
from livehost.atomic_file import atomic_write
with atomic_write(Path(sys.argv[1])) as new:
    new.write_text("all")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/stdout leads elsewhere there")
@pytest.mark.parametrize("to_file", [False, True])
def test_standard_output_is_written_to_and_stays(tmp_path, to_file):
    stdout = tmp_path / "stdout"
    stdout.symlink_to("/proc/self/fd/1")  # as /dev/stdout does, which a mistake here would replace
    with (tmp_path / "out").open("wb") as out:
        command = [sys.executable, "-c", PROGRAM, str(stdout)]
        done = subprocess.run(command, stdout=out if to_file else subprocess.PIPE, check=True)
    assert ((tmp_path / "out").read_bytes() if to_file else done.stdout) == b"all"
    assert stdout.is_symlink()
    assert names(tmp_path) == ["out", "stdout"]


def test_new_files_get_the_next_number_all_alike(tmp_path):
    (tmp_path / "a.wav").write_text("old")
    (tmp_path / "b-2.wav").symlink_to("nowhere")  # a link that leads to nothing is there, too
    files = create(tmp_path / "a.wav", tmp_path / "b.wav")
    for file in files:
        file.write(b"new")
        file.close()
    assert names(tmp_path) == ["a-3.wav", "a.wav", "b-2.wav", "b-3.wav"]
    assert (tmp_path / "a.wav").read_text() == "old"
    assert [file.name for file in files] == [str(tmp_path / "a-3.wav"), str(tmp_path / "b-3.wav")]


def test_where_one_cannot_be_created_none_is_left(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="Not a directory"):
        create(tmp_path / "a.wav", tmp_path / "file" / "b.wav")
    assert names(tmp_path) == ["file"]


def test_another_program_that_is_quicker_keeps_its_file(tmp_path, monkeypatch):
    def just_then(path):
        if path.name == "a.wav":
            path.touch()
        return False

    with monkeypatch.context() as patch:
        patch.setattr(os.path, "lexists", just_then)
        (file,) = create(tmp_path / "a.wav")
    file.close()
    assert names(tmp_path) == ["a-2.wav", "a.wav"]


@pytest.mark.skipif(not OPEN.is_dir(), reason="only Linux lists what is open")
def test_what_is_refused_is_closed_again(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "long").write_bytes(b"12345")
    before = sorted(OPEN.iterdir())
    for name, words in (("pipe", "no ordinary file"), ("long", "larger"), (".", "no ordinary file")):
        with pytest.raises(OSError, match=words):
            open_regular(tmp_path / name, 4)
    assert sorted(OPEN.iterdir()) == before
    with open_regular(tmp_path / "long", 5) as file:
        assert file.read() == b"12345"
