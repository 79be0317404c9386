"""A TorchScript export run by a Python thread; nothing else on the stage imports torch."""

import warnings
from typing import Any

from livehost.errors import LivehostError
from livehost.extras import require
from livehost.inference.manifest import SCRIPT_FILE, SteppedManifest
from livehost.inference.python_thread import ThreadedRun
from livehost.inference.step_state import StepState


def load_script(path: Any) -> Any:
    """Load a TorchScript file, on the processor, ready to run.

    Raises
    ------
    LivehostError
        Where torch is missing or refuses it.
    """
    require("A TorchScript export", "torch")
    import torch

    try:
        with warnings.catch_warnings():  # deprecated since torch 2.9, and still there
            warnings.simplefilter("ignore")
            return torch.jit.load(str(path), map_location="cpu").eval()
    except (RuntimeError, ValueError, OSError) as error:
        raise LivehostError(f"{path} is not a TorchScript file that torch {torch.__version__} can run.") from error


class ScriptBackend:
    """TorchScript in a Python thread; see `NativeBackend` for what it offers.

    Parameters
    ----------
    manifest : SteppedManifest
    """

    notes: tuple[str, ...] = ()

    def __init__(self, manifest: SteppedManifest) -> None:
        if SCRIPT_FILE not in manifest.files:
            raise LivehostError(f"The export {manifest.name} has no {SCRIPT_FILE}: export it with --torchscript.")
        self._module = load_script(manifest.folder / SCRIPT_FILE)
        import torch

        self.name = f"TorchScript (torch {torch.__version__}) in a Python thread, CPU"

    def bind(self, state: StepState) -> ThreadedRun:
        """Bind the module's tensors to the arrays of one stepper."""
        import torch

        inputs = [torch.from_numpy(array) for array in state.inputs.values()]
        outputs = [torch.from_numpy(array) for array in state.outputs.values()]
        module = self._module

        def run() -> None:
            with torch.inference_mode():
                for target, result in zip(outputs, module(*inputs), strict=True):
                    target.copy_(result)

        return ThreadedRun(run)
