"""A bank that grows beside what is played: one at a time, told of, put in place at its end, gone with the session."""

import json
import sys
import time
from types import SimpleNamespace

import psutil
import pytest

from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage import growth as module
from livehost.stage.background_job import Busy
from livehost.stage.catalogue import Catalogue
from livehost.stage.event_bus import EventBus
from livehost.stage.growth import BankGrowth
from livehost.stage.notices import Notices

#: A process that takes its order, tells what it is told to tell, and ends with its input or by itself.
PROGRAM = """
import os, sys
open({order!r}, "w").write(sys.stdin.readline())
for line in {lines!r}:
    print(line, flush=True)
if {waits}:
    sys.stdin.read()
sys.exit({code})
"""


class HotSwap:
    """One part with a bank of three sounds, and one with none."""

    def __init__(self, folder):
        bank = type("Bank", (list,), {"directory": folder, "names": ["a.wav", "b.wav", "c.wav"]})("abc")
        self.active, self.loaded, self.busy = [SimpleNamespace(bank=bank), None], [], 0

    def load(self, what, name, _fail, part):
        if self.busy:
            self.busy -= 1
            raise Busy("Another is being loaded.")
        self.loaded.append((what, name, part))


@pytest.fixture
def rig(tmp_path, monkeypatch):
    """A growth, and how its process behaves."""
    (tmp_path / "banks" / "mine").mkdir(parents=True)
    (tmp_path / "exports" / "tiny").mkdir(parents=True)
    (tmp_path / "exports" / "tiny" / "manifest.toml").write_text("")
    monkeypatch.setattr("livehost.inference.export.export_places", lambda: [tmp_path / "exports"])
    said, seen, failed = [], [], []
    bus = EventBus(said.append)
    bus.subscribe(seen.append)
    folder = tmp_path / "banks" / "mine"
    swap, values = HotSwap(folder), Settings()
    growth = BankGrowth(values, swap, Catalogue(values, folder), bus, Notices(said.append), 48_000.0, live=True)

    def behaves(*lines, waits=False, code=0):
        program = PROGRAM.format(order=str(tmp_path / "order"), lines=lines, waits=waits, code=code)
        monkeypatch.setattr(module, "COMMAND", [sys.executable, "-c", program])

    def ended():
        until = time.monotonic() + 30
        while growth._process is not None or not (swap.loaded or failed):
            assert time.monotonic() < until
            time.sleep(0.01)
        bus.pump()
        return [(e["state"], e["done"], e["count"], e["name"]) for e in seen if e["kind"] == "growth"]

    yield SimpleNamespace(
        growth=growth, swap=swap, said=said, failed=failed, values=values, folder=folder, behaves=behaves, ended=ended,
        order=lambda: json.loads((tmp_path / "order").read_text()), exports=tmp_path / "exports", bus=bus, seen=seen,
    )  # fmt: skip
    growth.close()


def until(holds):
    """Wait until something is so."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_was_grown_is_put_in_place_and_told_of(rig):
    rig.behaves("progress 1 a~0001.wav", "progress 2 b~0002.wav", "done 2 sounds by tiny.")
    rig.swap.busy = 1
    rig.growth.begin("tiny", 2, ["1", "c.wav", "unknown"], rig.failed.append)
    events = rig.ended()
    assert events[0] == ("begun", 0, 2, "mine-grown")
    assert ("grows", 2, 2, "b~0002.wav") in events
    assert events[-1] == ("done", 2, 2, "mine-grown")
    assert rig.swap.loaded == [("bank", "mine-grown", 0)]  # once the other was through
    assert rig.failed == []
    assert rig.said[-1] == "The bank has grown: 2 sounds by tiny."
    assert rig.order() == {
        "samples": str(rig.folder), "model": str((rig.exports / "tiny").resolve()),
        "out": str(rig.folder.resolve().parent / "mine-grown"), "count": 2, "originals": True, "vocoder": "",
        "like": ["b.wav", "c.wav", "unknown"], "seed": rig.values["run.seed"], "slice_onsets": False,
        "then_open": {"rate": 48_000, "slice_onsets": False, "match_loudness": True},
    }  # fmt: skip


def test_a_bank_that_has_grown_grows_again_into_a_folder_of_its_own(rig):
    rig.behaves("done 1 sound.")
    for name in ("mine-grown", "mine-grown-2"):
        rig.growth.begin("tiny", 1, [], rig.failed.append)
        rig.ended()
        (rig.folder.parent / name).mkdir()
        rig.swap.active[0].bank.directory = rig.folder.parent / name
        assert rig.swap.loaded[-1] == ("bank", name, 0)
        assert rig.order()["out"].endswith(f"/{name}")
        rig.swap.loaded[:-1] = []


def test_a_second_one_is_refused_while_one_grows_and_the_first_can_be_ended(rig):
    rig.behaves("progress 3 x.wav", waits=True)
    rig.growth.begin("tiny", 9, [], rig.failed.append)
    until(lambda: rig.growth._done == 3)
    with pytest.raises(LivehostError, match="A bank grows already, 3 of 9 sounds are there: wait for it"):
        rig.growth.begin("tiny", 9, [], rig.failed.append)
    rig.growth.stop()
    assert rig.ended()[-1][0] == "ended"
    assert rig.failed == ["The bank has not grown: it was ended."]
    assert rig.swap.loaded == []
    with pytest.raises(LivehostError, match="No bank grows"):
        rig.growth.stop()


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (["error The disk is full."], 1, "The bank has not grown: The disk is full."),
        ([], 3, "The bank has not grown: its process ended with status 3."),
    ],
)
def test_what_goes_wrong_is_told(rig, lines, code, said):
    rig.behaves(*lines, code=code)
    rig.growth.begin("tiny", 1, [], rig.failed.append)
    assert rig.ended()[-1] == ("failed", 0, 1, "mine-grown")
    assert rig.failed == [said]
    assert rig.said[-1] == said
    assert rig.swap.loaded == []


def test_it_ends_with_the_session(rig):
    rig.behaves("progress 1 x.wav", waits=True)
    rig.growth.begin("tiny", 9, [], rig.failed.append)
    until(lambda: rig.growth._done == 1)
    process = psutil.Process(rig.growth._process.pid)
    rig.growth.close()
    until(lambda: not process.is_running())
    assert rig.ended()[-1][0] == "ended"
    assert rig.swap.loaded == []


@pytest.mark.parametrize(
    ("change", "asked", "said"),
    [
        ({}, ("tiny", 1, [], print, 1), "Part 1 has no bank that could grow"),
        ({}, ("nowhere", 1, [], print, 0), "There is no export 'nowhere'; known are: tiny"),
        ({}, ("../x", 1, [], print, 0), "is called by its bare name"),
        ({"_live": False}, ("tiny", 1, [], print, 0), "only while sound goes on"),
    ],
)
def test_what_cannot_grow_is_a_sentence(rig, change, asked, said):
    vars(rig.growth).update(change)
    with pytest.raises(LivehostError, match=said):
        rig.growth.begin(*asked)
    assert rig.growth._process is None
    rig.bus.pump()
    assert rig.seen == []
