"""Steps any model whose state is a `StepState`, whichever back end runs it."""

import ctypes
import time
from typing import Any, Protocol

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.step_state import StepState

#: What `begin` and `poll` return.
DONE, PENDING, FAILED = 0, 1, 2

_STEP2 = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)


class Run(Protocol):
    """A back end whose tensors are the arrays of one state."""

    begin: int
    poll: int
    work: np.ndarray

    def trouble(self) -> str:
        """Newest error; empty for none."""
        ...

    def close(self) -> None:
        """Free what it holds."""
        ...


class Backend(Protocol):
    """What can run a model: ONNX Runtime in the worker, in a Python thread, TorchScript."""

    name: str
    notes: tuple[str, ...]

    def bind(self, state: StepState) -> Run:
        """Bind the model's tensors to the arrays of one stepper."""
        ...


class OpenExport:
    """An open export of any kind: its manifest, and what runs it.

    Attributes
    ----------
    manifest : Manifest
        Of the kind's own class.
    backend : str
        What really runs it, such as "onnxruntime 1.31.1 native, CPU".
    notes : list of str
        What a person should know.
    step_ms : float
        What a step takes here, the fastest of a few.
    """

    def __init__(self, manifest: Any, backend: Backend, notes: list[str]) -> None:
        self.manifest, self._backend = manifest, backend
        self.backend = backend.name
        self.notes = [*notes, *backend.notes]
        self.step_ms = 0.0


class Stepping:
    """Steps a model.

    Parameters
    ----------
    state : StepState
    backend : Backend

    Attributes
    ----------
    state : StepState
        What it is called with.
    begin, poll : int
        Addresses of `STEP2` entries: (state, commit) and (state, 0), both DONE, PENDING or FAILED.
    """

    def __init__(self, state: StepState, backend: Backend) -> None:
        self.state, self._closed = state, False
        self._run = backend.bind(state)
        state.record[0]["work"] = self._run.work.ctypes.data
        self.begin, self.poll = self._run.begin, self._run.poll
        self._begin, self._poll, self._clear = (_STEP2(address) for address in (self.begin, self.poll, state.reset))

    def run(self, commit: bool = True) -> None:
        """Step once with the inputs as they are, and wait for it. RT: never.

        Parameters
        ----------
        commit : bool
            Keep what the step adds to the state.

        Raises
        ------
        LivehostError
            Where the model fails or gives something that is not finite; then nothing is kept.
        """
        if self._closed:
            raise LivehostError("This stepper has been closed.")
        code = self._begin(self.state.address, int(commit))
        while code == PENDING:
            code = self._poll(self.state.address, 0)
            if code == PENDING:
                time.sleep(2e-5)
        if code != DONE:
            raise LivehostError(f"The model's step failed: {self._run.trouble() or 'its numbers are not finite'}.")

    def reset(self) -> None:
        """Forget all steps. RT: never."""
        self._clear(self.state.address, 0)

    def warm_up(self, steps: int = 5) -> None:
        """Run steps that are not kept, so that the first real step is as fast as later ones. RT: never.

        Raises
        ------
        LivehostError
            As `run`.
        """
        for _ in range(steps):
            self.run(commit=False)

    def trouble(self) -> str:
        """Newest error of the back end; empty for none. RT: never."""
        return self._run.trouble()

    def arrays(self) -> list[np.ndarray]:
        """All memory that the worker touches, for `livehost.rt.memory.lock`."""
        return [*self.state.arrays(), self._run.work]

    def close(self) -> None:
        """Free what the back end holds; nobody may step any more. RT: never."""
        if not self._closed:
            self._run.close()
        self._closed = True
