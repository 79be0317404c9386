"""What a disk does: it is asked, refuses, hangs."""

import errno
import threading
import time

import pytest

from livehost import disk as disk_module
from livehost.disk import DiskWatch
from tests.test_service import until


def test_what_it_refuses_is_kept_until_it_does_not():
    watch = DiskWatch()
    assert (watch.error, watch.hangs) == ("", False)
    with watch.call():
        raise OSError(errno.ENOSPC, "No space left on device")
    assert watch.error == "No space left on device"
    with watch.call():
        raise OSError("is it full?")
    assert watch.error == "is it full?"
    with watch.call():
        pass
    assert watch.error == ""
    with pytest.raises(ValueError, match="no disk's fault"), watch.call():
        raise ValueError("no disk's fault")


def test_a_call_that_is_out_for_long_hangs(monkeypatch):
    monkeypatch.setattr(disk_module, "STALL_S", 0.05)
    monkeypatch.setattr(disk_module, "CLOSE_S", 0.05)
    watch, release, finished = DiskWatch(), threading.Event(), threading.Event()

    def work():
        with watch.call():
            release.wait(10)
        finished.set()

    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: watch.hangs)
    assert not watch.wait(finished, time.monotonic())
    release.set()
    thread.join()
    assert not watch.hangs
    assert watch.wait(finished, time.monotonic())


def test_one_that_is_slow_but_answers_is_waited_for(monkeypatch):
    monkeypatch.setattr(disk_module, "CLOSE_S", 0.2)
    watch, finished = DiskWatch(), threading.Event()

    def work():
        for _ in range(40):
            with watch.call():
                time.sleep(0.01)
        finished.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert watch.wait(finished, time.monotonic())
    thread.join()
