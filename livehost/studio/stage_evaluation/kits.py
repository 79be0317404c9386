"""Kits: three sounds that a musician strikes, and a bank that does not hold them."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.layout import Bank
from livehost.bank.scan import scan
from livehost.bank.slice import attack, trim
from livehost.dsp.segment import SEGMENT_SLICES
from livehost.errors import LivehostError
from livehost.players.nearest.space import column_weights, fit
from livehost.studio.evaluation.groups import group_places
from livehost.studio.stage_evaluation.session import RATE
from livehost.synthesis import takes

#: Class of a sound by its name; the first that fits.
CLASSES = {
    "kick": re.compile(r"(^|[_\W])bd([_\W]|$)|kick|bass_?drum|drum_bass"),
    "snare": re.compile(r"(^|[_\W])sn([_\W]|$)|snare"),
    "hat": re.compile(r"(^|[_\W])hat|hi_?hat|cymbal"),
    "tom": re.compile(r"tom([_\W\d]|$)"),
}
#: What a kit is made of, in the order of `Kit.sounds`.
STRUCK = ("kick", "snare", "hat")
#: A stroke lasts no longer, s.
_LONGEST_S, _FADE_S = 0.24, 0.03
_MADE = {"kick": takes.kick, "snare": takes.snare, "hat": takes.hat, "tom": takes.tom}


@dataclass(frozen=True)
class Kit:
    """A kit, and a bank without it.

    Attributes
    ----------
    name : str
    sounds : list of np.ndarray
        Float32 [frames] of each of `STRUCK`, peak 1, from its attack on.
    bank : Path
        Folder of the bank.
    """

    name: str
    sounds: list[np.ndarray]
    bank: Path


def class_of(name: str) -> str:
    """Give the class of a sound by its name, "" for none of `CLASSES`.

    Examples
    --------
    >>> class_of("sn_dub.flac"), class_of("elec_soft_kick.flac"), class_of("elec_bell.flac")
    ('snare', 'kick', '')
    """
    return next((kind for kind, words in CLASSES.items() if words.search(name.lower())), "")


def classes_of(bank: Bank) -> np.ndarray:
    """Give each item of a bank a class: by its name, or, where names tell less than three, by its sound.

    Returns
    -------
    np.ndarray
        Int64 [items].
    """
    words = [class_of(name) for name in bank.names]
    if set(STRUCK) <= set(words):
        return np.array([list(CLASSES).index(word) if word else len(CLASSES) for word in words], np.int64)
    return group_places(fit(bank.features, column_weights(SEGMENT_SLICES, bank.features.shape[1])).matrix)


def made_kits(folder: Path, count: int, bank: Path | None = None) -> list[Kit]:
    """Make kits by synthesis; without a bank, one of other sounds is made for all of them, in a folder."""
    bank = made_bank(folder / "bank") if bank is None else bank
    kits = []
    for number in range(count):
        random = np.random.default_rng([99, number])
        kits.append(Kit(f"made {number + 1}", [_short(_MADE[kind](random, RATE)) for kind in STRUCK], bank))
    return kits


def made_bank(folder: Path, items: int = 40) -> Path:
    """Write a bank of drums by synthesis, named by what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(77)
    for k in range(items):
        kind = list(_MADE)[k % len(_MADE)]
        level = 10 ** (-random.uniform(0, 12) / 20)
        soundfile.write(folder / f"{kind}_{k // len(_MADE) + 1}.wav", level * _MADE[kind](random, RATE), RATE, "FLOAT")
    return folder


def kits_of(data: Path, folder: Path, count: int, bank: Path | None = None, seed: int = 0) -> list[Kit]:
    """Draw kits from a folder of one-shots whose names tell what they are; the bank is what is left of it.

    Parameters
    ----------
    data : Path
        Folder of one-shots.
    folder : Path
        Where banks without the kits' sounds are put, as links.
    count : int
        Kits.
    bank : Path, optional
        The bank, in place of what is left.
    seed : int
        Of the choice.

    Raises
    ------
    LivehostError
        Where there is no kick, no snare or no hat.
    """
    names = [file.name for file in scan(data).files]
    by_class = {kind: [name for name in names if class_of(name) == kind] for kind in STRUCK}
    if missing := [kind for kind, found in by_class.items() if not found]:
        raise LivehostError(f"{data} has no {missing[0]}: a kit wants sounds named {', '.join(STRUCK)}.", 2)
    random = np.random.default_rng(seed)
    kits = []
    for number in range(count):
        chosen = [str(random.choice(by_class[kind])) for kind in STRUCK]
        sounds = [_read(data / name) for name in chosen]
        kits.append(Kit(f"kit {number + 1}", sounds, bank or _without(data, names, chosen, folder / str(number))))
    return kits


def _without(data: Path, names: Sequence[str], chosen: Sequence[str], folder: Path) -> Path:
    for name in names:
        if name not in chosen:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.symlink((data / name).resolve(), folder / name)  # noqa: PTH211
    return folder


def _read(path: Path) -> np.ndarray:
    try:
        samples = decode(path, RATE).samples
        whole = trim(samples, RATE)
    except UnusableSound as error:
        raise LivehostError(f"{path} {error}.") from None
    sound = samples[whole.start : whole.stop]
    return _short(sound[attack(sound, RATE) :].mean(axis=1))


def _short(sound: np.ndarray) -> np.ndarray:
    """Cut to the length of a stroke, faded, peak 1."""
    cut = np.array(sound[: int(_LONGEST_S * RATE)], np.float32)
    fade = min(int(_FADE_S * RATE), len(cut))
    cut[len(cut) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    peak = float(np.abs(cut).max())
    return cut / np.float32(peak if peak > 0 else 1.0)
