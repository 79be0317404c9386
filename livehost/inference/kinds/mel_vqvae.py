"""The manifest of a mel VQ-VAE's export.

    [mel]      the contract of its mels, see `livehost.dsp.mel_contract`
    [shape]    frames of a mel, rows and columns of its codes, size of the codebook and of each code, depth and width of
               the prior

Files: `DECODER_FILE`, which is run, `ENCODER_FILE`, `CODEBOOK_FILE` (float32 [codes, size]) and `PRIOR_FILE`, one step.
"""

from dataclasses import asdict, dataclass
from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.inference.manifest import Manifest

NAME = "mel-vqvae"
ENCODER_FILE, DECODER_FILE, PRIOR_FILE, CODEBOOK_FILE = "encoder.onnx", "decoder.onnx", "prior.onnx", "codebook.npy"


@dataclass(frozen=True, kw_only=True)
class CodeShape:
    """Sizes of a mel VQ-VAE.

    Attributes
    ----------
    frames : int
        Of a mel.
    rows, columns : int
        Of its codes.
    codes, size : int
        Of the codebook, and numbers of each code.
    depth, width : int
        Of the prior.
    """

    frames: int
    rows: int
    columns: int
    codes: int
    size: int
    depth: int
    width: int

    @property
    def steps(self) -> int:
        """Codes of the longest sound."""
        return self.rows * self.columns

    @property
    def frames_of_column(self) -> int:
        """Frames for which one column of codes stands."""
        return self.frames // self.columns


@dataclass(kw_only=True)
class MelVQVAEManifest(Manifest):
    """Manifest of a mel VQ-VAE.

    Attributes
    ----------
    mel : MelContract
    shape : CodeShape
    """

    mel: MelContract
    shape: CodeShape


def to_tables(mel: MelContract, shape: CodeShape) -> dict[str, Any]:
    """Put the kind's own tables together."""
    return {"mel": mel.to_table(), "shape": asdict(shape)}
