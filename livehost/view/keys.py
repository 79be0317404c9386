"""Keys of the terminal that steer a session: one press, no Enter; a terminal in the background is left alone.

A key presses an address, as a controller does: what a key can do, OSC and MIDI can do as well.
"""

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from livehost.bridge.osc.perform import Performer
from livehost.errors import LivehostError
from livehost.service import Service
from livehost.settings import Settings
from livehost.view.escapes import Escapes
from livehost.view.plain import number

_POLL_S = 0.1
#: How long a key that has to be confirmed waits for it.
CONFIRM_S = 5.0
_CONFIRMS = "y"


@dataclass(frozen=True)
class Key:
    """One or two keys.

    Parameters
    ----------
    sends : str
        The character that it sends.
    name : str
        How it is called.
    word : str
        What it does, in a word.
    target : str
        Address that it presses, with its arguments.
    back : str
        Character of the key that goes the other way, "" for none.
    back_target : str
        What that one presses.
    shows : str
        Setting whose value stands beside the word.
    question : str
        What is asked before it is done, "" where it is done at once.
    """

    sends: str
    name: str
    word: str
    target: str
    back: str = ""
    back_target: str = ""
    shows: str = ""
    question: str = ""


_GAIN = "/livehost/step master.gain_db"
#: What stands first is shown in the smallest window, too.
KEYS = (
    Key(" ", "space", "panic", "/livehost/panic"),
    Key("s", "s", "start", "/livehost/start"),
    Key("z", "z", "rest", "/livehost/rest"),
    Key("m", "m", "mute", "/livehost/step master.mute"),
    Key("o", "o", "mode", "/livehost/step mode", shows="player.mode"),
    Key("D", "d D", "density", "/livehost/step density 0.1", "d", "/livehost/step density -0.1", "player.density"),
    Key("F", "f F", "follow", "/livehost/step follow 0.1", "f", "/livehost/step follow -0.1", "player.follow"),
    Key("+", "- +", "gain", f"{_GAIN} 1", "-", f"{_GAIN} -1", "master.gain_db"),
    Key("r", "r", "record", "/livehost/record/toggle"),
    Key("n", "n", "next scene", "/livehost/scene/next"),
    Key("a", "a", "approve", "/livehost/approve"),
    Key("x", "x", "reject", "/livehost/reject"),
    Key("q", "q", "end", "/livehost/quit", question="End it? y: yes, any other key: no."),
)  # fmt: skip
#: The plus sign without Shift, on many keyboards.
_ALIASES = {"=": "+", "_": "-"}


def _by_character() -> dict[str, tuple[Key, str]]:
    """List what each character presses; a letter that has no other meaning does the same in capitals."""
    table = {key.sends: (key, key.target) for key in KEYS}
    table |= {key.back: (key, key.back_target) for key in KEYS if key.back}
    table |= {alias: table[character] for alias, character in _ALIASES.items()}
    return {character.upper(): pressed for character, pressed in table.items()} | table


_BY_CHARACTER = _by_character()


def shown(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Give the keys as they are shown: name, and what it does, with the value that it moves."""
    return tuple((key.name, f"{key.word} {_value(settings[key.shows])}" if key.shows else key.word) for key in KEYS)


def _value(value: Any) -> str:
    return number(value, 1) if isinstance(value, float) else str(value)


class Keyboard:
    """Reads keys from a terminal.

    Parameters
    ----------
    handle : int
        File descriptor of the terminal.
    performer : Performer
        Carries out what they press.
    say : callable
        Told where one cannot be carried out, and what is asked.
    clock : callable
        Monotonic seconds.
    """

    def __init__(
        self,
        handle: int,
        performer: Performer,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._handle, self._performer, self._say, self._clock = handle, performer, say, clock
        self._asked: Key | None = None
        self._asked_at = 0.0
        self._escapes = Escapes(clock)
        self.service = Service("keys", self._turn)

    def press(self, character: str) -> None:
        """Do what a key does; nothing for one without a meaning."""
        asked, self._asked = self._asked, None
        if asked is not None and self._clock() - self._asked_at <= CONFIRM_S:
            if character.lower() == _CONFIRMS:
                self._perform(asked.target)
                return
            self._say("It goes on.")
        if character not in _BY_CHARACTER:
            return
        key, target = _BY_CHARACTER[character]
        if key.question:
            self._asked, self._asked_at = key, self._clock()
            self._say(key.question)
        else:
            self._perform(target)

    def _perform(self, target: str) -> None:
        try:
            self._performer.press(target)
        except LivehostError as error:
            self._say(str(error))

    def _turn(self) -> None:
        if not _key_waits(self._handle, _POLL_S):
            return
        try:
            pressed = os.read(self._handle, 64)
        except OSError:  # the terminal is somebody else's at the moment, or gone
            pressed = b""
        if not pressed:
            self.service.pause(_POLL_S)
        for character in self._escapes.take(pressed.decode("utf-8", "ignore")):
            self.press(character)


@contextmanager
def keyboard(performer: Performer, say: Callable[[str], None]) -> Iterator[Service | None]:
    """Have the keys of the terminal steer a session as long as the block lasts; None where there is no keyboard."""
    try:
        handle = sys.stdin.fileno()
        there = os.isatty(handle)
    except (OSError, ValueError, AttributeError):
        there = False
    if not there:
        yield None
        return
    keys = Keyboard(handle, performer, say)
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
