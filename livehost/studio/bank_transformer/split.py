"""Train/validation/judge split of recordings, never inside a piece of music."""

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
    return re.sub(r" [1-9]\d{0,2}$", "", name.split(" · ", maxsplit=1)[0])


def split_recordings(
    recordings: Sequence[Recording], *, further: bool = False
) -> tuple[list[Recording], list[Recording], list[Recording]]:
    """Split recordings into those learnt from, those that choose the checkpoint, and those that judge, by pieces.

    Parameters
    ----------
    recordings : sequence of Recording
    further : bool
        Whether a model is trained further, and it is to be judged whether that helped: by `test`, or by some of what
        is held out. Otherwise `test` is left to evaluations, and nothing judges.

    Returns
    -------
    train, valid, judge : list of Recording
        The last is empty where there are fewer than three pieces, the second where there is a single one.

    Raises
    ------
    LivehostError
        Where there is nothing.
    """
    if not recordings:
        raise LivehostError("There is nothing to learn from: no recording with enough sounds was found.")
    train, valid, test = ([r for r in recordings if r.split == split] for split in ("train", "valid", "test"))
    if not further and train and valid:
        return train, valid, []
    if not (train and (valid or test)):
        by_digest = _by_digest(recordings)
        few = 1 if len(by_digest) > 1 else 0
        most = 2 if further and len(by_digest) > 2 else few
        count = max(round(HELD_OUT * len(by_digest)), most) if few else 0
        out = set(by_digest[:count])
        train = [r for r in recordings if piece(r) not in out]
        valid, test = [r for r in recordings if piece(r) in out], []
    judge: list[Recording] = []
    if further:
        if not (valid and test):
            both = valid or test
            judging = set(_by_digest(both)[1::2])
            valid, test = ([r for r in both if (piece(r) in judging) is side] for side in (False, True))
        judge = test
    return (
        [replace(r, split="train") for r in train],
        [replace(r, split="valid") for r in valid if not r.augmented],
        [replace(r, split="test") for r in judge if not r.augmented],
    )


def _by_digest(recordings: Sequence[Recording]) -> list[str]:
    """Order the pieces of recordings by chance, the same each time."""
    return sorted({piece(r) for r in recordings}, key=lambda name: hashlib.sha256(name.encode()).digest())
