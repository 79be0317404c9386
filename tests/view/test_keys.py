"""Keys that steer: one press each, whatever the terminal is doing."""

import os
import pty
import sys

import pytest

from livehost.bridge.osc.perform import Performer, read_target
from livehost.bridge.osc.sender import OscSender
from livehost.errors import LivehostError
from livehost.rt.gate import shuttings
from livehost.settings import Settings
from livehost.view.keys import CONFIRM_S, KEYS, Keyboard, keyboard, shown
from tests.bridge.fakes import FakeControl
from tests.test_service import until


@pytest.fixture
def terminal():
    """Both ends of a pseudo-terminal."""
    outer, inner = pty.openpty()
    yield outer, inner
    for handle in (outer, inner):
        os.close(handle)


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def performer(control):
    sender = OscSender("")
    yield Performer(control, sender, "key")
    sender.close()


class Hands:
    """Presses keys, at a time that is told; `said` is what was answered."""

    def __init__(self, performer):
        self.now, self.said = 100.0, []
        self.keys = Keyboard(0, performer, self.said.append, lambda: self.now)

    def press(self, characters):
        for character in characters:
            self.keys.press(character)


@pytest.fixture
def hands(performer):
    return Hands(performer)


def test_space_is_panic_and_s_goes_on(terminal, performer, control):
    outer, inner = terminal
    keys = Keyboard(inner, performer, lambda _: None)
    keys.service.start()
    os.write(outer, b" \n")  # a terminal that was not set to single keys gives whole lines
    until(lambda: control.urgent.gate.is_shut)
    os.write(outer, b"S\n")
    until(lambda: not control.urgent.gate.is_shut)
    assert shuttings(control.urgent.gate.word) == 1
    keys.service.stop()


@pytest.mark.parametrize(
    ("characters", "key", "values"),
    [
        ("mMm", "master.mute", [True, False, True]),
        ("oooo", "player.mode", ["answer", "continue", "call", "duo"]),
        ("ddDDD", "player.density", [0.9, 0.8, 0.9, 1.0, 1.0]), ("fF", "player.follow", [0.6, 0.7]),
        ("--+=_", "master.gain_db", [-1, -2, -1, 0, -1]),
    ],
)  # fmt: skip
def test_a_key_moves_a_setting_and_stays_in_its_range(hands, control, characters, key, values):
    found = []
    for character in characters:
        hands.press(character)
        found.append(control.settings[key])
    assert found == values
    assert control.settings.by(key) == "key"
    assert hands.said == []


def test_a_step_reaches_every_part_that_plays(hands, control):
    hands.press("d")
    assert control.settings["part1.density"] == 1.0
    control.settings.update({"part1.name": "nearest", "part1.density": 0.5}, "flag")
    hands.press("do")
    assert (control.settings["player.density"], control.settings["part1.density"]) == (0.8, 0.4)
    assert control.settings["part1.mode"] == "answer"


@pytest.mark.parametrize(
    ("character", "call"),
    [
        ("n", ("step scene", 1)),
        ("z", ("rest", 0)),
        ("a", ("steer", "approve")),
        ("x", ("steer", "reject")),
        ("X", ("steer", "reject")),
    ],
)  # fmt: skip
def test_a_key_presses_an_action(hands, control, character, call):
    hands.press(character)
    assert control.calls == [call]


def test_what_has_no_meaning_does_nothing(hands, control):
    hands.press("é\x1b[\ny")
    assert control.calls == []
    assert hands.said == []


def test_an_arrow_key_is_no_letter(terminal, performer, control):
    outer, inner = terminal
    keys = Keyboard(inner, performer, lambda _: None)
    keys.service.start()
    os.write(outer, b"\x1b[A\x1b[1;5D\x1bOF\x1bx m\n")  # up, Control-left, End, Alt-x
    until(lambda: control.settings["master.mute"])
    keys.service.stop()
    assert [call[0] for call in control.calls] == ["panic", "set"]


def test_what_cannot_be_carried_out_is_said(hands):
    hands.press("r")
    assert hands.said == ["Recording is started with --record DIR."]


def test_the_end_is_asked_for_twice(hands, control):
    hands.press("q")
    assert control.calls == []
    assert hands.said == ["End it? y: yes, any other key: no."]
    hands.press("y")
    assert control.calls == [("quit",)]


def test_any_other_key_goes_on_and_does_what_it_does(hands, control):
    hands.press("q ")
    hands.press("y")
    assert [call[0] for call in control.calls] == ["panic"]
    assert hands.said[1:] == ["It goes on."]


def test_a_question_that_nobody_answers_is_over(hands, control):
    hands.press("q")
    hands.now += CONFIRM_S + 0.01
    hands.press("y")
    assert control.calls == []


def test_all_keys_are_shown_with_what_they_move():
    names = [name for name, _ in shown(Settings())]
    assert names == [key.name for key in KEYS]
    values = Settings({"player.density": 0.35, "master.gain_db": -6, "player.mode": "call"})
    words = dict(shown(values))
    assert (words["d D"], words["- +"], words["o"]) == ("density 0.3", "gain −6.0", "mode call")


def test_every_key_presses_what_osc_and_midi_can_press_as_well():
    for key in KEYS:
        for target in filter(None, (key.target, key.back_target)):
            row, _ = read_target(target)
            assert row.action


def test_no_two_keys_are_the_same():
    characters = [c for key in KEYS for c in (key.sends, key.back) if c]
    assert len(set(characters)) == len(characters)


def test_the_terminal_gives_single_keys_meanwhile_and_is_as_before_afterwards(
    terminal, monkeypatch, performer, control
):
    import termios

    outer, inner = terminal
    monkeypatch.setattr(sys, "stdin", os.fdopen(os.dup(inner)))
    before = termios.tcgetattr(inner)
    with keyboard(performer, lambda _: None) as service:
        assert service is not None
        assert termios.tcgetattr(inner) != before
        os.write(outer, b" ")
        until(lambda: control.urgent.gate.is_shut)
    assert termios.tcgetattr(inner) == before
    sys.stdin.close()


def test_a_terminal_that_is_closed_eats_no_processor(performer, monkeypatch):
    outer, inner = pty.openpty()
    keys = Keyboard(inner, performer, lambda _: None)
    pauses = []
    monkeypatch.setattr(keys.service, "pause", pauses.append)
    os.close(outer)
    keys._turn()
    os.close(inner)
    assert len(pauses) == 1


def test_without_a_terminal_there_are_no_keys(monkeypatch, tmp_path, performer):
    with (tmp_path / "x").open("w+") as file:
        monkeypatch.setattr(sys, "stdin", file)
        with keyboard(performer, lambda _: None) as service:
            assert service is None


@pytest.mark.parametrize("target", ["/livehost/step", "/livehost/step bank.dir", "/livehost/step nothing"])
def test_a_step_that_cannot_be_is_refused_before_it_is_bound(target):
    with pytest.raises(LivehostError):
        read_target(target)
