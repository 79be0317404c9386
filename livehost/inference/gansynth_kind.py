"""The kind of a GANSynth's export: its manifest is parsed and checked here, and opened where it plays notes."""

from dataclasses import fields
from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.dsp.note_spectrum import SpectrumContract
from livehost.errors import LivehostError
from livehost.inference.kinds import Kind
from livehost.inference.kinds.gansynth import ENCODER_FILE, GanSynthManifest, NoteShape
from livehost.inference.manifest import Manifest

#: Larger sizes are an accident, or meant to fill the memory.
MAX_SIZE = 1 << 16
_HIGHEST_PITCH = 127


class GanSynthKind(Kind):
    """Parses, checks and opens exports of GANSynth; see `Kind`."""

    anew = (
        "livehost train gansynth --out training/new && livehost export gansynth training/new/best.pt --out exports/NAME"
    )

    def parse(self, header: Manifest) -> GanSynthManifest:
        """Parse contracts and shape."""
        table = header.tables["shape"]
        return header.extended(
            GanSynthManifest, mel=MelContract.from_table(header.tables["mel"]),
            spectrum=SpectrumContract.from_table(header.tables["spectrum"]),
            shape=NoteShape(**{field.name: int(table[field.name]) for field in fields(NoteShape)}),
        )  # fmt: skip

    def check(self, manifest: GanSynthManifest) -> None:
        """Refuse sizes that no model has, and a note whose spectrum has another rate than its mel."""
        s = manifest.shape
        for what, size in (("frames of a mel", s.mel_frames), ("numbers of a code", s.latent)):
            if not 0 < size <= MAX_SIZE:
                raise LivehostError(f"The export {manifest.name} has {size} {what}, which no model has.")
        if not 0 <= s.lowest <= s.highest <= _HIGHEST_PITCH:
            raise LivehostError(
                f"The export {manifest.name} plays MIDI pitches from {s.lowest} to {s.highest}: there are 0 to 127."
            )
        if manifest.mel.rate != manifest.spectrum.rate:
            raise LivehostError(
                f"The export {manifest.name} hears sounds at {manifest.mel.rate} Hz and makes them at "
                f"{manifest.spectrum.rate} Hz."
            )

    def needed_files(self, manifest: GanSynthManifest) -> tuple[str, ...]:  # noqa: ARG002
        """Name the encoder."""
        return (ENCODER_FILE,)

    def open(self, manifest: GanSynthManifest, **_: Any) -> Any:
        """Make the `livehost.inference.gansynth_sounds.NoteSounds` that it plays notes with."""
        from livehost.inference.gansynth_sounds import GanSynthExport, NoteSounds

        return NoteSounds(GanSynthExport(manifest))


KIND = GanSynthKind()
