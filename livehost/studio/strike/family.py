"""The ear for strokes as a family: which of its modules does what; see `livehost.studio.family.FamilyCode`.

Modules that need torch are imported by what needs them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from livehost.errors import LivehostError
from livehost.studio.family import FamilyCode, Setup

if TYPE_CHECKING:
    from livehost.inference.kinds.strike import StrikeManifest
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written
    from livehost.studio.models.strike import StrikeNet
    from livehost.studio.strike.evaluation import StrikeEvaluation
    from livehost.studio.strike.task import StrikeTask


class StrikeFamily(FamilyCode):
    """See `livehost.studio.strike`."""

    def checkpoint_fields(self) -> Mapping[str, Any]:
        """List what a checkpoint must hold: windows of held-out strokes, for the comparison of an export's formats."""
        from torch import Tensor

        return {"probe": Tensor}

    def check_checkpoint(self, path: Path, checkpoint: Mapping[str, Any]) -> None:
        """Refuse one whose held-out windows are not its network's."""
        wanted = checkpoint["hyperparameters"].get("frames")
        if checkpoint["probe"].ndim != 2 or checkpoint["probe"].shape[1] != wanted:
            raise LivehostError(f"The checkpoint {path} holds windows of other lengths than {wanted}: train anew.")

    def network(self, hyperparameters: Mapping[str, Any]) -> "StrikeNet":
        """Make the network."""
        from livehost.studio.models.strike import Hyperparameters, StrikeNet

        return StrikeNet(Hyperparameters(**hyperparameters))

    def prepare(self, setup: Setup) -> Any:
        """Render the strokes."""
        from livehost.studio.strike.task import prepare_data

        return prepare_data(setup)

    def task(self, setup: Setup, data: Any) -> "StrikeTask":
        """Make the task."""
        from livehost.studio.strike.task import make_task

        return make_task(setup, data)

    def write_files(
        self,
        network: "StrikeNet",
        checkpoint: Mapping[str, Any],
        folder: Path,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write the graph."""
        from livehost.studio.strike.export import write_files

        return write_files(network, checkpoint, folder, options, say)

    def compare(
        self,
        network: "StrikeNet",
        checkpoint: Mapping[str, Any],
        manifest: "StrikeManifest",
        options: Mapping[str, Any],
    ) -> "Differences":
        """Compare what every format says."""
        from livehost.studio.strike.export import compare

        return compare(network, checkpoint, manifest, options)

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "StrikeEvaluation":
        """Ask about strokes on held-out drums."""
        from livehost.studio.strike.evaluation import evaluate_strike

        return evaluate_strike(options, console)


FAMILY = StrikeFamily()
