"""An open export of a performance RNN: chooses what runs it, and steps it. It plays at any sample rate."""

from livehost.inference.backends import check_attention, check_names, choose_backend, fastest_step
from livehost.inference.kinds.performance_rnn import PerformanceManifest
from livehost.inference.recurrent_stepper import RecurrentStepper
from livehost.inference.stepping import OpenExport


class PerformanceExport(OpenExport):
    """An open export of a performance RNN; `livehost.inference.export.open_export` makes it."""

    manifest: PerformanceManifest

    def stepper(self) -> RecurrentStepper:
        """Make a stepper that knows nothing yet; several may share one export."""
        return RecurrentStepper(self.manifest.shape, self._backend)


def open_performance_export(manifest: PerformanceManifest, *, backend: str, provider: str) -> PerformanceExport:
    """Choose the back end of an export, and step it; see `open_export`."""
    check_names(backend, provider)
    export = PerformanceExport(manifest, *choose_backend(manifest, backend, provider))
    stepper = export.stepper()
    try:
        export.step_ms = fastest_step(manifest, stepper)
        if manifest.shape.attentive:
            check_attention(manifest, stepper.memory.outputs["attention"].sum())
    finally:
        stepper.close()
    return export
