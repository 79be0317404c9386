"""``livehost generate gansynth``: notes of given pitches, in timbres drawn by chance, or like a sound."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.bank.info import note_name
from livehost.errors import LivehostError
from livehost.studio.audio.files import write_sound, writing
from livehost.studio.audio.generate import read_likes
from livehost.studio.gansynth.sounds import open_sounds

_HIGHEST_PITCH = 127


def generate_notes(options: Mapping[str, Any], console: Console) -> list[Path]:
    """Play notes, and write them; see `livehost generate gansynth -h` for the options.

    Returns
    -------
    list of Path
        24-bit WAV files, named by timbre and pitch, so that they are found by their pitches again.

    Raises
    ------
    LivehostError
        One sentence: a model or a sound that cannot be read, a number that is none, a file that cannot be written.
    """
    pitches, out = list(options["pitch"] or [60.0]), Path(options["out"])
    if not all(0 <= pitch <= _HIGHEST_PITCH for pitch in pitches):
        raise LivehostError("--pitch is a MIDI pitch, 0 to 127; 60 is C4.", 2)
    if not 0 <= options["temperature"] <= 4 or not 0 <= options["spread"] <= 4:
        raise LivehostError("--spread and --temperature lie between 0 and 4.", 2)
    sounds = open_sounds(options["model"])
    rng, count = np.random.default_rng(options["seed"]), options["count"]
    likes = read_likes(options, sounds.contract)
    if not likes:
        timbres = sounds.timbres(count, rng, options["temperature"])
    else:
        heard = sounds.hear(likes)[0]
        timbres = sounds.near(heard[np.arange(count) % len(heard)], rng, options["spread"])
    plan = [(number, pitch) for number in range(count) for pitch in pitches]
    notes = sounds.play(timbres[[number for number, _ in plan]], [p for _, p in plan], rng, options["seconds"])
    one = len(plan) == 1 and out.suffix
    digits = len(str(count))
    names = [f"{out.name}-{number + 1:0{digits}d} {note_name(pitch)}.wav" for number, pitch in plan]
    if len(set(names)) < len(names):
        raise LivehostError("Each --pitch is given once, to the nearest 10 cents.", 2)
    paths = [out] if one else [out / name for name in names]
    with writing(out, paths, "notes"):
        for path, note in zip(paths, notes, strict=True):
            write_sound(path, note, sounds.contract.rate)
    seconds = sum(map(len, notes)) / sounds.contract.rate
    where = paths[0] if len(paths) == 1 else f"{len(paths)} notes into {out}"
    console.print(f"Wrote {where}: {seconds:.1f} s, by {sounds.name}.", markup=False, highlight=False, soft_wrap=True)
    return paths
