"""One supervisor for one kept state: a lock that goes with the process that holds it, however that ends."""

import os
from pathlib import Path

from livehost.errors import LivehostError

#: Locks that are held until this process ends.
_held: list[int] = []


def lock_file(state: Path) -> Path:
    """Give the file that is locked for a kept state."""
    return state.with_name(f"{state.name}.lock")


def hold(state: Path) -> str:
    """Hold the lock of a kept state until this process ends.

    Returns
    -------
    str
        Why it could not be had where the folder cannot be written: then nothing is held. Else "".

    Raises
    ------
    LivehostError
        Where another process holds it.
    """
    path = lock_file(state)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        return error.strerror or str(error)
    if not _lock(handle):
        owner = _owner(handle)
        os.close(handle)
        raise LivehostError(
            f"A supervisor{owner} looks after the livehost of {state} already: end that one first, or give this one a "
            "file of its own with LIVEHOST_STATE.", 2,
        )  # fmt: skip
    os.ftruncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    _held.append(handle)
    return ""


def holder(state: Path) -> str:
    """Name the process that holds the lock of a kept state, as " (process 123)"; "" where none does."""
    try:
        handle = os.open(lock_file(state), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        return "" if _lock(handle) else _owner(handle) or " "
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _owner(handle: int) -> str:
    number = os.pread(handle, 16, 0).strip()
    return f" (process {number.decode()})" if number.isdigit() else ""
