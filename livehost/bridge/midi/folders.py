"""MIDI channels and notes for folders of a bank: what the setting ``midi.folders`` says."""

from dataclasses import dataclass

from livehost.errors import LivehostError
from livehost.settings import TABLE

_CHOICES = TABLE["midi.note"].choices


@dataclass(frozen=True)
class Folder:
    """How the sounds of a folder are played.

    Parameters
    ----------
    name : str
        Folder in the bank, lower case, such as ``drums`` or ``kit/snares``.
    channel : int
        MIDI channel, 1 … 16.
    note : str
        One of the choices of ``midi.note``, "" for what that setting says.
    """

    name: str
    channel: int
    note: str = ""


def parse_folders(text: str) -> tuple[Folder, ...]:
    """Read ``drums=10:drums,voices=2``: folders with their channels, and how their notes are chosen.

    Raises
    ------
    LivehostError
        Where it is nothing of the kind.

    Examples
    --------
    >>> parse_folders("drums=10:drums, voices=2")
    (Folder(name='drums', channel=10, note='drums'), Folder(name='voices', channel=2, note=''))
    """
    return tuple(_folder(part.strip()) for part in text.split(",") if part.strip())


def _folder(text: str) -> Folder:
    name, equals, rest = text.rpartition("=")
    channel, _, note = rest.partition(":")
    name, channel, note = name.strip().strip("/").lower(), channel.strip(), note.strip()
    if not (equals and name and channel.isascii() and channel.isdigit() and note in ("", *_CHOICES)):
        raise LivehostError(
            f"midi.folders wants FOLDER=CHANNEL or FOLDER=CHANNEL:NOTES, such as drums=10:drums, not {text!r}; "
            f"NOTES is one of {', '.join(_CHOICES)}.",
            2,
        )
    if not 1 <= int(channel) <= 16:
        raise LivehostError(f"midi.folders: there is no MIDI channel {channel}, in {text!r}; it is 1 to 16.", 2)
    return Folder(name, int(channel), note)


def folder_of(name: str, folders: tuple[Folder, ...]) -> Folder | None:
    """Find the folder that an item of a bank is in by its name; the innermost counts."""
    path = f"/{name.lower()}"
    inside = [folder for folder in folders if path.startswith(f"/{folder.name}/")]
    return max(inside, key=lambda folder: len(folder.name), default=None)
