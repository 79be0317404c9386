"""Keys that steer: one press each, whatever the terminal is doing."""

import os
import pty
import sys

import pytest

from livehost.rt.gate import shuttings
from livehost.view.keys import KEYS, SHOWN, Keyboard, keyboard
from tests.bridge.fakes import FakeControl
from tests.test_service import until


@pytest.fixture
def terminal():
    """Both ends of a pseudo-terminal."""
    outer, inner = pty.openpty()
    yield outer, inner
    for handle in (outer, inner):
        os.close(handle)


def test_space_is_panic_and_s_goes_on(terminal):
    outer, inner = terminal
    control = FakeControl()
    keys = Keyboard(inner, control, lambda _: None)
    keys.service.start()
    os.write(outer, b" \n")  # a terminal that was not set to single keys gives whole lines
    until(lambda: control.urgent.gate.is_shut)
    os.write(outer, b"S\n")
    until(lambda: not control.urgent.gate.is_shut)
    assert shuttings(control.urgent.gate.word) == 1
    keys.service.stop()


def test_m_mutes_and_unmutes_and_what_has_no_meaning_does_nothing():
    control = FakeControl()
    keys = Keyboard(0, control, lambda _: None)
    for character in "mxé\x1b[":
        keys.press(character)
    assert control.settings["master.mute"] is True
    keys.press("M")
    assert control.settings["master.mute"] is False


def test_what_cannot_be_carried_out_is_said():
    said = []
    Keyboard(0, FakeControl(), said.append).press("r")
    assert said == ["Recording is started with --record DIR."]


def test_all_keys_are_shown_and_how_to_end():
    assert [name for name, _ in SHOWN] == [*(key.name for key in KEYS), "Ctrl-C"]


def test_the_terminal_gives_single_keys_meanwhile_and_is_as_before_afterwards(terminal, monkeypatch):
    import termios

    outer, inner = terminal
    monkeypatch.setattr(sys, "stdin", os.fdopen(os.dup(inner)))
    before = termios.tcgetattr(inner)
    control = FakeControl()
    with keyboard(control, lambda _: None) as service:
        assert service is not None
        assert termios.tcgetattr(inner) != before
        os.write(outer, b" ")
        until(lambda: control.urgent.gate.is_shut)
    assert termios.tcgetattr(inner) == before
    sys.stdin.close()


def test_without_a_terminal_there_are_no_keys(monkeypatch, tmp_path):
    with (tmp_path / "x").open("w+") as file:
        monkeypatch.setattr(sys, "stdin", file)
        with keyboard(FakeControl(), lambda _: None) as service:
            assert service is None
