"""A session told by its events: which sounds were chosen, when, and what they answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np


@dataclass(frozen=True)
class Choice:
    """One sound that was played.

    Parameters
    ----------
    name : str
        The sound.
    index : int
        Its item in the bank.
    onset_s : float
        The onset that it answers; nan for none.
    start_s, end_s : float
        From when to when it sounded.
    latency_ms : float
        Onset to sound; nan where it answers none.
    fallback : bool
        The player without a network answered in place of the model.
    heard_ms : float
        How much of the stroke that it answers had been heard when it was chosen.
    probability : float
        That it had then, 0 … 1.
    reason : str
        Why it was played, as in `livehost.events.REASONS`; "" where the log does not say it.
    met : bool
        The stroke that it was struck with, before that was heard, has come.
    """

    name: str
    index: int
    onset_s: float
    start_s: float
    end_s: float
    latency_ms: float
    fallback: bool = False
    heard_ms: float = 0.0
    probability: float = 0.0
    reason: str = ""
    met: bool = False


@dataclass(frozen=True)
class Beat:
    """A beat of the musician's: when (s), bar and beat of the bar from 1, tempo, and how sure it is (0 … 1)."""

    time_s: float
    bar: int
    beat: int
    bpm: float
    confidence: float


@dataclass(frozen=True)
class Expected:
    """A stroke that was expected.

    Parameters
    ----------
    time_s : float
        When.
    came_s : float
        When it came; nan where it did not.
    struck, withdrawn : bool
        Whether a sound was to be struck with it, and was withdrawn.
    """

    time_s: float
    came_s: float
    struck: bool
    withdrawn: bool

    @property
    def early_ms(self) -> float:
        """How much sooner it was expected than it came, ms; nan where it did not come."""
        return (self.came_s - self.time_s) * 1e3


@dataclass(frozen=True)
class Room:
    """From when on (s) the musician has so many strokes a second, and how much of the player's line plays (0 … 1)."""

    time_s: float
    busy: float
    share: float
    resting: bool


@dataclass
class Story:
    """What happened in a session, each kind in order of time; onsets and masked onsets in seconds.

    Room is that of the first part that tells of any.
    """

    onsets: list[float] = field(default_factory=list)
    masked: list[float] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    beats: list[Beat] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    room: list[Room] = field(default_factory=list)

    @property
    def own_line(self) -> bool:
        """Whether a player has played a line of its own between the strokes (mode duo)."""
        return any(choice.reason == "duo" for choice in self.choices)

    @property
    def answers_all(self) -> bool:
        """Whether strokes are there to be answered, so that one that is not was missed."""
        return bool(self.choices) and not self.own_line

    @property
    def in_time(self) -> bool:
        """Whether there is anything to be seen of time and partnership; older logs have nothing of it."""
        return bool(self.beats or self.expected or self.room)

    def between(self, start_s: float, end_s: float) -> "Story":
        """Give what begins in a stretch, with times from its start on."""
        return Story(
            [t - start_s for t in self.onsets if start_s <= t < end_s],
            [t - start_s for t in self.masked if start_s <= t < end_s],
            [
                replace(c, onset_s=c.onset_s - start_s, start_s=c.start_s - start_s, end_s=c.end_s - start_s)
                for c in self.choices
                if start_s <= c.start_s < end_s
            ],
            _moved(self.beats, start_s, end_s),
            [replace(e, came_s=e.came_s - start_s) for e in _moved(self.expected, start_s, end_s)],
            _moved(self.room, start_s, end_s),
        )

    @property
    def latency_ms(self) -> np.ndarray:
        """Onset to sound of all answers (float64 [k])."""
        values = np.array([c.latency_ms for c in self.choices], np.float64)
        return values[np.isfinite(values)]


def tell(events: Iterable[Mapping[str, Any]], rate: float, seconds: float) -> Story:
    """Read a story out of events.

    Parameters
    ----------
    events : iterable of mapping
        Lines of ``events.jsonl``; kinds and fields that are not needed may be missing.
    rate : float
        Hz.
    seconds : float
        Length of the recording: a voice without an end sounds no longer than this.

    Returns
    -------
    Story
    """
    story = Story()
    open_voices: dict[int, int] = {}
    rows: list[dict[str, Any]] = []
    rooms: dict[int, list[Room]] = {}
    met: set[tuple[int, int]] = set()
    for event in sorted(events, key=lambda e: e.get("frame", 0)):
        kind, frame = event.get("kind"), event.get("frame", 0)
        if kind in ("onset", "masked"):
            times = story.onsets if kind == "onset" else story.masked
            times.append(event.get("onset_frame", frame) / rate)
        elif kind == "sample":
            open_voices[event.get("voice", -1)] = len(rows)
            rows.append({**event, "end": _longest(event, seconds, rate)})
        elif kind == "heard_beat":
            story.beats.append(_beat(event, rate))
        elif kind == "expected":
            story.expected.append(_expected(event, rate))
            if event.get("onset_frame", -1) >= 0:
                met.add((event.get("part", 0), event.get("decision", -1)))
        elif kind == "room":
            rooms.setdefault(event.get("part", 0), []).append(_room(event, rate))
        elif kind == "end" and event.get("voice", -1) in open_voices:
            row = rows[open_voices.pop(event.get("voice", -1))]
            row["end"] = frame / rate
    for row in rows:
        row["met"] = row.get("reason") == "unison" and (row.get("part", 0), row.get("decision")) in met
    story.choices = [_choice(row, rate) for row in rows]
    story.room = rooms[min(rooms)] if rooms else []
    return story


Timed = TypeVar("Timed", Beat, Expected, Room)


def _moved(events: list[Timed], start_s: float, end_s: float) -> list[Timed]:
    """Give those of a stretch, with times from its start on."""
    return [replace(e, time_s=e.time_s - start_s) for e in events if start_s <= e.time_s < end_s]


def _longest(event: Mapping[str, Any], seconds: float, rate: float) -> float:
    """Give when a voice ends at the latest (s)."""
    frames = event.get("frames") or round(0.25 * rate)
    return float(min((event["frame"] + frames) / rate, max(seconds, event["frame"] / rate)))


def _choice(row: Mapping[str, Any], rate: float) -> Choice:
    onset = row.get("onset_frame", -1)
    answers = onset >= 0
    latency_ms = row.get("onset_to_sound_ms")
    if latency_ms is None:
        latency_ms = (row["frame"] - onset) / rate * 1e3 if answers else float("nan")
    return Choice(
        name=str(row.get("name") or f"item {row.get('index', -1)}"),
        index=int(row.get("index", -1)),
        onset_s=onset / rate if answers else float("nan"),
        start_s=row["frame"] / rate,
        end_s=float(row["end"]),
        latency_ms=float(latency_ms),
        fallback=bool(row.get("fallback")),
        heard_ms=float(row.get("heard_ms") or 0.0),
        probability=float(row.get("probability") or 0.0),
        reason=str(row.get("reason") or ""),
        met=row["met"],
    )


def _beat(event: Mapping[str, Any], rate: float) -> Beat:
    return Beat(
        event["frame"] / rate, int(event.get("bar", 0)), int(event.get("beat", 0)),
        float(event.get("bpm") or 0.0), float(event.get("confidence") or 0.0),
    )  # fmt: skip


def _expected(event: Mapping[str, Any], rate: float) -> Expected:
    onset = event.get("onset_frame", -1)
    return Expected(
        event["frame"] / rate, onset / rate if onset >= 0 else float("nan"),
        struck=event.get("decision", -1) >= 0, withdrawn=bool(event.get("withdrawn")),
    )  # fmt: skip


def _room(event: Mapping[str, Any], rate: float) -> Room:
    share = min(max(float(event.get("share") or 0.0), 0.0), 1.0)
    return Room(event["frame"] / rate, float(event.get("busy") or 0.0), share, bool(event.get("resting")))
