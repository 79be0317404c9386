"""Reads and writes checkpoints of any family: one file with weights, header and training state, written atomically.

    kind, format                           of which family, and the version of this layout
    hyperparameters, model                 the network and its weights (EMA)
    data, command, from                    what it was trained on, what was typed, what it began with
    metrics, steps, seconds                of the last validation
    training                               all that resuming needs; in `last.pt` only
    …                                      the family's own: `FamilyCode.checkpoint_fields`

Nothing else in livehost reads or writes one.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from livehost.atomic_file import atomic_write, why_not
from livehost.errors import LivehostError
from livehost.inference.export import find_export, read_manifest
from livehost.printable import shortly
from livehost.studio.families import FAMILIES, family_of
from livehost.studio.family import Family

FORMAT = 1
#: The newest state, with all that resuming needs; and the best one so far, to be exported.
LAST, BEST = "last.pt", "best.pt"
#: What every checkpoint holds, and as what; and what it may hold.
_HEADER: dict[str, Any] = {"hyperparameters": Mapping, "model": Mapping}
_OPTIONAL: dict[str, Any] = {
    "data": list, "metrics": Mapping, "command": str, "from": str, "steps": int, "training": Mapping
}  # fmt: skip


def save_checkpoint(path: Path, checkpoint: Mapping[str, Any]) -> None:
    """Write a checkpoint atomically.

    Parameters
    ----------
    path : Path
    checkpoint : mapping
        With its `kind`; `format` is added.

    Raises
    ------
    LivehostError
        Where it cannot be written, on a full disk for instance. An earlier one stays.
    """
    buffer = io.BytesIO()
    torch.save({"kind": checkpoint["kind"], "format": FORMAT, **checkpoint}, buffer)
    try:
        with atomic_write(path, lasting=True) as new:
            new.write_bytes(buffer.getvalue())
    except OSError as error:
        kept = f" The one before it is kept; go on later with --resume --out {path.parent}." if path.exists() else ""
        raise LivehostError(f"The checkpoint {path} could not be written: {why_not(error)}.{kept}") from error


def load_checkpoint(path: Path | str, family: Family | None = None) -> dict[str, Any]:
    """Read a checkpoint onto the processor; nothing in it is run.

    Parameters
    ----------
    path : path
    family : Family, optional
        That it must be of; None for any.

    Returns
    -------
    dict

    Raises
    ------
    LivehostError
        One sentence: the file is not there, broken, no checkpoint, of another family or format, made with other
        features, or holds numbers that are not finite.
    """
    try:
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise LivehostError(f"There is no checkpoint {path}.", 2) from error
    except Exception as error:  # a program in place of weights, or whatever a broken byte leads to
        sentence = f"{path} is no checkpoint, broken, or holds more than weights: it is not opened."
        raise LivehostError(sentence) from error
    found = _family_of(path, checkpoint, family)
    _check_format(path, checkpoint)
    code = found.code()
    fields = {**_HEADER, **code.checkpoint_fields(), "format": int}
    fields |= {key: kind for key, kind in _OPTIONAL.items() if key in checkpoint}
    if missing := [key for key, kind in fields.items() if not isinstance(checkpoint.get(key), kind)]:
        raise LivehostError(f"The checkpoint {path} lacks {', '.join(missing)}.")
    code.check_checkpoint(Path(path), checkpoint)
    weights = {name: t for name, t in checkpoint["model"].items() if isinstance(t, torch.Tensor)}
    if bad := [name for name, t in weights.items() if t.is_floating_point() and not t.isfinite().all()]:
        raise LivehostError(f"The checkpoint {path} holds weights that are not finite: {', '.join(bad[:3])}.")
    loaded: dict[str, Any] = checkpoint
    return loaded


def _family_of(path: Path | str, checkpoint: Any, wanted: Family | None) -> Family:
    """Find the family of a checkpoint; refuse one that is not the wanted one."""
    kind = checkpoint.get("kind") if isinstance(checkpoint, dict) else None
    if kind is None:
        raise LivehostError(f"{path} is no checkpoint of {wanted.title if wanted else 'a model of livehost'}.")
    found = family_of(kind)
    if found is None:
        known = ", ".join(family.kind for family in FAMILIES.values())
        raise LivehostError(
            f"{path} is a checkpoint of kind {shortly(kind)}, which this livehost does not know; known are: {known}. "
            "Take another one, or a newer livehost."
        )
    if wanted is not None and found.kind != wanted.kind:
        raise LivehostError(
            f"{path} is a checkpoint of {found.title}, not of {wanted.title}: give it to livehost train or export "
            f"{found.name}."
        )
    return found


def _check_format(path: Path | str, checkpoint: Mapping[str, Any]) -> None:
    """Refuse a checkpoint that says that it is of another format."""
    version = checkpoint.get("format", FORMAT)
    if version == FORMAT and not isinstance(version, bool):
        return
    newer = isinstance(version, int) and version > FORMAT
    todo = "take a newer livehost" if newer else "train anew with --fresh, or take the export that was made of it"
    raise LivehostError(
        f"The checkpoint {path} is of format {shortly(version)}, and this livehost reads {FORMAT}: {todo}."
    )


def network(checkpoint: Mapping[str, Any]) -> Any:
    """Make the network of a checkpoint, with its weights.

    Parameters
    ----------
    checkpoint : mapping
        As `load_checkpoint` gives it: at least kind, hyperparameters and model.

    Returns
    -------
    nn.Module

    Raises
    ------
    LivehostError
        Where its weights are those of another network.
    """
    family = family_of(checkpoint["kind"])
    assert family is not None, checkpoint["kind"]  # noqa: S101
    try:
        model = family.code().network(checkpoint["hyperparameters"])
        model.load_state_dict(checkpoint["model"])
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise LivehostError("The weights are those of another network than this version's: train anew.") from error
    return model


def load_start(source: Path | str, family: Family) -> dict[str, Any]:
    """Read what a training begins with: a checkpoint file, or an export by folder or name.

    Returns
    -------
    dict
        As a checkpoint.

    Raises
    ------
    LivehostError
        Where it is neither, or of another family.
    """
    path = Path(source).expanduser()
    if path.is_file() and path.suffix == ".pt":
        return load_checkpoint(path, family)
    return family.code().read_export(read_manifest(find_export(source), family.kind))
