"""Plays takes as one session, offline, and cuts a session folder in half as if it had ended there."""

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from livehost.errors import LivehostError
from livehost.session_folder import layout
from livehost.session_log import SessionLog
from livehost.studio.stage_evaluation.material import Take
from livehost.studio.stage_evaluation.session import RATE, Player

#: Silence between two takes, seconds.
PAUSE_S = 1.0
#: A listener says so long after a sound began that it is not wanted, seconds.
SAID_S = 0.3


def one_take(takes: Sequence[Take]) -> tuple[np.ndarray, int]:
    """Put takes one after the other: the first halves of all, then the second halves.

    Returns
    -------
    sound : ndarray of float32 [frames]
    half : int
        Frame at which the second halves begin.
    """
    pause = np.zeros(round(PAUSE_S * RATE), np.float32)
    halves: list[list[np.ndarray]] = [[], []]
    for take in takes:
        middle = len(take.sound) // 2
        for side, part in enumerate((take.sound[:middle], take.sound[middle:])):
            halves[side] += [part, pause]
    first = np.concatenate(halves[0])
    return np.concatenate([first, *halves[1]]), len(first)


def play_session(sound: np.ndarray, bank: Path, folder: Path, settings: Mapping[str, Any]) -> Path:
    """Play a session through the whole stage; give its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    session = folder / "session"
    Player(folder, settings).play(sound, bank, log__session=str(session), bank__dir=str(bank))
    if not (session / layout.EVENTS).is_file():
        raise LivehostError(f"The session in {folder} left no event log.")
    return session


def usual_sounds(session: Path, until: int, count: int) -> list[int]:
    """List the items that were played most before a frame: those that a listener has had enough of."""
    plays = [e for e in SessionLog(session / layout.EVENTS).events() if e["kind"] == "sample" and e["frame"] < until]
    return [index for index, _ in Counter(int(event["index"]) for event in plays).most_common(count)]


def cut_session(session: Path, target: Path, until: int, disliked: Sequence[int]) -> int:
    """Copy a session folder as it was at a frame, with a verdict against the first answer of each disliked item.

    Returns
    -------
    int
        Verdicts.
    """
    target.mkdir(parents=True)
    log = SessionLog(session / layout.EVENTS)
    events = [event for event in log.events() if event["frame"] < until]
    left, verdicts = list(disliked), []
    for event in events:
        if event["kind"] == "sample" and event["index"] in left:
            left.remove(event["index"])
            frame = int(event["frame"] + SAID_S * RATE)
            # what plays meanwhile is not what is meant: the verdict stands before it
            later = [e["frame"] for e in events if e["kind"] == "sample" and e["frame"] > event["frame"]]
            frame = min([frame, *(f - 1 for f in later)])
            verdicts.append({"frame": frame, "kind": "steer", "part": event["part"], "verdict": "reject"})
    lines = [log.header, *sorted([*events, *verdicts], key=lambda event: event["frame"])]
    (target / layout.EVENTS).write_text("".join(json.dumps(line) + "\n" for line in lines))
    sound, rate = soundfile.read(session / layout.HEARD, frames=until, dtype="float32", always_2d=True)
    soundfile.write(target / layout.HEARD, sound, rate, "FLOAT")
    shutil.copy(session / layout.PLANS, target / layout.PLANS)
    return len(verdicts)
