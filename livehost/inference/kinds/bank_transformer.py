"""The manifest of a bank transformer's export: features, shape of the KV cache, tensors, and their checks.

    [features]             schema, rates, hop, frame, segment length, normalisation (mean, scale)
    [shape]                layers, heads, sizes, capacity of the cache
    [inputs], [outputs]    shape of each of the step's tensors, in order

Files: the step (`STEP_FILE`), the item encoder, and what else was asked for. `[hyperparameters]` also holds the
temperature.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.inference.checks import WrongRate, difference
from livehost.inference.kinds import Kind
from livehost.inference.kv_cache import Shape
from livehost.inference.manifest import Manifest
from livehost.inference.tokens import TOKEN_SIZE

NAME = "bank-transformer"
STEP_FILE, ITEM_FILE, SCRIPT_FILE, INT8_FILE = "model.onnx", "items.onnx", "model.ts", "model-int8.onnx"
#: Gains, biases and scalars by their names in the network: a graph may fold them, and training further needs them.
VECTOR_FILE = "vectors.npz"
#: Larger sizes are an accident, or meant to fill the memory.
MAX_SIZE = 1 << 20


@dataclass(kw_only=True)
class Features:
    """How the segments were made that a model was trained on.

    Attributes
    ----------
    schema : str
        Name of the set of features.
    rates : list of int
        Sample rates at which they mean the same, Hz.
    hop_samples, frame_samples : int
    segment_ms : float
        Longest segment.
    mean, scale : numpy.ndarray
        Float32 [features], of the training data.
    """

    schema: str
    rates: list[int]
    hop_samples: int
    frame_samples: int
    segment_ms: float
    mean: np.ndarray
    scale: np.ndarray


@dataclass(kw_only=True)
class BankManifest(Features, Manifest):
    """Manifest of a bank transformer.

    Attributes
    ----------
    shape : Shape
        Sizes of a step.
    inputs, outputs : dict of str to tuple of int
        Name → shape of each tensor of the step, in order.
    temperature : float
        Of the logits, learnt.
    """

    shape: Shape
    inputs: dict[str, tuple[int, ...]]
    outputs: dict[str, tuple[int, ...]]
    temperature: float = 1.0


def to_tables(features: Features, shape: Shape) -> dict[str, Any]:
    """Put the kind's tables together, as they stand in the manifest."""
    return {
        "features": {field.name: getattr(features, field.name) for field in fields(Features)},
        "shape": asdict(shape),
        "inputs": shape.inputs(),
        "outputs": shape.outputs(),
    }


class BankTransformerKind(Kind):
    """Parses, checks and opens exports of bank transformers; see `Kind`."""

    def parse(self, header: Manifest) -> BankManifest:
        """Parse features, shape and tensors."""
        tables = header.tables
        features = tables["features"]
        return header.extended(
            BankManifest,
            schema=str(features["schema"]),
            rates=[int(rate) for rate in features["rates"]],
            hop_samples=int(features["hop_samples"]),
            frame_samples=int(features["frame_samples"]),
            segment_ms=float(features["segment_ms"]),
            mean=np.array(features["mean"], np.float32),
            scale=np.array(features["scale"], np.float32),
            shape=Shape(**{key: type(like)(tables["shape"][key]) for key, like in _SHAPE_FIELDS.items()}),
            inputs={name: tuple(int(n) for n in shape) for name, shape in tables["inputs"].items()},
            outputs={name: tuple(int(n) for n in shape) for name, shape in tables["outputs"].items()},
            temperature=float(header.hyperparameters.get("temperature", 1.0)),
        )

    def check(self, manifest: BankManifest) -> None:
        """Refuse sizes that no model has, and tensors that do not follow from them."""
        name, shape, sizes = manifest.name, manifest.shape, list(asdict(manifest.shape).values())
        impossible = not all(0 < size <= MAX_SIZE for size in sizes) or shape.layers > len(manifest.inputs)
        if impossible or shape.head_size % 2:
            raise LivehostError(f"The export {name} has an impossible shape: {asdict(shape)}.")
        for tensor, wanted, found in (
            ("input", shape.inputs(), manifest.inputs), ("output", shape.outputs(), manifest.outputs)
        ):  # fmt: skip
            difference(f"The manifest of {name}", tensor, wanted, found)
        for row, values in (("mean", manifest.mean), ("scale", manifest.scale)):
            if values.ndim != 1 or 2 * len(values) != shape.item_size or not np.isfinite(values).all():
                raise LivehostError(
                    f"The {row} in the manifest of {name} is not a row of {shape.item_size // 2} finite numbers."
                )
        if (manifest.scale <= 0).any():
            raise LivehostError(f"The scale in the manifest of {name} is not above 0 everywhere.")

    def needed_files(self, manifest: BankManifest) -> tuple[str, ...]:  # noqa: ARG002
        """Name the item encoder."""
        return (ITEM_FILE,)

    def open(self, manifest: BankManifest, **setup: Any) -> Any:
        """Make the `livehost.inference.bank_export.Export` that steps it and embeds banks."""
        from livehost.inference.bank_export import open_bank_export

        return open_bank_export(manifest, **setup)


KIND = BankTransformerKind()
_SHAPE_FIELDS = asdict(Shape(1, 1, 1, 1, 1, 1, 1))


def check_stage(manifest: BankManifest, *, rate: int, hop_samples: int, frame_samples: int) -> None:
    """Refuse an export that was made for other features than this stage's.

    Raises
    ------
    LivehostError
        One sentence: what differs. `WrongRate` where it is the sample rate.
    """
    if rate not in manifest.rates:
        raise WrongRate(
            f"The export {manifest.name} plays at {' or '.join(map(str, manifest.rates))} Hz, the stage runs at "
            f"{rate} Hz: give --rate {manifest.rates[-1]} where the sound card takes that, or --player nearest.", 2,
        )  # fmt: skip
    for what, wanted, found in (
        ("feature schema", SEGMENT_SCHEMA, manifest.schema),
        ("hop", hop_samples, manifest.hop_samples),
        ("frame", frame_samples, manifest.frame_samples),
        ("token size", TOKEN_SIZE, manifest.shape.token_size),
    ):
        if wanted != found:
            raise LivehostError(f"The export {manifest.name} was made for {what} {found}, the stage has {wanted}.")
