"""Folders of MIDI, loops and one-shots to a cache of recordings to learn from."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.studio.data import loops, patterns, performances
from livehost.studio.data.build import Label
from livehost.studio.data.kits import OneShot
from livehost.studio.data.recording import ENDING, INDEX, Recording, load_recording, save_recording
from livehost.studio.data.render import tools
from livehost.studio.data.segments import RATE, mono
from livehost.studio.data.walk import Found, Source, licence, walk

#: Of what is made of the same files and seed: to be raised with every change to how it is made.
VERSION = 3
#: Shares of the hours, and the length of a piece in seconds.
SHARES = {"piano": (0.5, 75.0), "percussion": (0.27, 30.0), "composed": (0.23, 32.0)}
VARIANTS = 6
#: Longer sounds are cut into recordings of this length, seconds.
SLICE_S = 240.0
#: Licences of soundfonts by file name.
SOUNDFONTS = {"FluidR3_GM.sf2": "MIT"}

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Job:
    """One thing to make: recordings, all of one piece."""

    kind: str
    name: str
    split: str
    source: str
    digest: str  # of everything that it is made of
    path: Path | None = None
    seconds: float = 0.0
    start: float = 0.0


@dataclass
class Prepared:
    """What `prepare` made: paths, the table of material for a manifest, and what was left out and why."""

    paths: list[Path]
    data: list[dict[str, Any]]
    skipped: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)


def _number(*words: object) -> int:
    """Give a number that depends on words alone, below 2**63."""
    return int.from_bytes(hashlib.sha256("\0".join(map(str, words)).encode()).digest()[:8], "little") >> 1


def split_of(piece: str) -> str:
    """Give the side of the split by the piece's name: 80, 10 and 10 in 100."""
    at = _number("split", piece) % 100
    return "train" if at < 80 else "valid" if at < 90 else "test"


def split_sounds(names: Sequence[str]) -> dict[str, str]:
    """Give the side of the split for few sounds: in an order by digest, a third is test and a tenth valid."""
    order = sorted(names, key=lambda name: _number("split", name))
    test, valid = round(0.38 * len(order)), round(0.1 * len(order))
    sides = ["test"] * test + ["valid"] * valid + ["train"] * (len(order) - test - valid)
    return dict(zip(order, sides, strict=True))


def _held_out(shots: Sequence[OneShot]) -> tuple[list[OneShot], list[OneShot]]:
    """Part one-shots: those that train may play, and a quarter of each role (one at least) for valid and test."""
    train, rest = [], []
    for role in sorted({shot.role for shot in shots}):
        order = sorted((s for s in shots if s.role == role), key=lambda s: _number("shot", s.name))
        count = max(round(0.25 * len(order)), 1) if len(order) > 1 else 0
        rest += order[:count]
        train += order[count:]
    return train, rest


def _digest(*words: object) -> str:
    return hashlib.sha256(json.dumps([VERSION, SEGMENT_SCHEMA, *map(str, words)]).encode()).hexdigest()[:24]


def plan(found: Found, hours: float, seed: int) -> list[Job]:
    """Decide what to make of what was found.

    Parameters
    ----------
    found : Found
        Files.
    hours : float
        Hours of music in all, not counting renderings; real loops come on top.
    seed : int
        Of all chance.
    """
    jobs: list[Job] = []
    share, seconds = SHARES["piano"]
    pieces: dict[str, list[Source]] = {}
    for source in found.midi:
        pieces.setdefault(source.piece, []).append(source)
    order = sorted(pieces, key=lambda piece: _number(seed, piece))
    wanted = round(share * hours * 3600 / seconds) if order else 0
    for number in range(wanted):
        takes = sorted(pieces[order[number % len(order)]], key=lambda s: _number(seed, s.name))
        source = takes[number // len(order) % len(takes)]
        name = f"{source.name}{f' {number // len(order) + 1}' if number >= len(order) else ''}"
        side = split_of(source.piece)
        key = _digest("piano", source.digest, name, seconds, side, seed)
        jobs.append(Job("piano", name, side, source.source, key, source.path, seconds))
    sides: dict[str, str] = {}
    for group in sorted({(source.source, source.long) for source in found.sounds}):
        sides |= split_sounds([source.name for source in found.sounds if (source.source, source.long) == group])
    for source in found.sounds:
        key = _digest("loop", source.digest, source.name, VARIANTS, sides[source.name], seed)
        jobs.append(Job("loop", source.name, sides[source.name], source.source, key, source.path))
    shots = _digest(sorted(source.digest for source, _ in found.shots))
    composing = (
        "composed" if not found.shots else f"composed of {', '.join(sorted({s.source for s, _ in found.shots}))}"
    )
    for kind, title in (("percussion", "rhythm"), ("composed", "composed/loop")):
        share, seconds = SHARES[kind]
        for number in range(round(share * hours * 3600 / seconds)):
            name = f"{title} {number + 1:04d}"
            key = _digest(kind, name, shots, seconds, seed)
            jobs.append(Job(kind, name, split_of(name), composing, key, None, seconds))
    # a little of everything first, so that a run that is cut short has made something of each
    return sorted(jobs, key=lambda job: _number(seed, "order", job.name))


_SHOTS: tuple[list[OneShot], list[OneShot]] = ([], [])


def _begin(shots: tuple[list[OneShot], list[OneShot]]) -> None:
    """Set a process up: politely, and with the one-shots in its memory."""
    global _SHOTS  # noqa: PLW0603
    _SHOTS = shots
    if hasattr(os, "nice"):
        os.nice(max(0, 10 - os.nice(0)))


def _make(job: Job, seed: int) -> list[Recording]:
    """Make the recordings of one job."""
    rng = np.random.default_rng([seed, int(job.digest[:12], 16)])
    domain = {"piano": "piano", "percussion": "percussion"}.get(job.kind, "loops")
    label = Label(job.name, domain, job.split, job.source)
    shots = _SHOTS[0] if label.learning else _SHOTS[1]
    seconds = job.seconds * float(rng.uniform(0.75, 1.25))
    if job.kind == "percussion":
        return patterns.pattern(label, rng, seconds, shots)
    if job.kind == "composed":
        return loops.composed(label, rng, seconds, shots)
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


def _run(job: Job, cache: Path, seed: int) -> tuple[list[str], str]:
    """Make one job's recordings unless they are there; return their files, and why there are none."""
    record = cache / "jobs" / f"{job.digest}.json"
    try:
        done = json.loads(record.read_text())
        if all((cache / name).exists() for name in done["files"]):
            return done["files"], done["why"]
    except (OSError, ValueError, KeyError):
        pass
    made: list[Recording] = []
    try:
        made = _make(job, seed)
        why = "" if made else "has too few onsets to learn from"
    except UnusableSound as error:
        why = str(error)
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
    files = [f"{job.kind}/{job.digest}-{number}{ENDING}" for number in range(len(made))]
    for name, recording in zip(files, made, strict=True):
        save_recording(cache / name, recording)
    _write(record, {"files": files, "why": why})
    return files, why


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write JSON; whoever reads sees all of it or nothing."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(content, indent=1))
        partial.replace(path)
    except OSError as error:
        raise LivehostError(f"{path} could not be written: {error.strerror or error}.") from error


def _run_all(
    jobs: Sequence[Job], cache: Path, seed: int, workers: int, shots: Any, progress: Progress | None
) -> list[tuple[Job, list[str], str]]:
    done = []

    def note(job: Job, result: tuple[list[str], str]) -> None:
        done.append((job, *result))
        if progress is not None:
            progress(len(done), len(jobs), job.name)

    if workers <= 1:
        global _SHOTS  # noqa: PLW0603
        _SHOTS = shots
        for job in jobs:
            note(job, _run(job, cache, seed))
        return done
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (shots,)) as pool:
        waiting = {pool.submit(_run, job, cache, seed): job for job in jobs}
        try:
            for future in as_completed(waiting):
                note(waiting[future], future.result())
        except BrokenProcessPool as error:
            raise LivehostError(
                "A process that prepared data was killed: the same command goes on from there."
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return done


def prepare(
    data_dirs: Sequence[Path | str],
    cache_dir: Path | str,
    hours: float = 8.0,
    seed: int = 0,
    workers: int = 2,
    progress: Progress | None = None,
) -> Prepared:
    """Make a cache of recordings from folders of data.

    What was made before, from the same files, seed and version, is kept; so it goes on after it was cut short.

    Parameters
    ----------
    data_dirs : sequence of path
        Folders: MIDI files become performances; short sounds become kits for rhythms; other sounds are loops.
    cache_dir : path
        Where recordings go; `index.json` there names those of the last call.
    hours : float
        Hours of rendered and composed music.
    seed : int
        Of all chance.
    workers : int
        Processes, at nice 10.
    progress : callable, optional
        Gets (done, total, name).

    Returns
    -------
    Prepared

    Raises
    ------
    LivehostError
        Where a folder is missing, FluidSynth is, or nothing can be learnt from.
    """
    found = walk(data_dirs)
    if not (found.midi or found.sounds or found.shots):
        raise LivehostError(_nothing(data_dirs, found, found.skipped, hours))
    if hours > 0:
        tools()
    cache = Path(cache_dir)
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LivehostError(f"The cache {cache} cannot be made: {error.strerror or error}.") from error
    jobs = plan(found, hours, seed)
    done = _run_all(jobs, cache, seed, workers, _held_out([shot for _, shot in found.shots]), progress)
    done.sort(key=lambda result: result[0].name)
    paths = [cache / name for _, files, _ in done for name in files]
    skipped = found.skipped + [(job.name, why) for job, _, why in done if why]
    if not paths:
        raise LivehostError(_nothing(data_dirs, found, skipped, hours))
    prepared = Prepared(paths, [], skipped)
    _count(prepared, found)
    _write(cache / INDEX, {**asdict(prepared), "paths": [p.relative_to(cache).as_posix() for p in paths]})
    return prepared


def _nothing(data_dirs: Sequence[Path | str], found: Found, skipped: list[tuple[str, str]], hours: float) -> str:
    """Say why nothing can be learnt."""
    where = ", ".join(map(str, data_dirs))
    if skipped:
        name, why = skipped[0]
        more = f", and {len(skipped) - 1} more" if len(skipped) > 1 else ""
        return f"There is nothing to learn from in {where}: {name} {why}{more}."
    if found.shots and hours <= 0:
        return f"There is nothing to learn from in {where}: it holds only single sounds; give takes, or hours above 0."
    if found.midi and hours <= 0:
        return f"There is nothing to learn from in {where}: MIDI files are rendered only with hours above 0."
    return f"There is nothing to learn from in {where}: no sound and no MIDI file."


def _count(prepared: Prepared, found: Found) -> None:
    """Fill in hours, recordings and segments, by source and by domain and split."""
    hours: Counter[str] = Counter()
    recordings: Counter[str] = Counter()
    for path in prepared.paths:
        recording = load_recording(path)
        if not recording.augmented and "continue" in recording.tasks:
            hours[recording.source] += recording.seconds / 3600  # type: ignore[assignment]
        recordings[recording.source] += 1
        domain = "composed" if recording.name.startswith("composed/") else recording.domain
        row = prepared.counts.setdefault(domain, {}).setdefault(recording.split, {"recordings": 0, "segments": 0})
        row["recordings"] += 1
        row["segments"] += sum(map(len, recording.streams))
        for task in recording.tasks:
            row[task] = row.get(task, 0) + 1
    for source in sorted(recordings):
        prepared.data.append(
            {
                "name": source,
                "licence": _licence(source, found),
                "hours": round(hours[source], 3),
                "recordings": recordings[source],
            }
        )
    rendered = any(name in recordings for name in {s.source for s in found.midi}) or any(
        source.startswith("composed") for source in recordings
    )
    if rendered:
        soundfont = Path(tools()[1]).resolve().name
        prepared.data.append(
            {"name": f"soundfont {soundfont}", "licence": SOUNDFONTS.get(soundfont, "unknown"), "hours": 0.0,
             "recordings": 0}
        )  # fmt: skip


def _licence(source: str, found: Found) -> str:
    if source in found.sources:
        return licence(source, found.sources[source])
    used = sorted({licence(s.source, found.sources[s.source]) for s, _ in found.shots})
    return ", ".join(["MIT (rhythms and songs)", *(f"{name} (one-shots)" for name in used)])
