"""The vocoder as a family: which of its modules does what; see `livehost.studio.family.FamilyCode`.

Modules that need torch are imported by what needs them.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console

from livehost.studio.family import FamilyCode, Setup

if TYPE_CHECKING:
    from livehost.inference.kinds.vocoder import VocoderManifest
    from livehost.studio.audio.cache import SoundMaterial
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written
    from livehost.studio.models.vocoder import Vocoder
    from livehost.studio.vocoder.evaluation import VocoderEvaluation
    from livehost.studio.vocoder.task import VocoderTask


class VocoderFamily(FamilyCode):
    """See `livehost.studio.vocoder`."""

    def checkpoint_fields(self) -> Mapping[str, Any]:
        """List the contract of the mels."""
        return {"mel": Mapping}

    def network(self, hyperparameters: Mapping[str, Any]) -> "Vocoder":
        """Make the network."""
        from livehost.studio.models.vocoder import Hyperparameters, Vocoder

        return Vocoder(Hyperparameters(**hyperparameters))

    def prepare(self, setup: Setup) -> "SoundMaterial":
        """Make and read the sounds."""
        from livehost.studio.audio.prepare import contract_of, prepare_sounds
        from livehost.studio.vocoder.task import LONGEST_FRAMES, hyperparameters_of

        hyperparameters_of(setup)  # what is wrong with them is said before the sounds are read
        return prepare_sounds(setup, LONGEST_FRAMES * contract_of(setup.known).frame_s)

    def task(self, setup: Setup, data: Any) -> "VocoderTask":
        """Make the task."""
        from livehost.studio.vocoder.task import make_task

        return make_task(setup, data)

    def write_files(
        self,
        network: "Vocoder",
        checkpoint: Mapping[str, Any],
        folder: Any,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write the generator."""
        from livehost.studio.vocoder.export import write_files

        return write_files(network, checkpoint, folder, options, say)

    def compare(
        self, network: "Vocoder", checkpoint: Mapping[str, Any], manifest: "VocoderManifest", options: Mapping[str, Any]
    ) -> "Differences":
        """Compare sounds."""
        from livehost.studio.vocoder.export import compare

        return compare(network, checkpoint, manifest, options)

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "VocoderEvaluation":
        """Measure a model on held-out sounds."""
        from livehost.studio.vocoder.evaluation import evaluate_vocoder

        return evaluate_vocoder(options, console)

    def generate(self, options: Mapping[str, Any], console: Console) -> Any:
        """Send a sound file through it."""
        from livehost.studio.vocoder.generate import resynthesise

        return resynthesise(options, console)


FAMILY = VocoderFamily()
