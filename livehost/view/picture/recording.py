"""Recordings of a session, as pictures read them."""

from pathlib import Path

import numpy as np
import soundfile

from livehost.errors import LivehostError
from livehost.stage.wav import DATA_AT


def read_recording(path: Path) -> tuple[np.ndarray, float]:
    """Read a recording, mapped into memory where it can be: a session is long.

    Returns
    -------
    samples : np.ndarray
        float32 [frames, channels], full scale = 1.
    rate : float
        Hz.

    Raises
    ------
    LivehostError
        Where it cannot be read.
    """
    try:
        info = soundfile.info(path)
        if info.subtype == "FLOAT" and info.frames:
            samples: np.ndarray = np.memmap(path, np.float32, "r", DATA_AT, (info.frames, info.channels))
            return samples, float(info.samplerate)
        whole, rate = soundfile.read(path, dtype="float32", always_2d=True)
        return np.asarray(whole), float(rate)
    except (soundfile.LibsndfileError, OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or getattr(error, "error_string", None) or str(error)
        raise LivehostError(f"{path} cannot be read as sound: {why.rstrip('.')}.", 2) from None
