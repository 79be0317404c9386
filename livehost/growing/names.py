"""What grown sounds are called: by their parents, so that a list of files tells what came from what."""

import re
from collections.abc import Sequence

from livehost.growing.parents import stem
from livehost.printable import printable

#: Ending of the files; characters of a parent's name that are kept.
ENDING, _LONGEST = ".wav", 40
#: What some file system, or a pattern of a shell, would stumble over.
_UNFIT = re.compile(r'[\\/:*?"<>|\s\ufffd~+#$%&\']+')


def name_of(parents: Sequence[str], model: str, number: int) -> str:
    """Name the file of a grown sound: ``kick~0012.wav``, ``kick+snare~0012.wav``; a free one is named by its model.

    Parameters
    ----------
    parents : sequence of str
        Names of items.
    model : str
    number : int
        Of the candidate, from 0.

    Examples
    --------
    >>> name_of(["drums/kick 1.wav"], "mel-vqvae", 11)
    'kick-1~0012.wav'
    """
    words = [_fit(stem(name)) for name in parents] or [_fit(model)]
    return f"{'+'.join(words)}~{number + 1:04d}{ENDING}"


def _fit(name: str) -> str:
    return _UNFIT.sub("-", printable(name)).strip("-. ")[:_LONGEST] or "sound"
