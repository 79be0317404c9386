"""Addresses carried out for what is no OSC client: a controller turns a setting, a button or a key does an action."""

from dataclasses import dataclass
from typing import Any

from livehost.bridge.control import Control
from livehost.bridge.osc import wire
from livehost.bridge.osc.actions import ACTIONS, Request
from livehost.bridge.osc.addresses import BY_PATH
from livehost.bridge.osc.coerce import coerce
from livehost.bridge.osc.consent import Consent
from livehost.bridge.osc.schema import Address
from livehost.bridge.osc.sender import OscSender
from livehost.bridge.step import step_keys
from livehost.errors import LivehostError
from livehost.rt.gate import shuttings
from livehost.setting import Setting, Value
from livehost.settings import TABLE, normalised

_NOBODY = ("", 0)
#: Actions that answer whoever asks, or wait for a controller themselves: of no use to a button.
_ASKING = (
    "ping", "sync", "dump", "subscribe", "confirm", "unsubscribe", "name", "scene_list", "learn", "unlearn",
)  # fmt: skip


def read_target(text: str) -> tuple[Address, tuple[Any, ...]]:
    """Find what a controller is to move: an address, and, where it is an action, its arguments behind it.

    Raises
    ------
    LivehostError
        Where there is no such address, it has no range and is no action, or its arguments do not fit.

    Examples
    --------
    >>> row, arguments = read_target("/livehost/bank/play 3")
    >>> row.access, arguments
    ('call', (3.0,))
    """
    path, *words = text.split()
    row = BY_PATH.get(path)
    if row is None:
        raise LivehostError(f"There is no address {path}; livehost addresses lists them.", 2)
    if row.setting and row.access == "set" and not words and _range(TABLE[row.setting]) is not None:
        return row, ()
    if not row.action or row.action[0] in _ASKING:
        raise LivehostError(f"{path} can be moved by no controller: it has no range, and is no action.", 2)
    arguments = tuple(_argument(word) for word in words)
    for arg, value in zip(row.args, (*arguments, *[None] * len(row.args)), strict=False):
        coerce(path, arg, value)
    if row.action[0] == "step":
        step_keys(str(arguments[0]))
    return row, arguments


def _argument(word: str) -> float | str:
    try:
        return float(word)
    except ValueError:
        return word


def _range(setting: Setting) -> tuple[float, float] | None:
    if isinstance(setting.default, bool):
        return 0, 1
    if setting.choices:
        return 0, len(setting.choices) - 1
    if isinstance(setting.default, str) or max(-setting.low, setting.high) == float("inf"):
        return None
    return setting.low, setting.high


def at_position(setting: Setting, position: float) -> Value:
    """Give the value at a place in the range of a setting, 0 … 1: a number, a word, on or off."""
    low, high = _range(setting) or (0, 1)
    value = low + position * (high - low)
    if setting.choices:
        return setting.choices[round(value)]
    if isinstance(setting.default, bool):
        return value >= 0.5
    return round(value) if isinstance(setting.default, int) else value


class Performer:
    """Carries out what controllers and keys ask for; see `livehost.bridge.midi.controllers.Targets`.

    Parameters
    ----------
    control : Control
        The stage.
    sender : OscSender
        Whom nothing of it concerns; requests have one.
    by : str
        Who asks: "midi" or "key".
    """

    def __init__(self, control: Control, sender: OscSender, by: str = "midi") -> None:
        self._control, self._sender, self._by = control, sender, by

    def is_button(self, target: str) -> bool:
        """Tell whether a target is pressed, and not turned; raises LivehostError where it can be neither."""
        return bool(read_target(target)[0].action)

    def turn(self, target: str, position: float) -> None:
        """Set what a target names to a place in its range, 0 … 1."""
        row, _ = read_target(target)
        value = at_position(TABLE[row.setting], position)
        if normalised(value) != normalised(self._control.settings[row.setting]):
            self._control.set(row.setting, value, self._by)

    def press(self, target: str) -> None:
        """Carry out the action that a target names."""
        row, arguments = read_target(target)
        message = wire.Message(row.path, arguments)
        consent = Consent(lambda _target, _number: None)
        ACTIONS[row.action[0]](
            _Request(
                row, message, _NOBODY, self._control, self._sender, consent, _nowhere, None, False,
                shuttings(self._control.urgent.gate.word), self._by,
            )
        )  # fmt: skip

    def bind(self, text: str) -> None:
        """Keep what controllers are bound to."""
        self._control.set("midi.map", text, self._by)


@dataclass(frozen=True)
class _Request(Request):
    """A request of nobody who could be answered; what fails is told at the desk."""

    who: str

    @property
    def by(self) -> str:
        return self.who

    def fail(self, text: str) -> None:
        self.control.refused("failed", self.row.path, text)


def _nowhere(_packet: bytes, _client: Any) -> None:
    """Answer nobody."""
