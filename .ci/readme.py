"""What the README says: its commands and options, in its order, and its settings file."""

import re
import shutil
from collections.abc import Iterator

from place import CHECKOUT, Failed


def readme() -> str:
    """Read it."""
    return (CHECKOUT / "README.md").read_text("utf-8")


def commands(readme: str) -> Iterator[str]:
    """Yield commands and options in order, as written."""
    kind = ""
    for line in readme.splitlines():
        if fence := re.match(r"\s*```(\w*)", line):
            kind = "" if kind else fence[1] or "text"
        elif kind == "sh" and line.strip():
            yield line.strip()
        elif not kind:
            for code in re.findall(r"`([^`]+)`", line):
                first, *rest = code.split()
                if first.startswith("-") or (rest and (first == "livehost" or shutil.which(first))):
                    yield code


def block(readme: str, kind: str) -> str:
    """Give the first fenced block of a kind."""
    found = re.search(rf"^( *)```{kind}\n(.*?)^ *```$", readme, re.MULTILINE | re.DOTALL)
    if found is None:
        raise Failed(f"The README has no {kind} block any more.")
    return "".join(line.removeprefix(found[1]) + "\n" for line in found[2].splitlines())
