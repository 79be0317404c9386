"""What is to be made of folders of data, and on which side of the split it stands: decided by digests, not by order."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.studio.audio_data.kits import OneShot
from livehost.studio.audio_data.scan import Found, Source

#: Of what is made of the same files and seed: to be raised with every change to how it is made.
VERSION = 3
#: Shares of the hours, and the length of a piece in seconds.
SHARES = {"piano": (0.5, 75.0), "percussion": (0.27, 30.0), "composed": (0.23, 32.0)}
#: Of each real loop in train.
VARIANTS = 6
#: Begins the source of what no file holds.
COMPOSED = "composed"


@dataclass(frozen=True)
class Job:
    """One thing to make: recordings, all of one piece."""

    kind: str
    name: str
    split: str
    source: str
    digest: str  # of everything that it is made of
    path: Path | None = None
    seconds: float = 0.0


def number(*words: object) -> int:
    """Give a number that depends on words alone, below 2**63."""
    return int.from_bytes(hashlib.sha256("\0".join(map(str, words)).encode()).digest()[:8], "little") >> 1


def split_of(piece: str) -> str:
    """Give the side of the split by the piece's name: 80, 10 and 10 in 100."""
    at = number("split", piece) % 100
    return "train" if at < 80 else "valid" if at < 90 else "test"


def split_sounds(names: Sequence[str]) -> dict[str, str]:
    """Give the side of the split for few sounds: in an order by digest, a third is test and a tenth valid."""
    order = sorted(names, key=lambda name: number("split", name))
    test, valid = round(0.38 * len(order)), round(0.1 * len(order))
    sides = ["test"] * test + ["valid"] * valid + ["train"] * (len(order) - test - valid)
    return dict(zip(order, sides, strict=True))


def held_out(shots: Sequence[OneShot]) -> tuple[list[OneShot], list[OneShot]]:
    """Part one-shots: those that train may play, and a quarter of each role (one at least) for valid and test."""
    train, rest = [], []
    for role in sorted({shot.role for shot in shots}):
        order = sorted((s for s in shots if s.role == role), key=lambda s: number("shot", s.name))
        count = max(round(0.25 * len(order)), 1) if len(order) > 1 else 0
        rest += order[:count]
        train += order[count:]
    return train, rest


def _digest(*words: object) -> str:
    return hashlib.sha256(json.dumps([VERSION, SEGMENT_SCHEMA, *map(str, words)]).encode()).hexdigest()[:24]


def plan(found: Found, hours: float, seed: int) -> list[Job]:
    """Decide what to make of what was found.

    Parameters
    ----------
    found : Found
        Files.
    hours : float
        Hours of music in all, not counting renderings; real loops come on top.
    seed : int
        Of all chance.
    """
    jobs: list[Job] = []
    share, seconds = SHARES["piano"]
    pieces: dict[str, list[Source]] = {}
    for source in found.midi:
        pieces.setdefault(source.piece, []).append(source)
    order = sorted(pieces, key=lambda piece: number(seed, piece))
    wanted = round(share * hours * 3600 / seconds) if order else 0
    for index in range(wanted):
        takes = sorted(pieces[order[index % len(order)]], key=lambda s: number(seed, s.name))
        source = takes[index // len(order) % len(takes)]
        name = f"{source.name}{f' {index // len(order) + 1}' if index >= len(order) else ''}"
        side = split_of(source.piece)
        key = _digest("piano", source.digest, name, seconds, side, seed)
        jobs.append(Job("piano", name, side, source.source, key, source.path, seconds))
    sides: dict[str, str] = {}
    for group in sorted({(source.source, source.long) for source in found.sounds}):
        sides |= split_sounds([source.name for source in found.sounds if (source.source, source.long) == group])
    for source in found.sounds:
        key = _digest("loop", source.digest, source.name, VARIANTS, sides[source.name], seed)
        jobs.append(Job("loop", source.name, sides[source.name], source.source, key, source.path))
    shots = _digest(sorted(source.digest for source, _ in found.shots))
    kits = ", ".join(sorted({source.source for source, _ in found.shots}))
    composing = f"{COMPOSED} of {kits}" if kits else COMPOSED
    for kind, title in (("percussion", "rhythm"), ("composed", "composed/loop")):
        share, seconds = SHARES[kind]
        for index in range(round(share * hours * 3600 / seconds)):
            name = f"{title} {index + 1:04d}"
            key = _digest(kind, name, shots, seconds, seed)
            jobs.append(Job(kind, name, split_of(name), composing, key, None, seconds))
    # a little of everything first, so that a run that is cut short has made something of each
    return sorted(jobs, key=lambda job: number(seed, "order", job.name))
