"""The states that a patch is told of, each made true: starting, ready, running, degraded, failsafe, error."""

import json
import threading
import time

import numpy as np
import pytest
import soundfile

from livehost.engine import drivers
from livehost.errors import LivehostError
from livehost.inference import export as export_folder
from livehost.rt.native import STEP, entry
from livehost.settings import Settings
from livehost.stage import health
from livehost.stage.stage import Stage
from tests.bridge.fakes import Patch
from tests.conftest import RATE, clicks
from tests.inference.conftest import checkpoint, exported  # noqa: F401
from tests.stage.fake_card import FakeCard
from tests.test_service import until


def made(bank_dir, sound=None, **changes):
    """A stage on a clock of its own, not yet started."""
    values = Settings()
    fixed = {
        "audio.driver": "null",
        "bank.dir": str(bank_dir),
        "player.name": "nearest",
        "player.mode": "answer",
        "osc.in_port": 0,
    }
    values.update(fixed | {key.replace("__", "."): value for key, value in changes.items()}, "flag")
    said = []
    stage = Stage(values, said.append)
    stage.said = said
    if sound is not None:
        stage.engine.use_source(sound[:, None])
    return stage


def state(stage):
    stage.finished()
    stage.watch.look(now=True)
    return stage.monitor.status()[0]


def test_starting_ready_running_closed(bank_dir):
    stage = made(bank_dir, clicks([48_000], 96_000))
    assert stage.monitor.status()[0] == "starting"
    stage.start()
    assert state(stage) == "ready"
    until(lambda: state(stage) == "running")  # it has heard the musician
    stage.close()
    assert stage.monitor.status()[0] == "closed"


@pytest.fixture
def card(monkeypatch):
    """A sound card that can be unplugged, in place of a driver."""
    fake = FakeCard(ticks=True)
    monkeypatch.setattr(drivers, "open_driver", lambda *_, **__: fake)
    return fake


def test_while_the_card_is_away_the_session_is_degraded_and_its_files_go_on_where_they_stood(bank_dir, tmp_path, card):
    files = {"log__record": str(tmp_path), "log__events": str(tmp_path / "e.jsonl")}
    stage = made(bank_dir, clicks([48_000], 960_000), osc__in_port=17_000, **files)
    stage.start()
    until(lambda: int(stage.engine["frame"]) > 10_000)
    card.unplug()
    until(lambda: state(stage) == "degraded")
    stood = int(stage.engine["frame"])
    patch = Patch(stage.osc_server.port)
    patch.send("/livehost/master/gain_db", "f", -6.0)
    assert patch.ask("/livehost/master/gain_db") == ("/livehost/master/gain_db", -6.0)
    assert patch.ask("/livehost/status")[1] == "degraded"
    patch.socket.close()
    assert int(stage.engine["frame"]) == stood
    card.there = True
    until(lambda: state(stage) in ("ready", "running"))
    until(lambda: int(stage.engine["frame"]) > stood + 10_000)
    stage.close()
    lines = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    told = {line["kind"]: line for line in lines if line["kind"].startswith("card_")}
    assert [told[kind]["frame"] for kind in ("card_lost", "card_back")] == [stood, stood]
    assert 0 < told["card_back"]["gap_s"] < 20
    assert soundfile.info(tmp_path / "heard.wav").frames == int(stage.engine["frame"])
    assert stage.monitor.counters()["frames not recorded"] == 0


def test_a_card_that_is_gone_is_told_of_before_the_session_ends_where_that_is_asked_for(bank_dir, card):
    stage = made(bank_dir, audio__on_loss="exit")
    stage.start()
    told = stage.bus.queue()
    card.unplug()
    until(lambda: stage.card_watch.ended)
    with pytest.raises(LivehostError, match="The sound card is gone: The cable is out"):
        stage.finished()
    assert stage.monitor.status()[0] == "error"
    stage.close()
    assert "error" in [e["state"] for e in told.read() if e["kind"] == "status"]


def test_a_patch_is_told_of_each_state_and_of_a_panic(bank_dir):
    patch = Patch()
    stage = made(bank_dir, clicks([48_000], 96_000), osc__out=f"127.0.0.1:{patch.port}", osc__in_port=17_000)
    heard = []

    def states():
        stage.finished()
        heard.extend(m for m in patch.waiting() if m[0] in ("/livehost/status", "/livehost/halted"))
        return [m[1] for m in heard if m[0] == "/livehost/status"]

    stage.start()
    until(lambda: "running" in states())
    assert [s for s in states() if s != "starting"][:2] == ["ready", "running"]
    stage.control.panic()
    until(lambda: ("/livehost/halted", 1) in heard or states() is None)
    stage.control.resume()
    until(lambda: heard[-1] == ("/livehost/halted", 0) or states() is None)
    stage.close()
    patch.socket.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_dies_makes_it_degraded_for_a_while_and_is_started_again(bank_dir, monkeypatch):
    monkeypatch.setattr(health, "LASTING_S", 0.3)
    stage = made(bank_dir)
    seen = []

    def die(event):
        seen.append(event["kind"])
        if len(seen) == 1:
            raise SystemExit

    stage.bus.subscribe(die)
    stage.start()
    until(lambda: state(stage) == "degraded")
    assert "The thread of events died and was started again." in stage.said
    until(lambda: len(seen) > 3)  # others get their events as before
    until(lambda: state(stage) == "ready")
    stage.close()


def test_every_thread_of_its_own_is_watched(bank_dir, tmp_path):
    before = set(threading.enumerate())
    stage = made(bank_dir, osc__in_port=17_000, log__events=str(tmp_path / "e.jsonl"), log__record=str(tmp_path))
    stage.start()
    threads = {t.name for t in set(threading.enumerate()) - before}
    parts = (stage.outputs, stage.osc_server, stage.tempo, stage.midi_in)
    services = [stage.osc_query.service, *(service for part in parts for service in part.services)]
    watched = {f"livehost {service.name}" for service in services}
    native = {"livehost OSC reader", "livehost worker", "livehost clock"}  # by their heartbeats, and the reader by name
    assert threads == watched | native
    stage.close()


def test_the_osc_readers_end_is_noticed_and_mended(bank_dir):
    stage = made(bank_dir, osc__in_port=17_000)
    stage.start()
    server = stage.osc_server
    server._reader._stop[0] = 1
    until(lambda: not server._reader.alive)
    server._reader._stop[0] = 0
    assert state(stage) == "degraded"
    patch = Patch(server.port)
    assert patch.ask("/livehost/ping")[0] == "/livehost/pong"
    patch.socket.close()
    stage.close()


@entry(STEP)
def stand_still(_address):
    """Do none of a worker's work."""
    return 0


def test_a_worker_that_falls_behind_is_told_of(bank_dir):
    stage = made(bank_dir)
    stage.start()
    step = int(stage.worker.state[0]["step"])
    stage.worker.state[0]["step"] = stand_still.address
    until(lambda: state(stage) == "degraded")
    assert any("The worker is 1.0 s behind." in text for text in stage.said)
    stage.worker.state[0]["step"] = step
    until(lambda: state(stage) == "ready")
    assert "The worker keeps up again." in stage.said
    stage.close()


def test_a_model_that_cannot_be_had_is_failsafe(bank_dir, monkeypatch, exported):  # noqa: F811
    monkeypatch.setattr(export_folder, "export_places", list)
    stage = made(bank_dir, player__name="bank")
    stage.start()
    assert state(stage) == "failsafe"
    monkeypatch.setattr(export_folder, "export_places", lambda: [exported.parent])
    stage.control.load("model", exported.name)
    until(lambda: state(stage) == "ready")
    stage.close()


def test_a_model_whose_steps_come_too_late_is_failsafe_until_they_do_not(bank_dir):
    stage = made(bank_dir)
    stage.start()
    plan = {"kind": "next", "part": 0, "decide_ms": 1.0}
    for _ in range(8):
        stage.monitor.stats.event(plan | {"fallback": 1})
    assert state(stage) == "failsafe"
    stage.monitor.stats.event(plan | {"fallback": 0})
    assert state(stage) == "ready"
    stage.close()


def test_recording_starts_and_stops_when_told(bank_dir, tmp_path):
    stage = made(bank_dir, osc__in_port=17_000, log__record=str(tmp_path / "first"))
    stage.start()
    patch = Patch(stage.osc_server.port)
    assert stage.monitor.snapshot().recording
    patch.send("/livehost/record/start")
    assert [m[1] for m in patch.settle()] == ["refused"]
    patch.send("/livehost/record/stop")
    assert patch.settle() == []
    assert not stage.control.recording
    time.sleep(0.2)
    patch.send("/livehost/record/start")
    patch.settle()
    until(lambda: int(stage.engine["frame"]) > RATE)
    patch.send("/livehost/record/stop")
    patch.settle()
    patch.socket.close()
    stage.close()
    takes = {path.name: soundfile.info(path).frames for path in (tmp_path / "first").iterdir()}
    assert set(takes) == {"heard.wav", "heard-2.wav", "played.wav", "played-2.wav"}
    assert takes["heard-2.wav"] == takes["played-2.wav"] > 0
    assert any(text.startswith("Recorded ") for text in stage.said)


def test_what_is_refused_over_osc_is_told_to_the_desk_and_the_log(bank_dir, tmp_path):
    stage = made(bank_dir, osc__in_port=17_000, log__events=str(tmp_path / "e.jsonl"))
    stage.start()
    patch = Patch(stage.osc_server.port)
    patch.send("/livehost/bank/play", "i", 99)
    patch.settle()
    patch.socket.close()
    text = "OSC, /livehost/bank/play: There is no item 99: the bank has items 0 to 11."
    assert text in stage.said
    assert stage.monitor.snapshot().notice == text
    stage.close()
    assert f'"kind": "log", "level": "error", "text": "{text}"' in (tmp_path / "e.jsonl").read_text()


def test_settings_arrive_however_full_the_queues_are(bank_dir):
    stage = made(bank_dir)
    stage.start()
    for _ in range(3000):
        stage.engine.control.push(np.zeros(1, "V256"))
    stage.control.set("master.gain_db", -12.0)
    stage.control.set("player.density", 0.25)
    stage.control.set("part1.density", 0.5)
    stage.control.set("listen.segment_ms", 250.0)
    assert stage.engine.parameters["master_gain_db"] == -12.0
    assert stage.worker.part_settings["density"].tolist() == [0.25, 0.5]
    assert stage.worker.parameters["listen_segment_ms"] == 250.0
    stage.close()
