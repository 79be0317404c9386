"""Type every command of the README where a musician would: livehost from its wheel, in an environment of its own.

    python3 .ci/wheel.py           about nine minutes on two cores
    python3 .ci/wheel.py FOLDER    in a folder that `.ci/prepare.py` has made ready: two minutes less
    python3 .ci/wheel.py --list    only what would be done with each

Commands are what stands in fenced `sh` blocks, and code in the text that begins with a program or is an option. They
are typed as written, in a folder that holds what it says, far from the checkout, with a home of its own. Each is
treated by the first row of `ROWS` that fits; one that none fits is a failure, so that nothing is left out in silence.
What neither needs nor disturbs one another is typed side by side, each lane in the README's order. Until the README has
one install the studio there is no torch, and what needs it must say so in a sentence.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from place import Failed, Place
from prepare import prepare, prepared
from readme import commands, readme
from treatments import (
    at_rest,
    bench,
    checked,
    done_by_ci,
    examined,
    improvised,
    installed,
    left_out,
    option,
    own_model,
    show,
    spoken,
    studio,
    to_end,
    training,
)

#: Files and folders that a command writes.
_WRITTEN = re.compile(r"(?:-o|--out|--output|--session|--record|--events) (\S+)")

#: What is typed side by side, each in the README's order: what plays (and the rest), what is done at a desk, options.
#: "after": when all of these have ended. "alone": nothing beside it, and nothing of what follows before it.
LANES = ("stage", "desk", "option")
ROWS: tuple[tuple[str, str, Callable[[Place, str], str]], ...] = (
    ("stage", r"pip install \. && livehost demo", installed),
    ("stage", r"apt-get .*", done_by_ci),
    ("stage", r"python -m tests\.mutants .*", left_out("for developers, in the checkout; takes an hour")),
    ("alone", r"pip install '\.\[studio\]'", studio),
    ("after", r"livehost run .* --model mine", own_model),
    ("stage", r"livehost run .*--player (bank,)?performance.*", improvised),
    ("stage", r"livehost run .*", show),
    ("stage", r"livehost service status", at_rest),
    ("stage", r"livehost osc .*", spoken),
    ("stage", r"livehost soundcheck", checked),
    ("stage", r"livehost doctor( .*)?", examined),
    ("desk", r"livehost train .*", training),
    ("desk", r"livehost (export|evaluate|generate|grow|drums|explore|listen) .*", to_end),
    ("alone", r"livehost bench --quick", bench),
    ("stage", r"livehost bench", left_out("takes 25 minutes; --quick is run")),
    ("stage", r"livehost bench --peers --report .*",
     left_out("what the README's figures were made with; takes longer still")),
    ("stage", r"livehost .*", to_end),
    ("option", r"-.*", option),
)  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """A command as it is treated."""

    command: str
    lane: str
    how: Callable[[Place, str], str]


def treatment(command: str) -> Typed:
    """Find what is done with a command."""
    for lane, pattern, how in ROWS:
        if re.fullmatch(pattern, command.split("   #", maxsplit=1)[0]):
            return Typed(command, lane, how)
    raise Failed(f"nobody knows how to treat `{command}`: add a row to ROWS")


def sections(found: list[Typed]) -> Iterator[list[Typed]]:
    """Part them before and behind each that is typed alone; what needs another lane's files is put off to its end."""
    section: list[Typed] = []
    written: dict[str, str] = {}  # lane that writes a path
    for one in found:
        if one.lane == "alone":
            yield section
            yield [one]
            section, written = [], {}
            continue
        needs = any(path in one.command and lane != one.lane for path, lane in written.items())
        section.append(replace(one, lane="after") if needs else one)
        written |= dict.fromkeys(_WRITTEN.findall(one.command), section[-1].lane)
    yield section


def type_all(place: Place, found: list[Typed]) -> None:
    """Type commands one after another, and print what became of each.

    Raises
    ------
    Failed
        Where one did not do what the README says; it is printed, too.
    """
    for one in found:
        since = time.monotonic()
        try:
            told = one.how(place, one.command)
        except (Failed, subprocess.TimeoutExpired) as error:
            print(f"FAILED  {one.command}\n{error}", flush=True)
            raise Failed(one.command) from None
        print(f"{time.monotonic() - since:6.1f} s  {one.command}\n          {told}", flush=True)


def type_readme(place: Place) -> int:
    """Type them all; 1 where one fails."""
    began = time.monotonic()
    found = [treatment(command) for command in dict.fromkeys(commands(readme()))]
    places = [place, *map(place.beside, LANES[1:])]
    with ThreadPoolExecutor(len(LANES)) as pool:
        try:
            for section in sections(found):
                lanes = [[one for one in section if one.lane == lane] for lane in LANES]
                list(pool.map(type_all, places, lanes))
                type_all(place, [one for one in section if one.lane not in LANES])
        except Failed:
            return 1
    print(f"{len(found)} commands and options of the README, {time.monotonic() - began:.0f} s")
    return 0


def main() -> int:
    """Do what is asked for."""
    if sys.argv[1:] == ["--list"]:
        for section in sections([treatment(command) for command in dict.fromkeys(commands(readme()))]):
            for one in section:
                print(f"{one.lane:7} {one.how.__name__:12} {one.command}")
        return 0
    if sys.argv[1:]:
        return type_readme(prepared(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory(prefix="livehost-readme-") as root:
        return type_readme(prepare(Path(root)))


if __name__ == "__main__":
    sys.exit(main())
