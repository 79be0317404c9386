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
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Queue

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
    "performance",
    "inference",
    "engine",
    "bridge",
    "synthesis",
)
#: What a first start compiles: modules that import none of the others, and each one's rough share of the work. Those
#: that stand together compile much of the same.
_COMPILED = {
    "players": (("livehost.players.bank_transformer.player",), 9),
    "onsets": (("livehost.dsp.onset.detector",), 9),
    "mixer and limiter": (("livehost.engine.callback", "livehost.engine.drivers.jack_process"), 6),
    "features": (("livehost.dsp.features", "livehost.dsp.segment"), 6),
    "worker": (("livehost.engine.worker.loop",), 3),
    "OSC": (("livehost.bridge.osc.reader",), 2),
    "player of notes": (("livehost.players.performance.player",), 6),
    "models": (("livehost.inference.ort_native",), 2),
}
#: What a compiling process runs. What it makes lives until it ends: nothing is to be collected.
_CHILD = """
import gc, importlib, sys
gc.disable()
for part in sys.argv[1:]:
    name, *modules = part.split(",")
    for module in modules:
        importlib.import_module(module)
    print(name, flush=True)
"""
_TABLES = ("record.py", "events.py", "setting.py", "settings.py")


def _sources(root: Path) -> list[Path]:
    return [p for place in _NATIVE for p in sorted((root / place).rglob("*.py"))] + [root / name for name in _TABLES]


def build_digest() -> str:
    """Digest (hex, 16 characters) of the content of every module that machine code is made from, wherever it stands."""
    root = Path(__file__).parents[1]
    h = hashlib.sha256()
    for path in _sources(root):
        h.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return h.hexdigest()[:16]


def source_digest() -> str:
    """Digest (hex, 16 characters) of names, sizes and times of every module that machine code is made from."""
    root = Path(__file__).parents[1]
    h = hashlib.sha256(f"{sys.version}{root}".encode())
    for path in _sources(root):
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
    parts = {name: ",".join((name, *modules)) for name, (modules, _) in _COMPILED.items()}
    ended: Queue[str] = Queue()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _CHILD, *[parts[name] for name in names]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        for names in _shared_out(os.cpu_count() or 1)
    ]
    threads = [threading.Thread(target=_pass_on, args=(process, ended), daemon=True) for process in processes]
    try:
        for thread in threads:
            thread.start()
        running, done = len(processes), 0
        while running:
            if name := ended.get():
                done += 1
                say(f"  {done} of {len(_COMPILED)}: {name}")
            else:
                running -= 1
    finally:
        for process in processes:
            process.terminate()
        for thread in threads:
            thread.join()


def _shared_out(processors: int) -> list[list[str]]:
    """Parts for each process, so that all end at about the same time."""
    shares: list[list[str]] = [[] for _ in range(min(processors, len(_COMPILED)))]
    for name in sorted(_COMPILED, key=lambda name: -_COMPILED[name][1]):
        min(shares, key=lambda share: sum(_COMPILED[n][1] for n in share)).append(name)
    return shares


def _pass_on(process: subprocess.Popen[str], ended: "Queue[str]") -> None:
    """Put the name of every part that a process ends into a queue, and "" when it has ended itself."""
    with process:
        for line in process.stdout or ():
            ended.put(line.strip())
    ended.put("")


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
