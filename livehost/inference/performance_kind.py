"""The kind of a performance RNN's export: its manifest is parsed and checked here, and opened where it is played."""

from dataclasses import asdict
from typing import Any

from livehost.errors import LivehostError
from livehost.inference.checks import difference
from livehost.inference.kinds import Kind
from livehost.inference.kinds.performance_rnn import PerformanceManifest
from livehost.inference.manifest import Manifest
from livehost.inference.recurrent_state import RecurrentShape
from livehost.performance import condition, vocabulary

#: Larger sizes are an accident, or meant to fill the memory.
MAX_SIZE = 1 << 20
_SHAPE_FIELDS = tuple(asdict(RecurrentShape(1, 1, 1, 1)))


class PerformanceKind(Kind):
    """Parses, checks and opens exports of performance RNNs; see `Kind`."""

    anew = (
        "livehost train performance --data MIDI --out training/new && "
        "livehost export performance training/new/best.pt --out exports/NAME"
    )

    def parse(self, header: Manifest) -> PerformanceManifest:
        """Parse shape and tensors."""
        tables = header.tables
        return header.extended(
            PerformanceManifest,
            shape=RecurrentShape(**{key: int(tables["shape"][key]) for key in _SHAPE_FIELDS}),
            inputs={name: tuple(int(n) for n in shape) for name, shape in tables["inputs"].items()},
            outputs={name: tuple(int(n) for n in shape) for name, shape in tables["outputs"].items()},
            temperature=float(header.hyperparameters.get("temperature", 1.0)),
        )

    def check(self, manifest: PerformanceManifest) -> None:
        """Refuse sizes that no model has, another vocabulary, and tensors that do not follow from the sizes."""
        name, shape = manifest.name, manifest.shape
        sizes = (shape.layers, shape.hidden, shape.condition, shape.events)
        attention = (shape.window, shape.size)
        possible = all(0 < n <= MAX_SIZE for n in sizes) and all(0 <= n <= MAX_SIZE for n in attention)
        if not possible or (shape.window > 0) != (shape.size > 0):
            raise LivehostError(f"The export {name} has an impossible shape: {asdict(shape)}.")
        for what, found, wanted in (
            ("events", shape.events, vocabulary.SIZE), ("numbers of a condition", shape.condition, condition.SIZE)
        ):  # fmt: skip
            if found != wanted:
                raise LivehostError(f"The export {name} has {found} {what}, and this livehost {wanted}.")
        if not 0 < manifest.temperature < float("inf"):
            raise LivehostError(f"The temperature in the manifest of {name} is not a number above 0.")
        for tensor, wants, has in (
            ("input", shape.inputs(), manifest.inputs), ("output", shape.outputs(), manifest.outputs)
        ):  # fmt: skip
            difference(f"The manifest of {name}", tensor, wants, has)

    def open(self, manifest: PerformanceManifest, **setup: Any) -> Any:
        """Make the `livehost.inference.performance_export.PerformanceExport` that steps it."""
        from livehost.inference.performance_export import open_performance_export

        return open_performance_export(manifest, backend=setup["backend"], provider=setup["provider"])


KIND = PerformanceKind()
