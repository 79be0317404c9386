"""What a session says of itself: state, counters, times; the session is made up."""

from types import SimpleNamespace

import numpy as np
import pytest

from livehost.engine.state import EngineState
from livehost.settings import Settings
from livehost.stage import monitor as monitor_module
from livehost.stage.event_bus import EventBus
from livehost.stage.health import Health
from livehost.stage.monitor import Monitor
from livehost.stage.notices import Notices

RATE = 1000.0


class HotSwap:
    """Two parts, of which the second may be off."""

    def __init__(self):
        bank = type("Bank", (), {"directory": "/sounds", "__len__": lambda _: 5})()
        self.first, self.active, self.stands_in = SimpleNamespace(bank=bank), [object(), object()], False
        self.names = ["small, native", "off"]

    def description(self, part=0):
        return self.names[part]

    def context_length(self, part=0):
        return 7


@pytest.fixture
def made(monkeypatch):
    """A monitor with all that it looks at, and a clock."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(monitor_module.time, "monotonic", lambda: clock.now)
    values, bus, notices = Settings(), EventBus(lambda _: None), Notices(lambda _: None)
    engine = EngineState(values, RATE)
    worker = SimpleNamespace(
        control=SimpleNamespace(dropped=1000), events=SimpleNamespace(dropped=2000),
        values={"overruns": 1, "refused": 20},
    )  # fmt: skip
    worker = type("Worker", (), {"__getitem__": lambda self, name: self.values[name], **vars(worker)})()
    outputs = SimpleNamespace(
        osc=SimpleNamespace(dropped=3),
        log=None,
        recorder=SimpleNamespace(lost=4, recording=False, facts=lambda: {"record_seconds": 0.5}),
        midi=SimpleNamespace(stuck=9),
    )
    driver = SimpleNamespace(block=64, rate=RATE, device="a card", name="null")
    health, swap = Health(lambda _: None), HotSwap()
    found = Monitor(values, driver, engine, worker, swap, outputs, health, notices, bus)
    return SimpleNamespace(
        monitor=found, engine=engine, worker=worker, outputs=outputs, health=health, swap=swap, bus=bus, clock=clock,
        notices=notices, values=values,
    )  # fmt: skip


def event(made, kind, **fields):
    made.bus.publish(kind, **fields)
    made.bus.pump()


def plan(made, fallback, part=0):
    event(made, "next", part=part, name=["a"], probability=[0.5], decide_ms=1.0, fallback=fallback)


# -- state


def test_it_starts_is_ready_and_runs_once_something_was_heard(made):
    assert made.monitor.status() == ("starting", 0.0)
    made.clock.now += 5.0
    made.monitor.enter("running")
    made.clock.now += 2.5
    assert made.monitor.status() == ("ready", 2.5)
    event(made, "onset", onset_frame=1, level_db=0.0)
    assert made.monitor.status()[0] == "running"
    made.monitor.enter("closed")
    assert made.monitor.status() == ("closed", 2.5)


def test_something_played_by_hand_is_enough(made):
    made.monitor.enter("running")
    event(made, "sample", fallback=0, onset_to_sound_ms=None, reason="manual")
    assert made.monitor.status()[0] == "running"


def test_a_stand_in_is_a_failsafe_and_a_problem_is_worse(made):
    made.monitor.enter("running")
    made.swap.stands_in = True
    assert made.monitor.status()[0] == "failsafe"
    made.health.now("disk", "It is full.")
    assert made.monitor.status()[0] == "degraded"
    made.swap.stands_in = False
    made.health.now("disk", "")
    for _ in range(8):
        assert made.monitor.status()[0] == "ready"
        plan(made, 1, part=1)
    assert made.monitor.status()[0] == "failsafe"
    plan(made, 1)
    plan(made, 0, part=1)
    assert made.monitor.status()[0] == "ready"


@pytest.mark.parametrize("state", ["error", "closed", "starting"])
def test_a_session_that_does_not_run_is_neither(made, state):
    made.swap.stands_in = True
    made.health.now("disk", "It is full.")
    made.monitor.enter(state)
    assert made.monitor.status()[0] == state


# -- numbers


def test_the_latency_is_a_block_the_inserts_and_the_look_ahead(made):
    frames = 64 + made.engine.insert_latency + made.engine.limiter.lookahead_frames
    assert made.monitor.latency_ms == frames
    made.engine.insert_latency += 10
    assert made.monitor.latency_ms == frames + 10


def test_counters_add_up_what_went_wrong(made):
    state = made.engine.state
    for name, value in {"input_xruns": 1, "output_xruns": 2, "late": 5, "refused": 300, "not_finite": 6}.items():
        state[name] = value
    made.monitor.count_refused(lambda: 7)
    made.outputs.log = SimpleNamespace(dropped=8)
    event(made, "sample", fallback=1, onset_to_sound_ms=2.0, reason="answer")
    assert made.monitor.counters() == {
        "xruns": 3, "late": 5, "ring overruns": 1 + 20 + 300 + 1000 + 2000, "fallbacks": 1, "not finite": 6,
        "osc dropped": 3, "osc refused": 7, "MIDI notes stuck": 9, "frames not recorded": 4, "log lines lost": 8,
    }  # fmt: skip


def test_without_a_log_no_lines_are_lost(made):
    assert made.monitor.counters()["log lines lost"] == 0


@pytest.mark.parametrize(("busy_ms", "frames", "cpu"), [(0, 0, 0.0), (500, 0, 0.0), (500, 1000, 0.5), (250, 500, 0.5)])
def test_cpu_is_the_share_of_the_time_that_has_passed(made, busy_ms, frames, cpu):
    made.engine.state["busy_ns"], made.engine.state["frame"] = busy_ms * 1_000_000, frames
    assert made.monitor.cpu() == cpu


def test_the_longest_run_of_the_callback_is_told_as_measured(made):
    assert np.isnan(made.monitor.callback_us()).all()
    made.engine.histogram[20] = 1
    made.engine.state["longest_ns"] = 1_234_000
    assert made.monitor.callback_us()[2] == 1234.0


def test_facts(made):
    event(made, "fact", name="scene", value="dawn")
    facts = made.monitor.info()
    expected = {
        "api": 1, "sample_rate": 1000, "block": 64, "device": "a card", "bank": "/sounds", "bank_size": 5,
        "model": "small, native", "context_length": 7, "halted": 0, "scene": "dawn",
        "record_seconds": 0.5,
    }  # fmt: skip
    assert {name: facts[name] for name in expected} == expected
    made.engine.gate.shut(5)
    assert made.monitor.info()["halted"] == 1


def test_a_fact_that_changes_is_told_once_and_not_where_another_has_told_it(made):
    seen = []
    made.bus.subscribe(lambda e: seen.append((e["name"], e["value"])) if e["kind"] == "fact" else None)
    made.monitor.enter("running")

    def second():
        made.clock.now += 1
        made.monitor.beat()
        made.bus.pump()
        told = [fact for fact in seen if fact[0] != "halted"]
        seen.clear()
        return told

    assert second() == []
    made.outputs.recorder.facts = lambda: {"record_seconds": 1.5}
    event(made, "fact", name="scene", value="dawn")
    assert second() == [("scene", "dawn"), ("record_seconds", 1.5)]
    assert second() == []


@pytest.mark.parametrize(
    ("names", "players"),
    [(["a", "off"], "a"), (["a", "b"], "a + b"), (["off", "b"], "off + b"), (["off", "off"], "off")],
)
def test_a_snapshot_names_all_who_play(made, names, players):
    made.swap.names = names
    assert made.monitor.snapshot().player == players


def test_a_snapshot_is_of_the_moment(made):
    made.notices.say("A sentence.")
    made.values.set("master.mute", True)
    made.engine.state["frame"], made.engine.state["blocks"] = 640, 10
    for ms in (1.0, 2.0, 9.0):
        event(made, "sample", fallback=0, onset_to_sound_ms=ms, reason="answer", part=0)
    event(made, "sample", fallback=0, onset_to_sound_ms=99.0, reason="manual", part=0)
    shot = made.monitor.snapshot()
    assert (shot.frame, shot.blocks, shot.rate, shot.block, shot.driver, shot.device) == (
        640, 10, RATE, 64, "null", "a card",
    )  # fmt: skip
    assert (shot.notice, shot.muted, shot.bypassed, shot.halted, shot.recording) == (
        "A sentence.", True, False, False, False,
    )  # fmt: skip
    assert (shot.onset_to_sound_ms[0], shot.onset_to_sound_ms[2]) == (2.0, 9.0)
    assert shot.counts["sample"] == 4


# -- what it tells


def told(made, *kinds):
    seen = []
    subscription = made.bus.subscribe(seen.append)
    made.bus.pump()
    subscription.close()
    return [e for e in seen if not kinds or e["kind"] in kinds]


def test_a_state_is_told_once_where_it_changes(made):
    made.monitor.beat()
    assert [(e["kind"], e.get("state"), e.get("value")) for e in told(made, "status", "fact")] == [
        ("status", "starting", None), ("fact", None, 0),
    ]  # fmt: skip
    made.monitor.beat()
    assert told(made, "status", "fact") == []
    made.engine.gate.shut(5)
    made.monitor.beat()
    assert [e["value"] for e in told(made, "fact")] == [1]
    made.monitor.enter("running")
    made.monitor.beat()
    assert [e["state"] for e in told(made, "status")] == ["ready"]


def test_it_lives_once_a_second_and_tells_how_it_is_doing(made):
    made.monitor.enter("running")
    plan(made, 0)
    made.engine.histogram[20] = 1
    made.engine.state["longest_ns"], made.engine.state["busy_ns"] = 2_000_000, 500_000_000
    made.engine.state["frame"], made.engine.state["late"], made.engine.state["input_xruns"] = 1000, 5, 6
    beats = []
    for tenth in range(25):
        made.clock.now = 100.0 + tenth / 10
        made.monitor.beat()
        found = told(made, "heartbeat", "perf")
        beats += [(tenth, e["seq"]) for e in found if e["kind"] == "heartbeat"]
        perf = next((e for e in found if e["kind"] == "perf"), None)
        assert (perf is not None) is (tenth in (0, 10, 20))
        if perf is not None:
            expected = {"cpu": 50.0, "callback_max_ms": 2.0, "decide_p50_ms": 1.0, "decide_p99_ms": 1.0, "xruns": 6}
            assert {name: perf[name] for name in expected} == expected
            assert (perf["late"], perf["fallbacks"]) == (5, 0)
            assert perf["callback_p99_ms"] == made.monitor.callback_us()[1] / 1000
    assert beats == [(0, 1), (10, 2), (20, 3)]
