"""The sounds that a bank grows from: found by name, and as mels of the model's contract."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from livehost.bank.layout import Bank
from livehost.bank.measure import heard
from livehost.bank.slice import linear
from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.studio.audio.cut import PEAK_DB

#: Multiples of the golden ratio fill an interval evenly, however many there are.
_GOLDEN = 0.6180339887498949
#: MIDI pitches of notes in a bank none of whose sounds has one: C3 to C5.
NOTES = (48, 72)
#: No model makes longer sounds: what lies behind is not analysed, s.
_LONGEST_S = 30.0


@dataclass(frozen=True)
class Place:
    """Where a sound is to lie.

    Attributes
    ----------
    parents : tuple of int
        Items of the bank; none for a free sound.
    share : float
        Of two parents: how far from the first to the second.
    """

    parents: tuple[int, ...] = ()
    share: float = 0.0


def find_item(bank: Bank, asked: str) -> int:
    """Find an item by its name, with or without folder and ending, or by its number.

    Raises
    ------
    LivehostError
        Where there is none, or several; names some that are alike.
    """
    for known in (bank.names, [PurePosixPath(name).name for name in bank.names], [stem(name) for name in bank.names]):
        found = [number for number, name in enumerate(known) if name == asked]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(bank.names[number] for number in found[:3])
            raise LivehostError(f"{asked!r} may be {names}{' …' if len(found) > 3 else ''}: give the whole name.", 2)
    if asked.isdecimal() and int(asked) < len(bank):
        return int(asked)
    near = difflib.get_close_matches(asked, [*bank.names, *map(stem, bank.names)], 3)
    more = f"; did you mean {' or '.join(near)}?" if near else f"; it has {', '.join(bank.names[:3])} and so on."
    raise LivehostError(f"The bank {bank.directory.name} has no sound {asked!r}{more}", 2)


def stem(name: str) -> str:
    """Give an item's name without folder and ending: ``drums/tom.wav#3`` → ``tom#3``."""
    path, _, part = name.partition("#")
    return PurePosixPath(path).stem + (f"#{part}" if part else "")


def mels_of(bank: Bank, items: Sequence[int], contract: MelContract) -> list[np.ndarray]:
    """Analyse items of a bank as a model is shown sounds: mono, from their beginning, at the peak that it has learnt.

    Parameters
    ----------
    bank : Bank
        At the contract's rate.
    items : sequence of int
    contract : MelContract

    Returns
    -------
    list of numpy.ndarray
        Float32 [bands, frames], dB.
    """
    mels = []
    for item in items:
        sound = heard(bank.samples(item)[: round(_LONGEST_S * bank.rate)])
        peak = float(np.abs(sound).max())
        mels.append(contract.analyse(sound * np.float32(linear(PEAK_DB) / peak) if peak else sound))
    return mels


def fraction(number: int) -> float:
    """Give a number's place in the interval 0 … 1, which the first n numbers fill evenly for any n."""
    return (number + 1) * _GOLDEN % 1.0


def pitch_of(bank: Bank, item: int, number: int) -> float:
    """Give the MIDI pitch of a note that comes from an item: the item's, where it has one, else see `chosen_pitch`."""
    root = float(bank.items["root"][item])
    return root if np.isfinite(root) else chosen_pitch(bank, number)


def chosen_pitch(bank: Bank, number: int) -> float:
    """Choose the MIDI pitch of a note that comes from nothing with a pitch, by the number of its candidate.

    It is one of the bank's pitches, each as often as sounds have it; where it has none, one of `NOTES`.
    """
    roots = np.sort(bank.items["root"][np.isfinite(bank.items["root"])])
    pitches = roots if len(roots) else np.arange(NOTES[0], NOTES[1] + 1)
    return float(pitches[int(fraction(number) * len(pitches))])
