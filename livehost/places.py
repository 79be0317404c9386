"""Where livehost keeps what it can make again: the user's cache, or a temporary folder where that cannot be written."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import platformdirs

#: The temporary folder that stands in, for the processes that this one starts.
_STAND_IN = "LIVEHOST_TEMPORARY_CACHE"
#: Process and folder.
_made: list[tuple[int, str]] = []


def cache_root() -> Path:
    """Folder of all that can be made again: compiled code, banks, embeddings."""
    return Path(os.environ.get(_STAND_IN) or platformdirs.user_cache_dir("livehost"))


def unwritable(folder: Path) -> str:
    """Say why no file can be written into a folder, which is made if need be; "" where it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"livehost")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def stand_in() -> bool:
    """Keep things in a private temporary folder from now on, until this process ends; False where there is no place."""
    try:
        folder = tempfile.mkdtemp(prefix="livehost-")
    except OSError:
        return False
    os.environ[_STAND_IN] = folder
    os.environ.setdefault("MPLCONFIGDIR", str(Path(folder) / "matplotlib"))
    atexit.register(leave_stand_in)
    _made.append((os.getpid(), folder))
    return True


def adopt_stand_in() -> None:
    """Remove at the end of this process the temporary folder that it made before it became another program (exec)."""
    if folder := os.environ.get(_STAND_IN):
        atexit.register(leave_stand_in)
        _made.append((os.getpid(), folder))


def leave_stand_in() -> None:
    """Remove the temporary folder that this process has made, if it has."""
    for process, folder in _made:
        if os.getpid() == process:  # not a fork of the one that made it
            shutil.rmtree(folder, ignore_errors=True)
