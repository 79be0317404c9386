"""The kind of a mel VQ-VAE's export: its manifest is parsed and checked here, and opened where it makes sounds."""

from dataclasses import asdict, fields
from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.inference.kinds import Kind
from livehost.inference.kinds.mel_vqvae import CODEBOOK_FILE, ENCODER_FILE, PRIOR_FILE, CodeShape, MelVQVAEManifest
from livehost.inference.manifest import Manifest

#: Larger sizes are an accident, or meant to fill the memory.
MAX_SIZE = 1 << 16


class MelVQVAEKind(Kind):
    """Parses, checks and opens exports of mel VQ-VAEs; see `Kind`."""

    anew = (
        "livehost train mel-vqvae --data SOUNDS --out training/new && "
        "livehost export mel-vqvae training/new/best.pt --out exports/NAME"
    )

    def parse(self, header: Manifest) -> MelVQVAEManifest:
        """Parse contract and shape."""
        table = header.tables["shape"]
        shape = CodeShape(**{field.name: int(table[field.name]) for field in fields(CodeShape)})
        return header.extended(MelVQVAEManifest, mel=MelContract.from_table(header.tables["mel"]), shape=shape)

    def check(self, manifest: MelVQVAEManifest) -> None:
        """Refuse sizes that no model has, or that do not go together."""
        shape = manifest.shape
        possible = all(0 < size <= MAX_SIZE for size in asdict(shape).values())
        if not possible or shape.frames % shape.columns:
            raise LivehostError(f"The export {manifest.name} has an impossible shape: {asdict(shape)}.")

    def needed_files(self, manifest: MelVQVAEManifest) -> tuple[str, ...]:  # noqa: ARG002
        """Name what is run besides the decoder."""
        return ENCODER_FILE, CODEBOOK_FILE, PRIOR_FILE

    def open(self, manifest: MelVQVAEManifest, **_: Any) -> Any:
        """Make the `livehost.inference.mel_vqvae_sounds.CodeSounds` that it makes sounds with."""
        from livehost.inference.mel_vqvae_sounds import CodeExport, CodeSounds

        return CodeSounds(CodeExport(manifest))


KIND = MelVQVAEKind()
