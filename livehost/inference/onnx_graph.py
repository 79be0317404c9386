"""An ONNX file of an export that is called with arrays: for models that are not stepped in real time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.inference.checks import difference
from livehost.inference.ort_python import session_of

#: Shape of a tensor; None where any size goes.
Shape = tuple[int | None, ...]


class OnnxGraph:
    """One file, loaded for one thread of the processor.

    Parameters
    ----------
    path : Path
    inputs, outputs : mapping of str to tuple
        Name → shape, in order.
    provider : str
        A key of `ort_python.PROVIDERS`.

    Raises
    ------
    LivehostError
        Where it cannot be run, or has other tensors.
    """

    def __init__(
        self, path: Path, inputs: Mapping[str, Shape], outputs: Mapping[str, Shape], provider: str = "cpu"
    ) -> None:
        self._session = session_of(path, provider)
        self._inputs, self._outputs, self._path = tuple(inputs), tuple(outputs), path
        for what, wanted, found in (
            ("input", inputs, self._session.get_inputs()), ("output", outputs, self._session.get_outputs())
        ):  # fmt: skip
            shapes = {t.name: tuple(n if isinstance(n, int) else None for n in t.shape) for t in found}
            difference(str(path), what, dict(wanted), shapes)

    def __call__(self, *arrays: np.ndarray) -> list[Any]:
        """Run on arrays, in the order of the inputs; gives the outputs in theirs."""
        try:
            return list(self._session.run(list(self._outputs), dict(zip(self._inputs, arrays, strict=True))))
        except Exception as error:  # whatever ONNX Runtime has, its message on a page
            raise LivehostError(f"{self._path} failed: {str(error).splitlines()[0]}") from error
