"""Keys of the terminal that steer a session: one press, no Enter; a terminal in the background is left alone."""

import contextlib
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from livehost.bridge.control import Control
from livehost.errors import LivehostError
from livehost.service import Service

_POLL_S = 0.1


@dataclass(frozen=True)
class Key:
    """One key: what it sends, how it is called, what it does, in a word and in deed."""

    sends: str
    name: str
    meaning: str
    action: Callable[[Control], None]


def _mute(control: Control) -> None:
    control.set("master.mute", not control.settings["master.mute"])


def _record(control: Control) -> None:
    control.record(not control.recording)


KEYS = (
    Key(" ", "space", "panic", lambda control: control.panic()),
    Key("s", "s", "start again", lambda control: control.resume()),
    Key("m", "m", "mute", _mute),
    Key("r", "r", "record", _record),
)
#: Keys and what they do, to be shown: with what ends the session.
SHOWN = (*((key.name, key.meaning) for key in KEYS), ("Ctrl-C", "end"))
_BY_CHARACTER = {key.sends: key for key in KEYS}


class Keyboard:
    """Reads keys from a terminal.

    Parameters
    ----------
    handle : int
        File descriptor of the terminal.
    control : Control
        What they steer.
    say : callable
        Told where one cannot be carried out.
    """

    def __init__(self, handle: int, control: Control, say: Callable[[str], None]) -> None:
        self._handle, self._control, self._say = handle, control, say
        self.service = Service("keys", self._turn)

    def press(self, character: str) -> None:
        """Do what a key does; nothing for one without a meaning."""
        key = _BY_CHARACTER.get(character.lower())
        if key is not None:
            try:
                key.action(self._control)
            except LivehostError as error:
                self._say(str(error))

    def _turn(self) -> None:
        if not _key_waits(self._handle, _POLL_S):
            return
        try:
            pressed = os.read(self._handle, 64)
        except OSError:  # the terminal is somebody else's at the moment, or gone
            pressed = b""
            self.service.pause(_POLL_S)
        for character in pressed.decode("utf-8", "ignore"):
            self.press(character)


@contextmanager
def keyboard(control: Control, say: Callable[[str], None]) -> Iterator[Service | None]:
    """Have the keys of the terminal steer a session as long as the block lasts; None where there is no keyboard."""
    try:
        handle = sys.stdin.fileno()
        there = os.isatty(handle)
    except (OSError, ValueError, AttributeError):
        there = False
    if not there:
        yield None
        return
    keys = Keyboard(handle, control, say)
    with _one_by_one(handle):
        keys.service.start()
        try:
            yield keys.service
        finally:
            keys.service.stop(2 * _POLL_S)


@contextmanager
def _one_by_one(handle: int) -> Iterator[None]:
    """Have a terminal give each key at once, and not show it; as before afterwards."""
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    # a process in the background that touches its terminal is stopped by these, unless it ignores them
    before: dict[int, Any] = {
        number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTTIN, signal.SIGTTOU)
    }
    attributes = termios.tcgetattr(handle)
    with contextlib.suppress(termios.error):
        tty.setcbreak(handle, termios.TCSANOW)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(handle, termios.TCSANOW, attributes)
        for number, handler in before.items():
            signal.signal(number, handler)


def _key_waits(handle: int, seconds: float) -> bool:
    """Wait for a key, but not for long."""
    if sys.platform == "win32":
        import msvcrt
        import time

        time.sleep(seconds)
        return msvcrt.kbhit()
    return bool(select.select([handle], [], [], seconds)[0])
