"""MIDI in: who hears what comes."""

import pytest

from livehost.bridge.midi.controllers import Controllers, Learn
from livehost.bridge.midi.inputs import MidiIn
from livehost.bridge.midi.out import MidiOut
from livehost.errors import LivehostError
from livehost.settings import Settings
from tests.bridge.midi.test_controllers import Targets
from tests.bridge.midi.test_out import Studio, until

ON, OFF = (0x90, 60, 100), (0x80, 60, 0)


class Stage:
    """Remembers what it is told, and has inputs that come and go."""

    def __init__(self):
        self.calls, self.said, self.ports, self.there, self.full = [], [], {}, True, False

    def open(self, text, receive):
        if text == "none":
            raise LivehostError("MIDI cannot come from 'none': no JACK server runs.")
        self.ports[text] = Input(self, text, receive)
        return self.ports[text]

    def hear_note(self, pitch, velocity, part=-1):
        if self.full:
            raise LivehostError("The worker takes no commands at the moment; try again.")
        assert part == -1
        self.calls.append((pitch, velocity))

    def scenes(self):
        return ["first", "second"]

    def recall_scene(self, name, fail):
        if name == "second":
            raise LivehostError("The scene second is of format 9.")
        self.calls.append(name)
        fail("The model is lost.")

    # clock

    def tick(self, ns):
        self.calls.append(("tick", ns))

    def start(self, ns):
        self.calls.append(("start", ns))

    def continue_(self, ns):
        self.calls.append(("continue", ns))

    def stop(self, ns):
        self.calls.append(("stop", ns))

    def position(self, sixteenths, ns):
        self.calls.append(("position", sixteenths, ns))


class Input:
    def __init__(self, stage, text, receive):
        self.stage, self.name, self.receive, self.closed = stage, f"keys {text}", receive, False

    def alive(self):
        return self.stage.there

    back = alive

    def close(self):
        self.closed = True


@pytest.fixture
def stage():
    return Stage()


@pytest.fixture
def studio():
    return Studio()


@pytest.fixture
def made(stage, studio):
    """Makes an input, with `midi.in` "a" unless told otherwise."""
    opened = []

    def make(watch_s=60.0, **values):
        settings = Settings({"midi.in": "a", "midi.out": "synth"} | {f"midi.{k}": v for k, v in values.items()})
        out = MidiOut(settings, [[60.0]], opener=studio.open, watch_s=60)
        opened.append(out)
        controllers = Controllers(settings, Targets(settings), Learn(), stage.said.append)
        made = MidiIn(
            settings, stage, controllers, out, stage.said.append, clock=stage, opener=stage.open, watch_s=watch_s
        )
        opened.append(made)
        made.settings, made.out = settings, out
        return made

    yield make
    for each in reversed(opened):
        each.close()


def play(stage, *messages, port="a", at_ns=0):
    for message in messages:
        stage.ports[port].receive(bytes(message), at_ns)


def test_notes_are_heard_and_ends_in_either_form(made, stage):
    midi = made()
    play(stage, ON, OFF, ON, (0x90, 60, 0), (0x9F, 0, 1), (0x80, 61, 0))
    assert stage.calls == [(60, 100), (60, 0), (60, 100), (60, 0), (0, 1)]
    assert midi.ports == ["keys a"]


def test_one_channel_where_only_one_is_wanted(made, stage):
    made(in_channel=2)
    play(stage, ON, (0x91, 61, 5), (0xC0, 0), (0xB0, 20, 5))
    assert stage.calls == [(61, 5)]


def test_several_inputs_and_others_while_it_runs(made, stage):
    midi = made(watch_s=0.001, **{"in": "a, b"})
    play(stage, ON, port="b")
    assert list(stage.ports) == ["a", "b"]
    midi.settings.set("midi.in", "a,c,none")
    until(lambda: midi.ports == ["keys a", "keys c"])
    until(lambda: midi.problem)
    assert midi.problem == "MIDI cannot come from 'none': no JACK server runs."
    assert [stage.ports[name].closed for name in "abc"] == [False, True, False]
    assert stage.calls == [(60, 100), (60, 0)]  # nobody else would have ended it
    midi.settings.set("midi.in", "")
    until(lambda: not midi.ports)
    assert not midi.problem


def test_an_input_that_cannot_be_opened_at_the_start_is_one_sentence(made, stage):
    with pytest.raises(LivehostError, match="no JACK server runs"):
        made(**{"in": "a,none"})
    assert stage.ports["a"].closed


def test_notes_of_an_input_that_goes_are_ended(made, stage):
    midi = made(watch_s=0.001)
    play(stage, ON, (0x91, 64, 9))
    stage.there = False
    until(lambda: len(stage.calls) == 4)
    assert stage.calls[2:] == [(60, 0), (64, 0)]
    assert midi.problem == "The MIDI port keys a has gone; its notes go on as soon as it is back."
    stage.there = True
    until(lambda: not midi.problem)


@pytest.mark.parametrize("controller", [120, 123])
def test_all_notes_off_ends_what_is_heard_and_moves_nothing(made, stage, controller):
    made(map=f"1:{controller}=/livehost/master/gain_db")
    play(stage, ON, (0xB0, controller, 0), OFF, (0xB0, 121, 0))
    assert stage.calls == [(60, 100), (60, 0)]


def test_the_end_ends_what_is_heard(made, stage):
    midi = made()
    play(stage, ON)
    stage.full = True
    midi.close()  # raises nothing
    stage.full = False
    assert stage.ports["a"].closed
    again = made()
    play(stage, ON)
    again.close()
    assert stage.calls == [(60, 100), (60, 100), (60, 0)]


def test_controllers_are_followed(made, stage):
    midi = made(map="1:20=/livehost/master/gain_db")
    play(stage, (0xB0, 20, 127), (0xB1, 20, 127), (0xE0, 1, 1), (0xD0, 1))
    assert midi._controllers._targets.asked == [("/livehost/master/gain_db", 1.0)]


def test_a_program_change_recalls_a_scene(made, stage):
    midi = made()
    play(stage, (0xC0, 0), (0xC0, 1), (0xC5, 2))
    assert stage.calls == ["first"]
    assert stage.said == [
        "The model is lost.",
        "The scene second is of format 9.",
        "Program 2 recalls nothing: there are 2 scenes, the first one at program 0.",
    ]
    midi.settings.set("midi.programs", False)
    play(stage, (0xC0, 0))
    assert stage.calls == ["first"]


def test_clock_comes_with_its_time_and_nothing_else_of_the_system(made, stage):
    made(thru=True)
    play(
        stage,
        (0xF8,),
        (0xFA,),
        (0xFB,),
        (0xFC,),
        (0xF2, 0x7F, 0x01),
        (0xFE,),
        (0xF1, 3),
        (0xF2, 1),
        (0xF0, 1, 0xF7),
        at_ns=7,
    )
    assert stage.calls == [("tick", 7), ("start", 7), ("continue", 7), ("stop", 7), ("position", 255, 7)]


def test_thru_passes_on_all_channels_and_a_panic_ends_its_notes(made, stage, studio):
    midi = made(thru=True, in_channel=5)
    play(stage, ON, (0xB0, 1, 2), (0xE1, 3, 4), (0xC0, 1), (0xD0, 9), (0xF8,))
    assert studio.messages == [ON, (0xB0, 1, 2), (0xE1, 3, 4), (0xC0, 1), (0xD0, 9)]
    del studio.messages[:]
    midi.out.panic()
    assert studio.messages[0] == OFF
    midi.settings.set("midi.thru", False)
    del studio.messages[:]
    play(stage, ON, (0xB0, 1, 2))
    assert studio.messages == []


def test_what_is_passed_on_ends_also_where_thru_is_off_by_then(made, stage, studio):
    midi = made(thru=True)
    play(stage, ON, (0xB2, 64, 127))
    midi.settings.set("midi.thru", False)
    midi.settings.set("midi.in_channel", 9)
    play(stage, OFF, OFF)
    assert studio.messages == [ON, (0xB2, 64, 127), OFF]
    assert stage.calls == [(60, 100), (60, 0)]


def test_what_is_passed_on_ends_where_its_input_goes(made, stage, studio):
    midi = made(thru=True)
    play(stage, ON, (0x91, 61, 5), (0x81, 61, 5), (0xB2, 64, 127), (0xB3, 64, 127), (0xB3, 64, 0))
    del studio.messages[:]
    midi.close()
    assert studio.messages == [OFF, (0xB2, 64, 0)]


def test_what_livehost_sent_is_neither_heard_nor_passed_on_again(made, stage, studio):
    midi = made(thru=True)
    at_ns = 0
    midi.out.event({"kind": "sample", "decision": 1, "voice": 0, "index": 0, "gain_db": 0.0, "rate": 1.0, "frame": 1})
    at_ns = studio.times[0]
    play(stage, ON, at_ns=at_ns + 1)
    assert (stage.calls, midi.echoes, len(studio.messages)) == ([], 1, 1)
    play(stage, (0x90, 62, 1), at_ns=at_ns + 2)  # the musician's: passed on, comes back, and stops there
    play(stage, (0x90, 62, 1), at_ns=studio.times[-1] + 3)
    assert (stage.calls, midi.echoes, len(studio.messages)) == ([(62, 1)], 2, 2)


def test_a_full_queue_and_a_fault_of_ours_end_nothing(made, stage):
    midi = made()
    stage.full = True
    play(stage, ON, ON)
    stage.full = False
    play(stage, (), (0x90,), (0x90, 62, 1))
    assert stage.calls == [(62, 1)]
    assert midi.dropped == 2
    stage.hear_note = None
    play(stage, ON, ON)
    del stage.hear_note
    assert midi.dropped == 4
    assert len(stage.said) == 1
    assert stage.said[0].startswith("A MIDI message was not followed")
