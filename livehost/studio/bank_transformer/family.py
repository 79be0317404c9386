"""The bank transformer as a family: which of its modules does what; see `livehost.studio.folder_family.FolderFamily`.

Modules that need torch are imported by what needs them: an evaluation does without.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from livehost.dsp.tables import SEGMENT_SCHEMA
from livehost.errors import LivehostError
from livehost.printable import shortly
from livehost.studio.folder_family import FolderFamily

if TYPE_CHECKING:
    from livehost.inference.kinds.bank_transformer import BankManifest


class BankTransformerFamily(FolderFamily):
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

    def read_export(self, manifest: "BankManifest") -> dict[str, Any]:
        """Read the weights back out of the graphs."""
        from livehost.studio.bank_transformer.from_export import read_export

        return read_export(manifest)


FAMILY = BankTransformerFamily(
    "livehost.studio.bank_transformer",
    "livehost.studio.bank_transformer.model:BankTransformer",
    task="data",
    evaluate="evaluation.command:evaluate_bank",
)
