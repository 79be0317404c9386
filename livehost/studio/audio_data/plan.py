"""What is to be made of folders of data, and on which side of the split it stands: decided by digests, not by order."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from livehost.dsp.segment import SEGMENT_SCHEMA
from livehost.studio.audio_data.kits import OneShot
from livehost.studio.audio_data.scan import Found, Source
from livehost.studio.audio_data.scores import Work

#: Of what is made of the same files and seed: to be raised with every change to how it is made.
VERSION = 4
#: Shares of the hours, and the length of a piece in seconds. MIDI files and scores share what is played on keyboards.
SHARES = {"piano": (0.3, 75.0), "parts": (0.25, 60.0), "percussion": (0.25, 30.0), "composed": (0.2, 32.0)}
#: So many in five scores are music in several parts, the others tunes.
_IN_PARTS = 3
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
    work: Work | None = None


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


def plan(found: Found, hours: float, seed: int, fonts: Sequence[str] = ()) -> list[Job]:
    """Decide what to make of what was found.

    Parameters
    ----------
    found : Found
        Files and works.
    hours : float
        Hours of music in all, not counting renderings; real loops come on top.
    seed : int
        Of all chance.
    fonts : sequence of str
        Names of the soundfonts that there are.
    """
    both = 0.5 if found.midi and found.works else 1.0
    jobs = _midi(found, both * hours, seed, fonts)
    jobs += _scores(found, "score", *SHARES["piano"], both * hours, seed, fonts)
    jobs += _scores(found, "parts", *SHARES["parts"], hours, seed, fonts)
    jobs += _loops(found, seed)
    shots = _digest(sorted(source.digest for source, _ in found.shots))
    kits = ", ".join(sorted({source.source for source, _ in found.shots}))
    composing = f"{COMPOSED} of {kits}" if kits else COMPOSED
    for kind, title in (("percussion", "rhythm"), ("composed", "composed/loop")):
        share, seconds = SHARES[kind]
        for index in range(round(share * hours * 3600 / seconds)):
            name = f"{title} {index + 1:04d}"
            key = _digest(kind, name, shots, seconds, seed, *fonts)
            jobs.append(Job(kind, name, split_of(name), composing, key, None, seconds))
    # a little of everything first, so that a run that is cut short has made something of each
    return sorted(jobs, key=lambda job: number(seed, "order", job.name))


def _midi(found: Found, hours: float, seed: int, fonts: Sequence[str]) -> list[Job]:
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
        key = _digest("piano", source.digest, name, seconds, side, seed, *fonts)
        jobs.append(Job("piano", name, side, source.source, key, source.path, seconds))
    return jobs


def _scores(
    found: Found, kind: str, share: float, seconds: float, hours: float, seed: int, fonts: Sequence[str]
) -> list[Job]:
    """Choose works, those in several parts and tunes in turn, each of them again where there are not enough."""
    jobs: list[Job] = []
    works = sorted(found.works, key=lambda work: number(seed, kind, work.name))
    kinds = [[work for work in works if (work.tune >= 0) == tunes] for tunes in (False, True)]
    taken = [0, 0]
    for index in range(round(share * hours * 3600 / seconds) if works else 0):
        tunes = int(index % 5 >= _IN_PARTS)
        tunes = tunes if kinds[tunes] else 1 - tunes
        turn, place = divmod(taken[tunes], len(kinds[tunes]))
        taken[tunes] += 1
        work = kinds[tunes][place]
        name = f"{work.name} ({kind}{f' {turn + 1}' if turn else ''})"
        side = split_of(work.piece)
        key = _digest(kind, work.digest, name, seconds, side, seed, *fonts)
        jobs.append(Job(kind, name, side, work.source, key, None, seconds, work))
    return jobs


def _loops(found: Found, seed: int) -> list[Job]:
    jobs: list[Job] = []
    sides: dict[str, str] = {}
    for group in sorted({(source.source, source.long) for source in found.sounds}):
        sides |= split_sounds([source.name for source in found.sounds if (source.source, source.long) == group])
    for source in found.sounds:
        key = _digest("loop", source.digest, source.name, VARIANTS, sides[source.name], seed)
        jobs.append(Job("loop", source.name, sides[source.name], source.source, key, source.path))
    return jobs
