"""Which note, on which channel, stands for each sound of a bank."""

import math
import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from livehost.bridge.midi.channels import channel_key
from livehost.bridge.midi.drums import DRUM_NOTES, drum_note
from livehost.bridge.midi.folders import folder_of, parse_folders
from livehost.errors import LivehostError
from livehost.settings import Settings

#: Order in which notes are given to sounds that have no pitch: from the middle of a keyboard's lower half on.
_FREE_ORDER = (*range(36, 128), *range(36))
#: Velocity of a voice at 0 dB; there is room above it.
NOMINAL_VELOCITY = 100


class NoteChooser:
    """Channel, note and velocity of all that sounds.

    Parameters
    ----------
    settings : Settings
        What is said of notes is read at each of them.
    item_roots, item_names : sequence
        For each part, the roots and the names of its items; see `NoteMap`.
    """

    def __init__(self, settings: Settings, item_roots: Sequence[Any], item_names: Sequence[Sequence[str]] = ()) -> None:
        self._settings = settings
        names = [*item_names, *[()] * (len(item_roots) - len(item_names))]
        self._maps = [NoteMap(settings, part, roots, names[part]) for part, roots in enumerate(item_roots)]

    def use(self, part: int, item_roots: Any, item_names: Sequence[str] = ()) -> None:
        """Take another bank for a part."""
        self._maps[part] = NoteMap(self._settings, part, item_roots, item_names)

    def channel(self, part: int) -> int:
        """Channel of a part's notes that are of no folder, 0 … 15."""
        return self._maps[part].channel

    def of(self, index: int, rate: float = 1.0, part: int = 0) -> tuple[int, int]:
        """Channel (0 … 15) and note of an item, transposed; octaves are folded into 0 … 127."""
        channel, note = self._maps[part].of(index, rate)
        return channel, self.transposed(note)

    def velocity(self, gain_db: float) -> int:
        """Velocity of a gain: 40 dB for each factor of 10, as General MIDI 2 has it."""
        return self.scaled(NOMINAL_VELOCITY * 10 ** (gain_db / 40))

    def transposed(self, note: int) -> int:
        """Transpose a note, and fold its octave into 0 … 127."""
        note += self._settings["midi.transpose"]
        while note > 127:
            note -= 12
        while note < 0:
            note += 12
        return int(note)

    def scaled(self, velocity: float) -> int:
        """Scale a velocity, and keep it in 1 … 127."""
        return round(min(max(velocity * self._settings["midi.velocity_scale"], 1.0), 127.0))


class NoteMap:
    """Notes of the sounds of one part's bank, made anew where a setting that they hang upon has changed.

    Parameters
    ----------
    settings : Settings
        ``midi.note``, ``midi.folders`` and the part's channel are read at each note.
    part : int
    roots : array_like of shape (n,)
        Root of each item, MIDI pitch, nan where it is unpitched.
    names : sequence of str
        Name of each item, with its folders; fewer than items where the rest have none.
    """

    def __init__(self, settings: Settings, part: int, roots: Any, names: Sequence[str] = ()) -> None:
        self._settings, self._part = settings, part
        self._roots = np.asarray(roots, np.float64)
        self._names = [names[k].replace(os.sep, "/") if k < len(names) else "" for k in range(len(self._roots))]
        self._made_of: tuple[Any, ...] = ()
        self._notes: list[tuple[int, int, bool]] = []

    @property
    def channel(self) -> int:
        """Channel of notes that are of no folder, 0 … 15."""
        return int(self._settings[channel_key(self._part)]) - 1

    def of(self, index: int, rate: float = 1.0) -> tuple[int, int]:
        """Channel (0 … 15) and note of an item; a pitched one moves with the speed of reading. Not yet folded."""
        made_of = self.channel, self._settings["midi.note"], self._settings["midi.folders"]
        if made_of != self._made_of:
            self._notes, self._made_of = self._make(*made_of), made_of
        if not 0 <= index < len(self._notes):
            return self.channel, index % 128
        channel, note, pitched = self._notes[index]
        if not pitched:
            return channel, note
        return channel, round(float(self._roots[index]) + 12 * math.log2(rate if rate > 0 else 1.0))

    def _make(self, channel: int, choice: str, folders: str) -> list[tuple[int, int, bool]]:
        """Make channel, note, and whether it is its pitch, of every item."""
        try:
            parsed = parse_folders(folders)
        except LivehostError:  # told of where it was set
            parsed = ()
        ways: list[tuple[int, str]] = []
        for name in self._names:
            folder = folder_of(name, parsed)
            ways.append((channel, choice) if folder is None else (folder.channel - 1, folder.note or choice))
        found = [_CHOICES[way](index, self._roots[index], self._names[index]) for index, (_, way) in enumerate(ways)]
        taken: dict[int, set[int]] = {}
        for (on, _), note in zip(ways, found, strict=True):
            taken.setdefault(on, set()).update(() if note is None else (note,))
        free = {on: _Free(notes, any(w == (on, "drums") for w in ways)) for on, notes in taken.items()}
        return [
            (on, free[on].next() if note is None else note, note is not None and way == "pitch")
            for (on, way), note in zip(ways, found, strict=True)
        ]


class _Free:
    """Notes of a channel that no sound with a note of its own has, one after the other, again and again."""

    def __init__(self, taken: set[int], drums: bool) -> None:
        order = [*DRUM_NOTES, *_FREE_ORDER] if drums else _FREE_ORDER
        self._notes = [note for note in dict.fromkeys(order) if note not in taken] or list(_FREE_ORDER)
        self._next = -1

    def next(self) -> int:
        self._next = (self._next + 1) % len(self._notes)
        return self._notes[self._next]


def _pitch(_index: int, root: float, _name: str) -> int | None:
    return round(float(root)) % 128 if math.isfinite(root) else None


#: Note of an item by each choice of ``midi.note``; None where it has none of its own.
_CHOICES: dict[str, Callable[[int, float, str], int | None]] = {
    "pitch": _pitch,
    "index": lambda index, _root, _name: index % 128,
    "drums": lambda _index, _root, name: drum_note(name),
}
