"""GANSynth as a family: which of its modules does what; see `livehost.studio.family.FamilyCode`.

Modules that need torch are imported by what needs them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from livehost.studio.family import FamilyCode, Setup

if TYPE_CHECKING:
    from livehost.inference.kinds.gansynth import GanSynthManifest
    from livehost.studio.exporting.parity import Differences
    from livehost.studio.exporting.write import Written
    from livehost.studio.gansynth.evaluation import NoteEvaluation
    from livehost.studio.gansynth.task import GanSynthTask
    from livehost.studio.models.gansynth import GanSynth


class GanSynthFamily(FamilyCode):
    """See `livehost.studio.gansynth`."""

    def checkpoint_fields(self) -> Mapping[str, Any]:
        """List the contracts."""
        return {"mel": Mapping, "spectrum": Mapping}

    def network(self, hyperparameters: Mapping[str, Any]) -> "GanSynth":
        """Make the networks."""
        from livehost.studio.models.gansynth import GanSynth, Hyperparameters

        return GanSynth(Hyperparameters(**hyperparameters))

    def prepare(self, setup: Setup) -> Any:
        """Make and read the notes."""
        from livehost.studio.audio.prepare import tell_left_out
        from livehost.studio.gansynth.pitched import prepare_notes
        from livehost.studio.gansynth.task import contracts_of, hyperparameters_of
        from livehost.view.progress import progress_bar

        given, contracts = setup.options, contracts_of(hyperparameters_of(setup))
        cache = Path(given["cache"] or Path(given["out"]) / "data")
        with progress_bar(setup.console, setup.waiting) as progress:
            data = prepare_notes(given, *contracts, cache, progress)
        tell_left_out(data[0], setup.console)
        return data

    def task(self, setup: Setup, data: Any) -> "GanSynthTask":
        """Make the task."""
        from livehost.studio.gansynth.task import make_task

        return make_task(setup, data)

    def write_files(
        self,
        network: "GanSynth",
        checkpoint: Mapping[str, Any],
        folder: Any,
        options: Mapping[str, Any],
        say: Callable[[str], None],
    ) -> "Written":
        """Write generator and encoder."""
        from livehost.studio.gansynth.export import write_files

        return write_files(network, checkpoint, folder, options, say)

    def compare(
        self, network: "GanSynth", checkpoint: Mapping[str, Any], manifest: "GanSynthManifest",
        options: Mapping[str, Any],
    ) -> "Differences":  # fmt: skip
        """Compare notes, and what is heard."""
        from livehost.studio.gansynth.export import compare

        return compare(network, checkpoint, manifest, options)

    def evaluate(self, options: Mapping[str, Any], console: Console) -> "NoteEvaluation":
        """Ask which pitches are heard."""
        from livehost.studio.gansynth.evaluation import evaluate_notes

        return evaluate_notes(options, console)

    def generate(self, options: Mapping[str, Any], console: Console) -> Any:
        """Play notes."""
        from livehost.studio.gansynth.generate import generate_notes

        return generate_notes(options, console)


FAMILY = GanSynthFamily()
