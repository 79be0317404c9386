"""Steps a performance RNN, several lines at once: an export as it plays, or a checkpoint's network."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds.performance_rnn import NAME
from livehost.inference.ort_python import PythonBackend
from livehost.inference.recurrent_stepper import RecurrentStepper

if TYPE_CHECKING:
    from livehost.studio.models.performance_rnn import PerformanceRNN, State

#: Events of a whole sequence that are run at once.
_BLOCK = 512


class Lines(Protocol):
    """Some lines that are stepped side by side.

    - `step(events, sources, conditions)`: take one event of each line in ([lines], [lines], [lines, 15]), and give the
      logits of the next own ones, float32 [lines, 388].
    - `reorder(of)`: let line k go on from where line `of[k]` is.
    """

    def step(self, events: np.ndarray, sources: np.ndarray, conditions: np.ndarray) -> np.ndarray:
        """Step all lines."""
        ...

    def reorder(self, of: Sequence[int]) -> None:
        """Copy states from line to line."""
        ...


class Model(Protocol):
    """What can be stepped: `name`, `about` (what the JSON says of it), and these.

    - `lines(count)`: lines that know nothing yet.
    - `run(events, sources, conditions)`: logits after each event of one sequence, float32 [events, 388].
    """

    name: str
    about: dict[str, Any]

    def lines(self, count: int) -> Lines:
        """Make lines."""
        ...

    def run(self, events: np.ndarray, sources: np.ndarray, conditions: np.ndarray) -> np.ndarray:
        """Run a sequence."""
        ...


def open_model(path: Path | str) -> Model:
    """Open an export (folder, or name), or a checkpoint (a `.pt` file).

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    file = Path(path).expanduser()
    if file.suffix == ".pt":
        from livehost.extras import require

        require("A checkpoint", "torch")
        return NetworkModel.load(file)
    return ExportModel(read_manifest(find_export(path), NAME))


class ExportModel:
    """An export, stepped by ONNX Runtime as a player does; see `Model`."""

    def __init__(self, manifest: Any) -> None:
        self.name, self._manifest = manifest.name, manifest
        self._backend = PythonBackend(manifest, "cpu")
        self.about = {"model": manifest.name, "file": manifest.model, "sha256": manifest.sha256}

    def lines(self, count: int) -> "ExportLines":
        """Make lines."""
        return ExportLines([RecurrentStepper(self._manifest.shape, self._backend) for _ in range(count)])

    def run(self, events: np.ndarray, sources: np.ndarray, conditions: np.ndarray) -> np.ndarray:
        """Run a sequence."""
        lines = self.lines(1)
        return np.concatenate([
            lines.step(events[k : k + 1], sources[k : k + 1], conditions[k : k + 1]) for k in range(len(events))
        ])  # fmt: skip


class ExportLines:
    """Lines of an export; see `Lines`."""

    def __init__(self, steppers: list[RecurrentStepper]) -> None:
        self._steppers = steppers

    def step(self, events: np.ndarray, sources: np.ndarray, conditions: np.ndarray) -> np.ndarray:
        """Step all lines."""
        rows = zip(self._steppers, events, sources, conditions, strict=True)
        return np.stack([stepper.step(int(e), int(s), c) for stepper, e, s, c in rows])

    def reorder(self, of: Sequence[int]) -> None:
        """Copy states from line to line."""
        kept = [
            ({name: array.copy() for name, array in s.memory.inputs.items()}, int(s.memory.count[0]))
            for s in self._steppers
        ]
        for stepper, source in zip(self._steppers, of, strict=True):
            arrays, count = kept[source]
            for name, array in stepper.memory.inputs.items():
                array[:] = arrays[name]
            stepper.memory.count[0] = count


class NetworkModel:
    """A network in torch; see `Model`.

    Parameters
    ----------
    network : PerformanceRNN
        In evaluation.
    name : str
    """

    def __init__(self, network: "PerformanceRNN", name: str) -> None:
        self.network, self.name = network, name
        self.about: dict[str, Any] = {"model": name}

    @classmethod
    def load(cls, path: Path) -> "NetworkModel":
        """Load a checkpoint."""
        from livehost.studio.families import FAMILIES
        from livehost.studio.training.checkpoint import load_checkpoint, network

        checkpoint = load_checkpoint(path, FAMILIES["performance"])
        model = cls(network(checkpoint).eval(), path.parent.name or path.stem)
        model.about |= {key: checkpoint.get(key) for key in ("steps", "seconds", "command", "hyperparameters")}
        return model

    def lines(self, count: int) -> "NetworkLines":
        """Make lines."""
        return NetworkLines(self.network, count)

    def run(self, events: np.ndarray, sources: np.ndarray, conditions: np.ndarray) -> np.ndarray:
        """Run a sequence, in blocks."""
        import torch

        parts: list[np.ndarray] = []
        state: State | None = None
        with torch.inference_mode():
            for first in range(0, len(events), _BLOCK):
                cut = slice(first, first + _BLOCK)
                e, s, c = (torch.from_numpy(np.ascontiguousarray(x[cut]))[None] for x in (events, sources, conditions))
                logits, state = self.network(e, s, c, state)
                parts.append(logits[0].float().numpy())
        return np.concatenate(parts)


class NetworkLines:
    """Lines of a network; see `Lines`."""

    def __init__(self, network: "PerformanceRNN", count: int) -> None:
        self._network = network
        self._state = network.begin(count)

    def step(self, events: np.ndarray, sources: np.ndarray, conditions: np.ndarray) -> np.ndarray:
        """Step all lines."""
        import torch

        with torch.inference_mode():
            e, s = (torch.from_numpy(np.asarray(x, np.int64))[:, None] for x in (events, sources))
            c = torch.from_numpy(np.asarray(conditions, np.float32))[:, None]
            logits, self._state = self._network(e, s, c, self._state)
        found: np.ndarray = logits[:, 0].float().numpy()
        return found

    def reorder(self, of: Sequence[int]) -> None:
        """Copy states from line to line."""
        import torch

        rows = torch.tensor(list(of))
        self._state = type(self._state)(*(part[rows] for part in self._state))
