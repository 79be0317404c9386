"""What is learnt from, in words."""

from livehost.studio.audio.cache import SoundMaterial


def told_of(material: SoundMaterial) -> str:
    """Begin a sentence about what is learnt from."""
    train = material.of("train")
    files = len({clip.source for clip in train})
    minutes = sum(clip.mel.shape[1] for clip in train) * material.contract.frame_s / 60
    return f"Learning from {len(train)} sounds of {files} files ({minutes:.1f} min)"
