"""What a cache holds, counted, and under which licences."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from livehost.studio.audio_data.plan import COMPOSED
from livehost.studio.audio_data.recording import load_recording
from livehost.studio.audio_data.render import tools
from livehost.studio.audio_data.scan import Found, licence
from livehost.studio.audio_data.soundfonts import licence_of

#: What the name of a recording adds to that of its work.
_WORK = re.compile(r" \((?:score|parts)[ \d]*\)$")


def tally(paths: Sequence[Path], found: Found) -> tuple[list[dict[str, Any]], dict[str, dict[str, dict[str, int]]]]:
    """Count recordings.

    Parameters
    ----------
    paths : sequence of path
        Recordings.
    found : Found
        What they were made of.

    Returns
    -------
    data : list of dict
        By source: name, licence, hours of music (not counting renderings and variants), recordings; of scores also
        `works`, their names; of soundfonts the sides that play them.
    counts : dict
        By domain (composed loops apart) and split: recordings, segments, and recordings for each task.
    """
    seconds: dict[str, float] = {}
    recordings: Counter[str] = Counter()
    counts: dict[str, dict[str, dict[str, int]]] = {}
    works: dict[str, set[str]] = {}
    scores = {work.source for work in found.works}
    for path in paths:
        recording = load_recording(path)
        own = recording.seconds if "continue" in recording.tasks and not recording.augmented else 0.0
        seconds[recording.source] = seconds.get(recording.source, 0.0) + own
        recordings[recording.source] += 1
        if recording.source in scores:
            works.setdefault(recording.source, set()).add(_WORK.sub("", recording.name.partition(" · ")[0]))
        domain = "composed" if recording.name.startswith("composed/") else recording.domain
        row = counts.setdefault(domain, {}).setdefault(recording.split, {"recordings": 0, "segments": 0})
        row["recordings"] += 1
        row["segments"] += sum(map(len, recording.streams))
        for task in recording.tasks:
            row[task] = row.get(task, 0) + 1
    data: list[dict[str, Any]] = []
    for name, count in sorted(recordings.items()):
        rest = {"works": sorted(works[name])} if name in works else {}
        data.append(_row(name, _licence(name, found), round(seconds[name] / 3600, 3), count) | rest)
    scored = {source.source for source in found.midi} | {work.source for work in found.works}
    if any(name in scored or name.startswith(COMPOSED) for name in recordings):
        fonts = tools().fonts
        for font in fonts.all:
            sides = [side for side, of in (("train", fonts.train), ("valid and test", fonts.held_out)) if font in of]
            row = _row(f"soundfont {Path(font).name}", licence_of(font), 0.0, 0)
            data.append(row | {"plays in": ", ".join(sides)})
    return data, counts


def _row(name: str, terms: str, hours: float, count: int) -> dict[str, Any]:
    return {"name": name, "licence": terms, "hours": hours, "recordings": count}


def _licence(source: str, found: Found) -> str:
    if source in found.sources:
        return licence(source, found.sources[source])
    rights = sorted({work.rights for work in found.works if work.source == source})
    if rights:
        return "; ".join(rights)
    used = sorted({licence(s.source, found.sources[s.source]) for s, _ in found.shots})
    return ", ".join(["MIT (rhythms and songs)", *(f"{name} (one-shots)" for name in used)])
