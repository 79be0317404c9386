"""The kind of a mel VAE's export: its manifest is parsed and checked here, and opened where it makes sounds."""

from typing import Any

from livehost.dsp.mel_contract import MelContract
from livehost.errors import LivehostError
from livehost.inference.kinds import Kind
from livehost.inference.kinds.mel_vae import ENCODER_FILE, MelVAEManifest
from livehost.inference.manifest import Manifest

#: Larger sizes are an accident, or meant to fill the memory.
MAX_SIZE = 1 << 16


class MelVAEKind(Kind):
    """Parses, checks and opens exports of mel VAEs; see `Kind`."""

    anew = (
        "livehost train mel-vae --data SOUNDS --out training/new && "
        "livehost export mel-vae training/new/best.pt --out exports/NAME"
    )

    def parse(self, header: Manifest) -> MelVAEManifest:
        """Parse contract and shape."""
        shape = header.tables["shape"]
        contract = MelContract.from_table(header.tables["mel"])
        frames, latent = int(shape["frames"]), int(shape["latent"])
        return header.extended(MelVAEManifest, mel=contract, frames=frames, latent=latent)

    def check(self, manifest: MelVAEManifest) -> None:
        """Refuse sizes that no model has."""
        for what, size in (("frames of a mel", manifest.frames), ("numbers of a code", manifest.latent)):
            if not 0 < size <= MAX_SIZE:
                raise LivehostError(f"The export {manifest.name} has {size} {what}, which no model has.")

    def needed_files(self, manifest: MelVAEManifest) -> tuple[str, ...]:  # noqa: ARG002
        """Name the encoder."""
        return (ENCODER_FILE,)

    def open(self, manifest: MelVAEManifest, **_: Any) -> Any:
        """Make the `livehost.inference.mel_vae_sounds.VAESounds` that it makes sounds with."""
        from livehost.inference.mel_vae_sounds import VAEExport, VAESounds

        return VAESounds(VAEExport(manifest))


KIND = MelVAEKind()
