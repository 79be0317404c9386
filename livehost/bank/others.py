"""What lies in a bank's folder and is no sound: companions that belong there, and files that want a word."""

from collections.abc import Mapping

from livehost.printable import printable

#: What libsndfile reads and musicians have, for people.
READ = "WAV, AIFF, FLAC, Ogg or MP3"
#: Endings of what lies beside sounds: texts, pictures, what samplers and editors keep of them.
COMPANIONS = frozenset(
    ".txt .md .rtf .pdf .doc .docx .html .htm .url .webloc .nfo .csv .json .xml .toml .yaml .yml "  # noqa: SIM905
    ".png .jpg .jpeg .gif .webp .bmp .svg .ico .db .ini .log .sha256 .md5 .sfv "
    ".asd .als .adg .adv .reapeaks .rpp .pkf .pk .sfk .wfm .ovw .sfz .nki .nkm .dspreset .exs .cue .m3u .m3u8".split()
)
#: Endings that are named, and characters of one.
_NAMED, _LONGEST = 5, 12


def companions(others: Mapping[str, int]) -> int:
    """Count the companions among files by ending (lower case, with its dot)."""
    return sum(count for ending, count in others.items() if ending in COMPANIONS)


def strangers(others: Mapping[str, int]) -> str:
    """Say of how many files, and which, no sound can be made, and what to do; "" where there are none."""
    strange = {ending: count for ending, count in others.items() if ending not in COMPANIONS}
    if not strange:
        return ""
    kinds = sorted(strange.items(), key=lambda pair: (-pair[1], pair[0]))
    named = [f"{count:,} {_shown(ending)}" for ending, count in kinds[:_NAMED]]
    if rest := sum(count for _, count in kinds[_NAMED:]):
        named.append(f"{rest:,} more")
    total = sum(strange.values())
    are, them = ("file is", "it") if total == 1 else ("files are", "them")
    return f"{total:,} {are} no sound that livehost reads: {', '.join(named)}; convert {them} to WAV or FLAC."


def _shown(ending: str) -> str:
    text = printable(ending)
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…") or "without an ending"
