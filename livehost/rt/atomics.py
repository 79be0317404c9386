"""Acquire and release on int64 in memory: all that threads here share goes through these two.

A plain read in a spin loop is hoisted out by the compiler and hangs; these are never moved.
"""

from typing import Any

from llvmlite import ir
from numba import types

from livehost.rt.native import intrinsic

_I64P = ir.IntType(64).as_pointer()


@intrinsic
def load_acquire(typingctx: Any, address: Any) -> Any:
    """Read the int64 at an address (8-byte aligned), with acquire order. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load_atomic(builder.inttoptr(args[0], _I64P), "acquire", 8)

    return types.int64(types.int64), codegen


@intrinsic
def store_release(typingctx: Any, address: Any, value: Any) -> Any:
    """Write the int64 at an address (8-byte aligned), with release order. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.store_atomic(args[1], builder.inttoptr(args[0], _I64P), "release", 8)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), codegen


@intrinsic
def compare_exchange(typingctx: Any, address: Any, expected: Any, value: Any) -> Any:
    """Write the int64 at an address where it still is what was expected; 1 where it was, else 0. RT: callback."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = builder.inttoptr(args[0], _I64P)
        done = builder.cmpxchg(place, args[1], args[2], "seq_cst", "seq_cst")
        return builder.zext(builder.extract_value(done, 1), ir.IntType(64))

    return types.int64(types.int64, types.int64, types.int64), codegen
