"""Text that came from elsewhere (names of files and ports, words of other programs), made fit to be shown and sent."""

import re
from collections.abc import Sequence

#: Control characters (C0, C1), separators of lines, what turns the direction of writing round, and lone surrogates
#: that stand for no byte of a file name.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udc7f\udd00-\udfff]")
_BREAKS = re.compile(r" *[^\S ]\s*")


def printable(text: str, keep: str = "") -> str:
    r"""Replace by � what no terminal, log or OSC packet should carry: escapes, and bytes that are not UTF-8.

    Parameters
    ----------
    text : str
        Such as a file name, in the file system's own spelling.
    keep : str
        Control characters that may stay, such as a line break.

    Returns
    -------
    str

    Examples
    --------
    >>> printable("kick\x1b[31m.wav")
    'kick�[31m.wav'
    """
    if text.isprintable():
        return text
    fit = _UNFIT.sub(lambda found: found[0] if found[0] in keep else "�", text)
    return fit.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def one_line(text: str) -> str:
    """Write a sentence as one printable line: line breaks become spaces."""
    return printable(_BREAKS.sub(" ", text).strip())


def few(texts: Sequence[str], joint: str = ", ", most: int = 12) -> str:
    """Join texts, and say how many more there are where they are many: a sentence need not hold all of a file."""
    rest = [f"and {len(texts) - most} more"] if len(texts) > most else []
    return joint.join([*texts[:most], *rest])


def shortly(value: object, most: int = 60) -> str:
    """Write a value as Python does, cut where it is long: what stands in a sentence about a file need not fill it."""
    text = repr(value)
    return text if len(text) <= most else f"{text[: most - 2]} …"
