"""Sounds that are made to learn from: notes of a soundfont, and struck and plucked physical models.

A file holds what one instrument plays, so that a split by file holds instruments out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from livehost.atomic_file import atomic_write
from livehost.errors import LivehostError
from livehost.studio.audio_data.render import Part, render
from livehost.synthesis.demo_bank import midi_hz
from livehost.synthesis.membrane import Drum, hit
from livehost.synthesis.sound import finish
from livehost.synthesis.string import String, pluck
from livehost.synthesis.struck_bars import Bar, cymbal, shaker, tap

#: General MIDI programs that are struck or plucked.
PROGRAMS = (*range(16), *range(24, 40), 45, 46, 47, *range(104, 109), *range(112, 118))
#: Kits of General MIDI (programs of the drum channel), and their keys. The others borrow most of their samples from the
#: first: a split by file would not hold those out.
KITS = (0, 25)
_KEYS = range(35, 82)
#: Sounds of a file, and seconds from one to the next: longer than a clip.
SOUNDS, APART_S = 8, 1.75
_LENGTH_S = 1.4
#: Level of the files' peaks, dBFS.
_PEAK_DB = -3.0
#: Name of the folders, as manifests show them.
NOTES, MODELS = "notes of a soundfont", "physical models"

Make = Callable[[int, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class MadeFile:
    """One file to be made: its name, and how: rate, chance → float32 samples."""

    name: str
    make: Make


def make_sounds(
    folder: Path,
    files: list[MadeFile],
    rate: int,
    licence: str,
    progress: Callable[[int, int, str], None] | None = None,
) -> Path:
    """Make files that are not there yet, as FLAC, each written atomically; a name at a rate is always the same sound.

    Parameters
    ----------
    folder : Path
        Gets a README with the licence, too.
    files : list of MadeFile
    rate : int
        Hz.
    licence : str
    progress : callable, optional
        Gets (done, total, name).

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    LivehostError
        Where it cannot be written, or what makes the sounds is missing.
    """
    try:
        with atomic_write(folder / "README.md") as new:
            new.write_text(f"Made by livehost to learn from; {licence}.\n", "utf-8")
        for number, file in enumerate(files):
            path = folder / f"{file.name}.flac"
            if not path.exists():
                rng = np.random.default_rng([0, *file.name.encode()])
                sound = finish(file.make(rate, rng), rate, _PEAK_DB)
                with atomic_write(path) as new:
                    soundfile.write(new, sound, rate, format="FLAC", subtype="PCM_16")
            if progress is not None:
                progress(number + 1, len(files), file.name)
    except (OSError, soundfile.LibsndfileError) as error:
        raise LivehostError(f"The sounds to learn from cannot be written to {folder}: {error}.") from error
    return folder


def note_files(count: int) -> list[MadeFile]:
    """List files with about so many notes of a soundfont: instruments first, and a kit after every fourth of them."""
    plan = [_instrument(program) for program in PROGRAMS]
    for at, number in enumerate(range(0, len(_KEYS) * len(KITS), SOUNDS)):
        kit, first = divmod(number, len(_KEYS))
        plan.insert(min(4 + 2 * at, len(plan)), _kit(KITS[kit], list(_KEYS)[first : first + SOUNDS]))
    order = np.random.default_rng(0).permutation(len(plan))
    return [plan[at] for at in order[: -(-count // SOUNDS)]]


def model_files(count: int) -> list[MadeFile]:
    """List files with about so many sounds of physical models, each file of one instrument made by chance."""
    names = list(_MODELS)
    return [
        MadeFile(f"{names[at % len(names)]}-{at // len(names)}", _of(_MODELS[names[at % len(names)]]))
        for at in range(-(-count // SOUNDS))
    ]


def _instrument(program: int) -> MadeFile:
    def make(rate: int, rng: np.random.Generator) -> np.ndarray:
        low, high = (28, 55) if 32 <= program < 40 else (40, 84)
        pitches = rng.permutation(np.linspace(low, high, SOUNDS).round() + rng.integers(0, 4))
        return _play(Part(_notes(pitches, rng), program), rate)

    return MadeFile(f"program-{program:03d}", make)


def _kit(kit: int, keys: list[int]) -> MadeFile:
    def make(rate: int, rng: np.random.Generator) -> np.ndarray:
        return _play(Part(_notes(np.array(keys, float), rng), kit, drums=True), rate)

    return MadeFile(f"kit-{kit:03d}-{keys[0]:02d}", make)


def _notes(pitches: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Play pitches one after the other, a breath between them."""
    count = len(pitches)
    lengths = rng.uniform(0.2, 1.0, count)
    return np.stack([0.05 + APART_S * np.arange(count), lengths, pitches, rng.integers(60, 128, count)], axis=1)


def _play(part: Part, rate: int) -> np.ndarray:
    return render([part], rate=rate)


def _of(sounds: Callable[[int, np.random.Generator], Iterator[np.ndarray]]) -> Make:
    """Put sounds one after the other."""

    def make(rate: int, rng: np.random.Generator) -> np.ndarray:
        out = np.zeros(round(APART_S * SOUNDS * rate), np.float32)
        for number, sound in enumerate(sounds(rate, rng)):
            at = round(APART_S * number * rate)
            peak = float(np.abs(sound).max()) or 1.0
            out[at : at + len(sound)] += np.asarray(sound / peak, np.float32)[: len(out) - at]
        return out

    return make


def _drums(rate: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    drum = Drum(
        radius_m=float(np.exp(rng.uniform(np.log(0.08), np.log(0.32)))),
        tension=float(np.exp(rng.uniform(np.log(400), np.log(4000)))), density=float(rng.uniform(0.2, 0.6)),
        loss=float(rng.uniform(4, 14)), loss_per_khz=float(rng.uniform(8, 60)),
        contact_ms=float(np.exp(rng.uniform(np.log(0.5), np.log(4)))), glide=float(rng.uniform(0, 0.8)),
        noise=float(rng.uniform(0, 0.15)), wires=float(rng.choice([0.0, 0.0, 0.5])),
    )  # fmt: skip
    for _ in range(SOUNDS):
        yield hit(drum, _LENGTH_S, rate, rng, radius=float(rng.uniform(0.05, 0.9)), velocity=float(rng.uniform(0.3, 1)))


def _strings(rate: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    string = String(
        str(rng.choice(["guitar", "harp", "bass"])), low_decay_s=float(rng.uniform(2, 5)),
        high_decay_s=float(np.exp(rng.uniform(np.log(0.2), np.log(0.9)))), pick=float(rng.uniform(0.08, 0.4)),
        pick_hz=float(np.exp(rng.uniform(np.log(2000), np.log(8000)))), noise=float(rng.uniform(0.1, 0.5)),
    )  # fmt: skip
    low = int(rng.integers(28, 56))
    for _ in range(SOUNDS):
        pitch, damped = midi_hz(low + int(rng.integers(0, 25))), float(rng.choice([1.0, 1.0, 8.0]))
        yield pluck(string, pitch, _LENGTH_S, rate, rng, velocity=float(rng.uniform(0.4, 1)), damped=damped)


def _bars(rate: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    ratios = [(1.0, 3.93, 9.25), (), (1.0, 2.71, 4.6)][int(rng.integers(3))]
    bar = Bar(
        str(rng.choice(["free", "bell"])), ratios, decay_s=float(np.exp(rng.uniform(np.log(0.15), np.log(4)))),
        brightness_loss=float(rng.uniform(0.5, 1.2)), contact_ms=float(np.exp(rng.uniform(np.log(0.2), np.log(2)))),
        knock=float(rng.uniform(0.02, 0.25)),
    )  # fmt: skip
    low = int(rng.integers(52, 84))
    for _ in range(SOUNDS):
        pitch = midi_hz(low + int(rng.integers(0, 20)))
        yield tap(bar, pitch, _LENGTH_S, rate, rng, velocity=float(rng.uniform(0.4, 1)))


def _metal(rate: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    low, decay = float(np.exp(rng.uniform(np.log(95), np.log(3000)))), float(rng.uniform(0.2, 4))
    sizzle = float(rng.uniform(0, 0.8))
    for _ in range(SOUNDS):
        velocity = float(rng.uniform(0.4, 1))
        yield cymbal(_LENGTH_S, rate, rng, velocity=velocity, low_hz=low, decay_s=decay, sizzle=sizzle)


def _shakers(rate: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    band = (float(rng.uniform(1500, 4000)), float(rng.uniform(5000, 12000)))
    beans = float(rng.uniform(600, 3000))
    for _ in range(SOUNDS):
        velocity = float(rng.uniform(0.4, 1))
        yield shaker(float(rng.uniform(0.15, 0.5)), rate, rng, velocity=velocity, beans=beans, band_hz=band)


#: Drums and strings are more various than shakers: they come more often.
_MODELS: dict[str, Callable[[int, np.random.Generator], Iterator[np.ndarray]]] = {
    "drum": _drums, "string": _strings, "bar": _bars, "tom": _drums, "metal": _metal, "lute": _strings,
    "shaker": _shakers,
}  # fmt: skip
