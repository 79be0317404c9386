"""What `livehost train` of a family of sounds learns from: folders, notes of a soundfont, physical models."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from livehost.dsp.mel_contract import STANDARD, MelContract
from livehost.errors import LivehostError
from livehost.studio.audio.cache import SoundMaterial, read_sounds
from livehost.studio.audio.made import MODELS, NOTES, make_sounds, model_files, note_files
from livehost.studio.audio_data.render import tools
from livehost.studio.audio_data.soundfonts import licence_of
from livehost.studio.family import Setup
from livehost.view.progress import progress_bar

#: Files that are left out are named up to here.
_NAMED = 10


def prepare_sounds(setup: Setup, longest_s: float) -> SoundMaterial:
    """Make and read the sounds that a family learns from, and name what was left out; see `read_sounds`."""
    given, console = setup.options, setup.console
    cache = Path(given["cache"] or Path(given["out"]) / "data")
    with progress_bar(console, setup.waiting) as progress:
        material = gather(given, contract_of(setup.known), cache, longest_s, progress)
    tell_left_out(material, console)
    return material


def tell_left_out(material: SoundMaterial, console: Console) -> None:
    """Name files that nothing is learnt from, and why."""
    for name, why in material.skipped[:_NAMED]:
        console.print(f"Left out: {name} {why}.", markup=False, highlight=False)
    if len(material.skipped) > _NAMED:
        console.print(f"… and {len(material.skipped) - _NAMED} more.")


def gather(
    given: Mapping[str, Any], contract: MelContract, cache: Path, longest_s: float, progress: Any = None
) -> SoundMaterial:
    """Read the folders that are given, and those of the sounds that are made for it, which are always the same.

    Parameters
    ----------
    given : mapping
        Options `data`, `notes` and `models`.
    contract : MelContract
    cache : Path
        Of what is made and read.
    longest_s : float
        Of a clip.
    progress : callable, optional

    Raises
    ------
    LivehostError
        Where there is nothing to learn from.
    """
    folders = [Path(folder) for folder in given["data"] or []]
    made = cache / "made"
    if given["notes"]:
        terms = licence_of(tools().fonts.train[0])
        files = note_files(given["notes"])
        folders.append(make_sounds(made / str(given["notes"]) / NOTES, files, contract.rate, terms, progress))
    if given["models"]:
        files = model_files(given["models"])
        folders.append(make_sounds(made / str(given["models"]) / MODELS, files, contract.rate, "CC0", progress))
    if not folders:
        raise LivehostError("There is nothing to learn from: give --data, --notes or --models.", 2)
    return read_sounds(folders, contract, cache, longest_s, progress)


def contract_of(checkpoint: Mapping[str, Any] | None) -> MelContract:
    """Give the contract of a checkpoint's mels; that of livehost where there is none."""
    return MelContract.from_table(checkpoint["mel"]) if checkpoint is not None else STANDARD
