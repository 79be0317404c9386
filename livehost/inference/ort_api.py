"""ONNX Runtime's C interface, through ctypes: the library in the wheel, its table of functions, sessions and tensors.

The table only ever grows at its end, so the positions below hold for every version since 1.4. `livehost.inference.
ort_selfcheck` makes sure before anything is played.
"""

import ctypes as c
import importlib.util
import sys
import threading
import weakref
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from livehost.errors import LivehostError

#: Version of the interface that is asked for: 1.17's, which every later library has.
API_VERSION = 17
#: Positions in the table of functions.
SLOTS = {
    "GetErrorMessage": 2,
    "CreateEnv": 3,
    "CreateSession": 7,
    "Run": 9,
    "CreateSessionOptions": 10,
    "SetSessionExecutionMode": 13,
    "SetSessionGraphOptimizationLevel": 23,
    "SetIntraOpNumThreads": 24,
    "SetInterOpNumThreads": 25,
    "SessionGetInputCount": 30,
    "SessionGetOutputCount": 31,
    "SessionGetInputTypeInfo": 33,
    "SessionGetOutputTypeInfo": 34,
    "SessionGetInputName": 36,
    "SessionGetOutputName": 37,
    "CreateTensorWithDataAsOrtValue": 49,
    "CastTypeInfoToTensorInfo": 55,
    "GetTensorElementType": 60,
    "GetDimensionsCount": 61,
    "GetDimensions": 62,
    "CreateCpuMemoryInfo": 69,
    "AllocatorFree": 76,
    "GetAllocatorWithDefaultOptions": 78,
    "ReleaseStatus": 93,
    "ReleaseSession": 95,
    "ReleaseValue": 96,
    "ReleaseTypeInfo": 98,
    "ReleaseSessionOptions": 100,
    "AddSessionConfigEntry": 130,
}
#: How each session runs: on the thread that calls it, and no other.
CONFIGURATION = {"session.intra_op.allow_spinning": "0", "session.set_denormal_as_zero": "1"}
OPTIMISE_ALL, SEQUENTIAL, FLOAT32, QUIET = 99, 0, 1, 3
_FILES = {"linux": "libonnxruntime.so*", "darwin": "libonnxruntime*.dylib", "win32": "onnxruntime.dll"}


class _ApiBase(c.Structure):
    _fields_ = [("get_api", c.CFUNCTYPE(c.c_void_p, c.c_uint32)), ("get_version", c.CFUNCTYPE(c.c_char_p))]


class OrtError(Exception):
    """ONNX Runtime refused; the text is its own."""


class Library:
    """One loaded ONNX Runtime; `library()` gives it.

    Attributes
    ----------
    version : str
    """

    def __init__(self, path: Path) -> None:
        self._library = c.CDLL(str(path))
        self._library.OrtGetApiBase.restype = c.POINTER(_ApiBase)
        base = self._library.OrtGetApiBase().contents
        self.version = base.get_version().decode()
        table = base.get_api(API_VERSION)
        if not table:
            raise OrtError(f"ONNX Runtime {self.version} has no interface of version {API_VERSION}")
        self._table = (c.c_void_p * (max(SLOTS.values()) + 1)).from_address(table)
        self._env = c.c_void_p()
        self.call("CreateEnv", QUIET, b"livehost", c.byref(self._env))
        self._memory = c.c_void_p()
        self.call("CreateCpuMemoryInfo", 0, 0, c.byref(self._memory))
        self._allocator = c.c_void_p()
        self.call("GetAllocatorWithDefaultOptions", c.byref(self._allocator))

    def address(self, name: str) -> int:
        """Address of a function of the table."""
        return int(self._table[SLOTS[name]] or 0)

    def call(self, name: str, *arguments: Any) -> None:
        """Call a function that returns a status; ints that are C ints, pointers and bytes as they are.

        Raises
        ------
        OrtError
            With its message.
        """
        status = c.CFUNCTYPE(c.c_void_p, *(_ctype(a) for a in arguments))(self.address(name))(*arguments)
        if status:
            raise OrtError(self.message(status))

    def message(self, status: int) -> str:
        """Read a status, on one line, and free it."""
        text = c.CFUNCTYPE(c.c_char_p, c.c_void_p)(self.address("GetErrorMessage"))(status)
        self.release("ReleaseStatus", status)
        return " ".join(text.decode(errors="replace").split())

    def release(self, name: str, handle: Any) -> None:
        """Free what a handle stands for."""
        c.CFUNCTYPE(None, c.c_void_p)(self.address(name))(handle)

    def tensor(self, array: np.ndarray) -> int:
        """Make an OrtValue of a contiguous float32 array, which stays the owner of the memory."""
        dims, value = np.array(array.shape, np.int64), c.c_void_p()
        self.call(
            "CreateTensorWithDataAsOrtValue",
            self._memory, c.c_void_p(array.ctypes.data), c.c_size_t(array.nbytes),
            c.c_void_p(dims.ctypes.data), c.c_size_t(array.ndim), FLOAT32, c.byref(value),
        )  # fmt: skip
        return int(value.value or 0)

    def session(self, path: Path) -> "Session":
        """Load a model for one thread."""
        options, session = c.c_void_p(), c.c_void_p()
        self.call("CreateSessionOptions", c.byref(options))
        try:
            self.call("SetIntraOpNumThreads", options, 1)
            self.call("SetInterOpNumThreads", options, 1)
            self.call("SetSessionExecutionMode", options, SEQUENTIAL)
            self.call("SetSessionGraphOptimizationLevel", options, OPTIMISE_ALL)
            for key, value in CONFIGURATION.items():
                self.call("AddSessionConfigEntry", options, key.encode(), value.encode())
            name = c.c_wchar_p(str(path)) if sys.platform == "win32" else c.c_char_p(str(path).encode())
            run_in_thread(lambda: self.call("CreateSession", self._env, name, options, c.byref(session)))
        finally:
            self.release("ReleaseSessionOptions", options)
        return Session(self, session)

    def tensors(self, session: c.c_void_p, kind: str) -> dict[str, tuple[Any, ...]]:
        """List a session's "Input" or "Output" tensors by name; a free dimension is None.

        Raises
        ------
        OrtError
            Where one is not a float32 tensor.
        """
        count, found = c.c_size_t(), {}
        self.call(f"SessionGet{kind}Count", session, c.byref(count))
        for i in range(count.value):
            name, info, tensor = c.c_void_p(), c.c_void_p(), c.c_void_p()
            self.call(f"SessionGet{kind}Name", session, c.c_size_t(i), self._allocator, c.byref(name))
            text = c.string_at(name.value or 0).decode()
            self.call("AllocatorFree", self._allocator, name)
            self.call(f"SessionGet{kind}TypeInfo", session, c.c_size_t(i), c.byref(info))
            try:
                self.call("CastTypeInfoToTensorInfo", info, c.byref(tensor))
                element = c.c_int()
                if tensor:
                    self.call("GetTensorElementType", tensor, c.byref(element))
                if element.value != FLOAT32:
                    raise OrtError(f"the {kind.lower()} {text!r} is not a tensor of float32")
                found[text] = self._dimensions(tensor)
            finally:
                self.release("ReleaseTypeInfo", info)
        return found

    def _dimensions(self, tensor: c.c_void_p) -> tuple[Any, ...]:
        rank = c.c_size_t()
        self.call("GetDimensionsCount", tensor, c.byref(rank))
        dims = (c.c_int64 * rank.value)()
        self.call("GetDimensions", tensor, c.cast(dims, c.c_void_p), rank)
        return tuple(int(d) if d >= 0 else None for d in dims)


class Session:
    """A loaded model, freed with the last object that holds it.

    Attributes
    ----------
    handle : ctypes.c_void_p
    """

    def __init__(self, api: Library, handle: c.c_void_p) -> None:
        self.handle = handle
        # not at the interpreter's end: a thread may still be running it
        weakref.finalize(self, api.release, "ReleaseSession", handle).atexit = False


def _ctype(value: Any) -> Any:
    if isinstance(value, int):
        return c.c_int
    if isinstance(value, bytes):
        return c.c_char_p
    return c.c_void_p if type(value).__name__ == "CArgObject" else type(value)


def run_in_thread(function: Callable[[], Any]) -> Any:
    """Run a function on a thread of its own: ONNX Runtime changes the float arithmetic of whoever makes a session."""
    result: list[Any] = []
    trouble: list[BaseException] = []

    def body() -> None:
        try:
            result.append(function())
        except BaseException as error:  # handed on below
            trouble.append(error)

    thread = threading.Thread(target=body, name="livehost-load")
    thread.start()
    thread.join()
    if trouble:
        raise trouble[0]
    return result[0]


def library_path() -> Path:
    """Find the library that the wheel carries, without importing it.

    Raises
    ------
    LivehostError
        Where there is none.
    """
    spec = importlib.util.find_spec("onnxruntime")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        found = sorted((Path(folder) / "capi").glob(_FILES.get(sys.platform, "libonnxruntime.so*")))
        if found:
            return found[0]
    raise LivehostError("ONNX Runtime's C library is not installed: pip install onnxruntime.")


@cache
def library() -> Library:
    """Load ONNX Runtime once for this process.

    Raises
    ------
    LivehostError
        Where it cannot be loaded.
    """
    path = library_path()
    try:
        return Library(path)
    except (OSError, OrtError, AttributeError) as error:
        raise LivehostError(f"ONNX Runtime's C library {path.name} cannot be used: {error}.") from error
