"""What a session begins with besides its settings: what an earlier one has left."""

from dataclasses import dataclass, field
from pathlib import Path

from livehost.bridge.kept_state import KeptState


@dataclass(frozen=True)
class Begin:
    """What an earlier session has left.

    Attributes
    ----------
    kept : KeptState
        Its settings are among those of the new session already.
    path : Path, optional
        Where that was kept, and the contexts of its players beside it.
    """

    kept: KeptState = field(default_factory=lambda: KeptState({}))
    path: Path | None = None
