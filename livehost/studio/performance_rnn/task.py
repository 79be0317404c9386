"""What a performance RNN learns from and how it is judged: `Task` of `livehost train performance`, and its data."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from livehost.errors import LivehostError
from livehost.performance.stream import NO_TARGET
from livehost.studio.family import Setup
from livehost.studio.models.mode import in_evaluation
from livehost.studio.models.performance_rnn import Hyperparameters, PerformanceRNN
from livehost.studio.performance_rnn.dataset import Material, Performance, read_material
from livehost.studio.performance_rnn.sampling import HANDS, WHOLE, Batch, Sampler, collate, part, sequence
from livehost.studio.performance_rnn.self_play import play_itself
from livehost.studio.training.task import Judged, Labels, Table, Task
from livehost.view.progress import progress_bar

#: Stretches that are asked about in a validation, for each way of asking, and their events.
STRETCHES, STRETCH = 16, 256
#: Files that are left out are named up to here.
_NAMED = 10


class PerformanceTask(Task):
    """What to play next.

    Parameters
    ----------
    sampler : Sampler
    held_out : sequence of Performance
        That choose the checkpoint.
    hyperparameters : mapping
        Of the network.
    data : sequence of dict
        What is learnt from, for checkpoints.
    judging : sequence of Performance
        That say whether training further helped.
    """

    labels = Labels(
        unit="events", score="nats per event", column="nats", lower_is_better=True,
        held_out="pieces that neither taught nor chose it",
        untold="too few pieces to hold some out. Give three or more",
    )  # fmt: skip

    def __init__(
        self,
        sampler: Sampler,
        held_out: Sequence[Performance],
        hyperparameters: Mapping[str, Any],
        data: Sequence[dict[str, Any]] = (),
        judging: Sequence[Performance] = (),
    ) -> None:
        self.sampler, self.data, self.hyperparameters = sampler, data, dict(hyperparameters)
        self._asked = {
            "alone": stretches(held_out, WHOLE, STRETCHES, STRETCH),
            "answer": stretches(held_out, HANDS, STRETCHES, STRETCH),
            "asked for": stretches(held_out, WHOLE, STRETCHES, STRETCH, asked=True),
        }
        self._judging = stretches(judging, WHOLE, 2 * STRETCHES, STRETCH)

    def batch(self, number: int) -> Batch:
        """Draw sequences."""
        return self.sampler.batch(number)

    def loss(self, model: PerformanceRNN, batch: Batch, *_: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Compute nats per event, over everything that its own line plays next."""
        batch = play_itself(model, batch)
        logits, _ = model(batch.events, batch.sources, batch.conditions)
        loss = functional.cross_entropy(logits.flatten(0, 1).float(), batch.targets.flatten(), ignore_index=NO_TARGET)
        return loss, {}

    def units(self, batch: Batch) -> int:
        """Count the events that had a target."""
        return int((batch.targets != NO_TARGET).sum())

    def validate(self, model: PerformanceRNN) -> Table:
        """Ask about held-out pieces: alone, one hand answering the other, and with pitch classes and density asked."""
        found = {name: nats_of(model, batch) for name, batch in self._asked.items() if batch is not None}
        return {name: {"nats": float(sums.sum() / counts.sum())} for name, (sums, counts) in found.items()}

    def judge(self, model: PerformanceRNN) -> Judged | None:
        """Ask about the pieces that neither taught nor chose."""
        if self._judging is None:
            return None
        sums, counts = nats_of(model, self._judging)
        return Judged(sums.astype(np.float64), counts.astype(np.float64))

    def probe(self) -> dict[str, Tensor]:
        """Give held-out events one after another, with source, target and condition."""
        batch = self._asked["answer"]
        if batch is None:
            return {}
        columns = (batch.events, batch.sources, batch.targets)
        rows = torch.cat([*(x[..., None].float() for x in columns), batch.conditions], dim=-1)
        return {"probe": rows[:2].flatten(0, 1)}

    def summary(self) -> str:
        """Count performances, hours and notes."""
        train = self.sampler.performances
        hours, notes = sum(p.seconds for p in train) / 3600, sum(len(p.notes) for p in train)
        pieces = len({p.piece for p in train})
        return f"Learning from {len(train)} performances of {pieces} pieces ({hours:.1f} h, {notes:,} notes)"


def stretches(
    performances: Sequence[Performance], how: str, count: int, length: int, *, asked: bool = False, seed: int = 0
) -> Batch | None:
    """Cut stretches out of held-out performances, the same each time; None where there are none."""
    rng = np.random.default_rng(seed)
    usable = [p for p in performances if len(p.notes) >= 2]
    if not usable:
        return None
    made = []
    for number in range(count):
        p = usable[number * len(usable) // count] if len(usable) >= count else usable[number % len(usable)]
        first = int(rng.integers(max(len(p.notes) - length // 4, 1)))
        notes, right = p.notes[first : first + length], p.right[first : first + length]
        heard = part(notes, right, how, rng)
        made.append(sequence(notes, heard, length, ahead_s=4.0, histogram=asked, density=asked))
    return collate(made, length)


@torch.no_grad()
def nats_of(model: PerformanceRNN, batch: Batch, rows: int = 24) -> tuple[np.ndarray, np.ndarray]:
    """Sum up -log p of the targets of each sequence: sums, and how many there are."""
    with in_evaluation(model):
        device = next(model.parameters()).device
        sums, counts = [], (batch.targets != NO_TARGET).sum(1).numpy()
        for first in range(0, len(batch.events), rows):
            events, sources, targets, conditions = (x[first : first + rows].to(device) for x in batch[:4])
            logits = model(events, sources, conditions)[0].float()
            losses = functional.cross_entropy(
                logits.transpose(1, 2), targets, ignore_index=NO_TARGET, reduction="none"
            )  # fmt: skip
            sums.append(losses.sum(1).cpu().numpy())
    return np.concatenate(sums), counts


def prepare_data(setup: Setup) -> Material:
    """Read folders of MIDI files, and name what was left out."""
    given, console = setup.options, setup.console
    cache = given["cache"] or Path(given["out"]) / "data"
    with progress_bar(console, setup.waiting) as progress:
        material = read_material(given["data"] or [], cache, progress)
    for name, why in material.skipped[:_NAMED]:
        console.print(f"Left out: {name} {why}", highlight=False)
    if len(material.skipped) > _NAMED:
        console.print(f"… and {len(material.skipped) - _NAMED} more.")
    return material


def make_task(setup: Setup, material: Material) -> PerformanceTask:
    """Make the task of performances that are read."""
    given = setup.options
    if setup.known is not None:
        hyperparameters = dict(setup.known["hyperparameters"])
    else:
        asked = {"window": given["window"], "dropout": given["dropout"]}
        try:
            hyperparameters = Hyperparameters(**{**asked, **(setup.hyperparameters or {})}).as_dict()
        except ValueError as error:
            raise LivehostError("There is no such network: --window is 0 or more, --dropout below 1.", 2) from error
    sampler = Sampler(
        material.of("train"), setup.seed, setup.rank, batch=max(given["batch"] // given["length"], 1),
        length=given["length"],
    )  # fmt: skip
    judging = material.of("test") if setup.further else []
    return PerformanceTask(sampler, material.of("valid"), hyperparameters, material.data, judging)
