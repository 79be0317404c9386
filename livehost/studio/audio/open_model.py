"""Opens a model of sounds: an export, or a checkpoint."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from livehost.extras import require
from livehost.inference.export import find_export, read_manifest


def open_model(
    path: Path | str,
    kind: str,
    of_export: Callable[[Any], Any],
    of_network: Callable[[str, Any, Mapping[str, Any]], Any],
    needs: tuple[str, ...] = ("torch",),
) -> Any:
    """Open an export (folder, or name), or a checkpoint (a `.pt` file).

    Parameters
    ----------
    path : Path or str
    kind : str
        Name of the family, and of the kind of its exports.
    of_export : callable
        Manifest → the model.
    of_network : callable
        Name, network in evaluation, checkpoint → the model.
    needs : tuple of str
        Packages without which no checkpoint of this family can be opened.

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    from livehost.studio.families import FAMILIES

    file = Path(path).expanduser()
    if file.suffix != ".pt":
        return of_export(read_manifest(find_export(path), kind))
    require(f"A checkpoint of {FAMILIES[kind].title}", *needs)
    from livehost.studio.training.checkpoint import load_checkpoint, network

    checkpoint = load_checkpoint(file, FAMILIES[kind])
    return of_network(file.parent.name, network(checkpoint).eval(), checkpoint)
