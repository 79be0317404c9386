"""Open a folder of sounds as a bank: from the cache if nothing changed, else by building it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import livehost.dsp
from livehost.bank import store
from livehost.bank.layout import Bank, BankRecipe
from livehost.bank.others import companions, strangers
from livehost.bank.scan import Listing, scan
from livehost.bank.sink import Sink
from livehost.dsp.onset.state import SETTINGS
from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.printable import printable

if TYPE_CHECKING:
    from livehost.bank.build import Built

Progress = Callable[[int, int, str], None]

#: Engine rates, in Hz.
RATES = (8_000, 192_000)


def open_bank(
    directory: Path | str,
    rate: int,
    *,
    slice_onsets: bool = False,
    match_loudness: bool = True,
    progress: Progress | None = None,
    cache_dir: Path | str | None = None,
    workers: int | None = None,
) -> Bank:
    """Open a folder of sounds.

    WAV, AIFF, FLAC, Ogg and MP3 of any rate, depth and channel count, in the folder and below it, in natural order of
    their relative paths. Silence at both ends is trimmed (60 dB below the peak); more than two channels become two.

    Parameters
    ----------
    directory : path
        Folder of sounds.
    rate : int
        Engine rate in Hz, 8,000 to 192,000.
    slice_onsets : bool
        Cut sounds longer than a second at their onsets.
    match_loudness : bool
        Give each item the gain that brings its loudest 100 ms to -20 LKFS (by -24 to +18 dB, peak below -1 dBFS).
    progress : callable, optional
        Called while building, as progress(done, total, name), from this thread.
    cache_dir : path, optional
        Root of the cache instead of $LIVEHOST_CACHE or the user's cache folder.
    workers : int, optional
        Threads to build with; all cores by default.

    Returns
    -------
    Bank
        `bank.skipped` names files that were left out, `bank.notes` what else a person should know.

    Raises
    ------
    LivehostError
        If there is no such folder, no usable sound in it, or no room for the bank on disk and in memory.

    Examples
    --------
    >>> bank = open_bank("samples", 48_000)  # doctest: +SKIP
    >>> bank.names[0], bank.samples(0).shape  # doctest: +SKIP
    ('kick.wav', (21413, 1))
    """
    if not RATES[0] <= rate <= RATES[1]:
        raise LivehostError(f"A bank at {rate} Hz is not possible: choose a rate from {RATES[0]} to {RATES[1]} Hz.", 2)
    listing = scan(directory)
    onsets = detector_digest() if slice_onsets else ""
    recipe = BankRecipe(int(rate), bool(slice_onsets), bool(match_loudness), str(SEGMENT_SCHEMA), onsets)
    root = store.cache_folder(cache_dir)
    key = store.find(root, listing, recipe)
    bank = _cached(root, key, listing) if key else None
    if bank is None:
        bank = _read(listing, recipe, root, progress, workers)
    bank.skipped[:0] = listing.skipped
    bank.companions = companions(listing.others)
    bank.notes += [note] if (note := strangers(listing.others)) else []
    return bank


def detector_digest() -> str:
    """Digest of the onset detector, its defaults and all that it may call: another one cuts other slices."""
    sources = sorted((Path(livehost.dsp.__file__).parent).rglob("*.py"))
    defaults = [f"{name} {default}" for name, default, *_ in SETTINGS]
    return store.digest(*defaults, *(path.read_text(encoding="utf-8") for path in sources))[:16]


def _cached(root: Path, key: str, listing: Listing) -> Bank | None:
    try:
        return store.load(root / key, listing.directory)
    except store.DamagedBank:
        return None


def _read(listing: Listing, recipe: BankRecipe, root: Path, progress: Progress | None, workers: int | None) -> Bank:
    """Read all files: find their bank by content (the folder was moved or copied), else build it."""
    from livehost.bank import build  # decoders and resampler: not needed for a cached bank

    workers = workers or build.default_workers()
    if progress:
        progress(0, len(listing.files), "")
    digests = build.content_digests(listing, workers)
    key = store.bank_key(recipe, zip((listed.name for listed in listing.files), digests, strict=True))
    bank = _cached(root, key, listing)
    if bank is not None:
        if all(digests):
            store.point(root, listing, recipe, key)
        return bank
    sink = Sink(root)
    try:
        built = build.build(listing, digests, recipe, sink, workers, progress)
        built.bank.hash = store.bank_key(recipe, built.contents)
        bank = _keep(built, sink, root, recipe)
        if bank.cached and built.steady:
            store.point(root, listing, recipe, bank.hash)
        bank.skipped += built.passing
        return bank
    finally:
        sink.close()


def _keep(built: "Built", sink: Sink, root: Path, recipe: BankRecipe) -> Bank:
    """Put a bank into the cache and open it from there; keep it in memory where that fails."""
    bank = built.bank
    try:
        return store.load(store.save(root, sink, bank, recipe), bank.directory)
    except OSError as error:
        if sink.folder is not None:
            sink.fall_back(error)
    except store.DamagedBank as error:
        raise LivehostError(f"The bank was changed in {printable(str(root))} while it was written: {error}.") from error
    bank.block = sink.block()
    bank.notes.append(sink.trouble)
    return bank
