"""Settings moved by steps, as a key, a pad or a pedal does it: on and off, the next word, a little more."""

import math

from livehost.errors import LivehostError
from livehost.setting import Setting, Value
from livehost.settings import PARTS, TABLE, Settings, lookup, part_key

#: Player of a part that does not play.
_OFF = "off"


def step_keys(name: str, settings: Settings | None = None) -> list[str]:
    """Give the keys of the settings that a name stands for.

    Parameters
    ----------
    name : str
        A key, such as ``master.mute``; or the name of a setting that every part has, such as ``density``.
    settings : Settings, optional
        Leaves out the parts that are off.

    Raises
    ------
    LivehostError
        Where there is none, or it does not move by steps while livehost runs.
    """
    keys = [name]
    if "." not in name and part_key(0, name) in TABLE:
        keys = [part_key(part, name) for part in range(PARTS)]
    for setting in map(lookup, keys):
        text = isinstance(setting.default, str) and not setting.choices
        if not setting.thread or text:
            why = "is no number, no switch and no choice" if text else "is fixed once livehost runs"
            raise LivehostError(f"{setting.key} cannot be moved by steps: it {why}.", 2)
    if settings is None or len(keys) == 1:
        return keys
    return [key for part, key in enumerate(keys) if settings.of_part(part, "name") != _OFF] or keys[:1]


def stepped(settings: Settings, name: str, by: float) -> dict[str, Value]:
    """Give the values that a step makes of what `step_keys` names, numbers and places of words kept in range.

    Parameters
    ----------
    settings : Settings
        What holds now.
    name : str
        See `step_keys`.
    by : float
        What is added to a number; words that one goes on in a list, around its end. A switch turns at any step but 0.

    Raises
    ------
    LivehostError
        As `step_keys`.
    """
    keys = step_keys(name, settings)
    first = settings[keys[0]]  # switches and words of all parts go where the first one's does
    return {key: _moved(TABLE[key], settings[key] if _is_number(settings[key]) else first, by) for key in keys}


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _moved(setting: Setting, value: Value, by: float) -> Value:
    if isinstance(value, bool):
        return value != (by != 0)
    if isinstance(value, str):
        return setting.choices[(setting.choices.index(value) + _whole(by)) % len(setting.choices)]
    moved = value + (_whole(by) if isinstance(value, int) else by)
    return setting.clamp(float(f"{moved:.7g}") if isinstance(value, float) else moved)


def _whole(by: float) -> int:
    """Round a step to whole ones, away from 0: one that is not 0 moves."""
    return int(math.copysign(math.ceil(abs(by)), by))
