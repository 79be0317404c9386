"""The bank of `livehost demo`: drums, strings and bells, made by physical models in a second or two."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from livehost.errors import LivehostError
from livehost.synthesis.membrane import Drum, hit
from livehost.synthesis.sound import finish, velocity_peak_db
from livehost.synthesis.string import String, pluck
from livehost.synthesis.struck_bars import Bar, cymbal, shaker, tap

#: Drums of the bank. The performer's are others.
DRUMS: dict[str, Drum] = {
    "kick": Drum(0.28, 420.0, 0.40, loss=9.0, loss_per_khz=60.0, contact_ms=3.5, glide=0.9, noise=0.10),
    "snare": Drum(0.178, 2600.0, 0.26, loss=13.0, loss_per_khz=14.0, contact_ms=0.7, glide=0.10, wires=0.55),
    "tom_low": Drum(0.203, 900.0, 0.36, loss=6.5, loss_per_khz=16.0, contact_ms=1.6, glide=0.30),
    "tom_mid": Drum(0.165, 1250.0, 0.32, loss=7.0, loss_per_khz=15.0, contact_ms=1.4, glide=0.25),
    "tom_high": Drum(0.127, 1400.0, 0.29, loss=8.0, loss_per_khz=14.0, contact_ms=1.2, glide=0.20),
    "frame": Drum(0.22, 1500.0, 0.30, loss=4.5, loss_per_khz=9.0, contact_ms=1.1, split=0.012, noise=0.10),
    "conga": Drum(0.14, 3400.0, 0.60, loss=14.0, loss_per_khz=12.0, contact_ms=1.8, glide=0.12, noise=0.12),
}
#: Strings of the bank.
STRINGS: dict[str, String] = {
    "guitar": String("guitar", low_decay_s=4.0, high_decay_s=0.75, pick=0.12, pick_hz=6500.0, noise=0.45),
    "harp": String("harp", low_decay_s=3.4, high_decay_s=0.30, pick=0.31, pick_hz=3200.0, noise=0.15),
    "bass": String("bass", low_decay_s=3.2, high_decay_s=0.22, pick=0.20, pick_hz=2200.0, noise=0.25),
}
#: Bars and bells of the bank.
BARS: dict[str, Bar] = {
    "marimba": Bar("free", (1.0, 3.93, 9.25), decay_s=0.9, contact_ms=1.6, brightness_loss=1.0, knock=0.12),
    "glockenspiel": Bar("free", (), decay_s=3.2, contact_ms=0.25, brightness_loss=0.7, knock=0.03),
    "bell": Bar("bell", (), decay_s=4.0, contact_ms=0.4, brightness_loss=0.8, knock=0.03),
    "block": Bar("free", (1.0, 2.71, 4.6), decay_s=0.16, contact_ms=0.5, brightness_loss=0.5, knock=0.25),
}

Render = Callable[[float, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class Sample:
    """One file of the bank: its name, how it is made, how hard it is played, how it ends."""

    name: str
    render: Render
    velocity: float
    fade_out_ms: float = 60.0


def _hit(drum: str, seconds: float, **how: float) -> Render:
    return lambda rate, rng: hit(DRUMS[drum], seconds, rate, rng, **how)


def _pluck(string: str, midi: int, seconds: float, **how: float) -> Render:
    return lambda rate, rng: pluck(STRINGS[string], midi_hz(midi), seconds, rate, rng, **how)


def _tap(bar: str, midi: float, seconds: float, **how: float) -> Render:
    return lambda rate, rng: tap(BARS[bar], midi_hz(midi), seconds, rate, rng, **how)


def _cymbal(seconds: float, **how: float) -> Render:
    return lambda rate, rng: cymbal(seconds, rate, rng, **how)


def _shaker(seconds: float, *, velocity: float) -> Render:
    return lambda rate, rng: shaker(seconds, rate, rng, velocity=velocity)


def midi_hz(note: float) -> float:
    """Give the frequency of a MIDI note, A4 = 440 Hz."""
    return float(440.0 * 2.0 ** ((note - 69.0) / 12.0))


_NAMES = ("c", "cs", "d", "ds", "e", "f", "fs", "g", "gs", "a", "as", "b")


def note_name(note: int) -> str:
    """Give a name that sorts and types well: 57 → "a3", 58 → "as3"."""
    return f"{_NAMES[note % 12]}{note // 12 - 1}"


def samples() -> Iterator[Sample]:
    """Go through the table of the bank."""
    for number, velocity in enumerate((0.55, 1.0), 1):
        for tom, seconds in (("tom_low", 1.1), ("tom_mid", 0.9), ("tom_high", 0.75)):
            for spot, radius in (("centre", 0.08), ("edge", 0.72)):
                render = _hit(tom, seconds, radius=radius, velocity=velocity)
                yield Sample(f"drums/{tom}_{spot}_{number}", render, velocity)
        yield Sample(f"drums/kick_{number}", _hit("kick", 0.6, radius=0.1, velocity=velocity), velocity)
        yield Sample(f"drums/snare_{number}", _hit("snare", 0.45, radius=0.25, velocity=velocity), velocity)
        yield Sample(f"drums/conga_open_{number}", _hit("conga", 0.6, radius=0.75, velocity=velocity), velocity)
        slap = _hit("conga", 0.25, radius=0.9, velocity=velocity, damped=5.0)
        yield Sample(f"drums/conga_slap_{number}", slap, velocity)
        yield Sample(f"drums/frame_{number}", _hit("frame", 1.2, radius=0.35, velocity=velocity), velocity)
        yield Sample(f"drums/shaker_{number}", _shaker(0.22, velocity=velocity), 0.7 * velocity)
        closed = _cymbal(0.16, velocity=velocity, low_hz=3000.0, decay_s=0.22, sizzle=0.8)
        yield Sample(f"drums/hat_closed_{number}", closed, 0.75 * velocity)
    open_hat = _cymbal(0.9, velocity=0.8, low_hz=2800.0, decay_s=1.3, sizzle=0.7)
    yield Sample("drums/hat_open", open_hat, 0.6)
    yield Sample("drums/snare_rim", _hit("snare", 0.35, radius=0.85, velocity=0.9, damped=1.5), 0.9)
    yield Sample("drums/kick_soft", _hit("kick", 0.6, radius=0.4, velocity=0.35), 0.5)
    for note in (40, 45, 50, 52, 55, 57, 60, 62, 64, 67):  # A minor pentatonic with a D
        yield Sample(f"strings/guitar_{note_name(note)}", _pluck("guitar", note, 1.8), 0.8, 200.0)
    for note in (45, 52):
        yield Sample(f"strings/guitar_mute_{note_name(note)}", _pluck("guitar", note, 0.4, damped=9.0), 0.9)
    for note in (60, 64, 67, 69, 72, 76):
        yield Sample(f"strings/harp_{note_name(note)}", _pluck("harp", note, 1.8), 0.75, 200.0)
    for note in (28, 33, 35, 38, 43):
        yield Sample(f"strings/bass_{note_name(note)}", _pluck("bass", note, 1.5), 0.9, 150.0)
    for note in (57, 60, 64, 67, 72):
        yield Sample(f"bells/marimba_{note_name(note)}", _tap("marimba", note, 0.9), 0.85)
    for note in (81, 84, 88):
        yield Sample(f"bells/glockenspiel_{note_name(note)}", _tap("glockenspiel", note, 1.4), 0.6, 150.0)
    for note in (69, 76):
        yield Sample(f"bells/bell_{note_name(note)}", _tap("bell", note, 2.6), 0.7, 400.0)
    for name, note in (("low", 76), ("high", 83)):
        yield Sample(f"bells/block_{name}", _tap("block", note, 0.2), 0.8)
    yield Sample(
        "bells/gong", _cymbal(3.0, velocity=0.7, low_hz=95.0, decay_s=5.0, sizzle=0.0, contact_ms=1.2), 0.7, 800.0
    )


def render(sample: Sample, rate: float, rng: np.random.Generator) -> np.ndarray:
    """Make one sound of the bank (float32 [n], mono, peak at or under −3 dBFS)."""
    return finish(sample.render(rate, rng), rate, velocity_peak_db(sample.velocity), fade_out_ms=sample.fade_out_ms)


def write_demo_bank(directory: Path | str, rate: int = 48000, seed: int = 1) -> list[Path]:
    """Write the demo's bank.

    Parameters
    ----------
    directory : Path or str
        Made if need be; files of the same names are replaced.
    rate : int
        Hz.
    seed : int
        The same seed and rate give the same bytes.

    Returns
    -------
    list of Path
        24-bit mono WAV files in the folders ``drums``, ``strings`` and ``bells``.

    Raises
    ------
    LivehostError
        When the folder cannot be written.
    """
    root = Path(directory)
    table = list(samples())
    seeds = np.random.SeedSequence(seed).spawn(len(table))

    def write(sample: Sample, source: np.random.SeedSequence) -> Path:
        path = root / f"{sample.name}.wav"
        soundfile.write(path, render(sample, rate, np.random.default_rng(source)), rate, subtype="PCM_24")
        return path

    try:
        for folder in {sample.name.split("/")[0] for sample in table}:
            (root / folder).mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(write, table, seeds))
    except (OSError, soundfile.LibsndfileError) as error:
        raise LivehostError(f"The demo's sounds could not be written to {root}: {error}.") from error
