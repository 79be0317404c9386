"""The recorder: what was heard and played, in sound files that survive what happens to the disk."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import platformdirs

from livehost.atomic_file import create, discard, make_folder
from livehost.errors import LivehostError
from livehost.rt.audio_ring import AudioRing
from livehost.service import Service
from livehost.stage.audio_file import AudioFileWriter, open_writer
from livehost.stage.wav import WavFile

#: The audio ring begins with the two channels that are played; the inputs follow.
PLAYED = (0, 1)


def recordings_folder(setting: str) -> Path:
    """Give the folder that is set, else livehost's own in the user's music."""
    return Path(setting) if setting else platformdirs.user_music_path() / "livehost"


class Recorder:
    """Drains an audio ring into sound files: those that last all the time, and recordings that begin and end.

    Every method may be called from any thread.

    Parameters
    ----------
    ring : AudioRing
        Left and right of what is played, then every input.
    rate : float
        Hz.
    outputs : sequence of (Path, sequence of int)
        Sound files to write from now until `close`, each with its channels of the ring.
    exact : sequence of (Path, sequence of int)
        The same, WAV files that keep samples as they are.
    preroll_s : float
        A recording that begins has as much of what was before, where the ring still holds it.
    on_gap : callable, optional
        Gets file, first frame, number of frames and cause of what is missing from a file, from the file's thread.
    folder : Path
        Where recordings go unless another folder is named.

    Raises
    ------
    LivehostError
        Where an output cannot be written.
    """

    def __init__(
        self,
        ring: AudioRing,
        rate: float,
        outputs: Sequence[tuple[Path, Sequence[int]]],
        folder: Path,
        *,
        exact: Sequence[tuple[Path, Sequence[int]]] = (),
        preroll_s: float = 0.0,
        on_gap: Callable[[Path, int, int, str], None] | None = None,
    ) -> None:
        self._ring, self._rate, self._folder = ring, rate, folder
        self._preroll, self._on_gap = round(preroll_s * rate), on_gap
        self._files: tuple[AudioFileWriter, ...] = ()  # replaced, never changed: other threads read it without the lock
        self._take: tuple[AudioFileWriter, ...] = ()
        self._last: tuple[AudioFileWriter, ...] = ()  # the take that goes on, or was the last
        self._begun, self._ended = 0, 0
        self._lock = threading.Lock()  # never held while the disk is asked
        self._opening = self._running = self._closed = False
        for path, channels in [*outputs, *exact]:
            writer = open_writer(path, len(channels), int(rate), exact=(path, channels) in exact)
            self._files += (AudioFileWriter(ring, channels, writer, path, rate, ring.written, on_gap),)

    def start(self) -> None:
        """Follow in the background."""
        with self._lock:
            self._running = True
            for file in self._files:
                file.service.start()

    def drain(self) -> None:
        """Write all that has come since, where nothing runs in the background (offline)."""
        for file in self._files:
            file.drain()

    def record(self, folder: Path | None = None) -> str:
        """Begin ``heard.wav`` and ``played.wav``; older ones stay, and the new get a number.

        They begin at the present frame, or as much earlier as there is to be of what was before.

        Parameters
        ----------
        folder : Path, optional
            Where to; it is made if need be.

        Returns
        -------
        str
            A sentence that names them.

        Raises
        ------
        LivehostError
            Where a recording goes on already, or the files cannot be written.
        """
        frame, folder = max(self._ring.written - self._preroll, self._ring.oldest), folder or self._folder
        with self._lock:
            if self._take:
                raise LivehostError(f"livehost records already, {_names(self.paths)}; stop that first.", 2)
            if self._opening or self._closed:
                raise LivehostError(f"livehost {'ends' if self._closed else 'begins to record'} just now.", 2)
            self._opening = True
        try:
            take = self._open(folder, frame)
            with self._lock:
                self._files = (*(file for file in self._files if not file.whole), *take)
                self._begun, self._last = frame, take
                for file in take:
                    if self._closed:  # while the files were being opened
                        file.begin_close()
                        file.drain()
                    elif self._running:
                        file.service.start()
                self._take = () if self._closed else take
        finally:
            self._opening = False
        return f"Recording {_names(self.paths)}."

    def stop(self) -> str:
        """End the recording at the present frame; what is still to be written is written in the background.

        Returns
        -------
        str
            A sentence with its length.

        Raises
        ------
        LivehostError
            Where nothing is being recorded.
        """
        frame = self._ring.written
        with self._lock:
            take, self._take, self._ended = self._take, (), frame if self._take else self._ended
        if not take:
            raise LivehostError("Nothing is being recorded.", 2)
        for file in take:
            file.end(frame)
        missing = max(file.lost for file in take) / self._rate
        names, length = _names([file.path for file in take]), (frame - self._begun) / self._rate
        return f"Recorded {names}: {length:.1f} s{f', {missing:.1f} s of it are missing' if missing else ''}."

    def close(self) -> None:
        """End all files; waits a second for a disk that does not answer."""
        with self._lock:
            if self._closed:
                return
            self._closed, self._take = True, ()
            files = [file for file in self._files if not file.finished.is_set()]
        for file in files:
            file.begin_close()
        for file in files:
            if self._running:
                file.wait_closed()
            else:
                file.drain()

    def mark(self, frame: int, text: str) -> None:
        """Mark a frame in every file that is being written."""
        for file in self._files:
            if not file.finished.is_set():
                file.mark(frame, text)

    @property
    def recording(self) -> bool:
        """Whether a recording goes on."""
        return bool(self._take)

    @property
    def paths(self) -> list[Path]:
        """Files of the recording that goes on."""
        return [file.path for file in self._take]

    @property
    def lost(self) -> int:
        """Frames that are missing, of all files together."""
        return sum(file.lost for file in self._files)

    def facts(self) -> dict[str, Any]:
        """Tell of the recording that goes on, or was the last: see the addresses under /livehost/record."""
        end, last = self._ring.written if self._take else self._ended, self._last
        return {
            "recording": int(self.recording),
            "record_seconds": (end - self._begun) / self._rate,
            "record_path": str(last[-1].path) if last else "",
            "record_overflows": max((file.lost for file in last), default=0),
        }

    @property
    def services(self) -> list[Service]:
        """Threads that run now, one for each file: a disk that hangs must not hold up another."""
        return [file.service for file in self._files if not file.finished.is_set()] if self._running else []

    def problems(self) -> dict[str, str]:
        """Say what is wrong now: a sentence for each file that has a problem."""
        return {str(file.path): problem for file in self._files if (problem := file.problem)}

    def report(self) -> list[str]:
        """Say which files are not whole, a sentence each."""
        return [report for file in self._files if (report := file.report())]

    def _open(self, folder: Path, frame: int) -> tuple[AudioFileWriter, ...]:
        make_folder(folder)
        parts = (range(len(PLAYED), self._ring.channels), PLAYED)
        files = []
        try:
            files = create(folder / "heard.wav", folder / "played.wav")
            writers = [WavFile(file, len(part), int(self._rate)) for file, part in zip(files, parts, strict=True)]
        except OSError as error:
            discard(files)
            raise LivehostError(f"Nothing can be recorded into {folder}: {error.strerror}.") from None
        return tuple(
            AudioFileWriter(self._ring, part, writer, Path(file.name), self._rate, frame, self._on_gap)
            for part, writer, file in zip(parts, writers, files, strict=True)
        )


def _names(paths: Sequence[Path]) -> str:
    return " and ".join(map(str, paths))
