"""A checkpoint becomes an export: ONNX (and TorchScript, and 8-bit weights), its manifest, and proof that all agree.

Everything is written beside the destination and moved there only when every check has passed.
"""

import platform
import shutil
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from livehost.errors import LivehostError
from livehost.inference.checks import sha256
from livehost.inference.export import read_manifest
from livehost.inference.kinds.bank_transformer import (
    INT8_FILE,
    ITEM_FILE,
    KIND,
    NAME,
    SCRIPT_FILE,
    STEP_FILE,
    VECTOR_FILE,
    BankManifest,
    Features,
    to_tables,
)
from livehost.inference.kv_cache import Shape
from livehost.inference.manifest import MANIFEST, Manifest
from livehost.studio.bank_transformer.model import ROTARY_BASE
from livehost.studio.exporting.onnx import quantise, write_items, write_script, write_step, write_vectors
from livehost.studio.exporting.parity import SAME_TOP1, check_parity
from livehost.studio.training.checkpoint import load_checkpoint, network

#: Sample rates at which the stage's features mean the same.
RATES = [44_100, 48_000]


def export_bank(
    checkpoint_path: Path | str,
    out_dir: Path | str,
    *,
    torchscript: bool = False,
    int8: bool = False,
    play_int8: bool = False,
    licence: str = "MIT",
    say: Callable[[str], None] = print,
) -> Manifest:
    """Export a trained bank transformer.

    Parameters
    ----------
    checkpoint_path : path
        What training saved; its `probe` (tokens [n, token_size]) and `probe_items` are used for parity where present.
    out_dir : path
        The export's folder; its name is the export's name. An export that stands there is replaced.
    torchscript : bool
        Also write `model.ts`.
    int8 : bool
        Also write `model-int8.onnx` (8-bit weights), and say how often it chooses as the other one does.
    play_int8 : bool
        Play that one by default; refused where it chooses otherwise in more than 2 % of the probe's steps.
    licence : str
        Of the weights.
    say : callable
        Gets lines of progress.

    Returns
    -------
    Manifest

    Raises
    ------
    LivehostError
        One sentence: what the checkpoint lacks, or where the formats differ. Nothing is left at the destination then.
    """
    checkpoint = load_checkpoint(checkpoint_path)
    formats = {name for name, wanted in ((SCRIPT_FILE, torchscript), (INT8_FILE, int8 or play_int8)) if wanted}
    out = Path(out_dir)
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        manifest = _write(checkpoint, work, out.name, formats, licence, say)
        if play_int8:
            _play_int8(manifest)
        manifest.write(work)
        read_manifest(work)
        _put(work, out)
    except OSError as error:
        raise LivehostError(f"The export cannot be written to {out}: {error}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    size = sum(f.stat().st_size for f in out.iterdir())
    say(f"{out}: {', '.join(sorted(f.name for f in out.iterdir()))}, {size / 1e6:.1f} MB; plays {manifest.model}.")
    return read_manifest(out)


def _write(
    checkpoint: dict[str, Any],
    folder: Path,
    name: str,
    formats: set[str],
    licence: str,
    say: Callable[[str], None],
) -> BankManifest:
    model = network(checkpoint).eval()
    with warnings.catch_warnings():  # torch's exporters warn about their own insides
        warnings.simplefilter("ignore")
        say("Writing ONNX …")
        write_step(model, folder / STEP_FILE)
        write_items(model, folder / ITEM_FILE)
        write_vectors(model, folder / VECTOR_FILE)
        if SCRIPT_FILE in formats:
            say("Writing TorchScript …")
            write_script(model, folder / SCRIPT_FILE)
        if INT8_FILE in formats:
            say("Writing 8-bit weights …")
            quantise(folder / STEP_FILE, folder / INT8_FILE)
    s = model.shape
    shape = Shape(
        layers=s.layers, heads=s.heads, head_size=s.head_size, capacity=s.window, token_size=s.token_size,
        item_size=s.item_size, embedding=s.embedding, rotary_base=ROTARY_BASE,
    )  # fmt: skip
    features = Features(
        schema=str(checkpoint["schema"]), rates=RATES, hop_samples=int(checkpoint["hop_samples"]),
        frame_samples=int(checkpoint["frame_samples"]), segment_ms=float(checkpoint["segment_ms"]),
        mean=np.asarray(checkpoint["mean"], np.float32), scale=np.asarray(checkpoint["scale"], np.float32),
    )  # fmt: skip
    manifest = KIND.parse(
        Manifest(
            name=name, kind=NAME, model=STEP_FILE,
            files={file: sha256(folder / file) for file in (STEP_FILE, ITEM_FILE, VECTOR_FILE, *sorted(formats))},
            hyperparameters={"temperature": float(model.temperature().detach()), **checkpoint["hyperparameters"]},
            licence=licence,
            command=str(checkpoint.get("command", "")),
            data=list(checkpoint.get("data", [])),
            metrics=dict(checkpoint.get("metrics", {})),
            versions=_versions(), tables=to_tables(features, shape),
            folder=folder,
        )
    )  # fmt: skip
    say("Comparing the formats …")
    manifest.parity = check_parity(
        model, manifest, probe=checkpoint.get("probe"), probe_items=checkpoint.get("probe_items")
    )
    say("  " + ", ".join(f"{key} {value:.3g}" for key, value in manifest.parity.items()))
    return manifest


def _play_int8(manifest: BankManifest) -> None:
    same = manifest.parity["int8_same_top1"]
    if same < SAME_TOP1:
        raise LivehostError(
            f"8-bit weights choose the same item in {same:.1%} of steps, wanted is {SAME_TOP1:.0%}: export without."
        )
    manifest.model = INT8_FILE


def _put(work: Path, out: Path) -> None:
    """Move a finished folder to its place; the one that stood there goes."""
    work.chmod(0o755)
    if not out.exists():
        work.rename(out)
        return
    if any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise LivehostError(f"{out} holds something that is not an export; choose another folder.")
    old = work.with_name(f"{work.name}-old")
    out.rename(old)
    work.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _versions() -> dict[str, str]:
    import onnx
    import onnxruntime

    import livehost

    return {
        "livehost": livehost.__version__,
        "torch": str(torch.__version__),
        "onnx": onnx.__version__,
        "onnxruntime": onnxruntime.__version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "numpy": np.__version__,
    }
