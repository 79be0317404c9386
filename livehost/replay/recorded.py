"""A session folder that is read: header, sound, inputs, players."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from livehost.engine.input_log import COMMAND as _COMMAND
from livehost.errors import LivehostError
from livehost.events import BY_NAME
from livehost.printable import few
from livehost.session_folder import layout
from livehost.session_folder.inputs import Inputs, read_inputs
from livehost.session_folder.plans import read_plans
from livehost.session_folder.players import PlayerRecord, read_player
from livehost.session_log import SessionLog
from livehost.settings import TABLE, Settings
from livehost.stage.wav import DATA_AT

_USE_PLAYER = BY_NAME["use_player"]
#: What a header must say.
_NEEDED = ("rate", "block", "settings", "realtime", "inputs", "listened", "pair", "build", "processor")


@dataclass(eq=False)
class RecordedSession:
    """What a session folder holds.

    Attributes
    ----------
    folder : Path
    header : dict
        First line of its log.
    events : list of dict
        All others, and the plans.
    inputs : Inputs
    heard, played : np.ndarray
        Float32 [frames, channels], mapped from the files.
    end : int
        Frame up to which it can be replayed.
    notes : list of str
        What is missing, a sentence each.
    """

    folder: Path
    header: dict[str, Any]
    events: list[dict[str, Any]]
    inputs: Inputs
    heard: np.ndarray
    played: np.ndarray
    end: int
    notes: list[str]

    @property
    def rate(self) -> float:
        """Sample rate, Hz."""
        return float(self.header["rate"])

    @property
    def settings(self) -> Settings:
        """What it began with.

        Raises
        ------
        LivehostError
            Where this version knows one of them no more.
        """
        return recorded_settings(self.header["settings"], self.folder)

    def player(self, number: int, part: int) -> PlayerRecord:
        """Read who began to play a part with command `number`, 0 at the start."""
        return read_player(self.folder / layout.player_file(number, part))

    def first_parts(self) -> list[int]:
        """List the parts that somebody played from the start."""
        return [row["part"] for row in self.header["parts"]]

    def changes(self) -> list[tuple[int, np.ndarray]]:
        """List the changes of players: the frame of the hop, and the record of the command, which may be filled in."""
        entries, payloads = self.inputs.worker.entries, self.inputs.worker.payloads
        found = []
        for entry in entries[entries["kind"] == _COMMAND]:
            record = payloads[int(entry["number"])].view(_USE_PLAYER.dtype)
            if int(record["kind"][0]) == _USE_PLAYER.code:
                found.append((int(entry["frame"]), record))
        return found


def recorded_settings(values: dict[str, Any], folder: Path) -> Settings:
    """Make the settings of a session from what its folder says of them."""
    if unknown := sorted(values.keys() - TABLE.keys()):
        raise LivehostError(
            f"The session {folder} has settings that this livehost does not know ({few(unknown, ', ', 3)}): replay it "
            "with the version that played it."
        )
    return Settings(values)


def read_session(folder: Path) -> RecordedSession:
    """Read a session folder.

    Raises
    ------
    LivehostError
        Where a file of it is missing, cannot be read, or is of another version.
    """
    log = SessionLog(layout.find_file(folder, layout.EVENTS, "event log"))
    events = list(log.events())
    if (folder / layout.PLANS).is_file():
        events += read_plans(folder / layout.PLANS)
    if missing := [key for key in _NEEDED if key not in log.header]:
        raise LivehostError(
            f"The log of {folder} does not say what a replay needs ({few(missing, ', ', 3)}): it is of an older "
            "version, or its beginning is cut off."
        )
    inputs = read_inputs(layout.find_file(folder, layout.INPUTS, "inputs of the session"))
    heard, played = (
        _sound(layout.find_file(folder, name, what), float(log.header["rate"]))
        for name, what in (
            (layout.HEARD, "recording of what was heard"),
            (layout.PLAYED, "recording of what was played"),
        )
    )
    notes = []
    if log.broken:
        notes.append(f"{log.broken} lines of the log cannot be read and are left out.")
    end = inputs.audio.until
    if not (inputs.audio.closed and inputs.worker.closed):
        end = min(end, inputs.worker.until)
        notes.append(f"The session was cut off: its inputs end after {end / log.header['rate']:.1f} s.")
    if len(heard) < end:
        notes.append(f"The recording ends after {len(heard) / log.header['rate']:.1f} s; the replay ends there.")
        end = len(heard)
    if end <= 0:
        raise LivehostError(f"The session {folder} holds nothing to replay: it ended before it had begun.")
    if heard.shape[1] != log.header["inputs"]:
        raise LivehostError(
            f"{folder / layout.HEARD} has {heard.shape[1]} channels, and the log says {log.header['inputs']}: they are "
            "not of one session."
        )
    return RecordedSession(folder, log.header, events, inputs, heard, played, end, notes)


def _sound(path: Path, rate: float) -> np.ndarray:
    """Map an exact recording, float32 [frames, channels].

    Raises
    ------
    LivehostError
        Where it is none, or of another rate.
    """
    try:
        info = soundfile.info(path)
    except (soundfile.LibsndfileError, OSError):
        raise LivehostError(f"{path} is no recording that can be read.") from None
    if info.subtype != "FLOAT" or info.samplerate != rate:
        raise LivehostError(
            f"{path} is no recording of livehost run --session (32 bits of floating point at {rate:.0f} Hz), but "
            f"{info.subtype} at {info.samplerate} Hz."
        )
    frames = min(info.frames, max(path.stat().st_size - DATA_AT, 0) // (4 * info.channels))
    if frames == 0:
        return np.zeros((0, info.channels), np.float32)
    samples: np.ndarray = np.memmap(path, np.float32, "r", DATA_AT, (frames, info.channels))
    return samples
