"""Draws training sequences: a stretch of music as the stage would know it, what it asks on the way, and a bank.

`material` draws who hears and plays what, `lines` orders it, `peeks` cuts what still sounds, `own_lines` says what the
machine played, `follow` what it should have, and `vectors` makes tokens of it.

Nothing is kept between draws: batch `n` of process `rank` depends on the seed, `rank` and `n` alone, so that training
goes on after a kill exactly where it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.tokens import PLAYED
from livehost.settings import TABLE
from livehost.studio.audio_data.recording import TASKS, Recording
from livehost.studio.bank_transformer import own_lines
from livehost.studio.bank_transformer.augment import Strength
from livehost.studio.bank_transformer.follow import draw_targets, follow_of
from livehost.studio.bank_transformer.lines import OWN, Line
from livehost.studio.bank_transformer.material import SCENES, Scene, strangers
from livehost.studio.bank_transformer.next_stroke import stroke_bins, stroke_gaps
from livehost.studio.bank_transformer.peeks import Peeks, draw_peeks
from livehost.studio.bank_transformer.vectors import Vectors, make_vectors, nearest_items

#: Recordings with fewer events teach nothing.
LEAST_EVENTS = 8
#: Sequences have at most one of these many committed tokens; chances below.
LENGTHS = {64: 0.2, 128: 0.35, 256: 0.35, 512: 0.1}
#: What an answer counts in the loss: to a sound that is heard now, and to all else.
WEIGHT_NOW, WEIGHT = 1.0, 0.4
#: Items of a bank come in stretches of this many events.
STRETCH = 8


@dataclass(eq=False)
class Example:
    """One sequence; queries are its committed tokens, then its peeks.

    Attributes
    ----------
    tokens : float32 [n, TOKEN_SIZE]
        Committed.
    peeks : float32 [p, TOKEN_SIZE]
    before : int64 [p]
        How many committed tokens each peek sees.
    items : float32 [m, ITEM_SIZE]
        The bank.
    length : float32 [m]
        The items' lengths as tokens say them.
    successor : int64 [m]
        The item that follows each in its music, −1 for none.
    targets : int64 [n + p]
        The right item for each query; −1 where nobody is asked.
    weights : float32 [n + p]
        In the loss.
    own : int64 [n + p]
        The token whose successor is the target, where the machine's own line is to go on; −1 elsewhere.
    played : int64 [n]
        The item of each token, −1 for what was heard.
    asked : int64 [n]
        The query that chose a played token; −1 for none.
    strokes : int64 [n + p]
        Bin of the time to the next stroke that is heard, −1 where nobody asks.
    sampled : bool
        Whether the model itself is to play the own line: `played` is to be chosen anew.
    recording : int
        Which the bank comes from.
    """

    tokens: np.ndarray
    peeks: np.ndarray
    before: np.ndarray
    items: np.ndarray
    length: np.ndarray
    successor: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
    own: np.ndarray
    played: np.ndarray
    asked: np.ndarray
    strokes: np.ndarray
    sampled: bool
    recording: int

    def __len__(self) -> int:
        return len(self.targets)


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
        Tokens of a batch, peeks and padding included.
    bank : int, default 256
        Items of a bank, and not more than two a token; more where the stretch itself has more.
    strength : Strength
        Of the augmentation.
    tasks : mapping of str to float
        Chance of each task, where recordings serve it.
    lengths : mapping of int to float
        Committed tokens of a sequence, at most, and their chances.
    apart : float
        How often a stranger's music is heard.
    line : str, optional
        One of `own_lines.KINDS`, for all sequences.

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
    apart: float = 0.15
    line: str | None = None

    def __post_init__(self) -> None:
        if len({recording.split for recording in self.recordings}) > 1:
            raise LivehostError("Training sequences come from one split, never from several.")
        self._chances: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        for task in TASKS:
            weights = _weights(self.recordings, task)
            if self.tasks.get(task, 0.0) > 0 and weights.any():
                served = np.flatnonzero(weights)
                self._chances[task] = served, weights[served] / weights[served].sum()
        if not self._chances:
            raise LivehostError("There is too little to learn from: no recording has enough sounds in a row.")
        chances = np.array([self.tasks[task] for task in self._chances])
        self._tasks, self._task_chances = list(self._chances), chances / chances.sum()

    def batch(self, number: int) -> list[Example]:
        """Draw batch `number`."""
        random = np.random.default_rng([self.seed, self.rank, number])
        lengths = list(self.lengths)
        chances = np.array([self.lengths[length] for length in lengths])
        most = lengths[int(random.choice(len(lengths), p=chances / chances.sum()))]
        drawn: list[Example] = []
        committed = peeked = 0
        while True:
            example = self.draw(random, min(most, self.tokens // 2))
            committed, peeked = max(committed, len(example.tokens)), max(peeked, len(example.peeks))
            if drawn and (committed + peeked) * (len(drawn) + 1) > self.tokens:
                return drawn
            drawn.append(example)

    def draw(self, random: np.random.Generator, most: int) -> Example:
        """Draw one sequence of at most so many committed tokens."""
        scene = self._scene(random)
        scene.line = crop(scene.line, most, random)
        peeks = draw_peeks(scene.line, scene.heard, hop_s(scene.rate), random)
        kind = self.line or own_lines.draw_kind(random)
        items = choose_items(scene, peeks, self.bank, random)
        place = np.full(len(scene.sounds), -1)
        place[items] = np.arange(len(items))
        successor = np.append(place, -1)[items + 1]
        played = np.where(scene.line.source == PLAYED, place[scene.line.event % len(scene.sounds)], -1)
        if kind == "random" or (kind == "self" and random.random() < 0.5):
            mine = played >= 0
            played[mine] = own_lines.random_items(int(mine.sum()), successor, random)
        follow = follow_of(len(scene.line), random)
        vectors = make_vectors(scene, peeks, items, played, follow, self.mean, self.scale, self.strength, random)
        targets, own = self._targets(scene, peeks, place, follow, vectors, random)
        return Example(
            tokens=vectors.tokens, peeks=vectors.peeks, before=peeks.before, items=vectors.items, length=vectors.length,
            successor=successor, targets=np.where(own >= 0, successor[played[own]], targets),
            weights=np.where(np.concatenate([np.zeros(len(played), bool), peeks.now]), WEIGHT_NOW, WEIGHT),
            own=own, played=played, asked=own_lines.asked(scene.line, peeks, random),
            strokes=stroke_bins(stroke_gaps(scene.line, peeks, scene.heard, scene.rate) * vectors.tempo),
            sampled=kind == "self", recording=scene.bank,
        )  # fmt: skip

    def _scene(self, random: np.random.Generator) -> Scene:
        """Draw what is heard, and which bank there is."""
        task = self._tasks[int(random.choice(len(self._tasks), p=self._task_chances))]
        number = self._recording(task, random)
        if random.random() < self.apart:
            other = self._recording(task, random)
            return strangers(self.recordings[number], self.recordings[other], other, random)
        return SCENES[task](self.recordings[number], number, random)

    def _recording(self, task: str, random: np.random.Generator) -> int:
        served, chances = self._chances[task]
        return int(served[int(random.choice(len(served), p=chances))])

    def _targets(
        self,
        scene: Scene,
        peeks: Peeks,
        place: np.ndarray,
        follow: np.ndarray,
        vectors: Vectors,
        random: np.random.Generator,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Draw the right item of each query; see `draw_targets`."""
        line, count = scene.line, len(scene.line)
        known = np.concatenate([np.arange(count) + 1, peeks.before])
        mine = np.concatenate([[-1], np.maximum.accumulate(np.where(line.source == PLAYED, np.arange(count), -1))])
        following = np.concatenate([line.following, peeks.following])
        stroke = np.concatenate([line.stroke, peeks.event])
        if scene.strangers or line.by_time:
            mirror = nearest_items(line, stroke, vectors)
        else:
            mirror = np.where(stroke >= 0, place[np.maximum(stroke, 0) % len(place)], -1)
        return draw_targets(
            np.concatenate([follow[:count], follow[peeks.before]]),
            np.concatenate([np.zeros(count, bool), peeks.now]),
            np.where(following == OWN, OWN, np.append(place, -1)[np.maximum(following, -1)]),
            mirror, mine[known], random, strangers=scene.strangers,
        )  # fmt: skip


def hop_s(rate: float) -> float:
    """Give the seconds between the frame rows of recordings."""
    return float(TABLE["listen.hop_samples"].default) / rate


def crop(line: Line, most: int, random: np.random.Generator) -> Line:
    """Keep a stretch of at most so many tokens."""
    start = int(random.integers(0, max(len(line) - most, 0) + 1))
    return line.take(slice(start, start + most))


def choose_items(scene: Scene, peeks: Peeks, size: int, random: np.random.Generator) -> np.ndarray:
    """Choose the items of a line's bank: all that is played or may be right, and others of the same stream.

    Parameters
    ----------
    scene : Scene
    peeks : Peeks
    size : int
        Items, and not more than two a token; more where more are needed.
    random : numpy.random.Generator

    Returns
    -------
    int64 [m]
        Events of the machine's stream, in their order.
    """
    line, count = scene.line, len(scene.sounds)
    mine = line.event[line.source == PLAYED]
    wanted = [line.following, peeks.following, mine]
    if not scene.strangers and not line.by_time:
        wanted.append(line.stroke)
    needed = np.zeros(count, bool)
    for column in wanted:
        needed[column[column >= 0]] = True
    if scene.strangers:
        needed[(mine + 1) % count] = True
    order = np.argsort(random.random(-(-count // STRETCH)).repeat(STRETCH)[:count], kind="stable")
    others = order[~needed[order]]
    more = max(min(size, 2 * len(line)) - int(needed.sum()), 0)
    needed[others[:more]] = True
    return np.flatnonzero(needed)


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
