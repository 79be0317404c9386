import json
import math
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from livehost import events
from livehost.bridge.eventlog import EventLog, line
from livehost.errors import LivehostError


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
    assert (log.written, log.dropped, log.trouble) == (3000, 0, "")


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
    for _ in range(500):
        if log.written:
            break
        log._thread.join(0.01)
    assert (tmp_path / "e.jsonl").read_text() == '{"frame": 1}\n'
    log.close()


def test_a_full_disk_is_said_once_and_counted():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    log = EventLog("/dev/full")
    for i in range(5000):
        log.write({"frame": i})
    log.close()
    assert (log.written, log.dropped) == (0, 5000)
    assert log.trouble == "The event log /dev/full is incomplete: No space left on device."


class Disk:
    """A file that takes so many bytes, then refuses, then has room again."""

    def __init__(self, room):
        self.room, self.data = room, b""

    def write(self, data):
        if self.room == 0:
            self.room = 10**6
            raise OSError(28, "No space left on device")
        taken = bytes(data)[: self.room]
        self.data += taken
        self.room -= len(taken)
        return len(taken)

    def close(self):
        pass


def test_a_line_that_was_cut_off_does_not_spoil_the_next(tmp_path):
    log = EventLog(tmp_path / "e.jsonl")
    log._file.close()
    log._file = disk = Disk(20)
    log._save([b'{"frame": 1}\n', b'{"frame": 2}\n'])
    log._save([b'{"frame": 3}\n', b'{"frame": 4}\n'])
    log.close()
    assert disk.data == b'{"frame": 1}\n{"frame\n{"frame": 3}\n{"frame": 4}\n'
    assert (log.written, log.dropped) == (3, 1)


def test_a_disk_that_hangs_costs_lines_not_time(tmp_path, monkeypatch):
    monkeypatch.setattr("livehost.bridge.eventlog.MAX_WAITING", 10)
    log = EventLog(tmp_path / "e.jsonl")
    log.close()
    log._closed = False
    for i in range(25):  # nobody reads the queue any more
        log.write({"frame": i})
    assert log.dropped == 15


def test_after_the_end_nothing_is_written(tmp_path):
    log = EventLog(tmp_path / "e.jsonl")
    log.close()
    log.close()
    log.write({"frame": 1})
    assert log.dropped == 1
    assert (tmp_path / "e.jsonl").read_bytes() == b""


@pytest.mark.parametrize("name", ["", "no/such/folder/e.jsonl", "nul\0l"])
def test_what_cannot_be_opened(tmp_path, name):
    with pytest.raises(LivehostError, match=r"The event log .* cannot be written: .*\."):
        EventLog(str(tmp_path / name) if name else tmp_path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_ours(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(LivehostError, match="Permission denied"):
        EventLog(tmp_path / "e.jsonl")
