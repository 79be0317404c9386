"""Writing that nobody waits for: to what is not read, is full, has gone."""

import os
import re
import threading
import time

import pytest
from rich.console import Console

from livehost.view import terminal
from livehost.view.terminal import BackgroundWriter, in_background
from tests.test_service import until


@pytest.fixture
def pipe():
    """Both ends of a pipe that holds a page."""
    fcntl = pytest.importorskip("fcntl")
    reading, writing = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    yield reading, writing
    for handle in (reading, writing):
        os.close(handle)


def test_what_is_written_arrives_in_order(tmp_path):
    with (tmp_path / "out").open("wb") as out:
        writer = BackgroundWriter(out.fileno())
        for k in range(100):
            writer.write(f"{k} é\n")
        writer.flush()
        writer.close()
    assert (tmp_path / "out").read_text("utf-8") == "".join(f"{k} é\n" for k in range(100))
    assert writer.dropped == 0


def test_a_pipe_that_nobody_reads_costs_lines_and_no_time(pipe, monkeypatch):
    monkeypatch.setattr(terminal, "MOST", 16)
    reading, writing = pipe
    writer = BackgroundWriter(writing)
    line = "x" * 1023 + "\n"
    done = threading.Event()

    def write():
        for _ in range(200):
            writer.write(line)
        done.set()

    threading.Thread(target=write, daemon=True).start()
    assert done.wait(20)
    assert writer.dropped >= 200 - 16 - 6
    heard = []

    def read():
        while b"after all" not in b"".join(heard):
            heard.append(os.read(reading, 1 << 16))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    until(lambda: writer.idle)
    writer.write("after all\n")
    reader.join(20)
    told = re.findall(rb"\((\d+) lines were not printed: nobody took them.\)\n", b"".join(heard))
    assert sum(map(int, told)) == writer.dropped
    assert b"".join(heard).endswith(b"after all\n")
    writer.close()


def test_the_end_waits_for_a_reader_but_not_for_long(pipe):
    _, writing = pipe
    writer = BackgroundWriter(writing)
    for _ in range(100):
        writer.write("x" * 1024)
    began = time.monotonic()
    writer.close(0.1)
    assert time.monotonic() - began < 5


def test_where_nothing_is_in_a_hurry_every_line_counts(pipe, monkeypatch):
    monkeypatch.setattr(terminal, "MOST", 4)
    reading, writing = pipe
    writer = BackgroundWriter(writing)
    writer.hurry_when(lambda: False)
    heard = []

    def read():
        while len(b"".join(heard)) < 100 * 1024:
            heard.append(os.read(reading, 4096))
            time.sleep(0.001)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    for k in range(100):
        writer.write(f"{k:1023}\n")
    reader.join(10)
    assert b"".join(heard) == b"".join(f"{k:1023}\n".encode() for k in range(100))
    assert writer.dropped == 0
    writer.close()


def test_who_waits_is_let_go_when_there_is_a_hurry(pipe, monkeypatch):
    monkeypatch.setattr(terminal, "MOST", 1)
    _, writing = pipe
    writer, hurry = BackgroundWriter(writing), threading.Event()
    writer.hurry_when(hurry.is_set)
    threading.Timer(0.2, hurry.set).start()
    for _ in range(50):
        writer.write("x" * 1024)  # returns
    assert writer.dropped > 0
    writer.close(0.1)


def test_a_full_disk_costs_lines_and_is_told_of_when_there_is_room(tmp_path):
    full = os.open("/dev/full", os.O_WRONLY)
    out = os.open(tmp_path / "out", os.O_WRONLY | os.O_CREAT)
    writer = BackgroundWriter(full)
    for _ in range(3):
        writer.write("lost\n")
    until(lambda: writer.dropped == 3)
    os.dup2(out, writer.fileno())  # room again
    writer.write("kept\n")
    writer.close()
    assert (tmp_path / "out").read_text() == "(3 lines were not printed: nobody took them.)\nkept\n"
    for opened in (full, out):
        os.close(opened)


def test_a_reader_that_has_gone_is_written_to_no_more(pipe):
    reading, writing = os.pipe()
    writer = BackgroundWriter(writing)
    os.close(reading)
    writer.write("x\n")
    until(lambda: writer.dropped == 1)
    writer.write("y\n")
    writer.close()
    os.close(writing)


def test_a_console_writes_by_it_as_long_as_the_block_lasts(tmp_path):
    with (tmp_path / "out").open("w") as out:
        console = Console(file=out, width=80)
        with in_background(console) as writer:
            console.print("inside")
            assert console.file is writer
            assert not console.is_terminal
        assert console.file is out
    assert (tmp_path / "out").read_text() == "inside\n"


def test_what_is_no_file_is_written_to_as_ever():
    console = Console(record=True, file=None)
    console.file = type("Stream", (), {"write": len, "flush": lambda _: None})()
    with in_background(console) as writer:
        assert writer is None
