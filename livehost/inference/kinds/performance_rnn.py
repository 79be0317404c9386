"""The manifest of a performance RNN's export: shape of its state, tensors.

    [shape]                layers, hidden, condition, events; window and size of its attention, 0 where it has none
    [inputs], [outputs]    shape of each of the step's tensors, in order

`[hyperparameters]` may hold the temperature that its logits want.
"""

from dataclasses import asdict, dataclass
from typing import Any

from livehost.inference.manifest import SteppedManifest
from livehost.inference.recurrent_state import RecurrentShape

NAME = "performance-rnn"


@dataclass(kw_only=True)
class PerformanceManifest(SteppedManifest):
    """Manifest of a performance RNN.

    Attributes
    ----------
    shape : RecurrentShape
        Sizes of a step.
    temperature : float
        Of the logits, learnt.
    """

    shape: RecurrentShape
    temperature: float = 1.0


def to_tables(shape: RecurrentShape) -> dict[str, Any]:
    """Put the kind's tables together, as they stand in the manifest."""
    return {"shape": asdict(shape), "inputs": shape.inputs(), "outputs": shape.outputs()}
