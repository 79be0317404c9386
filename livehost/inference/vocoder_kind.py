"""The kind of a vocoder's export: its manifest is parsed and checked here, and opened where it makes sounds."""

from dataclasses import fields
from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.inference.kinds import Kind
from livehost.inference.kinds.vocoder import Pieces, VocoderManifest
from livehost.inference.manifest import Manifest

#: More frames are an accident, or meant to fill the memory.
MAX_FRAMES = 1 << 14
#: As are more rounds.
MAX_ROUNDS = 1000


class VocoderKind(Kind):
    """Parses, checks and opens exports of vocoders; see `Kind`."""

    anew = (
        "livehost train vocoder --data SOUNDS --out training/new && "
        "livehost export vocoder training/new/best.pt --out exports/NAME"
    )

    def parse(self, header: Manifest) -> VocoderManifest:
        """Parse contract and pieces."""
        table = header.tables["pieces"]
        kinds: dict[str, Any] = {field.name: field.type for field in fields(Pieces)}  # int or float
        pieces = Pieces(**{name: kind(table[name]) for name, kind in kinds.items()})
        return header.extended(VocoderManifest, mel=MelContract.from_table(header.tables["mel"]), pieces=pieces)

    def check(self, manifest: VocoderManifest) -> None:
        """Refuse pieces that no vocoder has."""
        p = manifest.pieces
        if not (0 <= p.rounds <= MAX_ROUNDS and 0 <= p.soft <= 1):
            raise LivehostError(f"The export {manifest.name} goes through {p.rounds} rounds, and no vocoder does.")
        if p.rounds and manifest.mel.fft_samples % manifest.mel.hop_samples:
            raise LivehostError(f"The transform of the export {manifest.name} is no multiple of its hop.")
        if not (0 <= p.reach <= MAX_FRAMES and 1 <= p.fewest <= MAX_FRAMES):
            raise LivehostError(
                f"The export {manifest.name} reaches {p.reach} frames and takes {p.fewest} or more: no vocoder does."
            )

    def open(self, manifest: VocoderManifest, **_: Any) -> Any:
        """Make the `livehost.inference.vocoder_sounds.Vocoder` that it makes sounds with."""
        from livehost.inference.vocoder_sounds import Vocoder, VocoderExport

        return Vocoder(VocoderExport(manifest))


KIND = VocoderKind()
