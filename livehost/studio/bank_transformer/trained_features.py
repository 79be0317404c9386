"""The features that a bank transformer was trained on, as its checkpoints and its exports' manifests state them.

The one place that lists what a checkpoint of this family holds besides the header that all families share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from torch import Tensor

from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.inference.kinds.bank_transformer import Features
from livehost.settings import TABLE
from livehost.studio.audio_data.segments import RATE

#: Sample rates at which the stage's features mean the same, Hz.
RATES = [44_100, 48_000]


@dataclass(frozen=True)
class TrainedFeatures:
    """Features of the segments that a network was trained on.

    Attributes
    ----------
    mean, scale : Tensor
        Float32 [SEGMENT_SIZE], by which features are normalised.
    schema : str
        Name of the set of features.
    rate : float
        Sample rate, Hz.
    hop_samples, frame_samples : int
    segment_ms : float
        Longest segment.
    """

    mean: Tensor
    scale: Tensor
    schema: str
    rate: float
    hop_samples: int
    frame_samples: int
    segment_ms: float

    @classmethod
    def fields(cls) -> dict[str, Any]:
        """List the keys of a checkpoint, with the types that their values may have."""
        return {field.name: (int, float) if field.type is float else field.type for field in fields(cls)}

    @classmethod
    def of_this_version(cls, mean: np.ndarray, scale: np.ndarray) -> "TrainedFeatures":
        """Describe the features that this version of livehost measures."""
        return cls(
            torch.from_numpy(mean.copy()), torch.from_numpy(scale.copy()), SEGMENT_SCHEMA, RATE,
            int(TABLE["listen.hop_samples"].default), int(TABLE["listen.frame_samples"].default),
            float(TABLE["listen.segment_ms"].default),
        )  # fmt: skip

    @classmethod
    def of_checkpoint(cls, checkpoint: Mapping[str, Any]) -> "TrainedFeatures":
        """Take them from a checkpoint."""
        return cls(**{field.name: checkpoint[field.name] for field in fields(cls)})

    @classmethod
    def of_manifest(cls, features: Features) -> "TrainedFeatures":
        """Take them from a manifest."""
        mean, scale = (torch.from_numpy(np.array(row, np.float32)) for row in (features.mean, features.scale))
        return cls(
            mean, scale, features.schema, features.rates[-1], features.hop_samples, features.frame_samples,
            features.segment_ms,
        )  # fmt: skip

    def for_checkpoint(self) -> dict[str, Any]:
        """Give them as a checkpoint has them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def for_manifest(self) -> Features:
        """Give them as a manifest has them."""
        return Features(
            schema=str(self.schema),
            rates=RATES,
            hop_samples=int(self.hop_samples),
            frame_samples=int(self.frame_samples),
            segment_ms=float(self.segment_ms),
            mean=np.asarray(self.mean, np.float32),
            scale=np.asarray(self.scale, np.float32),
        )
