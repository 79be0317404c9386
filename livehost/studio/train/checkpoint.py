"""Checkpoints: everything that training, resuming and exporting need, in one file that is whole or not there at all."""

import errno
import io
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.files import whole
from livehost.studio.models.bank_transformer import BankTransformer, Hyperparameters

KIND, FORMAT = "bank-transformer", 1
#: The newest state, with all that resuming needs; and the best one so far, to be exported.
LAST, BEST = "last.pt", "best.pt"
_NEEDED = ("hyperparameters", "model", "mean", "scale", "schema", "rate", "hop_samples", "frame_samples", "segment_ms")


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
    """Read a checkpoint.

    Raises
    ------
    LivehostError
        Where the file is not there, broken, no checkpoint, or made with other features.
    """
    path = Path(path)
    try:
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise LivehostError(f"There is no checkpoint {path}.", 2) from error
    except (OSError, RuntimeError, EOFError, ValueError, KeyError, pickle.UnpicklingError) as error:
        raise LivehostError(f"{path} is no checkpoint, or a broken one.") from error
    if not isinstance(checkpoint, dict) or checkpoint.get("kind") != KIND:
        raise LivehostError(f"{path} is no checkpoint of a bank transformer.")
    if missing := [key for key in _NEEDED if key not in checkpoint]:
        raise LivehostError(f"The checkpoint {path} lacks {', '.join(missing)}.")
    if checkpoint["schema"] != SEGMENT_SCHEMA:
        raise LivehostError(
            f"The checkpoint {path} was trained on other features ({checkpoint['schema']}) than this version's "
            f"({SEGMENT_SCHEMA}): train anew."
        )
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
    except (TypeError, RuntimeError) as error:
        raise LivehostError("The weights are those of another network than this version's: train anew.") from error
    return model
