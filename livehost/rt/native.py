"""How native functions are compiled, and how they see memory and each other.

A real-time *entry* is a C function (`numba.cfunc`): a thread can run it, and entries can call one another by address,
without the interpreter. A *kernel* is inlined into the entries that use it. Both options of `_OPTIONS` matter: with
them LLVM proves the error branch dead, and with it every call into the interpreter (`rt.audit` checks).
"""

import ctypes
import os
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, cfunc, njit, types
from numba.extending import intrinsic as _intrinsic

#: Where no folder can be written, `livehost.rt.compile_cache` leaves this variable empty, and nothing is kept.
_KEPT = bool(os.environ.get("NUMBA_CACHE_DIR"))
_OPTIONS: dict[str, Any] = {"error_model": "numpy", "forceinline": True, "cache": _KEPT}

#: Functions that are LLVM code, and those that are compiled, have no types that a checker could follow.
intrinsic: Any = _intrinsic

#: int64 (int64 state_address): one step of a unit.
STEP = types.int64(types.int64)
#: int64 (int64 state_address, int64 argument_address): a player's functions.
STEP2 = types.int64(types.int64, types.int64)

kernel: Any = njit(nogil=True, **_OPTIONS)
#: As `kernel`, with re-ordered floating point (SIMD reductions): features, never the mixer, whose render is exact.
fast_kernel: Any = njit(nogil=True, fastmath=True, **_OPTIONS)


def entry(signature: Any) -> Callable[[Callable], Any]:
    """Compile a function to a C function that never enters the interpreter.

    Parameters
    ----------
    signature : numba signature
        C signature, such as `STEP`.

    Returns
    -------
    decorator
        Its result has `.address`, for `call1`/`call2`, drivers and threads.
    """
    return cfunc(signature, **_OPTIONS)


@intrinsic
def pointer(typingctx: Any, address: Any) -> Any:
    """Turn an int64 address into a void pointer, for `numba.carray`. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.inttoptr(args[0], ir.IntType(8).as_pointer())

    return types.voidptr(types.int64), codegen


@intrinsic
def address_of(typingctx: Any, pointer: Any) -> Any:
    """Turn a pointer into an int64 address (0 for none). RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ptrtoint(args[0], ir.IntType(64))

    return types.int64(pointer), codegen


@intrinsic
def call1(typingctx: Any, function: Any, a: Any) -> Any:
    """Call the C function int64(int64) at an address. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        i64 = ir.IntType(64)
        target = builder.inttoptr(args[0], ir.FunctionType(i64, [i64]).as_pointer())
        return builder.call(target, [args[1]])

    return types.int64(types.int64, types.int64), codegen


@intrinsic
def call2(typingctx: Any, function: Any, a: Any, b: Any) -> Any:
    """Call the C function int64(int64, int64) at an address. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        i64 = ir.IntType(64)
        target = builder.inttoptr(args[0], ir.FunctionType(i64, [i64, i64]).as_pointer())
        return builder.call(target, [args[1], args[2]])

    return types.int64(types.int64, types.int64, types.int64), codegen


@intrinsic
def call4(typingctx: Any, function: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """Call the C function int64(int64, int64, int64, int64) at an address. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        i64 = ir.IntType(64)
        target = builder.inttoptr(args[0], ir.FunctionType(i64, [i64] * 4).as_pointer())
        return builder.call(target, list(args[1:]))

    return types.int64(*([types.int64] * 5)), codegen


@intrinsic
def call_callback(
    typingctx: Any, function: Any, inp: Any, out: Any, frames: Any, time_info: Any, flags: Any, user: Any
) -> Any:
    """Call an audio callback (PortAudio's signature) at an address. RT: worker."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        i64, i32 = ir.IntType(64), ir.IntType(32)
        target = builder.inttoptr(args[0], ir.FunctionType(i32, [i64] * 6).as_pointer())
        return builder.sext(builder.call(target, list(args[1:])), i64)

    return types.int64(*([types.int64] * 7)), codegen


@kernel
def f32(address: Any, count: Any) -> Any:
    """View `count` float32 at an address. RT: callback."""
    return carray(pointer(address), (count,), np.float32)


@kernel
def f64(address: Any, count: Any) -> Any:
    """View `count` float64 at an address. RT: callback."""
    return carray(pointer(address), (count,), np.float64)


@kernel
def i32(address: Any, count: Any) -> Any:
    """View `count` int32 at an address. RT: callback."""
    return carray(pointer(address), (count,), np.int32)


@kernel
def u8(address: Any, count: Any) -> Any:
    """View `count` bytes at an address. RT: callback."""
    return carray(pointer(address), (count,), np.uint8)


@kernel
def i64(address: Any, count: Any) -> Any:
    """View `count` int64 at an address. RT: callback."""
    return carray(pointer(address), (count,), np.int64)


def run1(function: Any) -> Callable[[int], int]:
    """Give a Python callable for a `STEP` entry; the GIL is released while it runs. RT: never."""
    return ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(function.address)


def run2(function: Any) -> Callable[[int, int], int]:
    """Give a Python callable for a `STEP2` entry; the GIL is released while it runs. RT: never."""
    return ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)(function.address)
