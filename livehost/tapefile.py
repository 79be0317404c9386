"""Writing what was heard and played to sound files, while it happens."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from livehost.errors import LivehostError
from livehost.rt.ring import Tape

_POLL_S = 0.1


def is_sound_file(text: str) -> bool:
    """Tell a file from a device: it has a sound file's ending, or exists."""
    endings = (".wav", ".flac", ".aif", ".aiff", ".ogg", ".mp3", ".w64", ".rf64", ".opus", ".caf")
    return text.lower().endswith(endings) or Path(text).is_file()


def free_path(path: Path) -> Path:
    """Give the path itself, or the next one with a number behind its name that does not exist yet."""
    number, candidate = 2, path
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return candidate


class TapeFile:
    """One sound file that follows some channels of a tape.

    Parameters
    ----------
    tape : Tape
        What to follow.
    channels : sequence of int
        Its channels.
    path : Path
        Sound file; its ending says the format, 24 bits where the format has them.
    rate : float
        Hz.

    Attributes
    ----------
    trouble : str
        What ended it before its time, "" while all is well.
    lost : int
        Frames that had left the tape before they could be written; silence stands in their place.
    """

    def __init__(self, tape: Tape, channels: Sequence[int], path: Path, rate: float) -> None:
        self.path, self.trouble, self.lost = path, "", 0
        self._tape, self._channels, self._read = tape, list(channels), tape.written
        kind = path.suffix.lstrip(".").upper() or "WAV"
        kind = {"AIF": "AIFF", "OGA": "OGG"}.get(kind, kind)
        if kind not in soundfile.available_formats():
            raise LivehostError(f"{path} cannot be written: {path.suffix} is no sound format; try .wav or .flac.", 2)
        # 24 bits: a float WAV carries the time of its writing, and the same render must be the same file
        subtype = "PCM_24" if "PCM_24" in soundfile.available_subtypes(kind) else soundfile.default_subtype(kind)
        try:
            path.open("ab").close()  # the system says better than libsndfile what is wrong
            self._file = soundfile.SoundFile(path, "w", int(rate), len(self._channels), subtype, format=kind)
        except (soundfile.LibsndfileError, OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or getattr(error, "error_string", None) or str(error)
            raise LivehostError(f"{path} cannot be written: {why.rstrip('.')}.") from None

    def follow(self) -> None:
        """Write all that has come since; a full disk ends the file, never the evening."""
        written = self._tape.written
        if self.trouble or written == self._read:
            self._read = written
            return
        oldest = written - self._tape.frames // 2
        try:
            if self._read < oldest:
                self.lost += oldest - self._read
                self._file.write(np.zeros((oldest - self._read, len(self._channels)), np.float32))
                self._read = oldest
            self._file.write(self._tape.read(self._read, written)[:, self._channels])
        except (soundfile.LibsndfileError, OSError, RuntimeError) as error:
            why = "is the disk full?" if "System error" in str(error) else error  # libsndfile knows no more
            self.trouble = f"Recording to {self.path} has ended early ({why}); what was written is kept."
        self._read = written

    def close(self) -> None:
        """Write the rest and close."""
        self.follow()
        try:
            self._file.close()
        except (soundfile.LibsndfileError, OSError, RuntimeError) as error:
            self.trouble = self.trouble or f"{self.path} was not closed properly ({error})."


class TapeFiles:
    """Several tape files, followed together by a thread of their own (or by `follow`, offline)."""

    def __init__(self, files: list[TapeFile]) -> None:
        self.files = files
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Follow in the background."""
        if self.files:
            self._thread = threading.Thread(target=self._loop, name="livehost recorder", daemon=True)
            self._thread.start()

    def follow(self) -> None:
        """Write all that has come since."""
        for file in self.files:
            file.follow()

    def close(self) -> None:
        """Write the rest and close all."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        for file in self.files:
            file.close()

    @property
    def troubles(self) -> list[str]:
        """What went wrong, a sentence each."""
        return [file.trouble for file in self.files if file.trouble]

    def _loop(self) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            self.follow()
            self._stop.wait(max(0.0, _POLL_S - (time.monotonic() - began)))
