"""An open export of a bank transformer: chooses what runs it, steps it, embeds banks with it."""

from typing import Any

import numpy as np

from livehost.inference.backends import BACKENDS, check_attention, check_names, choose_backend, fastest_step
from livehost.inference.embed import embed_bank
from livehost.inference.kinds.bank_transformer import BankManifest, check_stage
from livehost.inference.stepper import Stepper
from livehost.inference.stepping import OpenExport

__all__ = ["BACKENDS", "Export", "open_bank_export"]


class Export(OpenExport):
    """An open export of a bank transformer; `livehost.inference.export.open_export` makes it."""

    manifest: BankManifest

    def stepper(self) -> Stepper:
        """Make a stepper with an empty KV cache; several may share one export."""
        return Stepper(self.manifest.shape, self._backend)

    def embed(self, bank: Any) -> np.ndarray:
        """Compute the embeddings of a bank's items, float32 [items, embedding]; cached on disk."""
        return embed_bank(self.manifest, bank)


def open_bank_export(
    manifest: BankManifest, *, rate: int, hop_samples: int, frame_samples: int, backend: str, provider: str
) -> Export:
    """Check an export against the stage, choose its back end, and step it once; see `open_export`."""
    check_names(backend, provider)
    check_stage(manifest, rate=rate, hop_samples=hop_samples, frame_samples=frame_samples)
    made, notes = choose_backend(manifest, backend, provider)
    export = Export(manifest, made, notes)
    export.step_ms = _try_out(export)
    return export


def _try_out(export: Export) -> float:
    """Refuse a model whose numbers are not finite or whose attention does not sum to 1; give the time of a step, ms."""
    stepper = export.stepper()
    try:
        took = fastest_step(export.manifest, stepper)
        sums = stepper.attention.sum(axis=1)
    finally:
        stepper.close()
    check_attention(export.manifest, sums)
    return took
