"""Names of the files of a session folder, and how a folder for a new session is made."""

import itertools
from pathlib import Path

from livehost.atomic_file import make_folder
from livehost.errors import LivehostError

EVENTS, HEARD, PLAYED = "events.jsonl", "heard.wav", "played.wav"
INPUTS, ATTENTION, PLANS = "inputs.bin", "attention.bin", "plans.bin"


def player_file(number: int, part: int) -> str:
    """Name of the file that says who began to play a part."""
    return f"player-{number}-{part}.npz"


def make_session_folder(path: Path) -> Path:
    """Make a folder for a session; one that holds anything stays, and the next free number is put behind the name.

    Raises
    ------
    LivehostError
        Where it cannot be made.
    """
    for number in itertools.count(1):
        folder = path if number == 1 else path.with_name(f"{path.name}-{number}")
        try:
            if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
                make_folder(folder)
                return folder
        except OSError as error:
            raise LivehostError(f"The session folder {folder} cannot be made: {error.strerror}.") from None
    raise AssertionError  # numbers do not end


def find_file(folder: Path, name: str, what: str) -> Path:
    """Give the path of a file of a session folder.

    Raises
    ------
    LivehostError
        Where folder or file is not there; the sentence says `what` is missing.
    """
    if not folder.is_dir():
        raise LivehostError(f"There is no session folder {folder}: livehost run --session {folder} makes one.", 2)
    if not (folder / name).is_file():
        raise LivehostError(f"{folder} holds no {what} ({name}): it is none that livehost run --session has written.")
    return folder / name
