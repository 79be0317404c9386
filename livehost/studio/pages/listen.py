"""`livehost listen`: a blind page of pairs, each one sound in two versions.

The versions are the original, what the model makes of it, and the original's own mel by Griffin-Lim. A model of mels is
sounded by the same Griffin-Lim: the pair of these two hears the model alone, and not what makes the sound. A vocoder
sounds the original's mel itself. What is behind A and B, and the order of the pairs, follows from the seed, and stands
in a key at the end that is opened by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.bank.scan import scan
from livehost.errors import LivehostError
from livehost.studio.audio.files import finished, read_sound
from livehost.studio.audio.voice import GriffinLim, VocoderVoice
from livehost.studio.pages.folder import PageFolder
from livehost.studio.pages.models import MELS, VOCODERS, open_sounds
from livehost.view.progress import progress_bar

VERSIONS = ("original", "model", "Griffin-Lim")
ANSWERS = ("A", "no difference", "B")


@dataclass(frozen=True)
class Pair:
    """Which sound, and which version is behind A and behind B."""

    sound: int
    a: str
    b: str


def draw_pairs(sounds: int, seed: int) -> list[Pair]:
    """Draw the order of all pairs of versions of so many sounds, and who is A.

    Of each kind of pair, each version is A as often as B, or once more.
    """
    rng = np.random.default_rng([seed, 1])
    pairs = []
    for one, other in combinations(VERSIONS, 2):
        turned = rng.permutation(np.arange(sounds) % 2)
        pairs += [Pair(sound, *((other, one) if turned[sound] else (one, other))) for sound in range(sounds)]
    return [pairs[at] for at in rng.permutation(len(pairs))]


def listen(options: Mapping[str, Any], console: Console) -> Path:
    """Write the page of a model.

    Parameters
    ----------
    options : mapping
        `model`, `data` (folder of sounds), `out`, `count` (sounds), `iterations` of Griffin-Lim, `seed`.
    console : rich.console.Console

    Returns
    -------
    Path
        The page.

    Raises
    ------
    LivehostError
        Where the model cannot be read, no sound in the folder can, or the page not be written.
    """
    kind, sounds = open_sounds(options["model"], (*MELS, *VOCODERS))
    contract, seed = sounds.contract, options["seed"]
    names, originals = _read(Path(options["data"]), contract, options["count"], seed, console)
    mels = [contract.analyse(original) for original in originals]
    page, plain = PageFolder(Path(options["out"]), contract), GriffinLim(contract, options["iterations"])
    again, voice = (mels, VocoderVoice(sounds)) if kind in VOCODERS else (sounds.again(mels), plain)
    pairs, versions = draw_pairs(len(originals), seed), {}
    with progress_bar(console, "Sounding") as progress:
        for at, (original, mel, made) in enumerate(zip(originals, mels, again, strict=True)):
            samples = min(len(original), made.shape[1] * contract.hop_samples)  # as long as the model makes it
            heard = original, voice.sound(made, at), plain.sound(mel[:, : made.shape[1]], at)
            versions[at] = {
                version: finished(sound[:samples], contract.rate)
                for version, sound in zip(VERSIONS, heard, strict=True)
            }
            progress(at + 1, len(originals), names[at])
    rows, key = [], []
    for number, pair in enumerate(pairs, 1):
        for side, version in (("a", pair.a), ("b", pair.b)):
            page.write_sound(versions[pair.sound][version], f"{number:03d}{side}")
        rows.append(_row(number))
        key.append(f"<tr><td>{number}</td><td>{escape(names[pair.sound])}</td><td>{pair.a}</td><td>{pair.b}</td></tr>")
    body = [
        "<h1>Which is better?</h1>",
        f"<p>{len(pairs)} pairs of {len(originals)} sounds, at one level. Listen to both as often as you like, choose, "
        "and open the key when you are through.</p>",
        f"<table>{''.join(rows)}</table>",
        "<details><summary>Key</summary><table><tr><th>pair</th><th>sound</th><th>A</th><th>B</th></tr>"
        f"{''.join(key)}</table><p>Model: {escape(sounds.name)}; seed {seed}.</p></details>",
    ]
    return page.write_page("Which is better?", body)


def _row(number: int) -> str:
    """Give two players and three answers."""
    players = "".join(
        f'<td>{side.upper()} <audio controls preload="none" src="{number:03d}{side}.wav"></audio></td>' for side in "ab"
    )
    answers = "".join(f'<td><label><input type="radio" name="{number}">{answer}</label></td>' for answer in ANSWERS)
    return f"<tr><td>{number}</td>{players}{answers}</tr>"


def _read(folder: Path, contract: Any, count: int, seed: int, console: Console) -> tuple[list[str], list[np.ndarray]]:
    """Read some sounds of a folder, by chance; what cannot be read is told of, and another one taken."""
    files = [file.name for file in scan(folder).files]
    names: list[str] = []
    sounds: list[np.ndarray] = []
    for at in np.random.default_rng([seed, 0]).permutation(len(files)):
        if len(names) == count:
            break
        try:
            sounds.append(read_sound(folder / files[at], contract.rate))
            names.append(files[at])
        except LivehostError as error:
            console.print(f"Left out: {error}", markup=False, highlight=False, soft_wrap=True)
    if not names:
        raise LivehostError(f"There is no sound in {folder} that can be read.", 2)
    return names, sounds
