"""The bank transformer as a family: which of its modules does what; see `livehost.studio.family.FamilyCode`.

Modules that need torch are imported by what needs them: an evaluation does without.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.printable import shortly
from livehost.studio.family import FamilyCode, Setup

if TYPE_CHECKING:
    from livehost.inference.kinds.bank_transformer import BankManifest
    from livehost.studio.bank_transformer.evaluation.command import BankEvaluation
    from livehost.studio.bank_transformer.model import BankTransformer
    from livehost.studio.bank_transformer.task import BankTask
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written


class BankTransformerFamily(FamilyCode):
    """See `livehost.studio.bank_transformer`."""

    def checkpoint_fields(self) -> Mapping[str, Any]:
        """List the features that it was trained on."""
        from livehost.studio.bank_transformer.trained_features import TrainedFeatures

        return TrainedFeatures.fields()

    def check_checkpoint(self, path: Path, checkpoint: Mapping[str, Any]) -> None:
        """Refuse one that was trained on other features."""
        if (schema := checkpoint["schema"]) != SEGMENT_SCHEMA:
            raise LivehostError(
                f"The checkpoint {path} was trained on other features ({shortly(schema)}) than this version's "
                f"({SEGMENT_SCHEMA}): train anew."
            )

    def network(self, hyperparameters: Mapping[str, Any]) -> "BankTransformer":
        """Make the network."""
        from livehost.studio.bank_transformer.model import BankTransformer, Hyperparameters

        return BankTransformer(Hyperparameters(**hyperparameters))

    def read_export(self, manifest: "BankManifest") -> dict[str, Any]:
        """Read the weights back out of the graphs."""
        from livehost.studio.bank_transformer.from_export import read_export

        return read_export(manifest)

    def prepare(self, setup: Setup) -> Any:
        """Make the cache of recordings."""
        from livehost.studio.bank_transformer.data import prepare_data

        return prepare_data(setup)

    def task(self, setup: Setup, data: Any) -> "BankTask":
        """Make the task."""
        from livehost.studio.bank_transformer.data import make_task

        return make_task(setup, data)

    def write_files(
        self,
        network: "BankTransformer",
        checkpoint: Mapping[str, Any],
        folder: Path,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write the step, the item encoder, and what else is asked for."""
        from livehost.studio.bank_transformer.export import write_files

        return write_files(network, checkpoint, folder, options, say)

    def compare(
        self,
        network: "BankTransformer",
        checkpoint: Mapping[str, Any],
        manifest: "BankManifest",
        options: Mapping[str, Any],
    ) -> "Differences":
        """Compare whole sequences with steps, and torch with the formats."""
        from livehost.studio.bank_transformer.export import compare

        return compare(network, checkpoint, manifest, options)

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "BankEvaluation":
        """Seek the true next sound of recordings among all sounds of their banks."""
        from livehost.studio.bank_transformer.evaluation.command import evaluate_bank

        return evaluate_bank(options, console)


FAMILY = BankTransformerFamily()
