"""Notes to sound, through the program FluidSynth and a General MIDI soundfont."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import mido
import numpy as np
import soundfile

from livehost.errors import LivehostError
from livehost.studio.audio_data.segments import RATE
from livehost.studio.audio_data.soundfonts import Soundfonts, find_soundfonts

_TICKS = 4800  # per beat of half a second: 0.1 ms
_DRUM_CHANNEL = 9
_CHANNELS = [c for c in range(16) if c != _DRUM_CHANNEL]
_TAIL_S = 1.0
_TIMEOUT_S = 300
#: Only the samples that are played are read, and not locked in memory: a fifth of a second less.
_OPTIONS = ("-o", "synth.dynamic-sample-loading=1", "-o", "synth.lock-memory=0", "-o", "audio.period-size=1024",
            "-o", "synth.polyphony=160")  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What one instrument plays.

    Parameters
    ----------
    notes : ndarray of float64, shape [n, 4]
        Onset and duration in seconds, MIDI pitch, velocity 1 to 127.
    program : int
        General MIDI program, 0 to 127; of a drum part: its kit.
    drums : bool
        Whether pitches are drums.
    pedal : ndarray of float64, shape [n, 2]
        Sustain pedal: second, value 0 to 127.
    volume_db : float
        At most +4: the channel's volume stands at 100 of 127 for 0, and falls by its square.
    """

    notes: np.ndarray
    program: int = 0
    drums: bool = False
    pedal: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))
    volume_db: float = 0.0

    def moved(self, semitones: int = 0, tempo: float = 1.0) -> "Part":
        """Return the part transposed (not drums), and faster by a factor."""
        notes, pedal = self.notes.copy(), self.pedal.copy()
        if not self.drums:
            notes[:, 2] = np.clip(notes[:, 2] + semitones, 0, 127)
        notes[:, :2] /= tempo
        pedal[:, :1] /= tempo
        return replace(self, notes=notes, pedal=pedal)


@dataclass(frozen=True)
class Tools:
    """The path of FluidSynth, and the soundfonts found."""

    program: str
    fonts: Soundfonts


@lru_cache(maxsize=1)
def tools() -> Tools:
    """Find FluidSynth and General MIDI soundfonts.

    Raises
    ------
    LivehostError
        Where one is missing.
    """
    program = shutil.which("fluidsynth")
    if program is None:
        raise LivehostError("Rendering MIDI wants the program fluidsynth: install it (Debian: apt install fluidsynth).")
    return Tools(program, find_soundfonts())


def to_midi(parts: Sequence[Part]) -> mido.MidiFile:
    """Write parts as MIDI, a beat half a second long."""
    file = mido.MidiFile(ticks_per_beat=_TICKS)
    track = mido.MidiTrack()
    file.tracks.append(track)
    per_second = 2 * _TICKS
    channels = iter(_CHANNELS)
    events: list[tuple[int, int, mido.Message]] = []  # tick, order among the simultaneous, message
    for part in parts:
        channel = _DRUM_CHANNEL if part.drums else next(channels)
        events.append((0, 0, mido.Message("program_change", channel=channel, program=part.program)))
        if part.volume_db:
            volume = int(np.clip(round(100 * 10 ** (part.volume_db / 40)), 1, 127))
            events.append((0, 0, mido.Message("control_change", channel=channel, control=7, value=volume)))
        for second, value in part.pedal:
            message = mido.Message("control_change", channel=channel, control=64, value=int(np.clip(value, 0, 127)))
            events.append((round(max(second, 0) * per_second), 1, message))
        for second, duration, pitch, velocity in part.notes:
            start = round(max(second, 0) * per_second)
            end = start + max(round(duration * per_second), 1)
            note = {"channel": channel, "note": int(pitch)}
            events.append((start, 3, mido.Message("note_on", velocity=int(np.clip(velocity, 1, 127)), **note)))
            events.append((end, 2, mido.Message("note_off", **note)))
    tick = 0
    for at, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=at - tick))
        tick = at
    track.append(mido.MetaMessage("end_of_track", time=round(_TAIL_S * per_second)))
    return file


def render(
    parts: Sequence[Part], *, gain: float = 0.4, room: bool = False, rate: int = RATE, soundfont: str = ""
) -> np.ndarray:
    """Play parts through FluidSynth, faster than they last.

    Parameters
    ----------
    parts : sequence of Part
        At most 15, and one of drums.
    gain : float
        Of FluidSynth: linear, so what is rendered apart and summed is what is rendered together.
    room : bool
        Whether its reverb and chorus are on.
    rate : int
        Sample rate in Hz.
    soundfont : str
        Its path; the first that train may play where none is given.

    Returns
    -------
    ndarray of float32, shape [frames]
        The mean of both channels; frame 0 is second 0.

    Raises
    ------
    LivehostError
        Where FluidSynth or a soundfont is missing, or it fails.
    """
    program, soundfont = tools().program, soundfont or tools().fonts.train[0]
    effects = "1" if room else "0"
    with tempfile.TemporaryDirectory(prefix="livehost-render-") as folder:
        midi, wave = Path(folder) / "notes.mid", Path(folder) / "sound.wav"
        to_midi(parts).save(midi)
        command = [program, "-niq", "-F", str(wave), "-T", "wav", "-O", "float", "-r", str(rate), "-g", str(gain),
                   "-R", effects, "-C", effects, *_OPTIONS, soundfont, str(midi)]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
        except subprocess.TimeoutExpired as error:
            raise LivehostError(f"fluidsynth did not end within {_TIMEOUT_S} s.") from error
        if done.returncode or not wave.exists():
            why = (done.stderr or done.stdout).strip().splitlines()
            raise LivehostError(f"fluidsynth failed: {why[-1] if why else f'exit status {done.returncode}'}.")
        sound, _ = soundfile.read(wave, dtype="float32", always_2d=True)
    return np.ascontiguousarray(sound.mean(axis=1, dtype=np.float32))


def mix(*sounds: np.ndarray) -> np.ndarray:
    """Sum sounds of different lengths."""
    out = np.zeros(max(len(sound) for sound in sounds), np.float32)
    for sound in sounds:
        out[: len(sound)] += sound
    return out


def to_peak(sound: np.ndarray, peak_db: float) -> np.ndarray:
    """Scale sound so that its peak is at a level in dBFS; silence stays."""
    peak = float(np.abs(sound).max(initial=0.0))
    return sound if peak == 0.0 else (sound * (10 ** (peak_db / 20) / peak)).astype(np.float32)
