"""Scores of the public domain, from the corpus of the package music21: which there are, and their notes."""

import hashlib
import importlib.util
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bank.decode import UnusableSound
from livehost.errors import LivehostError
from livehost.studio.audio_data.rights import claims, terms, text_of

#: The one source of scores.
MUSIC21 = "music21"
SOURCES = ("none", MUSIC21)
ENDINGS = frozenset({".mxl", ".xml", ".musicxml", ".krn", ".abc"})


@dataclass(frozen=True)
class Collection:
    """A folder of the corpus: what it holds, by whom (died, or printed in), and whether in one line or several."""

    title: str
    tunes: bool = False


#: Folders that are looked at: music whose makers died, or that was printed, more than a hundred years ago. Not looked
#: at are examples and exercises, and collections whose own licence file or edition binds what is in them: songs of the
#: Essen collection (not for commercial use), Italian music of the 14th century (a modern edition), newer music.
COLLECTIONS: dict[str, Collection] = {
    "bach": Collection("J. S. Bach (1685–1750)"),
    "beethoven": Collection("L. van Beethoven (1770–1827)"),
    "chopin": Collection("F. Chopin (1810–1849)"),
    "corelli": Collection("A. Corelli (1653–1713)"),
    "cpebach": Collection("C. P. E. Bach (1714–1788)"),
    "handel": Collection("G. F. Handel (1685–1759)"),
    "haydn": Collection("J. Haydn (1732–1809)"),
    "joplin": Collection("S. Joplin (1868–1917)"),
    "josquin": Collection("Josquin des Prez (1455–1521)"),
    "liliuokalani": Collection("Liliʻuokalani (1838–1917)"),
    "lusitano": Collection("V. Lusitano (1520–1561)"),
    "monteverdi": Collection("C. Monteverdi (1567–1643)"),
    "mozart": Collection("W. A. Mozart (1756–1791)"),
    "palestrina": Collection("G. P. da Palestrina (1525–1594)"),
    "schubert": Collection("F. Schubert (1797–1828)"),
    "schumann_clara": Collection("C. Schumann (1819–1896)"),
    "schumann_robert": Collection("R. Schumann (1810–1856)"),
    "verdi": Collection("G. Verdi (1813–1901)"),
    "weber": Collection("C. M. von Weber (1786–1826)"),
    "airdsAirs": Collection("Aird's Airs (1778–1801)", tunes=True),
    "oneills1850": Collection("O'Neill's Music of Ireland (1903)", tunes=True),
    "ryansMammoth": Collection("Ryan's Mammoth Collection (1883)", tunes=True),
}
#: A melody of fewer notes is not played.
_FEWEST = 24
_MOST_PARTS = 6


@dataclass(frozen=True)
class Work:
    """A score, or one tune of a file of many.

    Parameters
    ----------
    name : str
        In the corpus, such as `mozart/k155/movement1`.
    piece : str
        All of one piece (movements, and a tune in several collections) stands on one side of the split.
    source : str
        Its collection, as the manifest names it.
    rights : str
        What makes it free for any use.
    path : path
    digest : str
        Of its text.
    tune : int
        Its place in a file of tunes, -1 for a whole file.
    """

    name: str
    piece: str
    source: str
    rights: str
    path: Path
    digest: str
    tune: int = -1


@dataclass(frozen=True)
class Score:
    """Notes of each part [n, 4]: onset and length in quarters, MIDI pitch, metric weight 0 to 1; quarters of a bar."""

    parts: tuple[np.ndarray, ...]
    bar: float


def corpus() -> Path:
    """Find the corpus of music21.

    Raises
    ------
    LivehostError
        Where it is not installed, or without its corpus.
    """
    found = importlib.util.find_spec("music21")
    if found is None or found.origin is None:
        raise LivehostError("Scores want the package music21: pip install music21 (or --scores none).")
    folder = Path(found.origin).parent / "corpus"
    if not folder.is_dir():
        raise LivehostError(
            "The package music21 is installed without its corpus: pip install --force-reinstall music21."
        )
    return folder


def _series(name: str) -> str:
    """Name what a file is a part of: its name without the last number; one edition binds all of it."""
    return re.sub(r"\d+\D*$", "", name)


def _tunes(text: str) -> list[str]:
    """Part a file of tunes, each with the lines from its number on."""
    return re.split(r"^(?=X:)", text, flags=re.MULTILINE)[1:]


def _title(tune: str) -> str:
    match = re.search(r"^T:\s*(.+)$", tune, re.MULTILINE)
    return match.group(1).strip() if match else ""


def _plain(title: str) -> str:
    """Give what is left of a title where two collections spell it alike: no article, no dance."""
    words = re.findall(r"[a-z]+", title.lower().replace("'", ""))
    rest = [w for w in words if w not in ("the", "a", "reel", "jig", "hornpipe", "strathspey", "clog", "polka")]
    return "".join(rest or words)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def survey(folder: Path) -> tuple[list[Work], list[tuple[str, str]]]:
    """List the works of a corpus that are free for any use, and those that are left out, with what they claim.

    A work is left out where its file claims anything but the public domain, or where a file of its series does.

    Parameters
    ----------
    folder : path
        The corpus.
    """
    texts: dict[Path, tuple[str, list[str]]] = {}
    skipped: list[tuple[str, str]] = []
    for name in COLLECTIONS:
        for path in sorted(p for p in (folder / name).rglob("*") if p.suffix.lower() in ENDINGS):
            try:
                text = text_of(path)
                texts[path] = (text, claims(text))
            except OSError as error:
                skipped.append((path.relative_to(folder).as_posix(), str(error)))
    names = {path: path.relative_to(folder).with_suffix("").as_posix() for path in texts}
    bound = {_series(names[path]): said for path, (_, said) in texts.items() if said and not terms(said)}
    works: list[Work] = []
    for path, (text, said) in texts.items():
        claimed = said if said else bound.get(_series(names[path]), [])
        rights = terms(claimed)
        if not rights:
            skipped.append((names[path], f"is not free for any use: it, or one of its series, says “{claimed[0]}”"))
            continue
        works += _works(path, names[path], text, rights)
    return works, skipped


def _works(path: Path, name: str, text: str, rights: str) -> Iterator[Work]:
    folder = name.partition("/")[0]
    collection = COLLECTIONS[folder]
    source = f"{MUSIC21}: {collection.title}"
    if not collection.tunes:
        relative = name.split("/")
        piece = "/".join(relative[:2]) if len(relative) > 2 else re.sub(r"(bwv\d+)\..*$", r"\1", name)
        yield Work(name, f"{MUSIC21}/{piece}", source, rights, path, _digest(text))
        return
    for number, tune in enumerate(_tunes(text)):
        title = _title(tune)
        yield Work(f"{name} {number + 1} {title}", f"tune {_plain(title)}", source, rights, path, _digest(tune), number)


def read_score(work: Work) -> Score:
    """Read the notes of a work.

    Raises
    ------
    UnusableSound
        Where it is broken or has too few notes.
    """
    from music21 import converter

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read: Any
            if work.tune < 0:
                read = converter.parseFile(work.path, forceSource=True, storePickle=False)
            else:
                read = converter.parseData(_tunes(text_of(work.path))[work.tune], format="abc")
            parts = [_notes(part) for part in (list(read.parts) or [read])]
            bars = _bars((list(read.parts) or [read])[0])
    except Exception as error:  # music21 raises whatever a broken score leads to
        raise UnusableSound(f"cannot be read by music21 ({error or type(error).__name__})") from error
    parts = sorted((p for p in parts if len(p)), key=lambda p: -len(p))[:_MOST_PARTS]
    if sum(map(len, parts)) < _FEWEST:
        raise UnusableSound("has too few notes")
    parts.sort(key=lambda p: float(np.median(p[:, 2])))
    bar = float(np.median(np.diff(bars))) if len(bars) > 2 else 4.0
    bar = bar if bar > 0 else 4.0
    return Score(tuple(_weighed(part, bars, bar) for part in parts), bar)


def _bars(part: Any) -> np.ndarray:
    """Give where the bars of a part begin, in quarters."""
    return np.unique([float(measure.offset) for measure in part.getElementsByClass("Measure")])


def _notes(part: Any) -> np.ndarray:
    """Give the notes of a part [n, 3]: onset, length, pitch; what is tied is one note, ornaments are left out."""
    flat = part.toSoundingPitch().flatten() if part.atSoundingPitch is False else part.flatten()
    rows: list[list[float]] = []
    open_ties: dict[int, int] = {}
    for element in flat.notes:
        if "ChordSymbol" in element.classes or "Unpitched" in element.classes or element.duration.quarterLength <= 0:
            continue
        for note in element.notes if element.isChord else (element,):
            pitch, length = note.pitch.midi, float(element.duration.quarterLength)
            tie = note.tie.type if note.tie is not None else ""
            if tie in ("stop", "continue") and pitch in open_ties:
                rows[open_ties[pitch]][1] += length
            else:
                rows.append([float(element.offset), length, pitch])
                open_ties[pitch] = len(rows) - 1
            if tie in ("", "stop"):
                open_ties.pop(pitch, None)
    return np.array(sorted(rows), np.float64).reshape(-1, 3)


def _weighed(notes: np.ndarray, bars: np.ndarray, bar: float) -> np.ndarray:
    """Add how heavy the place of each note in its bar is."""
    begin = bars[np.clip(np.searchsorted(bars, notes[:, 0] + 1e-6) - 1, 0, None)] if len(bars) else 0.0
    place = np.mod(notes[:, 0] - begin, bar)
    beat = 1.5 if np.isclose(bar % 1.5, 0) and not np.isclose(bar, 3.0) else 1.0

    def on(step: float) -> np.ndarray:
        return np.isclose(np.mod(place + 1e-3, step), 1e-3, atol=5e-3)

    weight = np.where(on(beat), 0.4, np.where(on(beat / 2), 0.15, 0.0))
    weight = np.where(on(bar / 2) & on(beat), 0.65, weight)
    return np.column_stack([notes, np.where(np.isclose(place, 0, atol=5e-3), 1.0, weight)])
