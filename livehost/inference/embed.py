"""Embeddings of a bank's items: computed once for each bank and model, then cached on disk."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write
from livehost.bank.store import cache_folder
from livehost.errors import LivehostError
from livehost.inference.checks import difference
from livehost.inference.kinds.bank_transformer import ITEM_FILE, BankManifest
from livehost.inference.ort_api import run_in_thread
from livehost.inference.tokens import item_vectors

#: Items a call, so that 100,000 of them need no memory to speak of.
BATCH = 2048


def embed_bank(manifest: BankManifest, bank: Any) -> np.ndarray:
    """Compute the embeddings of every item of a bank, or read them from the cache.

    Parameters
    ----------
    manifest : BankManifest
    bank : Bank
        Its `hash` and `features` count.

    Returns
    -------
    numpy.ndarray
        Float32 [items, embedding].

    Raises
    ------
    LivehostError
        Where the item encoder is not the one that the manifest describes, or gives something that is not finite.
    """
    shape = (len(bank.features), manifest.shape.embedding)
    path = cache_folder().parent / "embeddings" / f"{bank.hash}-{manifest.files[ITEM_FILE][:16]}.npy"
    try:
        kept = np.load(path, allow_pickle=False)
        if kept.shape == shape and kept.dtype == np.float32 and np.isfinite(kept).all():
            return kept
    except (OSError, ValueError, EOFError):
        pass
    made = embed_items(manifest, item_vectors(bank.features, manifest.mean, manifest.scale))
    # a full or read-only disk costs the time of making them again
    with suppress(OSError), atomic_write(path) as new, new.open("wb") as file:
        np.save(file, made, allow_pickle=False)
    return made


def embed_items(manifest: BankManifest, items: np.ndarray) -> np.ndarray:
    """Run the item encoder over item vectors [n, item_size], in batches; see `embed_bank`."""
    from livehost.inference.ort_python import session_of

    path: Path = manifest.folder / ITEM_FILE
    session = session_of(path, "cpu")
    for kind, wanted, found in (
        ("input", {"items": (None, manifest.shape.item_size)}, session.get_inputs()),
        ("output", {"embeddings": (None, manifest.shape.embedding)}, session.get_outputs()),
    ):
        difference(str(path), kind, wanted, {t.name: _free(t.shape) for t in found})
    out = np.zeros((len(items), manifest.shape.embedding), np.float32)

    def run() -> None:
        for at in range(0, len(items), BATCH):
            rows = np.ascontiguousarray(items[at : at + BATCH], np.float32)
            out[at : at + len(rows)] = session.run(["embeddings"], {"items": rows})[0]

    try:
        run_in_thread(run)
    except Exception as error:
        raise LivehostError(f"{path} cannot embed the bank: {error}.") from error
    if not np.isfinite(out).all():
        raise LivehostError(f"{path} gives embeddings that are not finite: the export {manifest.name} is damaged.")
    return out


def _free(shape: list[Any]) -> tuple[Any, ...]:
    """Leave the first size free, whatever the graph calls it, unless it is a number: then only so many items fit."""
    return tuple(None if not isinstance(n, int) else n for n in shape)
