"""Sound files that follow an audio ring: each frame at its place, whatever the disk does."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import soundfile

from livehost.disk import HANGS, SLOW, DiskWatch
from livehost.errors import LivehostError
from livehost.rt.audio_ring import AudioRing
from livehost.service import Service
from livehost.stage.wav import WavFile

_POLL_S = 0.1
#: Pause before a disk that refused is asked again.
_RETRY_S = 1.0
#: Most that one turn writes before it is over, whatever waits: a slow disk is not a thread that hangs.
_TURN_S = 1.0
#: How long lost sound is told of as something that goes wrong now.
_TOLD_S = 5.0
#: Samples that are converted and written at once.
_PIECE = 1 << 18


class Writer(Protocol):
    """A sound file that is written to.

    `frames` is how many it holds, and `ended` whether no more can follow. `write` appends float32 [frames, channels],
    `skip` silence; both raise OSError where the disk refuses, and `frames` then tells how far they came. `mark` names a
    frame, in formats that know marks.
    """

    frames: int
    ended: bool

    def write(self, samples: np.ndarray) -> None:
        """Append samples."""
        ...

    def skip(self, frames: int) -> None:
        """Append silence."""
        ...

    def mark(self, frame: int, text: str) -> None:
        """Mark a frame of the file."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class LibsndfileWriter:
    """A file in any format of libsndfile, which cannot go on after an error: it ends there.

    Parameters
    ----------
    path : Path
        Sound file.
    kind : str
        Format, as libsndfile names it.
    channels : int
        Number of channels.
    rate : int
        Hz.
    """

    def __init__(self, path: Path, kind: str, channels: int, rate: int) -> None:
        self.frames, self.ended, self._channels = 0, False, channels
        subtype = "PCM_24" if "PCM_24" in soundfile.available_subtypes(kind) else soundfile.default_subtype(kind)
        try:
            self._file = soundfile.SoundFile(path, "w", rate, channels, subtype, format=kind)
        except (soundfile.LibsndfileError, ValueError) as error:
            raise OSError(getattr(error, "error_string", None) or str(error)) from None

    def write(self, samples: np.ndarray) -> None:
        """Append float32 [frames, channels]."""
        if not self.ended:
            try:
                self._file.write(samples)
            except (soundfile.LibsndfileError, RuntimeError, AssertionError):
                self.ended = True
        if self.ended:
            raise OSError("is the disk full?")  # libsndfile knows no more
        self.frames += len(samples)

    def skip(self, frames: int) -> None:
        """Append silence."""
        for start in range(0, frames, _PIECE):
            self.write(np.zeros((min(_PIECE, frames - start), self._channels), np.float32))

    def mark(self, frame: int, text: str) -> None:
        """Nothing: libsndfile writes marks before the first sample only."""

    def close(self) -> None:
        """Close the file."""
        try:
            self._file.close()
        except (soundfile.LibsndfileError, RuntimeError):
            raise OSError("is the disk full?") from None


def is_sound_file(text: str) -> bool:
    """Tell a file from a device: it has a sound file's ending, or exists."""
    endings = (".wav", ".flac", ".aif", ".aiff", ".ogg", ".mp3", ".w64", ".rf64", ".opus", ".caf")
    return text.lower().endswith(endings) or Path(text).is_file()


def open_writer(path: Path, channels: int, rate: int, *, exact: bool = False) -> Writer:
    """Open a sound file for writing, 24 bits where its format (by its ending) has them; what was in it is lost.

    With `exact` a WAV file keeps the samples as they are.

    Raises
    ------
    LivehostError
        Where there is no such format, or the file cannot be written.
    """
    kind = path.suffix.lstrip(".").upper() or "WAV"
    kind = {"AIF": "AIFF", "OGA": "OGG"}.get(kind, kind)
    if kind not in soundfile.available_formats():
        raise LivehostError(f"{path} cannot be written: {path.suffix} is no sound format; try .wav or .flac.", 2)
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is no file")  # noqa: TRY301
        file = path.open("wb", buffering=0)
        if kind == "WAV":
            return WavFile(file, channels, rate, exact=exact)
        file.close()  # the system has said better than libsndfile would what is wrong
        return LibsndfileWriter(path, kind, channels, rate)
    except OSError as error:
        raise LivehostError(f"{path} cannot be written: {(error.strerror or str(error)).rstrip('.')}.") from None


class AudioFileWriter:
    """One sound file that follows some channels of an audio ring, by `service` in the background or by `drain`.

    Frame n of the file is frame n of what it follows, always: what had left the audio ring before the disk took it
    stands as silence.

    Parameters
    ----------
    ring : AudioRing
        What to follow.
    channels : sequence of int
        Its channels.
    writer : Writer
        An empty sound file.
    path : Path
        Its name.
    rate : float
        Hz.
    start : int
        Frame of the audio ring that is the file's first.
    on_gap : callable, optional
        Gets `path`, first frame (of the ring), number of frames and cause of what is missing.

    Attributes
    ----------
    lost : int
        Frames that are not in the file, so far.
    finished : threading.Event
        Set once the file is closed.
    service : Service
        Its thread, to be watched; a disk that hangs is told by `problem`.
    """

    def __init__(
        self,
        ring: AudioRing,
        channels: Sequence[int],
        writer: Writer,
        path: Path,
        rate: float,
        start: int,
        on_gap: Callable[[Path, int, int, str], None] | None = None,
    ) -> None:
        self.path, self.lost, self.finished = path, 0, threading.Event()
        self.service = Service(f"recording {path.name}", self._turn, every_s=_POLL_S, stall_s=math.inf, replace=False)
        self._ring, self._channels, self._writer = ring, tuple(channels), writer
        self._rate, self._start, self._on_gap = rate, start, on_gap
        self._disk = DiskWatch()
        self._end: int | None = None
        self._closing_since = math.inf
        self._retry_at = self._told_until = 0.0
        self._cause = ""

    def mark(self, frame: int, text: str) -> None:
        """Mark a frame of the audio ring, where it is in the file."""
        if frame >= self._start and (self._end is None or frame <= self._end):
            self._writer.mark(frame - self._start, text)

    def end(self, frame: int) -> None:
        """Have it end before that frame of the audio ring, as soon as all before it is written."""
        self._end = frame if self._end is None else self._end

    def begin_close(self) -> None:
        """End it at once: what the disk does not take now is lost."""
        self.end(self._ring.written)
        self._closing_since = time.monotonic()

    def wait_closed(self) -> None:
        """Wait for its thread to do that; a disk that does not answer is left alone."""
        if not self._disk.wait(self.finished, self._closing_since):
            self._lose(self._behind(), HANGS, self._start + self._writer.frames)

    @property
    def problem(self) -> str:
        """What is wrong now, "" while all is well."""
        if self.finished.is_set():
            return ""
        if self._writer.ended:
            return f"Recording to {self.path} has ended early ({self._disk.error}); what was written is kept."
        losing = f"{self.path} loses sound ({self._cause})." if time.monotonic() < self._told_until else ""
        return self._disk.problem(str(self.path)) or losing

    @property
    def whole(self) -> bool:
        """Whether it is closed, and nothing is missing."""
        return self.finished.is_set() and not self._cause

    def report(self) -> str:
        """Say what is missing from it, "" where it is whole."""
        if not self._cause:
            return ""
        if not self.lost:
            return f"{self.path} was not closed properly ({self._cause})."
        length = (self._ring.written if self._end is None else self._end) - self._start
        missing = f"{self.lost / self._rate:.1f} s of {length / self._rate:.1f} s are missing"
        return f"{self.path} is not whole: {missing} ({self._cause})."

    def drain(self, within_s: float = math.inf) -> None:
        """Write all that has come since, or as much as can be in the time; close the file at its end."""
        deadline = time.monotonic() + within_s
        while self._behind() > 0 and time.monotonic() < deadline:
            with self._disk.call():
                self._advance()
            if self._disk.error:
                self._retry_at = time.monotonic() + _RETRY_S
                break
        at_end = self._end is not None and self._behind() <= 0
        if not self.finished.is_set() and (at_end or (self._closing and self._disk.error)):
            self._finish()

    @property
    def _closing(self) -> bool:
        return self._closing_since < math.inf

    def _turn(self) -> None:
        if self._closing or not self._disk.error or time.monotonic() >= self._retry_at:
            self.drain(_TURN_S)

    def _behind(self) -> int:
        """Count the frames that are to be written."""
        written = self._ring.written
        stop = written if self._end is None else min(written, self._end)
        return stop - self._start - self._writer.frames

    def _advance(self) -> None:
        """Write silence for what has left the audio ring, then the next piece of what is there."""
        gap = min(self._behind(), self._ring.oldest - self._start - self._writer.frames)
        if gap > 0:
            self._writer.skip(gap)
            self._lose(gap, self._disk.error or SLOW, self._start + self._writer.frames - gap)
        here = self._start + self._writer.frames
        count = min(self._behind(), max(1, _PIECE // len(self._channels)))
        samples = self._ring.read(here, here + count, self._channels)
        if count > 0 and self._ring.oldest <= here:  # not overwritten while it was read
            self._writer.write(samples)

    def _lose(self, frames: int, cause: str, first: int) -> None:
        if self._on_gap is not None:
            self._on_gap(self.path, first, frames, cause)
        self.mark(first, f"{frames / self._rate:.3f} s are missing")
        self.lost += frames
        self._cause = cause
        self._told_until = time.monotonic() + _TOLD_S

    def _finish(self) -> None:
        """Close the file; what the disk does not take is silence where it takes that, and lost in any case."""
        if (missing := self._behind()) > 0:
            self._lose(missing, self._disk.error, self._start + self._writer.frames)
            with self._disk.call():
                self._writer.skip(missing)
        with self._disk.call():
            self._writer.close()
        self._cause = self._cause or self._disk.error
        self.finished.set()
        self.service.stop()
