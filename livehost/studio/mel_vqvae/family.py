"""The mel VQ-VAE as a family: which of its modules does what; see `livehost.studio.folder_family.FolderFamily`."""

from collections.abc import Mapping

from livehost.studio.folder_family import FolderFamily

FAMILY = FolderFamily(
    "livehost.studio.mel_vqvae",
    "livehost.studio.models.mel_vqvae:MelVQVAE",
    evaluate="evaluation:evaluate_vqvae",
    generate="generate:generate_sounds",
    fields={"mel": Mapping},
)
