"""The manifest of a vocoder's export.

    [mel]      the contract of the mels that it reads, see `livehost.dsp.mel_contract`
    [pieces]   reach, fewest, rounds and soft: how a sound is made, see `Pieces`

File: `MODEL_FILE`, mels [n, bands, frames] in unit scale → sound [n, frames · hop]; or, where there are rounds of
Griffin and Lim to come, frames [n, frames, 3, bins]: log magnitudes, and the steps of their phases from the frame
before and to the bin above, of which phases are made first (`livehost.dsp.phases`).
"""

from dataclasses import asdict, dataclass
from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.inference.manifest import Manifest

NAME = "vocoder"
MODEL_FILE = "vocoder.onnx"


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """How a sound is made, and piece by piece.

    Attributes
    ----------
    reach : int
        Frames on either side of one that what the file gives of it hangs on.
    fewest : int
        Frames of the shortest mel that it takes.
    rounds : int
        Of Griffin and Lim (`livehost.dsp.griffin_lim.sound_of`) by which log magnitudes become a sound.
    soft : float
        Of these.
    """

    reach: int
    fewest: int
    rounds: int
    soft: float


@dataclass(kw_only=True)
class VocoderManifest(Manifest):
    """Manifest of a vocoder.

    Attributes
    ----------
    mel : MelContract
    pieces : Pieces
    """

    mel: MelContract
    pieces: Pieces


def to_tables(mel: MelContract, pieces: Pieces) -> dict[str, Any]:
    """Put the kind's own tables together."""
    return {"mel": mel.to_table(), "pieces": asdict(pieces)}
