"""`livehost explore`: what a model of sounds knows, as a page: a grid of its latent space, ways between sounds, codes.

Of a mel VAE the grid is a plane through the origin of the prior: the two numbers of the code that change the mel most.
Of a mel VQ-VAE the grid are draws of the prior at rising temperatures, and the codes that they use are counted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from livehost.errors import LivehostError
from livehost.inference.kinds import mel_vae, mel_vqvae
from livehost.inference.mel_units import from_units, to_units
from livehost.inference.mel_vae_sounds import slerp
from livehost.studio.audio.files import read_mel
from livehost.studio.audio.voice import voice_of
from livehost.studio.pages.folder import PageFolder
from livehost.studio.pages.models import open_sounds
from livehost.view.progress import progress_bar
from livehost.view.theme import HUES

#: Deviations of the prior at which the grid has its lines, and temperatures of the other one, each so many draws.
STEPS, TEMPERATURES, DRAWS = (-2.0, -1.0, 0.0, 1.0, 2.0), (0.5, 0.8, 1.0, 1.2), 5
#: Sounds on the way from one to the other, and codes of how many draws are counted.
WAY, COUNTED = 7, 64
_WIDE, _HIGH = 900, 160

Cells = Iterator[tuple[np.ndarray, str]]


def explore(options: Mapping[str, Any], console: Console) -> Path:
    """Write the page of a model.

    Parameters
    ----------
    options : mapping
        `model`, `out`, `like` (sounds that the way leads along; none: drawn from the prior), `vocoder` and
        `iterations` (see `livehost.studio.audio.voice.voice_of`), `seed`.
    console : rich.console.Console

    Returns
    -------
    Path
        The page.

    Raises
    ------
    LivehostError
        Where the model, a vocoder or a sound cannot be read, the vocoder reads other mels, or the page cannot be
        written.
    """
    kind, sounds = open_sounds(options["model"])
    contract, rng = sounds.contract, np.random.default_rng(options["seed"])
    likes = [read_mel(Path(path), contract) for path in options["like"] or []]
    if len(likes) == 1:
        raise LivehostError("A way leads from one sound to another: give --like for two or more.", 2)
    voice = voice_of(sounds.name, contract, options["vocoder"], options["iterations"])
    page = PageFolder(Path(options["out"]), contract)
    body = [f"<h1>{escape(sounds.name)}</h1><p>{escape(kind)}; its mels sound by {escape(voice.name)}</p>"]
    ends = likes or sounds.sample(2, rng)
    with progress_bar(console, "Exploring") as progress:
        for title, columns, cells in _SECTIONS[kind](sounds, ends, rng):
            made = list(cells)
            shown = []
            for done, (mel, caption) in enumerate(made):
                shown.append(page.cell(mel, voice, caption))
                progress(done + 1, len(made), title)
            body += [f"<h2>{escape(title)}</h2>", page.grid(shown, columns)]
        body += _EXTRAS[kind](sounds, rng)
    return page.write_page(sounds.name, body)


def widest(sounds: Any, rng: np.random.Generator) -> tuple[int, int]:
    """Find the two numbers of a code that change the mel most, seen from the origin and from some draws."""
    latent = sounds.parts.latent
    places = np.concatenate([np.zeros((1, latent)), rng.standard_normal((3, latent))])
    change = np.zeros(latent)
    for place in places:
        moved = place + np.concatenate([np.eye(latent), -np.eye(latent)])
        units = sounds.parts.decode(moved.astype(np.float32))
        change += np.abs(units[:latent] - units[latent:]).mean(axis=(1, 2))
    first, second = np.argsort(-change, kind="stable")[:2] if latent > 1 else (0, 0)
    return int(first), int(second)


def _plane(sounds: Any, axes: tuple[int, int]) -> Cells:
    codes, captions = [], []
    for up in reversed(STEPS):
        for right in STEPS:
            code = np.zeros(sounds.parts.latent)
            code[axes[1]], code[axes[0]] = up, right
            codes.append(code)
            captions.append(f"{right:g}, {up:g}")
    yield from zip(sounds.decode(np.stack(codes)), captions, strict=True)


def _on_the_way(ends: Sequence[np.ndarray], codes: np.ndarray, mix: Callable, decode: Callable) -> Cells:
    """Give what lies on the way along some sounds, in even steps."""
    places = np.linspace(0, len(ends) - 1, WAY)
    first = np.minimum(places.astype(int), len(ends) - 2)
    mixed = [mix(codes[at], codes[at + 1], place - at) for at, place in zip(first, places, strict=True)]
    longest = [ends[at].shape[1] + (ends[at + 1].shape[1] - ends[at].shape[1]) * (place - at)
               for at, place in zip(first, places, strict=True)]  # fmt: skip
    for mel, length, place in zip(decode(np.stack(mixed)), longest, places, strict=True):
        yield mel[:, : max(round(length), 1)], f"{place:.2f}"


def _of_vae(sounds: Any, ends: Sequence[np.ndarray], rng: np.random.Generator) -> Iterator[tuple[str, int, Cells]]:
    axes = widest(sounds, rng)
    title = f"Numbers {axes[0] + 1} (to the right) and {axes[1] + 1} (up) of the code, in deviations of the prior"
    yield title, len(STEPS), _plane(sounds, axes)
    codes = sounds.parts.encode(to_units(list(ends), sounds.contract, sounds.parts.frames))[0]
    yield "From one sound to the next, along the great circle", WAY, _on_the_way(ends, codes, slerp, sounds.decode)


def _of_codes(sounds: Any, ends: Sequence[np.ndarray], rng: np.random.Generator) -> Iterator[tuple[str, int, Cells]]:
    def drawn() -> Cells:
        for temperature in TEMPERATURES:
            for mel in sounds.sample(DRAWS, rng, temperature):
                yield mel, f"temperature {temperature:g}"

    def decode(grids: np.ndarray) -> list[np.ndarray]:
        units = sounds.parts.decode(np.ascontiguousarray(grids, np.float32))
        return [from_units(unit, sounds.contract) for unit in units]

    yield "Drawn from the prior, at rising temperatures", DRAWS, drawn()
    grids = sounds.embed(sounds.parts.encode(to_units(list(ends), sounds.contract, sounds.shape.frames)))
    yield "From one sound to the next, between their codes", WAY, _on_the_way(ends, grids, _straight, decode)


def _straight(one: np.ndarray, other: np.ndarray, share: float) -> np.ndarray:
    return (1 - share) * one + share * other


def _codebook(sounds: Any, rng: np.random.Generator) -> list[str]:
    """Show how often each code is used in draws of the prior."""
    shape = sounds.shape
    mels = sounds.sample(COUNTED, rng)
    units = to_units(mels, sounds.contract, shape.frames)
    used = np.zeros(shape.codes, np.int64)
    for codes, mel in zip(sounds.parts.encode(units), mels, strict=True):
        columns = -(-mel.shape[1] // shape.frames_of_column)
        np.add.at(used, codes[:, :columns].ravel(), 1)
    ranked = np.sort(used)[::-1] / max(used.max(), 1)
    points = " ".join(f"{_WIDE * k / len(ranked):.1f},{_HIGH * (1 - h):.1f}" for k, h in enumerate(ranked))
    picture = (
        f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="100%" height="{_HIGH}" preserveAspectRatio="none">'
        f'<polyline points="0,{_HIGH} {points} {_WIDE},{_HIGH}" fill="{HUES[0]}"/></svg>'
    )
    share = 100 * float((used > 0).mean())
    text = f"{share:.0f} % of {shape.codes} codes are used in {COUNTED} sounds of the prior; the most used first."
    return ["<h2>Use of the codebook</h2>", f"<p>{text}</p>", picture]


def _nothing_more(_sounds: Any, _rng: np.random.Generator) -> list[str]:
    return []


#: Kind → sections of cells, and what stands below them.
_SECTIONS = {mel_vae.NAME: _of_vae, mel_vqvae.NAME: _of_codes}
_EXTRAS = {mel_vae.NAME: _nothing_more, mel_vqvae.NAME: _codebook}
