"""What is kept of a growth beside its sounds, as JSON: the order, every sound with its parents, what was rejected.

It is written anew, atomically, after every few sounds; so a growth that was cut short goes on from there.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from livehost.atomic_file import atomic_write, open_regular
from livehost.errors import LivehostError

RECORD = "grown.json"
#: Version of the record.
FORMAT = 1
#: A longer file is none of ours, bytes.
_LONGEST = 64 << 20
#: What two orders may differ in, in words.
_WORDS = {
    "bank": "the sounds that it grows from", "model": "the model", "voice": "what makes sound of the mels",
    "like": "--like", "between": "--between", "free": "--free", "spread": "--spread", "seed": "--seed",
    "slice": "--slice",
}  # fmt: skip


@dataclass(frozen=True)
class Grown:
    """One sound of a grown bank.

    Attributes
    ----------
    name : str
        Of its file.
    number : int
        Of the candidate: with the order's terms, it decides what the sound is.
    parents : list of str
        Items that it came from; none for a free one.
    share : float
        Of two parents, how far from the first to the second.
    seconds, loudness_db, peak_db : float
        Length; LKFS of its loudest 100 ms, and dBFS.
    nearest : str
        The sound that is most like it, of those that were there before.
    distance : float
        How far that is, 1 for what is too near.
    """

    name: str
    number: int
    parents: list[str]
    share: float
    seconds: float
    loudness_db: float
    peak_db: float
    nearest: str
    distance: float


@dataclass(frozen=True)
class Rejected:
    """A candidate that was not taken.

    Attributes
    ----------
    number : int
    parents : list of str
    reason : str
        A key of `livehost.growing.checks.WORDS`.
    nearest : str
        The sound that it is too like; "" where it fails for another reason.
    """

    number: int
    parents: list[str]
    reason: str
    nearest: str = ""


@dataclass
class Record:
    """A growth as far as it has come.

    Attributes
    ----------
    terms : dict
        What decides which sounds come out; a growth goes on only by the same.
    about : dict
        What a person should know: folder, model, licence, version.
    grown : list of Grown
    rejected : list of Rejected
    originals : list of str
        Files of the bank that it grew from which stand in this one, too.
    tried : int
        Candidates so far: the number of the next one.
    """

    terms: dict[str, Any]
    about: dict[str, Any] = field(default_factory=dict)
    grown: list[Grown] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)
    tried: int = 0

    def write(self, folder: Path) -> None:
        """Write it into a bank's folder, atomically.

        Raises
        ------
        OSError
            Where it cannot be.
        """
        with atomic_write(folder / RECORD) as new:
            new.write_text(json.dumps({"format": FORMAT, **asdict(self)}, indent=1), "utf-8")


def read_record(folder: Path) -> Record | None:
    """Read what was written; None where nothing was.

    Raises
    ------
    LivehostError
        Where it cannot be read.
    """
    path = folder / RECORD
    try:
        with open_regular(path, _LONGEST) as file:
            table = json.loads(file.read())
        _check_format(table.pop("format"))
        grown = [Grown(**row) for row in table.pop("grown")]
        rejected = [Rejected(**row) for row in table.pop("rejected")]
        return Record(grown=grown, rejected=rejected, **table)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LivehostError(f"{path} is no record of a growth ({error}): give another folder.", 2) from error


def _check_format(found: Any) -> None:
    if found != FORMAT:
        raise ValueError(f"it is of format {found}, not {FORMAT}")


def check_same(kept: Record, terms: Mapping[str, Any], folder: Path) -> None:
    """Refuse to go on with a growth whose terms were others.

    Raises
    ------
    LivehostError
        Saying what differs.
    """
    differs = [_WORDS[key] for key in _WORDS if kept.terms.get(key) != terms[key]]
    if differs:
        raise LivehostError(
            f"{folder} was grown otherwise ({', '.join(differs)} differ{'s' if len(differs) == 1 else ''}): "
            "ask for the same again, or give another folder.", 2
        )  # fmt: skip
