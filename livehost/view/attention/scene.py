"""What a picture of attention shows, in seconds and pixels: decisions, the sounds that they rested on, and voices."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import soundfile
from matplotlib.colors import to_rgb

from livehost.errors import LivehostError
from livehost.view.attention.log import PLAYED, AttentionLog, Look
from livehost.view.picture.story import Choice, Story, tell
from livehost.view.theme import ACCENT, HEARD, REST, families, short_name

#: Lines of one decision at most; a position gets one where it has this many times its even share.
LINES = 6
LEAST_SHARE = 2.0
#: The weight that is drawn in full: this percentile of each step's largest.
FULL_PERCENTILE = 90
#: Rows of voices that sound at once.
VOICE_ROWS = 5


@dataclass(eq=False)
class Scene:
    """a session's attention.

    Attributes
    ----------
    log : AttentionLog
        As read.
    story : Story
        Onsets and choices.
    rate : float
        Hz.
    seconds : float
        Its length.
    start_s, end_s : float
        The stretch that is shown.
    heard, played : np.ndarray or None
        Float32 [frames], the recordings.
    colour : dict
        Name of a sound → its colour.
    """

    log: AttentionLog
    story: Story
    rate: float
    seconds: float
    start_s: float
    end_s: float
    heard: np.ndarray | None
    played: np.ndarray | None
    colour: dict[str, str]

    @property
    def times(self) -> np.ndarray:
        """When each step was made, float64 [steps], s."""
        return np.array([look.frame for look in self.log.looks]) / self.rate

    def played_at(self, frame: int) -> str:
        """Name of the sound that started at a frame, "" where it is not known."""
        return self._names.get(frame, "")

    @cached_property
    def _names(self) -> dict[int, str]:
        return {
            e["frame"]: short_name(str(e["name"])) for e in self.log.events if e["kind"] == "sample" and e.get("name")
        }

    def decisions(self) -> list[tuple[float, Look]]:
        """Give each sound that was played, and the step that chose it; where none was played, every step."""
        times = self.times
        if not self.story.choices:
            made = zip(times.tolist(), self.log.looks, strict=True)
            return [(time, look) for time, look in made if self.start_s <= time <= self.end_s]
        # the steps from its start on have heard of it themselves
        chosen = [(c.start_s, int(np.searchsorted(times, c.start_s - 0.5 / self.rate)) - 1) for c in self.shown_choices]
        return [(start, self.log.looks[k]) for start, k in chosen if k >= 0]

    @property
    def shown_choices(self) -> list[Choice]:
        """Sounds that start in the stretch that is shown."""
        return [c for c in self.story.choices if self.start_s <= c.start_s <= self.end_s]

    @property
    def shown_s(self) -> float:
        """Length of the stretch that is shown."""
        return self.end_s - self.start_s

    @cached_property
    def peak(self) -> float:
        """Largest absolute sample of the recordings."""
        waves = [wave for wave in (self.heard, self.played) if wave is not None and len(wave)]
        return max([float(max(wave.max(), -wave.min())) for wave in waves] + [1e-4])

    @cached_property
    def voice_rows(self) -> list[int]:
        """Row of each voice."""
        return stack(self.story.choices)

    @cached_property
    def full_weight(self) -> float:
        """Weight that is drawn as strong as can be."""
        return max(float(np.percentile([look.weight.max() for look in self.log.looks], FULL_PERCENTILE)), 1e-6)


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines from decisions to what they rested on; arrays of one value a line, strongest last.

    Attributes
    ----------
    start_s, end_s : np.ndarray
        Time of the decision, and of the sound looked at.
    weight : np.ndarray
        0 … 1.
    played : np.ndarray
        Whether the sound looked at is one of the machine's.
    total : int
        How many lines there would be without thinning.
    left_out_s : float
        Lines over less time than this were left out first, 0 for none.
    """

    start_s: np.ndarray
    end_s: np.ndarray
    weight: np.ndarray
    played: np.ndarray
    total: int
    left_out_s: float = 0.0


def make_scene(
    log: AttentionLog,
    rate: float,
    heard: Path | None = None,
    played: Path | None = None,
    start_s: float = 0.0,
    end_s: float | None = None,
) -> Scene:
    """Put log and recordings together; the rate is that of the recordings where there are any.

    Raises
    ------
    LivehostError
        Where a recording cannot be read, their rates differ, or nothing lies between `start_s` and `end_s`.
    """
    waves: list[np.ndarray | None] = []
    rates: dict[Path | None, int] = {}
    for path in (heard, played):
        if path is None:
            waves.append(None)
            continue
        try:
            samples, rates[path] = soundfile.read(path, dtype="float32", always_2d=True)
        except (soundfile.LibsndfileError, OSError) as error:
            raise LivehostError(f"{path} cannot be read as sound: {_why(error)}.", 2) from None
        waves.append(samples.mean(axis=1))
    if len(set(rates.values())) > 1:
        raise LivehostError(f"{heard} has {rates[heard]} Hz and {played} {rates[played]} Hz; one session has one rate.")
    rate = float(next(iter(rates.values()), rate))
    lengths = [len(wave) for wave in waves if wave is not None]
    seconds = max(max([log.last_frame, *lengths]) / rate, 1e-3)
    end_s = seconds if end_s is None else min(end_s, seconds)
    if not 0.0 <= start_s < end_s:
        raise LivehostError(f"The session lasts {seconds:.1f} s; from {start_s:g} to {end_s:g} s there is nothing.", 2)
    story = tell(log.events, rate, seconds)
    colour = {name: hue for name, (_, hue) in families([c.name for c in story.choices]).items()}
    return Scene(log, story, rate, seconds, start_s, end_s, waves[0], waves[1], colour)


def _why(error: Exception) -> str:
    text = getattr(error, "strerror", None) or getattr(error, "error_string", None) or str(error)
    return text.rstrip(".")


def lines(decisions: list[tuple[float, Look]], rate: float, most: int, short_s: float = 0.0) -> Lines:
    """Give the lines of some decisions; of more than `most`, those that reach farther than `short_s`, the strongest."""
    columns: list[tuple[float, float, float, bool]] = []
    for start, look in decisions:
        best = np.argsort(look.weight, kind="stable")[::-1][:LINES]
        columns += [
            (start, look.onset[k] / rate, float(look.weight[k]), bool(look.source[k] == PLAYED))
            for k in best
            if look.weight[k] >= min(LEAST_SHARE / len(look.weight), 0.5)
        ]
    table = np.array(columns, np.float64).reshape(-1, 4)
    total, left_out_s = len(table), 0.0
    if total > most:
        table, left_out_s = table[table[:, 0] - table[:, 1] >= short_s], short_s
    kept = table[np.argsort(table[:, 2], kind="stable")][-most:]
    return Lines(kept[:, 0], kept[:, 1], kept[:, 2], kept[:, 3] > 0.5, total, left_out_s)


def received(decisions: list[tuple[float, Look]]) -> dict[tuple[int, int], float]:
    """Give how much attention each sound got over all decisions: (onset frame, source) → sum of weights."""
    total: dict[tuple[int, int], float] = {}
    for _, look in decisions:
        for onset, source, weight in zip(look.onset.tolist(), look.source.tolist(), look.weight.tolist(), strict=True):
            total[onset, source] = total.get((onset, source), 0.0) + weight
    return total


def stack(choices: list[Choice], rows: int = VOICE_ROWS) -> list[int]:
    """Give each voice a row, so that voices which sound at once stand below each other."""
    free = [-1.0] * rows
    placed = []
    for choice in choices:
        row = next((k for k, end in enumerate(free) if end <= choice.start_s), int(np.argmin(free)))
        free[row] = choice.end_s
        placed.append(row)
    return placed


def heat(scene: Scene, start_s: float, end_s: float, columns: int, ages: int) -> np.ndarray:
    """Paint weight by time and age.

    Parameters
    ----------
    start_s, end_s : float
        Stretch of time.
    columns : int
        Pixels that it has.
    ages : int
        Newest positions that are shown.

    Returns
    -------
    np.ndarray
        Float32 [ages, columns, 4], RGBA; the hue says whether the sound was heard or played, the opacity how much it
        counted, relative to `Scene.full_weight`, as a square root.
    """
    looks, times = scene.log.looks, scene.times
    weight = np.zeros((2, ages, columns), np.float32)
    edges = np.linspace(start_s, end_s, columns + 1)
    first, last = (np.searchsorted(times, edges[k : k + columns], side="right") - 1 for k in (0, 1))
    for column in range(columns):
        # the step that stands, or all that fall into this column
        span = range(max(first[column] + (last[column] > first[column]), 0), last[column] + 1)
        for k in span:
            look = looks[k]
            shown = min(ages, len(look.weight))
            source = look.source[::-1][:shown]
            weight[source, np.arange(shown), column] += look.weight[::-1][:shown] / len(span)
    colours = np.array([to_rgb(HEARD), to_rgb(ACCENT)], np.float32)
    total = weight.sum(0)
    image = np.empty((ages, columns, 4), np.float32)
    share = weight / np.maximum(total, 1e-9)
    image[:, :, :3] = np.einsum("sac,sk->ack", share, colours)
    image[:, :, 3] = np.sqrt(np.clip(total / scene.full_weight, 0.0, 1.0))
    return image


def ages_shown(log: AttentionLog, share: float = 0.95, least: int = 12, most: int = 128) -> int:
    """Give how many of the newest positions hold this share of the weight of all steps."""
    sums = np.zeros(max(len(look.weight) for look in log.looks))
    for look in log.looks:
        sums[: len(look.weight)] += look.weight[::-1]
    enough = int(np.searchsorted(np.cumsum(sums), share * sums.sum())) + 1
    return int(np.clip(enough, min(least, len(sums)), most))


def voice_colour(scene: Scene, choice: Choice) -> str:
    """Give the colour of a sound."""
    return scene.colour.get(choice.name, REST)
