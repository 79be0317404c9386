"""MIDI files ↔ notes of a performance."""

from pathlib import Path

import mido
import numpy as np

from livehost.atomic_file import atomic_write
from livehost.bank.decode import UnusableSound
from livehost.errors import LivehostError
from livehost.performance.notes import NOTE, make_notes
from livehost.studio.audio_data.piano import read_midi

#: From this value on the sustain pedal (CC 64) is down.
PEDAL_DOWN = 64
_TICKS, _TEMPO = 500, 500_000  # a tick is a millisecond


def read_performance(path: Path) -> np.ndarray:
    """Read the notes of a MIDI file, whatever plays them but drums; notes last as long as the pedal holds them.

    Parameters
    ----------
    path : Path

    Returns
    -------
    numpy.ndarray
        `NOTE` [notes], from the beginning of the file on.

    Raises
    ------
    LivehostError
        Where it is broken, no MIDI file, or holds no notes.
    """
    if not path.is_file():
        raise LivehostError(f"There is no file {path}.", 2)
    try:
        part = read_midi(path)
    except UnusableSound as error:
        raise LivehostError(f"{path} {error}.", 2) from error
    start, length, pitch, velocity = part.notes.T
    ends = extend_by_pedal(start, start + length, pitch, part.pedal)
    return make_notes(list(zip(start, ends, pitch, velocity, strict=True)))


def extend_by_pedal(start: np.ndarray, end: np.ndarray, pitch: np.ndarray, pedal: np.ndarray) -> np.ndarray:
    """Let notes that are released while the pedal is down sound until it comes up, or their key is struck again.

    Parameters
    ----------
    start, end, pitch : numpy.ndarray
        Float64 [notes].
    pedal : numpy.ndarray
        Float64 [changes, 2], seconds and values, in order of time. A pedal that never comes up holds until the last
        release.

    Returns
    -------
    numpy.ndarray
        Float64 [notes], the new ends.

    Examples
    --------
    >>> pedal = np.array([[0.5, 127], [3.0, 0]])
    >>> extend_by_pedal(np.array([0.0, 2.0]), np.array([1.0, 2.5]), np.array([60, 60]), pedal).tolist()
    [2.0, 3.0]
    """
    if not len(pedal) or not len(start):
        return end
    down = pedal[:, 1] >= PEDAL_DOWN
    state = np.searchsorted(pedal[:, 0], end, side="right") - 1  # the change that counts at each release
    held = (state >= 0) & down[np.maximum(state, 0)]
    ups = np.append(pedal[~down, 0], max(end.max(), pedal[-1, 0]))
    lifted = ups[np.searchsorted(pedal[~down, 0], end, side="right")]
    order = np.lexsort((start, pitch))
    again = np.full(len(start), np.inf)
    same = pitch[order[:-1]] == pitch[order[1:]]
    again[order[:-1]] = np.where(same, start[order[1:]], np.inf)
    return np.where(held, np.maximum(end, np.minimum(lifted, again)), end)


def to_midi(notes: np.ndarray, program: int = 0) -> mido.MidiFile:
    """Make a MIDI file of notes: one track, format 0, to the millisecond.

    Parameters
    ----------
    notes : numpy.ndarray
        `NOTE` [notes].
    program : int
    """
    messages: list[tuple[int, int, mido.Message]] = []
    for note in notes if len(notes) else np.zeros(0, NOTE):
        key = {"note": int(note["pitch"])}
        start, end = (round(float(note[name]) * 1000) for name in ("start_s", "end_s"))
        messages.append((start, 1, mido.Message("note_on", velocity=int(np.clip(note["velocity"], 1, 127)), **key)))
        messages.append((max(end, start + 1), 0, mido.Message("note_off", **key)))
    track = mido.MidiTrack(
        [mido.MetaMessage("set_tempo", tempo=_TEMPO), mido.Message("program_change", program=program)]
    )
    now = 0
    for at, _, message in sorted(messages, key=lambda row: row[:2]):
        track.append(message.copy(time=at - now))
        now = at
    return mido.MidiFile(type=0, ticks_per_beat=_TICKS, tracks=[track])


def write_performance(notes: np.ndarray, path: Path) -> None:
    """Write notes as a MIDI file, atomically.

    Raises
    ------
    LivehostError
        Where it cannot be written.
    """
    if path.is_dir():
        raise LivehostError(f"{path} is a folder; give the name of a file.", 2)
    try:
        with atomic_write(path) as new:
            to_midi(notes).save(str(new))
    except OSError as error:
        raise LivehostError(f"{path} cannot be written: {error.strerror or error}.") from error
