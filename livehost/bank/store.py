"""The cache of banks on disk: how they are named, written, found again and checked.

    <cache>/banks/<key>/block.f32       float32 samples, mapped into memory
                        items.npy       ITEM records
                        features.npy    float32 [items, SEGMENT_SIZE]
                        cuts.npy        float32 [items, cuts, SEGMENT_SIZE]
                        sources.npy     SOURCE records
                        names.json      {"items": […], "sources": […]}
                        manifest.json   format, key, recipe, skipped files, size and sha256 of each file above
    <cache>/banks/pointers/<id>.json    {"directory", "listing", "key"}: what a folder held when it was last opened

The *key* is a digest of the recipe (rate, options, feature schema, format) and of every file's name and content, so a
bank is found again wherever its folder moves, and any change to any sound gives another key. A *pointer* saves
reading everything at each start: while names, sizes and times of all files are as they were, the key is, too.

A bank is written into a folder of another name, synced, and renamed: it is there whole or not at all.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write, sync
from livehost.bank.layout import FORMAT, ITEM, SOURCE, Bank, BankRecipe
from livehost.bank.scan import Listing
from livehost.bank.sink import Sink
from livehost.places import cache_root

TABLES = {"items.npy": ITEM, "features.npy": np.dtype("f4"), "cuts.npy": np.dtype("f4"), "sources.npy": SOURCE}
NAMES = "names.json"
BLOCK = "block.f32"
MANIFEST = "manifest.json"


class DamagedBank(Exception):  # noqa: N818  says what is wrong with a cached bank; never reaches the user
    """A cached bank is incomplete, altered or of another format."""


def cache_folder(cache_dir: Path | str | None = None) -> Path:
    """Folder of the cached banks: `banks` in the given folder, else in $LIVEHOST_CACHE, else in the user's cache."""
    return Path(cache_dir or os.environ.get("LIVEHOST_CACHE") or cache_root()) / "banks"


def digest(*parts: str) -> str:
    """Sha256 of strings, each with its end marked (hex)."""
    h = hashlib.sha256()
    for part in parts:
        h.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return h.hexdigest()


def bank_key(recipe: BankRecipe, contents: Iterable[tuple[str, str]]) -> str:
    """Key of a bank.

    Parameters
    ----------
    recipe : BankRecipe
        How it is prepared.
    contents : iterable of (str, str)
        Relative name and sha256 of each file, in natural order; files without a digest do not count.

    Returns
    -------
    str
        32 hex characters.
    """
    return digest(recipe.text(), *(part.replace(os.sep, "/") for pair in contents if pair[1] for part in pair))[:32]


def listing_digest(listing: Listing) -> str:
    """Digest of names, sizes and times of all files; equal while the folder is untouched."""
    return digest(*(f"{f.name}/{f.size}/{f.mtime_ns}/{f.ctime_ns}" for f in listing.files))


def _pointer(root: Path, listing: Listing, recipe: BankRecipe) -> Path:
    return root / "pointers" / f"{digest(str(listing.directory), recipe.text())[:32]}.json"


def find(root: Path, listing: Listing, recipe: BankRecipe) -> str | None:
    """Key of an untouched folder's bank, from its pointer; None if it has none or was touched."""
    try:
        pointer = json.loads(_pointer(root, listing, recipe).read_bytes())
        return str(pointer["key"]) if pointer["listing"] == listing_digest(listing) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def point(root: Path, listing: Listing, recipe: BankRecipe, key: str) -> None:
    """Remember a folder's bank, and drop the one that it had before unless another folder has it, too.

    A cache that cannot be written is left as it is: the pointer only saves time.
    """
    path = _pointer(root, listing, recipe)
    try:
        before = _key_of(path)
        content = {"directory": str(listing.directory), "listing": listing_digest(listing), "key": key}
        with atomic_write(path) as new:
            new.write_text(json.dumps(content))
        if before and before != key and before not in {_key_of(other) for other in path.parent.glob("*.json")}:
            shutil.rmtree(root / before, ignore_errors=True)
    except OSError:
        return


def _key_of(pointer: Path) -> str:
    """Key that a pointer holds; empty if it holds none or its folder of sounds is gone."""
    try:
        content = json.loads(pointer.read_bytes())
        key = str(content["key"])
        return key if key.isalnum() and Path(content["directory"]).is_dir() else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def load(folder: Path, directory: Path) -> Bank:
    """Open a cached bank.

    The tables are checked by sha256; the block, which may be gigabytes, by its size (`verify` reads it all).

    Parameters
    ----------
    folder : Path
        Its folder in the cache.
    directory : Path
        The folder of sounds.

    Returns
    -------
    Bank

    Raises
    ------
    DamagedBank
        If anything is missing, cut off or altered.
    """
    try:
        manifest = _manifest(folder)
        items, features, cuts, sources = (np.load(folder / name, allow_pickle=False) for name in TABLES)
        names = json.loads((folder / NAMES).read_bytes())
        block = np.asarray(np.memmap(folder / BLOCK, np.float32, mode="r"))
        if (
            items.dtype != ITEM
            or sources.dtype != SOURCE
            or not len(features) == len(cuts) == len(items) == len(names["items"])
        ):
            raise DamagedBank("tables do not fit together")
        return Bank(
            directory=directory,
            rate=int(manifest["rate"]),
            hash=str(manifest["key"]),
            items=items,
            block=block,
            features=features,
            cuts=cuts,
            names=names["items"],
            sources=sources,
            source_names=names["sources"],
            skipped=[(name, reason) for name, reason in manifest["skipped"]],
            cached=True,
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise DamagedBank(str(error)) from error


def _manifest(folder: Path) -> dict[str, Any]:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    if manifest["format"] != FORMAT or manifest["key"] != folder.name:
        raise DamagedBank("another format")
    for name in (BLOCK, NAMES, *TABLES):
        expected = manifest["files"][name]
        if (folder / name).stat().st_size != expected["bytes"]:
            raise DamagedBank(f"{name} is cut off")
        if name != BLOCK and _sha256(folder / name) != expected["sha256"]:
            raise DamagedBank(f"{name} was altered")
    return dict(manifest)


def verify(folder: Path) -> bool:
    """Read a whole cached bank and compare every file with the manifest's sha256."""
    try:
        manifest = _manifest(folder)
        return bool(_sha256(folder / BLOCK) == manifest["files"][BLOCK]["sha256"])
    except (DamagedBank, OSError, ValueError, KeyError, TypeError):
        return False


def save(root: Path, sink: Sink, bank: Bank, recipe: BankRecipe) -> Path:
    """Complete an unfinished folder and put it in its place.

    Parameters
    ----------
    root : Path
        Folder of the cached banks.
    sink : Sink
        Holds the block on disk.
    bank : Bank
        Everything else.
    recipe : BankRecipe
        How it was prepared.

    Returns
    -------
    Path
        The bank's folder.

    Raises
    ------
    OSError
        If it cannot be written; the sink still has the block.
    """
    folder = sink.folder
    if folder is None:
        raise OSError(sink.trouble)
    sink.flush()
    cuts = np.zeros((len(bank), 0, 0), np.float32) if bank.cuts is None else bank.cuts
    for name, table in zip(TABLES, (bank.items, bank.features, cuts, bank.sources), strict=True):
        with (folder / name).open("wb") as file:
            np.save(file, table, allow_pickle=False)
    (folder / NAMES).write_text(json.dumps({"items": bank.names, "sources": bank.source_names}))
    digests = {BLOCK: sink.digest, **{name: _sha256(folder / name) for name in (NAMES, *TABLES)}}
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": value} for name, value in digests.items()}
    manifest = {
        "format": FORMAT,
        "key": bank.hash,
        "recipe": json.loads(recipe.text()),
        "rate": bank.rate,
        "items": len(bank),
        "sources": len(bank.sources),
        "seconds": round(bank.seconds, 3),
        "skipped": bank.skipped,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
    for name in (NAMES, *TABLES, MANIFEST, "."):
        sync(folder / name)
    place = root / bank.hash
    if place.exists():  # damaged, or another process was faster: one of the two goes, both are the same bank
        place.rename(folder / "replaced")
    folder.rename(place)
    sink.folder = None
    shutil.rmtree(place / "replaced", ignore_errors=True)
    with suppress(OSError):
        sync(root)
    return place


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
