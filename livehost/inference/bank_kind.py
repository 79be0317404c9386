"""The kind of a bank transformer's export: its manifest is parsed and checked here, and opened where it is played.

It stands apart from the manifest's own class, which all that run the export know, so that they do not need each other.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from livehost.dsp.beat.intervals import BINS
from livehost.errors import LivehostError
from livehost.inference.checks import difference
from livehost.inference.kinds import Kind
from livehost.inference.kinds.bank_transformer import ITEM_FILE, BankManifest
from livehost.inference.kv_cache import Shape
from livehost.inference.manifest import Manifest

#: Larger sizes are an accident, or meant to fill the memory.
MAX_SIZE = 1 << 20
_SHAPE_FIELDS = asdict(Shape(1, 1, 1, 1, 1, 1, 1))


class BankTransformerKind(Kind):
    """Parses, checks and opens exports of bank transformers; see `Kind`."""

    anew = (
        "livehost train bank --data MUSIC --out training/new && "
        "livehost export bank training/new/best.pt --out exports/NAME"
    )

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
            shape=_shape(tables["shape"]),
            inputs={name: tuple(int(n) for n in shape) for name, shape in tables["inputs"].items()},
            outputs={name: tuple(int(n) for n in shape) for name, shape in tables["outputs"].items()},
            temperature=float(header.hyperparameters.get("temperature", 1.0)),
        )

    def check(self, manifest: BankManifest) -> None:
        """Refuse sizes that no model has, and tensors that do not follow from them."""
        name, shape, sizes = manifest.name, manifest.shape, list(asdict(manifest.shape).values())
        strokes = sizes.pop(list(_SHAPE_FIELDS).index("strokes"))
        impossible = not all(0 < size <= MAX_SIZE for size in sizes) or shape.layers > len(manifest.inputs)
        if strokes not in {0, BINS}:
            raise LivehostError(
                f"The export {name} tells the next stroke in {strokes} bins, and this livehost reads {BINS}: "
                f"{self.anew}, or take a newer livehost."
            )
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


def _shape(table: Mapping[str, Any]) -> Shape:
    """Parse the sizes; `strokes` was not there in exports of before."""
    given = {"strokes": 0, **table}
    return Shape(**{key: type(like)(given[key]) for key, like in _SHAPE_FIELDS.items()})


KIND = BankTransformerKind()
