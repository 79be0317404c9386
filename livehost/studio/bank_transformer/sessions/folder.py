"""Reads a session folder to learn from: the log, the plans, the recording; what is missing is said in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.errors import LivehostError
from livehost.session_folder import layout
from livehost.session_folder.plans import read_plans
from livehost.session_folder.players import read_player
from livehost.session_log import SessionLog
from livehost.settings import TABLE
from livehost.studio.audio_data.segments import RATE

#: Settings of listening by which a recording is cut as it was on stage.
_LISTENING = ("input.gate_db", "listen.sensitivity", "listen.refractory_ms", "listen.segment_ms")


@dataclass(frozen=True)
class Reign:
    """Who played a part, and when.

    Attributes
    ----------
    part : int
    first : int
        Frame from which on.
    bank : str
        Folder of its bank.
    bank_hash : str
    settings : dict
        Of the session, those that are not as by default.
    """

    part: int
    first: int
    bank: str
    bank_hash: str
    settings: dict[str, Any]


@dataclass(eq=False)
class SessionFiles:
    """What a session folder holds to learn from. Frames are those of the log.

    Attributes
    ----------
    folder : Path
    rate : float
        Hz, of the log's frames; of the recording where there is no log.
    events : list of dict
        Of the log; empty where there is none.
    plans : dict of (int, int) to dict
        Part and number of the decision → the plan, its choices best first.
    reigns : list of Reign
        In the order of their beginnings.
    sound : ndarray of float32 [frames], or None
        What was heard, mono, at `RATE`.
    listening : dict of str to float
        As `audio_data.segments.segment` takes them.
    notes : list of str
        What is missing, a sentence each.
    """

    folder: Path
    rate: float
    events: list[dict[str, Any]] = field(default_factory=list)
    plans: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    reigns: list[Reign] = field(default_factory=list)
    sound: np.ndarray | None = None
    listening: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.folder.resolve().name

    def of(self, kind: str) -> Iterable[dict[str, Any]]:
        """Give the events of a kind."""
        return (event for event in self.events if event["kind"] == kind)

    def setting(self, key: str) -> Any:
        """Give the value that a setting had at the start."""
        return (self.reigns[0].settings if self.reigns else {}).get(key, TABLE[key].default)


def read_session_files(folder: Path) -> SessionFiles:
    """Read what is there of a session folder.

    Raises
    ------
    LivehostError
        Where there is no such folder, neither a log nor a recording in it, or one of them cannot be read.
    """
    if not folder.is_dir():
        raise LivehostError(f"There is no session folder {folder}: livehost run --session {folder} makes one.", 2)
    has_log, has_sound = ((folder / name).is_file() for name in (layout.EVENTS, layout.HEARD))
    if not (has_log or has_sound):
        raise LivehostError(
            f"{folder} holds neither an event log ({layout.EVENTS}) nor a recording ({layout.HEARD}): it is no session "
            "folder; music of your own is given with --data.", 2,
        )  # fmt: skip
    files, listened = SessionFiles(folder, float(RATE)), []
    if has_log:
        listened = _read_log(files)
    else:
        files.notes.append(f"{folder} has no event log: what was played teaches, and no verdicts are known.")
    if has_sound:
        files.sound = _mono(folder / layout.HEARD, listened)
    else:
        files.notes.append(f"{folder} has no recording ({layout.HEARD}): only its verdicts teach.")
    return files


def _read_log(files: SessionFiles) -> list[int]:
    """Read log, plans and players; give the channels of the recording that were listened to."""
    folder = files.folder
    log = SessionLog(folder / layout.EVENTS)
    files.events = list(log.events())
    if log.broken:
        files.notes.append(f"{log.broken} lines of the log of {folder} cannot be read and are left out.")
    if log.rate is None:
        raise LivehostError(f"The log of {folder} does not say its sample rate: its beginning is cut off.")
    files.rate, settings = log.rate, dict(log.header.get("settings", {}))
    files.listening = {
        key.partition(".")[2]: float(settings[key]) for key in _LISTENING if key in settings and key in TABLE
    }
    files.reigns = [
        Reign(int(row["part"]), 0, str(row["bank"]), str(row["bank_hash"]), settings)
        for row in log.header.get("parts", [])
    ]
    for event in files.of("player_changed"):
        part, number = int(event["part"]), int(event["number"])
        try:
            about = read_player(folder / layout.player_file(number, part)).about
        except LivehostError as error:
            files.notes.append(f"{error} Verdicts after it are left out.")
            about = {"bank": "", "bank_hash": "", "settings": settings}
        reign = Reign(part, int(event["frame"]), str(about["bank"]), str(about["bank_hash"]), about["settings"])
        files.reigns.append(reign)
    if (folder / layout.PLANS).is_file():
        files.plans = {(plan["part"], plan["decision"]): plan for plan in read_plans(folder / layout.PLANS)}
    listened: list[int] = log.header.get("listened", [])
    return listened


def _mono(path: Path, listened: list[int]) -> np.ndarray:
    """Read a recording at `RATE`, the mean of the channels that were listened to."""
    try:
        samples = decode(path, RATE).samples
    except UnusableSound as error:
        raise LivehostError(f"{path} {error}.") from None
    except OSError as error:
        raise LivehostError(f"{path} cannot be read: {error.strerror or error}.") from None
    kept = [channel for channel in listened if channel < samples.shape[1]]
    return np.ascontiguousarray((samples[:, kept] if kept else samples).mean(axis=1, dtype=np.float32))
