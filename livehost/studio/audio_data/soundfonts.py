"""Which General MIDI soundfonts there are, under which licences, and who may be heard in training."""

import os
from dataclasses import dataclass
from pathlib import Path

from livehost.errors import LivehostError

#: Where soundfonts usually stand.
FOLDERS = (
    "/usr/share/sounds/sf2",
    "/usr/share/soundfonts",
    "/usr/local/share/soundfonts",
    "/usr/share/sounds/sf3",
    "/opt/homebrew/share/soundfonts",
    "~/.local/share/soundfonts",
    "~/Library/Audio/Sounds/Banks",
)
#: The environment variable that names the only one to be used.
SOUNDFONT = "LIVEHOST_SOUNDFONT"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Terms:
    """Licence of a soundfont, and whether train may play it; the others are for valid and test alone."""

    licence: str
    train: bool


#: By file name, as their Debian packages state it. Only what is free for any use may train.
SOUNDFONTS: dict[str, Terms] = {
    "FluidR3_GM.sf2": Terms("MIT", train=True),
    "MuseScore_General_Full.sf2": Terms("MIT, parts CC0 and public domain", train=True),
    "MuseScore_General_Full.sf3": Terms("MIT, parts CC0 and public domain", train=True),
    "MuseScore_General.sf2": Terms("MIT, parts CC0 and public domain", train=True),
    "MuseScore_General.sf3": Terms("MIT, parts CC0 and public domain", train=True),
    "TimGM6mb.sf2": Terms("GPL-2.0", train=False),
    "OPL-3_FM_128M.sf2": Terms("CC BY-SA 4.0", train=False),
}


@dataclass(frozen=True)
class Soundfonts:
    """Paths: those that train plays, and those that valid and test play instead; one at least on either side."""

    train: tuple[str, ...]
    held_out: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every one, once."""
        return tuple(dict.fromkeys(self.train + self.held_out))

    def side(self, *, learning: bool) -> tuple[str, ...]:
        """Give those of train, or those of valid and test."""
        return self.train if learning else self.held_out


def licence_of(soundfont: str) -> str:
    """Give the licence of a soundfont by its file name."""
    terms = SOUNDFONTS.get(Path(soundfont).name)
    return UNKNOWN if terms is None else terms.licence


def find_soundfonts() -> Soundfonts:
    """Look for soundfonts where they usually stand.

    Those of the table go to their sides. Another is used only where there is none of the table for train; and where
    there is nothing for one side, both sides share.

    Raises
    ------
    LivehostError
        Where there is none, or the one that is named is no file.
    """
    chosen = os.environ.get(SOUNDFONT)
    if chosen:
        if not Path(chosen).is_file():
            raise LivehostError(f"{SOUNDFONT} names {chosen}, which is no file.")
        return Soundfonts((chosen,), (chosen,))
    folders = [Path(folder).expanduser() for folder in FOLDERS]
    files = {path.resolve() for folder in folders for path in folder.glob("*.sf[23]") if path.is_file()}
    named = {path.name: path for path in sorted(files, reverse=True) if path.name in SOUNDFONTS}
    # of one that is there packed and unpacked, the unpacked is much faster
    known = list({Path(name).stem: named[name] for name in reversed(SOUNDFONTS) if name in named}.values())[::-1]
    others = sorted(str(path) for path in files if path.name not in SOUNDFONTS)
    train = [str(path) for path in known if SOUNDFONTS[path.name].train] or others[:1]
    rest = [str(path) for path in known if not SOUNDFONTS[path.name].train]
    if not train and not rest:
        raise LivehostError(
            "Rendering MIDI wants a General MIDI soundfont: install fluid-soundfont-gm (Debian), "
            f"or set {SOUNDFONT} to a .sf2 file."
        )
    return Soundfonts(tuple(train or rest), tuple(rest or train))
