"""The vocoder as a family: which of its modules does what; see `livehost.studio.folder_family.FolderFamily`."""

from collections.abc import Mapping

from livehost.studio.folder_family import FolderFamily

FAMILY = FolderFamily(
    "livehost.studio.vocoder",
    "livehost.studio.models.vocoder:Vocoder",
    evaluate="evaluation:evaluate_vocoder",
    generate="generate:resynthesise",
    fields={"mel": Mapping},
)
