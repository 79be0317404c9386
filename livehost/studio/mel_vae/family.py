"""The mel VAE as a family: which of its modules does what; see `livehost.studio.family.FamilyCode`.

Modules that need torch are imported by what needs them.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console

from livehost.studio.family import FamilyCode, Setup

if TYPE_CHECKING:
    from livehost.inference.kinds.mel_vae import MelVAEManifest
    from livehost.studio.audio.cache import SoundMaterial
    from livehost.studio.audio.evaluation.command import SoundEvaluation
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written
    from livehost.studio.mel_vae.task import MelVAETask
    from livehost.studio.models.mel_vae import MelVAE


class MelVAEFamily(FamilyCode):
    """See `livehost.studio.mel_vae`."""

    def checkpoint_fields(self) -> Mapping[str, Any]:
        """List the contract of the mels."""
        return {"mel": Mapping}

    def network(self, hyperparameters: Mapping[str, Any]) -> "MelVAE":
        """Make the network."""
        from livehost.studio.models.mel_vae import Hyperparameters, MelVAE

        return MelVAE(Hyperparameters(**hyperparameters))

    def prepare(self, setup: Setup) -> "SoundMaterial":
        """Make and read the sounds."""
        from livehost.studio.audio.prepare import contract_of, prepare_sounds
        from livehost.studio.mel_vae.task import hyperparameters_of

        frames = hyperparameters_of(setup)["frames"]
        return prepare_sounds(setup, frames * contract_of(setup.known).frame_s)

    def task(self, setup: Setup, data: Any) -> "MelVAETask":
        """Make the task."""
        from livehost.studio.mel_vae.task import make_task

        return make_task(setup, data)

    def write_files(
        self,
        network: "MelVAE",
        checkpoint: Mapping[str, Any],
        folder: Any,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write encoder and decoder."""
        from livehost.studio.mel_vae.export import write_files

        return write_files(network, checkpoint, folder, options, say)

    def compare(
        self, network: "MelVAE", checkpoint: Mapping[str, Any], manifest: "MelVAEManifest", options: Mapping[str, Any]
    ) -> "Differences":
        """Compare codes and mels."""
        from livehost.studio.mel_vae.export import compare

        return compare(network, checkpoint, manifest, options)

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "SoundEvaluation":
        """Measure a model on held-out sounds."""
        from livehost.studio.mel_vae.evaluation import evaluate_vae

        return evaluate_vae(options, console)

    def generate(self, options: Mapping[str, Any], console: Console) -> Any:
        """Make sounds."""
        from livehost.studio.mel_vae.generate import generate_sounds

        return generate_sounds(options, console)


FAMILY = MelVAEFamily()
