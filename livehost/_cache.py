"""Where compiled code is kept: one folder per state of the source, so that no stale machine code is ever loaded.

numba keys its cache by the file of the *outer* function only: a changed kernel that another file inlines would go
unnoticed. Here the folder's name is a digest of every source file that machine code is made from, so a change to any of
them compiles afresh.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

import platformdirs

KEEP = 4


#: Where compiled functions, and the constants that they are compiled with, stand.
_NATIVE = (
    "rt",
    "dsp",
    "bank",
    "players",
    "inference",
    "engine",
    "synthesis",
)
_TABLES = ("events.py", "settings.py", "figures.py")


def source_digest() -> str:
    """Digest (hex, 16 characters) of names, sizes and times of every module that machine code is made from."""
    root = Path(__file__).parent
    h = hashlib.sha256(f"{sys.version}{root}".encode())
    for path in [p for place in _NATIVE for p in sorted((root / place).rglob("*.py"))] + [
        root / name for name in _TABLES
    ]:
        info = path.stat()
        h.update(f"{path.relative_to(root)}:{info.st_size}:{info.st_mtime_ns}".encode())
    return h.hexdigest()[:16]


def folder() -> Path:
    """Folder of this version's compiled code (need not exist yet)."""
    return Path(platformdirs.user_cache_dir("livehost")) / "compiled" / source_digest()


def is_warm() -> bool:
    """Tell whether a complete start has compiled everything before."""
    return (folder() / "complete").exists()


def mark_warm() -> None:
    """Record that everything a run needs is compiled; errors (a full or read-only disk) are harmless here."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / "complete").touch()
    except OSError:
        return


def use_own_folder() -> None:
    """Point numba at `folder()` unless the user chose another place, and drop all but the newest few."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return
    here = folder()
    try:
        here.mkdir(parents=True, exist_ok=True)
        others = sorted(here.parent.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in [p for p in others if p != here][KEEP - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
    except OSError:
        return  # read-only home: numba falls back by itself
    os.environ["NUMBA_CACHE_DIR"] = str(here)
    if "numba" in sys.modules:
        sys.modules["numba"].config.CACHE_DIR = str(here)
