"""What a bank transformer learns from and how it is judged: `Task` of `livehost train bank`."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from rich.console import RenderableType
from torch import Tensor

from livehost.studio.bank_transformer.batch import Batch, collate
from livehost.studio.bank_transformer.loss import OWN, losses, stroke_loss
from livehost.studio.bank_transformer.model import BankTransformer
from livehost.studio.bank_transformer.sampling import Sampler
from livehost.studio.bank_transformer.self_play import play_itself
from livehost.studio.bank_transformer.trained_features import TrainedFeatures
from livehost.studio.bank_transformer.validation import Validation, score, validation_table
from livehost.studio.training.task import Judged, Labels, Table, Task

#: What the time to the next stroke counts beside the choice of the item, where the network has a head for it.
STROKES = 0.1


class BankTask(Task):
    """Which item of a bank comes next.

    Parameters
    ----------
    sampler : Sampler
        Of this process's training sequences.
    validation : Validation
        May have no cases.
    hyperparameters : mapping
        Of the network.
    data : sequence of dict
        What is learnt from, for checkpoints.
    own : float
        Share of the own bank in the loss; the rest is for all banks of the batch.
    judging : Validation, optional
        Of recordings that neither teach nor choose: they say whether training further helped.
    """

    labels = Labels(
        unit="queries", score="× nearest", column="gain", judged="MRR as on stage",
        held_out="recordings that neither taught nor chose it",
        untold="too few recordings to hold some out. Give three or more",
    )  # fmt: skip

    def __init__(
        self,
        sampler: Sampler,
        validation: Validation,
        hyperparameters: Mapping[str, Any],
        data: Sequence[dict[str, Any]] = (),
        own: float = OWN,
        judging: Validation | None = None,
    ) -> None:
        self.judging = judging
        self.sampler, self.validation, self.data, self.own = sampler, validation, data, own
        self.hyperparameters = dict(hyperparameters)

    def batch(self, number: int) -> Batch:
        """Draw sequences, and put them side by side."""
        return collate(self.sampler.batch(number))

    def loss(self, model: BankTransformer, batch: Batch, *_: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Weigh the loss over the own bank against that over all banks of the batch."""
        embedding = model.embed(batch.items)
        batch = play_itself(model, batch, embedding.detach())
        hidden, pull, _attention = model.hidden(batch.tokens, batch.peeks, batch.before)
        own, pool = losses(model.ask(hidden, pull), embedding, batch)
        total = self.own * own + (1.0 - self.own) * pool
        parts = {"own": own.detach(), "pool": pool.detach()}
        if model.next_stroke is not None:
            aside = torch.cat((batch.tokens, batch.peeks), 1)[..., model.shape.item_size :]
            strokes = stroke_loss(model.next_stroke(hidden, aside), batch)
            total, parts["strokes"] = total + STROKES * strokes, strokes.detach()
        return total, parts

    def units(self, batch: Batch) -> int:
        """Count the queries that have a target."""
        return int((batch.targets >= 0).sum())

    def validate(self, model: BankTransformer) -> Table:
        """Rank the true answers of the recordings that are held out, as on stage."""
        return self.validation.measure(model)

    def score(self, table: Table) -> float:
        """Say how many times the MRR of the nearest player's answers it reaches, on the whole."""
        return score(table)

    def judge(self, model: BankTransformer) -> Judged | None:
        """Answer recordings that neither taught nor chose."""
        return Judged(*self.judging.groups(model)) if self.judging else None

    def about(self) -> dict[str, Any]:
        """State the features that the network is trained on."""
        return TrainedFeatures.of_this_version(self.sampler.mean, self.sampler.scale).for_checkpoint()

    def probe(self) -> dict[str, Tensor]:
        """Give tokens and items that are held out."""
        return self.validation.probe()

    def summary(self) -> str:
        """Count recordings, hours and segments."""
        train = self.sampler.recordings
        hours = sum(r.seconds for r in train) / 3600
        segments = sum(len(stream) for r in train for stream in r.streams)
        return (
            f"Learning from {len(train)} recordings ({hours:.1f} h, {segments:,} segments), "
            f"{self.validation.held_out} held out"
        )

    def table(self, best: Table, before: Table | None) -> RenderableType:
        """Show the MRR of the model and of the nearest player, by domain and delay."""
        return validation_table(best, before)
