"""Where compiled code is kept: one folder per state of the source, so that no stale machine code is ever loaded.

numba keys its cache by the file of the *outer* function only: a changed kernel that another file inlines would go
unnoticed. Here the folder's name is a digest of every source file that machine code is made from, so a change to any of
them compiles afresh.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from livehost.places import cache_root, stand_in, unwritable

KEEP = 4
#: Where numba keeps what it compiles; a user may choose it.
_CHOSEN = "NUMBA_CACHE_DIR"


#: Where compiled functions, and the constants that they are compiled with, stand.
_NATIVE = (
    "rt",
    "dsp",
    "bank",
    "players",
    "inference",
    "engine",
    "bridge",
    "synthesis",
)
#: What compiles side by side: modules, and the parts that must be done before, because these modules import theirs.
_COMPILED = {
    "onsets": (("livehost.dsp.onset.detector",), ()),
    "features": (("livehost.dsp.features", "livehost.dsp.segment"), ()),
    "timing, model and OSC": (
        (
            "livehost.bridge.osc.reader",
            "livehost.players.timing",
            "livehost.inference.ort_native",
            "livehost.inference.python_thread",
        ),
        (),
    ),
    "mixer and limiter": (("livehost.engine.callback",), ()),
    "players": (("livehost.players.bank_transformer.player",), ("features",)),
    "worker": (("livehost.engine.worker.loop",), ("onsets", "features", "timing, model and OSC")),
}
_TABLES = ("events.py", "settings.py")


def source_digest() -> str:
    """Digest (hex, 16 characters) of names, sizes and times of every module that machine code is made from."""
    root = Path(__file__).parents[1]
    h = hashlib.sha256(f"{sys.version}{root}".encode())
    for path in [p for place in _NATIVE for p in sorted((root / place).rglob("*.py"))] + [
        root / name for name in _TABLES
    ]:
        info = path.stat()
        h.update(f"{path.relative_to(root)}:{info.st_size}:{info.st_mtime_ns}".encode())
    return h.hexdigest()[:16]


#: What a person should know of where compiled code is kept; "" where all is as usual.
trouble = ""


def folder() -> Path:
    """Folder of this version's compiled code (need not exist yet)."""
    return cache_root() / "compiled" / source_digest()


def _complete() -> Path:
    """File that is there when a complete start has compiled everything."""
    return Path(os.environ.get(_CHOSEN) or folder()) / f"complete-{source_digest()}"


def is_warm() -> bool:
    """Tell whether a complete start has compiled everything before."""
    return _complete().exists()


def compile_ahead(say: Callable[[str], None]) -> None:
    """Compile what a first start needs, on all processors at once; what this leaves undone compiles at import.

    Parameters
    ----------
    say : callable
        Gets a line of progress for each part.
    """
    if not keeps():
        return
    say(f"{'Compiling' if trouble else 'First start: compiling'} for this machine, in {len(_COMPILED)} parts …")
    waiting, done = dict(_COMPILED), list[str]()
    running: dict[str, subprocess.Popen] = {}
    try:
        while waiting or running:
            for name in [name for name, (_, before) in waiting.items() if not set(before) - set(done)]:
                if len(running) < (os.cpu_count() or 1):
                    modules, _ = waiting.pop(name)
                    command = [sys.executable, "-c", "import " + ", ".join(modules)]
                    running[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            time.sleep(0.05)
            for name in [n for n, process in running.items() if process.poll() is not None]:
                del running[name]
                done.append(name)
                say(f"  {len(done)} of {len(_COMPILED)}: {name}")
    finally:
        for process in running.values():
            process.terminate()


def mark_warm() -> None:
    """Record that everything a run needs is compiled; errors (a full or read-only disk) are harmless here."""
    with suppress(OSError):
        _complete().touch()


def keeps() -> bool:
    """Tell whether compiled code is kept at all."""
    return bool(os.environ.get(_CHOSEN))


def use_own_folder() -> None:
    """Point numba at the place that the user chose, or at `folder()`, and drop all but the newest few of ours.

    Where that cannot be written a temporary folder stands in, and where there is none either nothing that is compiled
    is kept; `trouble` says so.
    """
    global trouble  # noqa: PLW0603  said by whoever can say it
    chosen, said, temporary = os.environ.get(_CHOSEN), [], False
    if why := unwritable(cache_root()):
        said.append(f"{cache_root()} cannot be written ({why})")
        temporary = stand_in()
    if chosen and (why := unwritable(Path(chosen))):
        said.append(f"{_CHOSEN}, which is {chosen}, cannot be written ({why})")
        chosen = None
    place = Path(chosen) if chosen else folder()
    kept = not unwritable(place)
    if kept and not chosen:
        _drop_old(place)
    if said:
        how = f"kept in {place}" if kept else "not kept, and every start takes a minute or more"
        until = " until it ends" if kept and temporary and not chosen else ""
        trouble = f"{' and '.join(said)}: what livehost compiles is {how}{until}."
    os.environ[_CHOSEN] = str(place) if kept else ""
    if "numba" in sys.modules:
        sys.modules["numba"].config.CACHE_DIR = os.environ[_CHOSEN]


def _drop_old(here: Path) -> None:
    with suppress(OSError):
        others = sorted(here.parent.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in [p for p in others if p != here][KEEP - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
