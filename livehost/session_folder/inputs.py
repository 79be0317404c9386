"""The file of a session's inputs: what both real-time threads took in besides sound, in order.

The first line is JSON: format, sample rate, and the names of the live settings that entries point to by their index.
Behind it stands one zlib stream, of which all that was flushed can be read (format 1: without zlib). It holds items
without gaps: a byte (0 the audio thread, 1 the worker), an `engine.input_log.ENTRY` (32 bytes,
little-endian: frame i8, kind i2, call u2, index i4, number i8, value f8), and, behind a `COMMAND`, its record
(`record.RECORD_BYTES`). An `UNTIL` says up to which frame its thread's entries are complete; its index is 1 where the
thread went no further.
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livehost.engine.input_log import COMMAND, ENTRY, PART_SETTING, SETTING, UNTIL
from livehost.engine.player_abi import PART
from livehost.engine.state import AUDIO
from livehost.engine.worker.record import WORKER_SETTINGS
from livehost.errors import LivehostError
from livehost.printable import few, shortly
from livehost.record import RECORD_BYTES
from livehost.session_folder.append import AppendFile

FORMAT, KIND = 2, "livehost inputs"
#: The format of before, which is read, too: items as they are.
_PLAIN = 1
#: Threads, by their byte.
AUDIO_THREAD, WORKER_THREAD = 0, 1
#: Live settings of each thread, in the order of their records.
_NAMES: dict[str, list[str]] = {
    "audio": list(AUDIO.names or ()), "worker": list(WORKER_SETTINGS.names or ()), "part": list(PART.names or ()),
}  # fmt: skip
_ITEM = 1 + ENTRY.itemsize
#: Bytes that are unpacked at once, and where there is a broken one among them: what stands before it is read.
_CHUNKS = (64 << 10, 1)


class InputsFile:
    """Writes the file.

    Parameters
    ----------
    path : Path
    rate : float
        Hz.

    Raises
    ------
    OSError
        Where it cannot be created.
    """

    def __init__(self, path: Path, rate: float) -> None:
        self.file, self._stream = AppendFile(path), zlib.compressobj()
        header = {"kind": KIND, "format": FORMAT, "rate": rate, **_NAMES}
        self.file.add(json.dumps(header).encode("utf-8") + b"\n")

    def write(self, thread: int, slots: list[bytes], until: int, *, closed: bool = False) -> None:
        """Add entries of a thread, as `InputLog.drain` gives them, which are complete up to frame `until`.

        `closed` says that the thread went no further.
        """
        mark = np.zeros(1, ENTRY)
        mark["kind"], mark["index"], mark["number"] = UNTIL, closed, until
        kinds = [int.from_bytes(slot[8:10], "little") for slot in slots]
        pieces = [slot if kind == COMMAND else slot[: ENTRY.itemsize] for slot, kind in zip(slots, kinds, strict=True)]
        first = bytes([thread])
        self.file.add(self._stream.compress(b"".join(first + piece for piece in [*pieces, mark.tobytes()])))

    def flush(self) -> None:
        """Write all that was added, so that it can be read; raises OSError where the disk refuses."""
        self.file.add(self._stream.flush(zlib.Z_SYNC_FLUSH))
        self.file.flush()


@dataclass(eq=False)
class ThreadInputs:
    """What one thread took in.

    Attributes
    ----------
    entries : ENTRY [n]
        The number of a `COMMAND` is the row of its record.
    payloads : np.ndarray
        Uint8 [m, RECORD_BYTES].
    until : int
        Frame up to which they are complete.
    closed : bool
        Whether the thread went no further.
    """

    entries: np.ndarray
    payloads: np.ndarray
    until: int
    closed: bool


@dataclass(eq=False)
class Inputs:
    """A file that was read: what the audio thread and the worker took in, and whether its end is cut off."""

    audio: ThreadInputs
    worker: ThreadInputs
    cut_off: bool


def read_inputs(path: Path) -> Inputs:
    """Read the file; an item that is cut off, and all behind it, is left out.

    Raises
    ------
    LivehostError
        Where it cannot be read, or another version wrote it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LivehostError(f"{path} cannot be read: {error.strerror}.") from None
    end = data.find(b"\n")
    form, names = _read_header(path, data[: max(end, 0)])
    data, end = (data, end) if form == _PLAIN else (_unpacked(data[end + 1 :]), -1)
    threads: list[tuple[list[bytes], list[bytes]]] = [([], []), ([], [])]
    until, closed, at = [0, 0], [False, False], end + 1
    while at + _ITEM <= len(data) and data[at] in (AUDIO_THREAD, WORKER_THREAD):
        thread, entry = data[at], data[at + 1 : at + _ITEM]
        kind = int.from_bytes(entry[8:10], "little")
        behind = at + _ITEM + (RECORD_BYTES if kind == COMMAND else 0)
        if behind > len(data):
            break
        entries, payloads = threads[thread]
        if kind == UNTIL:
            until[thread], closed[thread] = int.from_bytes(entry[16:24], "little", signed=True), entry[12] == 1
        else:
            if kind == COMMAND:
                entry = entry[:16] + len(payloads).to_bytes(8, "little") + entry[24:]
                payloads.append(data[at + _ITEM : behind])
            entries.append(entry)
        at = behind
    audio, worker = (_thread(*threads[k], until[k], closed[k]) for k in (AUDIO_THREAD, WORKER_THREAD))
    _rename(path, audio.entries, SETTING, names["audio"], _NAMES["audio"])
    _rename(path, worker.entries, SETTING, names["worker"], _NAMES["worker"])
    _rename(path, worker.entries, PART_SETTING, names["part"], _NAMES["part"])
    return Inputs(audio, worker, cut_off=at < len(data))


def _unpacked(packed: bytes) -> bytes:
    """Unpack a stream as far as it goes."""
    stream, pieces, at = zlib.decompressobj(), [], 0
    for chunk in _CHUNKS:
        try:
            while at < len(packed):
                before = stream.copy()
                pieces.append(stream.decompress(packed[at : at + chunk]))
                at += chunk
        except zlib.error:
            stream = before
    return b"".join(pieces)


def _thread(entries: list[bytes], payloads: list[bytes], until: int, closed: bool) -> ThreadInputs:
    found = np.frombuffer(b"".join(entries), ENTRY).copy()
    records = np.frombuffer(b"".join(payloads), np.uint8).reshape(-1, RECORD_BYTES).copy()
    return ThreadInputs(found[found["frame"] < until], records, until, closed)


def _read_header(path: Path, line: bytes) -> tuple[int, dict[str, list[str]]]:
    """Give the format of a file, and the names of live settings that it goes by."""
    try:
        header: Any = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("kind") != KIND:
        raise LivehostError(f"{path} holds no inputs of a session: it is cut off, or no file of livehost's.")
    if header.get("format") not in (_PLAIN, FORMAT) or not all(isinstance(header.get(name), list) for name in _NAMES):
        raise LivehostError(
            f"{path} was written by another version of livehost (format {shortly(header.get('format'))}, and this one "
            f"reads {FORMAT}): replay the session with that version."
        )
    return header["format"], {name: header[name] for name in _NAMES}


def _rename(path: Path, entries: np.ndarray, kind: int, then: list[str], now: list[str]) -> None:
    """Have entries of a kind point to live settings as they are numbered now; a row of settings after another."""
    if then == now:
        return
    chosen = entries["kind"] == kind
    rows, places = np.divmod(entries["index"][chosen], max(len(then), 1))
    if gone := sorted({then[k] for k in places.tolist() if then[k] not in now}):
        raise LivehostError(
            f"{path} changes settings that this livehost does not have ({few(gone, ', ', 3)}): replay the session with "
            "the version that played it."
        )
    at = np.array([now.index(name) if name in now else -1 for name in then] or [0])
    entries["index"][chosen] = rows * len(now) + at[places]
