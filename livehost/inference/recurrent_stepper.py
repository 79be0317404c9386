"""Steps a performance RNN: one event in, the logits of the next one out, whichever back end runs it."""

import numpy as np

from livehost.inference.recurrent_state import RecurrentShape, RecurrentState, back_recurrent
from livehost.inference.stepping import Backend, Stepping
from livehost.rt.native import run2


class RecurrentStepper(Stepping):
    """Steps a performance RNN event by event.

    Parameters
    ----------
    shape : RecurrentShape
    backend : Backend

    Attributes
    ----------
    memory : RecurrentState
        Its arrays.
    token : numpy.ndarray
        Float32 [1]: the event that is stepped.
    """

    back_address: int = back_recurrent.address

    def __init__(self, shape: RecurrentShape, backend: Backend) -> None:
        self.shape, self.memory = shape, RecurrentState(shape)
        super().__init__(self.memory, backend)
        self.token = self.memory.inputs["event"]
        self._back = run2(back_recurrent)

    def step(self, event: int, source: int = 0, condition: np.ndarray | None = None) -> np.ndarray:
        """Step once, keep it, and wait for it. RT: never.

        Parameters
        ----------
        event : int
            Of the vocabulary.
        source : int
            0 for an event of its own, 1 for one of the musician's.
        condition : array_like, optional
            [condition]; by default as it was.

        Returns
        -------
        numpy.ndarray
            Float32 [events], logits of its own next event.

        Raises
        ------
        LivehostError
            Where the model fails or gives something that is not finite; then nothing is kept.
        """
        inputs = self.memory.inputs
        inputs["event"][0], inputs["source"][0] = event, source
        if condition is not None:
            inputs["condition"][:] = condition
        self.run()
        return self.memory.outputs["logits"].copy()

    def back(self, steps: int) -> int:
        """Take back the newest steps; gives how many were. RT: never."""
        return int(self._back(self.memory.address, steps))
