"""Draws training sequences: a stretch of a recording with roles, and a bank that holds the item that comes next.

Nothing is kept between draws: batch `n` of process `rank` depends on the seed, `rank` and `n` alone, so that training
goes on after a kill exactly where it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.tokens import HEARD, PLAYED, bank_statistics, item_vectors, tokenise
from livehost.studio.audio_data.recording import TASKS, Recording, Stream
from livehost.studio.bank_transformer.augment import NONE, Strength, retime, transpose, vary
from livehost.studio.bank_transformer.evaluation.cases import TOGETHER_MS
from livehost.studio.bank_transformer.roles import BOTH, draw_roles

#: Recordings with fewer events teach nothing.
LEAST_EVENTS = 8
#: Sequences have at most one of these many tokens; chances below.
LENGTHS = {64: 0.15, 128: 0.3, 256: 0.4, 512: 0.15}
#: How often an answer is drawn without the machine's own tokens.
DEAF_TO_ITSELF = 0.1
#: How often heard and bank are one and the same sound in *continue*, as when a musician plays the bank's own recording.
SAME_SOUND = 0.5


@dataclass(eq=False)
class Example:
    """One sequence.

    Attributes
    ----------
    tokens : float32 [n, TOKEN_SIZE]
    items : float32 [m, ITEM_SIZE]
        The bank.
    targets : int64 [n]
        The item that the machine's line goes on with after each token; −1 where nobody is asked.
    current : int64 [n]
        The item that is no candidate (just heard or played), −1 for none.
    recording : int
        Which it comes from.
    """

    tokens: np.ndarray
    items: np.ndarray
    targets: np.ndarray
    current: np.ndarray
    recording: int


@dataclass(eq=False)
class Line:
    """Tokens in the order in which they go in, over the events of a machine's stream.

    Attributes
    ----------
    source : int64 [n]
        `HEARD` or `PLAYED`.
    event : int64 [n]
        Index into the heard stream, or into the machine's.
    target, current : int64 [n]
        Events of the machine: the next one after each token (−1 at the end), and the one just heard or played.
    """

    source: np.ndarray
    event: np.ndarray
    target: np.ndarray
    current: np.ndarray

    def crop(self, start: int, count: int) -> "Line":
        """Keep a stretch."""
        where = slice(start, start + count)
        return Line(self.source[where], self.event[where], self.target[where], self.current[where])


def aligned_line(roles: np.ndarray, events: int) -> Line:
    """Order the tokens of streams whose events are the same: a doubled one is played, then heard.

    Parameters
    ----------
    roles : int64 [events]
        `HEARD`, `PLAYED` or `BOTH`.
    events : int
    """
    event = np.repeat(np.arange(events), np.where(roles == BOTH, 2, 1))
    again = np.concatenate([[False], event[1:] == event[:-1]]) if events else np.zeros(0, bool)
    source = np.where(roles[event] == BOTH, np.where(again, HEARD, PLAYED), roles[event])
    return Line(source, event, np.where(event + 1 < events, event + 1, -1), event)


def answer_line(heard: Stream, machine: Stream, rate: float) -> Line:
    """Order the tokens of two parts as the stage does: a heard one when it has ended, a played one when it begins.

    The machine's next event begins later than all that is known by then, give or take `TOGETHER_MS`.
    """
    heard_at = heard.onset + heard.seconds.astype(np.float64) * rate - TOGETHER_MS * 1e-3 * rate
    known_at = np.concatenate([heard_at, machine.onset])
    order = np.argsort(known_at, kind="stable")
    played = order >= len(heard)
    event = np.where(played, order - len(heard), order)
    so_far = np.cumsum(played)
    target = np.where(so_far < len(machine), so_far, -1)
    return Line(np.where(played, PLAYED, HEARD), event, target, so_far - 1)


@dataclass
class Sampler:
    """Draws batches.

    Parameters
    ----------
    recordings : sequence of Recording
        All of the same split.
    mean, scale : float32 [SEGMENT_SIZE]
        Of the training data.
    seed, rank : int
    tokens : int, default 2048
        Tokens of a batch, padding included.
    bank : int, default 256
        Items of a bank, and not more than two a token; more where the stretch itself has more.
    strength : Strength
        Of the augmentation.
    tasks : mapping of str to float
        Chance of each task, where recordings serve it.
    lengths : mapping of int to float
        Tokens of a sequence, at most, and their chances.

    Raises
    ------
    LivehostError
        Where there is nothing to learn.
    """

    recordings: Sequence[Recording]
    mean: np.ndarray
    scale: np.ndarray
    seed: int = 0
    rank: int = 0
    tokens: int = 2048
    bank: int = 256
    strength: Strength = field(default_factory=Strength)
    tasks: Mapping[str, float] = field(default_factory=lambda: {"continue": 0.4, "crossed": 0.35, "answer": 0.25})
    lengths: Mapping[int, float] = field(default_factory=lambda: dict(LENGTHS))

    def __post_init__(self) -> None:
        if len({recording.split for recording in self.recordings}) > 1:
            raise LivehostError("Training sequences come from one split, never from several.")
        self._chances: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for task in TASKS:
            if self.tasks.get(task, 0) > 0:
                weight = _weights(self.recordings, task)
                served = np.flatnonzero(weight)
                if len(served):
                    self._chances[task] = (served, weight[served] / weight.sum())
        if not self._chances:
            raise LivehostError(
                f"There is too little to learn from: no recording has {LEAST_EVENTS} sounds or more. Give more music."
            )
        chances = np.array([self.tasks[task] for task in self._chances])
        self._tasks, self._task_chances = list(self._chances), chances / chances.sum()

    def batch(self, number: int) -> list[Example]:
        """Draw batch `number`."""
        random = np.random.default_rng([self.seed, self.rank, number])
        lengths = list(self.lengths)
        chances = np.array([self.lengths[length] for length in lengths])
        most = lengths[int(random.choice(len(lengths), p=chances / chances.sum()))]
        drawn: list[Example] = []
        longest = 0
        while True:
            sequence = self.draw(random, min(most, self.tokens))
            longest = max(longest, len(sequence.tokens))
            if drawn and longest * (len(drawn) + 1) > self.tokens:
                return drawn
            drawn.append(sequence)

    def draw(self, random: np.random.Generator, most: int) -> Example:
        """Draw one sequence of at most so many tokens."""
        task = self._tasks[int(random.choice(len(self._tasks), p=self._task_chances))]
        served, chances = self._chances[task]
        which = int(served[int(random.choice(len(served), p=chances))])
        recording = self.recordings[which]
        heard, machine, line = getattr(self, f"_{task}")(recording, random)
        line = line.crop(int(random.integers(0, max(len(line.event) - most, 0) + 1)), most)
        same = heard is machine and random.random() < SAME_SOUND
        return self._sequence(which, recording.rate, heard, machine, line, same, random)

    def _continue(self, recording: Recording, random: np.random.Generator) -> tuple[Stream, Stream, Line]:
        stream = recording.renderings[int(random.integers(len(recording.renderings)))]
        return stream, stream, aligned_line(draw_roles(len(stream), random), len(stream))

    def _crossed(self, recording: Recording, random: np.random.Generator) -> tuple[Stream, Stream, Line]:
        one, other = random.permutation(len(recording.renderings))[:2]
        heard, machine = recording.renderings[one], recording.renderings[other]
        return heard, machine, aligned_line(draw_roles(len(machine), random), len(machine))

    def _answer(self, recording: Recording, random: np.random.Generator) -> tuple[Stream, Stream, Line]:
        assert recording.parts is not None  # noqa: S101
        heard, machine = recording.parts if random.random() < 0.5 else recording.parts[::-1]
        line = answer_line(heard, machine, recording.rate)
        if random.random() < DEAF_TO_ITSELF:
            kept = line.source == HEARD
            line = Line(line.source[kept], line.event[kept], line.target[kept], line.current[kept])
        return heard, machine, line

    def _sequence(
        self,
        which: int,
        rate: float,
        heard: Stream,
        machine: Stream,
        line: Line,
        same: bool,
        random: np.random.Generator,
    ) -> Example:
        """Give a line its bank, vary its sound, and make vectors of it."""
        strength = self.strength
        items, target, current = _bank(line, len(machine), min(self.bank, 2 * len(line.event)), random)
        tempo = float(np.exp(random.normal(0, strength.time)))
        key = int(random.integers(-strength.transpose, strength.transpose + 1)) if strength.transpose else 0
        of_machine = line.source == PLAYED
        raw = np.concatenate([machine.features[items], heard.features[line.event[~of_machine]]])
        count, raw = len(items), retime(transpose(raw, key), tempo)
        if strength == NONE:
            pass
        elif same:
            raw = vary(raw, self.mean, self.scale, strength, random)
        else:
            raw = np.concatenate(
                [vary(half, self.mean, self.scale, strength, random) for half in (raw[:count], raw[count:])]
            )
        bank = raw[:count]
        place = np.full(len(machine), -1)
        place[items] = np.arange(count)
        features = np.empty((len(line.event), raw.shape[1]), np.float32)
        features[of_machine] = bank[place[line.event[of_machine]]]
        features[~of_machine] = raw[count:]
        length = len(machine)
        onset = np.where(of_machine, machine.onset[line.event % length], heard.onset[line.event % len(heard)])
        seconds = np.where(of_machine, machine.seconds[line.event % length], heard.seconds[line.event % len(heard)])
        gaps = np.concatenate([[-1.0], np.maximum(np.diff(onset), 0) / rate * tempo])
        statistics = bank_statistics(bank, self.mean, self.scale)
        tokens = tokenise(features, line.source, seconds * tempo, gaps, self.mean, self.scale, *statistics)
        return Example(tokens, item_vectors(bank, self.mean, self.scale), target, current, which)


def events(recording: Recording, task: str) -> int:
    """Count the events that a task has in a recording; 0 where it has none."""
    if task == "answer":
        return 0 if recording.parts is None else min(map(len, recording.parts))
    if task == "crossed" and len(recording.renderings) < 2:
        return 0
    return len(recording)


def _weights(recordings: Sequence[Recording], task: str) -> np.ndarray:
    """Chance of each recording, not normalised: rare domains and short recordings count more than their share."""
    counts = np.array([events(r, task) if task in r.tasks else 0 for r in recordings], np.float64)
    weights = np.sqrt(np.where(counts >= LEAST_EVENTS, counts, 0.0))
    domains = np.array([recording.domain for recording in recordings])
    for domain in np.unique(domains):
        peers = domains == domain
        weights[peers] /= np.sqrt(max(weights[peers].sum(), 1e-9))
    return weights


def _bank(
    line: Line, events_: int, size: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Choose the items of a line's bank: all that it needs, and others of the same stream.

    Returns
    -------
    items : int64 [m]
        Events of the machine's stream, in their order.
    target, current : int64 [n]
        Of the line, as places in `items`.
    """
    needed = np.zeros(events_, bool)
    for column in (line.target, line.current, line.event[line.source == PLAYED]):
        needed[column[column >= 0]] = True
    others = np.flatnonzero(~needed)
    more = min(max(size - int(needed.sum()), 0), len(others))
    needed[random.permutation(others)[:more]] = True
    items = np.flatnonzero(needed)
    place = np.append(np.cumsum(needed) - 1, -1)  # place[−1] is −1
    return items, place[line.target], place[line.current]
