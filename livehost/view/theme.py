"""Colours and type of the pictures: ink on paper, hues that colour-blind eyes tell apart."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

PAPER, INK, SOFT, HAIR = "#fcfbf8", "#22262e", "#7d828c", "#e6e3dc"
HEARD, ACCENT = "#3d4757", "#ee6677"
#: "Bright" by Paul Tol (Colour Schemes, SRON/EPS/TN/09-002), darkest hues first; told apart by colour-blind eyes.
HUES = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#aa3377", "#66ccee")
REST, REST_NAME = "#a9a9a9", "others"


def families(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Sort sounds into at most seven families and give each its colour.

    A family is the first folder of a name; in a flat bank it is the first word of the file's name.

    Parameters
    ----------
    names : sequence of str
        Names of sounds, as often as they were chosen.

    Returns
    -------
    dict
        name → (family, colour), the most chosen family first; families beyond the sixth are "others".
    """
    word = _folder if len({_folder(name) for name in names}) > 1 else _first_word
    ranked = [family for family, _ in Counter(map(word, names)).most_common()]
    known = dict(zip(ranked, HUES, strict=False))
    table = {name: (word(name), known[word(name)]) for name in names if word(name) in known}
    table |= {name: (REST_NAME, REST) for name in names if word(name) not in known}
    order = [*known, REST_NAME]
    return dict(sorted(table.items(), key=lambda item: order.index(item[1][0])))


def short_name(name: str) -> str:
    """Give a sound's name without folder and ending: ``drums/tom_1.wav#3`` → ``tom_1 #3``."""
    path, _, part = name.partition("#")
    return PurePosixPath(path).stem + (f" #{part}" if part else "")


def clip(text: str, most: int = 22) -> str:
    """Shorten a long name in the middle, where names differ least."""
    return text if len(text) <= most else f"{text[: most // 2 - 1]}…{text[-(most // 2) :]}"


def _folder(name: str) -> str:
    parts = PurePosixPath(name.partition("#")[0]).parts
    return parts[0] if len(parts) > 1 else ""


def _first_word(name: str) -> str:
    stem = short_name(name).partition(" #")[0]
    word = stem.replace("-", "_").replace(" ", "_").split("_")[0].rstrip("0123456789")
    return word or stem
