"""Who teaches, who chooses the checkpoint and who is asked at the end: split by source file, never inside one."""

from collections.abc import Iterable

SPLITS = ("train", "valid", "test", "all")
#: Share of the sources that choose the checkpoint, and of those that are asked at the end.
VALID, TEST = 0.1, 0.1


def split_sources(digests: Iterable[str]) -> dict[str, str]:
    """Split files by their content: digest → "train", "valid" or "test".

    Files of the same content are on one side, the order is that of the digests (so by chance, and the same each time).
    One file is learnt from, of two one validates, of three or more at least one is for the test.

    Parameters
    ----------
    digests : iterable of str
        Sha256 of each file, hex.

    Examples
    --------
    >>> sorted(split_sources(["a", "b", "a"]).items())
    [('a', 'valid'), ('b', 'train')]
    """
    names = sorted(set(digests))
    valid = min(max(round(VALID * len(names)), 1), len(names) - 1)
    test = min(max(round(TEST * len(names)), 1), len(names) - valid - 1)
    sides = ["valid"] * max(valid, 0) + ["test"] * max(test, 0)
    return {name: sides[at] if at < len(sides) else "train" for at, name in enumerate(names)}
