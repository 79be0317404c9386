"""MIDI of a session: what is wrong with its settings is said before, and its inputs are joined to the stage."""

from collections.abc import Callable, Mapping
from typing import Any

from livehost.bridge.control import Control
from livehost.bridge.midi.channels import check_channels
from livehost.bridge.midi.clock_input import ClockInput
from livehost.bridge.midi.controllers import Controllers, Learn
from livehost.bridge.midi.folders import parse_folders
from livehost.bridge.midi.inputs import MidiIn
from livehost.bridge.midi.mapping import parse_map
from livehost.bridge.osc.perform import Performer, read_target
from livehost.errors import LivehostError
from livehost.settings import Settings
from livehost.stage.notices import Notices
from livehost.stage.outputs import Outputs


def check_map(text: str) -> None:
    """Refuse bindings of controllers that cannot be read, or whose addresses no controller can move.

    Raises
    ------
    LivehostError
        Where one is such.
    """
    for binding in parse_map(text):
        read_target(binding.target)


#: Settings whose words mean more than any word, and what refuses those that cannot be read.
TEXT_CHECKS: dict[str, Callable[[str], object]] = {"midi.folders": parse_folders, "midi.map": check_map}


def check_midi(value: Callable[[str], Any]) -> None:
    """Refuse what MIDI cannot do.

    Parameters
    ----------
    value : callable
        Key of a setting → its value.

    Raises
    ------
    LivehostError
        Where two parts share a channel, or the folders or the bindings of controllers cannot be read.
    """
    check_channels(value)
    for key, check in TEXT_CHECKS.items():
        check(value(key))


def unreadable(settings: Mapping[str, Any]) -> dict[str, str]:
    """Say what is wrong with the settings among these that cannot be read: a sentence for each key."""
    wrong = {}
    for key in TEXT_CHECKS.keys() & settings.keys():
        try:
            TEXT_CHECKS[key](settings[key])
        except LivehostError as error:
            wrong[key] = str(error)
    return wrong


def open_midi_in(
    values: Settings,
    control: Control,
    learn: Learn,
    outputs: Outputs,
    notices: Notices,
    clock: ClockInput | None = None,
) -> MidiIn:
    """Open the MIDI inputs of a session.

    Raises
    ------
    LivehostError
        Where one cannot be opened.
    """
    controllers = Controllers(values, Performer(control, outputs.osc), learn, notices.say)
    return MidiIn(values, control, controllers, outputs.midi, notices.say, clock=clock)
