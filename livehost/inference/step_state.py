"""What a back end needs to know of whatever it steps: named tensors, and what is done before and after a run of them.

Each way of stepping (a KV cache, a recurrent state) has a record that begins with `STEP_STATE`, and entries that write
its inputs and take over its outputs; a back end runs the tensors in between, and knows no more of it.
"""

from typing import Any, Protocol

import numpy as np

from livehost.rt.native import call1, call2, kernel, record_at

#: How a state's record begins.
STEP_FIELDS = (
    ("work", "i8"),  # address of the back end's own record
    ("prepare", "i8"),  # `STEP` entry (state): write the inputs that the caller does not
    (
        "finish",
        "i8",
    ),  # `STEP2` entry (state, commit): check the outputs, keep them where `commit` is 1
)
STEP_STATE = np.dtype([*STEP_FIELDS], align=True)


@kernel
def work_of(state: Any) -> Any:
    """Address of the back end's own record. RT: worker."""
    return record_at(state, STEP_STATE).work


@kernel
def prepare(state: Any) -> Any:
    """Write the inputs of the next step that its caller does not. RT: worker."""
    return call1(record_at(state, STEP_STATE).prepare, state)


@kernel
def finish(state: Any, commit: Any) -> Any:
    """Take over what a step gave; 0, or 2 where it is not finite. RT: worker."""
    return call2(record_at(state, STEP_STATE).finish, state, commit)


class StepState(Protocol):
    """Memory of a model that is stepped.

    Attributes
    ----------
    inputs, outputs : dict of str to numpy.ndarray
        Float32, by the names of the model's tensors, in their order.
    record : numpy.ndarray
        One record that begins with `STEP_STATE`, its entries filled in.
    address : int
        Of the record.
    reset : int
        Address of a `STEP2` entry (state, 0) that forgets all steps.
    """

    inputs: dict[str, np.ndarray]
    outputs: dict[str, np.ndarray]
    record: np.ndarray
    address: int
    reset: int

    def arrays(self) -> list[np.ndarray]:
        """All memory that the worker touches, for `livehost.rt.memory.lock`."""
        ...
