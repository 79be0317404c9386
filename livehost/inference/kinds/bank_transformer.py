"""The manifest of a bank transformer's export: features, shape of the KV cache, tensors.

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
from livehost.inference.checks import WrongRate
from livehost.inference.kv_cache import Shape
from livehost.inference.manifest import SteppedManifest
from livehost.inference.tokens import TOKEN_SIZE

NAME = "bank-transformer"
ITEM_FILE = "items.onnx"
#: Gains, biases and scalars by their names in the network: a graph may fold them, and training further needs them.
VECTOR_FILE = "vectors.npz"


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
class BankManifest(Features, SteppedManifest):
    """Manifest of a bank transformer.

    Attributes
    ----------
    shape : Shape
        Sizes of a step.
    temperature : float
        Of the logits, learnt.
    """

    shape: Shape
    temperature: float = 1.0


def to_tables(features: Features, shape: Shape) -> dict[str, Any]:
    """Put the kind's tables together, as they stand in the manifest."""
    return {
        "features": {field.name: getattr(features, field.name) for field in fields(Features)},
        "shape": asdict(shape),
        "inputs": shape.inputs(),
        "outputs": shape.outputs(),
    }


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
