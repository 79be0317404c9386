import json
import math
import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from livehost import events
from livehost.bridge.event_log import EventLog, line
from livehost.errors import LivehostError
from tests.test_service import until


def test_one_object_a_line_in_the_order_they_came(tmp_path):
    path = tmp_path / "e.jsonl"
    log = EventLog(path)
    slots = [events.new("onset", i, onset_frame=i - 5, strength=0.1, level_db=-math.inf) for i in range(3000)]
    for slot in slots:
        log.write(events.to_dict(slot.tobytes()))
    log.close()
    rows = [json.loads(text) for text in path.read_text("utf-8").splitlines()]
    assert [r["frame"] for r in rows] == list(range(3000))
    assert rows[7] == {"frame": 7, "kind": "onset", "onset_frame": 2, "strength": 0.1, "level_db": None}
    assert (log.written, log.dropped, log.report) == (3000, 0, "")


def test_the_same_events_make_the_same_bytes(tmp_path):
    event = {"frame": 1, "kind": "sample", "name": "snäre 1.wav", "gain_db": -6.0}
    for name in "ab":
        log = EventLog(tmp_path / name)
        for _ in range(10):
            log.write(event)
        log.close()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == line(event).encode() * 10


@pytest.mark.parametrize(
    ("event", "text"),
    [
        ({"kind": "end", "frame": 3}, '{"kind": "end", "frame": 3}'),
        ({"a": math.nan, "b": [math.inf, 1.5]}, '{"a": null, "b": [null, 1.5]}'),
        ({"a": np.float32(0.5), "b": np.arange(2), "c": (1, True)}, '{"a": 0.5, "b": [0, 1], "c": [1, true]}'),
        ({"a": None, "path": b"x"}, '{"a": null, "path": "b\'x\'"}'),
        ({"name": "é\n"}, '{"name": "é\\n"}'),
    ],
)
def test_format(event, text):
    assert line(event) == text + "\n"


def test_a_file_name_that_is_no_text_stays_json(tmp_path):
    log = EventLog(tmp_path / "e.jsonl")
    log.write({"name": os.fsdecode(b"caf\xe9.wav")})
    log.close()
    text = (tmp_path / "e.jsonl").read_text("utf-8")
    assert json.loads(text) == {"name": "caf\udce9.wav"}


def test_lines_reach_the_file_while_it_runs(tmp_path):
    log = EventLog(tmp_path / "e.jsonl")
    log.write({"frame": 1})
    until(lambda: log.written)
    assert (tmp_path / "e.jsonl").read_text() == '{"frame": 1}\n'
    log.close()


@pytest.mark.parametrize(("seconds", "at_once"), [(60.0, 3000), (-1.0, 1024)])
def test_a_turn_writes_all_that_waits_and_a_slow_one_leaves_the_rest(tmp_path, monkeypatch, seconds, at_once):
    monkeypatch.setattr("livehost.bridge.event_log.FLUSH_S", 0.01)
    monkeypatch.setattr("livehost.bridge.event_log._TURN_S", seconds)
    log = EventLog(tmp_path / "e.jsonl")
    log.services[0].stop()
    for frame in range(3000):
        log.write({"frame": frame})
    log._turn()
    assert log.written == at_once
    log._closing.set()
    while not log._finished.is_set():
        log._turn()
    assert log.path.read_bytes().count(b"\n") == log.written == 3000


def test_an_older_log_stays_and_the_next_name_is_said(tmp_path):
    (tmp_path / "e.jsonl").write_text("old")
    (tmp_path / "e-2.jsonl").write_text("old")
    log = EventLog(tmp_path / "e.jsonl")
    log.write({"frame": 1})
    log.close()
    assert log.path == tmp_path / "e-3.jsonl"
    assert log.notice == f"{tmp_path / 'e.jsonl'} exists and stays as it is; the events go to {log.path}."
    assert (tmp_path / "e.jsonl").read_text() == (tmp_path / "e-2.jsonl").read_text() == "old"
    assert log.path.read_text() == '{"frame": 1}\n'


def test_folders_are_made(tmp_path):
    log = EventLog(tmp_path / "new" / "folder" / "e.jsonl")
    log.close()
    assert (log.path.is_file(), log.notice) == (True, "")


def test_on_a_full_disk_lines_wait_until_there_is_room(disk, monkeypatch):
    monkeypatch.setattr("livehost.bridge.event_log.FLUSH_S", 0.01)
    log = EventLog(disk.folder / "e.jsonl")
    with disk.full(leaving=4096):
        for frame in range(1000):
            log.write({"frame": frame})
        said = f"Writing to the event log {log.path} fails ({disk.words}); it goes on as soon as it can."
        until(lambda: log.problem == said)
        there = log.path.read_text()  # no line stands half
        assert there == "".join(line({"frame": frame}) for frame in range(log.written))
        assert 0 < log.written < 1000
    until(lambda: not log.problem)
    until(lambda: log.written == 1000)
    log.write({"frame": 1000})
    log.close()
    assert [json.loads(text)["frame"] for text in log.path.read_text().splitlines()] == list(range(1001))
    assert (log.written, log.dropped, log.report) == (1001, 0, "")


def test_what_a_full_disk_never_takes_is_counted(disk):
    log = EventLog(disk.folder / "e.jsonl")
    with disk.full(leaving=4096):
        for frame in range(1000):
            log.write({"frame": frame})
        log.close()
    rows = [json.loads(text)["frame"] for text in log.path.read_text().splitlines()]
    assert rows == list(range(log.written))
    assert 0 < log.written < 1000
    assert log.dropped == 1000 - log.written
    assert log.report == f"The event log {log.path} is not whole: {log.dropped} lines are missing ({disk.words})."
    assert log.problem == ""  # it is over


@pytest.mark.parametrize("wait", [False, True])
def test_no_more_lines_wait_than_there_is_memory_for(monkeypatch, wait):
    monkeypatch.setattr("livehost.bridge.event_log.MAX_WAITING", 2000)
    log = EventLog("/dev/full", wait=wait)
    for frame in range(9000):
        log.write({"frame": frame})
    log.close()
    assert (log.written, log.dropped) == (0, 9000)
    assert log.report == "The event log /dev/full is not whole: 9,000 lines are missing (No space left on device)."


def test_with_wait_every_line_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr("livehost.bridge.event_log.MAX_WAITING", 1100)
    log = EventLog(tmp_path / "e.jsonl", wait=True)
    for frame in range(5000):
        log.write({"frame": frame})
    log.close()
    assert (log.written, log.dropped, log.report) == (5000, 0, "")


def test_a_named_pipe_is_waited_for_and_read_by_one_who_comes_later(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    log = EventLog(pipe)  # does not hang
    assert (log.path, log.notice) == (pipe, "")
    log.write({"frame": 1})
    until(lambda: log.problem)
    assert log.problem == f"Writing to the event log {pipe} fails (nobody reads it); it goes on as soon as it can."
    with pipe.open() as reader:
        assert reader.readline() == '{"frame": 1}\n'
        until(lambda: log.written == 1)
    log.write({"frame": 2})
    until(lambda: "Broken pipe" in log.problem)
    with pipe.open() as reader:
        assert reader.readline() == '{"frame": 2}\n'
    log.close()
    assert (log.written, log.dropped, log.report) == (2, 0, "")


def test_a_pipe_that_nobody_reads_costs_its_lines(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    log = EventLog(tmp_path / "pipe")
    log.write({"frame": 1})
    log.close()
    assert log.report == f"The event log {tmp_path / 'pipe'} is not whole: a line is missing (nobody reads it)."


def test_a_reader_that_hangs_costs_lines_not_time(tmp_path, monkeypatch):
    monkeypatch.setattr("livehost.disk.STALL_S", 0.05)
    monkeypatch.setattr("livehost.disk.CLOSE_S", 0.2)
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    log = EventLog(tmp_path / "pipe")
    for frame in range(20_000):  # more than a pipe holds
        log.write({"frame": frame})
    until(lambda: log.problem == f"The disk of the event log {log.path} does not answer.")
    began = time.monotonic()
    log.close()
    assert time.monotonic() - began < 2
    assert log.written + log.dropped == 20_000
    assert log.report.endswith("lines are missing (the disk does not answer).")
    os.close(reader)
    until(lambda: "livehost event log" not in [thread.name for thread in threading.enumerate()])


TO_STDOUT = """
import sys
from livehost.bridge.event_log import EventLog
print("before", flush=True)
log = EventLog(sys.argv[1])
log.write({"frame": 1})
log.close()
print("after", log.report, log.notice)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev there")
@pytest.mark.parametrize("to_file", [False, True])
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_standard_output_is_written_to_as_it_is(tmp_path, name, to_file):
    with (tmp_path / "out").open("wb") as out:
        command = [sys.executable, "-c", TO_STDOUT, name]
        done = subprocess.run(command, stdout=out if to_file else subprocess.PIPE, check=True)
    printed = (tmp_path / "out").read_bytes() if to_file else done.stdout
    assert printed == b'before\n{"frame": 1}\nafter  \n'


# SystemExit: what ends a thread without a word
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_dies_is_started_again_and_no_line_is_missing(tmp_path, monkeypatch):
    log = EventLog(tmp_path / "e.jsonl")
    seek, deaths = log._file.seek, [1]

    class Dies:
        """A file whose first use ends the thread."""

        def __getattr__(self, name):
            if deaths:
                deaths.pop()
                raise SystemExit
            return getattr(seek.__self__, name)

    log._file = Dies()
    log.write({"frame": 1})
    until(lambda: log.services[0].problem() == "The thread of event log died and was started again.")
    log.close()
    assert (log.written, log.dropped) == (1, 0)


def test_after_the_end_nothing_is_written(tmp_path):
    log = EventLog(tmp_path / "e.jsonl")
    log.close()
    log.close()
    log.write({"frame": 1})
    assert log.dropped == 1
    assert (tmp_path / "e.jsonl").read_bytes() == b""


@pytest.mark.parametrize("name", ["", "nul\0l"])
def test_what_cannot_be_opened(tmp_path, name):
    with pytest.raises(LivehostError, match=r"The event log .* cannot be written: .*\."):
        EventLog(str(tmp_path / name) if name else tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LivehostError, match=r"^The folder .*file cannot be made: File exists\.$"):
        EventLog(tmp_path / "file" / "e.jsonl")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_ours(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(LivehostError, match="Permission denied"):
        EventLog(tmp_path / "e.jsonl")
