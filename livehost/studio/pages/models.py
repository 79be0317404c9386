"""Opens a model of sounds of whichever family."""

from importlib import import_module
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.extras import require
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds import mel_vae, mel_vqvae

#: Kind → module that opens exports and checkpoints of it.
_OPENERS = {mel_vae.NAME: "livehost.studio.mel_vae.sounds", mel_vqvae.NAME: "livehost.studio.mel_vqvae.sounds"}


def open_sounds(model: Path | str) -> tuple[str, Any]:
    """Open an export (folder, or name) or a checkpoint (a `.pt` file); give its kind, and what makes sounds with it.

    Raises
    ------
    LivehostError
        Where there is none, or it makes no sounds.
    """
    kind = _kind(model)
    if kind not in _OPENERS:
        raise LivehostError(f"{model} is of kind {kind!r}, which makes no sounds: {' or '.join(_OPENERS)} does.", 2)
    return kind, import_module(_OPENERS[kind]).open_sounds(model)


def _kind(model: Path | str) -> str:
    if Path(model).suffix != ".pt":
        return str(read_manifest(find_export(model)).kind)
    require("A checkpoint", "torch")
    from livehost.studio.training.checkpoint import load_checkpoint

    return str(load_checkpoint(model)["kind"])
