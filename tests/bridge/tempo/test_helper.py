"""Sources of tempo in processes of their own: real ones, and ones that fail."""

import os
import sys
import textwrap
import time
from importlib.util import find_spec

import pytest

from livehost.bridge.tempo import helper as helper_module
from livehost.bridge.tempo.helper import HelperSource
from livehost.bridge.tempo.sources import SOURCES
from tests.integration.conftest import missing
from tests.waiting import until


@pytest.fixture
def helper(tmp_path, monkeypatch):
    """Opens a source whose process runs a script of ours; closed at the end."""
    opened = []
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))

    def begin(script):
        (tmp_path / "our_host.py").write_text(textwrap.dedent(script))
        opened.append(HelperSource("our_host", "Ours", 120.0, heard=True, starts=False))
        return opened[-1]

    yield begin
    for source in opened:
        source.close()
        source.close()


SESSION = """
    import sys, time
    from livehost.bridge.tempo.host import serve
    from livehost.bridge.tempo.source import Reading
    class Session:
        def __init__(self, bpm):
            self.bpm, self.told = bpm, []
        def read(self):
            return Reading(1.5, time.monotonic_ns(), 60e9 / self.bpm, peers=len(self.told))
        def command(self, word, value):
            self.told.append(word)
            if word == "bpm":
                self.bpm = value
    serve(Session, float(sys.argv[1]))
"""


def test_what_the_process_says_is_read_and_what_it_is_asked_arrives(helper):
    source = helper(SESSION)
    reading = until(source.read, "a reading")
    assert (reading.beat, reading.beat_ns) == (1.5, 500e6)
    source.set_bpm(60.0)
    source.play(5)
    source.stop()
    until(lambda: source.read().peers == 4, "four commands")  # the quantum was the first
    assert source.read().beat_ns == 1e9
    assert source.problem == ""


def test_a_process_that_cannot_says_why_and_is_started_again(helper, tmp_path, monkeypatch):
    monkeypatch.setattr(helper_module, "AGAIN_S", 0.1)
    source = helper("""
        import sys
        from livehost.bridge.tempo.host import serve
        def refuse(bpm):
            raise OSError("no such thing")
        serve(refuse, float(sys.argv[1]))
    """)
    sentence = "The tempo of Ours is not to be had (no such thing); the tempo goes on as it was."
    until(lambda: source.problem == sentence, "its sentence")
    (tmp_path / "our_host.py").write_text(textwrap.dedent(SESSION))
    until(lambda: source.problem == "" and source.read(), "a process that is started again")


def test_a_process_that_hangs_is_killed_and_started_again(helper, monkeypatch):
    monkeypatch.setattr(helper_module, "SILENT_S", 0.3)
    monkeypatch.setattr(helper_module, "AGAIN_S", 0.1)
    source = helper("import time\nprint('rubbish')\nprint('[1]')\nprint('{\"beat\": 1}', flush=True)\ntime.sleep(600)")
    first = source._process
    until(lambda: "it does not answer" in source.problem, "its sentence")
    until(lambda: source.problem and source._process is not first, "another process")
    assert first.wait(5) != 0


def test_it_ends_with_livehost(helper):
    source = helper(SESSION)
    until(source.read, "a reading")
    process = source._process
    source.close()
    assert process.wait(5) == 0


@pytest.fixture
def link_pair():
    if find_spec("link") is None:
        missing("LinkPython-extern is not installed")
    pair = [SOURCES["link"].open(None, bpm) for bpm in (100.0, 140.0)]
    yield pair
    for source in pair:
        source.close()


def apart_ms(pair, quantum=4):
    """How far apart the beats of two sources are, ms."""
    one, other = (source.read() for source in pair)
    beats = one.beat - (other.beat + (one.ns - other.ns) / other.beat_ns)
    return ((beats + quantum / 2) % quantum - quantum / 2) * one.beat_ns / 1e6


def test_two_processes_with_link_agree_within_a_millisecond(link_pair):
    one, other = link_pair
    until(lambda: one.read() and other.read() and one.read().peers == other.read().peers == 1, "each other")
    time.sleep(1.0)
    assert abs(one.read().beat_ns - other.read().beat_ns) < 1e4
    for bpm in (90.0, 171.0):
        one.set_bpm(bpm)
        until(lambda bpm=bpm: abs(60e9 / other.read().beat_ns - bpm) < 0.01, "the tempo of the other")
        time.sleep(0.3)
        for _ in range(20):
            assert abs(apart_ms(link_pair)) < 1.0
            time.sleep(0.02)


def test_link_starts_and_stops_both(link_pair):
    one, other = link_pair
    until(lambda: one.read() and other.read() and one.read().peers == other.read().peers == 1, "each other")
    at = time.monotonic_ns() + 500_000_000
    one.play(at)
    until(lambda: other.read().running, "the start")
    assert other.read().ns >= at - 1_000_000
    other.stop()
    until(lambda: not one.read().running, "the stop")
