"""`livehost export NAME`, for any family: from a checkpoint to a folder with its manifest, written atomically.

Everything is written beside the destination and moved there only when every check has passed.
"""

import platform
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.atomic_file import make_folder
from livehost.errors import LivehostError
from livehost.inference.checks import sha256
from livehost.inference.export import read_manifest
from livehost.inference.kinds import kind_of
from livehost.inference.manifest import MANIFEST, Manifest
from livehost.studio.family import Family
from livehost.studio.options import complete, export_options
from livehost.studio.training.checkpoint import load_checkpoint, network


@dataclass(frozen=True)
class Written:
    """What a family has written into the folder of an export.

    Attributes
    ----------
    model : str
        File that is run.
    files : tuple of str
        All files, that one included, in the order in which the manifest lists them.
    tables : mapping
        The kind's own tables of the manifest.
    hyperparameters : mapping
        What the manifest states besides the network's hyperparameters, such as numbers that were learnt.
    """

    model: str
    files: tuple[str, ...]
    tables: Mapping[str, Any] = field(default_factory=dict)
    hyperparameters: Mapping[str, Any] = field(default_factory=dict)


def export(
    family: Family,
    checkpoint_path: Path | str,
    out_dir: Path | str,
    options: Mapping[str, Any] | None = None,
    *,
    say: Callable[[str], None] = print,
) -> Any:
    """Export a trained model.

    Parameters
    ----------
    family : Family
    checkpoint_path : path
        What training saved; its probes, where there are any, are what the formats are compared with.
    out_dir : path
        The export's folder; its name is the export's name. An export that stands there is replaced.
    options : mapping of str to object
        By name, as `livehost export NAME -h` lists them; those that are left out have their defaults.
    say : callable
        Gets lines of progress.

    Returns
    -------
    Manifest
        Of the kind's own class.

    Raises
    ------
    LivehostError
        One sentence: what the checkpoint lacks, or where the formats differ. Nothing is left at the destination then.
    """
    given = complete({"checkpoint": checkpoint_path, "out": out_dir, **(options or {})}, export_options(family))
    checkpoint = load_checkpoint(checkpoint_path, family)
    out = Path(out_dir)
    make_folder(out.parent)
    try:
        with folder_beside(out) as work:
            manifest = _write(family, checkpoint, work, out.name, given, say)
            manifest.write(work)
            read_manifest(work, family.kind)
            put(work, out)
    except OSError as error:
        raise LivehostError(f"The export cannot be written to {out}: {error}.") from error
    size = sum(f.stat().st_size for f in out.iterdir())
    say(f"{out}: {', '.join(sorted(f.name for f in out.iterdir()))}, {size / 1e6:.1f} MB; plays {manifest.model}.")
    return read_manifest(out, family.kind)


def _write(
    family: Family,
    checkpoint: Mapping[str, Any],
    folder: Path,
    name: str,
    given: Mapping[str, Any],
    say: Callable[[str], None],
) -> Manifest:
    """Write the files of an export, and compare them; its manifest is returned, not written."""
    code, model = family.code(), network(checkpoint).eval()
    with warnings.catch_warnings():  # torch's exporters warn about their own insides
        warnings.simplefilter("ignore")
        written = code.write_files(model, checkpoint, folder, given, say)
    header = Manifest(
        name=name,
        kind=family.kind,
        model=written.model,
        files={file: sha256(folder / file) for file in written.files},
        licence=given["licence"] or _licence(checkpoint.get("data", [])),
        hyperparameters={**written.hyperparameters, **checkpoint["hyperparameters"]},
        command=str(checkpoint.get("command", "")),
        data=list(checkpoint.get("data", [])),
        metrics=dict(checkpoint.get("metrics", {})),
        versions=_versions(),
        tables=dict(written.tables),
        folder=folder,
    )
    manifest = kind_of(family.kind).parse(header)
    say("Comparing the formats …")
    manifest.parity = code.compare(model, checkpoint, manifest, given).judge()
    say("  " + ", ".join(f"{key} {value:.3g}" for key, value in manifest.parity.items()))
    return manifest


def _licence(data: Sequence[Mapping[str, Any]]) -> str:
    """Give the licence of weights: that of the first data whose terms go along with what is made of it, else MIT."""
    return next((str(row["licence"]) for row in data if str(row.get("licence", "")).startswith("CC BY")), "MIT")


@contextmanager
def folder_beside(out: Path) -> Iterator[Path]:
    """Make a temporary folder on the disk of another one; it is gone afterwards, unless it was moved."""
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def put(work: Path, out: Path) -> None:
    """Move a finished folder to its place; the one that stood there goes."""
    work.chmod(0o755)
    if not out.exists():
        work.rename(out)
        return
    if any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise LivehostError(f"{out} holds something that is not an export; choose another folder.")
    old = work.with_name(f"{work.name}-old")
    out.rename(old)
    work.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _versions() -> dict[str, str]:
    """List the versions of the packages that write an export."""
    import onnx
    import onnxruntime

    import livehost

    return {
        "livehost": livehost.__version__,
        "torch": str(torch.__version__),
        "onnx": onnx.__version__,
        "onnxruntime": onnxruntime.__version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "numpy": np.__version__,
    }
