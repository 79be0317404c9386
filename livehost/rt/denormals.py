"""Flush-to-zero: a decaying tail of denormals costs twenty times a silent one.

The switch is a register of each thread, so every real-time thread sets it on entry.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from livehost.rt.platform import I32, I64, MACHINE, P8

_FTZ_DAZ = 0x8040  # MXCSR bits 15 and 6
_FZ = 1 << 24  # FPCR bit 24


@intrinsic
def flush_denormals(typingctx: Any) -> Any:
    """Switch flush-to-zero on for this thread. RT: callback."""

    def x86(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [P8])
        slot = cgutils.alloca_once(builder, I32)
        address = builder.bitcast(slot, P8)
        builder.call(cgutils.get_or_insert_function(builder.module, kind, "llvm.x86.sse.stmxcsr"), [address])
        builder.store(builder.or_(builder.load(slot), ir.Constant(I32, _FTZ_DAZ)), slot)
        builder.call(cgutils.get_or_insert_function(builder.module, kind, "llvm.x86.sse.ldmxcsr"), [address])
        return context.get_dummy_value()

    def aarch64(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        get = cgutils.get_or_insert_function(builder.module, ir.FunctionType(I64, []), "llvm.aarch64.get.fpcr")
        put = cgutils.get_or_insert_function(
            builder.module, ir.FunctionType(ir.VoidType(), [I64]), "llvm.aarch64.set.fpcr"
        )
        builder.call(put, [builder.or_(builder.call(get, []), ir.Constant(I64, _FZ))])
        return context.get_dummy_value()

    def nothing(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return context.get_dummy_value()

    return types.void(), {"x86_64": x86, "aarch64": aarch64}.get(MACHINE, nothing)


def describe() -> str:
    """Say whether denormals are flushed on this processor. RT: never."""
    if MACHINE in ("x86_64", "aarch64"):
        return "denormals are flushed to zero"
    return "denormals are not flushed on this processor: quiet tails may cost more"
