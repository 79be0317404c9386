"""ONNX Runtime run by a Python thread, its tensors bound once: for CUDA, and where its C interface cannot be called."""

from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.manifest import SteppedManifest
from livehost.inference.ort_api import CONFIGURATION, OPTIMISE_ALL, QUIET, run_in_thread
from livehost.inference.ort_native import check_graph
from livehost.inference.python_thread import ThreadedRun
from livehost.inference.step_state import StepState

_SILENT = 4
PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}


def session_of(path: Path, provider: str) -> Any:
    """Load a model for one thread; whoever calls keeps its float arithmetic.

    Parameters
    ----------
    path : Path
    provider : str
        A key of `PROVIDERS`; ONNX Runtime falls back to the processor by itself, so ask `get_providers()`.

    Raises
    ------
    LivehostError
        Where ONNX Runtime is missing or refuses the model.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise LivehostError(f"ONNX Runtime cannot be imported ({error}): pip install onnxruntime.") from error
    if provider not in PROVIDERS:
        raise LivehostError(f"There is no provider {provider!r}; choose {' or '.join(PROVIDERS)}.", 2)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel(OPTIMISE_ALL)
    options.log_severity_level = QUIET
    for key, value in CONFIGURATION.items():
        options.add_session_config_entry(key, value)
    wanted = [PROVIDERS[provider]] if PROVIDERS[provider] in onnxruntime.get_available_providers() else []
    providers = list(dict.fromkeys([*wanted, PROVIDERS["cpu"]]))
    onnxruntime.set_default_logger_severity(_SILENT)  # what it cannot use it tells the terminal, and we the person
    try:
        return run_in_thread(lambda: onnxruntime.InferenceSession(str(path), options, providers=providers))
    except Exception as error:
        raise LivehostError(f"{path} cannot be played by ONNX Runtime {onnxruntime.__version__}: {error}.") from error


class PythonBackend:
    """ONNX Runtime in a Python thread; see `NativeBackend` for what it offers.

    Parameters
    ----------
    manifest : SteppedManifest
    provider : str
        "cpu" or "cuda".
    """

    def __init__(self, manifest: SteppedManifest, provider: str = "cpu") -> None:
        import onnxruntime

        path = manifest.folder / manifest.model
        self._session = session_of(path, provider)
        version = onnxruntime.__version__
        check_graph(
            path, manifest, _tensors(path, "input", self._session.get_inputs()),
            _tensors(path, "output", self._session.get_outputs()),
        )  # fmt: skip
        used = self._session.get_providers()[0]
        self._copies = used != PROVIDERS["cpu"]
        self.name = f"onnxruntime {version} in a Python thread, {_readable(used)}"
        self.notes: tuple[str, ...] = ()
        if used != PROVIDERS[provider]:
            self.notes = (
                f"ONNX Runtime {version} cannot use {provider.upper()} here (that takes onnxruntime-gpu, a driver, and "
                "the libraries that it was built for): the model runs on the processor.",
            )

    def bind(self, state: StepState) -> ThreadedRun:
        """Bind the session's tensors to the arrays of one stepper."""
        binding, session = self._session.io_binding(), self._session
        for name, array in state.outputs.items():
            binding.bind_output(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)

        def bind_inputs() -> None:
            for name, array in state.inputs.items():
                binding.bind_input(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)

        def run() -> None:
            if self._copies:  # another device takes its copy while binding
                bind_inputs()
            session.run_with_iobinding(binding)

        bind_inputs()
        return ThreadedRun(run)


def _tensors(path: Path, kind: str, group: Any) -> dict[str, tuple[Any, ...]]:
    for tensor in group:
        if tensor.type != "tensor(float)":
            raise LivehostError(f"{path} cannot be played: the {kind} {tensor.name!r} is not a tensor of float32.")
    return {tensor.name: tuple(tensor.shape) for tensor in group}


def _readable(provider: str) -> str:
    return provider.removesuffix("ExecutionProvider")
