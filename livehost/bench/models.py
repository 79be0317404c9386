"""Which models the bench steps: the shipped one where there is one, and random ones that it makes itself with torch."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

from livehost import __version__
from livehost.bench.material import RATE
from livehost.bench.suite import CannotRun, NotInstalled
from livehost.errors import LivehostError
from livehost.inference.bank_export import Export
from livehost.inference.export import export_places, find_export, open_export
from livehost.inference.manifest import MANIFEST, load_table
from livehost.places import cache_root
from livehost.settings import Settings

#: Name of an ear for strokes among the models that are made.
EAR = "ear"
#: What the network is written in; a change makes the kept models stale.
_SOURCES = (
    "studio/bank_transformer/model.py", "studio/bank_transformer/step_graph.py", "studio/bank_transformer/export.py",
    "studio/exporting/onnx.py", "studio/exporting/write.py", "inference/manifest.py",
    "inference/kinds/bank_transformer.py", "inference/bank_kind.py", "bench/make_models.py", "dsp/tables.py",
    "studio/models/strike.py", "studio/strike/export.py", "inference/kinds/strike.py",
    "studio/models/performance_rnn.py", "studio/performance_rnn/export.py", "inference/kinds/performance_rnn.py",
)  # fmt: skip


def has_torch() -> bool:
    """Whether random models can be made here, without importing anything."""
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "onnx", "onnxscript"))


def _folder() -> Path:
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(__version__.encode())
    for name in _SOURCES:
        digest.update((package / name).read_bytes())
    return cache_root() / "bench" / f"models-{digest.hexdigest()[:12]}"


def made_models(*names: str) -> Path:
    """Give the folder that holds random models of these names (see `livehost.bench.make_models`); made once and kept.

    Raises
    ------
    CannotRun
        Where torch is not installed, or does not make them.
    """
    folder = _folder()
    missing = [name for name in names if not any((folder / name).glob("*"))]
    if missing:
        if not has_torch():
            raise NotInstalled("Models of random weights are made with torch: pip install 'livehost[studio]'.")
        command = [sys.executable, "-m", "livehost.bench.make_models", str(folder), *missing]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CannotRun(f"torch did not make the models: {done.stderr.strip()[-200:]}")
    return folder


def default_export() -> Path:
    """Give the export that a stage plays, else one of random weights and of the same shape.

    Raises
    ------
    CannotRun
        Where there is neither.
    """
    try:
        return find_export()
    except LivehostError:
        return made_models("usual") / "usual"


def shipped_performance(*, attentive: bool) -> Path | None:
    """Give the export of a performance RNN that is shipped, None where there is none of that sort."""
    for place in export_places():
        for manifest in sorted(place.glob(f"*/{MANIFEST}")):
            table = load_table(manifest.parent)
            if table.get("kind") == "performance-rnn" and (table["shape"]["window"] > 0) == attentive:
                return manifest.parent
    return None


def performance_export(*, attentive: bool) -> Path:
    """Give the export of a performance RNN that is shipped, else one of random weights and of the usual shape.

    Raises
    ------
    CannotRun
        Where there is neither.
    """
    if (shipped := shipped_performance(attentive=attentive)) is not None:
        return shipped
    name = "performance-attentive" if attentive else "performance-plain"
    return made_models(name) / name


def stroke_ear_export() -> Path:
    """Give the export of an ear for strokes that is shipped, else one of random weights and of the usual shape.

    Raises
    ------
    CannotRun
        Where there is neither.
    """
    try:
        return find_export("strike")
    except LivehostError:
        return made_models(EAR) / EAR


def open_model(folder: Path, backend: str = "native", model: str = "") -> Export:
    """Open an export as a stage with default settings does."""
    values = Settings()
    hop, frame = int(values["listen.hop_samples"]), int(values["listen.frame_samples"])
    return open_export(folder, rate=RATE, hop_samples=hop, frame_samples=frame, backend=backend, model=model)
