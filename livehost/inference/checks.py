"""What an export is refused for, each in one sentence that says what differs."""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from livehost.errors import LivehostError

if TYPE_CHECKING:
    from livehost.inference.manifest import Manifest


def check_shapes(m: "Manifest") -> None:
    """Refuse sizes that no model has, and tensors that do not follow from them."""
    s = m.shape
    if min(asdict(s).values()) <= 0 or s.head_size % 2:
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


def check_stage(m: "Manifest", rate: int, hop_samples: int, frame_samples: int, schema: str, token_size: int) -> None:
    """Refuse an export that was made for another stage.

    Raises
    ------
    LivehostError
        One sentence: what differs.
    """
    if rate not in m.rates:
        raise LivehostError(f"The export {m.name} plays at {_listed(m.rates)} Hz, the stage runs at {rate} Hz.")
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


def sha256(self) -> str:
        """Digest of the file that plays."""
        return self.files[self.model]

    def write(self, folder: Path) -> None:
        """Write `manifest.toml` into a folder."""
        (folder / MANIFEST).write_text(to_toml(_table(self)), encoding="utf-8")


def _table(m: Manifest) -> dict[str, Any]:
    return {
        "name": m.name,
        "kind": m.kind,
        "format": m.format,
        "model": m.model,
        "licence": m.licence,
        "features": {
            "schema": m.schema,
            "rates": m.rates,
            "hop_samples": m.hop_samples,
            "frame_samples": m.frame_samples,
            "segment_ms": m.segment_ms,
            "mean": m.mean,
            "scale": m.scale,
        },
        "shape": asdict(m.shape),
        "inputs": m.inputs,
        "outputs": m.outputs,
        "files": m.files,
        "hyperparameters": {"temperature": m.temperature, **m.hyperparameters},
        "training": {"command": m.command},
        "metrics": m.metrics,
        "parity": m.parity,
        "versions": m.versions,
        "data": m.data,
    }


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an export and check what can be checked without a stage: kind, format, shapes, files.

    Parameters
    ----------
    folder : Path
        The export.

    Returns
    -------
    Manifest

    Raises
    ------
    LivehostError
        One sentence: what does not fit.
    """
    path = folder / MANIFEST
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LivehostError(f"{folder} is not an export: it has no {MANIFEST}.") from None
    except (OSError, ValueError) as error:
        raise LivehostError(f"{path} cannot be read: {error}.") from error
    for key, known in (("kind", KIND), ("format", FORMAT)):
        if table.get(key) != known:
            raise LivehostError(
                f"The export {folder.name} is of {key} {table.get(key, 'unknown')!r}; this livehost plays {known!r}."
            )
    try:
        manifest = _from_table(table, folder)
    except KeyError as error:
        raise LivehostError(f"{path} does not say {error.args[0]!r}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise LivehostError(f"{path} is not a manifest of format {FORMAT}: {error}.") from error
    _check_shapes(manifest)
    _check_files(manifest)
    return manifest


def _from_table(t: dict[str, Any], folder: Path) -> Manifest:
    features, hyperparameters = t["features"], dict(t.get("hyperparameters", {}))
    return Manifest(
        name=str(t["name"]),
        kind=t["kind"],
        format=t["format"],
        model=str(t["model"]),
        licence=str(t.get("licence", "")),
        schema=str(features["schema"]),
        rates=[int(r) for r in features["rates"]],
        hop_samples=int(features["hop_samples"]),
        frame_samples=int(features["frame_samples"]),
        segment_ms=float(features["segment_ms"]),
        mean=np.array(features["mean"], np.float32),
        scale=np.array(features["scale"], np.float32),
        shape=Shape(**{key: type(kind)(t["shape"][key]) for key, kind in _SHAPE_FIELDS.items()}),
        inputs={name: tuple(int(n) for n in shape) for name, shape in t["inputs"].items()},
        outputs={name: tuple(int(n) for n in shape) for name, shape in t["outputs"].items()},
        files={name: str(digest) for name, digest in t["files"].items()},
        temperature=float(hyperparameters.pop("temperature", 1.0)),
        hyperparameters=hyperparameters,
        command=str(t.get("training", {}).get("command", "")),
        data=list(t.get("data", [])),
        metrics=dict(t.get("metrics", {})),
        parity=dict(t.get("parity", {})),
        versions=dict(t.get("versions", {})),
        folder=folder,
    )


_SHAPE_FIELDS = asdict(Shape(1, 1, 1, 1, 1, 1, 1))


def _check_shapes(m: Manifest) -> None:
    s = m.shape
    if min(asdict(s).values()) <= 0 or s.head_size % 2:
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


def _check_files(m: Manifest) -> None:
    for name in (m.model, ITEM_FILE):
        if name not in m.files:
            raise LivehostError(f"The manifest of {m.name} gives no sha256 of {name}.")
    for name, digest in m.files.items():
        path = m.folder / name
        if Path(name).name != name or not path.is_file():
            raise LivehostError(f"The export {m.name} has no file {name}, which its manifest names.")
        if sha256(path) != digest:
            raise LivehostError(f"{path} is not the file that the manifest describes: its sha256 differs.")


def check_stage(m: Manifest, rate: int, hop_samples: int, frame_samples: int, schema: str, token_size: int) -> None:
    """Refuse an export that was made for another stage.

    Raises
    ------
    LivehostError
        One sentence: what differs.
    """
    if rate not in m.rates:
        raise LivehostError(f"The export {m.name} plays at {_listed(m.rates)} Hz, the stage runs at {rate} Hz.")
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


def play_file(m: Manifest, file: str) -> Manifest:
    """Take another file of an export for the step.

    Raises
    ------
    LivehostError
        Where it has none of that name.
    """
    if file not in m.files:
        raise LivehostError(f"The export {m.name} has no {file}; it has {', '.join(m.files)}.", 2)
    return replace(m, model=file)


def sha256(path: Path) -> str:
    """Digest of a file (hex)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
