"""What an export says about itself: `manifest.toml`, read, checked and written.

    name, kind, format, model     what it is, and which file plays
    [features]                    schema, rates, hop, frame, segment length, standardisation (mean, scale)
    [shape]                       layers, heads, sizes, capacity of the cache
    [inputs], [outputs]           shape of each of the step's tensors, in order
    [items]                       file of the item encoder
    [files]                       sha256 of each file
    [hyperparameters], [training], [metrics], [parity], [versions], [[data]]

Whatever made the model, it plays where this fits: nothing here asks for the tool.
"""

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.checks import check_files, check_shapes
from livehost.printable import shortly
from livehost.toml import TomlError, read_toml, to_toml

KIND = "bank-transformer"
FORMAT = 1
MANIFEST = "manifest.toml"
STEP_FILE, ITEM_FILE, SCRIPT_FILE, INT8_FILE = "model.onnx", "items.onnx", "model.ts", "model-int8.onnx"
#: Gains, biases and scalars by their names in the network: a graph may fold them, and training further needs them.
VECTOR_FILE = "vectors.npz"


@dataclass(frozen=True)
class Shape:
    """Sizes that a stepper needs.

    Attributes
    ----------
    layers, heads, head_size : int
    capacity : int
        Tokens in the cache.
    token_size, item_size, embedding : int
        Lengths of a token's, an item's and a query's vector.
    rotary_base : float
        Pair j of `head_size` turns by ``rotary_base ** (-2j / head_size)`` a position.
    """

    layers: int
    heads: int
    head_size: int
    capacity: int
    token_size: int
    item_size: int
    embedding: int
    rotary_base: float = 10_000.0

    def inputs(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of each input of the step, in order."""
        layers, half = range(self.layers), self.head_size // 2
        return {
            "token": (self.token_size,),
            "cos": (half,),
            "sin": (half,),
            "mask": (self.capacity,),
            **{f"k{i}": (self.heads, self.head_size, self.capacity) for i in layers},
            **{f"v{i}": (self.heads, self.capacity, self.head_size) for i in layers},
        }

    def outputs(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of each output of the step, in order."""
        return {
            "query": (self.embedding,),
            "attention": (self.layers, self.heads, self.capacity + 1),
            "k_new": (self.layers, self.heads, self.head_size),
            "v_new": (self.layers, self.heads, self.head_size),
        }


@dataclass
class Manifest:
    """See the module; arrays are float32."""

    name: str
    schema: str
    rates: list[int]
    hop_samples: int
    frame_samples: int
    segment_ms: float
    mean: np.ndarray
    scale: np.ndarray
    shape: Shape
    inputs: dict[str, tuple[int, ...]]
    outputs: dict[str, tuple[int, ...]]
    files: dict[str, str]
    temperature: float = 1.0
    kind: str = KIND
    format: int = FORMAT
    model: str = STEP_FILE
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    licence: str = ""
    command: str = ""
    data: list[dict[str, Any]] = field(default_factory=list)
    metrics: dict[str, Any] = field(default_factory=dict)
    parity: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=Path)

    @property
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
        table = read_toml(path)
    except TomlError as error:
        if not path.exists():
            raise LivehostError(f"{folder} is not an export: it has no {MANIFEST}.") from None
        raise LivehostError(f"{path} {error}.") from error
    for key, known in (("kind", KIND), ("format", FORMAT)):
        if table.get(key) != known:
            found = shortly(table.get(key, "unknown"))
            raise LivehostError(f"The export {folder.name} is of {key} {found}; this livehost plays {known!r}.")
    try:
        manifest = _from_table(table, folder)
    except KeyError as error:
        raise LivehostError(f"{path} does not say {error.args[0]!r}.") from error
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise LivehostError(f"{path} is not a manifest of format {FORMAT}: {error}.") from error
    check_shapes(manifest)
    check_files(manifest)
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
