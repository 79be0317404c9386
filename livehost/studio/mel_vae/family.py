"""The mel VAE as a family: which of its modules does what; see `livehost.studio.folder_family.FolderFamily`."""

from collections.abc import Mapping

from livehost.studio.folder_family import FolderFamily

FAMILY = FolderFamily(
    "livehost.studio.mel_vae",
    "livehost.studio.models.mel_vae:MelVAE",
    evaluate="evaluation:evaluate_vae",
    generate="generate:generate_sounds",
    fields={"mel": Mapping},
)
