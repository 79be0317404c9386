"""``livehost generate vocoder``: a sound file through mel and vocoder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.measure import heard
from livehost.bank.scan import why
from livehost.errors import LivehostError
from livehost.inference.vocoder_sounds import AT_ONCE
from livehost.studio.audio.files import write_sound, writing
from livehost.studio.vocoder.sounds import open_sounds
from livehost.view.progress import progress_bar


def resynthesise(options: Mapping[str, Any], console: Console) -> Path:
    """Make a sound file again from its mel; see `livehost generate vocoder -h` for the options.

    Returns
    -------
    Path
        A 24-bit WAV file, mono, at the rate of the vocoder, as long and as loud as the sound.

    Raises
    ------
    LivehostError
        One sentence: a model or a sound that cannot be read, or a file that cannot be written.
    """
    source, out = Path(options["sound"]), Path(options["out"])
    if out.is_dir():
        raise LivehostError(f"{out} is a folder; give the name of a file.", 2)
    vocoder = open_sounds(options["model"])
    contract = vocoder.contract
    try:
        samples = heard(decode(source, contract.rate).samples)
    except UnusableSound as fault:
        raise LivehostError(f"{source} {fault}.", 2) from fault
    except OSError as error:
        raise LivehostError(f"{source} {why(error)}.", 2) from error
    mel, parts = contract.analyse(samples), []
    many = -(-mel.shape[1] // AT_ONCE)
    with progress_bar(console, "Sounding") as progress:
        for number, piece in enumerate(vocoder.pieces(mel), 1):
            parts.append(piece)
            progress(number, many, source.name)
    sound = np.concatenate(parts)[: len(samples)]
    sound /= max(float(np.abs(sound).max(initial=0)), 1.0)  # louder than full scale it would be clipped
    with writing(out, [out], "sound"):
        write_sound(out, sound, contract.rate)
    console.print(
        f"Wrote {out}: {len(sound) / contract.rate:.1f} s, by {vocoder.name}.",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip
    return out
