"""What an export is refused for, each in one sentence that says what differs."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.onnx_files import NotOnnxError, external_files
from livehost.printable import shortly

if TYPE_CHECKING:
    from livehost.inference.manifest import Manifest

#: Larger sizes are an accident, or meant to fill the memory.
MOST = 1 << 20
_ONNX = ".onnx"


class WrongRate(LivehostError):  # noqa: N818  it is the rate that is wrong
    """An export was made for other sample rates than the stage's."""


def check_shapes(m: "Manifest") -> None:
    """Refuse sizes that no model has, and tensors that do not follow from them."""
    s, sizes = m.shape, list(asdict(m.shape).values())
    if not all(0 < size <= MOST for size in sizes) or s.layers > len(m.inputs) or s.head_size % 2:
        raise LivehostError(f"The export {m.name} has an impossible shape: {asdict(s)}.")
    for kind, wanted, found in (("input", s.inputs(), m.inputs), ("output", s.outputs(), m.outputs)):
        difference(f"The manifest of {m.name}", kind, wanted, found)
    for name, values in (("mean", m.mean), ("scale", m.scale)):
        if values.ndim != 1 or 2 * len(values) != s.item_size or not np.isfinite(values).all():
            raise LivehostError(
                f"The {name} in the manifest of {m.name} is not a row of {s.item_size // 2} finite numbers."
            )
    if (m.scale <= 0).any():
        raise LivehostError(f"The scale in the manifest of {m.name} is not above 0 everywhere.")


def difference(where: str, kind: str, wanted: dict[str, tuple], found: dict[str, tuple]) -> None:
    """Refuse tensors that are not the ones wanted; a size that is not an int (a free dimension) fits any.

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


def check_files(m: "Manifest") -> None:
    """Refuse an export with a file that is missing or altered."""
    for name in (m.model, "items.onnx"):
        if name not in m.files:
            raise LivehostError(f"The manifest of {m.name} gives no sha256 of {name}.")
    for name, digest in m.files.items():
        path = m.folder / name
        if Path(name).name != name or not path.is_file():
            raise LivehostError(f"The export {m.name} has no file {name}, which its manifest names.")
        if sha256(path) != digest:
            raise LivehostError(f"{path} is not the file that the manifest describes: its sha256 differs.")
    if not m.model.endswith(_ONNX):
        raise LivehostError(f"The export {m.name} is to play {m.model}, which is no {_ONNX} file.")
    for name in m.files:
        if name.endswith(_ONNX):
            _check_external(m, name)


def _check_external(m: "Manifest", name: str) -> None:
    """Refuse a model that reads weights from anywhere but the files of its export; no runtime has seen it yet."""
    try:
        places = external_files(m.folder / name)
    except NotOnnxError as error:
        raise LivehostError(f"{m.folder / name} {error}.") from None
    for place in sorted(places):
        if place not in m.files or (m.folder / place).resolve().parent != m.folder.resolve():
            raise LivehostError(
                f"The export {m.name} is not loaded: its {name} reads weights from {shortly(place)}, "
                "which is no file in its folder whose sha256 stands in its manifest."
            )


def check_stage(m: "Manifest", rate: int, hop_samples: int, frame_samples: int, schema: str, token_size: int) -> None:
    """Refuse an export that was made for another stage.

    Raises
    ------
    LivehostError
        One sentence: what differs.
    """
    if rate not in m.rates:
        raise WrongRate(
            f"The export {m.name} plays at {_listed(m.rates)} Hz, the stage runs at {rate} Hz: "
            f"give --rate {m.rates[-1]} where the sound card takes that, or --player nearest.", 2,
        )  # fmt: skip
    for name, wanted, found in (
        ("feature schema", schema, m.schema),
        ("hop", hop_samples, m.hop_samples),
        ("frame", frame_samples, m.frame_samples),
        ("token size", token_size, m.shape.token_size),
    ):
        if wanted != found:
            raise LivehostError(f"The export {m.name} was made for {name} {found}, the stage has {wanted}.")


def _listed(values: list[int]) -> str:
    return " or ".join(str(v) for v in values)


def sha256(path: Path) -> str:
    """Digest of a file (hex)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
