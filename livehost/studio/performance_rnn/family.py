"""The performance RNN as a family: which of its modules does what; see `livehost.studio.folder_family.FolderFamily`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.performance import vocabulary
from livehost.studio.folder_family import FolderFamily


class PerformanceFamily(FolderFamily):
    """See `livehost.studio.performance_rnn`."""

    def check_checkpoint(self, path: Path, checkpoint: Mapping[str, Any]) -> None:
        """Refuse one that was trained on another vocabulary, or is of another network."""
        table = checkpoint["model"].get("embedding.weight")
        if table is not None and len(table) != 2 * vocabulary.SIZE:
            raise LivehostError(f"The checkpoint {path} was trained on another vocabulary: train anew.")
        if "before.weight" not in checkpoint["model"]:
            raise LivehostError(f"The checkpoint {path} is of a network of before: train anew.")


FAMILY = PerformanceFamily(
    "livehost.studio.performance_rnn",
    "livehost.studio.models.performance_rnn:PerformanceRNN",
    evaluate="evaluation.command:evaluate_performance",
    generate="generate:generate_performance",
)
