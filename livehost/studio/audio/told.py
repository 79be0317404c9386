"""What is learnt from, and what judges, in words."""

from livehost.studio.audio.cache import SoundMaterial
from livehost.studio.training.task import Labels


def error_labels(score: str, column: str, unit: str = "sounds", judges: str = "sounds", files: str = "files") -> Labels:
    """Name the numbers of a task whose score is an error.

    Parameters
    ----------
    score, column, unit : str
        See `Labels`.
    judges : str
        What is held out, in the plural.
    files : str
        What it is split by, in the plural.
    """
    return Labels(
        unit=unit, score=score, column=column, lower_is_better=True,
        held_out=f"{judges} that neither taught nor chose it",
        untold=f"too few {files} to hold some out. Give three or more",
    )  # fmt: skip


def told_of(material: SoundMaterial) -> str:
    """Begin a sentence about what is learnt from."""
    train = material.of("train")
    files = len({clip.source for clip in train})
    minutes = sum(clip.mel.shape[1] for clip in train) * material.contract.frame_s / 60
    return f"Learning from {len(train)} sounds of {files} files ({minutes:.1f} min)"
