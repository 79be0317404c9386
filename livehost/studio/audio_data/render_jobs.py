"""One job of a plan: from a file, or from nothing but chance and one-shots, to recordings on disk."""

import json
import os
import threading
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.bank.decode import UnusableSound, decode
from livehost.errors import LivehostError
from livehost.studio.audio_data import ensembles, loops, patterns, performances
from livehost.studio.audio_data.assemble import Label
from livehost.studio.audio_data.kits import OneShot
from livehost.studio.audio_data.plan import VARIANTS, Job
from livehost.studio.audio_data.recording import ENDING, Recording, rows_path, save_recording
from livehost.studio.audio_data.scores import read_score
from livehost.studio.audio_data.segments import RATE, mono

#: Longer sounds are cut into recordings of this length, seconds.
SLICE_S = 240.0
NICE = 10
_DOMAINS = {"piano": "piano", "score": "piano", "parts": "parts", "percussion": "percussion"}

_SHOTS: list[list[OneShot]] = [[], []]


def begin(shots: tuple[list[OneShot], list[OneShot]]) -> None:
    """Give a process its one-shots: those of train, and those held out."""
    _SHOTS[:] = shots


def begin_politely(shots: tuple[list[OneShot], list[OneShot]]) -> None:
    """As `begin`, in a process of its own, which steps back behind others."""
    begin(shots)
    if hasattr(os, "nice"):
        os.nice(max(0, NICE - os.nice(0)))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the process that gives the work is killed: its queue alone would be waited on for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def make(job: Job, seed: int) -> list[Recording]:
    """Make the recordings of one job."""
    rng = np.random.default_rng([seed, int(job.digest[:12], 16)])
    domain = _DOMAINS.get(job.kind, "loops")
    label = Label(job.name, domain, job.split, job.source)
    shots = _SHOTS[0] if label.learning else _SHOTS[1]
    seconds = job.seconds * float(rng.uniform(0.75, 1.25))
    if job.kind == "percussion":
        return patterns.pattern(label, rng, seconds, shots)
    if job.kind == "composed":
        return loops.composed(label, rng, seconds, shots)
    if job.work is not None:
        play = ensembles.keyboard if job.kind == "score" else ensembles.ensemble
        return play(read_score(job.work), label, rng, seconds)
    if job.path is None:
        raise LivehostError(f"{job.name} has no file.")
    if job.kind == "piano":
        return performances.performance(job.path, label, rng, seconds)
    return [r for piece, sound in _slices(label, job.path) for r in loops.real(piece, sound, rng, VARIANTS)]


def _slices(label: Label, path: Path) -> list[tuple[Label, np.ndarray]]:
    """Read a sound; a long one in pieces."""
    sound = mono(decode(path, RATE).samples)
    size = int(SLICE_S * RATE)
    if len(sound) <= 1.5 * size:
        return [(label, sound)]
    return [
        (Label(f"{label.name} {k + 1}", label.domain, label.split, label.source), sound[k * size : (k + 1) * size])
        for k in range(-(-len(sound) // size))
    ]


def run(job: Job, cache: Path, seed: int) -> tuple[list[str], str]:
    """Make one job's recordings unless they are there.

    Parameters
    ----------
    job : Job
    cache : path
        Folder of recordings.
    seed : int

    Returns
    -------
    files : list of str
        Of its recordings, in the cache.
    why : str
        Why there are none: the end of a sentence that begins with its name.

    Raises
    ------
    LivehostError
        Where it is not the file's fault.
    """
    record = cache / "jobs" / f"{job.digest}.json"
    try:
        done = json.loads(record.read_text())
        if all((cache / n).exists() and rows_path(cache / n).exists() for n in done["files"]):
            return done["files"], done["why"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    made: list[Recording] = []
    try:
        made = make(job, seed)
        why = "" if made else "has too few onsets to learn from"
    except UnusableSound as error:
        why = str(error)
    except OSError as error:  # perhaps another time
        return [], f"cannot be read: {error.strerror or error}"
    files = [f"{job.kind}/{job.digest}-{number}{ENDING}" for number in range(len(made))]
    for name, recording in zip(files, made, strict=True):
        save_recording(cache / name, recording)
    write(record, {"files": files, "why": why})
    return files, why


def write(path: Path, content: dict[str, Any]) -> None:
    """Write JSON; whoever reads sees all of it or nothing.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    try:
        with atomic_write(path) as new:
            new.write_text(json.dumps(content, indent=1))
    except OSError as error:
        raise LivehostError(f"{path} could not be written: {error.strerror or error}.") from error
