"""A listing of files → a bank: decode, trim, slice, measure, on all cores, in natural order, one file at a time."""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.layout import ITEM, SOURCE, Bank, BankRecipe
from livehost.bank.measure import FeatureExtractor, Measures, amplified
from livehost.bank.scan import Listed, Listing, look, no_readable_sound, why
from livehost.bank.sink import Sink
from livehost.bank.slice import SLICE_LONGER_MS, Cut, slices, take, trim
from livehost.errors import LivehostError
from livehost.printable import printable

Progress = Callable[[int, int, str], None]
#: A sound, where it was cut, and what was measured.
Piece = tuple[np.ndarray, Cut, Measures]
Row = tuple[Any, ...]

#: Files in work at a time, over all workers, by their size on disk: a compressed one grows up to 24 times.
IN_WORK_BYTES = 32 << 20
IN_WORK_FILES = 4  # for each worker


@dataclass(frozen=True)
class Prepared:
    """One file: what it was, and its sounds with what was measured; `reason` says why there are none."""

    listed: Listed | None  # as it stood when it was read; None: gone or unreadable, but the next time may differ
    digest: str
    source: Row = ()
    pieces: tuple[Piece, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Built:
    """A bank that still lies in its sink, what went into it, and what only this time stood in the way.

    Parameters
    ----------
    bank : Bank
        Without its block.
    contents : list of (str, str)
        Name and digest of every file that was read.
    passing : list of (str, str)
        Skipped files that the next time may be there (vanished, being written): these are not recorded in the cache.
    steady : bool
        Whether all files were as listed.
    """

    bank: Bank
    contents: list[tuple[str, str]]
    passing: list[tuple[str, str]]
    steady: bool


def default_workers() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def content_digest(path: Path) -> str:
    """Sha256 of a file (hex); why it may not be read; empty where the next time may differ."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except PermissionError as error:
        return why(error)
    except OSError:
        return ""


def content_digests(listing: Listing, workers: int) -> list[str]:
    """Digest of every file of a listing, in its order (see `content_digest`)."""
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda listed: content_digest(listing.directory / listed.name), listing.files))


def prepare(directory: Path, listed: Listed, digest: str, recipe: BankRecipe, meter: FeatureExtractor) -> Prepared:
    """Make the sounds of one file.

    Parameters
    ----------
    directory : Path
        Folder of the bank.
    listed : Listed
        The file as it stood when it was listed.
    digest : str
        Its sha256 at that time.
    recipe : BankRecipe
        Rate and options.
    meter : FeatureExtractor
        Measures features.

    Returns
    -------
    Prepared
        Never raises for what is wrong with the file.
    """
    path = directory / listed.name
    try:
        for _ in range(2):
            now = look(directory, listed.name)
            if now != listed:
                listed, digest = now, content_digest(path)
            try:
                pieces, source = _sounds(path, digest, listed.size, recipe, meter)
                reason = ""
            except UnusableSound as fault:
                pieces, source, reason = (), (), str(fault)
            if look(directory, listed.name) == listed:
                return Prepared(listed, digest, source, pieces, reason)
    except PermissionError as error:
        return Prepared(listed, why(error), reason=why(error))
    except OSError as error:
        return Prepared(None, "", reason=why(error))
    except MemoryError:
        return Prepared(None, "", reason="is too long for the memory of this computer")
    return Prepared(None, "", reason="keeps changing while it is read")


def _sounds(
    path: Path, digest: str, size: int, recipe: BankRecipe, meter: FeatureExtractor
) -> tuple[tuple[Piece, ...], Row]:
    decoded = decode(path, recipe.rate)
    samples = decoded.samples
    whole = trim(samples, recipe.rate)
    cuts = [whole]
    if recipe.slice_onsets and (whole.stop - whole.start) * 1000 > SLICE_LONGER_MS * recipe.rate:
        from livehost.dsp.onset.detector import detect

        onsets = detect(np.ascontiguousarray(samples.mean(axis=1)), recipe.rate, back_ms=30.0)["frame"]
        cuts = slices(whole, onsets, recipe.rate)
    pieces = []
    for cut in cuts:
        sound = take(samples, cut, recipe.rate)
        try:
            pieces.append((sound, cut, meter.measure(sound, cut.onset)))
        except UnusableSound:
            if len(cuts) == 1:
                raise
    if not pieces:
        raise UnusableSound("has no slice that can be measured")
    return tuple(pieces), (decoded.rate, decoded.channels, decoded.frames, size, digest)


def build(
    listing: Listing, digests: Sequence[str], recipe: BankRecipe, sink: Sink, workers: int, progress: Progress | None
) -> Built:
    """Prepare all files of a listing and write their sounds into a sink.

    Parameters
    ----------
    listing : Listing
        The folder.
    digests : sequence of str
        From `content_digests`.
    recipe : BankRecipe
        Rate and options.
    sink : Sink
        Takes the block.
    workers : int
        Threads; decoding, resampling and features run outside the interpreter's lock.
    progress : callable, optional
        Called as progress(done, total, name) after each file.

    Returns
    -------
    Built
        Its `bank.block` is empty: the sink has it.

    Raises
    ------
    LivehostError
        If no file holds a usable sound.
    """
    meter = FeatureExtractor(recipe.rate)
    rows: list[Row] = []
    sources: list[Row] = []
    features: list[np.ndarray] = []
    cuts: list[np.ndarray] = []
    names: list[str] = []
    source_names: list[str] = []
    skipped: list[tuple[str, str]] = []
    passing: list[tuple[str, str]] = []
    contents: list[tuple[str, str]] = []
    steady = True
    files = listing.files
    for done, (listed, prepared) in enumerate(_in_order(listing, digests, recipe, meter, workers), 1):
        steady = steady and prepared.listed == listed
        contents.append((listed.name, prepared.digest))
        name = printable(listed.name).replace(os.sep, "/")
        if prepared.reason:
            (passing if prepared.listed is None else skipped).append((name, prepared.reason))
        count = len(prepared.pieces)
        for k, (sound, cut, measures) in enumerate(prepared.pieces, 1):
            gain = measures.level.gain if recipe.match_loudness else 1.0
            rows.append(
                (
                    sink.append(sound),
                    len(sound),
                    sound.shape[1],
                    len(sources),
                    len(rows) + 1 if k < count else -1,
                    cut.onset,
                    gain,
                    measures.root,
                    measures.level.loudness_db,
                )
            )
            features.append(amplified(measures.features, gain))
            cuts.append(amplified(measures.cuts, gain))
            names.append(f"{name}#{k}" if count > 1 else name)
        if count:
            sources.append(prepared.source)
            source_names.append(listed.name)
        if progress:
            progress(done, len(files), name)
    if not rows:
        raise LivehostError(no_readable_sound(listing.directory, skipped + passing))
    bank = Bank(
        directory=listing.directory,
        rate=recipe.rate,
        hash="",
        items=np.array(rows, ITEM),
        block=np.zeros(0, np.float32),
        features=np.array(features, np.float32),
        cuts=np.array(cuts, np.float32),
        names=names,
        sources=np.array(sources, SOURCE),
        source_names=source_names,
        skipped=skipped,
    )
    return Built(bank, contents, passing, steady)


def _in_order(
    listing: Listing, digests: Sequence[str], recipe: BankRecipe, meter: FeatureExtractor, workers: int
) -> Iterator[tuple[Listed, Prepared]]:
    """Prepare files in parallel and give them in order, with only a few in work at a time."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="bank")
    waiting = deque(zip(listing.files, digests, strict=True))
    in_work: deque[tuple[Listed, Future[Prepared]]] = deque()
    size = 0
    try:
        while waiting or in_work:
            while waiting and (
                not in_work or (len(in_work) < workers * IN_WORK_FILES and size + waiting[0][0].size <= IN_WORK_BYTES)
            ):
                listed, digest = waiting.popleft()
                size += listed.size
                in_work.append((listed, pool.submit(prepare, listing.directory, listed, digest, recipe, meter)))
            listed, future = in_work.popleft()
            yield listed, future.result()
            size -= listed.size
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
