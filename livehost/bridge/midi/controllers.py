"""Controllers that move settings and press buttons, and how they learn which."""

import threading
from collections.abc import Callable
from typing import Protocol

from livehost.bridge.midi.mapping import Binding, parse_map, to_text, without
from livehost.errors import LivehostError
from livehost.settings import Settings

#: A button is pressed from this value on.
PRESSED = 64


class Targets(Protocol):
    """What controllers act upon; see `livehost.bridge.osc.perform.Performer`."""

    def is_button(self, target: str) -> bool:
        """Tell whether a target is pressed, and not turned; raises LivehostError where it can be neither."""
        ...

    def turn(self, target: str, position: float) -> None:
        """Set what a target names to a place in its range, 0 … 1."""
        ...

    def press(self, target: str) -> None:
        """Carry out the action that a target names."""
        ...

    def bind(self, text: str) -> None:
        """Keep what controllers are bound to."""
        ...


class Learn:
    """The address that waits for a controller to be moved, "" for none."""

    def __init__(self) -> None:
        self._lock, self._target = threading.Lock(), ""

    def wait_for(self, target: str) -> None:
        """Have the next controller that moves bound to a target; "" for none."""
        with self._lock:
            self._target = target

    def take(self) -> str:
        """Give the target that waits, and have none wait any more."""
        with self._lock:
            target, self._target = self._target, ""
        return target


class Controllers:
    """Does what controllers ask for.

    Parameters
    ----------
    settings : Settings
        ``midi.map`` is read as it changes.
    targets : Targets
    learn : Learn
    tell : callable
        Gets sentences for the person at the desk.
    """

    def __init__(self, settings: Settings, targets: Targets, learn: Learn, tell: Callable[[str], None]) -> None:
        self._settings, self._targets, self._learn, self._tell = settings, targets, learn, tell
        self._text = ""
        self._bindings: tuple[Binding, ...] = ()
        self._values: dict[tuple[int, int], int] = {}

    def moved(self, channel: int, controller: int, value: int) -> None:
        """Follow a controller (channel 1 … 16) to a value, 0 … 127."""
        if target := self._learn.take():
            self._learned(Binding(channel, controller, target))
        before = self._values.get((channel, controller), 0)
        self._values[channel, controller] = value
        for binding in self._current():
            if (binding.channel, binding.controller) == (channel, controller):
                self._act(binding, before, value)

    def _act(self, binding: Binding, before: int, value: int) -> None:
        try:
            if not self._targets.is_button(binding.target):
                self._targets.turn(binding.target, value / 127)
            elif before < PRESSED <= value:
                self._targets.press(binding.target)
        except LivehostError as error:
            self._tell(str(error))

    def _learned(self, new: Binding) -> None:
        self._targets.bind(to_text((*without(self._current(), new.target), new)))
        self._tell(f"Controller {new.controller} of channel {new.channel} is bound to {new.target}.")
        if self._targets.is_button(new.target):
            self._values[new.channel, new.controller] = 127  # the touch that taught it presses nothing

    def _current(self) -> tuple[Binding, ...]:
        text = str(self._settings["midi.map"])
        if text != self._text:
            self._text = text
            try:
                self._bindings = parse_map(text)
            except LivehostError as error:
                self._bindings = ()
                self._tell(str(error))
        return self._bindings
