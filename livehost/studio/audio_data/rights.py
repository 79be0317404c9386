"""What a file of a score says about its rights, and whether that leaves it free for any use."""

import re
import zipfile
from pathlib import Path

#: A sentence with one of these claims something.
_CLAIM = re.compile(
    r"©|\(c\)\s*\d|copyright|all rights|rights (?:to|reserved)|licen[cs]|creative commons|\bcc[ -]by|\bcc0\b"
    r"|public domain|permission|edizion|\bGPL\b|commercial",
    re.IGNORECASE,
)
#: What gives a work away, and what takes that back.
_FREE = re.compile(r"public domain|\bcc0\b|out of copyright", re.IGNORECASE)
_BOUND = re.compile(r"\bcc[ -](?:by|sa)|all rights reserved|non-?commercial|permission", re.IGNORECASE)
_BINARY = (".mxl",)
_NONE = "a work of the public domain; the file states no restriction"
_XML_TEXT = re.compile(r"<(?:rights|credit-words|source|miscellaneous-field|words)\b[^>]*>([^<]*)<", re.IGNORECASE)
#: Lines of text formats that speak of a file, not of the music.
_ABOUT = re.compile(r"^(?:!!!|%|[ZSNHBOD]:)")
_LONGEST = 160


def text_of(path: Path) -> str:
    """Read a score's text; of a compressed one, that of what it holds.

    Raises
    ------
    OSError
        Where it cannot be read.
    """
    if path.suffix.lower() not in _BINARY:
        return path.read_text("utf-8", "replace")
    try:
        with zipfile.ZipFile(path) as packed:
            names = [n for n in packed.namelist() if not n.startswith("META-INF") and n.endswith((".xml", ".musicxml"))]
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in names)
    except (zipfile.BadZipFile, EOFError) as error:
        raise OSError(f"no score in it ({error})") from error


def claims(text: str) -> list[str]:
    """List what a score's text says about rights, each once, shortened."""
    said = _XML_TEXT.findall(text) if "<score-" in text[:4000] else [s for s in text.splitlines() if _ABOUT.match(s)]
    found = [" ".join(sentence.split())[:_LONGEST] for sentence in said if _CLAIM.search(sentence)]
    return list(dict.fromkeys(found))


def terms(claimed: list[str]) -> str:
    """Give the rights of a work that is free for any use; empty for every other.

    A file that says nothing states no restriction. One that claims anything is free only where it also gives the work
    to the public domain, and nothing in it takes that back.
    """
    if not claimed:
        return _NONE
    everything = " ".join(claimed)
    return "; ".join(claimed) if _FREE.search(everything) and not _BOUND.search(everything) else ""
