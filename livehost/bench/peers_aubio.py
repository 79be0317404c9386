"""aubio's onset detectors, run beside ours where `aubioonset` is installed (Debian: aubio-tools)."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import ArrayLike, NDArray

from livehost.bench.suite import NotInstalled
from livehost.errors import LivehostError

#: `default` is hfc.
METHODS = ("default", "energy", "hfc", "complex", "phase", "specdiff", "kl", "mkl", "specflux")
#: aubio reports an attack this many hops after it, and subtracts as much from the time it prints.
REPORT_DELAY_HOPS = 4.3


def aubio_onsets(
    samples: ArrayLike,
    rate: int,
    method: str = "default",
    *,
    threshold: float | None = None,
    buffer_samples: int = 512,
    hop_samples: int = 256,
    silence_db: float | None = None,
    refractory_ms: float | None = None,
) -> NDArray[np.int64]:
    """Find onsets with `aubioonset`.

    Parameters
    ----------
    samples : float [frames]
        Mono.
    rate : int
        Hz.
    method : str
        One of `METHODS`.
    threshold, silence_db, refractory_ms : float, optional
        aubio's own defaults (0.3, −90, 12) if not given.
    buffer_samples, hop_samples : int
        Its frame and hop; these are its defaults.

    Returns
    -------
    int64 [onsets]
        Frames, as aubio prints them: its own delay is already taken off; `report_delay_ms` gives it.

    Raises
    ------
    NotInstalled
        There is no aubio.
    LivehostError
        It fails.

    RT: never
    """
    program = shutil.which("aubioonset")
    if program is None:
        raise NotInstalled("aubioonset is not installed; on Debian: apt-get install aubio-tools.")
    options = ["-O", method, "-B", str(buffer_samples), "-H", str(hop_samples), "-T", "samples"]
    options += [] if threshold is None else ["-t", str(threshold)]
    options += [] if silence_db is None else ["-s", str(silence_db)]
    options += [] if refractory_ms is None else ["-M", str(refractory_ms / 1000)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "take.wav"
        soundfile.write(path, np.asarray(samples, np.float32), int(rate), subtype="FLOAT")
        run = subprocess.run([program, *options, str(path)], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        last = (run.stderr.strip() or "no word").splitlines()[-1]
        raise LivehostError(f"aubioonset -O {method} failed: {last}.")
    return np.array([int(float(word)) for word in run.stdout.split()], np.int64)


def report_delay_ms(rate: float, hop_samples: int = 256) -> float:
    """Give the time from an attack to aubio's report of it, which its printed times leave out. RT: never."""
    return 1000 * REPORT_DELAY_HOPS * hop_samples / rate
