"""``livehost generate mel-vqvae``: sounds from the prior, like some, or one in the manner of another."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.audio.files import read_mel
from livehost.studio.audio.generate import make_and_write, read_likes
from livehost.studio.mel_vqvae.sounds import open_sounds


def generate_sounds(options: Mapping[str, Any], console: Console) -> list[Path]:
    """Make sounds, and write them; see `livehost generate mel-vqvae -h` for the options.

    Returns
    -------
    list of Path

    Raises
    ------
    LivehostError
        One sentence: a model or a sound that cannot be read, a number that is none.
    """
    count, temperature = options["count"], options["temperature"]
    if not 0 <= temperature <= 4:
        raise LivehostError("--temperature lies between 0 and 4.", 2)
    content, style = options["content"], options["style"]
    if (content is None) != (style is None):
        raise LivehostError("--content and --style go together: give both.", 2)
    sounds = open_sounds(options["model"])
    likes = read_likes(options, sounds.contract)

    def make(rng: np.random.Generator) -> list[np.ndarray]:
        if content is not None:
            return [sounds.transfer(*(read_mel(Path(path), sounds.contract) for path in (content, style)))]
        if likes:
            return sounds.like(likes, count, rng, temperature)
        return sounds.sample(count, rng, temperature)

    return make_and_write(make, sounds.name, sounds.contract, options, console)
