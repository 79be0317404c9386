"""The manifest of a GANSynth's export.

    [mel]        the contract of the mels that its encoder hears, see `livehost.dsp.mel_contract`
    [spectrum]   the contract of the spectra that its generator writes, see `livehost.dsp.note_spectrum`
    [shape]      latent, mel_frames, lowest, highest: see `NoteShape`

Files: `GENERATOR_FILE`, which is run: codes [n, latent], pitches [n], noise [n, bins, frames] → levels, turns [n, bins,
frames]; and `ENCODER_FILE`: mels [n, bands, mel_frames] in unit scale → codes [n, latent], pitches [n, classes].
"""

from dataclasses import asdict, dataclass
from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.inference.manifest import Manifest

NAME = "gansynth"
GENERATOR_FILE, ENCODER_FILE = "generator.onnx", "encoder.onnx"


@dataclass(frozen=True, kw_only=True)
class NoteShape:
    """Sizes of a GANSynth.

    Attributes
    ----------
    latent : int
        Numbers of a code: of a timbre.
    mel_frames : int
        Of the mels that the encoder hears.
    lowest, highest : int
        MIDI pitches that it has learnt.
    """

    latent: int
    mel_frames: int
    lowest: int
    highest: int


@dataclass(kw_only=True)
class GanSynthManifest(Manifest):
    """Manifest of a GANSynth.

    Attributes
    ----------
    mel : MelContract
    spectrum : SpectrumContract
    shape : NoteShape
    """

    mel: MelContract
    spectrum: SpectrumContract
    shape: NoteShape


def to_tables(mel: MelContract, spectrum: SpectrumContract, shape: NoteShape) -> dict[str, Any]:
    """Put the kind's own tables together."""
    return {"mel": mel.to_table(), "spectrum": spectrum.to_table(), "shape": asdict(shape)}
