"""Checkpoints: everything that training, resuming and exporting need, in one file that is whole or not there at all."""

import errno
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from livehost.atomic_file import whole
from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.printable import shortly
from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters

KIND, FORMAT = "bank-transformer", 1
#: The newest state, with all that resuming needs; and the best one so far, to be exported.
LAST, BEST = "last.pt", "best.pt"
#: What every checkpoint holds, and as what.
_NEEDED: dict[str, type | tuple[type, ...]] = {
    "hyperparameters": Mapping, "model": Mapping, "mean": torch.Tensor, "scale": torch.Tensor, "schema": str,
    "rate": (int, float), "hop_samples": int, "frame_samples": int, "segment_ms": (int, float),
}  # fmt: skip


def save_checkpoint(path: Path, checkpoint: Mapping[str, Any]) -> None:
    """Write a checkpoint.

    Raises
    ------
    LivehostError
        Where it cannot be written, on a full disk for instance. An earlier one stays.
    """
    buffer = io.BytesIO()
    torch.save({"kind": KIND, "format": FORMAT, **checkpoint}, buffer)
    try:
        with whole(path, lasting=True) as new:
            new.write_bytes(buffer.getvalue())
    except OSError as error:
        why = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror or str(error)
        kept = f" The one before it is kept; go on later with --resume --out {path.parent}." if path.exists() else ""
        raise LivehostError(f"The checkpoint {path} could not be written: {why}.{kept}") from error


def load_checkpoint(path: Path | str) -> dict[str, Any]:
    """Read a checkpoint, onto the processor; nothing in it is run.

    Raises
    ------
    LivehostError
        Where the file is not there, broken, no checkpoint, made with other features, or holds numbers that are none.
    """
    try:
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise LivehostError(f"There is no checkpoint {path}.", 2) from error
    except Exception as error:  # a program in place of weights, or whatever a broken byte leads to
        sentence = f"{path} is no checkpoint, broken, or holds more than weights: it is not opened."
        raise LivehostError(sentence) from error
    if not isinstance(checkpoint, dict) or checkpoint.get("kind") != KIND:
        raise LivehostError(f"{path} is no checkpoint of a bank transformer.")
    if missing := [key for key, kind in _NEEDED.items() if not isinstance(checkpoint.get(key), kind)]:
        raise LivehostError(f"The checkpoint {path} lacks {', '.join(missing)}.")
    if (schema := checkpoint["schema"]) != SEGMENT_SCHEMA:
        raise LivehostError(
            f"The checkpoint {path} was trained on other features ({shortly(schema)}) than this version's "
            f"({SEGMENT_SCHEMA}): train anew."
        )
    weights = {name: t for name, t in checkpoint["model"].items() if isinstance(t, torch.Tensor)}
    if bad := [name for name, t in weights.items() if t.is_floating_point() and not t.isfinite().all()]:
        raise LivehostError(f"The checkpoint {path} holds weights that are not finite: {', '.join(bad[:3])}.")
    return checkpoint


def network(checkpoint: Mapping[str, Any]) -> BankTransformer:
    """Make the network of a checkpoint.

    Raises
    ------
    LivehostError
        Where its weights are those of another network.
    """
    try:
        model = BankTransformer(Hyperparameters(**checkpoint["hyperparameters"]))
        model.load_state_dict(checkpoint["model"])
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise LivehostError("The weights are those of another network than this version's: train anew.") from error
    return model
