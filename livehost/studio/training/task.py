"""The contract of a task: what a training run learns from, by which loss, and how it is judged.

The loop (`livehost.studio.training.trainer`) knows nothing else of a family.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from rich.console import RenderableType
from rich.table import Table as RichTable
from torch import Tensor, nn
from torch.optim import Optimizer

from livehost.studio.training.optimizer import adamw
from livehost.studio.training.shown import Shown

if TYPE_CHECKING:
    from livehost.studio.training.learner import Learner
    from livehost.studio.training.recipe import TrainingRecipe

#: Column → number.
Row = dict[str, float]
#: Name of what was asked about (a task and a domain, a split, a class) → row.
Table = dict[str, Row]


@dataclass(frozen=True)
class Judged:
    """What a model is worth on what neither taught nor chose it, for the verdict on training further.

    Attributes
    ----------
    sums : float64 [groups]
        Of a score over the steps of each group; a group is what hangs together, such as a stretch of a piece.
    steps : float64 [groups]
        How many steps each has.
    """

    sums: np.ndarray
    steps: np.ndarray


@dataclass(frozen=True)
class Labels:
    """What the numbers of a task are called, and which way they get better.

    Attributes
    ----------
    unit : str
        What `Task.units` counts, in the plural: "tokens".
    score : str
        What `Task.score` gives: "MRR".
    column : str
        Of the rows of a validation, the one that the score sums up.
    lower_is_better : bool
        For a loss, such as nats per event.
    judged : str
        What `Task.judge` gives, as its mean over steps; "" for the score.
    held_out : str
        What judges, in a sentence: “It helped: …, on recordings that were held out.”
    untold : str
        Ends the sentence “Whether it helped cannot be told: …” where there is nothing of that.
    """

    unit: str = "examples"
    score: str = "score"
    column: str = "score"
    lower_is_better: bool = False
    judged: str = ""
    held_out: str = "what was held out"
    untold: str = "nothing could be held out"

    def better(self, value: float, than: float | None) -> bool:
        """Tell whether a score is a new best; one that is not a number never is."""
        if value != value:  # noqa: PLR0124  NaN
            return False
        return than is None or (value < than if self.lower_is_better else value > than)


class Task(Protocol):
    """What is learnt: the obligations, and what calls them.

    Attributes that are read: `labels`; `hyperparameters` (plain values, of the network that is trained, for checkpoints
    and `FamilyCode.network`); `data` (rows with the name, licence, hours and recordings of what is learnt from, for
    checkpoints and manifests; by default none).

    **Each step** (all processes; a thread makes batches ahead, so `batch` shares nothing with the other methods):

    - `batch(number)`: a NamedTuple of tensors on the processor. Everything random in it follows from the seed, the
      process and the number, so that a resumed run has the batches of one that was not killed. The fields' names are
      what the NaN guard names. Must be there.
    - `step(learner, batch)`: learn from a batch that is on the device: one forward pass, one loss, one optimiser by
      default. A task with several losses calls `learner.loss` and `learner.descend` for each of its optimisers in turn,
      see `Learner`. Returns the loss that is shown, and its parts.
    - `loss(model, batch)`: a scalar with a gradient, and its parts by name, without. Must be there. What `learner.loss`
      is given besides the batch comes behind it.
    - `units(batch)`: how many of `labels.unit` the batch taught. By default the length of its first tensor.

    **Once** (all processes):

    - `begin(model)`: before the first step of a model with random weights: take from the data what it begins with, such
      as principal components. By default nothing.
    - `optimizers(model, recipe)`: by default one AdamW whose weight decay is for matrices only. The trainer sets their
      learning rates before each step and keeps their states in checkpoints, in this order.

    **Now and then** (the first process only):

    - `validate(model)`: ask the EMA of the model, in evaluation, about what is held out; {} where nothing is: then the
      newest weights count as the best. Must be there. The model comes back in the mode in which it came.
    - `shown(model)`: sounds that it makes, for those who watch the training; behind each validation. By default none.
    - `score(table)`: sum such a table up in one number, compared as `labels` say. By default the mean of
      `labels.column`, 0 for no rows.

    **At the end of a training further** (the first process only):

    - `judge(model)`: what the model is worth on what neither taught it nor chose its checkpoint, as `Judged`: for the
      model as it was and for the best. By default None: whether it helped cannot be told then.

    **For checkpoints and the terminal**:

    - `about()`: what checkpoints say besides, all that `FamilyCode.checkpoint_fields` lists. By default nothing.
    - `probe()`: held-out inputs that an export of this model is checked with, by name. By default none.
    - `summary()`: what is learnt from, the beginning of a sentence that ends with the number of parameters.
    - `table(best, before)`: a validation as a table for the terminal, beside what the model could do before (or None).
      By default all columns as they are.
    """

    labels: Labels
    hyperparameters: dict[str, Any]
    data: Sequence[dict[str, Any]] = ()

    def batch(self, number: int) -> Any:
        """Make batch `number`."""
        ...

    def step(self, learner: "Learner", batch: Any) -> tuple[float, dict[str, Tensor]]:
        """Learn from a batch."""
        loss, parts = learner.loss(batch)
        return learner.descend(loss, parts), parts

    def loss(self, model: Any, batch: Any, *turn: Any) -> tuple[Tensor, dict[str, Tensor]]:
        """Compute the loss of a batch."""
        ...

    def units(self, batch: Any) -> int:
        """Count what a batch taught."""
        return len(batch[0])

    def begin(self, model: Any) -> None:  # noqa: ARG002
        """Take from the data what a model with random weights begins with."""
        return

    def optimizers(self, model: nn.Module, recipe: "TrainingRecipe") -> list[Optimizer]:
        """Make the optimisers."""
        return [adamw(model, recipe)]

    def validate(self, model: Any) -> Table:
        """Ask the model about what is held out."""
        ...

    def shown(self, model: Any) -> Sequence[Shown]:  # noqa: ARG002
        """Let the model sound."""
        return ()

    def score(self, table: Table) -> float:
        """Sum up a validation in one number."""
        values = [row[self.labels.column] for row in table.values()]
        return float(np.mean(values)) if values else 0.0

    def judge(self, model: Any) -> Judged | None:  # noqa: ARG002
        """Judge a model by what neither taught nor chose it."""
        return None

    def about(self) -> Mapping[str, Any]:
        """Say what checkpoints say besides."""
        return {}

    def probe(self) -> Mapping[str, Tensor]:
        """Give inputs that an export is checked with."""
        return {}

    def summary(self) -> str:
        """Say what is learnt from."""
        return "Learning"

    def table(self, best: Table, before: Table | None) -> RenderableType:
        """Show a validation as a table."""
        columns = list(dict.fromkeys(column for row in best.values() for column in row))
        extra = ["before"] if before else []
        shown = RichTable("", *extra, *columns, title=f"{self.labels.score} on what was not learnt from")
        for name, row in best.items():
            was = [f"{before[name][self.labels.column]:.3f}" if name in before else ""] if before else []
            shown.add_row(name, *was, *(f"{row[column]:.3f}" if column in row else "" for column in columns))
        return shown
