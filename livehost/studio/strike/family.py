"""The ear for strokes as a family: which of its modules does what; see `livehost.studio.folder_family.FolderFamily`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from livehost.errors import LivehostError
from livehost.studio.folder_family import FolderFamily


class StrikeFamily(FolderFamily):
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


FAMILY = StrikeFamily(
    "livehost.studio.strike", "livehost.studio.models.strike:StrikeNet", evaluate="evaluation:evaluate_strike"
)
