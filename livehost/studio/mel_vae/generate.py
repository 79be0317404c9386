"""``livehost generate mel-vae``: sounds from the prior, like some, or between some."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.audio.generate import make_and_write, read_likes
from livehost.studio.mel_vae.sounds import open_sounds


def generate_sounds(options: Mapping[str, Any], console: Console) -> list[Path]:
    """Make sounds, and write them; see `livehost generate mel-vae -h` for the options.

    Returns
    -------
    list of Path

    Raises
    ------
    LivehostError
        One sentence: a model or a sound that cannot be read, a number that is none.
    """
    count, spread = options["count"], options["spread"]
    if not 0 <= spread <= 4 or not 0 <= options["temperature"] <= 4:
        raise LivehostError("--spread and --temperature lie between 0 and 4.", 2)
    sounds = open_sounds(options["model"])
    likes = read_likes(options, sounds.contract)
    if options["between"] and len(likes) < 2:
        raise LivehostError("--between wants two or more sounds: give --like for each.", 2)

    def make(rng: np.random.Generator) -> list[np.ndarray]:
        if options["between"]:
            return sounds.between(likes, count, rng)
        if likes:
            return sounds.like(likes, count, rng, spread)
        return sounds.sample(count, rng, options["temperature"])

    return make_and_write(make, sounds.name, sounds.contract, options, console)
