"""Checks of exports of any kind: files, digests, weights outside of files, names and shapes of tensors.

Each refuses with one sentence that says what differs.
"""

import hashlib
from pathlib import Path

from livehost.errors import LivehostError
from livehost.inference.manifest import Manifest
from livehost.inference.onnx_files import NotOnnxError, external_files
from livehost.printable import shortly

_ONNX = ".onnx"


class WrongRate(LivehostError):  # noqa: N818  it is the rate that is wrong
    """An export was made for other sample rates than the stage's."""


def difference(where: str, kind: str, wanted: dict[str, tuple], found: dict[str, tuple]) -> None:
    """Refuse tensors that are not the ones wanted; a size that is not an int (a free dimension) fits any.

    Parameters
    ----------
    where : str
        Begins the sentence, such as the path of a graph.
    kind : str
        "input" or "output".
    wanted, found : dict of str to tuple
        Name → shape.

    Raises
    ------
    LivehostError
        Naming the first that differs.
    """
    for name, shape in wanted.items():
        if name not in found:
            raise LivehostError(f"{where} has no {kind} {name!r}; it has {', '.join(found) or 'none'}.")
        other = found[name]
        fits = len(shape) == len(other) and all(
            a == b or not isinstance(b, int) for a, b in zip(shape, other, strict=True)
        )
        if not fits:
            raise LivehostError(f"{where} has the {kind} {name!r} as {list(other)}, wanted is {list(shape)}.")
    if extra := [name for name in found if name not in wanted]:
        raise LivehostError(f"{where} has an {kind} {extra[0]!r} that this livehost does not know.")


def check_files(manifest: Manifest, *needed: str) -> None:
    """Refuse an export with a file that is missing, altered, or reads weights from outside of the export.

    Parameters
    ----------
    manifest : Manifest
    *needed : str
        Files that `[files]` must list besides the one that is run.

    Raises
    ------
    LivehostError
        Naming the file.
    """
    for name in (manifest.model, *needed):
        if name not in manifest.files:
            raise LivehostError(f"The manifest of {manifest.name} gives no sha256 of {name}.")
    for name, digest in manifest.files.items():
        path = manifest.folder / name
        if Path(name).name != name or not path.is_file():
            raise LivehostError(f"The export {manifest.name} has no file {name}, which its manifest names.")
        if sha256(path) != digest:
            raise LivehostError(f"{path} is not the file that the manifest describes: its sha256 differs.")
    if not manifest.model.endswith(_ONNX):
        raise LivehostError(f"The export {manifest.name} is to play {manifest.model}, which is no {_ONNX} file.")
    for name in manifest.files:
        if name.endswith(_ONNX):
            _check_external(manifest, name)


def _check_external(manifest: Manifest, name: str) -> None:
    """Refuse a model that reads weights from anywhere but the files of its export; no runtime has seen it yet."""
    try:
        places = external_files(manifest.folder / name)
    except NotOnnxError as error:
        raise LivehostError(f"{manifest.folder / name} {error}.") from None
    for place in sorted(places):
        outside = (manifest.folder / place).resolve().parent != manifest.folder.resolve()
        if place not in manifest.files or outside:
            raise LivehostError(
                f"The export {manifest.name} is not loaded: its {name} reads weights from {shortly(place)}, "
                "which is no file in its folder whose sha256 stands in its manifest."
            )


def sha256(path: Path) -> str:
    """Compute the sha256 of a file (hex)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
