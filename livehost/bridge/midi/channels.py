"""Which part plays on which MIDI channel."""

from collections.abc import Callable
from typing import Any

from livehost.errors import LivehostError
from livehost.settings import PARTS, part_key


def channel_key(part: int) -> str:
    """Key of the setting of a part's MIDI channel."""
    return "midi.channel" if part == 0 else part_key(part, "midi_channel")


def check_channels(value: Callable[[str], Any]) -> None:
    """Refuse two parts that would play on the same MIDI channel: the notes of one would end those of the other.

    Parameters
    ----------
    value : callable
        Key of a setting → its value.

    Raises
    ------
    LivehostError
        Where there is a MIDI output, and two parts that play share a channel.
    """
    if not value("midi.out"):
        return
    taken: dict[int, int] = {}
    for part in range(PARTS):
        if value(part_key(part, "name")) == "off":
            continue
        channel = int(value(channel_key(part)))
        if channel in taken:
            raise LivehostError(
                f"Parts {taken[channel]} and {part} would both play on MIDI channel {channel}; give part {part} "
                f"another one: --set {channel_key(part)}={channel % 16 + 1}.",
                2,
            )
        taken[channel] = part
