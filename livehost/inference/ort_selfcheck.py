"""Checks that ONNX Runtime called through its C table gives what its Python API gives, to the bit.

A tiny model, written here byte by byte (ONNX is a protocol buffer), is run both ways.
"""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError
from livehost.rt.native import run1

#: Sizes of the model: y = softmax(tanh(x · w) + b).
ROWS, COLUMNS = 24, 17


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
    return out + bytes([value])


def message(*fields: tuple[int, Any]) -> bytes:
    """Encode (number, value) pairs: an int as varint; text, bytes and messages with their length."""
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += _varint(number << 3) + _varint(value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += _varint(number << 3 | 2) + _varint(len(data)) + data
    return out


def _tensor_info(name: str, *dims: int) -> bytes:
    shape = message(*((1, message((1, d))) for d in dims))
    return message((1, name), (2, message((1, message((1, 1), (2, shape))))))


def _weights(name: str, values: np.ndarray) -> bytes:
    return message(*((1, n) for n in values.shape), (2, 1), (8, name), (9, values.astype("<f4").tobytes()))


def _node(kind: str, inputs: tuple[str, ...], output: str) -> bytes:
    return message(*((1, i) for i in inputs), (2, output), (4, kind))


def tiny_model() -> bytes:
    """Write the model."""
    w = np.sin(np.arange(ROWS * COLUMNS)).reshape(ROWS, COLUMNS)
    b = np.cos(np.arange(COLUMNS))
    graph = message(
        (1, _node("MatMul", ("x", "w"), "h")),
        (1, _node("Tanh", ("h",), "t")),
        (1, _node("Add", ("t", "b"), "s")),
        (1, _node("Softmax", ("s",), "y")),
        (2, "tiny"),
        (5, _weights("w", w)),
        (5, _weights("b", b)),
        (11, _tensor_info("x", 1, ROWS)),
        (12, _tensor_info("y", 1, COLUMNS)),
    )
    return message((1, 8), (2, "livehost"), (7, graph), (8, message((2, 17))))


@cache
def native_trouble() -> str:
    """Say why the native way cannot be taken; empty where it can.

    Returns
    -------
    str
        The end of a sentence.
    """
    try:
        difference = _largest_difference()
    except LivehostError as error:
        return str(error).rstrip(".")
    except Exception as error:  # whatever is wrong with the library, there is another way to play
        return f"its self-check failed: {error}"
    return f"its self-check differs by {difference:g}" if difference else ""


def _largest_difference() -> float:
    from livehost.inference.ort_api import library, run_in_thread
    from livehost.inference.ort_native import NativeRun, run_session
    from livehost.inference.ort_python import session_of

    api = library()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.onnx"
        path.write_bytes(tiny_model())
        session = api.session(path)
        python = session_of(path, "cpu")
        x, y = np.cos(np.arange(ROWS, dtype=np.float32))[None], np.zeros((1, COLUMNS), np.float32)
        bound = NativeRun(api, session, {"x": x}, {"y": y})
        try:
            if run1(run_session)(bound.work.ctypes.data):
                raise LivehostError(f"its self-check failed: {bound.trouble()}")
            expected = run_in_thread(lambda: python.run(["y"], {"x": x}))[0]
        finally:
            bound.close()
    if abs(float(y.sum()) - 1.0) > 1e-5:
        return float("inf")
    return float(np.abs(y - expected).max())
