"""The table of back ends: what runs a model, chosen by name or by what works here, and tried out."""

import time
from collections.abc import Callable

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.manifest import SteppedManifest
from livehost.inference.ort_native import NativeBackend
from livehost.inference.ort_python import PROVIDERS, PythonBackend
from livehost.inference.ort_selfcheck import native_trouble
from livehost.inference.stepping import Backend, Stepping
from livehost.inference.torchscript import ScriptBackend

#: Steps to try a model with; the fastest tells what one takes.
_TRIES = 3
BACKENDS = ("auto", "native", "python", "torchscript")


def check_names(backend: str, provider: str) -> None:
    """Refuse a back end or a provider that there is not.

    Raises
    ------
    LivehostError
        Naming those that there are.
    """
    if backend not in BACKENDS:
        raise LivehostError(f"There is no back end {backend!r}; choose one of {', '.join(BACKENDS)}.", 2)
    if provider not in PROVIDERS:
        raise LivehostError(f"There is no provider {provider!r}; choose {' or '.join(PROVIDERS)}.", 2)


def choose_backend(manifest: SteppedManifest, backend: str, provider: str) -> tuple[Backend, list[str]]:
    """Load a model into the back end of that name; "auto" is the first of `BACKENDS` that works.

    Returns
    -------
    backend : Backend
    notes : list of str
        Why it is not the one that was hoped for.

    Raises
    ------
    LivehostError
        Where it cannot be loaded, or not in that way.
    """
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


def fastest_step(manifest: SteppedManifest, stepper: Stepping) -> float:
    """Give what a step takes, the fastest of a few, ms.

    Raises
    ------
    LivehostError
        Where the model fails or gives numbers that are not finite.
    """
    took = []
    try:
        for _ in range(_TRIES):
            began = time.perf_counter()
            stepper.warm_up(1)
            took.append(time.perf_counter() - began)
    except LivehostError as error:
        raise LivehostError(f"The export {manifest.name} cannot be played. {error}") from error
    return 1000.0 * min(took)


def check_attention(manifest: SteppedManifest, sums: np.ndarray) -> None:
    """Refuse a model whose rows of attention do not sum to 1.

    Raises
    ------
    LivehostError
    """
    if np.abs(sums - 1.0).max() > 1e-4:
        raise LivehostError(f"The attention of the export {manifest.name} does not sum to 1.")
