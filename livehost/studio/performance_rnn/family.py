"""The performance RNN as a family: which of its modules does what; see `livehost.studio.family.FamilyCode`.

Modules that need torch are imported by what needs them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from livehost.errors import LivehostError
from livehost.performance import vocabulary
from livehost.studio.family import FamilyCode, Setup

if TYPE_CHECKING:
    from livehost.inference.kinds.performance_rnn import PerformanceManifest
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written
    from livehost.studio.models.performance_rnn import PerformanceRNN
    from livehost.studio.performance_rnn.evaluation.command import PerformanceEvaluation
    from livehost.studio.performance_rnn.task import PerformanceTask


class PerformanceFamily(FamilyCode):
    """See `livehost.studio.performance_rnn`."""

    def check_checkpoint(self, path: Path, checkpoint: Mapping[str, Any]) -> None:
        """Refuse one that was trained on another vocabulary, or is of another network."""
        table = checkpoint["model"].get("embedding.weight")
        if table is not None and len(table) != 2 * vocabulary.SIZE:
            raise LivehostError(f"The checkpoint {path} was trained on another vocabulary: train anew.")
        if "before.weight" not in checkpoint["model"]:
            raise LivehostError(f"The checkpoint {path} is of a network of before: train anew.")

    def network(self, hyperparameters: Mapping[str, Any]) -> "PerformanceRNN":
        """Make the network."""
        from livehost.studio.models.performance_rnn import Hyperparameters, PerformanceRNN

        return PerformanceRNN(Hyperparameters(**hyperparameters))

    def prepare(self, setup: Setup) -> Any:
        """Read the MIDI files."""
        from livehost.studio.performance_rnn.task import prepare_data

        return prepare_data(setup)

    def task(self, setup: Setup, data: Any) -> "PerformanceTask":
        """Make the task."""
        from livehost.studio.performance_rnn.task import make_task

        return make_task(setup, data)

    def write_files(
        self,
        network: "PerformanceRNN",
        checkpoint: Mapping[str, Any],
        folder: Path,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write the step."""
        from livehost.studio.performance_rnn.export import write_files

        return write_files(network, checkpoint, folder, options, say)

    def compare(
        self,
        network: "PerformanceRNN",
        checkpoint: Mapping[str, Any],
        manifest: "PerformanceManifest",
        options: Mapping[str, Any],
    ) -> "Differences":
        """Compare whole sequences with steps."""
        from livehost.studio.performance_rnn.export import compare

        return compare(network, checkpoint, manifest, options)

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "PerformanceEvaluation":
        """Measure models on held-out pieces."""
        from livehost.studio.performance_rnn.evaluation.command import evaluate_performance

        return evaluate_performance(options, console)

    def generate(self, options: Mapping[str, Any], console: Console) -> Any:
        """Play into a MIDI file."""
        from livehost.studio.performance_rnn.generate import generate_performance

        return generate_performance(options, console)


FAMILY = PerformanceFamily()
