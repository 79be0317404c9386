"""WAV files of 24 bits, or exact ones of 32, that are right at every moment, grow beyond 4 GiB, and can leave gaps.

Marks (where something is missing, say) stand behind the samples, as editors of sound show them, once a file is closed.
"""

import io
import struct
from collections.abc import Sequence

import numpy as np

#: What 32 bits of size can say; beyond it the header becomes that of RF64.
LIMIT = 0xFFFF_FFFF
#: RIFF, JUNK or ds64, fmt, data: chunk by chunk, all sizes little-endian.
_HEADER = struct.Struct("<4sI4s4sIQQQI4sIHHIIHH4sI")
#: Tags of formats: whole numbers, floating point.
_PCM, _FLOAT = 1, 3
#: Bytes from the start of a file to its first sample.
DATA_AT = _HEADER.size
#: The largest float32 that 32 bits of integer hold.
_FULL_SCALE = float(np.nextafter(np.float32(2**31), np.float32(0)))


def pcm24(samples: np.ndarray) -> bytes:
    """Convert samples to 24 bits, as libsndfile does where it is told to clip.

    Parameters
    ----------
    samples : np.ndarray
        float32 [frames, channels], full scale ±1; what exceeds it is clipped.

    Returns
    -------
    bytes
        Little-endian, interleaved: three bytes a sample.
    """
    scaled = samples * np.float32(2**31)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -(2.0**31), _FULL_SCALE, out=scaled)
    whole = scaled.astype("<i4", order="C")
    frames, channels = whole.shape
    upper: np.ndarray = np.ndarray((frames, channels), "V3", whole.data, 1, (4 * channels, 4))
    return upper.tobytes()


def header(channels: int, rate: int, frames: int, limit: int = LIMIT, *, exact: bool = False, behind: int = 0) -> bytes:
    """Make the header of a WAV file of 24 bits, or 32 of floating point: RIFF, or beyond `limit` bytes RF64 as long.

    `behind` is how many bytes of other chunks follow the samples.

    References
    ----------
    EBU Tech 3306, *RF64: an extended file format for audio*: a JUNK chunk keeps the place of the ds64 chunk.
    """
    sample_bytes = 4 if exact else 3
    frame_bytes = sample_bytes * channels
    data = frame_bytes * frames
    riff = _HEADER.size - 8 + data + data % 2 + behind
    if riff <= limit:
        top, sizes, riff_32, data_32 = b"RIFF", (b"JUNK", 28, 0, 0, 0, 0), riff, data
    else:
        top, sizes, riff_32, data_32 = b"RF64", (b"ds64", 28, riff, data, frames, 0), LIMIT, LIMIT
    kind = _FLOAT if exact else _PCM
    layout = (b"fmt ", 16, kind, channels, rate, rate * frame_bytes, frame_bytes, 8 * sample_bytes)
    return _HEADER.pack(top, riff_32, b"WAVE", *sizes, *layout, b"data", data_32)


def mark_chunks(marks: Sequence[tuple[int, str]]) -> bytes:
    """Make the chunks ``cue `` and ``LIST`` of marks: (frame, text); empty where there are none.

    A frame that 32 bits do not hold is left out.
    """
    kept = [(number, frame, text) for number, (frame, text) in enumerate(marks, 1) if 0 <= frame <= LIMIT]
    if not kept:
        return b""
    points = b"".join(struct.pack("<II4sIII", number, frame, b"data", 0, 0, frame) for number, frame, _ in kept)
    labels = b"adtl"
    for number, _, text in kept:
        data = struct.pack("<I", number) + text.encode("utf-8") + b"\0"
        labels += b"labl" + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    cue = struct.pack("<I", len(kept)) + points
    return b"cue " + struct.pack("<I", len(cue)) + cue + b"LIST" + struct.pack("<I", len(labels)) + labels


class WavFile:
    """A WAV file whose header states, after each call, what the file holds.

    Each method raises OSError where the disk refuses. The file is then as before, or longer by as many whole frames as
    there was room for, and the next call goes on from there.

    Parameters
    ----------
    file : io.FileIO
        Empty, open for writing, seekable; closed by `close`.
    channels : int
        Number of channels.
    rate : int
        Hz.
    limit : int
        Size (bytes) beyond which it is RF64.
    exact : bool
        Samples as they are, 32 bits of floating point, instead of 24 bits.

    Attributes
    ----------
    frames : int
        Frames in the file.
    """

    ended = False

    def __init__(self, file: io.FileIO, channels: int, rate: int, limit: int = LIMIT, *, exact: bool = False) -> None:
        self.frames, self._exact = 0, exact
        self._marks: list[tuple[int, str]] = []
        self._file, self._channels, self._rate, self._limit = file, channels, rate, limit
        self._frame_bytes = (4 if exact else 3) * channels
        self._state(0)

    def write(self, samples: np.ndarray) -> None:
        """Append float32 [frames, channels]."""
        data = np.ascontiguousarray(samples, "<f4").tobytes() if self._exact else pcm24(samples)
        if (self._end(self.frames) + len(data)) % 2:
            data += b"\0"  # chunks have even sizes
        done = 0
        self._file.seek(self._end(self.frames))
        try:
            while done < len(data):
                done += self._file.write(data[done:]) or 0
        except OSError:
            whole = done // self._frame_bytes
            self._resize(whole - (whole > 0 and self._end(self.frames + whole) % 2), 0)
            raise
        self._state(self.frames + len(samples))

    def skip(self, frames: int) -> None:
        """Append silence, which takes no room where the file system knows holes."""
        self._resize(0, frames)

    def mark(self, frame: int, text: str) -> None:
        """Mark a frame of the file, from any thread."""
        self._marks.append((frame, text))

    def close(self) -> None:
        """Write the marks, and close the file."""
        try:
            if chunks := mark_chunks(self._marks):
                end = self._end(self.frames)
                self._file.seek(end + end % 2)
                self._file.write(chunks)
                self._state(self.frames, len(chunks))
        finally:
            self._file.close()

    def _end(self, frames: int) -> int:
        return _HEADER.size + frames * self._frame_bytes

    def _resize(self, written: int, silent: int) -> None:
        """Make the file longer by frames that stand behind its end already, and by silent ones; cut off the rest."""
        self._file.truncate(self._end(self.frames + written))
        end = self._end(self.frames + written + silent)
        self._file.truncate(end + end % 2)
        self._state(self.frames + written + silent)

    def _state(self, frames: int, behind: int = 0) -> None:
        """Have the header say so many frames: one write of less than a sector, whole or not at all."""
        self._file.seek(0)
        self._file.write(header(self._channels, self._rate, frames, self._limit, exact=self._exact, behind=behind))
        self.frames = frames
