"""Recordings to evaluate on: from a prepared cache, or cut from any folder of audio."""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from livehost.bank.decode import UnusableSound, decode
from livehost.bank.scan import scan, why
from livehost.errors import LivehostError
from livehost.studio.audio_data.bank_items import with_items
from livehost.studio.audio_data.recording import ENDING, SPLITS, Recording, load_recordings
from livehost.studio.audio_data.segments import RATE, mono, segment
from livehost.studio.bank_transformer.evaluation.cases import LEAST_ITEMS

#: The domain of a folder of one's own.
OWN = "own"
#: Nothing that begins in the last of a file is asked about, ms.
_END_MS = 5.0


def is_cache(directory: Path) -> bool:
    """Tell whether a folder is a prepared cache."""
    return any(directory.rglob(f"*{ENDING}"))


def from_cache(directory: Path, split: str) -> list[Recording]:
    """Read the recordings of one split, or "all"; variants that only augment the training data are not asked about.

    Raises
    ------
    LivehostError
        Where there are none.
    """
    wanted = SPLITS if split == "all" else (split,)
    recordings = [r for r in load_recordings(directory) if r.split in wanted and not r.augmented]
    if not recordings:
        raise LivehostError(f"{directory} has no recordings in the split “{split}”.")
    return recordings


def from_folder(
    directory: Path,
    progress: Callable[[int, int, str], None] | None = None,
    **settings: float,
) -> tuple[list[Recording], list[tuple[str, str]]]:
    """Cut every file of a folder into segments, as the stage would.

    Parameters
    ----------
    directory : Path
        Folder of audio, read recursively.
    progress : callable, optional
        Called with (done, total, name).
    **settings : float
        For `livehost.studio.audio_data.segments.segment`.

    Returns
    -------
    recordings : list of Recording
        Of the files with at least `LEAST_ITEMS` segments.
    skipped : list of (str, str)
        Name of each other file, and why it was left out.

    Raises
    ------
    LivehostError
        Where the folder cannot be read or no file can be used.
    """
    listing = scan(directory)
    recordings, skipped = [], list(listing.skipped)
    for done, file in enumerate(listing.files):
        if progress is not None:
            progress(done, len(listing.files), file.name)
        try:
            sound = mono(decode(directory / file.name, RATE).samples)
            stream = segment(sound, RATE, **settings)
            # where a recording breaks off, the silence after it begins with a click
            stream = with_items(sound, stream.take(stream.onset < len(sound) - round(_END_MS * RATE / 1000)))
        except UnusableSound as error:
            skipped.append((file.name, str(error)))
        except OSError as error:
            skipped.append((file.name, why(error)))
        else:
            if len(stream) < LEAST_ITEMS:
                skipped.append((file.name, f"has {len(stream)} segments, {LEAST_ITEMS} are needed"))
            else:
                recordings.append(Recording(f"{directory.name}/{file.name}", OWN, "test", (stream,), source=OWN))
    if not recordings:
        raise LivehostError(
            f"There is nothing in {directory} to ask about: no file of {len(listing.files):,} has {LEAST_ITEMS} "
            "segments or more. Single sounds are no music; give a folder of takes."
        )
    return recordings, skipped


def thin(recordings: Sequence[Recording], limit: int) -> list[Recording]:
    """Keep at most `limit` recordings of each domain and its tasks, evenly spread over their names; 0 keeps all."""
    if limit <= 0:
        return list(recordings)
    kept: list[Recording] = []
    ordered = sorted(recordings, key=lambda r: (r.domain, r.tasks, r.name))
    for _, group in groupby(ordered, key=lambda r: (r.domain, r.tasks)):
        members = list(group)
        places = np.unique(np.linspace(0, len(members) - 1, min(limit, len(members))).round().astype(int))
        kept += [members[place] for place in places]
    return kept
