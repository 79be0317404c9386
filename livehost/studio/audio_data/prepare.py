"""Folders of MIDI, loops and one-shots to a cache of recordings to learn from."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.studio.audio_data import render_jobs as make
from livehost.studio.audio_data.inventory import tally
from livehost.studio.audio_data.plan import Job, held_out, plan
from livehost.studio.audio_data.recording import INDEX
from livehost.studio.audio_data.render import tools
from livehost.studio.audio_data.scan import Found, walk
from livehost.studio.audio_data.scores import MUSIC21, SOURCES, corpus, survey

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Prepared:
    """What `prepare` made.

    Parameters
    ----------
    paths : list of path
        Recordings, by name of the music.
    data : list of dict
        The table of material for a manifest: name, licence, hours, recordings.
    skipped : list of (str, str)
        What was left out, and why.
    counts : dict
        By domain and split: recordings, segments, and recordings for each task.
    """

    paths: list[Path]
    data: list[dict[str, Any]]
    skipped: list[tuple[str, str]] = field(default_factory=list)
    counts: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Have processes that are started meanwhile ignore Ctrl-C, which goes to all of a terminal: the parent decides."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run_all(
    jobs: Sequence[Job], cache: Path, seed: int, workers: int, shots: Any, progress: Progress | None
) -> list[tuple[Job, list[str], str]]:
    done = []

    def note(job: Job, result: tuple[list[str], str]) -> None:
        done.append((job, *result))
        if progress is not None:
            progress(len(done), len(jobs), job.name)

    if workers <= 1:
        make.begin(shots)
        for job in jobs:
            note(job, make.run(job, cache, seed))
        return done
    with ProcessPoolExecutor(workers, get_context("spawn"), make.begin_politely, (shots,)) as pool:
        with _deaf_to_ctrl_c():
            waiting = {pool.submit(make.run, job, cache, seed): job for job in jobs}
        try:
            for future in as_completed(waiting):
                note(waiting[future], future.result())
        except BrokenProcessPool as error:
            raise LivehostError(
                "A process that prepared data was killed: the same command goes on from there."
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in active_children():  # what is half made is made again
                process.terminate()
            raise
    return done


def prepare(
    data_dirs: Sequence[Path | str],
    cache_dir: Path | str,
    hours: float = 8.0,
    seed: int = 0,
    workers: int = 2,
    progress: Progress | None = None,
    scores: str = "none",
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
    scores : str
        `music21`: with its works of the public domain, where there are hours to render; or `none`.

    Returns
    -------
    Prepared

    Raises
    ------
    LivehostError
        Where a folder is missing, FluidSynth or the source of scores is, or nothing can be learnt from.
    """
    if scores not in SOURCES:
        raise LivehostError(f"There are no scores “{scores}”: {' or '.join(SOURCES)}.", 2)
    found = walk(data_dirs)
    if scores == MUSIC21 and hours > 0:
        found.works = survey(corpus())[0]
    if not (found.midi or found.sounds or found.shots or found.works):
        raise LivehostError(_nothing(data_dirs, found, found.skipped, hours))
    fonts = [Path(font).name for font in tools().fonts.all] if hours > 0 else []
    cache = Path(cache_dir)
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LivehostError(f"The cache {cache} cannot be made: {error.strerror or error}.") from error
    jobs = plan(found, hours, seed, fonts)
    done = _run_all(jobs, cache, seed, workers, held_out([shot for _, shot in found.shots]), progress)
    done.sort(key=lambda result: result[0].name)
    paths = [cache / name for _, files, _ in done for name in files]
    skipped = found.skipped + [(job.name, why) for job, _, why in done if why]
    if not paths:
        raise LivehostError(_nothing(data_dirs, found, skipped, hours))
    data, counts = tally(paths, found)
    prepared = Prepared(paths, data, skipped, counts)
    make.write(cache / INDEX, {**asdict(prepared), "paths": [p.relative_to(cache).as_posix() for p in paths]})
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
