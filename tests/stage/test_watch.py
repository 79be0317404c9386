"""Who is looked after in a session, and how often."""

from types import SimpleNamespace

import pytest

from livehost.stage import watch as watch_module
from livehost.stage.health import Health
from livehost.stage.watch import Watch


class Service:
    def __init__(self, name, problem=""):
        self.name, self.wrong, self.asked = name, problem, 0

    def problem(self):
        self.asked += 1
        return self.wrong


@pytest.fixture
def made(monkeypatch):
    """A watch over made-up parts, at 1,000 frames a second, and its clock."""
    clock, said = SimpleNamespace(now=1000.0), []
    monkeypatch.setattr(watch_module.time, "monotonic", lambda: clock.now)
    problems = {}
    outputs = SimpleNamespace(services=[Service("events")], problems=lambda: problems)
    server = SimpleNamespace(services=[Service("OSC")], problem=lambda: "")
    driver = SimpleNamespace(rate=1000.0)
    engine, worker, worker_thread = {"frame": 0}, {"frame": 0}, SimpleNamespace(problem="")
    health = Health(said.append, lambda: clock.now)
    watch = Watch(driver, engine, worker, outputs, server, health, lambda: worker_thread.problem)
    return SimpleNamespace(
        watch=watch, clock=clock, said=said, outputs=outputs, server=server, driver=driver, engine=engine,
        worker=worker, health=health, problems=problems, thread=worker_thread,
    )  # fmt: skip


def after(made, seconds):
    made.clock.now += seconds
    made.watch.look()
    return dict(made.health.problems())


def test_it_looks_four_times_a_second_unless_it_is_to_be_now(made):
    service = made.outputs.services[0]
    counts = []
    for seconds in (0.0, 0.2, 0.06, 0.24, 0.02):
        after(made, seconds)
        counts.append(service.asked)
    assert counts == [1, 1, 2, 2, 3]
    made.watch.look(now=True)
    assert service.asked == 4


def test_every_thread_is_asked_and_what_was_wrong_counts_for_a_while(made):
    keys = Service("keys", "The keys hung.")
    made.watch.look_after(keys)
    made.outputs.services[0].wrong, made.server.services[0].wrong = "Events died.", "OSC died."
    made.server.problem, made.thread.problem = lambda: "The reader died.", "The worker died."
    assert sorted(after(made, 1.0).values()) == [
        "Events died.", "OSC died.", "The keys hung.", "The reader died.", "The worker died.",
    ]  # fmt: skip


def test_without_osc_the_others_are_looked_after(made):
    watch = Watch(made.driver, made.engine, made.worker, made.outputs, None, made.health, lambda: "")
    watch.look(now=True)
    assert made.outputs.services[0].asked == 1


def test_what_is_wrong_on_the_way_out_is_told_until_it_is_over(made):
    made.problems["MIDI"] = "The port has gone."
    assert after(made, 1.0) == {"MIDI": "The port has gone."}
    del made.problems["MIDI"]
    assert after(made, 1.0) == {}
    assert made.said == ["The port has gone.", "All is well again with MIDI."]


def test_midi_inputs_are_looked_after(made):
    inputs = SimpleNamespace(services=[Service("MIDI in", "MIDI in died.")], problem="The keyboard has gone.")
    made.watch.look_after_inputs(inputs)
    assert sorted(after(made, 1.0).values()) == ["MIDI in died.", "The keyboard has gone."]
    inputs.problem = inputs.services[0].wrong = ""
    after(made, 11.0)
    assert "All is well again with MIDI in." in made.said


def test_each_file_of_a_recording_is_told_of_also_where_they_fail_one_after_the_other(made):
    made.problems["recording played.wav"] = "played.wav fails."
    after(made, 1.0)
    made.problems["recording heard.wav"] = "heard.wav fails."
    after(made, 1.0)
    assert made.said == ["played.wav fails.", "heard.wav fails."]


@pytest.mark.parametrize(("behind", "told"), [(1000, False), (1001, True), (2500, True), (-5000, False)])
def test_a_worker_that_is_more_than_a_second_behind_is_told_of(made, behind, told):
    made.engine["frame"], made.worker["frame"] = 10_000, 10_000 - behind
    assert after(made, 1.0) == ({"worker": f"The worker is {behind / 1000:.1f} s behind."} if told else {})
    made.worker["frame"] = 10_000
    assert after(made, 1.0) == {}
    assert made.said[1:] == (["The worker keeps up again."] if told else [])
