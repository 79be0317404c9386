"""What folders of data hold: MIDI files, loops and recordings, one-shots; and under which licence."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import soundfile

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.scan import ENDINGS
from livehost.errors import LivehostError
from livehost.studio.audio_data.assemble import FEWEST
from livehost.studio.audio_data.kits import OneShot, role_of
from livehost.studio.audio_data.scores import Work
from livehost.studio.audio_data.segments import RATE, mono, segment

MIDI_ENDINGS = frozenset({".mid", ".midi"})
#: A longer sound is no one-shot.
SHORT_S = 4.0
_LICENCE = re.compile(
    r"CC0|CC[ -]BY(?:[ -][A-Z]{2})*(?: \d\.\d)?"
    r"|Creative Commons [A-Z][\w -]+?(?: \d\.\d)?(?= (?:International|Public)|$|[,.|])"
    r"|public domain|\bMIT\b|Apache[ -]2\.0|GPL[v-]?\d?(?:\.\d)?",
    re.IGNORECASE,
)
_SHORT = {
    "attribution-noncommercial-sharealike": "CC BY-NC-SA", "attribution-sharealike": "CC BY-SA",
    "attribution-noncommercial": "CC BY-NC", "attribution": "CC BY", "zero": "CC0",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One file to learn from."""

    path: Path
    name: str  # relative, with its folder
    piece: str  # all of one piece stand on one side of the split
    source: str  # folder
    digest: str
    long: bool = False


@dataclass
class Found:
    """What `walk` found, and works of scores.

    `skipped` is (name, why), `sources` maps each folder to where its licence may stand.
    """

    midi: list[Source] = field(default_factory=list)
    sounds: list[Source] = field(default_factory=list)
    shots: list[tuple[Source, OneShot]] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    sources: dict[str, list[Path]] = field(default_factory=dict)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _piece(path: Path, folder: Path) -> str:
    """Name the piece of a MIDI file: its folder where that holds performances of one piece, else the file."""
    relative = path.relative_to(folder)
    if len(relative.parts) < 3:
        return relative.with_suffix("").as_posix()
    # one piece played with and without its repeats is one piece
    return re.sub(r"(_no(_\w+?)?)?_repeat$", "", relative.parent.as_posix())


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        what = "a file: give the folder that holds it" if folder.exists() else "not there"
        raise LivehostError(f"The data folder {folder} is {what}.")
    paths = (p for p in folder.rglob("*") if not any(part.startswith(".") for part in p.relative_to(folder).parts))
    return sorted(p for p in paths if p.suffix.lower() in ENDINGS | MIDI_ENDINGS and p.is_file())


def _short(path: Path) -> bool:
    """Tell whether a sound may be a one-shot, by its header."""
    try:
        info = soundfile.info(str(path))
    except soundfile.LibsndfileError:
        return False  # its own job will say what is wrong
    return bool(info.frames <= SHORT_S * info.samplerate)


def walk(folders: Sequence[Path | str]) -> Found:
    """Look through folders of data.

    A short sound with fewer than `FEWEST` onsets is a one-shot; every other sound is a loop or recording.

    Raises
    ------
    LivehostError
        Where a folder is missing.
    """
    found = Found()
    for given in folders:
        root = Path(given).expanduser().resolve()
        paths = _files(root)
        nested = not _holds_music(root)  # a folder of folders: each is a source of its own
        for path in paths:
            relative = path.relative_to(root)
            folder = root / relative.parts[0] if nested and len(relative.parts) > 1 else root
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            found.sources.setdefault(folder.name, [folder, root, root.parent])
            try:
                digest = file_digest(path)
                midi = path.suffix.lower() in MIDI_ENDINGS
                piece = f"{folder.name}/{_piece(path, folder)}" if midi else name
                source = Source(path, name, piece, folder.name, digest, not midi and not _short(path))
                if midi:
                    found.midi.append(source)
                elif source.long:
                    found.sounds.append(source)
                else:
                    _listen(found, source)
            except (OSError, UnusableSound) as error:
                found.skipped.append((name, str(error)))
    _leave_out_banks(found)
    return found


def _leave_out_banks(found: Found) -> None:
    """Drop the short rolls of a folder that is mostly one-shots: they are sounds of a bank. Long sounds are takes."""
    for name in found.sources:
        sounds = [source for source in found.sounds if source.source == name and not source.long]
        if sounds and sum(source.source == name for source, _ in found.shots) > len(sounds):
            found.skipped += [(source.name, "is no one-shot, in a folder of one-shots") for source in sounds]
            found.sounds = [source for source in found.sounds if source not in sounds]


def _holds_music(root: Path) -> bool:
    """Tell whether a folder holds music itself, not only folders of it."""
    return any(p.suffix.lower() in ENDINGS | MIDI_ENDINGS for p in root.iterdir()) or (root / "LICENSE.md").exists()


def _listen(found: Found, source: Source) -> None:
    """Tell a short loop from a one-shot."""
    sound = mono(decode(source.path, RATE).samples)
    stream = segment(sound)
    if len(stream) >= FEWEST:
        found.sounds.append(source)
    elif len(stream) == 0:
        found.skipped.append((source.name, "is silent, or too soft to have an onset"))
    else:
        stem = source.path.stem
        shot = OneShot(stem, role_of(stem, stream.features[0]), sound[max(int(stream.onset[0]) - 48, 0) :])
        found.shots.append((source, shot))


def licence(source: str, places: Sequence[Path]) -> str:
    """Say under which licence a folder stands, from its own LICENSE or README, or from a line of the README above."""
    own, *above = places
    for path in sorted(own.glob("LICEN[CS]E*")) + sorted(own.glob("COPYING*")) + sorted(own.glob("README*")):
        if name := _named(path.read_text("utf-8", "replace")):
            return name
    for folder in above:
        for path in sorted(folder.glob("README*")):
            for line in path.read_text("utf-8", "replace").splitlines():
                if source in line and (name := _named(line)):
                    return name
    return "unknown"


def _named(text: str) -> str:
    for line in text.splitlines():
        if not (match := _LICENCE.search(line)):
            continue
        name = match.group(0).strip()
        version = re.search(r"\d\.\d", line)
        for words, short in _SHORT.items():
            if name.lower().startswith("creative commons") and words in name.lower():
                return f"{short} {version.group(0)}" if version and short != "CC0" else short
        return name
    return ""
