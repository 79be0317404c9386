"""ONNX Runtime run by the worker thread itself: one call of its C interface, Python never entered."""

import ctypes
import weakref
from pathlib import Path
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types

from livehost.errors import LivehostError
from livehost.inference.checks import difference
from livehost.inference.manifest import SteppedManifest
from livehost.inference.ort_api import Library, OrtError, Session, library
from livehost.inference.step_state import StepState, finish, prepare, work_of
from livehost.rt.denormals import flush_denormals, restore_denormals
from livehost.rt.memory import zeros
from livehost.rt.native import STEP, STEP2, call1, entry, intrinsic, kernel, record_at

#: The arguments of OrtApi's Run, and what came of it.
NATIVE_RUN = np.dtype(
    [
        ("run", "i8"),
        ("release_status", "i8"),
        ("session", "i8"),
        ("input_names", "i8"),
        ("inputs", "i8"),
        ("n_inputs", "i8"),
        ("output_names", "i8"),
        ("outputs", "i8"),
        ("n_outputs", "i8"),
        ("status", "i8"),  # the first error, 0 for none
    ],
    align=True,
)


@intrinsic
def _call_run(typingctx: Any, fn: Any, a: Any, b: Any, d: Any, e: Any, f: Any, g: Any, h: Any, i: Any) -> Any:  # noqa: ARG001
    """Call OrtStatus *Run(8 words) at an address. RT: worker."""

    def codegen(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        i64 = ir.IntType(64)
        target = builder.inttoptr(args[0], ir.FunctionType(i64, [i64] * 8).as_pointer())
        return builder.call(target, list(args[1:]))

    return types.int64(*([types.int64] * 9)), codegen


@kernel
def _run(address: Any) -> Any:
    """Run the session with its tensors; 0 or 2. RT: worker."""
    r = record_at(address, NATIVE_RUN)
    before = flush_denormals()
    status = _call_run(r.run, r.session, 0, r.input_names, r.inputs, r.n_inputs, r.output_names, r.n_outputs, r.outputs)
    restore_denormals(before)
    if status == 0:
        return 0
    if r.status == 0:
        r.status = status
    else:
        call1(r.release_status, status)
    return 2


@entry(STEP)
def run_session(work: Any) -> Any:
    """Run a session alone, for the self-check. RT: worker."""
    return _run(work)


@entry(STEP2)
def native_begin(state: Any, commit: Any) -> Any:
    """Step a model. RT: worker."""
    prepare(state)
    if _run(work_of(state)) != 0:
        return 2
    return finish(state, commit)


@entry(STEP2)
def native_poll(_state: Any, _unused: Any) -> Any:
    """Nothing is ever pending. RT: worker."""
    return 0


class NativeRun:
    """A session with its tensors.

    Parameters
    ----------
    api : Library
    session : Session
    inputs, outputs : dict of str to numpy.ndarray
        Contiguous float32.

    Attributes
    ----------
    work : numpy.ndarray
        One `NATIVE_RUN`.
    begin, poll : int
        Addresses of C functions.
    """

    begin: int = native_begin.address
    poll: int = native_poll.address

    def __init__(
        self, api: Library, session: Session, inputs: dict[str, np.ndarray], outputs: dict[str, np.ndarray]
    ) -> None:
        self._api, self._keep = api, (session, inputs, outputs)
        self._names = [[ctypes.create_string_buffer(n.encode()) for n in group] for group in (inputs, outputs)]
        names = [np.array([ctypes.addressof(b) for b in group], np.int64) for group in self._names]
        self._values = [np.array([api.tensor(a) for a in group.values()], np.int64) for group in (inputs, outputs)]
        self._arrays = names
        self._free = weakref.finalize(self, _free_values, api, np.concatenate(self._values))
        self._free.atexit = False
        self.work = zeros(1, NATIVE_RUN)
        self.work[0] = (
            api.address("Run"), api.address("ReleaseStatus"), session.handle.value,
            names[0].ctypes.data, self._values[0].ctypes.data, len(inputs),
            names[1].ctypes.data, self._values[1].ctypes.data, len(outputs), 0,
        )  # fmt: skip

    def trouble(self) -> str:
        """First error since it was last asked for; empty for none."""
        status, self.work[0]["status"] = int(self.work[0]["status"]), 0
        return self._api.message(status) if status else ""

    def close(self) -> None:
        """Free the tensors; nobody may step any more."""
        self._free()


def _free_values(api: Library, values: np.ndarray) -> None:
    for value in values:
        api.release("ReleaseValue", int(value))


class NativeBackend:
    """ONNX Runtime in the worker.

    Parameters
    ----------
    manifest : SteppedManifest

    Attributes
    ----------
    name : str
        What runs, such as "onnxruntime 1.31.1 native, CPU".

    Raises
    ------
    LivehostError
        Where the model cannot be loaded or is not the one that the manifest describes.
    """

    notes: tuple[str, ...] = ()

    def __init__(self, manifest: SteppedManifest) -> None:
        self._api = library()
        path = manifest.folder / manifest.model
        try:
            self._session = self._api.session(path)
            inputs, outputs = (self._api.tensors(self._session.handle, kind) for kind in ("Input", "Output"))
        except OrtError as error:
            raise LivehostError(f"{path} cannot be played by ONNX Runtime {self._api.version}: {error}.") from error
        check_graph(path, manifest, inputs, outputs)
        self.name = f"onnxruntime {self._api.version} native, CPU"

    def bind(self, state: StepState) -> NativeRun:
        """Bind the session's tensors to the arrays of one stepper."""
        return NativeRun(self._api, self._session, state.inputs, state.outputs)


def check_graph(path: Path, manifest: SteppedManifest, inputs: dict[str, tuple], outputs: dict[str, tuple]) -> None:
    """Refuse a graph whose tensors are not those of the manifest."""
    difference(str(path), "input", manifest.inputs, inputs)
    difference(str(path), "output", manifest.outputs, outputs)
