"""The context of a model: a ring of the sounds that it was told of, heard and played, as they were measured.

A queue stands at the ring's end: sounds below `done` are in the model, those from `done` to `written` wait for it. What
is kept are raw features and frames, not what a model made of them, so another model can be told the same story.
"""

import io
import math
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from livehost.atomic_file import atomic_write, open_regular
from livehost.dsp.tables import SEGMENT_SIZE
from livehost.errors import LivehostError
from livehost.rt.native import i64, kernel, record_at

#: Newest sounds that are kept.
HISTORY = 512
#: Sounds that may wait for the model.
QUEUE = 16
#: Bytes of a file, packed and unpacked; what is kept of the longest history fits many times.
MAX_BYTES = 16 << 20

SOUND = np.dtype(
    [
        ("source", "i8"),  # token.HEARD or token.PLAYED
        ("index", "i8"),  # item of the bank, -1 where it was heard
        ("onset", "i8"),  # frame
        ("frames", "i8"),  # how long it sounds
        ("told", "i8"),  # frame at which the player was told of it
        ("features", "f4", (SEGMENT_SIZE,)),
    ],
    align=True,
)
_BYTES = SOUND.itemsize
FEATURES_AT = SOUND.fields["features"][1]  # type: ignore[index]

#: What a player's record holds of it.
CONTEXT_FIELDS = (
    ("sounds", "i8"),  # SOUND [mask + 1]; sound n stands at n & mask
    ("mask", "i8"),
    ("done", "i8"),
    ("written", "i8"),
)
_COLUMNS = ("source", "index", "onset", "frames", "features")


@kernel
def sound_address(state, n):
    """Get the address of sound n. RT: worker."""
    return state.sounds + (n & state.mask) * _BYTES


@kernel
def sound_at(address):
    """View the sound at an address. RT: worker."""
    return record_at(address, SOUND)


@kernel
def fill_sound(address, source, index, onset, frames, told, features):
    """Write a sound; `features` is viewed from the address of a segment's summary. RT: worker."""
    s = sound_at(address)
    s.source, s.index, s.onset, s.frames, s.told = source, index, onset, frames, told
    for j in range(SEGMENT_SIZE):
        s.features[j] = features[j]


@kernel
def _copy(source, target):
    """Copy a sound. RT: worker."""
    a = i64(source, _BYTES // 8)
    b = i64(target, _BYTES // 8)
    for i in range(a.size):
        b[i] = a[i]


@kernel
def place_for(state, heard, told):
    """Make room at the queue's end and give the number of the new sound.

    A heard sound goes before the played ones that came in the same pass: it ended before they began. The oldest of a
    full queue is lost. RT: worker
    """
    if state.written - state.done >= QUEUE:
        for n in range(state.done, state.written - 1):
            _copy(sound_address(state, n + 1), sound_address(state, n))
        state.written -= 1
    n = state.written
    state.written += 1
    while heard and n > state.done:
        before = sound_at(sound_address(state, n - 1))
        if before.source == 0 or before.told != told:
            break
        _copy(sound_address(state, n - 1), sound_address(state, n))
        n -= 1
    return n


def ring_size(window: int) -> int:
    """Sounds that a ring must hold, a power of two, for a model that looks back at `window`."""
    return 1 << int(np.ceil(np.log2(2 * max(HISTORY, window))))


def _array(file: zipfile.ZipFile, name: str) -> np.ndarray:
    """Read an array of an archive; one that claims to be larger than its bytes is refused before it is made."""
    if file.getinfo(f"{name}.npy").file_size > MAX_BYTES:
        raise ValueError(f"{name} is larger than {MAX_BYTES >> 20} MiB")
    raw = io.BytesIO(file.read(f"{name}.npy"))
    version = np.lib.format.read_magic(raw)
    read_header = {1: np.lib.format.read_array_header_1_0, 2: np.lib.format.read_array_header_2_0}.get(version[0])
    if read_header is None:
        raise ValueError(f"{name} is of a format that is not known")
    shape, _, dtype = read_header(raw)
    if dtype.hasobject or math.prod(shape) * dtype.itemsize != len(raw.getbuffer()) - raw.tell():
        raise ValueError(f"{name} is not as long as it says")
    raw.seek(0)
    array: np.ndarray = np.load(raw, allow_pickle=False)
    return array


def save_context(path: Path, sounds: np.ndarray, rate: float, schema: str) -> None:
    """Write a context to a file, whole or not at all. RT: never.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    columns: dict[str, Any] = {name: sounds[name] for name in _COLUMNS}
    try:
        with atomic_write(path) as new, new.open("wb") as file:
            np.savez_compressed(file, rate=rate, schema=schema, **columns)
    except OSError as error:
        raise LivehostError(f"The context {path} cannot be written: {error.strerror or error}.") from None


def load_context(path: Path, rate: float, schema: str) -> np.ndarray:
    """Read a context, its frames counted at `rate`. RT: never.

    Returns
    -------
    SOUND [n]

    Raises
    ------
    LivehostError
        Where there is none, or it was measured in another way.
    """
    try:
        with open_regular(path, MAX_BYTES) as raw, zipfile.ZipFile(raw) as file:
            columns = {name: _array(file, name) for name in (*_COLUMNS, "rate", "schema")}
        told_rate, told_schema = float(columns.pop("rate")), str(columns.pop("schema"))
        sounds = np.zeros(len(columns["source"]), SOUND)
        for name, column in columns.items():
            sounds[name] = column
    except FileNotFoundError:
        raise LivehostError(f"There is no context {path.stem} in {path.parent}.", 2) from None
    except (OSError, ValueError, TypeError, KeyError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise LivehostError(f"The context {path} cannot be read: {why}.") from None
    if not np.isfinite(sounds["features"]).all():
        raise LivehostError(f"The context {path} cannot be read: it holds NaN or Inf.")
    if not 0 < told_rate < math.inf:
        raise LivehostError(f"The context {path} cannot be read: {told_rate} is no sample rate.")
    if told_schema != schema:
        raise LivehostError(
            f"The context {path} was measured by another version of livehost and does not fit this one: play, and save "
            "it anew with /livehost/model/context/save."
        )
    for name in ("onset", "frames"):
        sounds[name] = np.round(sounds[name] * (rate / told_rate))
    sounds["source"] = sounds["source"] != 0
    return sounds[-HISTORY:]
