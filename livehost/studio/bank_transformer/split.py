"""Train/validation split of recordings, never inside a piece of music."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from livehost.errors import LivehostError
from livehost.studio.audio_data.recording import Recording

#: Share of the pieces that are held out where the split by digest leaves one side empty.
HELD_OUT = 0.2


def piece(recording: Recording) -> str:
    """Name the music of a recording: all its renderings, variants and slices (`name 2`) have the same."""
    return piece_name(recording.name)


def piece_name(name: str) -> str:
    """Name the music of a recording by its name."""
    return re.sub(r" [1-9]\d{0,2}$", "", name.split(" · ")[0])


def split_recordings(
    recordings: Sequence[Recording], *, all_held_out: bool = False
) -> tuple[list[Recording], list[Recording]]:
    """Split recordings into those learnt from and those held out, never inside a piece.

    Parameters
    ----------
    recordings : sequence of Recording
    all_held_out : bool
        Hold out `test` beside `valid`: on one's own folder nothing needs a third side.

    Returns
    -------
    train, valid : list of Recording
        The second is empty where there is a single piece.

    Raises
    ------
    LivehostError
        Where there is nothing.
    """
    if not recordings:
        raise LivehostError("There is nothing to learn from: no recording with enough sounds was found.")
    held_out = {"valid", "test"} if all_held_out else {"valid"}
    train = [r for r in recordings if r.split == "train"]
    valid = [r for r in recordings if r.split in held_out]
    if train and valid:
        return train, [replace(r, split="valid") for r in valid]
    by_digest = sorted({piece(r) for r in recordings}, key=lambda name: hashlib.sha256(name.encode()).digest())
    count = max(round(HELD_OUT * len(by_digest)), 1) if len(by_digest) > 1 else 0
    out = set(by_digest[:count])
    return (
        [replace(r, split="train") for r in recordings if piece(r) not in out],
        [replace(r, split="valid") for r in recordings if piece(r) in out and not r.augmented],
    )
