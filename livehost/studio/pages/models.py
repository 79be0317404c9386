"""Opens a model of mels, or a vocoder, of whichever family."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.extras import require
from livehost.inference.export import find_export, read_manifest
from livehost.inference.kinds import mel_vae, mel_vqvae, vocoder

#: Kinds that make mels, and those that make a sound of one.
MELS, VOCODERS = (mel_vae.NAME, mel_vqvae.NAME), (vocoder.NAME,)
#: Kind → module that opens exports and checkpoints of it.
_OPENERS = {
    mel_vae.NAME: "livehost.studio.mel_vae.sounds",
    mel_vqvae.NAME: "livehost.studio.mel_vqvae.sounds",
    vocoder.NAME: "livehost.studio.vocoder.sounds",
}


def open_sounds(model: Path | str, kinds: Sequence[str] = MELS) -> tuple[str, Any]:
    """Open an export (folder, or name) or a checkpoint (a `.pt` file).

    Parameters
    ----------
    model : Path or str
    kinds : sequence of str
        Those that will do.

    Returns
    -------
    kind : str
    sounds : object
        What makes mels or sounds with it, as its family has it.

    Raises
    ------
    LivehostError
        Where there is none, or it is of another kind.
    """
    kind = _kind(model)
    if kind not in kinds:
        raise LivehostError(f"{model} is of kind {kind!r}; one of kind {' or '.join(kinds)} is wanted.", 2)
    return kind, import_module(_OPENERS[kind]).open_sounds(model)


def _kind(model: Path | str) -> str:
    if Path(model).suffix != ".pt":
        return str(read_manifest(find_export(model)).kind)
    require("A checkpoint", "torch")
    from livehost.studio.training.checkpoint import load_checkpoint

    return str(load_checkpoint(model)["kind"])
