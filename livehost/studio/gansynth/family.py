"""GANSynth as a family: which of its modules does what; see `livehost.studio.folder_family.FolderFamily`."""

from collections.abc import Mapping

from livehost.studio.folder_family import FolderFamily

FAMILY = FolderFamily(
    "livehost.studio.gansynth",
    "livehost.studio.models.gansynth:GanSynth",
    evaluate="evaluation:evaluate_notes",
    generate="generate:generate_notes",
    fields={"mel": Mapping, "spectrum": Mapping},
)
