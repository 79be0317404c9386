"""How native functions are compiled, and how they see memory and each other.

A real-time *entry* is a C function (`numba.cfunc`): a thread can run it, and entries can call one another by address,
without the interpreter. A *kernel* is inlined into the entries that use it. Both options of `_INLINED` matter: with
them LLVM proves the error branch dead, and with it every call into the interpreter (`rt.audit` checks).
`rt.compilers` has what numba is to do for each.
"""

import ctypes
import os
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import cfunc, njit, types
from numba.extending import intrinsic as _intrinsic
from numba.np.arrayobj import make_array, populate_array

from livehost.rt.compilers import EntryCompiler, Kernel, KernelCompiler

#: Where no folder can be written, `livehost.rt.compile_cache` leaves this variable empty, and nothing is kept.
_KEPT = bool(os.environ.get("NUMBA_CACHE_DIR"))
_INLINED: dict[str, Any] = {"error_model": "numpy", "forceinline": True}

#: Functions that are LLVM code, and those that are compiled, have no types that a checker could follow.
intrinsic: Any = _intrinsic

#: int64 (int64 state_address): one step of a unit.
STEP = types.int64(types.int64)
#: int64 (int64 state_address, int64 argument_address): a player's functions.
STEP2 = types.int64(types.int64, types.int64)


def _kernels(**more: Any) -> Callable[[Callable], Any]:
    options = {"nopython": True, "nogil": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}

    def make(function: Callable) -> Any:
        return Kernel(function, targetoptions={**options, **_INLINED, **more}, pipeline_class=KernelCompiler)

    return make


#: A kernel stands in the machine code of the entries that use it and nowhere else.
kernel: Any = _kernels()
#: As `kernel`, with re-ordered floating point (SIMD reductions): features, never the mixer, whose render is exact.
fast_kernel: Any = _kernels(fastmath=True)
#: A function that Python calls, compiled at its first call and kept.
compiled: Any = njit(nogil=True, cache=_KEPT, **_INLINED)
fast_compiled: Any = njit(nogil=True, fastmath=True, cache=_KEPT, **_INLINED)


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
    return cfunc(signature, cache=_KEPT, pipeline_class=EntryCompiler, **_INLINED)


def _points_to(context: Any, builder: Any, address: Any, kind: Any) -> Any:
    """LLVM's pointer to a type for an address, which is an int64 or a pointer already."""
    to = context.get_data_type(kind).as_pointer()
    return (builder.bitcast if isinstance(address.type, ir.PointerType) else builder.inttoptr)(address, to)


def _address_type(address: Any) -> Any:
    return address if address is types.voidptr else types.int64


@intrinsic
def record_at(typingctx: Any, address: Any, dtype: Any) -> Any:
    """View the record of a structured dtype at an address. RT: callback."""
    record = dtype.dtype

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _points_to(context, builder, args[0], record)

    return record(_address_type(address), dtype), codegen


def _view(address: Any, element: Any, *more: Any) -> Any:
    """Signature and code of a function of an address, a count and `more` that gives an array of `element`."""
    array = types.Array(element, 1, "C")

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        data = _points_to(context, builder, args[0], element)
        size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(element)))
        made = make_array(array)(context, builder)
        populate_array(made, data=data, shape=[args[1]], strides=[size], itemsize=size, meminfo=None)
        return made._getvalue()

    return array(_address_type(address), types.int64, *more), codegen


@intrinsic
def array_at(typingctx: Any, address: Any, count: Any, dtype: Any) -> Any:
    """View `count` elements of a dtype at an address. RT: callback."""
    return _view(address, dtype.dtype, dtype)


@intrinsic
def f32(typingctx: Any, address: Any, count: Any) -> Any:
    """View `count` float32 at an address. RT: callback."""
    return _view(address, types.float32)


@intrinsic
def f64(typingctx: Any, address: Any, count: Any) -> Any:
    """View `count` float64 at an address. RT: callback."""
    return _view(address, types.float64)


@intrinsic
def i32(typingctx: Any, address: Any, count: Any) -> Any:
    """View `count` int32 at an address. RT: callback."""
    return _view(address, types.int32)


@intrinsic
def i64(typingctx: Any, address: Any, count: Any) -> Any:
    """View `count` int64 at an address. RT: callback."""
    return _view(address, types.int64)


@intrinsic
def u8(typingctx: Any, address: Any, count: Any) -> Any:
    """View `count` bytes at an address. RT: callback."""
    return _view(address, types.uint8)


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


def run1(function: Any) -> Callable[[int], int]:
    """Give a Python callable for a `STEP` entry; the GIL is released while it runs. RT: never."""
    return ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(function.address)


def run2(function: Any) -> Callable[[int, int], int]:
    """Give a Python callable for a `STEP2` entry; the GIL is released while it runs. RT: never."""
    return ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)(function.address)
