"""An open export of a bank transformer: chooses what runs it, steps it, embeds banks with it."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.embed import embed_bank
from livehost.inference.kinds.bank_transformer import BankManifest, check_stage
from livehost.inference.ort_native import NativeBackend
from livehost.inference.ort_python import PROVIDERS, PythonBackend
from livehost.inference.ort_selfcheck import native_trouble
from livehost.inference.stepper import Backend, Stepper
from livehost.inference.torchscript import ScriptBackend

#: Steps to try a model with; the fastest tells what one takes.
_TRIES = 3
BACKENDS = ("auto", "native", "python", "torchscript")


class Export:
    """An open export of a bank transformer; `livehost.inference.export.open_export` makes it.

    Attributes
    ----------
    manifest : BankManifest
    backend : str
        What really runs it, such as "onnxruntime 1.31.1 native, CPU".
    notes : list of str
        What a person should know.
    step_ms : float
        What a step takes here, the fastest of a few.
    """

    def __init__(self, manifest: BankManifest, backend: Backend, notes: list[str]) -> None:
        self.manifest, self._backend = manifest, backend
        self.backend = backend.name
        self.notes = [*notes, *backend.notes]
        self.step_ms = 0.0

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
    if backend not in BACKENDS:
        raise LivehostError(f"There is no back end {backend!r}; choose one of {', '.join(BACKENDS)}.", 2)
    if provider not in PROVIDERS:
        raise LivehostError(f"There is no provider {provider!r}; choose {' or '.join(PROVIDERS)}.", 2)
    check_stage(manifest, rate=rate, hop_samples=hop_samples, frame_samples=frame_samples)
    made, notes = _backend(manifest, backend, provider)
    export = Export(manifest, made, notes)
    export.step_ms = _try_out(export)
    return export


def _backend(manifest: BankManifest, backend: str, provider: str) -> tuple[Backend, list[str]]:
    makers: dict[str, Callable[[], Backend]] = {
        "native": lambda: NativeBackend(manifest),
        "python": lambda: PythonBackend(manifest, provider),
        "torchscript": lambda: ScriptBackend(manifest),
    }
    if backend in ("python", "torchscript"):
        return makers[backend](), []
    if provider != "cpu":
        if backend == "native":
            raise LivehostError(f"The native back end runs on the processor; {provider} needs --backend python.", 2)
        return makers["python"](), []
    if trouble := native_trouble():
        reason = f"ONNX Runtime cannot be called from the worker ({trouble})"
        if backend == "native":
            raise LivehostError(f"{reason}.")
        return makers["python"](), [f"{reason}: a Python thread runs the model, and may be late."]
    return makers["native"](), []


def _try_out(export: Export) -> float:
    """Refuse a model whose numbers are not finite or whose attention does not sum to 1; give the time of a step, ms."""
    stepper, took = export.stepper(), []
    try:
        for _ in range(_TRIES):
            began = time.perf_counter()
            stepper.warm_up(1)
            took.append(time.perf_counter() - began)
        sums = stepper.attention.sum(axis=1)
    except LivehostError as error:
        raise LivehostError(f"The export {export.manifest.name} cannot be played. {error}") from error
    finally:
        stepper.close()
    if np.abs(sums - 1.0).max() > 1e-4:
        raise LivehostError(f"The attention of the export {export.manifest.name} does not sum to 1.")
    return 1000.0 * min(took)
