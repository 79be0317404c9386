"""Opens an export: finds it, checks it, chooses what runs it, and steps it once before anybody relies on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.inference.checks import check_stage
from livehost.inference.embed import embed_bank
from livehost.inference.manifest import MANIFEST, Manifest, play_file, read_manifest
from livehost.inference.ort_native import NativeBackend
from livehost.inference.ort_python import PROVIDERS, PythonBackend
from livehost.inference.ort_selfcheck import native_trouble
from livehost.inference.stepper import Backend, Stepper
from livehost.inference.tokens import TOKEN_SIZE
from livehost.inference.torchscript import ScriptBackend

DEFAULT_EXPORT = "bank-transformer"
BACKENDS = ("auto", "native", "python", "torchscript")


def export_places() -> list[Path]:
    """Folders in which exports are found by name: the checkout's, the package's, the user's, and where one stands."""
    package, user = Path(__file__).parents[1], Path(platformdirs.user_data_dir("livehost"))
    return [package.parent / "exports", package / "exports", user / "exports", Path("exports")]


def find_export(name_or_path: str | Path = DEFAULT_EXPORT) -> Path:
    """Find an export.

    Parameters
    ----------
    name_or_path : str or Path
        A folder with a `manifest.toml`, or the name of one in `export_places`.

    Returns
    -------
    Path

    Raises
    ------
    LivehostError
        Where there is none; names those that there are.
    """
    path = Path(name_or_path).expanduser()
    if path.name == MANIFEST and path.is_file():
        path = path.parent
    if (path / MANIFEST).is_file():
        return path
    if path.is_dir() and (path.is_absolute() or len(path.parts) > 1):
        return path  # the manifest that is missing is told of when it is read
    for place in export_places():
        if len(path.parts) == 1 and (place / path / MANIFEST).is_file():
            return place / path
    known = sorted({m.parent.name for place in export_places() for m in place.glob(f"*/{MANIFEST}")})
    raise LivehostError(f"There is no export {str(name_or_path)!r}; known are: {', '.join(known) or 'none'}.", 2)


class Export:
    """A checked export; `open_export` makes it.

    Attributes
    ----------
    manifest : Manifest
    backend : str
        What really runs it, such as "onnxruntime 1.31.1 native, CPU".
    notes : list of str
        What a person should know.
    """

    def __init__(self, manifest: Manifest, backend: Backend, notes: list[str]) -> None:
        self.manifest, self._backend = manifest, backend
        self.backend = backend.name
        self.notes = [*notes, *backend.notes]

    def stepper(self) -> Stepper:
        """Make a stepper with an empty ring; several may share one export."""
        return Stepper(self.manifest.shape, self._backend)

    def embed(self, bank: Any) -> np.ndarray:
        """Embeddings of a bank's items, float32 [items, embedding]; cached on disk."""
        return embed_bank(self.manifest, bank)


def open_export(
    name_or_path: str | Path = DEFAULT_EXPORT,
    *,
    rate: int,
    hop_samples: int,
    frame_samples: int,
    backend: str = "auto",
    provider: str = "cpu",
    model: str = "",
) -> Export:
    """Open an export for a stage.

    Parameters
    ----------
    name_or_path : str or Path
        See `find_export`.
    rate, hop_samples, frame_samples : int
        Of the stage's features.
    backend : str
        "native": the worker calls ONNX Runtime; "python": a Python thread does; "torchscript"; "auto": the first of
        these that works.
    provider : str
        "cpu" or "cuda"; the latter needs a Python thread.
    model : str
        Another ONNX file of the export than the one that its manifest plays, such as "model-int8.onnx".

    Returns
    -------
    Export

    Raises
    ------
    LivehostError
        One sentence: what does not fit.
    """
    if backend not in BACKENDS:
        raise LivehostError(f"There is no back end {backend!r}; choose one of {', '.join(BACKENDS)}.", 2)
    if provider not in PROVIDERS:
        raise LivehostError(f"There is no provider {provider!r}; choose {' or '.join(PROVIDERS)}.", 2)
    manifest = read_manifest(find_export(name_or_path))
    if model:
        manifest = play_file(manifest, model)
    check_stage(manifest, rate, hop_samples, frame_samples, SEGMENT_SCHEMA, TOKEN_SIZE)
    made, notes = _backend(manifest, backend, provider)
    export = Export(manifest, made, notes)
    _try_out(export)
    return export


def _backend(manifest: Manifest, backend: str, provider: str) -> tuple[Backend, list[str]]:
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


def _try_out(export: Export) -> None:
    """Refuse a model whose numbers are not finite or whose attention does not sum to 1."""
    stepper = export.stepper()
    try:
        stepper.warm_up(1)
        sums = stepper.attention.sum(axis=1)
    except LivehostError as error:
        raise LivehostError(f"The export {export.manifest.name} cannot be played. {error}") from error
    finally:
        stepper.close()
    if np.abs(sums - 1.0).max() > 1e-4:
        raise LivehostError(f"The attention of the export {export.manifest.name} does not sum to 1.")
