import errno
import os
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psutil
import pytest
import soundfile

from livehost.bank import build, decode, store
from livehost.bank.load import open_bank
from livehost.bank.sink import UNFINISHED
from livehost.errors import LivehostError

from .conftest import RATE, hit


def opened(folder, cache, **options):
    return open_bank(folder, RATE, cache_dir=cache, **options)


BAD = {
    "corrupt.wav": (
        lambda p: p.write_bytes(b"RIFF\xff\xff\xff\xffWAVE" + bytes(range(200))),
        "is broken or no sound file",
    ),
    "zero.flac": (lambda p: p.write_bytes(b""), "is empty (0 bytes)"),
    "nan.wav": (lambda p: soundfile.write(p, np.full(9999, np.nan), RATE, subtype="FLOAT"), "holds NaN or Inf"),
    "one.wav": (lambda p: soundfile.write(p, [0.5], RATE), "is too short (1 frame)"),
    "dc.wav": (lambda p: soundfile.write(p, np.full(9999, 0.5), RATE), "holds only a constant (DC)"),
    "silent.AIFF": (lambda p: soundfile.write(p, np.zeros(9999), RATE), "is silent"),
    "huge.wav": (lambda p: soundfile.write(p, 1e30 * hit(), RATE, subtype="DOUBLE"), "is far beyond full scale"),
    "text.mp3": (lambda p: p.write_text("not music"), "is broken or no sound file"),
    "folder.wav/inside.wav": (lambda p: (p.parent.mkdir(), p.write_bytes(b"")), "is empty"),
}


def test_bad_files_among_good_ones_are_named_and_skipped(folder, cache):
    for name, (make, _) in BAD.items():
        make(folder / name)
    bank = opened(folder, cache)
    assert bank.names == ["Bell.wav", "kick2.wav", "kick10.wav"]
    reasons = dict(bank.skipped)
    for name, (_, words) in BAD.items():
        assert reasons[name].startswith(words)
    assert np.isfinite(bank.features).all()
    assert np.isfinite(bank.items["gain"]).all()
    assert opened(folder, cache).skipped == bank.skipped


def test_nothing_but_bad_files(tmp_path, cache):
    for name in ("zero.flac", "dc.wav"):
        BAD[name][0](tmp_path / name)
    with pytest.raises(
        LivehostError, match=r"has no readable sound: dc.wav holds only a constant .*, and so on for 1 more"
    ):
        opened(tmp_path, cache)
    assert not list((cache / "banks").iterdir())


def refuse(monkeypatch, name, error):
    """Make one file unreadable, for root as well."""
    opening, path_opening = open, Path.open

    def other(original):
        def opener(path, *args, **options):
            if str(path).endswith(name):
                raise error
            return original(path, *args, **options)

        return opener

    monkeypatch.setattr(decode, "open", other(opening), raising=False)
    monkeypatch.setattr(Path, "open", other(path_opening))


def test_no_permission(folder, cache, monkeypatch):
    with monkeypatch.context() as patch:
        refuse(patch, "kick2.wav", PermissionError(errno.EACCES, "Permission denied"))
        bank = opened(folder, cache)
        assert bank.names == ["Bell.wav", "kick10.wav"]
        assert bank.skipped == [("kick2.wav", "may not be read: permission denied")]
        assert opened(folder, cache).skipped == bank.skipped
    os.utime(folder / "kick2.wav")  # as chmod does: the times of the file tell that something happened
    assert len(opened(folder, cache)) == 3


def test_a_failing_disk_is_tried_again_next_time(folder, cache, monkeypatch):
    with monkeypatch.context() as patch:
        refuse(patch, "kick2.wav", OSError(errno.EIO, "Input/output error"))
        assert opened(folder, cache).skipped == [("kick2.wav", "cannot be read: Input/output error")]
    assert len(opened(folder, cache)) == 3


def test_a_file_vanishes_between_listing_and_reading(folder, cache, monkeypatch):
    digests = build.content_digests

    def vanish(listing, workers):
        found = digests(listing, workers)
        (folder / "kick2.wav").unlink()
        return found

    monkeypatch.setattr(build, "content_digests", vanish)
    bank = opened(folder, cache)
    assert bank.names == ["Bell.wav", "kick10.wav"]
    assert bank.skipped == [("kick2.wav", "vanished, or is a link that leads nowhere")]
    monkeypatch.undo()
    again = opened(folder, cache)
    assert (again.hash, again.skipped) == (bank.hash, [])


def test_a_file_changes_between_listing_and_reading(folder, cache, monkeypatch):
    digests = build.content_digests

    def change(listing, workers):
        found = digests(listing, workers)
        soundfile.write(folder / "kick2.wav", hit(300.0, 0.4), RATE)
        return found

    monkeypatch.setattr(build, "content_digests", change)
    bank = opened(folder, cache)
    assert bank.items["root"][1] == pytest.approx(62.37, abs=0.1)
    monkeypatch.undo()
    monkeypatch.setattr(build, "prepare", None)  # what was read is what is cached: nothing is built again
    assert opened(folder, cache).hash == bank.hash


def test_a_file_that_never_stands_still_is_left_out(folder, cache, monkeypatch):
    decoding = build.decode

    def grow(path, rate):
        decoded = decoding(path, rate)
        if path.name == "kick2.wav":
            with path.open("ab") as file:
                file.write(b"more")
        return decoded

    monkeypatch.setattr(build, "decode", grow)
    bank = opened(folder, cache)
    assert bank.skipped == [("kick2.wav", "keeps changing while it is read")]
    monkeypatch.undo()
    assert len(opened(folder, cache)) == 3


def test_ten_minutes_are_kept_whole(tmp_path, cache):
    rate = 8_000
    sound = np.tile(hit(440.0, 1.0, rate), 600)
    soundfile.write(tmp_path / "long.wav", sound, rate, subtype="PCM_U8")
    bank = open_bank(tmp_path, rate, cache_dir=cache)
    assert bank.items["frames"][0] == pytest.approx(600 * rate, rel=0.002)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
@pytest.mark.parametrize("room", [0, 10_000, 60_000])
def test_a_full_disk_costs_the_cache_not_the_bank(folder, tmp_path, cache, room):
    import resource

    whole = opened(folder, tmp_path / "elsewhere")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        bank = opened(folder, cache)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not bank.cached
    assert len(bank.notes) == 1
    assert "could not be cached" in bank.notes[0]
    assert bank.hash == whole.hash
    assert np.array_equal(bank.block, whole.block)
    assert bank.items.tobytes() == whole.items.tobytes()
    assert not list((cache / "banks").iterdir())
    assert opened(folder, cache).cached


def test_disk_full_at_the_last_moment(folder, cache, monkeypatch):
    monkeypatch.setattr(store, "sync", lambda path: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left")))
    bank = opened(folder, cache)
    assert "(No space left): it is kept in memory" in bank.notes[0]
    assert bank.samples(0)[100, 0] == pytest.approx(hit(880.0)[100], abs=1e-4)
    assert not list((cache / "banks").iterdir())


def test_cache_that_may_not_be_written(folder, cache, monkeypatch):
    def refuse_folder(*args, **options):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse_folder)
    bank = opened(folder, cache)
    assert len(bank) == 3
    assert "(Permission denied)" in bank.notes[0]


def test_cache_that_is_a_file(folder, tmp_path):
    (tmp_path / "cache").write_bytes(b"")
    bank = opened(folder, tmp_path / "cache")
    assert len(bank) == 3
    assert not bank.cached


def test_neither_disk_nor_memory(folder, tmp_path, monkeypatch):
    (tmp_path / "cache").write_bytes(b"")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=1000))
    with pytest.raises(LivehostError, match=r"neither on the disk .* nor in memory: free some space"):
        opened(folder, tmp_path / "cache")


def test_what_killed_builds_left_is_removed(folder, cache):
    dead = cache / "banks" / f"{UNFINISHED}999999999-x"
    alive = cache / "banks" / f"{UNFINISHED}{os.getpid()}-x"
    for place in (dead, alive):
        place.mkdir(parents=True)
    opened(folder, cache)
    assert not dead.exists()
    assert alive.exists()


def test_interrupted_build_leaves_nothing(folder, cache):
    def stop(done, total, name):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        opened(folder, cache, progress=stop)
    assert not list((cache / "banks").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_names_that_are_not_utf8(folder, cache):
    (folder / "Bell.wav").rename(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.wav"))
    for _ in range(2):
        bank = opened(folder, cache)
        assert bank.names == ["caf\ufffd.wav", "kick2.wav", "kick10.wav"]
        assert os.fsencode(bank.source_names[0]) == b"caf\xe9.wav"
