"""What a cache holds, counted, and under which licences."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from livehost.studio.audio_data.plan import COMPOSED
from livehost.studio.audio_data.recording import load_recording
from livehost.studio.audio_data.render import tools
from livehost.studio.audio_data.scan import Found, licence

#: Licences of soundfonts by file name.
SOUNDFONTS = {"FluidR3_GM.sf2": "MIT"}


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
        By source: name, licence, hours of music (not counting renderings and variants), recordings.
    counts : dict
        By domain (composed loops apart) and split: recordings, segments, and recordings for each task.
    """
    seconds: dict[str, float] = {}
    recordings: Counter[str] = Counter()
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for path in paths:
        recording = load_recording(path)
        own = recording.seconds if "continue" in recording.tasks and not recording.augmented else 0.0
        seconds[recording.source] = seconds.get(recording.source, 0.0) + own
        recordings[recording.source] += 1
        domain = "composed" if recording.name.startswith("composed/") else recording.domain
        row = counts.setdefault(domain, {}).setdefault(recording.split, {"recordings": 0, "segments": 0})
        row["recordings"] += 1
        row["segments"] += sum(map(len, recording.streams))
        for task in recording.tasks:
            row[task] = row.get(task, 0) + 1
    data = [
        {"name": name, "licence": _licence(name, found), "hours": round(seconds[name] / 3600, 3), "recordings": count}
        for name, count in sorted(recordings.items())
    ]
    if any(source.source in recordings for source in found.midi) or any(n.startswith(COMPOSED) for n in recordings):
        soundfont = Path(tools()[1]).resolve().name
        terms = SOUNDFONTS.get(soundfont, "unknown")
        data.append({"name": f"soundfont {soundfont}", "licence": terms, "hours": 0.0, "recordings": 0})
    return data, counts


def _licence(source: str, found: Found) -> str:
    if source in found.sources:
        return licence(source, found.sources[source])
    used = sorted({licence(s.source, found.sources[s.source]) for s, _ in found.shots})
    return ", ".join(["MIT (rhythms and songs)", *(f"{name} (one-shots)" for name in used)])
