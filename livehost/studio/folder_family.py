"""A family whose folder is laid out as most are: each obligation is a function of one of its modules."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from livehost.studio.family import FamilyCode, Setup

if TYPE_CHECKING:
    from torch import nn

    from livehost.studio.evaluation.command import Evaluation
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written
    from livehost.studio.training.task import Task


class FolderFamily(FamilyCode):
    """Carries out each obligation by a function of the family's folder; modules that need torch are imported then.

    One module has `prepare_data` and `make_task`, `export` has `write_files` and `compare`, with the arguments of
    `livehost.studio.family.FamilyCode`.

    Parameters
    ----------
    folder : str
        Package of the family, such as "livehost.studio.vocoder".
    network : str
        "module:class" of the network; beside it stands the dataclass `Hyperparameters` that it takes.
    task : str
        Module of the folder that has data and task.
    evaluate, generate : str
        "module:function" of the folder; "" where the row has no such command.
    fields : mapping
        What a checkpoint must hold; see `checkpoint_fields`.
    """

    def __init__(
        self,
        folder: str,
        network: str,
        *,
        task: str = "task",
        evaluate: str = "",
        generate: str = "",
        fields: Mapping[str, Any] | None = None,
    ) -> None:
        self._folder, self._network, self._fields = folder, network, dict(fields or {})
        self._task, self._evaluate, self._generate = task, evaluate, generate

    def checkpoint_fields(self) -> Mapping[str, Any]:
        """List what a checkpoint must hold, and as what."""
        return self._fields

    def network(self, hyperparameters: Mapping[str, Any]) -> "nn.Module":
        """Make the network."""
        module, _, name = self._network.partition(":")
        models = import_module(module)
        network: nn.Module = getattr(models, name)(models.Hyperparameters(**hyperparameters))
        return network

    def prepare(self, setup: Setup) -> Any:
        """Make the data ready."""
        return self._function(f"{self._task}:prepare_data")(setup)

    def task(self, setup: Setup, data: Any) -> "Task":
        """Make the task that is trained."""
        task: Task = self._function(f"{self._task}:make_task")(setup, data)
        return task

    def write_files(
        self,
        network: Any,
        checkpoint: Mapping[str, Any],
        folder: Path,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write the files of an export."""
        written: Written = self._function("export:write_files")(network, checkpoint, folder, options, say)
        return written

    def compare(
        self, network: Any, checkpoint: Mapping[str, Any], manifest: Any, options: Mapping[str, Any]
    ) -> "Differences":
        """Compare what was written with the network."""
        found: Differences = self._function("export:compare")(network, checkpoint, manifest, options)
        return found

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "Evaluation":
        """Measure a model."""
        found: Evaluation = self._function(self._evaluate)(options, console)
        return found

    def generate(self, options: Mapping[str, Any], console: Console) -> Any:
        """Make something with a model."""
        if not self._generate:
            return super().generate(options, console)
        return self._function(self._generate)(options, console)

    def _function(self, name: str) -> Callable[..., Any]:
        module, _, function = name.partition(":")
        found: Callable[..., Any] = getattr(import_module(f"{self._folder}.{module}"), function)
        return found
