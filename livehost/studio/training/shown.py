"""What a model in training sounds like: files beside its checkpoints, and the same in TensorBoard."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

#: Folder of the files, beside the checkpoints.
SHOWN = "shown"
#: Softest that a picture shows, dB.
_FLOOR_DB = -90.0


class Shown(NamedTuple):
    """A sound that a model made, and its picture.

    Attributes
    ----------
    name : str
    sound : ndarray of float32, shape [n]
    rate : int
        Hz.
    mel_db : ndarray of float32, shape [bands, frames]
    """

    name: str
    sound: np.ndarray
    rate: int
    mel_db: np.ndarray


def write_shown(shown: Shown, step: int, folder: Path, writer: Any) -> None:
    """Write a sound and its picture as files, `STEP-NAME.wav` and `.png`, and into TensorBoard.

    Parameters
    ----------
    shown : Shown
    step : int
    folder : Path
        Made if need be.
    writer : torch.utils.tensorboard.SummaryWriter

    Raises
    ------
    OSError
        Where they cannot be written.
    """
    import soundfile
    from matplotlib import colormaps
    from matplotlib.image import imsave

    sound = shown.sound / max(float(np.abs(shown.sound).max(initial=0.0)), 1.0)
    picture = colormaps["magma"](np.clip(1.0 - shown.mel_db[::-1] / _FLOOR_DB, 0.0, 1.0))[..., :3]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{step:06d}-{shown.name}"
    soundfile.write(f"{path}.wav", sound, shown.rate, subtype="PCM_16")
    imsave(f"{path}.png", picture)
    writer.add_audio(f"shown/{shown.name}", sound[None], step, shown.rate)
    writer.add_image(f"shown/{shown.name}", picture, step, dataformats="HWC")
