"""The manifest of a mel VAE's export.

    [mel]      the contract of its mels, see `livehost.dsp.mel_contract`
    [shape]    frames of a mel, and numbers of a code

Files: `DECODER_FILE`, which is run, and `ENCODER_FILE`.
"""

from dataclasses import dataclass
from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.inference.manifest import Manifest

NAME = "mel-vae"
ENCODER_FILE, DECODER_FILE = "encoder.onnx", "decoder.onnx"


@dataclass(kw_only=True)
class MelVAEManifest(Manifest):
    """Manifest of a mel VAE.

    Attributes
    ----------
    mel : MelContract
    frames, latent : int
        Of a mel, and numbers of a code.
    """

    mel: MelContract
    frames: int
    latent: int


def to_tables(mel: MelContract, frames: int, latent: int) -> dict[str, Any]:
    """Put the kind's own tables together."""
    return {"mel": mel.to_table(), "shape": {"frames": frames, "latent": latent}}
